//! `tearsheet discover`: the discover stage alone.

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::arguments::PageArguments;
use super::failure::Failure;
use super::pages::{self, PageInput};
use super::root;
use crate::discover::{Document, Settings, candidates};

pub(super) fn run(root: &Path, options: &PageArguments) -> Result<ExitCode, Failure> {
    pages::run(&root::load_if_any(root)?, options, None, answer)
}

fn answer(input: &PageInput<'_>) -> Value {
    let document = Document {
        url: input.url,
        content_type: input.content_type,
        link: None,
        bytes: input.bytes,
        fetched_at: input.captured_at,
    };
    match candidates(&document, &Settings::default()) {
        Ok(listing) => {
            let items: Vec<Value> = listing
                .candidates
                .iter()
                .map(|item| {
                    json!({
                        "url": item.url,
                        "title": item.title,
                        "date": item.published,
                        "modified": item.modified,
                        "summary": item.summary,
                        "image": item.image,
                    })
                })
                .collect();
            let left_out: Vec<Value> =
                listing.left_out.iter().map(|left| json!({"url": left.url, "reason": left.reason})).collect();
            json!({
                "id": input.id,
                "items": items,
                "left_out": left_out,
                "next_page": listing.next_page,
                "warnings": listing.warnings,
            })
        }
        Err(error) => json!({"id": input.id, "items": [], "next_page": null, "rejected": error.to_string()}),
    }
}
