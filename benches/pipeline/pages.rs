//! The pages that are served: those of a manifest, or made-up ones.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use url::Url;

const DEFAULT_PAGES: usize = 1000;

/// Pages in an order, numbered from 0.
pub(crate) enum Pages {
    Listed(Vec<Line>),
    MadeUp(usize),
}

/// One line of a manifest.
#[derive(Deserialize)]
pub(crate) struct Line {
    url: String,
    file: PathBuf,
}

impl Pages {
    /// Those that the arguments name: a manifest, how many, both or neither.
    pub(crate) fn of(arguments: &[String]) -> Pages {
        let number = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(DEFAULT_PAGES);
        match arguments.iter().find(|argument| argument.parse::<usize>().is_err()) {
            Some(manifest) => Pages::Listed(read(Path::new(manifest), number)),
            None => Pages::MadeUp(number),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Pages::Listed(lines) => lines.len(),
            Pages::MadeUp(pages) => *pages,
        }
    }

    pub(crate) fn origin(&self) -> &'static str {
        match self {
            Pages::Listed(_) => "from a manifest",
            Pages::MadeUp(_) => "made up",
        }
    }

    /// The path under which page `at` is served: its number, then its path where it comes from.
    pub(crate) fn path(&self, at: usize) -> String {
        match self {
            Pages::Listed(lines) => {
                let url = Url::parse(&lines[at].url);
                format!("/{at}{}", url.as_ref().map_or("/", Url::path))
            }
            Pages::MadeUp(_) => format!("/{at}/the-town-and-its-works-part-{at}.html"),
        }
    }

    /// Page `at`, gzipped or not.
    pub(crate) fn body(&self, at: usize) -> Vec<u8> {
        match self {
            Pages::Listed(lines) => fs::read(&lines[at].file).unwrap(),
            Pages::MadeUp(_) => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
                encoder.write_all(made_up(at).as_bytes()).unwrap();
                encoder.finish().unwrap()
            }
        }
    }
}

fn read(manifest: &Path, number: usize) -> Vec<Line> {
    let folder = manifest.parent().unwrap_or(Path::new("."));
    let text = fs::read_to_string(manifest).unwrap();
    let lines = text.lines().take(number).map(|line| {
        let line: Line = serde_json::from_str(line).unwrap();
        Line { file: folder.join(&line.file), ..line }
    });
    lines.collect()
}

/// A page of some 200 KB, as most news sites send them: a few thousand words of article and far more around them.
fn made_up(at: usize) -> String {
    let mut page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>The town and its works, part {at} | The Courier</title>\
         <meta name=\"author\" content=\"Ann Harbour\"><meta property=\"article:published_time\" \
         content=\"2026-11-20T08:00:00Z\">"
    );
    for rule in 0..600 {
        let _ =
            write!(page, "<style>.block-{rule} > a:hover {{ color: #{rule:06x}; margin: {rule}px }}</style>");
    }
    page.push_str("</head><body><nav><ul>");
    for link in 0..300 {
        let _ = write!(page, "<li class=\"menu-item\"><a href=\"/section/{link}\">Section {link}</a></li>");
    }
    let _ = write!(page, "</ul></nav><main><article><h1>The town and its works, part {at}</h1>");
    for paragraph in 0..10 + at % 50 {
        let _ = write!(
            page,
            "<p>When part {at} of the works came to its stage number {paragraph}, the people of the town opened what \
             had been <a href=\"/works/{paragraph}\">planned for years</a>, and those who had come to look on said \
             that <em>this</em> was never far from their minds, although nobody could remember who had spoken of it \
             first, or why it should have taken until now.</p><figure><img src=\"/images/{paragraph}.jpg\" \
             width=\"800\" height=\"600\" alt=\"\"><figcaption>Stage {paragraph}</figcaption></figure>"
        );
    }
    page.push_str("</article></main><aside>");
    for card in 0..200 {
        let _ = write!(
            page,
            "<div class=\"card\"><div class=\"card-inner\"><a href=\"/{card}/other\"><img data-src=\"/{card}.jpg\">\
             <h3>Another headline of the day, number {card}</h3></a><span class=\"date\">20 November</span></div></div>"
        );
    }
    page.push_str("</aside><script>var state = [");
    for item in 0..2000 {
        let _ = write!(page, "{{\"id\": {item}, \"name\": \"item {item}\"}},");
    }
    page.push_str("];</script></body></html>");
    page
}
