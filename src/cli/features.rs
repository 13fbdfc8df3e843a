//! `tearsheet features`: what the body's learned judge sees, for its training, and the texts that follow from what it
//! says, for a score of what readers would get.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use serde::Deserialize;
use serde_json::{Value, json};

use super::arguments::Features;
use super::failure::Failure;
use super::pages::{self, PageInput};
use super::root;
use crate::extract::{Page, article_judged, observe};

/// What a judge says of a page: a probability for each block.
#[derive(Deserialize)]
struct Judged {
    id: String,
    likely: Vec<f32>,
}

pub(super) fn run(root: &Path, options: &Features) -> Result<ExitCode, Failure> {
    let config = root::load_if_any(root)?;
    let Some(path) = &options.judged else { return pages::run(&config, &options.pages, None, observed) };
    let judged = read(path).with_context(|| format!("failed to read {}", path.display()))?;
    pages::run(&config, &options.pages, None, |input| text(input, &judged))
}

fn read(path: &Path) -> anyhow::Result<HashMap<String, Vec<f32>>> {
    let lines = fs::read_to_string(path)?;
    let judged = lines.lines().map(serde_json::from_str::<Judged>);
    Ok(judged.map(|judged| judged.map(|judged| (judged.id, judged.likely))).collect::<Result<_, _>>()?)
}

fn page<'a>(input: &PageInput<'a>) -> Page<'a> {
    let PageInput { url, content_type, bytes, .. } = *input;
    Page { url, content_type, bytes, captured_at: None, hints: None }
}

fn text(input: &PageInput<'_>, judged: &HashMap<String, Vec<f32>>) -> Value {
    let likely = judged.get(input.id).map(Vec::as_slice).unwrap_or_default();
    match article_judged(&page(input), likely) {
        Ok(article) => json!({"id": input.id, "text": article.text}),
        Err(rejection) => json!({"id": input.id, "text": "", "rejected": rejection.to_string()}),
    }
}

fn observed(input: &PageInput<'_>) -> Value {
    let observed = observe(&page(input));
    let bytes: Vec<u8> = observed.features.iter().flat_map(|value| value.to_le_bytes()).collect();
    json!({
        "id": input.id,
        "url": input.url,
        "blocks": observed.blocks,
        "asked": observed.asked,
        "ruled": observed.ruled,
        "declared": observed.declared,
        "names": observed.names,
        "features": data_encoding::BASE64.encode(&bytes),
    })
}
