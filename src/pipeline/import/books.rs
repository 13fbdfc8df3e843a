//! Where what comes in is written down: in the archive, or nowhere.

use crate::archive::{self, Import, Kept, Outcome, Own, Preview, Taken, View};
use crate::model::Past;

/// A number that no run reaches.
const EVERY_RUN: u64 = i64::MAX.cast_unsigned();

pub(super) enum Books<'a> {
    Kept(Import<'a>),
    Preview(Box<Preview>),
}

impl Books<'_> {
    pub(super) fn view(&self) -> &View {
        match self {
            Books::Kept(import) => import.view(),
            Books::Preview(preview) => preview.view(),
        }
    }

    /// The number of the run that this is.
    pub(super) fn run(&self) -> u64 {
        match self {
            Books::Kept(import) => import.run(),
            Books::Preview(_) => EVERY_RUN,
        }
    }

    pub(super) fn take_in(&mut self, own: &Own) -> Result<Taken, archive::Error> {
        match self {
            Books::Kept(import) => import.take_in(own),
            Books::Preview(preview) => preview.take_in(own),
        }
    }

    /// What is published and would give way to what comes in.
    pub(super) fn replaced(&self, own: &Own) -> Result<Option<Past>, archive::Error> {
        match self {
            Books::Kept(import) => import.replaced(own),
            Books::Preview(preview) => preview.replaced(own),
        }
    }

    pub(super) fn keep(&mut self, kept: &Kept<'_>) -> Result<Option<Outcome>, archive::Error> {
        match self {
            Books::Kept(import) => Ok(import.keep(kept)?.map(|verdict| verdict.outcome)),
            Books::Preview(preview) => preview.keep(kept),
        }
    }

    pub(super) fn commit(&mut self) -> Result<(), archive::Error> {
        match self {
            Books::Kept(import) => import.commit(),
            Books::Preview(_) => Ok(()),
        }
    }
}
