//! A feed of what articles said differently than before: an item for each substantive revision, with the words that were
//! removed and added. It is a subscription of its own, so that the articles' feeds show every article once.

use chrono::Duration;
use uuid::Uuid;

use super::characters::{escaped, excerpt, line};
use super::item::{Issue, Item};
use super::values::{CleanHtml, TextLine};
use super::words::{self, Words};
use super::{Feed, Level, Settings};
use crate::model::{Correction, Piece, Source};

/// Characters of one piece that are shown. What is longer is another text, not a correction.
const LONGEST: usize = 1500;
/// Passages of one revision that are shown.
const PASSAGES: usize = 30;

pub(super) fn issue<'a>(
    settings: &'a Settings,
    feed: &'a Feed,
    corrections: &'a [Correction],
    sources: &[Source],
) -> Issue<'a> {
    let words = words::of(feed.language.as_deref().unwrap_or(&settings.language));
    let titles = Feed { level: Level::Link, ..feed.clone() };
    let items = corrections.iter().take(feed.size).map(|correction| {
        let source = sources.iter().find(|source| source.id == correction.entry.source);
        let article = Item::new(settings, &titles, &correction.entry, source);
        item(correction, article, feed.level, words)
    });
    let description = match &feed.ended {
        Some(_) => format!("{} {}", words.ended, words.corrections),
        None => words.corrections.to_owned(),
    };
    Issue { description, ..Issue::of(settings, feed, items.collect(), sources) }
}

fn item<'a>(correction: &'a Correction, article: Item<'a>, level: Level, words: &Words) -> Item<'a> {
    let entry = &correction.entry;
    // Revisions are numbered for ever, as their article is named for ever.
    let name = format!("{}#revision-{}", entry.id.urn(), entry.revision);
    let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes());
    // Part of a second that no other revision of one run has.
    let apart = i64::try_from(id.as_u128() % 1_000_000).unwrap_or_default();
    let at = entry.updated_at() + Duration::microseconds(apart);
    Item {
        id: id.urn().to_string(),
        title: TextLine::of(&format!("{} {}", words.changed, &*article.title)).unwrap_or(article.title),
        summary: TextLine::of(&summary(correction, words)).filter(|_| level != Level::Link),
        content: (level == Level::Full).then(|| content(correction, words)),
        published: at,
        updated: at,
        found: at,
        ..article
    }
}

/// The words that were removed, and those that were added.
fn summary(correction: &Correction, words: &Words) -> String {
    let pieces = || correction.passages.iter().flatten();
    let removed: Vec<&str> = pieces().filter_map(|piece| removed(piece)).collect();
    let added: Vec<&str> = pieces().filter_map(|piece| added(piece)).collect();
    let told = |name: &str, said: &[&str]| {
        let said = line(&said.join(" … "));
        (!said.is_empty()).then(|| format!("{name} {}", excerpt(&said)))
    };
    let told: Vec<String> =
        [told(words.removed, &removed), told(words.added, &added)].into_iter().flatten().collect();
    if told.is_empty() { words.changed_unseen.to_owned() } else { told.join(" / ") }
}

fn removed(piece: &Piece) -> Option<&str> {
    if let Piece::Removed(text) = piece { Some(text) } else { None }
}

fn added(piece: &Piece) -> Option<&str> {
    if let Piece::Added(text) = piece { Some(text) } else { None }
}

/// A paragraph for each passage. Nothing in it is markup but what stands here.
pub(super) fn content(correction: &Correction, words: &Words) -> CleanHtml {
    let shown = correction.passages.iter().take(PASSAGES);
    let mut html: String = shown.map(|passage| format!("<p>… {} …</p>", pieces(passage))).collect();
    if correction.passages.len() > PASSAGES {
        html.push_str("<p>…</p>");
    }
    if html.is_empty() {
        html = format!("<p>{}</p>", escaped(words.changed_unseen));
    }
    CleanHtml::of(&html)
}

fn pieces(passage: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Same(said) => text(said),
        Piece::Removed(said) => marked("del", said),
        Piece::Added(said) => marked("ins", said),
    };
    passage.iter().map(piece).collect()
}

/// The white space behind a word is not part of what changed.
fn marked(element: &str, said: &str) -> String {
    let word = said.trim_end();
    format!("<{element}>{}</{element}>{}", text(word), text(&said[word.len()..]))
}

/// As HTML, its paragraph breaks as line breaks.
fn text(said: &str) -> String {
    let cut = match said.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &said[..end]),
        None => said.to_owned(),
    };
    escaped(&cut).replace("\n\n", "<br><br>")
}
