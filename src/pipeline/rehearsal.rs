//! A run up to the point where articles would be fetched: the lists are asked, and what the archive learns is taken back.

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Serialize;
use tempfile::TempDir;
use url::Url;

use super::context::{Asks, Context};
use super::deadline::Stop;
use super::listing;
use super::page::Page;
use super::plan::{self, ListedItems};
use super::run::{SOURCES_AT_ONCE, begin, choose};
use super::schedule;
use super::source::order;
use super::store::Store;
use super::{Error, open};
use crate::archive::{self, Archive};
use crate::config::{Config, SourceConfig};
use crate::model::SourceId;

/// What a run would fetch of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RehearsedSource {
    /// The source.
    pub source: SourceId,
    /// Whether its time has come.
    pub is_due: bool,
    /// Why its list could not be read, or was not asked.
    pub trouble: Option<String>,
    /// The pages, in the order in which they would be fetched.
    pub pages: Vec<RehearsedPage>,
}

/// A page that a run would fetch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RehearsedPage {
    /// Its URL.
    pub url: Url,
    /// Its title, if its list has one.
    pub title: Option<String>,
    /// Why it would be fetched.
    pub why: Why,
}

/// Why a page would be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It is new.
    New,
    /// It failed before, or was held back.
    Again,
    /// It is known, and looked at for corrections or since its list says something else of it.
    Known,
}

impl Why {
    /// `new`, `again` or `known`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Why::New => "new",
            Why::Again => "again",
            Why::Known => "known",
        }
    }

    fn of(page: &Page) -> Why {
        match page {
            page if page.failures > 0 => Why::Again,
            page if page.known.is_some() || page.validators.is_some() => Why::Known,
            _ => Why::New,
        }
    }
}

/// Asks the lists of `only` these sources, or of all that are due where it is empty, and says which pages a run would
/// fetch, every page that failed among them if `asks` is for those. Nothing is written but what an interrupted run left
/// unfinished.
///
/// # Errors
/// [`Error`] if a source is not known, or the archive cannot be opened.
pub async fn rehearse(
    config: &Config,
    only: &[String],
    asks: Asks,
    now: DateTime<Utc>,
) -> Result<Vec<RehearsedSource>, Error> {
    let chosen = choose(config, only)?;
    let (archive, _folder) = opened(config, now)?;
    let context = begin(config, archive, Store::rehearsing, asks, Stop::default(), now, &|_| ())?;
    let rehearsed =
        stream::iter(chosen).map(|source| one(&context, source)).buffer_unordered(SOURCES_AT_ONCE);
    let rehearsed: Result<Vec<RehearsedSource>, Error> = rehearsed.try_collect().await;
    context.store.into_archive().await.take_back();
    let mut rehearsed = rehearsed?;
    rehearsed.sort_by(|one, other| one.source.cmp(&other.source));
    Ok(rehearsed)
}

/// The archive, or where there is none yet an empty one in a folder that goes afterwards.
fn opened(config: &Config, now: DateTime<Utc>) -> Result<(Archive, Option<TempDir>), Error> {
    if config.archive.path.exists() {
        return Ok((open(config, now)?.0, None));
    }
    let failed =
        |source| archive::Error::Io { action: archive::Action::Create, path: std::env::temp_dir(), source };
    let folder = tempfile::tempdir().map_err(failed)?;
    let settings = archive::Settings { path: folder.path().join("archive") };
    Ok((Archive::open(&settings, now)?.0, Some(folder)))
}

async fn one(context: &Context<'_>, source: &SourceConfig) -> Result<RehearsedSource, Error> {
    let nothing =
        RehearsedSource { source: source.source.id.clone(), is_due: false, trouble: None, pages: Vec::new() };
    if !schedule::is_due(context, source).await? {
        return Ok(nothing);
    }
    let found = listing::find(context, source).await?;
    let trouble = found.failure.or(found.postponed).or(found.drifted);
    let items = ListedItems { candidates: found.candidates, missed: found.missed, all: found.listed };
    let order = order(context, source);
    let pages = context.store.write(move |archive| plan::pages(archive, &order, items)).await?;
    let page = |page: Page| RehearsedPage {
        why: Why::of(&page),
        url: page.candidate.url,
        title: page.candidate.title,
    };
    Ok(RehearsedSource { is_due: true, trouble, pages: pages.into_iter().map(page).collect(), ..nothing })
}
