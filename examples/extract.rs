//! Reads the article of an HTML file and prints it: `cargo run --example extract -- page.html https://example.com/page`.

#![allow(clippy::print_stdout)] // an example is a program

use std::env;
use std::fs;

use tearsheet::extract::{self, Page, Settings};
use url::Url;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(file), Some(url)) = (arguments.next(), arguments.next()) else {
        return Err("give an HTML file and its URL".into());
    };
    let (bytes, url) = (fs::read(file)?, Url::parse(&url)?);
    let page = Page { url: &url, content_type: None, bytes: &bytes, captured_at: None, hints: None };
    match extract::article(&page, &Settings::default()) {
        Ok(article) => println!("{}\n{}\n\n{}", article.title, article.authors.join(", "), article.text),
        Err(rejection) => println!("not an article: {rejection}"),
    }
    Ok(())
}
