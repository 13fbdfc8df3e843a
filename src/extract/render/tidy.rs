//! Brings a document into its one form once all of it is there.

use super::strays;
use super::tree::{Attributes, Content, Id, ROOT, Tree, is_heading, is_leaf};

/// Lines at least this long, on average, are paragraphs that were separated by `<br>`.
const PARAGRAPH_LINE: usize = 150;

/// Tidies `tree`; `title` is taken off its beginning.
pub(super) fn tidy(tree: &mut Tree, title: Option<&str>) {
    prune(tree);
    for id in (0..tree.len()).rev() {
        settle_figure(tree, id);
        unwrap_children(tree, id);
    }
    drop_title(tree, title);
    strays::drop_strays(tree);
    prune(tree);
    drop_edges(tree);
    split_lines(tree);
}

/// Takes out elements with nothing in them, cells of a table aside.
fn prune(tree: &mut Tree) {
    for id in (0..tree.len()).rev() {
        let children = std::mem::take(&mut tree.node_mut(id).children);
        let kept = children.into_iter().filter(|child| !is_empty(tree, *child)).collect();
        tree.node_mut(id).children = kept;
    }
}

fn is_empty(tree: &Tree, id: Id) -> bool {
    let node = tree.node(id);
    match &node.content {
        Content::Text(text) => text.is_empty(),
        Content::Element("img" | "br" | "hr" | "td" | "th") => false,
        Content::Element(tag) if tag.starts_with('m') => false,
        Content::Element("tr") => !tree.has_content(id),
        Content::Element(_) => node.children.is_empty(),
    }
}

/// Loose text in a figure with a picture is its caption.
fn settle_figure(tree: &mut Tree, id: Id) {
    if tree.tag(id) != "figure" || !shows_picture(tree, id) {
        return;
    }
    let children = tree.node(id).children.clone();
    let loose: Vec<Id> = children.iter().copied().filter(|child| tree.tag(*child) == "p").collect();
    let is_settled = children.iter().all(|child| matches!(tree.tag(*child), "img" | "p" | "figcaption"));
    if loose.is_empty() || !is_settled {
        return;
    }
    let caption = children.iter().copied().find(|child| tree.tag(*child) == "figcaption");
    let caption = caption.unwrap_or_else(|| tree.append(id, "figcaption", Attributes::new()));
    tree.node_mut(id).children.retain(|child| !loose.contains(child));
    let mut text = loose;
    text.append(&mut tree.node_mut(caption).children);
    tree.node_mut(caption).children = text;
}

fn shows_picture(tree: &Tree, id: Id) -> bool {
    tree.subtree(id).any(|node| tree.tag(node) == "img")
}

/// Puts the children of elements that mean nothing in their place.
fn unwrap_children(tree: &mut Tree, id: Id) {
    if !tree.node(id).children.iter().any(|child| means_nothing(tree, *child)) {
        return;
    }
    let mut children = Vec::new();
    for child in std::mem::take(&mut tree.node_mut(id).children) {
        if means_nothing(tree, child) {
            children.extend(content_of(tree, child));
        } else {
            children.push(child);
        }
    }
    tree.node_mut(id).children = children;
}

/// A figure without picture, table or listing, a list of pictures alone, and a quotation of nothing but pictures.
fn means_nothing(tree: &Tree, id: Id) -> bool {
    match tree.tag(id) {
        "figure" => {
            let children = &tree.node(id).children;
            !children.iter().any(|child| matches!(tree.tag(*child), "img" | "table" | "pre"))
                && !children.iter().any(|child| tree.tag(*child) == "figcaption" && children.len() > 1)
        }
        "ul" | "ol" | "blockquote" => {
            !tree.subtree(id).any(|node| matches!(tree.node(node).content, Content::Text(_)))
        }
        _ => false,
    }
}

/// The blocks in an element that is unwrapped: its items' and captions' blocks rather than themselves.
fn content_of(tree: &Tree, id: Id) -> Vec<Id> {
    let mut blocks = Vec::new();
    for child in &tree.node(id).children {
        if matches!(tree.tag(*child), "li" | "figcaption") {
            blocks.extend(&tree.node(*child).children);
        } else {
            blocks.push(*child);
        }
    }
    blocks
}

/// Takes the title off the beginning, where pages repeat it, and a second time beneath a picture.
fn drop_title(tree: &mut Tree, title: Option<&str>) {
    let Some(title) = title.map(letters).filter(|title| !title.is_empty()) else { return };
    let leaves: Vec<Id> = tree.subtree(ROOT).filter(|id| is_leaf(tree.tag(*id))).take(4).collect();
    for id in leaves {
        if letters(&tree.text(id)) == title {
            tree.node_mut(id).children.clear();
        }
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Takes headings off the end, where they have nothing to head, and rules off both ends.
fn drop_edges(tree: &mut Tree) {
    let mut children = std::mem::take(&mut tree.node_mut(ROOT).children);
    while children.last().is_some_and(|last| is_heading(tree.tag(*last)) || tree.tag(*last) == "hr") {
        if children.iter().all(|child| is_heading(tree.tag(*child))) {
            break;
        }
        children.pop();
    }
    let start = children.iter().position(|child| tree.tag(*child) != "hr").unwrap_or(children.len());
    children.drain(..start);
    children.dedup_by(|next, before| tree.tag(*next) == "hr" && tree.tag(*before) == "hr");
    tree.node_mut(ROOT).children = children;
}

/// Splits paragraphs whose lines are paragraphs themselves.
fn split_lines(tree: &mut Tree) {
    for parent in 0..tree.len() {
        let children = tree.node(parent).children.clone();
        if !children.iter().any(|child| is_wall(tree, *child)) {
            continue;
        }
        let mut settled = Vec::new();
        for child in children {
            if is_wall(tree, child) {
                settled.extend(lines(tree, child));
            } else {
                settled.push(child);
            }
        }
        tree.node_mut(parent).children = settled;
    }
}

fn is_wall(tree: &Tree, id: Id) -> bool {
    if tree.tag(id) != "p" {
        return false;
    }
    let breaks = tree.node(id).children.iter().filter(|child| tree.tag(**child) == "br").count();
    breaks > 0 && tree.text(id).chars().count() / (breaks + 1) >= PARAGRAPH_LINE
}

fn lines(tree: &mut Tree, id: Id) -> Vec<Id> {
    let node = tree.node(id).clone();
    let mut lines = Vec::new();
    let runs: Vec<Vec<Id>> =
        node.children.split(|child| tree.tag(*child) == "br").map(<[Id]>::to_vec).collect();
    for run in runs.into_iter().filter(|run| !run.is_empty()) {
        let paragraph = tree.orphan(Content::Element("p"), Attributes::new());
        tree.node_mut(paragraph).children = run;
        lines.push(paragraph);
    }
    if let Some(first) = lines.first() {
        tree.node_mut(*first).attributes = node.attributes;
    }
    lines
}
