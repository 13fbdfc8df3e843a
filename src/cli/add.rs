//! `tearsheet add`: from a URL to a source file.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use serde_json::json;
use url::Url;

use super::arguments::Add;
use super::failure::Failure;
use super::output;
use super::question::{self, UserAnswer};
use super::root;
use super::run::{self, Telling};
use super::words::count;
use crate::archive::View;
use crate::config::{self, Config, NewSource};
use crate::discover::Kind;
use crate::fetch::Client;
use crate::model::{CanonicalUrl, SourceId};
use crate::pipeline::{self, Probe, RunMode, Way};

/// Items of a way in that are shown.
const SHOWN: usize = 5;
/// Paragraphs of the article read on trial that are shown.
const SHOWN_PARAGRAPHS: usize = 2;

pub(super) fn run(root: &Path, options: &Add, quiet: bool) -> Result<ExitCode, Failure> {
    if options.id.is_some() && options.urls.len() > 1 {
        return Err(anyhow!("--id names one source, but {} URLs are given", options.urls.len()).into());
    }
    let config = root::load_told(root)?;
    let runtime = tokio::runtime::Runtime::new().map_err(anyhow::Error::from)?;
    let client = Client::new(&config.fetch).map_err(pipeline::Error::from)?;
    let mut taken = config.taken_ids();
    let mut unusable = false;
    let mut added = Vec::new();
    for url in &options.urls {
        if is_known(&config, url) {
            continue;
        }
        if !quiet {
            eprintln!("looking at {url} and the ways to follow it…");
        }
        match runtime.block_on(pipeline::probe(&client, url, config.max_size())) {
            Ok(probe) if probe.ways[0].url != *url && is_known(&config, &probe.ways[0].url) => {}
            Ok(probe) => {
                let id = choose_id(options, &probe.ways[0], &taken)?;
                if add(&config, options, quiet, &id, probe)? {
                    added.push(id.to_string());
                    taken.push(id);
                }
            }
            Err(error) => {
                unusable = true;
                eprintln!("error: cannot follow {url}: {error}");
                if options.json {
                    output::json(json!({ "url": url, "error": error.to_string() }));
                }
            }
        }
    }
    let Some(most) = options.backfill.filter(|_| !added.is_empty()) else {
        return Ok(ExitCode::from(u8::from(unusable)));
    };
    let config = root::load_told(root)?;
    let report = run::once(&config, &added, RunMode::Backfill(most), quiet || options.json)?;
    run::tell(&config, &report, Telling::of(options.json, quiet));
    Ok(ExitCode::from(u8::from(unusable || report.needs_a_look())))
}

/// Whether there is a source at `url`, under any of its spellings. If so, it is said.
fn is_known(config: &Config, url: &Url) -> bool {
    let key = |url: &Url| CanonicalUrl::of(url).ok().map(|url| url.key());
    let known = config.sources.iter().find(|source| key(&source.source.url) == key(url));
    if let Some(known) = known {
        eprintln!("{url} is already the source `{}`", known.source.id);
    }
    known.is_some()
}

fn choose_id(options: &Add, way: &Way, taken: &[SourceId]) -> Result<SourceId, Failure> {
    let Some(id) = &options.id else {
        let (url, title) = (&way.url, way.title.as_deref());
        return Ok(config::unused_id(url, title, |id| taken.contains(id)));
    };
    if taken.contains(id) {
        return Err(anyhow!("there is already a source or feed called `{id}`").into());
    }
    Ok(id.clone())
}

/// Writes the source's file, if whoever may be asked wants it. Whether it is there.
fn add(
    config: &Config,
    options: &Add,
    quiet: bool,
    id: &SourceId,
    mut probe: Probe,
) -> Result<bool, Failure> {
    if !options.json && !quiet {
        show(&probe);
    }
    let is_asked = !(options.yes || options.json || options.dry_run || quiet) && question::can_be_asked();
    if is_asked && !is_wanted(&mut probe)? {
        return Ok(false);
    }
    let text = source_file(&probe);
    let path = config.root.join("config/sources").join(format!("{id}.toml"));
    if options.json {
        output::json(
            json!({ "id": id, "file": path, "written": !options.dry_run, "probe": probe, "text": text }),
        );
    }
    if !options.json && !quiet {
        tell_archived(config, id);
    }
    if options.dry_run {
        if !options.json {
            eprintln!("\nwould write {}:", path.display());
            output::line(&text);
        }
        return Ok(true);
    }
    write_new(&path, &text)?;
    if !quiet && !options.json {
        eprintln!("\nwrote {}; `tearsheet run {id}` fetches its articles", path.display());
    }
    Ok(true)
}

/// Says that the archive has articles under this name: a source that was removed had it.
fn tell_archived(config: &Config, id: &SourceId) {
    let counts = View::open_or_empty(&config.archive).and_then(|view| view.counts()).unwrap_or_default();
    if let Some(known) = counts.iter().find(|known| known.source == *id && known.articles > 0) {
        eprintln!(
            "\nthe archive has {} of a source called `{id}` that was removed; they belong to this one again. Use \
             `--id NAME` for another name",
            count(usize::try_from(known.articles).unwrap_or(usize::MAX), "article")
        );
    }
}

/// Asks whether the site is to be followed as was found best, or in another of the ways.
fn is_wanted(probe: &mut Probe) -> anyhow::Result<bool> {
    let ways = probe.ways.len();
    eprintln!();
    for (at, way) in probe.ways.iter().enumerate().filter(|_| ways > 1) {
        eprintln!("  {}  {}", at + 1, describe(way));
    }
    let others = if ways > 1 { format!(", 2-{ways} = follow it that way instead") } else { String::new() };
    let asked = format!("Follow it? y = write the source file, n = write nothing{others} [y]");
    let answer = question::ask(&asked, ways)?;
    if let UserAnswer::Number(at) = answer {
        probe.choose(at - 1);
    }
    Ok(answer != UserAnswer::No)
}

/// Writes a file that must not be there yet: somebody may have made it since the configuration was read.
fn write_new(path: &PathBuf, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("failed to create {}", folder.display()))?;
    let mut file =
        fs::File::create_new(path).with_context(|| format!("failed to create {}", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| format!("failed to write {}", path.display()))
}

fn source_file(probe: &Probe) -> String {
    let way = &probe.ways[0];
    let article = probe.sample.article.as_deref();
    let selectors = if way.kind == Kind::Listing { probe.selectors.as_slice() } else { &[] };
    config::source_file(&NewSource {
        url: &way.url,
        kind: way.kind,
        title: way.title.as_deref().or(article.and_then(|article| article.site_name.as_deref())),
        language: article.and_then(|article| article.language.as_deref()).filter(|tag| way.is_in(tag)),
        include: probe.include.as_deref(),
        history: probe.history.as_ref(),
        remarks: &remarks(probe),
        selectors,
    })
}

/// What was seen, a remark each: why the first way was taken, what it gives, and why the others were not.
fn remarks(probe: &Probe) -> Vec<String> {
    let way = &probe.ways[0];
    let mut remarks = vec![probe.reason.clone(), format!("chosen: {}", describe(way))];
    remarks.extend(way.warnings.iter().cloned());
    if let Some(whole) = probe.sample.whole_in_feed {
        let carries = if whole { "whole articles" } else { "the beginnings of its articles" };
        remarks.push(format!("the feed carries {carries}; articles are read from their pages in any case"));
    }
    for other in &probe.ways[1..] {
        let objection = other.objection.as_deref().unwrap_or("it has no more articles");
        remarks.push(format!("not chosen: {}: {objection}", describe(other)));
    }
    if let Some(history) = &probe.history {
        remarks.push(format!("older articles are listed at {history}"));
    }
    remarks
}

/// `a feed at https://… with 20 articles, 20 dated, the newest of 2025-05-01, 20 with text`.
fn describe(way: &Way) -> String {
    let all = way.candidates.len();
    let mut text =
        format!("{} at {} with {}, {} dated", way.kind, way.url, count(all, "article"), way.dated());
    if let Some(newest) = way.newest() {
        text.push_str(&format!(", the newest of {}", newest.date_naive()));
    }
    if matches!(way.kind, Kind::Feed | Kind::Json) {
        text.push_str(&format!(", {} with text", way.with_text()));
    }
    text
}

fn show(probe: &Probe) {
    let way = &probe.ways[0];
    for remark in remarks(probe) {
        eprintln!("{remark}");
    }
    eprintln!();
    for candidate in way.candidates.iter().take(SHOWN) {
        let date = candidate.published.map_or("no date".to_owned(), |moment| moment.date().to_string());
        eprintln!("  {date:<10}  {}", candidate.title.as_deref().unwrap_or(candidate.url.as_str()));
    }
    if way.candidates.len() > SHOWN {
        eprintln!("  and {} more", way.candidates.len() - SHOWN);
    }
    eprintln!("\nsample article: {}", probe.sample.url);
    match (&probe.sample.article, &probe.sample.trouble) {
        (Some(article), _) => {
            eprintln!("  title    {}", article.title);
            eprintln!("  authors  {}", article.authors.join(", "));
            eprintln!(
                "  date     {}",
                article.published.map_or("none found".to_owned(), |date| date.to_string())
            );
            eprintln!("  text     {} words", article.word_count);
            for paragraph in article.text.split("\n\n").take(SHOWN_PARAGRAPHS) {
                let start: String = paragraph.chars().take(160).collect();
                eprintln!("           {start}{}", if start.len() < paragraph.len() { "…" } else { "" });
            }
        }
        (None, trouble) => {
            eprintln!("  it could not be read: {}", trouble.as_deref().unwrap_or("no reason known"));
        }
    }
}
