//! Articles of an HTML page.
//!
//! Without selectors, the page's links are grouped by the places at which they stand, each with the part of the page
//! that belongs to it; the group that looks most like a list of articles is taken, and those that are like it.

mod address;
mod badges;
mod card;
mod choice;
mod classes;
mod data;
mod date_headings;
mod day_order;
mod fields;
mod fitting;
mod group;
mod head;
mod layout;
mod margin;
mod naming;
mod page;
mod pager;
mod region;
mod rows;
mod selected;
mod selectors;
mod tag;
mod texts;
mod title;
mod titles;
mod worth;

use std::mem;
use std::ops::Range;

use ego_tree::NodeRef;
use rustc_hash::FxHashMap;
use scraper::{Html, Node};
use tearsheet_dates::DateContext;
use tearsheet_html::parse_html;
use url::Url;

use self::choice::{choose, is_list};
use self::group::{Member, groups};
use self::page::Page;
use self::selected::Selected;
use self::texts::Texts;
use self::worth::Worth;
use super::{Document, Kind, Listing, Pin, Select, Settings, links, posts};
use crate::model::Candidate;

/// A list whose items are worth less is none: a menu, or links of all kinds.
const LEAST_QUALITY: f32 = 0.6;
/// A list that is worth less is none: a link or two.
const LEAST_SCORE: f32 = 1.5;
/// The relation of a page to the API of the WordPress that made it.
const WORDPRESS: &str = "https://api.w.org/";
/// What fewer items are, the page's data may know better.
const FEW: usize = 3;

pub(super) fn read(document: &Document<'_>, text: &str, settings: &Settings) -> Listing {
    let html = parse_html(text);
    let mut page = Page::new(&html, document.url);
    let head = mem::take(&mut page.head);
    let context = DateContext {
        language: head.language.as_deref(),
        timezone: settings.timezone,
        now: document.fetched_at,
        order: day_order::decide(&page, &html, head.language.as_deref(), document.fetched_at),
    };
    let selected = Selected::of(&page, &html, &settings.select);
    let mut listing =
        Listing { title: head.title, feeds: head.feeds, apis: head.apis, ..Listing::empty(Kind::Listing) };
    add_announced(document, &mut listing);
    for name in &selected.missed {
        listing.warnings.push(format!("the selector for `{name}` matches nothing"));
    }
    listing.missed.clone_from(&selected.missed);
    if selected.has_items() {
        listing.candidates = by_selectors(&page, &selected, &context);
        listing.shape = shape(&page, selected.links(&page));
    } else {
        find(&page, &html, &context, &mut listing);
        if listing.candidates.is_empty() {
            find_without_script(&html, document.url, &context, &mut listing);
        }
    }
    let next = selected.next(&page).or_else(|| pager::next_page(&page, head.next));
    let next = next.or(listing.next_page);
    listing.next_page = next.filter(|next| !address::is_same(next, document.url));
    listing
}

/// What a server announces beside the page.
fn add_announced(document: &Document<'_>, listing: &mut Listing) {
    let root = links::related(document.link, WORDPRESS, document.url);
    if let Some(api) =
        root.and_then(|root| posts::of_wordpress(&root)).filter(|api| !listing.apis.contains(api))
    {
        listing.apis.push(api);
    }
}

/// The place at which most of `links` stand: tags alone, since class names change with each release of a site.
fn shape(page: &Page<'_>, links: impl Iterator<Item = usize>) -> Option<u64> {
    let mut places: FxHashMap<u64, usize> = FxHashMap::default();
    for link in links {
        *places.entry(page.elements[link].path).or_default() += 1;
    }
    places.into_iter().max_by_key(|&(place, count)| (count, place)).map(|(place, _)| place)
}

/// Selectors that give what is found without any.
pub(super) fn pins(document: &Document<'_>, text: &str) -> Vec<Pin> {
    let html = parse_html(text);
    let mut page = Page::new(&html, document.url);
    let head = mem::take(&mut page.head);
    let context = DateContext {
        language: head.language.as_deref(),
        timezone: None,
        now: document.fetched_at,
        order: day_order::decide(&page, &html, head.language.as_deref(), document.fetched_at),
    };
    let groups = groups(&page, &Texts::of(&page));
    let items = choose(&page, &groups).items;
    let candidates = chosen(&page, &items, &context);
    let mut pins = selectors::pins(&page, &html, &items, &candidates, &context);
    let next = pager::next_page(&page, head.next).filter(|_| !pins.is_empty());
    pins.extend(next.and_then(|next| selectors::next(&page, &html, &next)));
    pins
}

/// A selector for `link` that fits a page as it was archived and as it is today.
pub(super) fn fitting_link(
    archived: (&Document<'_>, &str),
    pinned: &Select,
    today: (&Document<'_>, &str),
) -> Option<String> {
    fitting::link(archived, pinned, today)
}

fn by_selectors(page: &Page<'_>, selected: &Selected, context: &DateContext<'_>) -> Vec<Candidate> {
    let items = selected.items(page);
    let ranges: Vec<Range<usize>> = items.iter().map(|(range, _)| range.clone()).collect();
    let dates = fields::dates(page, &ranges, context);
    let candidates = items.iter().zip(dates).filter_map(|((range, link), date)| {
        let mut candidate = selected.candidate(page, range, (*link)?, context)?;
        candidate.published = candidate.published.or(date).or_else(|| fields::url_date(&candidate.url));
        Some(candidate)
    });
    candidates.collect()
}

/// Finds the articles without selectors.
fn find(page: &Page<'_>, html: &Html, context: &DateContext<'_>, listing: &mut Listing) {
    let groups = groups(page, &Texts::of(page));
    let choice = choose(page, &groups);
    if choice.best.as_ref().is_some_and(is_list) {
        listing.candidates = chosen(page, &choice.items, context);
        listing.shape = shape(page, choice.items.iter().map(|member| page.links[member.link].element));
    }
    // Links in the margin are no list of a page that has items of its own.
    if choice.is_margin || listing.candidates.is_empty() {
        let rows = rows::read(page, html, context);
        if !rows.is_empty() {
            listing.candidates = rows;
            listing.shape = None;
        }
    }
    if listing.candidates.len() < FEW {
        let data = data::read(html, &page.base, context);
        if data.len() > listing.candidates.len() {
            listing.candidates = data;
        }
    }
    if listing.candidates.is_empty() {
        listing.warnings.push(nothing(page, groups.len(), choice.best));
    }
}

/// Some pages say all they have in `noscript`, which is text to whoever runs scripts.
fn find_without_script(html: &Html, url: &Url, context: &DateContext<'_>, listing: &mut Listing) {
    let is_noscript =
        |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|e| e.name() == "noscript");
    let texts =
        html.tree.nodes().filter(is_noscript).flat_map(|node| node.children().inspect(crate::effort::step));
    let text: String = texts.filter_map(|node| node.value().as_text().map(|text| &**text)).collect();
    if !text.contains("<a ") {
        return;
    }
    let html = parse_html(&text);
    let page = Page::new(&html, url);
    let before = mem::take(&mut listing.warnings);
    find(&page, &html, context, listing);
    if listing.candidates.is_empty() {
        listing.warnings = before;
    }
    listing.next_page = pager::next_page(&page, None);
}

fn chosen(page: &Page<'_>, items: &[&Member], context: &DateContext<'_>) -> Vec<Candidate> {
    let cards: Vec<Range<usize>> = items.iter().map(|member| member.card.elements.clone()).collect();
    let dates = fields::dates(page, &cards, context);
    let is_article = |url: &Url| !pager::is_page_of(page.url, url);
    let found = items.iter().zip(cards).zip(dates).map(|((member, card), date)| {
        let url = page.targets[member.target].url.clone();
        Candidate {
            published: date.or_else(|| fields::url_date(&url)),
            summary: fields::summary(page, card.clone(), &member.title),
            image: fields::image(page, card),
            title: Some(member.title.clone()).filter(|title| !title.is_empty()),
            ..Candidate::new(url)
        }
    });
    found.filter(|candidate| is_article(&candidate.url)).collect()
}

/// Why there is nothing.
fn nothing(page: &Page<'_>, groups: usize, best: Option<Worth>) -> String {
    let links = page.targets.len();
    let Some(best) = best else {
        return "no articles found, because the page has no links".to_owned();
    };
    format!(
        "no articles found, because none of the {groups} groups of its {links} links looks like a list of articles: \
         the best is worth {:.2} an item and {:.1} in all, of the {LEAST_QUALITY} and {LEAST_SCORE} it takes",
        best.quality, best.score
    )
}

#[cfg(test)]
mod tests;
