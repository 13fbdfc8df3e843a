//! An article in a list.

use std::collections::HashMap;

use serde::Serialize;

use super::dates::{self, Shown};
use crate::model::{Entry, Source, SourceId};
use crate::publish::pictures::{Thumbnail, Thumbnails};
use crate::publish::values::{LanguageTag, TextLine};
use crate::publish::words::Words;
use crate::publish::{addresses, item};

/// What a list shows of an article.
#[derive(Serialize)]
pub(super) struct Teaser {
    title: TextLine,
    /// From the output folder.
    path: String,
    summary: Option<TextLine>,
    authors: Vec<TextLine>,
    published: Shown,
    source: TextLine,
    /// None for one that is followed no longer.
    source_page: Option<String>,
    language: Language,
    picture: Option<Thumbnail>,
}

/// An article's language for `lang` and `dir`.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Language {
    /// Empty where it is not known, as HTML wants it.
    tag: String,
    direction: &'static str,
}

impl Language {
    pub(super) fn tag(&self) -> &str {
        &self.tag
    }
}

pub(super) fn teasers(
    words: &Words,
    entries: &[&Entry],
    sources: &[Source],
    thumbnails: &Thumbnails,
) -> Vec<Teaser> {
    let by_id: HashMap<&SourceId, &Source> = sources.iter().map(|source| (&source.id, source)).collect();
    entries
        .iter()
        .map(|entry| {
            let source = by_id.get(&entry.source).copied();
            Teaser {
                title: item::title(entry),
                path: addresses::article_path(entry),
                summary: item::summary(&entry.article),
                authors: item::authors(&entry.article),
                published: dates::published_day(words, entry),
                source: source_title(entry, source),
                source_page: source.map(|source| addresses::feed_page_path(&source.id)),
                language: language(entry, source),
                picture: thumbnails.get(&entry.id).and_then(Thumbnail::of),
            }
        })
        .collect()
}

/// What the source's owner calls it.
pub(super) fn source_title(entry: &Entry, source: Option<&Source>) -> TextLine {
    let title = source.and_then(|source| TextLine::of(&source.title));
    title.unwrap_or_else(|| item::publisher(entry, source))
}

/// The article's language, else what its source's owner says.
pub(super) fn language(entry: &Entry, source: Option<&Source>) -> Language {
    language_of(entry.article.language.as_deref(), source)
}

pub(super) fn language_of(stated: Option<&str>, source: Option<&Source>) -> Language {
    let stated = stated.and_then(LanguageTag::of);
    let tag = stated.or_else(|| source?.language.as_deref().and_then(LanguageTag::of));
    let tag = tag.map_or_else(String::new, |tag| tag.to_string());
    Language { direction: direction(&tag), tag }
}

/// Languages and scripts that are written from right to left (Unicode CLDR: `characterOrder`).
const LEFTWARD_LANGUAGES: &[&str] =
    &["ar", "ckb", "dv", "fa", "he", "iw", "ji", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"];
const LEFTWARD_SCRIPTS: &[&str] = &["adlm", "arab", "hebr", "nkoo", "syrc", "thaa"];

/// The value of `dir`: a tag's script decides, without one its language, without a tag the text itself.
fn direction(tag: &str) -> &'static str {
    let lower = tag.to_ascii_lowercase();
    let mut parts = lower.split('-');
    let language = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let leftward = match script {
        Some(script) => LEFTWARD_SCRIPTS.contains(&script),
        None => LEFTWARD_LANGUAGES.contains(&language),
    };
    match (tag, leftward) {
        ("", _) => "auto",
        (_, true) => "rtl",
        (_, false) => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_says_more_than_a_language() {
        assert_eq!(direction("ar-EG"), "rtl");
        assert_eq!(direction("az-Arab"), "rtl");
        assert_eq!(direction("ur-Latn"), "ltr");
        assert_eq!(direction("pt-BR"), "ltr");
        assert_eq!(direction(""), "auto");
    }
}
