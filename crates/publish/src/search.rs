//! What the published site's search reads: the articles of a month in scripts of a bounded size, and a list of those. A script
//! whose articles do not change has the same bytes for good.

use super::site::{self, SearchShard};
use super::{File, Settings};
use crate::model::{Digest, Entry, Source};

/// How many articles one script holds at most.
const ARTICLES: usize = 2000;

/// The month under which an article is found: that in which it was published.
#[must_use]
pub fn month_of(entry: &Entry) -> String {
    entry.shown_at().format("%Y-%m").to_string()
}

/// What the site's search knows of an article; `None` if its site does not want it to be found.
#[must_use]
pub fn search_line(entry: &Entry) -> Option<String> {
    let is_hidden = |rule: &String| rule.eq_ignore_ascii_case("noindex") || rule.eq_ignore_ascii_case("none");
    (!entry.article.robots.iter().any(is_hidden)).then(|| site::search_line(entry))
}

/// The scripts with the articles of a month, of each of which it has one of `lines`, the oldest first.
#[must_use]
pub fn search_shard(month: &str, lines: &[String]) -> (Vec<SearchShard>, Vec<File>) {
    let parts = lines.chunks(ARTICLES).enumerate().map(|(at, lines)| {
        let name = if at == 0 { month.to_owned() } else { format!("{month}-{}", at + 1) };
        let bytes = site::shard(&name, lines);
        let digest = Digest::of(&bytes).to_string();
        let digest = digest.chars().rev().take(12).collect();
        (
            SearchShard { articles: lines.len(), digest, name: name.clone() },
            File { path: shard_path(&name), bytes },
        )
    });
    parts.unzip()
}

/// The path of the script with this name.
#[must_use]
pub fn shard_path(name: &str) -> String {
    format!("assets/search/{name}.js")
}

/// The list of `shards`, the newest first.
#[must_use]
pub fn search_list(settings: &Settings, sources: &[Source], shards: &[SearchShard]) -> File {
    File { path: shard_path("index"), bytes: site::manifest(settings, sources, shards) }
}
