//! The sitemap (<https://www.sitemaps.org/protocol.html>): `sitemap.xml` names a file for each month and one for the rest.
//! A month that is over has a file that does not change. What its publisher keeps from search engines is left out, and so
//! are feeds that are not listed.

use std::fmt::Write as _;

use super::values::WebUrl;
use super::{Feed, File, Settings, addresses};
use crate::model::{Card, Month};

/// The most URLs of one file. The protocol allows 50,000; a file is written again whole for each article that it gains.
pub const SITEMAP: usize = 1_000;
/// [`super::stale`] knows our files by it.
const MARK: &str = "<!-- tearsheet -->";
const SPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The path of the file with this number, counted from 1, of a month's articles.
#[must_use]
pub fn sitemap_path(month: Month, number: usize) -> String {
    format!("sitemaps/{month}-{number}.xml")
}

/// `sitemap.xml`, and the file of pages that are no articles; nothing on a site without a base URL: a sitemap has nothing
/// but whole URLs. `months` are the files of articles that there are.
#[must_use]
pub fn sitemap_index(settings: &Settings, feeds: &[Feed], months: &[(Month, usize)]) -> Vec<File> {
    let Some(_) = settings.base_url else { return Vec::new() };
    let pages = ["", "months/", "tags/", "authors/"].map(str::to_owned);
    let listed = feeds.iter().filter(|feed| feed.is_listed);
    let pages: Vec<String> = pages.into_iter().chain(listed.map(|feed| format!("{}/", feed.id))).collect();
    let mut files = Vec::new();
    let mut paths = Vec::new();
    for (at, pages) in pages.chunks(SITEMAP).enumerate() {
        let path = format!("sitemaps/pages-{}.xml", at + 1);
        let urls = pages.iter().filter_map(|page| Some((addresses::public(settings, page)?, None)));
        files.push(File { path: path.clone(), bytes: document("urlset", "url", urls) });
        paths.push(path);
    }
    paths.extend(months.iter().map(|(month, number)| sitemap_path(*month, *number)));
    let urls = paths.iter().filter_map(|path| Some((addresses::public(settings, path)?, None)));
    files.push(File { path: "sitemap.xml".to_owned(), bytes: document("sitemapindex", "sitemap", urls) });
    files
}

/// The file with this number of a month's articles, of which `cards` are those behind the first
/// `(number - 1) * SITEMAP`; `None` on a site without a base URL, and where search engines may see none of them.
#[must_use]
pub fn sitemap_file(settings: &Settings, (month, number): (Month, usize), cards: &[Card]) -> Option<File> {
    settings.base_url.as_ref()?;
    let shown: Vec<&Card> = cards.iter().filter(|card| !card.is_noindex).collect();
    if shown.is_empty() {
        return None;
    }
    let urls = shown.into_iter().filter_map(|card| {
        let path = addresses::card_path(card);
        let url = addresses::public(settings, path.trim_end_matches("index.html"))?;
        Some((url, Some(card.updated.format("%Y-%m-%d").to_string())))
    });
    Some(File { path: sitemap_path(month, number), bytes: document("urlset", "url", urls) })
}

fn document(root: &str, element: &str, urls: impl Iterator<Item = (WebUrl, Option<String>)>) -> Vec<u8> {
    let mut out = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{MARK}\n<{root} xmlns=\"{SPACE}\">\n");
    for (url, changed) in urls {
        let _ = write!(out, "<{element}><loc>{}</loc>", super::escaped(&url));
        if let Some(changed) = changed {
            let _ = write!(out, "<lastmod>{changed}</lastmod>");
        }
        let _ = writeln!(out, "</{element}>");
    }
    let _ = writeln!(out, "</{root}>");
    out.into_bytes()
}
