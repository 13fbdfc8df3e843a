//! The pages that are read: those of a folder, or made-up ones.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use tearsheet::extract;
use url::Url;

/// Of the articles of a folder, one in so many is read.
const ONE_IN: usize = 4;
/// How many pages are made up.
const MADE_UP: usize = 50;

/// A page in memory.
pub(crate) struct Page {
    pub(crate) id: String,
    pub(crate) url: Url,
    pub(crate) bytes: Vec<u8>,
}

impl Page {
    pub(crate) fn as_input(&self) -> extract::Page<'_> {
        extract::Page {
            url: &self.url,
            content_type: None,
            bytes: &self.bytes,
            captured_at: None,
            hints: None,
        }
    }
}

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    url: String,
    file: PathBuf,
}

#[derive(Deserialize)]
struct Truth {
    id: String,
    #[serde(default, rename = "type")]
    kind: Option<String>,
}

/// The pages of the folder in `CORPUS`: every fourth article, or all if `SLOWEST` is asked for.
pub(crate) fn pages() -> Vec<Page> {
    let Some(folder) = std::env::var_os("CORPUS").map(PathBuf::from) else {
        return (0..MADE_UP).map(made_up).collect();
    };
    let lines: Vec<Line> = read_lines(&folder.join("pages.jsonl"));
    let truths: Vec<Truth> = read_lines(&folder.join("truth.jsonl"));
    let articles: HashSet<&str> = truths
        .iter()
        .filter(|truth| truth.kind.as_deref() == Some("article"))
        .map(|truth| truth.id.as_str())
        .collect();
    let all = std::env::var_os("SLOWEST").is_some();
    let wanted = lines.iter().filter(|line| all || articles.is_empty() || articles.contains(&*line.id));
    wanted.step_by(if all { 1 } else { ONE_IN }).map(|line| read_page(&folder, line)).collect()
}

fn read_lines<T: for<'a> Deserialize<'a>>(path: &Path) -> Vec<T> {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn read_page(folder: &Path, line: &Line) -> Page {
    let bytes = fs::read(folder.join(&line.file)).unwrap();
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        MultiGzDecoder::new(&*bytes).read_to_end(&mut unpacked).unwrap();
        unpacked
    } else {
        bytes
    };
    let url = Url::parse(&line.url).or_else(|_| Url::parse("https://unknown.invalid/")).unwrap();
    Page { id: line.id.clone(), url, bytes }
}

/// A page as newspapers send them: a text of its own among menus, teasers and comments, and scripts.
fn made_up(number: usize) -> Page {
    let mut html = format!(
        "<!DOCTYPE html><html lang=en><head><title>Ferry {number} returns | Coast Post</title>\
         <meta property=og:title content='Ferry {number} returns'><script>{}</script></head><body>",
        "window.push({a:1,b:\"c\"});".repeat(1000)
    );
    let items = |html: &mut String, class: &str, count: usize| {
        let _ = write!(html, "<div class='{class}'><ul>");
        for at in 0..count {
            let _ = write!(
                html,
                "<li class='{class}__item'><a href='/{class}/{at}'><span>Part {at} of the {class}</span></a>"
            );
        }
        html.push_str("</ul></div>");
    };
    items(&mut html, "main-menu", 120);
    let _ = write!(html, "<main><article><h1>Ferry {number} returns</h1><p class=byline>By Ann Example</p>");
    for at in 0..30 {
        let _ = write!(
            html,
            "<p>The ferry of line {at} came back to the harbour on Monday, <em>after</em> eleven weeks, and \
             <a href='/news/{at}'>forty people</a> stood at the pier. “It was time,” said the harbour master, \
             who had counted every one of them, and then went home.</p>"
        );
    }
    html.push_str("</article></main>");
    items(&mut html, "related-teaser", 200);
    items(&mut html, "comment", 100);
    items(&mut html, "footer-links", 80);
    let url = Url::parse(&format!("https://coast.example/news/2026/ferry-{number}")).unwrap();
    Page { id: number.to_string(), url, bytes: html.into_bytes() }
}
