//! What other programs know of sites and feeds, as files of ours: text in, new files and remarks out. Every directive is
//! either taken, or there is a remark that says what differs or is not supported; nothing is dropped in silence.
//!
//! Where the files go, and whether they may be written, is left to others.

mod draft;
mod feeds_toml;
mod ftr;
mod html2rss;
mod opml;
mod php_date;
mod rss_bridge;
#[cfg(test)]
mod tests;
mod urls;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use url::Url;

use super::SiteConfig;
use super::file::TomlFile;
use super::new_source;
use super::problem::Errors;
use super::problems::Problems;
use super::rule;
use super::source;
use crate::model::SourceId;

/// The formats that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A rule of Full-Text RSS, as ftr-site-config collects them: a text file a host.
    FtrSiteConfig,
    /// An OPML list of feeds, with what FreshRSS and Miniflux add.
    Opml,
    /// The YAML of html2rss.
    Html2rss,
    /// The TOML of rsspls.
    Rsspls,
    /// The TOML of feed-me-up-scotty.
    Scotty,
    /// URLs of RSS-Bridge.
    RssBridge,
    /// A URL a line.
    Urls,
}

/// How much a remark matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// It was taken as what it was probably meant to be.
    Meant,
    /// It was taken, and does not mean quite the same here.
    Differs,
    /// It was not taken.
    Unsupported,
}

/// What is to be said of one directive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Its line, counted from 1, where the format has lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// How much it matters.
    pub weight: Weight,
    /// The directive.
    pub directive: String,
    /// What is to be said of it.
    pub says: String,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NewFile {
    /// A rule, by the name of its file beneath `config/rules/`.
    Rule(String),
    /// A source that is to be read at this URL; how it is called is left to others.
    Source(Url),
}

/// What was made of one file, or of one entry of a file that has several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// The file's name, or the entry's.
    pub name: String,
    /// How often each directive was taken.
    pub taken: BTreeMap<String, usize>,
    /// What is to be said of the others, in their order.
    pub remarks: Vec<Remark>,
    /// The file that it becomes, and its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<(NewFile, String)>,
    /// Selectors that were tried, and those that are none.
    #[serde(skip)]
    pub selectors: (usize, usize),
}

impl Taken {
    fn new(name: &str) -> Taken {
        Taken {
            name: name.to_owned(),
            taken: BTreeMap::new(),
            remarks: Vec::new(),
            file: None,
            selectors: (0, 0),
        }
    }

    fn took(&mut self, directive: &str) {
        *self.taken.entry(directive.to_owned()).or_default() += 1;
    }

    fn remark(&mut self, line: Option<usize>, weight: Weight, directive: &str, says: impl fmt::Display) {
        let (directive, says) = (shortened(directive), says.to_string());
        self.remarks.push(Remark { line, weight, directive, says });
    }

    /// Whether nothing of it had to be left out.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.remarks.iter().all(|remark| remark.weight != Weight::Unsupported)
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 120;
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The format of a file, by its name and text; none if it is none of those that can be read.
#[must_use]
pub fn detect(name: &str, text: &str) -> Option<Kind> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let head: String = start.chars().take(4000).collect::<String>().to_ascii_lowercase();
    if head.starts_with('<') {
        return head.contains("<opml").then_some(Kind::Opml);
    }
    if name.ends_with(".toml") || head.contains("entryselector") || head.contains("[[feed]]") {
        return Some(if text.contains("[[feed]]") { Kind::Rsspls } else { Kind::Scotty })
            .filter(|_| text.contains("Selector") || text.contains("[feed.config]"));
    }
    if name.ends_with(".yml") || name.ends_with(".yaml") || head.contains("selectors:") {
        return text.contains("channel:").then_some(Kind::Html2rss);
    }
    if urls::are_urls(start) {
        return Some(if rss_bridge::are_bridges(start) { Kind::RssBridge } else { Kind::Urls });
    }
    ftr::looks_like_one(start).then_some(Kind::FtrSiteConfig)
}

/// Reads a file of `kind`.
#[must_use]
pub fn read(kind: Kind, name: &str, text: &str) -> Vec<Taken> {
    let text = text.trim_start_matches('\u{feff}');
    let read = match kind {
        Kind::FtrSiteConfig => vec![ftr::read(name, text)],
        Kind::Opml => opml::read(name, text),
        Kind::Html2rss => html2rss::read(name, text),
        Kind::Rsspls => feeds_toml::rsspls(name, text),
        Kind::Scotty => feeds_toml::scotty(name, text),
        Kind::RssBridge | Kind::Urls => urls::read(name, text),
    };
    read.into_iter().map(without_secrets).collect()
}

/// Files of the configuration are copied and shown around: no password stands in one.
fn without_secrets(mut taken: Taken) -> Taken {
    let Some((file, text)) = &mut taken.file else { return taken };
    let has_hidden = text.contains(draft::HIDDEN);
    let mut has_user = false;
    if let NewFile::Source(url) = file
        && let Some(clean) = new_source::followable(url).filter(|clean| clean != url)
    {
        *text = text.replace(url.as_str(), clean.as_str());
        taken.name = taken.name.replace(url.as_str(), clean.as_str());
        *url = clean;
        has_user = true;
    }
    if has_user {
        taken.remark(None, Weight::Differs, "user name and password", draft::USER_LEFT_OUT);
    }
    if has_hidden {
        taken.remark(None, Weight::Differs, "headers", draft::SECRET_LEFT_OUT);
    }
    taken
}

/// What is said of a file that cannot be read.
#[must_use]
pub fn unread(name: &str, why: &str) -> Taken {
    let mut taken = Taken::new(name);
    taken.remark(None, Weight::Unsupported, "the file", why);
    taken
}

/// Whether a source's file called `id` can have this text.
///
/// # Errors
/// [`Errors`] with every mistake in it.
pub fn check_source(id: &SourceId, text: &str) -> Result<(), Errors> {
    let problems = Problems::default();
    let file = TomlFile::of(&format!("{id}.toml"), text);
    file.with_table(&problems, |table| source::read(table, id.clone(), super::PictureSettings::default()));
    problems.into_errors().map_or(Ok(()), Err)
}

/// What a rule's text says, as `tearsheet run` will read it from a file called `name`.
///
/// # Errors
/// [`Errors`] with every mistake in it.
pub fn rule(name: &str, text: &str) -> Result<SiteConfig, Errors> {
    let problems = Problems::default();
    let site = TomlFile::of(name, text).with_table(&problems, |table| rule::read_file(table, name)).flatten();
    match (site, problems.into_errors()) {
        (Some(site), None) => Ok(site),
        (_, errors) => Err(errors.unwrap_or_default()),
    }
}
