//! Reads the article of a captured page: body, metadata and doubts, or the reason why it is not an article. It is pure:
//! bytes in, values out.
//!
//! ```
//! use tearsheet_extract::{Page, Settings, article};
//! use url::Url;
//!
//! let url = Url::parse("https://courier.example/2024/low-tide")?;
//! let body = "<p>The harbour fell dry at noon, for the first time in forty years, and half the town walked out to \
//!     the old lighthouse to see the wreck that nobody had believed in.</p>".repeat(5);
//! let html = format!("<html lang=en><title>Low tide</title><article><h1>Low tide</h1>{body}</article></html>");
//!
//! let page = Page { url: &url, content_type: Some("text/html"), bytes: html.as_bytes(), captured_at: None, hints: None };
//! let article = article(&page, &Settings::default()).expect("it is an article");
//! assert_eq!(article.title, "Low tide");
//! assert!(article.text.starts_with("The harbour fell dry"));
//! # Ok::<(), url::ParseError>(())
//! ```
//!
//! [`explain()`] says why a page is read as it is, and [`Rules`] are what the owner of a source says about it.

mod body_pipeline;
mod carried;
pub(crate) mod choice;
mod dom;
mod embedded;
mod explain;
mod gate;
mod instrumentation;
mod lang;
mod metadata;
mod plain_text;
mod refine;
mod render;
mod rules;
mod segment;
mod select;
mod settings;
mod site_memory;
pub(crate) mod stage;
pub(crate) mod text;

use chrono::{DateTime, Utc};
use scraper::Html;
use tearsheet_dates::{DateContext, DayOrder};
pub use tearsheet_html::charset::Binary;
use tearsheet_html::{PageData, charset, effort};
use tearsheet_model as model;
use url::Url;

use self::body_pipeline::{Body, BodyContext, read_body};
pub use self::carried::{carried, carried_html, is_beginning, is_whole};
use self::embedded::script_body::{self, Drawn};
use self::explain::selection_log;
pub use self::explain::{
    Explained, ExplainedPage, ExplainedText, Explanation, JudgedBlock, Value, explain, explain_article,
};
pub use self::gate::forward::forward;
pub use self::gate::rejected::{Rejected, article_or_rejected};
pub use self::gate::rejection::Rejection;
pub use self::gate::{PageRead, doubt, doubts};
pub use self::instrumentation::{Observed, article_judged, article_watched, observe};
pub use self::lang::is_in_language;
use self::metadata::Metadata;
use self::refine::furniture;
use self::rules::Ruled;
pub use self::rules::is_date_format;
pub use self::rules::{Finding, Idle, PAGES, Replacement, Rules, SiteRule, SiteRules, WRAPPERS, join};
use self::segment::Blocks;
use self::select::{Reasons, Selection};
pub use self::settings::{Settings, TextSource};
pub use self::site_memory::SiteMemory;
use self::stage::Probe;
pub use self::stage::Stage;
use crate::model::{Article, Candidate, Cut, Field, Provenance};

/// A captured page.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The URL that answered.
    pub url: &'a Url,
    /// The `Content-Type` with which it came, if it came over HTTP.
    pub content_type: Option<&'a str>,
    /// Its bytes, content codings undone.
    pub bytes: &'a [u8],
    /// When it was captured: relative dates count from here, and later dates are doubted.
    pub captured_at: Option<DateTime<Utc>>,
    /// What the listing or feed said of it.
    pub hints: Option<&'a Candidate>,
}

/// Reads the article of `page`.
///
/// # Errors
/// [`Rejection`] if the page is none.
pub fn article(page: &Page<'_>, settings: &Settings) -> Result<Article, Rejection> {
    read(page, settings).article
}

/// What a page holds.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its article, or why it has none.
    pub article: Result<Article, Rejection>,
    /// Where its rules say that the article goes on, the likeliest first.
    pub next_page: Vec<Url>,
    /// Where its rules say that all of the article stands, the likeliest first.
    pub single_page: Vec<Url>,
    /// The edits of its rules that changed nothing.
    pub idle: Vec<Idle>,
}

/// Reads the article of `page`, and where else more of it stands.
#[must_use]
pub fn read(page: &Page<'_>, settings: &Settings) -> Reading {
    let mut ruled = Ruled::default();
    let article = read_article(page, settings, &mut ruled, &mut |_| ());
    Reading { article, next_page: ruled.next_page, single_page: ruled.single_page, idle: ruled.idle }
}

/// A page that was read, before its body is written out.
struct Seen<'a> {
    document: &'a Html,
    blocks: &'a Blocks,
    metadata: &'a Metadata,
    reasons: &'a Reasons,
    /// The body in the data of its scripts, if that is taken.
    drawn: Option<&'a Drawn>,
    /// Whether it is an article.
    accepted: bool,
}

fn read_article(
    page: &Page<'_>,
    settings: &Settings,
    ruled: &mut Ruled,
    see: &mut dyn FnMut(&Seen<'_>),
) -> Result<Article, Rejection> {
    read_probed(page, settings, ruled, see, Probe::NONE)
}

/// Reads the article of `page`, which takes no more work than any page may.
fn read_probed(
    page: &Page<'_>,
    settings: &Settings,
    ruled: &mut Ruled,
    see: &mut dyn FnMut(&Seen<'_>),
    probe: Probe<'_>,
) -> Result<Article, Rejection> {
    let read = effort::within(effort::MOST_STEPS, || read_freely(page, settings, ruled, see, probe));
    read.unwrap_or_else(|effort::Exhausted| {
        *ruled = Ruled::default();
        Err(Rejection::TooCostly)
    })
}

fn read_freely(
    page: &Page<'_>,
    settings: &Settings,
    ruled: &mut Ruled,
    see: &mut dyn FnMut(&Seen<'_>),
    probe: Probe<'_>,
) -> Result<Article, Rejection> {
    if page.bytes.trim_ascii().is_empty() {
        return Err(Rejection::Empty);
    }
    let decoded = charset::decode(page.bytes, page.content_type).map_err(Rejection::Binary)?;
    if plain_text::is_data(page.content_type, &decoded.text) {
        return Err(Rejection::Data);
    }
    if plain_text::applies(page.content_type, &decoded.text) {
        return plain_text::article::article(page, settings, &decoded);
    }
    let mut warnings: Vec<String> = decoded.warning.iter().map(ToString::to_string).collect();
    let rules = settings.rules_for(page.url);
    let mut replaced = rules::replaced(&rules, &decoded.text);
    warnings.append(&mut replaced.warnings);
    (probe.watch)(Stage::Decode);
    let document;
    let blocks;
    (document, blocks, *ruled) = parse(&replaced.html, &rules, &rule_page(page, settings), probe);
    ruled.idle.extend(rules.idle_replacements(&replaced.found));
    ruled.uses.extend(rules.replacement_uses(&replaced.found));
    let data = PageData::of(&document);
    let mut metadata = metadata::read(&document, &metadata_context(page, settings, &data, ruled, &blocks));
    (probe.watch)(Stage::Metadata);
    let language = metadata.language.clone();
    let dates = date_context(page, settings, language.as_deref(), metadata.day_order);
    if metadata.description.as_deref().is_some_and(|said| furniture::is_credit(said, &metadata, &dates)) {
        metadata.description = None;
        metadata.provenance.remove(&Field::Description);
    }
    let body = BodyContext {
        page,
        settings,
        ruled,
        metadata: &metadata,
        dates: &dates,
        probe,
        shown: &document,
        data: &data,
    };
    let mut reasons = Reasons::default();
    let shown = read_body(&document, &blocks, &body, &mut reasons);
    let drawn = script_body::better(&shown, &blocks, &body, &mut warnings);
    see(&Seen {
        document: &document,
        blocks: &blocks,
        metadata: &metadata,
        reasons: &reasons,
        drawn: drawn.as_ref(),
        accepted: shown.is_ok() || drawn.is_some(),
    });
    let (body, origin, cut) = taken(shown, drawn, (&document, &blocks, &reasons))?;
    metadata.provenance.insert(Field::Body, origin);
    ruled.explain(&mut metadata.provenance);
    let cut = Cut { rules: ruled.uses.clone(), ..cut };
    let article = Article { cuts: vec![cut], ..finished(metadata, body, ruled, warnings)? };
    let unmatched: Vec<String> = rules.unmatched(&article).map(unmatched).collect();
    Ok(Article { warnings: [article.warnings, unmatched].concat(), ..article })
}

/// The body that is taken of a page: the one that it shows, or the one drawn from its data. With it comes where it stood,
/// and how it was cut out.
fn taken(
    shown: Result<Body, Rejection>,
    drawn: Option<Drawn>,
    (document, blocks, reasons): (&Html, &Blocks, &Reasons),
) -> Result<(Body, Provenance, Cut), Rejection> {
    if let Some(Drawn { blocks, reasons, place, body, .. }) = drawn {
        let cut = selection_log::cut(&blocks, &reasons, &body.selection);
        return Ok((
            body,
            Provenance { places: vec![Some(place)], ..Provenance::of(script_body::FROM) },
            cut,
        ));
    }
    let body = shown?;
    let cut = selection_log::cut(blocks, reasons, &body.selection);
    let origin = origin(document, &body.selection, reasons);
    Ok((body, origin, cut))
}

fn unmatched(key: &str) -> String {
    format!("the rule for `{key}` matches nothing; it was found without it")
}

/// Puts an article together; `warnings` are those that came before its metadata's.
fn finished(
    metadata: Metadata,
    Body { selection, rendered, repeated }: Body,
    ruled: &mut Ruled,
    mut warnings: Vec<String>,
) -> Result<Article, Rejection> {
    warnings.append(&mut ruled.warnings);
    let mut article = gate::rejected::without_text(metadata).ok_or(Rejection::NoArticle)?;
    warnings.append(&mut article.warnings);
    warnings.extend(selection.warnings.iter().cloned());
    if article.title.is_empty() {
        article.title = plain_text::article::opening(&rendered.text);
    }
    Ok(Article {
        html: rendered.html,
        word_count: rendered.word_count,
        text: rendered.text,
        repeated,
        warnings,
        ..article
    })
}

/// By whose word the body is what it is, and the element that holds it.
fn origin(document: &Html, selection: &Selection, reasons: &Reasons) -> Provenance {
    let from = match (selection.by_rule, reasons.likely.is_empty()) {
        (true, _) => rules::RULE,
        (false, true) => "plain rules",
        (false, false) => "learned judge",
    };
    let root = document.tree.get(selection.root).and_then(scraper::ElementRef::wrap);
    Provenance { places: vec![root.map(dom::path)], ..Provenance::of(from) }
}

fn metadata_context<'a>(
    page: &Page<'a>,
    settings: &'a Settings,
    data: &'a PageData<'a>,
    rules: &'a Ruled,
    blocks: &'a Blocks,
) -> metadata::Context<'a> {
    metadata::Context {
        url: page.url,
        data,
        captured_at: page.captured_at,
        timezone: settings.timezone,
        language: settings.language.as_deref(),
        rules,
        elements: &blocks.elements,
        hints: page.hints,
        memory: &settings.memory,
    }
}

fn date_context<'a>(
    page: &Page<'_>,
    settings: &'a Settings,
    language: Option<&'a str>,
    order: Option<DayOrder>,
) -> DateContext<'a> {
    DateContext {
        language: language.or(settings.language.as_deref()),
        timezone: settings.timezone,
        now: page.captured_at,
        order,
    }
}

fn rule_page<'a>(page: &Page<'a>, settings: &'a Settings) -> rules::Page<'a> {
    rules::Page {
        url: page.url,
        captured_at: page.captured_at,
        language: settings.language.as_deref(),
        timezone: settings.timezone,
    }
}

/// Parses `html`, does with it what the owner's rules say, and cuts the rest into blocks. A page whose text is mostly
/// in `<noscript>` is read as a browser without scripts reads it.
fn parse(html: &str, rules: &Rules, page: &rules::Page<'_>, probe: Probe<'_>) -> (Html, Blocks, Ruled) {
    let parse = |scripting| {
        let mut document = dom::parse(html, scripting);
        (probe.watch)(Stage::Parse);
        let ruled = Ruled::read(&mut document, rules, page);
        let blocks = segment::segment(&document, scripting);
        (probe.watch)(Stage::Blocks);
        (document, blocks, ruled)
    };
    let (document, blocks, ruled) = parse(dom::Scripting::Enabled);
    if dom::noscript_outweighs(&document, blocks.text.len(), blocks.word_count()) {
        return parse(dom::Scripting::Disabled);
    }
    (document, blocks, ruled)
}
