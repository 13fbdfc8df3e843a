//! Changes of articles as pages show them: the words, and the way to what was said before.

use minijinja::Value;
use serde::Serialize;

use super::dates::{self, Shown};
use super::shelf_page::{Link, source_link};
use super::teaser::{Language, language};
use crate::model::{Correction, Source};
use crate::publish::values::{CleanHtml, TextLine};
use crate::publish::words::Words;
use crate::publish::{addresses, corrections, item};

/// What a revision changed.
#[derive(Serialize)]
pub(super) struct Change {
    at: Shown,
    passages: Value,
    /// The page of the revision before, from the output folder.
    before: Option<String>,
}

/// The same with its article, in a list of changes of many.
#[derive(Serialize)]
pub(super) struct ChangedArticle {
    title: TextLine,
    path: String,
    source: Option<Link>,
    language: Language,
    change: Change,
}

pub(super) fn change(correction: &Correction, words: &Words) -> Change {
    Change {
        at: dates::instant(words, correction.entry.updated),
        passages: markup(corrections::content(correction, words)),
        before: correction.before.as_ref().map(addresses::revision_path),
    }
}

pub(super) fn changed_article(correction: &Correction, sources: &[Source], words: &Words) -> ChangedArticle {
    let entry = &correction.entry;
    let source = sources.iter().find(|source| source.id == entry.source);
    ChangedArticle {
        title: item::title(entry),
        path: addresses::article_path(entry),
        source: source.map(source_link),
        language: language(entry, source),
        change: change(correction, words),
    }
}

/// What the template writes as it stands.
pub(super) fn markup(html: CleanHtml) -> Value {
    Value::from_safe_string(html.into_string())
}
