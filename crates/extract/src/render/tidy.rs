//! Brings a document into its one form once all of it is there.

use super::elements::math_element;
use super::strays;
use super::tree::{Attributes, Content, Id, ROOT, Tree, VERSE, is_heading, is_leaf};

/// Lines at least this long, on average, are paragraphs that were separated by `<br>`.
const PARAGRAPH_LINE: usize = 150;
/// Lines at least this long that end in mid-sentence were broken to fit a width.
const WRAPPED_LINE: usize = 50;
/// Headings of more words are text that was set large.
const LOOSE_WORDS: usize = 8;
const SENTENCE_ENDS: [char; 12] = ['.', '!', '?', ':', ';', '…', '。', '！', '？', '"', '”', '»'];

/// Tidies `tree`; `title` is taken off its beginning. What one step uncovers another may have to tidy.
pub(super) fn tidy(tree: &mut Tree, title: Option<&str>) {
    const STEPS: usize = 4;
    for _ in 0..STEPS {
        settle(tree);
        let before = tree.subtree(ROOT).count();
        drop_title(tree, title);
        strays::drop_strays(tree);
        prune(tree);
        drop_edges(tree);
        settle_lines(tree);
        if tree.subtree(ROOT).count() == before {
            break;
        }
    }
}

fn settle(tree: &mut Tree) {
    prune(tree);
    for id in (0..tree.len()).rev() {
        settle_figure(tree, id);
        settle_gallery(tree, id);
        unwrap_children(tree, id);
    }
}

/// Takes out elements with nothing in them, cells of a table aside.
fn prune(tree: &mut Tree) {
    for id in (0..tree.len()).rev() {
        if tree.node(id).children.iter().any(|child| is_empty(tree, *child)) {
            let children = std::mem::take(&mut tree.node_mut(id).children);
            let kept = children.into_iter().filter(|child| !is_empty(tree, *child)).collect();
            tree.node_mut(id).children = kept;
        }
    }
}

fn is_empty(tree: &Tree, id: Id) -> bool {
    let node = tree.node(id);
    match &node.content {
        Content::Text(text) => text.is_empty(),
        Content::Element("img" | "br" | "hr" | "td" | "th") => false,
        Content::Element(tag) if math_element(tag).is_some() => false,
        Content::Element("table") => !has_text(tree, id),
        // Most begin with text, which spares a look at all that is in them.
        Content::Element(_) => {
            !node.children.first().is_some_and(|first| is_text(tree, *first)) && !tree.has_content(id)
        }
    }
}

fn is_text(tree: &Tree, id: Id) -> bool {
    matches!(&tree.node(id).content, Content::Text(text) if !text.is_empty())
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

/// In a list of pictures, each with a line beneath it, the lines are captions.
fn settle_gallery(tree: &mut Tree, id: Id) {
    let items = &tree.node(id).children;
    if tree.tag(id) != "ul" || items.len() < 2 || !items.iter().all(|item| is_captioned(tree, *item)) {
        return;
    }
    for item in items.clone() {
        let [figure, line] = tree.node(item).children[..] else { continue };
        let caption = tree.append(figure, "figcaption", Attributes::new());
        tree.node_mut(caption).children.push(line);
        tree.node_mut(item).children.truncate(1);
    }
}

/// Whether an item is one picture without a caption and a short line.
fn is_captioned(tree: &Tree, item: Id) -> bool {
    let [figure, line] = tree.node(item).children[..] else { return false };
    let is_bare = tree.tag(figure) == "figure" && tree.node(figure).children.len() == 1;
    is_bare && shows_picture(tree, figure) && tree.tag(line) == "p" && tree.text(line).len() < 200
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

/// A figure without picture or caption, a list of pictures alone, and a quotation of nothing but pictures.
fn means_nothing(tree: &Tree, id: Id) -> bool {
    match tree.tag(id) {
        "figure" => {
            let children = &tree.node(id).children;
            let is_captioned =
                children.len() > 1 && children.iter().any(|child| tree.tag(*child) == "figcaption");
            !is_captioned && !children.iter().any(|child| tree.tag(*child) == "img")
        }
        "ul" | "ol" | "dl" | "blockquote" => !has_text(tree, id),
        _ => false,
    }
}

fn has_text(tree: &Tree, id: Id) -> bool {
    tree.subtree(id).any(|node| matches!(tree.node(node).content, Content::Text(_)))
}

/// The blocks in an element that is unwrapped: its items' and captions' blocks rather than themselves, and no rules.
fn content_of(tree: &Tree, id: Id) -> Vec<Id> {
    let mut blocks = Vec::new();
    for child in &tree.node(id).children {
        if matches!(tree.tag(*child), "li" | "dt" | "dd" | "figcaption") {
            blocks.extend(&tree.node(*child).children);
        } else if tree.tag(*child) != "hr" {
            blocks.push(*child);
        }
    }
    blocks
}

/// Takes the title off the beginning, where pages repeat it, and a second time beneath a picture.
fn drop_title(tree: &mut Tree, title: Option<&str>) {
    let Some(title) = title.filter(|title| title.contains(char::is_alphanumeric)) else { return };
    let whole = letters(title);
    let leaves: Vec<Id> = tree.subtree(ROOT).filter(|id| is_leaf(tree.tag(*id))).take(4).collect();
    for (at, id) in leaves.into_iter().enumerate() {
        let text = letters(&tree.text(id));
        if text == whole || at < 2 && is_longest_part(&text, title) {
            tree.node_mut(id).children.clear();
        }
    }
}

/// Whether `text`, letters alone, is the longest part of a title that names its site or section too.
fn is_longest_part(text: &str, title: &str) -> bool {
    let parts = title.split([':', '|', '–', '—', '»', '·']).flat_map(|part| part.split(" - "));
    let longest = parts.map(letters).max_by_key(String::len);
    text.len() > 12 && longest.is_some_and(|longest| longest == text)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Takes short headings off the end, where they have nothing to head, and rules off both ends.
fn drop_edges(tree: &mut Tree) {
    let mut children = std::mem::take(&mut tree.node_mut(ROOT).children);
    let is_loose = |id: Id| match tree.tag(id) {
        "hr" => true,
        tag => is_heading(tag) && tree.text(id).split_whitespace().count() <= LOOSE_WORDS,
    };
    let is_more = children.iter().any(|child| !is_loose(*child));
    while children.last().is_some_and(|last| is_loose(*last) && (is_more || !is_heading(tree.tag(*last)))) {
        children.pop();
    }
    let start = children.iter().position(|child| tree.tag(*child) != "hr").unwrap_or(children.len());
    children.drain(..start);
    children.dedup_by(|next, before| tree.tag(*next) == "hr" && tree.tag(*before) == "hr");
    tree.node_mut(ROOT).children = children;
}

/// Joins lines that were broken to fit a width, and splits paragraphs whose lines are paragraphs themselves.
fn settle_lines(tree: &mut Tree) {
    for parent in 0..tree.len() {
        let children = tree.node(parent).children.clone();
        for child in &children {
            if is_wrapped(tree, *child) {
                join_lines(tree, *child);
            }
        }
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

/// Whether most of a paragraph's lines are long and end in mid-sentence.
fn is_wrapped(tree: &Tree, id: Id) -> bool {
    if !has_breaks(tree, id) {
        return false;
    }
    let text = tree.text(id);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let goes_on = |pair: &&[&str]| {
        pair[0].chars().count() >= WRAPPED_LINE
            && !pair[0].ends_with(SENTENCE_ENDS)
            && pair[1].starts_with(|c: char| c.is_lowercase() || c.is_numeric() || c == '(')
    };
    lines.windows(2).filter(goes_on).count() * 2 > lines.len() - 1
}

fn has_breaks(tree: &Tree, id: Id) -> bool {
    tree.tag(id) == "p"
        && tree.attribute(id, VERSE).is_none()
        && tree.node(id).children.iter().any(|child| tree.tag(*child) == "br")
}

fn join_lines(tree: &mut Tree, id: Id) {
    for child in tree.node(id).children.clone() {
        if tree.tag(child) == "br" {
            tree.node_mut(child).content = Content::Text(" ".to_owned());
        }
    }
}

fn is_wall(tree: &Tree, id: Id) -> bool {
    if !has_breaks(tree, id) {
        return false;
    }
    let breaks = tree.node(id).children.iter().filter(|child| tree.tag(**child) == "br").count();
    tree.text(id).chars().count() / (breaks + 1) >= PARAGRAPH_LINE
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
