//! `tearsheet extract`: the extract stage alone, with the rules of the configuration where there is one.

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::arguments::Extract;
use super::explain::settings_of;
use super::failure::Failure;
use super::pages::{self, PageInput};
use super::root;
use crate::extract::{Page, Rejected, Settings, article_or_rejected};
use crate::model::{Access, Article};

pub(super) fn run(root: &Path, options: &Extract) -> Result<ExitCode, Failure> {
    let config = root::load_if_any(root)?;
    let given = options.source.as_ref().map(|source| settings_of(&config, source)).transpose()?;
    let source = options.source.as_ref().and_then(|name| config.source(name));
    pages::run(&config, &options.pages, source, |input| match &given {
        Some(settings) => answer(input, settings),
        None => answer(input, &config.reading_of(input.url)),
    })
}

fn answer(input: &PageInput<'_>, settings: &Settings) -> Value {
    let page = Page {
        url: input.url,
        content_type: input.content_type,
        bytes: input.bytes,
        captured_at: input.captured_at,
        hints: None,
    };
    match article_or_rejected(&page, settings) {
        Ok(article) => answer_of(input, &article),
        Err(Rejected { why, says }) => {
            let says = says.map(|says| answer_of(input, &says));
            let mut answer = says.unwrap_or_else(|| json!({"id": input.id, "url": input.url, "text": ""}));
            answer["rejected"] = json!(why.to_string());
            answer
        }
    }
}

/// The lead image is its URL alone, as readers of this line expect; what else is known of it stands beside it.
fn answer_of(input: &PageInput<'_>, article: &Article) -> Value {
    let image = article.image.as_ref();
    json!({
        "id": input.id,
        "url": article.url,
        "title": article.title,
        "authors": article.authors,
        "published": article.published,
        "modified": article.modified,
        "site_name": article.site_name,
        "language": article.language,
        "description": article.description,
        "image": image.map(|image| &image.url),
        "image_alt": image.and_then(|image| image.alt.as_deref()),
        "image_width": image.and_then(|image| image.width),
        "image_height": image.and_then(|image| image.height),
        "section": article.section,
        "tags": article.tags,
        "access": article.access,
        "is_accessible_for_free": article.access.map(|access| access == Access::Free),
        "license": article.license,
        "text": article.text,
        "html": article.html,
        "word_count": article.word_count,
        "reading_minutes": article.reading_minutes(),
        "warnings": article.warnings,
    })
}
