//! Feeds: a source's own `[feed]`, and the merged `[[feed]]` of `config/tearsheet.toml`.

use toml::de::DeValue;

use super::reason::Reason;
use super::table::Table;
use super::values;
use crate::discover::Kind;
use crate::model::{Source, SourceId};
use crate::publish::{Carries, Conditions, Feed, Filter, Format};

const FORMATS: &[Format] = &[Format::Rss, Format::Atom, Format::Json];

/// A source's own feed.
pub(super) fn own(mut table: Table<'_>, source: &Source, kind: Kind) -> Feed {
    let mut home = source.url.clone();
    if matches!(kind, Kind::Feed | Kind::Sitemap | Kind::Json | Kind::Urls) {
        // Such a document is made for machines; people are at home at the top of its site.
        home = home.join("/").unwrap_or(home);
    }
    let feed = Feed {
        title: source.title.clone(),
        home: Some(home),
        language: source.language.clone(),
        formats: formats(&mut table),
        ..Feed::of(source.id.clone(), vec![source.id.clone()])
    };
    chosen(&mut table, feed)
}

/// The feed with what its table says that every feed may say.
fn chosen(table: &mut Table<'_>, feed: Feed) -> Feed {
    Feed {
        size: table.take("size", values::count).unwrap_or(feed.size),
        level: table.take("level", values::level).unwrap_or(feed.level),
        link: table.take("link", values::link_to).unwrap_or_default(),
        images: table.take("images", values::images).unwrap_or_default(),
        icon: table.take("icon", values::url),
        ended: table.take("ended", values::text),
        filter: Filter {
            include: conditions(table.table("include")),
            exclude: conditions(table.table("exclude")),
        },
        ..feed
    }
}

fn conditions(mut table: Table<'_>) -> Conditions {
    let words = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let mut list = |key| table.take_list(key, values::text).unwrap_or_default();
    let (named, authors, tags) = (list("words"), list("authors"), list("tags"));
    let patterns = table.take_list("regex", values::pattern).unwrap_or_default();
    Conditions {
        words: named,
        regex: patterns.iter().map(|pattern| pattern.as_str().to_owned()).collect(),
        authors,
        tags,
        languages: table.take_list("languages", values::language).unwrap_or_default(),
        min_words: table.take("min_words", values::count).map(words),
        max_words: table.take("max_words", values::count).map(words),
        min_age: table.take("min_age", values::age).map(|age| age.num_seconds()),
        max_age: table.take("max_age", values::age).map(|age| age.num_seconds()),
    }
}

fn formats(table: &mut Table<'_>) -> Vec<Format> {
    let Some(mut formats) = table.take_list("formats", values::format) else { return FORMATS.to_vec() };
    formats.sort_unstable();
    formats.dedup();
    if formats.is_empty() {
        table.refuse("formats", Reason::Empty);
    }
    formats
}

/// The merged feeds. None may be called like another, or like one of `sources`.
pub(super) fn read(tables: Vec<Table<'_>>, sources: &[SourceId]) -> Vec<Feed> {
    let mut feeds: Vec<Feed> = Vec::new();
    for mut table in tables {
        let merged = merged(&mut table, sources);
        let Some(feed) = merged else { continue };
        if sources.contains(&feed.id) {
            table.refuse("id", Reason::FeedNamedAsSource { id: feed.id.clone() });
        }
        if feeds.iter().any(|other| other.id == feed.id) {
            table.refuse("id", Reason::DuplicateFeed { id: feed.id.clone() });
        }
        feeds.push(feed);
    }
    feeds
}

fn merged(table: &mut Table<'_>, sources: &[SourceId]) -> Option<Feed> {
    let id = table.require("id", |value| values::feed_id(values::any_text(value)?));
    let title = table.take("title", values::text);
    let named = table.take_list("sources", |value| matching(value, sources));
    let carries = table.take("kind", values::feed_kind).unwrap_or(Carries::Articles);
    let hidden = table.take("unlisted", values::secret_name);
    let dedupe = table.take("dedupe", values::flag).unwrap_or(false);
    let mut sources = named.map_or_else(|| sources.to_vec(), |named| named.concat());
    sources.sort_unstable();
    sources.dedup();
    let is_listed = hidden.is_none();
    // Every key is asked for, whether or not the feed has a name.
    let feed = chosen(table, Feed::of(id.clone().unwrap_or_else(values::nameless), sources));
    let id = id?;
    Some(Feed {
        title: title.unwrap_or_else(|| id.to_string()),
        id: hidden.unwrap_or(id),
        carries,
        is_listed,
        dedupe,
        ..feed
    })
}

/// The sources that a name or a pattern with `*` means. A pattern may match none: its sources may be still to come.
fn matching(value: &DeValue<'_>, sources: &[SourceId]) -> Result<Vec<SourceId>, Reason> {
    let pattern = values::text(value)?;
    let found: Vec<SourceId> =
        sources.iter().filter(|id| matches_pattern(&pattern, id.as_str())).cloned().collect();
    if found.is_empty() && !pattern.contains('*') {
        return Err(Reason::UnknownSource { found: pattern, known: sources.to_vec() });
    }
    Ok(found)
}

/// Whether `name` is `pattern`, in which each `*` stands for any text.
fn matches_pattern(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches_pattern;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, name, expected) in [
            ("*", "courier", true),
            ("news-*", "news-world", true),
            ("news-*", "old-news-world", false),
            ("*-world", "news-world", true),
            ("n*s-*d", "news-world", true),
            ("ab*ba", "aba", false),
            ("a**b", "ab", true),
            ("courier", "courier", true),
            ("courier", "courier2", false),
        ] {
            assert_eq!(matches_pattern(pattern, name), expected, "{pattern} {name}");
        }
    }
}
