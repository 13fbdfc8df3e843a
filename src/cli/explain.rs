//! `tearsheet explain`: why a page is read as it is.

mod report;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::arguments::Explain;
use super::failure::Failure;
use super::output;
use super::pages::{Given, PageInput};
use super::root;
use super::wrap::terminal_width;
use crate::archive::{Error, HeldCapture, Known, View};
use crate::config::Config;
use crate::extract::{self, Explanation, Page, Settings};
use crate::model::{Article, ArticleId, CanonicalUrl, Capture, SourceId};
use crate::pipeline;

/// The version of the JSON that is printed. It grows when a field changes its meaning or goes; new ones may come.
const VERSION: u32 = 1;

/// What is printed.
#[derive(Serialize)]
struct Printed {
    version: u32,
    read_from: ReadFrom,
    #[serde(skip_serializing_if = "Option::is_none")]
    captured_at: Option<DateTime<Utc>>,
    #[serde(flatten)]
    explanation: Explanation,
}

/// Where the page was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum ReadFrom {
    Archive,
    /// What an article's record in the archive says: its capture is gone.
    Record,
    Web,
    File,
}

pub(super) fn run(root: &Path, options: &Explain) -> Result<ExitCode, Failure> {
    let config = root::load_if_any(root)?;
    let archived = if options.fetch { None } else { known(&config, &options.page)? };
    let printed = match archived {
        Some((view, ArchivedPage::Article(known))) => of_archive(&config, options, &view, &known)?,
        Some((view, ArchivedPage::Held(page))) => of_held(&config, options, &view, &page)?,
        None => of_page(&config, options)?,
    };
    if options.json {
        output::json(serde_json::to_string_pretty(&printed).expect("plain values serialise"));
    } else {
        output::line(report::text(&printed, terminal_width(), options.all).trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

/// What the archive has of a page.
enum ArchivedPage {
    Article(Box<Known>),
    Held(Box<HeldCapture>),
}

/// What the archive has under this id or URL: an article, or else a page that is held back.
fn known(config: &Config, page: &str) -> Result<Option<(View, ArchivedPage)>, Failure> {
    let id = ArticleId::parse(page);
    let url = CanonicalUrl::parse(page).ok();
    if id.is_none() && url.is_none() {
        return Ok(None);
    }
    let view = match pipeline::view(config) {
        Ok(view) => view,
        // The page itself can be asked.
        Err(pipeline::Error::Archive(Error::NoIndex { .. })) if id.is_none() => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let known = match (&id, &url) {
        (Some(id), _) => view.article(id)?,
        (None, Some(url)) => view.article_at(url)?,
        (None, None) => None,
    };
    let found = match known {
        Some(known) => Some(ArchivedPage::Article(Box::new(known))),
        None => held(&view, id.as_ref(), url.as_ref())?.map(|page| ArchivedPage::Held(Box::new(page))),
    };
    if found.is_none() && id.is_some() {
        return Err(anyhow!("the archive has no article `{page}`").into());
    }
    Ok(found.map(|found| (view, found)))
}

fn held(
    view: &View,
    id: Option<&ArticleId>,
    url: Option<&CanonicalUrl>,
) -> Result<Option<HeldCapture>, Error> {
    match (id, url) {
        (Some(id), _) => view.held_with(id),
        (None, Some(url)) => view.held_at(url),
        (None, None) => Ok(None),
    }
}

fn of_archive(config: &Config, options: &Explain, view: &View, known: &Known) -> Result<Printed, Failure> {
    let Some(capture) = view.capture_of(&known.id)? else { return of_record(view, known) };
    let settings = archived_settings(config, options, view, known.sources.first(), &capture)?;
    let explained = pipeline::explain(view, &known.id, &capture, &settings, config.max_size());
    from_archive(&capture, explained)
}

fn of_held(config: &Config, options: &Explain, view: &View, page: &HeldCapture) -> Result<Printed, Failure> {
    let settings = archived_settings(config, options, view, Some(&page.source), &page.capture)?;
    from_archive(&page.capture, pipeline::explain_held(page, &settings, config.max_size()))
}

/// How a capture is read that `finder` found.
fn archived_settings(
    config: &Config,
    options: &Explain,
    view: &View,
    finder: Option<&SourceId>,
    capture: &Capture,
) -> Result<Settings, Failure> {
    // A source that is no longer configured is no reason to explain nothing.
    let mut settings = match (&options.source, finder) {
        (Some(source), _) => settings_of(config, source)?,
        (None, Some(source)) => {
            settings_of(config, source.as_str()).unwrap_or_else(|_| config.reading_of(&capture.url))
        }
        (None, None) => config.reading_of(&capture.url),
    };
    if let Some(source) = finder {
        settings.memory = Arc::new(pipeline::site_memory(view, source));
    }
    Ok(settings)
}

fn from_archive(
    capture: &Capture,
    explained: impl Future<Output = Result<Explanation, pipeline::Error>>,
) -> Result<Printed, Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(anyhow::Error::from)?;
    let (captured_at, explanation) = (Some(capture.fetched_at), runtime.block_on(explained)?);
    Ok(Printed { version: VERSION, read_from: ReadFrom::Archive, captured_at, explanation })
}

/// What the article's own record tells, where its capture was let go.
fn of_record(view: &View, known: &Known) -> Result<Printed, Failure> {
    let newest = view.revisions(&known.id)?.last().copied().unwrap_or_default();
    let revision = view.revision(&known.id, newest)?;
    let revision = revision.ok_or_else(|| anyhow!("the archive has lost {}", known.url))?;
    Ok(Printed {
        version: VERSION,
        read_from: ReadFrom::Record,
        captured_at: Some(revision.captured_at),
        explanation: extract::explain_article(&revision.article),
    })
}

/// Where each value of an article came from, as its record tells it, for a terminal.
pub(super) fn recorded(article: &Article) -> String {
    report::explained(&extract::explain_article(article), terminal_width(), false)
}

fn of_page(config: &Config, options: &Explain) -> Result<Printed, Failure> {
    let given = options.source.as_ref().map(|source| settings_of(config, source)).transpose()?;
    let source = options.source.as_ref().and_then(|name| config.source(name));
    let given_page = Given::new(config, options.url.as_ref(), source);
    let printed = given_page.read(&options.page, &|input: &PageInput<'_>| {
        let PageInput { url, content_type, captured_at, bytes, .. } = *input;
        let settings = given.clone().unwrap_or_else(|| config.reading_of(url));
        let page = Page { url, content_type, bytes, captured_at, hints: None };
        let read_from = if captured_at.is_some() { ReadFrom::Web } else { ReadFrom::File };
        let explanation = extract::explain(&page, &settings);
        Printed { version: VERSION, read_from, captured_at, explanation }
    });
    Ok(printed?)
}

/// How a source's pages are read.
pub(super) fn settings_of(config: &Config, name: &str) -> Result<Settings, Failure> {
    let settings = config.source(name).map(|source| source.extract.clone());
    Ok(settings.with_context(|| format!("there is no source `{name}`"))?)
}
