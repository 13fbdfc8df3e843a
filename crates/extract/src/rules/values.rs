//! What a match says as the value of a field: of a `meta` its content, of a link its target, of the rest its text.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use ego_tree::NodeRef;
use scraper::{ElementRef, Html, Node};
use tearsheet_dates::{DateContext, parse_date};
use tearsheet_html::Match;
use url::Url;

use crate::model::{Image, Moment};
use crate::text;

/// The longest text that can be a value, in characters.
const LONGEST: usize = 1000;

/// The text of a match, white space folded; none if it is empty.
pub(super) fn text(document: &Html, found: &Match) -> Option<String> {
    let text = match found {
        Match::Attribute(_, _, value) | Match::Value(value) => text::fold(value),
        Match::Node(_) => match element(document, found) {
            Some(element) if element.value().name() == "meta" => {
                text::fold(element.attr("content").unwrap_or_default())
            }
            Some(element) => text::of_element(element),
            None => text::fold(node(document, found)?.value().as_text()?),
        },
    };
    let text: String = text.chars().take(LONGEST).collect();
    (!text.is_empty()).then_some(text)
}

fn node<'a>(document: &'a Html, found: &Match) -> Option<NodeRef<'a, Node>> {
    match found {
        Match::Node(id) => document.tree.get(*id),
        _ => None,
    }
}

fn element<'a>(document: &'a Html, found: &Match) -> Option<ElementRef<'a>> {
    node(document, found).and_then(ElementRef::wrap)
}

/// The date of a match: of what it holds for machines, else of its text.
pub(super) fn date(
    document: &Html,
    found: &Match,
    formats: &[String],
    context: &DateContext<'_>,
) -> Option<Moment> {
    let element = element(document, found);
    let attributes = ["datetime", "content"].into_iter();
    let for_machines = attributes.filter_map(|name| element.and_then(|element| element.attr(name)));
    let mut texts: Vec<String> = for_machines.map(str::to_owned).collect();
    texts.extend(text(document, found));
    texts
        .iter()
        .find_map(|text| formats.iter().find_map(|format| formatted(text, format, context)))
        .or_else(|| texts.iter().find_map(|text| parse_date(text, context)))
}

/// Reads `text` as `format` says it is written.
fn formatted(text: &str, format: &str, context: &DateContext<'_>) -> Option<Moment> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_str(text, format) {
        return Some(Moment::zoned(at));
    }
    if let Ok(at) = NaiveDateTime::parse_from_str(text, format) {
        return parse_date(&at.format("%Y-%m-%dT%H:%M:%S").to_string(), context);
    }
    NaiveDate::parse_from_str(text, format).ok().map(Moment::day)
}

/// Whether dates can be written in `format` at all.
pub fn is_date_format(format: &str) -> bool {
    use chrono::format::{Item, StrftimeItems};
    let mut fields = 0;
    for item in StrftimeItems::new(format) {
        match item {
            Item::Error => return false,
            Item::Numeric(..) | Item::Fixed(_) => fields += 1,
            _ => {}
        }
    }
    fields > 0
}

/// Resolves what the page points at.
pub(super) fn absolute(document: &Html, page: &Url, href: &str) -> Option<Url> {
    let mut elements =
        document.tree.root().descendants().inspect(crate::effort::step).filter_map(ElementRef::wrap);
    let base = elements.find(|element| element.value().name() == "base").and_then(|base| base.attr("href"));
    let base = base.and_then(|base| page.join(base.trim()).ok());
    let mut url = base.as_ref().unwrap_or(page).join(href.trim()).ok()?;
    url.set_fragment(None);
    (!href.trim().is_empty() && matches!(url.scheme(), "http" | "https")).then_some(url)
}

/// What a match links to.
pub(super) fn link(document: &Html, found: &Match, page: &Url) -> Option<Url> {
    let href = match element(document, found) {
        Some(element) => match element.attr("href").or(element.attr("content")) {
            Some(href) => href.to_owned(),
            None => {
                let inner =
                    element.descendants().inspect(crate::effort::step).take(50).filter_map(ElementRef::wrap);
                inner.filter_map(|inner| inner.attr("href")).next()?.to_owned()
            }
        },
        None => text(document, found)?,
    };
    absolute(document, page, &href)
}

/// The image that a match is, holds or names.
pub(super) fn image(document: &Html, found: &Match, page: &Url) -> Option<Image> {
    let Some(element) = element(document, found) else {
        let url = absolute(document, page, &text(document, found)?)?;
        return Some(Image { url, alt: None, width: None, height: None });
    };
    let mut within =
        element.descendants().inspect(crate::effort::step).take(200).filter_map(ElementRef::wrap);
    let shown = within.find(|inner| inner.value().name() == "img").unwrap_or(element);
    let sources = ["src", "data-src", "content", "href"].into_iter();
    let source = sources.filter_map(|name| shown.attr(name)).find(|source| !source.starts_with("data:"))?;
    let number = |name: &str| shown.attr(name).and_then(|size| size.trim_end_matches("px").parse().ok());
    Some(Image {
        url: absolute(document, page, source)?,
        alt: shown.attr("alt").map(text::fold).filter(|alt| !alt.is_empty()),
        width: number("width"),
        height: number("height"),
    })
}
