//! A selector that fits a page as it was archived and as it is today, for a person whose own no longer matches.

use rustc_hash::FxHashSet;
use scraper::{Html, Selector};
use tearsheet_html::parse_html;

use super::page::{Page, attribute};
use super::selected::Selected;
use super::selectors::{is_plain, link_selector};
use super::texts::Texts;
use super::{choose, groups};
use crate::discover::{Document, Select};

/// Ancestors of a link that a selector names at most.
const MAX_DEPTH: usize = 5;

/// A selector for `link` that gives what `pinned` gave on the archived page, and what is found without selectors on
/// today's.
pub(super) fn link(
    (archived, archived_text): (&Document<'_>, &str),
    pinned: &Select,
    (today, today_text): (&Document<'_>, &str),
) -> Option<String> {
    let (before, now) = (parse_html(archived_text), parse_html(today_text));
    let (before_page, now_page) = (Page::new(&before, archived.url), Page::new(&now, today.url));
    let selected = Selected::of(&before_page, &before, pinned);
    let known: Vec<usize> = selected.links(&before_page).collect();
    let groups = groups(&now_page, &Texts::of(&now_page));
    let items = choose(&now_page, &groups).items;
    let found: Vec<usize> = items.iter().map(|member| now_page.links[member.link].element).collect();
    if known.is_empty() || found.is_empty() {
        return None;
    }
    let fits = |selector: &String| {
        gives(&before_page, &before, selector, &known) && gives(&now_page, &now, selector, &found)
    };
    let single = chains(&now_page, &found).into_iter().chain(chains(&before_page, &known)).find(fits);
    single.or_else(|| {
        // One for each of them.
        let before = link_selector(&before_page, &before, &known)?;
        let now = link_selector(&now_page, &now, &found)?;
        Some(format!("{before}, {now}")).filter(fits)
    })
}

/// Whether `selector` matches links to the same pages as these links do, and to no other.
fn gives(page: &Page<'_>, html: &Html, selector: &str, links: &[usize]) -> bool {
    let Ok(selector) = Selector::parse(selector) else { return false };
    let target = |element: &scraper::node::Element| page.resolve(attribute(element, "href")?);
    let wanted: FxHashSet<_> = links.iter().filter_map(|&at| target(page.elements[at].data)).collect();
    let matched: FxHashSet<_> =
        html.select(&selector).filter_map(|element| target(element.value())).collect();
    !wanted.is_empty() && wanted == matched
}

/// Selectors of the first of `links` and of its ancestors, shortest first, with class names and without.
fn chains(page: &Page<'_>, links: &[usize]) -> Vec<String> {
    let Some(&link) = links.first() else { return Vec::new() };
    let ancestors: Vec<usize> = std::iter::once(link).chain(page.ancestors(link)).take(MAX_DEPTH).collect();
    let bare = |at: usize| page.name(at).to_owned();
    let classed = |at: usize| {
        let class = attribute(page.elements[at].data, "class").unwrap_or_default();
        let mut names = class.split_ascii_whitespace().filter(|name| is_plain(name));
        names.next().map_or_else(|| bare(at), |name| format!("{}.{name}", bare(at)))
    };
    let mut chains = Vec::new();
    for depth in 1..=ancestors.len() {
        let chain = |name: &dyn Fn(usize) -> String| {
            ancestors[..depth].iter().rev().map(|&at| name(at)).collect::<Vec<_>>().join(" > ")
        };
        chains.extend([chain(&bare), chain(&classed)]);
    }
    // A bare `a` fits by chance.
    chains.retain(|chain| chain != "a");
    chains
}
