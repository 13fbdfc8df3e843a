//! Items of a page by the selectors that a source gives; what no selector is given for is found without one.

use std::collections::HashMap;
use std::ops::Range;

use ego_tree::NodeId;
use scraper::Html;
use tearsheet_dates::DateContext;
use tearsheet_html::{Ground, Query};
use url::Url;

use super::card::{Anchor, cards};
use super::fields;
use super::page::{Page, attribute};
use super::title::{line, of_link, words};
use crate::discover::{Select, plain_text};
use crate::model::Candidate;

/// The elements that each selector matches, in the page's order.
pub(super) struct Selected {
    items: Vec<usize>,
    link: Vec<usize>,
    title: Vec<usize>,
    date: Vec<usize>,
    summary: Vec<usize>,
    image: Vec<usize>,
    next: Vec<usize>,
    /// The selectors that were given and match nothing.
    pub(super) missed: Vec<&'static str>,
}

impl Selected {
    pub(super) fn of(page: &Page<'_>, html: &Html, select: &Select) -> Selected {
        let Select { items, link, title, date, summary, image, next } = select;
        let given = [items, link, title, date, summary, image, next].into_iter().flatten().count();
        let elements = page.elements.iter().enumerate().take_while(|_| given > 0);
        let places: HashMap<NodeId, usize> = elements.map(|(at, element)| (element.id, at)).collect();
        let (mut missed, ground) = (Vec::new(), Ground::new(html));
        let mut find = |name: &'static str, selector: &Option<Query>| -> Vec<usize> {
            let Some(selector) = selector else { return Vec::new() };
            let matches = ground.select(selector).unwrap_or_default();
            let elements = matches.iter().filter_map(|found| found.element(html));
            let mut found: Vec<usize> = elements.filter_map(|id| places.get(&id).copied()).collect();
            found.sort_unstable();
            found.dedup();
            if found.is_empty() && name != "next" {
                missed.push(name);
            }
            found
        };
        let (items, link, title) = (find("items", items), find("link", link), find("title", title));
        let (date, summary, image) = (find("date", date), find("summary", summary), find("image", image));
        let next = find("next", next);
        Selected { items, link, title, date, summary, image, next, missed }
    }

    /// Whether the selectors say what the items are.
    pub(super) fn has_items(&self) -> bool {
        !self.items.is_empty() || !self.link.is_empty()
    }

    /// The elements of the items' links.
    pub(super) fn links<'p>(&self, page: &'p Page<'_>) -> impl Iterator<Item = usize> + 'p {
        self.items(page).into_iter().filter_map(|(_, link)| link)
    }

    /// The items and their links.
    pub(super) fn items(&self, page: &Page<'_>) -> Vec<(Range<usize>, Option<usize>)> {
        if self.items.is_empty() {
            let links: Vec<Anchor> = self.link.iter().map(|&at| (at, at)).collect();
            let cards = cards(page, &links, &[]);
            return links.iter().zip(cards).map(|(link, card)| (card.elements, Some(link.0))).collect();
        }
        self.items
            .iter()
            .map(|&item| {
                let range = page.inside(item);
                let link = within(&self.link, &range).or_else(|| main_link(page, range.clone()));
                (range, link)
            })
            .collect()
    }

    /// The item as a candidate; its date, if the source gives no selector for it, is `date`.
    pub(super) fn candidate(
        &self,
        page: &Page<'_>,
        item: &Range<usize>,
        link: usize,
        context: &DateContext<'_>,
    ) -> Option<Candidate> {
        let url = address(page, link)?;
        let text = |elements: &[usize]| within(elements, item).map(|at| line(page.text_of(at)));
        let title = text(&self.title).or_else(|| {
            let at = page.links.iter().position(|known| known.element == link)?;
            Some(of_link(page, at))
        });
        let title = title.filter(|title| !title.is_empty()).unwrap_or_default();
        let image = within(&self.image, item).and_then(|at| fields::image(page, page.inside(at)));
        Some(Candidate {
            published: within(&self.date, item).and_then(|at| fields::date_of(page, at, context)),
            summary: text(&self.summary)
                .and_then(|text| plain_text::summary(&text))
                .or_else(|| fields::summary(page, item.clone(), &title)),
            image: image.or_else(|| fields::image(page, item.clone())),
            title: Some(title).filter(|title| !title.is_empty()),
            ..Candidate::new(url)
        })
    }

    pub(super) fn next(&self, page: &Page<'_>) -> Option<Url> {
        self.next.iter().find_map(|&at| address(page, at))
    }
}

/// Where an element leads: its own `href`, or that of the first link in or around it.
fn address(page: &Page<'_>, element: usize) -> Option<Url> {
    let around = page.ancestors(element).take(3);
    page.inside(element).chain(around).find_map(|at| page.resolve(attribute(page.elements[at].data, "href")?))
}

/// An item's main link: that of its heading, or the one that says most.
fn main_link(page: &Page<'_>, item: Range<usize>) -> Option<usize> {
    let links = || page.links.iter().enumerate().filter(|(_, link)| item.contains(&link.element));
    let headed = links().find(|(_, link)| page.elements[link.element].region.heading);
    headed
        .or_else(|| links().max_by_key(|(at, _)| (words(&of_link(page, *at)).min(8), std::cmp::Reverse(*at))))
        .map(|(_, link)| link.element)
}

fn within(elements: &[usize], range: &Range<usize>) -> Option<usize> {
    let at = elements.partition_point(|element| *element < range.start);
    elements.get(at).copied().filter(|element| range.contains(element))
}
