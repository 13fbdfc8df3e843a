//! How the sources are doing, as files: `status.json` for programs, `status.html` for people, and `health.xml`, a feed of
//! what happened to them. None changes when nothing happened: when a source was last asked is not in them.

use atom_syndication::{Content, Entry, Generator, Link, Person};
use chrono::{DateTime, Duration, SecondsFormat, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::atom::{beginning, fixed, text};
use super::characters::{escaped, line};
use super::values::{CleanHtml, LanguageTag, TextLine, WebUrl};
use super::words::{self, Words};
use super::{File, Settings, addresses, site, xml};
use crate::model::{Condition, HealthEvent, HealthKind, HeldPage, Source};

/// The feed's path.
pub(super) const FEED: &str = "health.xml";
/// The version of the shape of `status.json`. A field that is added does not change it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Status<'a> {
    version: u32,
    generator: &'static str,
    sources: Vec<SourceStatus<'a>>,
}

/// A source as `status.json` shows it.
#[derive(Serialize)]
struct SourceStatus<'a> {
    id: &'a str,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<WebUrl>,
    /// `ok`, `failing`, `empty` or `drifted`.
    state: &'static str,
    /// Since when it is in trouble.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    articles: u64,
    /// The instant of the newest article.
    #[serde(skip_serializing_if = "Option::is_none")]
    newest: Option<String>,
    /// In the four weeks up to that.
    #[serde(skip_serializing_if = "Option::is_none")]
    articles_a_week: Option<f64>,
    held: Vec<HeldStatus<'a>>,
}

#[derive(Serialize)]
struct HeldStatus<'a> {
    id: String,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    hold: &'a str,
    reason: &'a str,
    since: String,
    /// Whether an earlier revision is published.
    is_revision: bool,
}

/// All three files. `events` are the newest, newest first.
pub(super) fn files(
    settings: &Settings,
    sources: &[Source],
    conditions: &[Condition],
    events: &[HealthEvent],
) -> Vec<File> {
    let known = |event: &&HealthEvent| sources.iter().any(|source| source.id == event.source);
    let mut events: Vec<&HealthEvent> = events.iter().filter(known).collect();
    // Sources are read side by side: which of them was done first must not show.
    events.sort_by(|one, other| other.at.cmp(&one.at).then_with(|| one.source.cmp(&other.source)));
    vec![
        File { path: "status.json".to_owned(), bytes: status(sources, conditions) },
        File { path: FEED.to_owned(), bytes: feed(settings, sources, &events) },
        site::status_page(settings, sources, conditions),
    ]
}

fn status(sources: &[Source], conditions: &[Condition]) -> Vec<u8> {
    let mut sources: Vec<&Source> = sources.iter().collect();
    sources.sort_by_key(|source| &source.id);
    let rows = sources.into_iter().filter_map(|source| {
        let condition = conditions.iter().find(|condition| condition.source == source.id)?;
        Some(source_status(source, condition))
    });
    let status = Status { version: VERSION, generator: super::GENERATOR, sources: rows.collect() };
    let mut bytes = serde_json::to_vec_pretty(&status).expect("plain values serialise");
    bytes.push(b'\n');
    bytes
}

fn source_status<'a>(source: &'a Source, condition: &'a Condition) -> SourceStatus<'a> {
    let trouble = condition.trouble.as_ref();
    let held = condition.held.iter().map(|held| HeldStatus {
        id: held.id.to_string(),
        url: held.url.as_str(),
        title: held.title.as_deref(),
        hold: &held.hold,
        reason: &held.reason,
        since: instant(held.since),
        is_revision: held.is_revision,
    });
    SourceStatus {
        id: source.id.as_str(),
        title: line(&source.title),
        url: WebUrl::of(&source.url),
        state: trouble.map_or("ok", |trouble| HealthKind::from(trouble.kind).name()),
        since: trouble.map(|trouble| instant(trouble.since)),
        reason: trouble.map(|trouble| trouble.reason.as_str()),
        articles: condition.articles,
        newest: condition.newest_at().map(instant),
        articles_a_week: condition.newest_at().and_then(|newest| condition.weekly(newest)),
        held: held.collect(),
    }
}

fn feed(settings: &Settings, sources: &[Source], events: &[&HealthEvent]) -> Vec<u8> {
    let words = words::of(&settings.language);
    let entries: Vec<Entry> =
        events.iter().map(|event| entry(settings, words, find(sources, event), event)).collect();
    let own = addresses::public(settings, FEED);
    let feed = atom_syndication::Feed {
        title: text(&format!("{}: {}", line(&settings.title), words.health)),
        id: own.map_or_else(|| uuid("tearsheet:health").urn().to_string(), |url| url.to_string()),
        updated: entries.iter().map(|entry| entry.updated).max().unwrap_or_else(|| fixed(beginning())),
        generator: Some(Generator { value: super::GENERATOR.to_owned(), ..Generator::default() }),
        links: links(settings),
        subtitle: Some(text(words.health_note)),
        entries,
        lang: LanguageTag::of(words.language).as_deref().map(str::to_owned),
        ..atom_syndication::Feed::default()
    };
    xml::beside_assets(&feed.to_string())
}

fn links(settings: &Settings) -> Vec<Link> {
    let link = |path: &str, rel: &str, mime_type: &str| {
        addresses::public(settings, path).map(|href| Link {
            href: href.to_string(),
            rel: rel.to_owned(),
            mime_type: Some(mime_type.to_owned()),
            ..Link::default()
        })
    };
    let own = link(FEED, "self", "application/atom+xml");
    own.into_iter().chain(link("index.html", "alternate", "text/html")).collect()
}

fn find<'a>(sources: &'a [Source], event: &HealthEvent) -> Option<&'a Source> {
    sources.iter().find(|source| source.id == event.source)
}

fn entry(settings: &Settings, words: &Words, source: Option<&Source>, event: &HealthEvent) -> Entry {
    let id = uuid(&format!("tearsheet:health:{}:{}:{}", event.source, event.event.name(), instant(event.at)));
    let title = source.and_then(|source| TextLine::of(&source.title));
    let title = title.as_deref().unwrap_or(event.source.as_str());
    let page = addresses::public(settings, &addresses::feed_page_path(&event.source));
    let href = page.or_else(|| source.and_then(|source| WebUrl::of(&source.url)));
    let at = fixed(event.at + apart(&id));
    Entry {
        title: text(&format!("{title}: {}", said(words, event.event))),
        id: id.urn().to_string(),
        updated: at,
        published: Some(at),
        authors: vec![Person { name: line(&settings.title), ..Person::default() }],
        links: href.iter().map(alternate).collect(),
        content: Some(Content {
            value: Some(content(words, event).into_string()),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn alternate(href: &WebUrl) -> Link {
    Link { href: href.to_string(), rel: "alternate".to_owned(), ..Link::default() }
}

/// Part of a second that no other event of its second has: validators warn of entries with one instant.
fn apart(id: &Uuid) -> Duration {
    Duration::microseconds(i64::try_from(id.as_u128() % 1_000_000).unwrap_or_default())
}

pub(super) fn said(words: &Words, kind: HealthKind) -> &'static str {
    match kind {
        HealthKind::Failing => words.health_failing,
        HealthKind::Empty => words.health_empty,
        HealthKind::Drifted => words.health_drifted,
        HealthKind::Held => words.health_held,
        HealthKind::Recovered => words.health_recovered,
    }
}

fn content(words: &Words, event: &HealthEvent) -> CleanHtml {
    let mut html = String::new();
    if !event.pages.is_empty() {
        let pages: String = event.pages.iter().map(page).collect();
        html.push_str(&format!("<ul>{pages}</ul>"));
    }
    if let Some(reason) = &event.reason {
        html.push_str(&format!("<p>{}</p>", escaped(&line(reason))));
    }
    if let Some(since) = event.since {
        html.push_str(&format!("<p>{} {}</p>", words.health_since, escaped(&instant(since))));
    }
    if html.is_empty() {
        html.push_str(&format!("<p>{}</p>", said(words, event.event)));
    }
    CleanHtml::of(&html)
}

fn page(page: &HeldPage) -> String {
    let url = WebUrl::of_page(&page.url);
    let title = page.title.as_deref().and_then(TextLine::of).unwrap_or_else(|| url.to_line());
    let (url, title, reason) = (escaped(&url), escaped(&title), escaped(&line(&page.reason)));
    format!("<li><a href=\"{url}\">{title}</a>: {reason}</li>")
}

fn uuid(name: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes())
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
