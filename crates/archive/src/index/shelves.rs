//! The lists of articles that have pages on the reading site. They follow from the records like everything else here;
//! what of them changed since they were last published is noted beside them.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, Result, Row, params};

use super::Index;
use super::columns::{id_at, instant_at, maybe_parsed_at, seconds, source_at, url_at};
use crate::model::{ArticleId, Card, Moment, Month, Rank, Shelf, SourceId, label_key, shown_at};
use crate::record::{About, Change, Outline};

const MONTH: i64 = 1;
const SOURCE: i64 = 2;
const TAG: i64 = 3;
const AUTHOR: i64 = 4;

/// An article is in no more lists of tags, or of authors, than this.
const MOST_LABELS: usize = 30;
/// Characters that are kept of a first title: more than an address takes of it.
const FIRST_TITLE: usize = 200;

/// A source that found an article.
struct Finder {
    name: String,
    rank: (i64, i64),
    is_published: bool,
}

/// What decides in which lists an article is shown.
struct Standing {
    is_withdrawn: bool,
    /// The first is the one that found it first.
    finders: Vec<Finder>,
}

impl Standing {
    fn is_shown(&self, kind: i64, key: &str) -> bool {
        let is_of = |finder: &Finder| key.split_once(' ').is_some_and(|(_, name)| name == finder.name);
        let counts = |finder: &Finder| finder.is_published && (kind != SOURCE || is_of(finder));
        !self.is_withdrawn && self.finders.iter().any(counts)
    }
}

/// A place in a list.
struct Placing {
    kind: i64,
    key: String,
    shown: i64,
    run: i64,
    position: i64,
}

impl Index {
    /// What a revision says of its article, beside the revision itself.
    pub(crate) fn describe(&self, about: &About, described: &Outline) -> Result<()> {
        let Some(sequence) = self.sequence_of(&about.id)? else { return Ok(()) };
        let shown = shown_at(described.published, about.first_seen);
        let stated = described.published.filter(|at| at.to_utc() == shown);
        let first_title = match (&about.first_title, about.change) {
            (Some(title), _) => Some(title),
            (None, Change::New) => Some(&described.title),
            (None, _) => None,
        };
        let cut = |title: &String| title.chars().take(FIRST_TITLE).collect::<String>();
        let mut write = self.db.prepare_cached(
            "UPDATE article SET title = ?2, first_title = coalesce(?3, nullif(first_title, ''), ?2), language = ?4,
                 stated = ?5, is_noindex = ?6 WHERE sequence = ?1",
        )?;
        write.execute(params![
            sequence.cast_signed(),
            described.title,
            first_title.map(cut),
            described.language,
            stated.map(|at| at.to_string()),
            described.is_noindex,
        ])?;
        self.show_pictures(sequence, about, &described.pictures)?;
        self.unshelve(&about.id)?;
        let standing = self.standing(sequence)?;
        let month = Month::of(stated.map_or_else(|| about.first_seen.date_naive(), |at| at.date()));
        let Some(first) = standing.finders.first() else { return Ok(()) };
        let shelve = |kind, key: &str, rank: (i64, i64), name: Option<&str>| {
            let place =
                Placing { kind, key: key.to_owned(), shown: seconds(shown), run: rank.0, position: rank.1 };
            self.shelve(&about.id, &place, name, &standing)
        };
        shelve(MONTH, &month.to_string(), first.rank, None)?;
        for finder in &standing.finders {
            shelve(SOURCE, &format!("{month} {}", finder.name), finder.rank, None)?;
        }
        for (kind, names) in [(TAG, &described.tags), (AUTHOR, &described.authors)] {
            let mut seen = HashSet::new();
            for (key, name) in names.iter().take(MOST_LABELS).map(|name| (label_key(name), name)) {
                if !key.is_empty() && seen.insert(key.clone()) {
                    shelve(kind, &key, first.rank, Some(name))?;
                }
            }
        }
        Ok(())
    }

    /// The article is one of this source's too.
    pub(super) fn shelve_with(&self, id: &ArticleId, source: i64, rank: Rank) -> Result<()> {
        let Some(sequence) = self.sequence_of(id)? else { return Ok(()) };
        let mut query = self.db.prepare_cached(
            "SELECT s.key || ' ' || (SELECT name FROM source WHERE id = ?2), s.shown FROM shelved s
             WHERE s.id = ?1 AND abs(s.kind) = 1",
        )?;
        let found = query.query_row(params![id.as_bytes(), source], |row| Ok((row.get(0)?, row.get(1)?)));
        let Some((key, shown)) = found.optional()? else { return Ok(()) };
        let place =
            Placing { kind: SOURCE, key, shown, run: rank.run.cast_signed(), position: rank.position };
        self.shelve(id, &place, None, &self.standing(sequence)?)?;
        self.settle(id)
    }

    /// Shows an article where it is to be shown, and nowhere else.
    pub(super) fn settle(&self, id: &ArticleId) -> Result<()> {
        let Some(sequence) = self.sequence_of(id)? else { return Ok(()) };
        let standing = self.standing(sequence)?;
        let mut query =
            self.db.prepare_cached("SELECT kind, key, shown, run, position FROM shelved WHERE id = ?1")?;
        let places: Vec<Placing> = query.query_map([id.as_bytes()], place)?.collect::<Result<_>>()?;
        let mut turn = self.db.prepare_cached(
            "UPDATE shelved SET kind = -kind
             WHERE kind = ?1 AND key = ?2 AND shown = ?3 AND run = ?4 AND position = ?5 AND id = ?6",
        )?;
        for at in places {
            if standing.is_shown(at.kind.abs(), &at.key) != (at.kind > 0) {
                turn.execute(params![at.kind, at.key, at.shown, at.run, at.position, id.as_bytes()])?;
                self.is_stale(at.kind.abs(), &at.key, at.shown)?;
            }
        }
        Ok(())
    }

    /// These sources are published, and no other.
    pub(crate) fn publish_sources(&self, sources: &[SourceId]) -> Result<()> {
        let wanted: HashSet<&str> = sources.iter().map(SourceId::as_str).collect();
        let mut query = self.db.prepare_cached("SELECT id, name, is_published FROM source")?;
        let known = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let known: Vec<(i64, String, bool)> = known.collect::<Result<_>>()?;
        for (source, name, is_published) in known {
            if wanted.contains(name.as_str()) == is_published {
                continue;
            }
            let mut write =
                self.db.prepare_cached("UPDATE source SET is_published = NOT is_published WHERE id = ?1")?;
            write.execute([source])?;
            self.articles_of(source)?.iter().try_for_each(|id| self.settle(id))?;
        }
        Ok(())
    }

    /// Every list that has an article of this source is to be written again.
    pub(crate) fn reshelve(&self, source: &SourceId) -> Result<()> {
        let Some(source) = self.known_source(source)? else { return Ok(()) };
        let mut write = self.db.prepare_cached(
            "INSERT INTO stale_shelf (kind, key, shown)
             SELECT s.kind, s.key, min(s.shown) FROM finding f CROSS JOIN article a ON a.sequence = f.article
                 CROSS JOIN shelved s ON s.id = a.id
             WHERE f.source = ?1 AND s.kind > 0 GROUP BY s.kind, s.key
             ON CONFLICT (kind, key) DO UPDATE SET shown = min(shown, excluded.shown)",
        )?;
        write.execute([source]).map(drop)
    }

    /// The articles that `source` found.
    pub(crate) fn found_by(&self, source: &SourceId) -> Result<Vec<ArticleId>> {
        self.known_source(source)?.map_or_else(|| Ok(Vec::new()), |source| self.articles_of(source))
    }

    fn articles_of(&self, source: i64) -> Result<Vec<ArticleId>> {
        let mut query = self.db.prepare_cached(
            "SELECT a.id FROM finding f JOIN article a ON a.sequence = f.article WHERE f.source = ?1",
        )?;
        query.query_map([source], |row| id_at(row, 0))?.collect()
    }

    fn standing(&self, sequence: u64) -> Result<Standing> {
        let mut query = self.db.prepare_cached(
            "SELECT s.name, f.run, f.position, s.is_published FROM finding f JOIN source s ON s.id = f.source
                 JOIN article a ON a.sequence = f.article
             WHERE f.article = ?1 ORDER BY f.source <> a.source, s.name",
        )?;
        let finders = query.query_map([sequence.cast_signed()], |row| {
            let rank = (row.get(1)?, row.get(2)?);
            Ok(Finder { name: row.get(0)?, rank, is_published: row.get(3)? })
        })?;
        let finders = finders.collect::<Result<_>>()?;
        let mut query = self.db.prepare_cached("SELECT 1 FROM withdrawn WHERE article = ?1")?;
        Ok(Standing { is_withdrawn: query.exists([sequence.cast_signed()])?, finders })
    }

    fn shelve(&self, id: &ArticleId, at: &Placing, name: Option<&str>, standing: &Standing) -> Result<()> {
        let is_shown = standing.is_shown(at.kind, &at.key);
        let kind = if is_shown { at.kind } else { -at.kind };
        let mut write = self.db.prepare_cached(
            "INSERT OR REPLACE INTO shelved (kind, key, shown, run, position, id, name)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        write.execute(params![kind, at.key, at.shown, at.run, at.position, id.as_bytes(), name])?;
        if is_shown { self.is_stale(at.kind, &at.key, at.shown) } else { Ok(()) }
    }

    fn unshelve(&self, id: &ArticleId) -> Result<()> {
        let mut write = self
            .db
            .prepare_cached("DELETE FROM shelved WHERE id = ?1 RETURNING kind, key, shown, run, position")?;
        let gone: Vec<Placing> = write.query_map([id.as_bytes()], place)?.collect::<Result<_>>()?;
        gone.iter().filter(|at| at.kind > 0).try_for_each(|at| self.is_stale(at.kind, &at.key, at.shown))
    }

    /// A list is another from this instant on.
    fn is_stale(&self, kind: i64, key: &str, shown: i64) -> Result<()> {
        let mut write = self.db.prepare_cached(
            "INSERT INTO stale_shelf (kind, key, shown) VALUES (?1, ?2, ?3)
             ON CONFLICT (kind, key) DO UPDATE SET shown = min(shown, ?3)",
        )?;
        write.execute(params![kind, key, shown]).map(drop)
    }

    /// The lists that changed since they were last published, each with how many articles come before the first change.
    pub(crate) fn stale_shelves(&self) -> Result<Vec<(Shelf, u64)>> {
        let mut query = self.db.prepare_cached(
            "SELECT t.kind, t.key, (SELECT count(*) FROM shelved s
                 WHERE s.kind = t.kind AND s.key = t.key AND s.shown < t.shown)
             FROM stale_shelf t ORDER BY t.kind, t.key",
        )?;
        let rows =
            query.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?)))?;
        let rows: Vec<(i64, String, i64)> = rows.collect::<Result<_>>()?;
        let known =
            |(kind, key, before): (i64, String, i64)| Some((shelf(kind, &key)?, before.cast_unsigned()));
        Ok(rows.into_iter().filter_map(known).collect())
    }

    /// All lists are published as they are.
    pub(crate) fn shelves_are_fresh(&self) -> Result<()> {
        self.db.prepare_cached("DELETE FROM stale_shelf")?.execute([]).map(drop)
    }

    /// The lists of one kind that follow this key and have something to show, in their order; at most `limit`.
    pub(crate) fn shelves_after(&self, kind: i64, after: &str, limit: usize) -> Result<Vec<String>> {
        // A step from key to key: there may be many articles with each.
        let mut query = self
            .db
            .prepare_cached("SELECT key FROM shelved WHERE kind = ?1 AND key > ?2 ORDER BY key LIMIT 1")?;
        let (mut keys, mut at) = (Vec::new(), after.to_owned());
        while keys.len() < limit
            && let Some(key) = query.query_row(params![kind, at], |row| row.get::<_, String>(0)).optional()?
        {
            keys.push(key.clone());
            at = key;
        }
        Ok(keys)
    }

    /// How many articles a list shows, but no more than `most`.
    pub(crate) fn shelf_size(&self, shelf: &Shelf, most: usize) -> Result<u64> {
        let (kind, key) = columns(shelf);
        let mut query = self.db.prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM shelved WHERE kind = ?1 AND key = ?2 LIMIT ?3)",
        )?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        query.query_row(params![kind, key, most], |row| row.get::<_, i64>(0)).map(i64::cast_unsigned)
    }

    /// Whether search engines may see one of the articles of a list behind the first `skip`, of at most `limit`.
    pub(crate) fn is_indexed(&self, shelf: &Shelf, skip: u64, limit: usize) -> Result<bool> {
        let (kind, key) = columns(shelf);
        let mut query = self.db.prepare_cached(
            "SELECT 1 FROM (SELECT id FROM shelved WHERE kind = ?1 AND key = ?2
                 ORDER BY shown, run, position, id LIMIT ?4 OFFSET ?3) s
             JOIN article a ON a.id = s.id WHERE a.is_noindex = 0 LIMIT 1",
        )?;
        query.exists(params![kind, key, skip.cast_signed(), i64::try_from(limit).unwrap_or(i64::MAX)])
    }

    /// How the oldest article of a list spells its name: what comes later does not change it.
    pub(crate) fn shelf_name(&self, shelf: &Shelf) -> Result<Option<String>> {
        let (kind, key) = columns(shelf);
        let mut query = self.db.prepare_cached(
            "SELECT name FROM shelved WHERE kind = ?1 AND key = ?2
             ORDER BY shown, run, position, id LIMIT 1",
        )?;
        Ok(query.query_row(params![kind, key], |row| row.get(0)).optional()?.flatten())
    }

    /// At most `limit` articles of a list behind the first `skip`, oldest first.
    pub(crate) fn cards(&self, shelf: &Shelf, skip: u64, limit: usize) -> Result<Vec<Card>> {
        let (kind, key) = columns(shelf);
        let mut query = self.db.prepare_cached(
            "SELECT a.id, s.name, a.url, a.first_title, a.title, a.language, a.first_seen, a.updated, a.stated,
                 a.is_noindex
             FROM (SELECT shown, run, position, id FROM shelved WHERE kind = ?1 AND key = ?2
                   ORDER BY shown, run, position, id LIMIT ?4 OFFSET ?3) x
                 CROSS JOIN article a ON a.id = x.id CROSS JOIN source s ON s.id = a.source
             ORDER BY x.shown, x.run, x.position, x.id",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        query.query_map(params![kind, key, skip.cast_signed(), limit], card)?.collect()
    }

    /// The articles beside this one in the order in which `source` found them, the older ones nearest first, then the
    /// newer ones.
    pub(crate) fn beside(&self, id: &ArticleId, source: &SourceId, limit: usize) -> Result<[Vec<Card>; 2]> {
        let (Some(sequence), Some(source)) = (self.sequence_of(id)?, self.known_source(source)?) else {
            return Ok([Vec::new(), Vec::new()]);
        };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let cards = |query: &str| -> Result<Vec<Card>> {
            let mut query = self.db.prepare_cached(query)?;
            query.query_map(params![source, sequence.cast_signed(), limit], card)?.collect()
        };
        Ok([cards(BEFORE)?, cards(BEHIND)?])
    }
}

const BEFORE: &str = "
    SELECT a.id, s.name, a.url, a.first_title, a.title, a.language, a.first_seen, a.updated, a.stated, a.is_noindex
    FROM finding o CROSS JOIN finding f ON f.source = o.source
        AND (f.run, f.published, f.position, f.article) < (o.run, o.published, o.position, o.article)
    CROSS JOIN article a ON a.sequence = f.article CROSS JOIN source s ON s.id = a.source
    WHERE o.source = ?1 AND o.article = ?2
        AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.article = f.article)
    ORDER BY f.run DESC, f.published DESC, f.position DESC, f.article DESC LIMIT ?3";

const BEHIND: &str = "
    SELECT a.id, s.name, a.url, a.first_title, a.title, a.language, a.first_seen, a.updated, a.stated, a.is_noindex
    FROM finding o CROSS JOIN finding f ON f.source = o.source
        AND (f.run, f.published, f.position, f.article) > (o.run, o.published, o.position, o.article)
    CROSS JOIN article a ON a.sequence = f.article CROSS JOIN source s ON s.id = a.source
    WHERE o.source = ?1 AND o.article = ?2
        AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.article = f.article)
    ORDER BY f.run, f.published, f.position, f.article LIMIT ?3";

fn place(row: &Row<'_>) -> Result<Placing> {
    Ok(Placing {
        kind: row.get(0)?,
        key: row.get(1)?,
        shown: row.get(2)?,
        run: row.get(3)?,
        position: row.get(4)?,
    })
}

fn card(row: &Row<'_>) -> Result<Card> {
    Ok(Card {
        id: id_at(row, 0)?,
        source: source_at(row, 1)?,
        url: url_at(row, 2)?,
        first_title: row.get(3)?,
        title: row.get(4)?,
        language: row.get(5)?,
        first_seen: instant_at(row, 6)?,
        updated: instant_at(row, 7)?,
        stated: maybe_parsed_at(row, 8, Moment::parse)?,
        is_noindex: row.get(9)?,
    })
}

/// The number of a kind of list.
pub(crate) fn kind_of(shelf: &Shelf) -> i64 {
    match shelf {
        Shelf::Month(_) => MONTH,
        Shelf::Source(..) => SOURCE,
        Shelf::Tag(_) => TAG,
        Shelf::Author(_) => AUTHOR,
    }
}

fn columns(shelf: &Shelf) -> (i64, String) {
    let key = match shelf {
        Shelf::Month(month) => month.to_string(),
        Shelf::Source(source, month) => format!("{month} {source}"),
        Shelf::Tag(key) | Shelf::Author(key) => key.clone(),
    };
    (kind_of(shelf), key)
}

/// The list with this key; `None` if there can be none.
pub(crate) fn shelf(kind: i64, key: &str) -> Option<Shelf> {
    Some(match kind {
        MONTH => Shelf::Month(Month::parse(key)?),
        SOURCE => {
            let (month, source) = key.split_once(' ')?;
            Shelf::Source(SourceId::parse(source).ok()?, Month::parse(month)?)
        }
        TAG => Shelf::Tag(key.to_owned()),
        AUTHOR => Shelf::Author(key.to_owned()),
        _ => return None,
    })
}
