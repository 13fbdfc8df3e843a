//! Feeds: a source's own `[feed]`, and the merged `[[feed]]` of `config/tearsheet.toml`.

use toml::de::DeValue;

use super::reason::Reason;
use super::table::Table;
use super::values;
use crate::discover::Kind;
use crate::model::{Source, SourceId};
use crate::publish::{Carries, Feed, Format, Level};

const SIZE: usize = 50;
const FORMATS: &[Format] = &[Format::Rss, Format::Atom, Format::Json];

/// A source's own feed.
pub(super) fn own(mut table: Table<'_>, source: &Source, kind: Kind) -> Feed {
    let mut home = source.url.clone();
    if matches!(kind, Kind::Feed | Kind::Sitemap | Kind::Json | Kind::Urls) {
        // Such a document is made for machines; people are at home at the top of its site.
        home = home.join("/").unwrap_or(home);
    }
    Feed {
        id: source.id.clone(),
        title: source.title.clone(),
        home: Some(home),
        language: source.language.clone(),
        sources: vec![source.id.clone()],
        size: table.take("size", values::count).unwrap_or(SIZE),
        level: table.take("level", values::level).unwrap_or(Level::Full),
        carries: Carries::Articles,
        formats: formats(&mut table),
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
    let size = table.take("size", values::count).unwrap_or(SIZE);
    let level = table.take("level", values::level).unwrap_or(Level::Full);
    let carries = table.take("kind", values::feed_kind).unwrap_or(Carries::Articles);
    let id = id?;
    let mut sources = named.map_or_else(|| sources.to_vec(), |named| named.concat());
    sources.sort_unstable();
    sources.dedup();
    Some(Feed {
        title: title.unwrap_or_else(|| id.to_string()),
        id,
        home: None,
        language: None,
        sources,
        size,
        level,
        carries,
        formats: FORMATS.to_vec(),
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
