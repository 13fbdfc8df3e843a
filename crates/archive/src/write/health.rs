//! How sources are doing: each thing that happens to one is a record, written once, when it begins and when it ends.

use chrono::{DateTime, SubsecRound, Utc};

use crate::Archive;
use crate::error::Error;
use crate::index::HeldRow;
use crate::model::{
    ArticleId, Condition, HealthEvent, HealthKind, Held, HeldPage, SourceId, Trouble, TroubleKind,
};
use crate::read::view::View;
use crate::record::Note;

/// Articles whose instants tell how often a source publishes.
const NEWEST: u32 = 200;
/// Pages that one event names.
const NAMED: usize = 50;

impl Archive {
    /// Notes what asking `source` gave: a kind of trouble and why, for people, or none. That trouble began or is over is
    /// a record, and so is that pages were held back since the last time; that it goes on is none.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn note_source(
        &mut self,
        source: &SourceId,
        now: DateTime<Utc>,
        trouble: Option<(TroubleKind, &str)>,
    ) -> Result<(), Error> {
        self.change(|archive| {
            let checked = archive.view.index.source_checked(source, now, trouble);
            checked.map_err(archive.view.in_index())?;
            archive.tell_trouble(source, now, trouble)?;
            archive.tell_held(source, now)
        })
    }

    fn tell_trouble(
        &mut self,
        source: &SourceId,
        now: DateTime<Utc>,
        trouble: Option<(TroubleKind, &str)>,
    ) -> Result<(), Error> {
        let before = self.view.trouble(source)?;
        let event = |event, reason: &str| HealthEvent {
            source: source.clone(),
            event,
            at: now.trunc_subsecs(0),
            reason: Some(reason.to_owned()),
            since: None,
            pages: Vec::new(),
        };
        match (before, trouble) {
            (Some(before), None) => {
                let recovered = event(HealthKind::Recovered, &before.reason);
                self.write_event(&HealthEvent { since: Some(before.since), ..recovered })
            }
            (before, Some((kind, reason))) if before.as_ref().is_none_or(|before| before.kind != kind) => {
                self.write_event(&event(kind.into(), reason))
            }
            _ => Ok(()),
        }
    }

    fn tell_held(&mut self, source: &SourceId, now: DateTime<Utc>) -> Result<(), Error> {
        let untold = self.view.index.untold(source).map_err(self.view.in_index())?;
        if untold.is_empty() {
            return Ok(());
        }
        let page = |row: HeldRow| HeldPage { url: row.asked, title: row.title, reason: row.reason };
        let more = untold.len().saturating_sub(NAMED);
        self.write_event(&HealthEvent {
            source: source.clone(),
            event: HealthKind::Held,
            at: now.trunc_subsecs(0),
            reason: (more > 0).then(|| format!("and {more} more")),
            since: None,
            pages: untold.into_iter().take(NAMED).map(page).collect(),
        })
    }

    fn write_event(&mut self, event: &HealthEvent) -> Result<(), Error> {
        let before = self.log.end()?.1;
        let target = format!("source:{}", event.source);
        let written = self.write_note(&target, event.at, None, &Note::Health(event.clone()))?;
        let place = self.place(before, None, written)?;
        self.view.index.happened(event, &place).map_err(self.view.in_index())
    }
}

impl View {
    /// The newest events of all sources, newest first.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn events(&self, newest: usize) -> Result<Vec<HealthEvent>, Error> {
        self.index.events(newest).map_err(self.in_index())
    }

    /// How `source` is doing.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn condition(&self, source: &SourceId) -> Result<Condition, Error> {
        let (articles, newest) = self.index.published_of(source, NEWEST).map_err(self.in_index())?;
        let held = self.index.held_of(source).map_err(self.in_index())?;
        let held = held.into_iter().map(|row| self.held(row)).collect::<Result<_, _>>()?;
        Ok(Condition { source: source.clone(), trouble: self.trouble(source)?, articles, newest, held })
    }

    /// What `source` suffers from.
    pub(crate) fn trouble(&self, source: &SourceId) -> Result<Option<Trouble>, Error> {
        let last = self.index.last_event(source).map_err(self.in_index())?;
        Ok(last.and_then(|event| {
            let kind = event.event.trouble()?;
            Some(Trouble { kind, since: event.at, reason: event.reason.unwrap_or_default() })
        }))
    }

    pub(crate) fn held(&self, row: HeldRow) -> Result<Held, Error> {
        let article = self.index.article_at(&row.key).map_err(self.in_index())?;
        let known =
            article.map(|sequence| self.index.id_of(sequence)).transpose().map_err(self.in_index())?;
        Ok(Held {
            id: known.flatten().unwrap_or_else(|| ArticleId::of(&row.asked)),
            is_revision: article.is_some(),
            url: row.asked,
            title: row.title,
            hold: row.hold,
            reason: row.reason,
            since: row.since,
        })
    }
}
