//! Links that stand at like places: the candidates for being the page's list.

use rustc_hash::FxHashMap;

use super::card::{Anchor, Card, cards};
use super::margin::{Section, Sections};
use super::page::Page;
use super::texts::Texts;
use super::titles::{TitleSource, titles};

/// Links at like places, each to another page.
pub(super) struct Group {
    pub(super) members: Vec<Member>,
    /// What the heading above most of them says.
    pub(super) section: Section,
}

/// One of a group's links.
pub(super) struct Member {
    pub(super) link: usize,
    pub(super) target: usize,
    pub(super) card: Card,
    pub(super) title: String,
    pub(super) source: TitleSource,
}

/// The groups of a page, in the order of their first links.
pub(super) fn groups(page: &Page<'_>, texts: &Texts) -> Vec<Group> {
    let sections = Sections::of(page);
    let mut by_place: FxHashMap<(u64, bool, &str, Section), Vec<usize>> = FxHashMap::default();
    for (at, link) in page.links.iter().enumerate() {
        let class_path = page.elements[link.element].class_path;
        let begins_line = page.begins_line(link.element);
        let place = (class_path, begins_line, &*texts.kinds[at], sections.at(link.element));
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
    let group = |links: Vec<usize>| {
        let section = sections.at(page.links[links[0]].element);
        Group { members: members(page, texts, &links, &landmarks), section }
    };
    merged(page, texts, &sections, places).into_iter().map(group).collect()
}

/// Joins groups that differ in class names alone and whose links are of like length: odd and even rows, the
/// categories of a blog.
fn merged(page: &Page<'_>, texts: &Texts, sections: &Sections, places: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let count_words = |links: &[usize]| links.iter().map(|&link| texts.words[link]).sum::<usize>();
    let mean = |words: usize, links: &[usize]| words as f32 / links.len() as f32;
    let mut out: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut by_path: FxHashMap<(u64, Section), Vec<usize>> = FxHashMap::default();
    for links in places {
        let words = count_words(&links);
        let own = mean(words, &links);
        let first = page.links[links[0]].element;
        let path = (page.elements[first].path, sections.at(first));
        let is_title = own >= 3.0 && texts.kinds[links[0]].is_empty();
        let like = by_path.get(&path).filter(|_| is_title).and_then(|known| {
            known.iter().copied().find(|&at| {
                let other = mean(out[at].0, &out[at].1);
                own.min(other) / own.max(other) > 0.6
            })
        });
        if let Some(at) = like {
            out[at].0 += words;
            out[at].1.extend(links);
        } else {
            if is_title {
                by_path.entry(path).or_default().push(out.len());
            }
            out.push((words, links));
        }
    }
    for (_, links) in &mut out {
        links.sort_unstable();
    }
    out.into_iter().map(|(_, links)| links).collect()
}

fn members(page: &Page<'_>, texts: &Texts, links: &[usize], landmarks: &[Anchor]) -> Vec<Member> {
    let links = one_a_target(page, texts, links);
    let anchors: Vec<Anchor> =
        links.iter().map(|&link| (page.links[link].element, page.links[link].target)).collect();
    let cards = cards(page, &anchors, landmarks);
    let titles = titles(page, texts, &links, &cards);
    links
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
        .collect()
}

/// Of several links to one page, the one that says most.
fn one_a_target(page: &Page<'_>, texts: &Texts, links: &[usize]) -> Vec<usize> {
    let says = |link: usize| {
        let is_seen = !page.text_of(page.links[link].element).is_empty();
        (is_seen, texts.words[link].min(12))
    };
    let mut best: FxHashMap<usize, usize> = FxHashMap::default();
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
