//! `tearsheet extract`: the extract stage alone.

use serde_json::{Value, json};

use super::manifest::Line;
use crate::extract::{Page, Settings, article};

pub(super) fn answer(line: &Line, bytes: &[u8]) -> Value {
    let page = Page { url: &line.url, content_type: None, bytes, captured_at: None, hints: None };
    match article(&page, &Settings::default()) {
        Ok(article) => json!({
            "id": line.id,
            "url": article.url,
            "title": article.title,
            "authors": article.authors,
            "published": article.published,
            "modified": article.modified,
            "site_name": article.site_name,
            "language": article.language,
            "description": article.description,
            "image": article.image.map(|image| image.url),
            "section": article.section,
            "tags": article.tags,
            "text": article.text,
            "html": article.html,
            "word_count": article.word_count,
            "warnings": article.warnings,
        }),
        Err(rejection) => {
            json!({"id": line.id, "url": line.url, "text": "", "rejected": rejection.to_string()})
        }
    }
}
