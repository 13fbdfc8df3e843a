//! A URL a line: pages, feeds or sitemaps to be followed, or URLs of RSS-Bridge.

use url::Url;

use super::draft::Source;
use super::{NewFile, Taken, Weight, rss_bridge};

/// Whether every line is a URL or a comment.
pub(super) fn are_urls(text: &str) -> bool {
    let mut lines = lines(text).map(|(_, line)| line).peekable();
    lines.peek().is_some() && lines.all(|line| parse(line).is_some())
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let all = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    all.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

pub(super) fn parse(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Reads each line as a source of its own.
pub(super) fn read(name: &str, text: &str) -> Vec<Taken> {
    let one = |(at, line): (usize, &str)| match parse(line) {
        Some(url) => rss_bridge::read(&url).unwrap_or_else(|| followed(&url)),
        None => {
            let mut taken = Taken::new(name);
            taken.remark(Some(at), Weight::Unsupported, line, "not a URL");
            taken
        }
    };
    lines(text).map(one).collect()
}

fn followed(url: &Url) -> Taken {
    let mut taken = Taken::new(url.as_str());
    taken.took("url");
    let mut source = Source {
        notes: vec!["Made from a list of URLs by `tearsheet import`.".to_owned()],
        ..Source::default()
    };
    source.set("url", url.as_str());
    taken.file = Some((NewFile::Source(url.clone()), source.text()));
    taken
}
