//! What a run did, as values: for the summary on a terminal, for `--json`, and for the exit code.

use std::collections::BTreeSet;

use std::fmt;

use serde::{Serialize, Serializer};
use url::Url;

use super::Alert;
use super::deadline::Deadline;
use crate::discover::Kind;
use crate::model::SourceId;

/// What became of one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum PageOutcome {
    /// A new article.
    New,
    /// A known article whose text changed in substance.
    Revised,
    /// A known article with a change that no reader has to be told of.
    Minor,
    /// A known article, as before.
    Unchanged,
    /// A known article whose page is gone. What is published of it stays, and it is not told again.
    Gone,
    /// It was fetched, but is no article that can be published. Its capture is kept.
    Held {
        /// Why.
        reason: String,
    },
    /// It is held back for the reason for which it was held back before.
    StillHeld {
        /// Why.
        reason: String,
    },
    /// It could not be fetched. It is tried again later.
    Failed {
        /// Why.
        reason: String,
    },
    /// It was not asked for, since its host is left alone. It is tried later.
    Postponed {
        /// Until when, and which host.
        reason: String,
    },
}

impl fmt::Display for PageOutcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PageOutcome::New => out.write_str("new"),
            PageOutcome::Revised => out.write_str("revised"),
            PageOutcome::Minor => out.write_str("changed in nothing that matters"),
            PageOutcome::Unchanged => out.write_str("unchanged"),
            PageOutcome::Gone => out.write_str("gone; what is published of it stays"),
            PageOutcome::Held { reason } => write!(out, "held back: {reason}"),
            PageOutcome::StillHeld { reason } => write!(out, "still held back: {reason}"),
            PageOutcome::Failed { reason } => write!(out, "failed: {reason}"),
            PageOutcome::Postponed { reason } => write!(out, "postponed: {reason}"),
        }
    }
}

/// A page that needs a look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageTrouble {
    /// Its URL.
    pub url: Url,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: PageOutcome,
}

/// How a source's articles were found. In JSON it is its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// In a document of this kind.
    Kind(Kind),
    /// Not at all: its server said that nothing has changed, or it could not be read.
    Unchanged,
    /// Not at all: its time had not come.
    NotDue,
    /// Not at all: its host is left alone for a while.
    Postponed,
}

impl FoundBy {
    /// `listing`, `feed`, `sitemap`, `json` or `urls`; `unchanged`, `not due` or `postponed`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            FoundBy::Kind(kind) => kind.name(),
            FoundBy::Unchanged => "unchanged",
            FoundBy::NotDue => "not due",
            FoundBy::Postponed => "postponed",
        }
    }
}

impl Serialize for FoundBy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// What a run did for the pictures of a source's articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PictureReport {
    /// Pictures that are new in the archive.
    pub kept: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Pictures that were asked for again and are what they were.
    pub unchanged: usize,
    /// Pictures that could not be had. They are tried again.
    pub failed: usize,
    /// Pictures that are larger than their owner wants to keep.
    pub let_go: usize,
}

/// What a run did for one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceReport {
    /// Which source.
    pub source: SourceId,
    /// How its articles were found.
    pub found_by: FoundBy,
    /// How many candidates its listing had.
    pub candidates: usize,
    /// New articles.
    pub new: usize,
    /// Articles revised in substance.
    pub revised: usize,
    /// Articles looked at again and found the same, or changed in a way that no reader has to be told of.
    pub unchanged: usize,
    /// Articles whose pages are gone since they were last looked at. What is published of them stays.
    pub gone: Vec<Url>,
    /// Pages that were not asked for, since their hosts are left alone for a while.
    pub postponed: usize,
    /// Pages that are left for the next run, since this one had to end.
    pub unread: usize,
    /// Pages that were held back or could not be fetched.
    pub troubles: Vec<PageTrouble>,
    /// Why the source as a whole could not be read.
    pub failure: Option<String>,
    /// Why it is no longer found in the way that it was followed by, though something was.
    pub drifted: Option<String>,
    /// What could not be read beside the rest, or may have been missed.
    pub left_out: Vec<String>,
    /// What is doubtful.
    pub warnings: Vec<String>,
    /// What came of the pictures of its articles.
    pub pictures: PictureReport,
}

impl SourceReport {
    pub(super) fn new(source: SourceId) -> SourceReport {
        SourceReport {
            source,
            found_by: FoundBy::Unchanged,
            candidates: 0,
            new: 0,
            revised: 0,
            unchanged: 0,
            gone: Vec::new(),
            postponed: 0,
            unread: 0,
            troubles: Vec::new(),
            failure: None,
            drifted: None,
            left_out: Vec::new(),
            warnings: Vec::new(),
            pictures: PictureReport::default(),
        }
    }

    pub(super) fn count(&mut self, url: &Url, outcome: &PageOutcome) {
        match outcome {
            PageOutcome::New => self.new += 1,
            PageOutcome::Revised => self.revised += 1,
            PageOutcome::Minor | PageOutcome::Unchanged | PageOutcome::StillHeld { .. } => {
                self.unchanged += 1;
            }
            PageOutcome::Gone => self.gone.push(url.clone()),
            PageOutcome::Held { .. } | PageOutcome::Failed { .. } => {
                self.troubles.push(PageTrouble { url: url.clone(), outcome: outcome.clone() });
            }
            PageOutcome::Postponed { reason } => {
                self.postponed += 1;
                // One line says it for all pages of a host.
                if !self.warnings.contains(reason) {
                    self.warnings.push(reason.clone());
                }
            }
        }
    }

    /// The run had to end before it was done with the source.
    pub(super) fn end_early(&mut self, deadline: &Deadline) {
        let reason = deadline.reason();
        self.left_out.push(match self.unread {
            0 => format!("{reason} before it was asked"),
            unread => format!("{reason}: {unread} of its pages are left for the next"),
        });
    }

    /// Adds what was done for the same source before.
    pub(super) fn add(&mut self, other: SourceReport) {
        self.new += other.new;
        self.revised += other.revised;
        self.unchanged += other.unchanged;
        self.gone.extend(other.gone);
        self.postponed += other.postponed;
        self.unread += other.unread;
        self.left_out.extend(other.left_out);
        self.troubles.extend(other.troubles);
        self.warnings.extend(other.warnings);
    }

    /// Whether somebody should look at it.
    #[must_use]
    pub fn needs_a_look(&self) -> bool {
        self.failure.is_some()
            || self.drifted.is_some()
            || !self.troubles.is_empty()
            || !self.left_out.is_empty()
    }
}

/// What was written to the output.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Published {
    /// Files whose bytes were new or different.
    pub written: usize,
    /// Files that were rendered and found the same.
    pub unchanged: usize,
    /// Files that no longer belong there and were removed.
    pub removed: usize,
    /// Records of the archive that cannot be read. What was published of them stays as it is.
    pub unreadable: Vec<String>,
    /// The feeds of which a file was written, by their folders' names.
    pub feeds: BTreeSet<SourceId>,
    /// Templates of the theme that could not make a page. The built-in ones made it.
    pub theme: Vec<String>,
    /// Who could not be told of that, and why.
    pub unannounced: Vec<String>,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RunReport {
    /// Each source, in the order of their names.
    pub sources: Vec<SourceReport>,
    /// What is wrong with the files of sources, a line each: those sources were left out.
    pub configuration: Vec<String>,
    /// What was written.
    pub published: Published,
    /// What had to be mended after the run before, if it was interrupted.
    pub recovered: Option<String>,
    /// What somebody should know who looks at nothing else.
    pub alerts: Vec<Alert>,
}

impl RunReport {
    /// Whether somebody should look at it: exit code 1.
    #[must_use]
    pub fn needs_a_look(&self) -> bool {
        self.sources.iter().any(SourceReport::needs_a_look)
            || !self.configuration.is_empty()
            || !self.published.unreadable.is_empty()
    }
}

/// What happens while a run is under way.
#[derive(Clone, Debug)]
pub enum Progress {
    /// A source was listed: so many pages of it will be fetched.
    Listed {
        /// Which source.
        source: SourceId,
        /// Pages to fetch.
        pages: usize,
    },
    /// A page of this source was fetched; it may wait to be judged with others.
    Fetched(SourceId),
    /// One page is done.
    Page {
        /// Which source.
        source: SourceId,
        /// Its URL.
        url: Url,
        /// What became of it.
        outcome: PageOutcome,
    },
    /// What is done was published; the run goes on.
    Published,
    /// A source is done.
    Source(SourceReport),
    /// The archive is being read for a rebuild: bytes done, bytes in all.
    Reading(u64, u64),
    /// Files are being rendered: done, in all.
    Rendering(u64, u64),
}
