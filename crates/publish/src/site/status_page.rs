//! `status.html`: which sources are in trouble, since when and why, and which pages are held back. It says nothing of a
//! source that is well, so that it changes only when something happened.

use serde::Serialize;

use super::dates::{self, Shown};
use super::{Frame, templates};
use crate::model::{Condition, HealthKind, Held, Source};
use crate::publish::characters::line;
use crate::publish::values::{TextLine, WebUrl};
use crate::publish::words::{self, Words};
use crate::publish::{File, Settings, addresses, health};

/// Its path.
const PATH: &str = "status.html";

#[derive(Serialize)]
struct StatusPage {
    #[serde(flatten)]
    frame: Frame,
    health: String,
    sources: Vec<SourceInTrouble>,
}

/// A source in trouble, or with a page that is held back.
#[derive(Serialize)]
struct SourceInTrouble {
    title: String,
    page: String,
    trouble: Option<Trouble>,
    held: Vec<HeldRow>,
}

#[derive(Serialize)]
struct Trouble {
    state: &'static str,
    since: Shown,
    reason: String,
}

#[derive(Serialize)]
struct HeldRow {
    title: TextLine,
    url: WebUrl,
    since: Shown,
    reason: String,
    /// Whether an earlier revision is published.
    is_revision: bool,
}

pub(crate) fn status_page(settings: &Settings, sources: &[Source], conditions: &[Condition]) -> File {
    let words = words::of(&settings.language);
    let mut rows: Vec<(&Source, &Condition)> = sources
        .iter()
        .filter_map(|source| {
            let condition = conditions.iter().find(|condition| condition.source == source.id)?;
            (condition.trouble.is_some() || !condition.held.is_empty()).then_some((source, condition))
        })
        .collect();
    rows.sort_by_key(|(source, _)| &source.id);
    let page = StatusPage {
        frame: Frame::new(settings, PATH),
        health: health::FEED.to_owned(),
        sources: rows.into_iter().map(|(source, condition)| row(words, source, condition)).collect(),
    };
    File { path: PATH.to_owned(), bytes: templates::render(settings, "status.html", page) }
}

fn row(words: &Words, source: &Source, condition: &Condition) -> SourceInTrouble {
    let trouble = condition.trouble.as_ref().map(|trouble| Trouble {
        state: health::said(words, HealthKind::from(trouble.kind)),
        since: dates::instant(words, trouble.since),
        reason: line(&trouble.reason),
    });
    SourceInTrouble {
        title: line(&source.title),
        page: addresses::feed_page_path(&source.id),
        trouble,
        held: condition.held.iter().map(|held| held_row(words, held)).collect(),
    }
}

fn held_row(words: &Words, held: &Held) -> HeldRow {
    let url = WebUrl::of_page(&held.url);
    HeldRow {
        title: held.title.as_deref().and_then(TextLine::of).unwrap_or_else(|| url.to_line()),
        url,
        since: dates::instant(words, held.since),
        reason: line(&held.reason),
        is_revision: held.is_revision,
    }
}
