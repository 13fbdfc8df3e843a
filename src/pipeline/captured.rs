//! An article that was captured before, on one page or several: read again without its site.

use super::extraction::{self, Unreadable};
use super::parts::{self, Archived, Manner, Whole};
use super::reading;
use crate::archive::{HeldCapture, Reading};
use crate::model::{Article, Candidate, Capture};

/// What an article is read from.
#[derive(Clone, Copy)]
pub(super) struct Captured<'a> {
    pub(super) first: &'a Capture,
    /// The further pages on which it stands.
    parts: &'a [Capture],
    /// Whether it may stand on more pages than these.
    is_joined: bool,
}

impl<'a> Captured<'a> {
    pub(super) fn of(reading: &'a Reading) -> Captured<'a> {
        Captured::new(&reading.capture, &reading.parts)
    }

    /// An article that stands on these pages.
    pub(super) fn new(first: &'a Capture, parts: &'a [Capture]) -> Captured<'a> {
        Captured { first, parts, is_joined: !parts.is_empty() }
    }

    /// A page that was held back. Where a further page of it could not be had, it is known in part only.
    pub(super) fn held(page: &'a HeldCapture) -> Captured<'a> {
        Captured { first: &page.capture, parts: &page.parts, is_joined: true }
    }

    /// What today's rules make of it, as far as the archive has its pages.
    ///
    /// # Errors
    /// [`Unreadable`] if the first page cannot be read at all.
    pub(super) async fn whole(self, link: &Candidate, manner: Manner<'_>) -> Result<Whole, Unreadable> {
        let (page, settings, hints) = (self.first.clone(), manner.settings.clone(), link.clone());
        let max_size = manner.max_size;
        let read = move || extraction::reading(&page, max_size, &settings, &hints);
        let read = reading::page_apart(self.first, max_size, read).await??;
        Ok(parts::complete(&Archived(self.parts), manner, &self.first.url, read).await)
    }

    /// The article as today's rules read and join it.
    ///
    /// # Errors
    /// [`Unreadable::Joined`] if it was joined of pages, and one that is looked for today is not in the archive: the
    /// article would lose it. One that stood on one page alone loses nothing, whatever is looked for.
    pub(super) async fn read(self, link: &Candidate, manner: Manner<'_>) -> Result<Article, Unreadable> {
        let whole = self.whole(link, manner).await?;
        if whole.missing.is_some() && self.is_joined {
            return Err(Unreadable::Joined);
        }
        Ok(whole.article?)
    }
}
