//! The site's own words, by language: a file for each below `words/`. To add a language, copy `en.toml`, translate it, and
//! name it in [`LANGUAGES`]; a test says what it lacks.

use std::sync::OnceLock;

use serde::Serialize;
use toml::Table;

macro_rules! words {
    ($($name:ident,)*) => {
        /// Everything that a page says of itself in one language.
        #[derive(Debug, Serialize)]
        pub(super) struct Words {
            /// The language, as a BCP 47 tag.
            pub(super) language: &'static str,
            $(pub(super) $name: &'static str,)*
            #[serde(skip)]
            pub(super) months: [&'static str; 12],
        }

        /// The keys of a file beside `language` and `months`.
        #[cfg(test)]
        const KEYS: &[&str] = &[$(stringify!($name),)*];

        fn read(file: &str) -> Words {
            let table: Table = file.parse().expect("our own files are TOML");
            let months = table["months"].as_array().expect("months are a list");
            Words {
                language: text(&table["language"]),
                $($name: text(&table[stringify!($name)]),)*
                months: std::array::from_fn(|month| text(&months[month])),
            }
        }
    };
}

words! {
    direction,
    skip,
    by,
    and,
    published,
    updated,
    first_seen,
    reading_time,
    metered,
    subscribers,
    licence,
    tags,
    pictures_let_go,
    original_at,
    newest,
    older,
    newer,
    no_articles,
    by_month,
    months_of_source,
    authors,
    previous_article,
    next_article,
    corrected,
    other_formats,
    feeds,
    feed,
    all_feeds,
    subscribe,
    subscribe_how,
    subscribe_local,
    articles_from,
    articles_merged,
    level_full,
    level_excerpt,
    level_link,
    rss_note,
    atom_note,
    json_note,
    opml,
    merged_feeds,
    ended,
    also_at,
    health,
    health_note,
    health_failing,
    health_empty,
    health_drifted,
    health_held,
    health_recovered,
    health_since,
    corrections,
    changes,
    changed,
    changed_unseen,
    removed,
    added,
    search,
    search_how,
    search_words,
    search_result,
    search_older,
    search_incomplete,
    all_well,
    others_well,
    held_pages,
    held_since,
    held_revision,
    earlier_version,
    newest_version,
    version_before,
    feed_note,
    code,
    table,
    made_by,
    date,
}

/// A text that stays: each file is read once.
fn text(value: &toml::Value) -> &'static str {
    value.as_str().expect("a word is a text").to_owned().leak()
}

/// A language, its file, and what was read of it.
struct SiteLanguage {
    tag: &'static str,
    file: &'static str,
    words: OnceLock<Words>,
}

macro_rules! languages {
    ($($tag:literal,)*) => {
        [$(SiteLanguage {
            tag: $tag,
            file: include_str!(concat!("words/", $tag, ".toml")),
            words: OnceLock::new(),
        },)*]
    };
}

/// The languages; the first is for all others.
static LANGUAGES: [SiteLanguage; 11] =
    languages!["en", "ar", "de", "es", "fr", "it", "ja", "nl", "pl", "pt", "zh",];

/// The words for a language tag: those of its primary language, else English.
pub(super) fn of(tag: &str) -> &'static Words {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let language = LANGUAGES.iter().find(|language| language.tag == primary).unwrap_or(&LANGUAGES[0]);
    language.words.get_or_init(|| read(language.file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_primary_tag() {
        assert_eq!(of("de-AT").language, "de");
        assert_eq!(of("FR").language, "fr");
        assert_eq!(of("zh-Hant").language, "zh");
        assert_eq!(of("ja_JP").language, "ja");
        assert_eq!(of("nl-BE").language, "nl");
        assert_eq!(of("pl").language, "pl");
        assert_eq!(of("eo").language, "en");
    }

    /// What of `text` is filled in.
    fn places(text: &str) -> Vec<&str> {
        let mut places: Vec<&str> =
            text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
        places.sort_unstable();
        places
    }

    #[test]
    fn every_language_says_everything_that_english_does() {
        let english: Table = LANGUAGES[0].file.parse().unwrap();
        for SiteLanguage { tag, file, .. } in &LANGUAGES {
            let table: Table = file.parse().unwrap_or_else(|error| panic!("{tag}.toml: {error}"));
            assert_eq!(table["language"].as_str(), Some(*tag));
            assert_eq!(table["months"].as_array().map(Vec::len), Some(12), "{tag}.toml: months");
            for key in KEYS {
                let text = table.get(*key).and_then(toml::Value::as_str).unwrap_or_default();
                assert!(!text.is_empty(), "{tag}.toml lacks `{key}`");
                let known = english[*key].as_str().unwrap();
                assert_eq!(places(text), places(known), "{tag}.toml: what `{key}` leaves to be filled in");
            }
            let unknown = table
                .keys()
                .find(|key| !KEYS.contains(&key.as_str()) && *key != "language" && *key != "months");
            assert_eq!(unknown, None, "{tag}.toml");
        }
    }
}
