//! Selectors that find again what was found without any: for a person who wants to pin it. What is named was tried on the
//! page, and gives the same items.

use std::ops::Range;

use ego_tree::NodeId;
use rustc_hash::{FxHashMap, FxHashSet};
use scraper::{Html, Selector};
use tearsheet_dates::DateContext;
use tearsheet_html::Query;
use url::Url;

use super::group::Member;
use super::page::{Page, attribute};
use super::selected::Selected;
use super::tag::Tag;
use super::title::line;
use super::{by_selectors, fields};
use crate::discover::{Pin, Select};
use crate::model::Candidate;

/// Ancestors of an element that a selector names at most.
const MAX_DEPTH: usize = 6;
/// Kinds of places at which the items' links stand, each with a selector of its own.
const MAX_PLACES: usize = 4;

/// Selectors that give `candidates`, which are those of `items`, and the next page; none if there are none that do.
pub(super) fn pins(
    page: &Page<'_>,
    html: &Html,
    items: &[&Member],
    candidates: &[Candidate],
    context: &DateContext<'_>,
) -> Vec<Pin> {
    let links: Vec<usize> = items.iter().map(|member| page.links[member.link].element).collect();
    let Some(link) = link_selector(page, html, &links) else { return Vec::new() };
    let cards: Vec<Range<usize>> = items.iter().map(|member| member.card.elements.clone()).collect();
    let mut pins = vec![Pin { key: "link", selector: link }];
    let tops: Vec<usize> = cards.iter().map(|card| card.start).collect();
    let is_one = cards.iter().all(|card| page.inside(card.start) == *card);
    let named = if is_one { names(page, html, &tops) } else { None };
    pins.splice(0..0, named.map(|selector| Pin { key: "items", selector }));
    if cards.len() == candidates.len() {
        pins.extend(parts(page, html, &cards, candidates, context));
    }
    let gives = |pins: &[Pin]| {
        let select = select(pins);
        let selected = Selected::of(page, html, &select);
        by_selectors(page, &selected, context) == candidates
    };
    let without = |left_out: &[&str]| -> Vec<Pin> {
        pins.iter().filter(|pin| !left_out.contains(&pin.key)).cloned().collect()
    };
    let doubtful = ["image", "summary", "date", "title"];
    let one_less = doubtful.iter().map(|key| vec![*key]);
    let less = std::iter::once(Vec::new()).chain(one_less).chain([doubtful.to_vec()]);
    let tries = less.flat_map(|less| [less.clone(), [less, vec!["items"]].concat()]);
    tries.map(|left_out| without(&left_out)).find(|pins| gives(pins)).unwrap_or_default()
}

/// The selector of the link to the page at `next`.
pub(super) fn next(page: &Page<'_>, html: &Html, next: &Url) -> Option<Pin> {
    let leads = |link: &&super::page::Link| page.targets[link.target].url == *next;
    let element = page.links.iter().find(leads)?.element;
    let has_rel = attribute(page.elements[element].data, "rel").is_some_and(|rel| rel == "next");
    let selector = if has_rel { Some("a[rel=\"next\"]".to_owned()) } else { names(page, html, &[element]) };
    let selector = selector.filter(|selector| {
        let select = Select { next: Query::parse(selector).ok(), ..Select::default() };
        Selected::of(page, html, &select).next(page).as_ref() == Some(next)
    })?;
    Some(Pin { key: "next", selector })
}

fn select(pins: &[Pin]) -> Select {
    let parsed =
        |key: &str| pins.iter().find(|pin| pin.key == key).and_then(|pin| Query::parse(&pin.selector).ok());
    Select {
        items: parsed("items"),
        link: parsed("link"),
        title: parsed("title"),
        date: parsed("date"),
        summary: parsed("summary"),
        image: parsed("image"),
        next: parsed("next"),
    }
}

/// A selector for the elements of the links, which may stand at places of several kinds.
pub(super) fn link_selector(page: &Page<'_>, html: &Html, links: &[usize]) -> Option<String> {
    let mut places: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for &link in links {
        places.entry(page.elements[link].path).or_default().push(link);
    }
    let mut places: Vec<Vec<usize>> = places.into_values().collect();
    places.sort_by_key(|place| (std::cmp::Reverse(place.len()), place[0]));
    if links.len() < 2 || places.len() > MAX_PLACES {
        return None;
    }
    let wanted = nodes(page, links);
    let mut selectors: Vec<String> = Vec::new();
    let mut found: FxHashSet<NodeId> = FxHashSet::default();
    for place in &places {
        if place.iter().any(|&link| !found.contains(&page.elements[link].id)) {
            let (selector, matched) = shortest(page, html, place, &wanted)?;
            found.extend(matched);
            selectors.push(selector);
        }
    }
    Some(selectors.join(", "))
}

/// A selector of exactly these elements.
fn names(page: &Page<'_>, html: &Html, elements: &[usize]) -> Option<String> {
    let wanted = nodes(page, elements);
    shortest(page, html, elements, &wanted).map(|(selector, _)| selector)
}

fn nodes(page: &Page<'_>, elements: &[usize]) -> FxHashSet<NodeId> {
    elements.iter().map(|&element| page.elements[element].id).collect()
}

/// The shortest selector that matches all of `elements` and nothing that is not `wanted`, with what it matches.
fn shortest(
    page: &Page<'_>,
    html: &Html,
    elements: &[usize],
    wanted: &FxHashSet<NodeId>,
) -> Option<(String, Vec<NodeId>)> {
    let mut level = elements.to_vec();
    let mut selector = String::new();
    for _ in 0..MAX_DEPTH {
        let name = common_name(page, &level)?;
        selector = if selector.is_empty() { name } else { format!("{name} > {selector}") };
        // A bare tag fits today's page by chance.
        if selector.contains(['.', '>']) || matches!(selector.as_str(), "article") {
            let matched = matches_within(html, &selector, wanted)?;
            if !matched.is_empty() && elements.iter().all(|&at| matched.contains(&page.elements[at].id)) {
                return Some((selector, matched));
            }
        }
        level = level.iter().map(|&element| page.elements[element].parent).collect();
    }
    None
}

/// What `selector` matches, nothing if that is more than is wanted; `None` if it does not parse.
fn matches_within(html: &Html, selector: &str, wanted: &FxHashSet<NodeId>) -> Option<Vec<NodeId>> {
    let selector = Selector::parse(selector).ok()?;
    let mut matched = Vec::new();
    for element in html.select(&selector) {
        if !wanted.contains(&element.id()) {
            return Some(Vec::new());
        }
        matched.push(element.id());
    }
    Some(matched)
}

/// The tag of these elements, with the class names that they share; `None` if they are of several.
fn common_name(page: &Page<'_>, elements: &[usize]) -> Option<String> {
    let classes = |element: usize| {
        let names = attribute(page.elements[element].data, "class").unwrap_or_default();
        names.split_ascii_whitespace().filter(|name| is_plain(name)).collect::<Vec<_>>()
    };
    let (first, others) = elements.split_first()?;
    let mut name = page.name(*first).to_owned();
    if others.iter().any(|&element| page.name(element) != name) {
        return None;
    }
    let others: Vec<Vec<&str>> = others.iter().map(|&element| classes(element)).collect();
    for class in classes(*first) {
        if others.iter().all(|classes| classes.contains(&class)) {
            name.push('.');
            name.push_str(class);
        }
    }
    Some(name)
}

/// Whether a class name needs no escapes in a selector.
pub(super) fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Selectors for the parts of items, where they have elements of their own.
fn parts(
    page: &Page<'_>,
    html: &Html,
    cards: &[Range<usize>],
    candidates: &[Candidate],
    context: &DateContext<'_>,
) -> Vec<Pin> {
    let says = |at: usize, text: Option<&String>| text.is_some_and(|text| line(page.text_of(at)) == *text);
    let is_link = |at: usize| page.elements[at].tag == Tag::Link;
    let is_title = |at: usize, of: &Candidate| !is_link(at) && says(at, of.title.as_ref());
    let is_date = |at: usize, of: &Candidate| {
        of.published.is_some()
            && page.text_of(at).len() < 100
            && fields::date_of(page, at, context) == of.published
    };
    let is_summary = |at: usize, of: &Candidate| says(at, of.summary.as_ref());
    let is_image = |at: usize, of: &Candidate| {
        page.elements[at].tag == Tag::Image
            && of.image.is_some()
            && fields::image(page, page.inside(at)) == of.image
    };
    let part = |key: &'static str, is_part: &dyn Fn(usize, &Candidate) -> bool| {
        // The innermost of those that hold one another: what stands around it differs.
        let find = |(card, candidate): (&Range<usize>, &Candidate)| {
            let first = card.clone().find(|&at| is_part(at, candidate))?;
            page.inside(first).rev().find(|&at| is_part(at, candidate))
        };
        let elements: Vec<usize> = cards.iter().zip(candidates).filter_map(find).collect();
        let is_worth_it = elements.len() > 1;
        let selector = if is_worth_it { shortest_within(page, html, &elements, cards) } else { None };
        selector.map(|selector| Pin { key, selector })
    };
    [part("title", &is_title), part("date", &is_date), part("summary", &is_summary), part("image", &is_image)]
        .into_iter()
        .flatten()
        .collect()
}

/// The shortest selector whose first match in a card is its element of `elements`, whatever it matches outside of cards.
fn shortest_within(
    page: &Page<'_>,
    html: &Html,
    elements: &[usize],
    cards: &[Range<usize>],
) -> Option<String> {
    let mut level = elements.to_vec();
    let mut selector = String::new();
    for _ in 0..MAX_DEPTH {
        let name = common_name(page, &level)?;
        selector = if selector.is_empty() { name } else { format!("{name} > {selector}") };
        let parsed = Selector::parse(&selector).ok()?;
        let matched: FxHashSet<NodeId> = html.select(&parsed).map(|element| element.id()).collect();
        let first = |card: &Range<usize>| card.clone().find(|&at| matched.contains(&page.elements[at].id));
        let firsts: Vec<usize> = cards.iter().filter_map(first).collect();
        if firsts == elements {
            return Some(selector);
        }
        level = level.iter().map(|&element| page.elements[element].parent).collect();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::{choose, chosen, groups};
    use super::*;
    use crate::discover::listing::texts::Texts;
    use tearsheet_html::parse_html;

    /// The selectors of a page, and the titles of what they give.
    fn check(body: &str, expected: &[(&str, &str)]) {
        let url = Url::parse("https://a.example/").unwrap();
        let html = parse_html(body);
        let page = Page::new(&html, &url);
        let groups = groups(&page, &Texts::of(&page));
        let items = choose(&page, &groups).items;
        let context = DateContext::default();
        let found = pins(&page, &html, &items, &chosen(&page, &items, &context), &context);
        let found: Vec<(&str, &str)> = found.iter().map(|pin| (pin.key, pin.selector.as_str())).collect();
        assert_eq!(found, expected);
    }

    fn cards(from: usize, card: impl Fn(usize) -> String) -> String {
        (from..from + 5).map(card).collect()
    }

    #[test]
    fn each_part_is_named_by_the_shortest_selector_that_fits() {
        let list = cards(1, |n| {
            format!(
                "<article class='teaser t{n}'><h2><a href='/2025/story-{n}'>The harbour office counts its eels, part {n}</a></h2>\
                 <time datetime='2025-05-0{n}'>then</time><img src='/{n}.jpg'>\
                 <p>In the summer of the year {n} nobody knew how many of them there were.</p></article>"
            )
        });
        let expected = [
            ("items", "article.teaser"),
            ("link", "h2 > a"),
            ("title", "h2"),
            ("date", "time"),
            ("summary", "p"),
            ("image", "img"),
        ];
        check(&format!("<nav><a href='/about'>About</a></nav><main>{list}</main>"), &expected);
        let other = "<aside><div class='box'><h2><a href='/shop'>Our shop</a></h2></div></aside>";
        let expected = expected
            .map(|(key, selector)| (key, if key == "link" { "article.teaser > h2 > a" } else { selector }));
        check(&format!("<main>{list}</main>{other}"), &expected);
    }

    #[test]
    fn a_page_without_a_list_has_none() {
        check("<p>Nothing here but <a href='/x'>a link</a>.</p>", &[]);
    }
}
