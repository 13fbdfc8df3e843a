//! Footnotes: what a number or a sign in the text leads to, wherever on the page it stands. Notes that come after the
//! text stay where they are; those that come first, or far from it, are written at its end.

use std::borrow::Cow;

use ego_tree::{NodeId, NodeRef};
use rustc_hash::{FxHashMap, FxHashSet};
use scraper::{Html, Node, node::Element};
use url::{Position, Url};

use crate::dom::attribute;
use crate::render::decoded;
use crate::segment::Blocks;
use crate::select::Selection;

/// A mark has no more letters than this.
const MARK_LETTERS: usize = 8;
/// A note has no more words than this.
const NOTE_WORDS: usize = 250;
/// An element of more nodes holds more than a note.
const NOTE_NODES: usize = 1000;
/// Notes that are together longer than this part of the text are a bibliography or small print, and stay on the page.
const MOST: usize = 4;
/// How far outwards of a link's target the note around it is looked for, and of a link the id that a note leads back to.
const FAR: usize = 4;
/// Parts of class names and ids that say that something is a note or a mark.
const SAYS_NOTE: &[&str] = &["note", "fn", "ftn", "cite", "reference", "endnote", "ref-", "anm"];

/// Adds the notes of a selected text to `selection`, and gives the elements that are to be written at its end: notes
/// that do not follow it, or the lists in which they stand.
pub(crate) fn settle(selection: &mut Selection, document: &Html, page: &Blocks, url: &Url) -> Vec<NodeId> {
    let Some(root) = document.tree.get(selection.root) else { return Vec::new() };
    let marks = marks(root, selection, url);
    if marks.is_empty() {
        return Vec::new();
    }
    let notes = notes(document, &marks, selection);
    let said: u32 = selection.blocks.iter().map(|at| page.blocks[*at].measure.words).sum();
    if notes.iter().map(|note| words(*note)).sum::<usize>() > said as usize / MOST {
        return Vec::new();
    }
    let place: FxHashMap<NodeId, usize> = page
        .blocks
        .iter()
        .enumerate()
        .flat_map(|(at, block)| page.nodes[block.nodes.clone()].iter().map(move |node| (*node, at)))
        .collect();
    let last = selection.blocks.last().copied().unwrap_or_default();
    let mut apart: Vec<NodeId> = Vec::new();
    let mut blocks: Vec<usize> = selection.blocks.clone();
    for note in notes {
        let texts: Vec<NodeId> =
            note.descendants().inspect(crate::effort::step).filter(is_text).map(|text| text.id()).collect();
        let places: Vec<usize> = texts.iter().filter_map(|text| place.get(text).copied()).collect();
        let follows =
            note.ancestors().inspect(crate::effort::step).any(|around| around.id() == selection.root)
                && places.iter().all(|at| *at > last);
        let is_kept = places.iter().any(|at| selection.blocks.binary_search(at).is_ok());
        let holder = holder(note);
        if !follows && !is_kept && !apart.contains(&holder.id()) {
            apart.push(holder.id());
        }
        selection.kept.extend(texts);
        blocks.extend(places);
    }
    blocks.sort_unstable();
    blocks.dedup();
    selection.blocks = blocks;
    apart
}

fn is_text(node: &NodeRef<'_, Node>) -> bool {
    node.value().as_text().is_some_and(|text| !text.trim().is_empty())
}

/// A mark in the text: the link, and by what it and the elements about it are called.
struct Mark<'a> {
    link: NodeRef<'a, Node>,
    says_note: bool,
    ids: Vec<&'a str>,
}

/// The marks of kept text beneath `root`, by the fragment to which they lead.
fn marks<'a>(root: NodeRef<'a, Node>, selection: &Selection, url: &Url) -> FxHashMap<Cow<'a, str>, Mark<'a>> {
    let mut marks: FxHashMap<Cow<'a, str>, Mark<'a>> = FxHashMap::default();
    for link in root.descendants().inspect(crate::effort::step) {
        let Some(element) = link.value().as_element().filter(|element| element.name() == "a") else {
            continue;
        };
        let Some(fragment) = attribute(element, "href").and_then(|href| fragment(href, url)) else {
            continue;
        };
        if !is_mark(link) || !stands_in_text(link, selection) {
            continue;
        }
        let around = || std::iter::once(link).chain(link.ancestors().inspect(crate::effort::step).take(FAR));
        let elements = || around().filter_map(|node| node.value().as_element());
        let says_note = elements().take(3).any(|element| element.name() == "sup" || says_note(element));
        let ids = elements().filter_map(id_of).collect();
        marks.entry(fragment).or_insert(Mark { link, says_note, ids });
    }
    marks
}

/// Whether a kept text stands in the link or beside it: a mark that is a sign has no text of its own.
fn stands_in_text(link: NodeRef<'_, Node>, selection: &Selection) -> bool {
    let around = link.ancestors().inspect(crate::effort::step).take(3).find(|node| {
        node.value().as_element().is_some_and(|element| !matches!(element.name(), "sup" | "span" | "b" | "i"))
    });
    around.is_some_and(|around| {
        around
            .descendants()
            .inspect(crate::effort::step)
            .take(200)
            .any(|node| selection.kept.contains(&node.id()))
    })
}

/// The fragment of this page to which `href` leads.
fn fragment<'a>(href: &'a str, url: &Url) -> Option<Cow<'a, str>> {
    let (page, fragment) = href.trim().split_once('#')?;
    if fragment.is_empty() {
        return None;
    }
    let is_here = page.is_empty()
        || url.join(page).is_ok_and(|page| page[..Position::AfterQuery] == url[..Position::AfterQuery]);
    is_here.then(|| decoded(fragment))
}

/// Whether a link is a number, a letter or a sign.
fn is_mark(link: NodeRef<'_, Node>) -> bool {
    let (mut letters, mut count) = (0, 0);
    for node in link.descendants().inspect(crate::effort::step).take(20) {
        if let Node::Text(text) = node.value() {
            for c in text.chars().filter(|c| !c.is_whitespace()) {
                count += 1;
                letters += usize::from(c.is_alphabetic());
            }
        }
    }
    (1..=MARK_LETTERS).contains(&count) && letters <= 4
}

fn says_note(element: &Element) -> bool {
    let names = ["class", "id", "rel", "role", "epub:type"];
    names.iter().filter_map(|name| attribute(element, name)).any(|value| {
        let value = value.to_ascii_lowercase();
        SAYS_NOTE.iter().any(|part| value.contains(part))
    })
}

fn id_of(element: &Element) -> Option<&str> {
    element.id().or_else(|| attribute(element, "name"))
}

/// The notes to which `marks` lead, in the page's order.
fn notes<'a>(
    document: &'a Html,
    marks: &FxHashMap<Cow<'a, str>, Mark<'a>>,
    selection: &Selection,
) -> Vec<NodeRef<'a, Node>> {
    let mut seen = FxHashSet::default();
    let mut notes = Vec::new();
    for node in document.tree.root().descendants().inspect(crate::effort::step) {
        let Some(mark) = node.value().as_element().and_then(id_of).and_then(|id| marks.get(id)) else {
            continue;
        };
        if heads_section(node) {
            continue;
        }
        let Some(note) = note(node, mark, selection) else { continue };
        if seen.insert(note.id()) {
            notes.push(note);
        }
    }
    notes
}

/// The note about or at `target`: the smallest element about it that has words, if `mark` leads there from outside, and
/// it leads back or both are called notes.
fn note<'a>(target: NodeRef<'a, Node>, mark: &Mark<'a>, selection: &Selection) -> Option<NodeRef<'a, Node>> {
    let around = std::iter::once(target).chain(target.ancestors().inspect(crate::effort::step)).take(FAR);
    let note = around.into_iter().find(|node| is_whole(*node) && has_words(*node))?;
    let holds_mark =
        mark.link.ancestors().inspect(crate::effort::step).any(|around| around.id() == note.id());
    let element = note.value().as_element()?;
    let is_page = matches!(element.name(), "body" | "html" | "main" | "article" | "h1" | "h2" | "h3");
    if holds_mark || is_page || is_long(note) || note.id() == selection.root {
        return None;
    }
    let leads_back = note
        .descendants()
        .inspect(crate::effort::step)
        .filter_map(|node| attribute(node.value().as_element()?, "href"))
        .any(|href| {
            href.rsplit_once('#').is_some_and(|(_, fragment)| mark.ids.contains(&&*decoded(fragment)))
        });
    let is_called = mark.says_note
        && std::iter::once(target)
            .chain(note.ancestors().inspect(crate::effort::step).take(2))
            .chain([note])
            .any(|node| node.value().as_element().is_some_and(says_note));
    (leads_back || is_called).then_some(note)
}

/// Whether an element holds more than a note would. It may hold all of the page, to which each of many marks leads.
fn is_long(note: NodeRef<'_, Node>) -> bool {
    note.descendants().inspect(crate::effort::step).nth(NOTE_NODES).is_some() || words(note) > NOTE_WORDS
}

fn words(note: NodeRef<'_, Node>) -> usize {
    let texts = note.descendants().inspect(crate::effort::step).filter_map(|node| node.value().as_text());
    texts.map(|text| text.split_whitespace().count()).sum()
}

/// Whether an element is a heading, or what a heading opens: a table of contents leads there, and no mark.
fn heads_section(target: NodeRef<'_, Node>) -> bool {
    let is_heading = |node: NodeRef<'_, Node>| {
        node.value()
            .as_element()
            .is_some_and(|element| matches!(element.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
    };
    let around = target.ancestors().inspect(crate::effort::step).take(2);
    let first = target.children().inspect(crate::effort::step).find(|node| node.value().is_element());
    is_heading(target) || around.into_iter().any(is_heading) || first.is_some_and(is_heading)
}

/// Whether an element can hold a note by itself.
fn is_whole(node: NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|element| {
        matches!(
            element.name(),
            "li" | "p" | "div" | "dd" | "dl" | "tr" | "aside" | "section" | "td" | "blockquote"
        )
    })
}

/// Whether words stand in a note beside its mark.
fn has_words(node: NodeRef<'_, Node>) -> bool {
    let texts = node
        .descendants()
        .inspect(crate::effort::step)
        .take(NOTE_NODES)
        .filter_map(|node| node.value().as_text());
    let letters = texts.flat_map(|text| text.chars()).filter(|c| c.is_alphabetic());
    letters.take(MARK_LETTERS + 1).count() > MARK_LETTERS
}

/// The list in which a note is an item, else the note.
fn holder(note: NodeRef<'_, Node>) -> NodeRef<'_, Node> {
    let is_item =
        note.value().as_element().is_some_and(|element| matches!(element.name(), "li" | "dd" | "tr"));
    let list = note.ancestors().inspect(crate::effort::step).find(|around| {
        around
            .value()
            .as_element()
            .is_some_and(|element| matches!(element.name(), "ol" | "ul" | "dl" | "table"))
    });
    list.filter(|_| is_item).unwrap_or(note)
}
