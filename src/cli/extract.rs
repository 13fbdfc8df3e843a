//! `tearsheet extract`: the extract stage alone.

use serde_json::{Value, json};

use super::pages::Input;
use crate::extract::{Page, Settings, article};

pub(super) fn answer(input: &Input<'_>) -> Value {
    let page = Page {
        url: input.url,
        content_type: input.content_type,
        bytes: input.bytes,
        captured_at: input.captured_at,
        hints: None,
    };
    match article(&page, &Settings::default()) {
        Ok(article) => json!({
            "id": input.id,
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
            json!({"id": input.id, "url": input.url, "text": "", "rejected": rejection.to_string()})
        }
    }
}
