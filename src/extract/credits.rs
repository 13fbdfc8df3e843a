//! Lines at the head of a body that only say again who wrote it and when: metadata has both, and a reader would see
//! them twice.

use super::blocks::Blocks;
use super::body::Selection;
use super::metadata::Metadata;
use crate::model::{DateContext, Moment, parse_date};

/// Kept blocks at the head that may be credits.
const HEAD: usize = 6;
const MAX_WORDS: usize = 24;
/// Words that a date may have beside its numbers: weekday, month, zone, `at`.
const MAX_DATE_WORDS: usize = 4;

/// Words that lead a name or a date, or stand between two.
#[rustfmt::skip]
const LEADS: &[&str] = &[
    "by", "and", "published", "posted", "updated", "modified", "written", "words", "text", "story", "author",
    "authors", "on", "at", "last", "first", "date",
    "von", "und", "veröffentlicht", "aktualisiert", "am", "um", "uhr", "stand", "autor", "autorin",
    "par", "et", "publié", "le", "mis", "à", "jour", "por", "y", "e", "publicado", "actualizado", "el",
    "di", "da", "pubblicato", "aggiornato", "il", "door", "en", "gepubliceerd", "op", "bijgewerkt",
    "av", "og", "och", "af", "publicerad", "uppdaterad", "publisert", "oppdatert", "udgivet", "opdateret",
    "autorzy", "opublikowano", "aktualizacja", "oraz", "автор", "автора", "опубликовано", "обновлено", "и",
    "текст", "опубліковано", "оновлено", "та", "yazan", "ve", "yayınlanma", "güncelleme", "oleh", "dan",
];

/// Takes the credits at the head of `selection` out of it.
pub(super) fn drop(selection: &mut Selection, blocks: &Blocks, metadata: &Metadata, dates: &DateContext<'_>) {
    let is_credit = |at: &usize| is_credit(blocks.text(*at), metadata, dates);
    let credits: Vec<usize> = selection.blocks.iter().copied().take(HEAD).filter(is_credit).collect();
    if credits.len() == selection.blocks.len() {
        return;
    }
    for at in &credits {
        for node in &blocks.nodes[blocks.blocks[*at].nodes.clone()] {
            selection.kept.remove(node);
        }
    }
    selection.blocks.retain(|at| !credits.contains(at));
}

fn is_credit(line: &str, metadata: &Metadata, dates: &DateContext<'_>) -> bool {
    if line.split_whitespace().count() > MAX_WORDS {
        return false;
    }
    let mut rest = line.to_lowercase();
    let mut names = 0;
    for author in &metadata.authors {
        let without = rest.replace(&author.to_lowercase(), " ");
        names += usize::from(without != rest);
        rest = without;
    }
    let is_lead = |word: &&str| LEADS.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()));
    let left: Vec<&str> = rest.split_whitespace().filter(|word| !is_lead(word)).collect();
    if left.iter().all(|word| !word.contains(char::is_alphanumeric)) {
        return names > 0;
    }
    says_when(&left.join(" "), metadata, dates)
}

/// Whether `text` is the day of publication or change and nothing else.
fn says_when(text: &str, metadata: &Metadata, dates: &DateContext<'_>) -> bool {
    let words = text.split_whitespace().filter(|word| !word.contains(|c: char| c.is_numeric())).count();
    let is_stated = |moment: Moment| {
        let stated = [metadata.published, metadata.modified];
        stated.iter().flatten().any(|stated| stated.date() == moment.date())
    };
    words <= MAX_DATE_WORDS
        && text.contains(char::is_numeric)
        && parse_date(text, dates).is_some_and(is_stated)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: bool) {
        let metadata = Metadata {
            authors: vec!["Sunniva Dale".to_owned(), "Dr Hanna Vogt".to_owned()],
            published: Moment::parse("2025-05-16T09:20:00+00:00").ok(),
            ..Metadata::default()
        };
        assert_eq!(is_credit(line, &metadata, &DateContext::default()), expected, "{line}");
    }

    #[test]
    fn names_and_dates_that_metadata_has_are_credits() {
        check("By Sunniva Dale", true);
        check("Sunniva Dale and Dr Hanna Vogt", true);
        check("Published 16 May 2025", true);
        check("By SUNNIVA DALE | Updated: May 16, 2025, 10:20 GMT", true);
        check("Von Sunniva Dale, veröffentlicht am 16.05.2025 um 9:20 Uhr", true);
    }

    #[test]
    fn sentences_other_days_and_other_names_are_text() {
        check("Sunniva Dale was born in the valley.", false);
        check("By Tom Harrow", false);
        check("3 January 1912", false);
        check("16 May 2025: the day on which the bog began to breathe out again", false);
    }
}
