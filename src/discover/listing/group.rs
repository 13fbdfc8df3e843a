//! Links that stand at like places: the candidates for being the page's list.

use std::collections::HashMap;

use super::card::{Anchor, Card, cards};
use super::naming::{Item, Naming, naming};
use super::page::Page;
use super::texts::Texts;
use super::title::{self, words};

/// Links at like places, each to another page.
pub(super) struct Group {
    pub(super) members: Vec<Member>,
}

/// One of a group's links.
pub(super) struct Member {
    pub(super) link: usize,
    pub(super) target: usize,
    pub(super) card: Card,
    pub(super) title: String,
    pub(super) source: TitleSource,
}

/// Where a title is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TitleSource {
    /// The link's own words.
    Link,
    /// A label or a picture's label: nobody sees it.
    Label,
    /// A heading beside the link.
    Heading,
    /// A line beside the link.
    Line,
}

/// The groups of a page, in the order of their first links.
pub(super) fn groups(page: &Page<'_>, texts: &Texts) -> Vec<Group> {
    let mut by_place: HashMap<(u64, &str), Vec<usize>> = HashMap::new();
    for (at, link) in page.links.iter().enumerate() {
        let place = (page.elements[link.element].class_path, texts.kinds[at].as_str());
        by_place.entry(place).or_default().push(at);
    }
    let mut places: Vec<Vec<usize>> = by_place.into_values().collect();
    places.sort_by_key(|links| links[0]);
    let landmarks: Vec<Anchor> = page
        .links
        .iter()
        .zip(&texts.is_headline)
        .filter(|(_, is_headline)| **is_headline)
        .map(|(link, _)| (link.element, link.target))
        .collect();
    merged(page, texts, places).into_iter().map(|links| group(page, texts, &links, &landmarks)).collect()
}

/// Joins groups that differ in class names alone and whose links are of like length: odd and even rows, the
/// categories of a blog.
fn merged(page: &Page<'_>, texts: &Texts, places: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mean = |links: &[usize]| {
        links.iter().map(|&link| texts.words[link]).sum::<usize>() as f32 / links.len() as f32
    };
    let mut out: Vec<(f32, Vec<usize>)> = Vec::new();
    let mut by_path: HashMap<u64, Vec<usize>> = HashMap::new();
    for links in places {
        let own = mean(&links);
        let path = page.elements[page.links[links[0]].element].path;
        let is_title = own >= 3.0 && texts.kinds[links[0]].is_empty();
        let like = by_path.get(&path).filter(|_| is_title).and_then(|known| {
            known.iter().copied().find(|&at| own.min(out[at].0) / own.max(out[at].0) > 0.6)
        });
        if let Some(at) = like {
            out[at].1.extend(links);
            out[at].0 = mean(&out[at].1);
        } else {
            if is_title {
                by_path.entry(path).or_default().push(out.len());
            }
            out.push((own, links));
        }
    }
    for (_, links) in &mut out {
        links.sort_unstable();
    }
    out.into_iter().map(|(_, links)| links).collect()
}

fn group(page: &Page<'_>, texts: &Texts, links: &[usize], landmarks: &[Anchor]) -> Group {
    let links = one_a_target(page, texts, links);
    let anchors: Vec<Anchor> =
        links.iter().map(|&link| (page.links[link].element, page.links[link].target)).collect();
    let cards = cards(page, &anchors, landmarks);
    let titles = titles(page, texts, &links, &cards);
    let members = links
        .into_iter()
        .zip(cards)
        .zip(titles)
        .map(|((link, card), (title, source))| Member {
            link,
            target: page.links[link].target,
            card,
            title,
            source,
        })
        .collect();
    Group { members }
}

/// Of several links to one page, the one that says most.
fn one_a_target(page: &Page<'_>, texts: &Texts, links: &[usize]) -> Vec<usize> {
    let says = |link: usize| {
        let is_seen = !page.text_of(page.links[link].element).is_empty();
        (is_seen, texts.words[link].min(12))
    };
    let mut best: HashMap<usize, usize> = HashMap::new();
    for &link in links {
        let known = best.entry(page.links[link].target).or_insert(link);
        if says(link) > says(*known) {
            *known = link;
        }
    }
    let mut links: Vec<usize> = best.into_values().collect();
    links.sort_unstable();
    links
}

/// The titles of a group's items: their links' own words, or where those say nothing the words at one place beside
/// them.
fn titles(page: &Page<'_>, texts: &Texts, links: &[usize], cards: &[Card]) -> Vec<(String, TitleSource)> {
    let poor = poor(texts, links);
    let element = |link: usize| page.links[link].element;
    let own_items: Vec<Item> = links
        .iter()
        .filter(|&&link| page.is_block(element(link)))
        .map(|&link| (page.inside(element(link)), None))
        .collect();
    let card_item = |at: usize| -> Item { (cards[at].elements.clone(), Some(element(links[at]))) };
    let card_items: Vec<Item> = (0..links.len()).filter(|&at| poor[at]).map(card_item).collect();
    let own_naming = naming(page, &own_items);
    let card_naming = naming(page, &card_items);
    (0..links.len())
        .map(|at| {
            let link = links[at];
            let is_block = page.is_block(element(link));
            let own =
                own_naming.as_ref().filter(|_| is_block && title::heading_in(page, element(link)).is_none());
            let own = own.and_then(|naming| naming.of(page, &(page.inside(element(link)), None)));
            let own = own.unwrap_or_else(|| texts.titles[link].clone());
            let is_poor = poor[at] && !(is_block && words(&own) >= 3);
            match card_naming
                .as_ref()
                .filter(|_| is_poor)
                .and_then(|naming| beside(page, naming, &card_item(at)))
            {
                Some(named) => named,
                None if page.text_of(element(link)).is_empty() => (own, TitleSource::Label),
                None => (own, TitleSource::Link),
            }
        })
        .collect()
}

fn beside(page: &Page<'_>, naming: &Naming, item: &Item) -> Option<(String, TitleSource)> {
    let source = if naming.is_heading { TitleSource::Heading } else { TitleSource::Line };
    naming.of(page, item).map(|title| (title, source))
}

/// Which of the links say nothing of the page they lead to.
fn poor(texts: &Texts, links: &[usize]) -> Vec<bool> {
    let many = links.len();
    let short = links.iter().filter(|&&link| texts.words[link] < 2).count();
    links
        .iter()
        .map(|&link| {
            let count = texts.count(link);
            let is_shared = count > 2 && count * 3 > many;
            let is_short =
                texts.words[link] < 2 && many > 2 && (short * 3 > many * 2 || texts.words[link] == 0);
            is_shared || is_short || title::is_address(&texts.titles[link]) || !texts.kinds[link].is_empty()
        })
        .collect()
}
