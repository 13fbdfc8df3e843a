//! Links that leave the page and links within it.

use std::borrow::Cow;
use std::collections::HashSet;

use url::{Position, Url};

use super::tree::{Content, Id, ROOT, Tree, is_leaf};

/// What a fragment in the clean document begins with, so that it meets no other on the page that shows it.
const PREFIX: &str = "note-";

/// Makes a page's links absolute.
#[derive(Clone, Debug)]
pub(super) struct Links {
    page: Url,
    base: Url,
    /// The page's URL without its fragment.
    here: String,
}

impl Links {
    /// For a page at `page` whose `<base>` says `base`.
    pub(super) fn new(page: &Url, base: Option<&str>) -> Links {
        let base = base
            .and_then(|base| page.join(base.trim()).ok())
            .filter(|base| matches!(base.scheme(), "http" | "https"))
            .unwrap_or_else(|| page.clone());
        Links { page: page.clone(), base, here: page[..Position::AfterQuery].to_owned() }
    }

    /// The `http` or `https` URL that `reference` names.
    pub(super) fn resource(&self, reference: &str) -> Option<Url> {
        let reference = reference.trim();
        if reference.is_empty() {
            return None;
        }
        let url = without_user(self.base.join(reference).ok()?);
        (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
    }

    /// What a link to `reference` should say: an absolute URL that a reader may follow.
    pub(super) fn href(&self, reference: &str) -> Option<String> {
        let reference = reference.trim();
        if reference.is_empty() || reference == "#" {
            return None;
        }
        let base = if reference.starts_with('#') { &self.page } else { &self.base };
        let url = base.join(reference).ok()?;
        match url.scheme() {
            "http" | "https" if url.has_host() => Some(without_user(url).into()),
            "mailto" | "tel" => Some(url.into()),
            _ => None,
        }
    }

    /// The id in the clean document of what `href`, an absolute URL, leads to on the page itself.
    fn target(&self, href: &str) -> Option<String> {
        let (page, fragment) = href.split_once('#')?;
        (page == self.here && !fragment.is_empty()).then(|| anchor(&decoded(fragment)))
    }
}

/// Who follows a link is somebody else.
fn without_user(mut url: Url) -> Url {
    // Neither call can fail for a URL with a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// The id in the clean document of the element that is called `id` on the page.
pub(super) fn anchor(id: &str) -> String {
    let id: String = id.split_whitespace().collect();
    if id.starts_with(PREFIX) { id } else { format!("{PREFIX}{id}") }
}

/// `fragment` with its percent signs resolved, as ids are written.
pub(crate) fn decoded(fragment: &str) -> Cow<'_, str> {
    if !fragment.contains('%') {
        return Cow::Borrowed(fragment);
    }
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match code.filter(|_| *byte == b'%').and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(code) => {
                bytes.push(code);
                rest = &after[2..];
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

/// Keeps an id only where a link leads to it, and makes links to what is there local; the others lead to the page
/// itself.
pub(super) fn settle(tree: &mut Tree, links: &Links) {
    let all: Vec<Id> = tree.subtree(ROOT).collect();
    let targets: HashSet<String> =
        all.iter().filter_map(|id| tree.attribute(*id, "id")).map(str::to_owned).collect();
    let mut references = HashSet::new();
    for id in &all {
        for (name, value) in &mut tree.node_mut(*id).attributes {
            if *name == "href"
                && let Some(target) = links.target(value).filter(|target| targets.contains(target))
            {
                *value = format!("#{target}");
                references.insert(target);
            }
        }
    }
    for id in &all {
        settle_marks(tree, *id);
    }
    let mut seen = HashSet::new();
    for id in all {
        tree.node_mut(id).attributes.retain(|(name, value)| {
            *name != "id" || (references.contains(value) && seen.insert(value.clone()))
        });
    }
}

/// A mark that leads to a note stands high, and the mark of a note in the note's first paragraph.
fn settle_marks(tree: &mut Tree, parent: Id) {
    if !tree.node(parent).children.iter().any(|child| is_mark(tree, *child)) {
        return;
    }
    let children = tree.node(parent).children.clone();
    if is_leaf(tree.tag(parent)) {
        let mut follows_text = false;
        for (at, child) in children.iter().enumerate() {
            if follows_text && tree.tag(*child) == "a" && is_mark(tree, *child) {
                let attributes = &mut tree.node_mut(*child).attributes;
                let id = attributes.extract_if(.., |(name, _)| *name == "id").collect();
                let high = tree.orphan(Content::Element("sup"), id);
                tree.node_mut(high).children.push(*child);
                tree.node_mut(parent).children[at] = high;
            }
            follows_text |= tree.text(*child).contains(char::is_alphabetic);
        }
        return;
    }
    let mut settled: Vec<Id> = Vec::new();
    let mut waiting: Option<Id> = None;
    for child in children {
        match waiting.take() {
            Some(mark) if tree.tag(child) == "p" => join(tree, mark, child),
            Some(mark) => settled.push(mark),
            None => {}
        }
        if tree.tag(child) == "p" && is_mark(tree, child) {
            waiting = Some(child);
        } else {
            settled.push(child);
        }
    }
    settled.extend(waiting);
    tree.node_mut(parent).children = settled;
}

/// Whether an element is a number or a sign that leads to a note, or such a mark and nothing else.
fn is_mark(tree: &Tree, id: Id) -> bool {
    const LETTERS: usize = 4;
    if !matches!(tree.tag(id), "a" | "p") {
        return false;
    }
    let is_local = |id: Id| tree.attribute(id, "href").is_some_and(|href| href.starts_with('#'));
    // Few paragraphs have such a link, and each has a text.
    if !tree.subtree(id).any(is_local) {
        return false;
    }
    let text = tree.text(id);
    let is_number = text.chars().all(|c| !c.is_alphabetic())
        && text.contains(|c: char| c.is_numeric() || matches!(c, '*' | '†' | '‡'));
    is_number && text.chars().count() <= LETTERS
}

/// Moves what is in the paragraph `mark` to the beginning of the paragraph after it.
fn join(tree: &mut Tree, mark: Id, paragraph: Id) {
    let space = tree.orphan(Content::Text(" ".to_owned()), Vec::new());
    let moved = std::mem::take(&mut tree.node_mut(mark).children);
    let attributes = std::mem::take(&mut tree.node_mut(mark).attributes);
    let node = tree.node_mut(paragraph);
    node.children.splice(0..0, moved.into_iter().chain([space]));
    if !node.attributes.iter().any(|(name, _)| *name == "id") {
        node.attributes.extend(attributes.into_iter().filter(|(name, _)| *name == "id"));
    }
}
