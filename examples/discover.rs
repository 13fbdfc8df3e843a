//! Lists the articles of a feed, sitemap or page: `cargo run --example discover -- page.html https://example.com/news`.

#![allow(clippy::print_stdout)] // an example is a program

use std::env;
use std::fs;

use tearsheet::discover::{self, Document, Settings};
use url::Url;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(file), Some(url)) = (arguments.next(), arguments.next()) else {
        return Err("give a file and its URL".into());
    };
    let (bytes, url) = (fs::read(file)?, Url::parse(&url)?);
    let document = Document { url: &url, content_type: None, link: None, bytes: &bytes, fetched_at: None };
    let listing = discover::candidates(&document, &Settings::default())?;
    println!("{}: {} articles", listing.kind.name(), listing.candidates.len());
    for candidate in listing.candidates {
        println!("{} {}", candidate.url, candidate.title.unwrap_or_default());
    }
    Ok(())
}
