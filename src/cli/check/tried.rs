//! `tearsheet check --feed`: what a feed carries of the archive.

use std::process::ExitCode;

use serde_json::{Value, json};

use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::words::count;
use crate::config::Config;
use crate::pipeline::{self, TriedArticle};

pub(super) fn tell(config: &Config, feed: &str, as_json: bool) -> Result<ExitCode, Failure> {
    let tried = pipeline::try_feed(config, feed)?;
    let carried = tried.iter().filter(|article| article.left_out.is_none()).count();
    if as_json {
        let articles: Vec<Value> = tried.iter().map(article).collect();
        output::json(json!({ "feed": feed, "carried": carried, "articles": articles }));
        return Ok(ExitCode::SUCCESS);
    }
    for article in &tried {
        match &article.left_out {
            None => output::line(format!("+ {}  {}", article.title, article.url)),
            Some(key) => output::line(format!("- {}  {}  ({key})", article.title, article.url)),
        }
    }
    eprintln!("{feed} carries {} of {}", carried, count(tried.len(), "article"));
    Ok(ExitCode::SUCCESS)
}

fn article(tried: &TriedArticle) -> Value {
    json!({ "id": tried.id, "url": tried.url, "title": tried.title, "left_out": tried.left_out })
}
