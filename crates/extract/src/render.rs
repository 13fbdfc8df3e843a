//! Renders the kept part of a page as a clean document: HTML of a fixed list of elements, and the same words as text.
//!
//! Which texts are kept is decided elsewhere. Here a page's mark-up, however it came about, becomes headings,
//! paragraphs, lists, tables, listings, quotations and figures; what stands between kept texts and can be looked at or
//! listened to stays, and what is in dropped containers goes with them. A rendered document renders to itself.
//!
//! Everything stands in the order of the page, entries of a live blog too, each beneath its time: whether the newest
//! comes first is said in its text. Footnotes that come before the text, or far from it, are written at its end. In a
//! thread a rule and a line with author and time lead each post.

mod builder;
mod census;
mod characters;
mod code;
mod elements;
mod figures;
mod formulas;
pub(crate) mod heads;
mod images;
mod lead;
mod links;
mod marks;
mod pictures;
mod players;
mod serialise;
mod strays;
mod tables;
#[cfg(test)]
mod tests;
mod tidy;
mod tree;
mod walk;

use ego_tree::{NodeId, NodeRef};
use rustc_hash::FxHashSet;
use scraper::{Html, Node};
use url::Url;

use self::builder::Builder;
use self::census::Census;
use self::elements::{Role, role};
use self::links::Links;
use self::tree::{ROOT, Tree};
use self::walk::Walk;
use crate::model::Image;
use crate::render::heads::Heads;
use crate::stage::{Stage, Watch};

pub(crate) use self::links::decoded;
pub(crate) use self::pictures::{pictured, pictures};
pub(crate) use self::serialise::{count_words, escaped};

/// Where a document comes from.
#[derive(Clone, Copy)]
pub(crate) struct RenderContext<'a> {
    /// The URL that answered; a `<base>` in the page is honoured.
    pub(crate) url: &'a Url,
    /// The title, which the body does not repeat.
    pub(crate) title: Option<&'a str>,
    /// Elements that are written after all else, in this order.
    pub(crate) notes: &'a [NodeId],
    /// Who wrote a post, and when: a line before the post.
    pub(crate) heads: &'a Heads,
    pub(crate) watch: Watch<'a>,
}

/// A clean document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rendered {
    /// As sanitised HTML with absolute URLs, a line for each block.
    pub(crate) html: String,
    /// As text: a block per paragraph, separated by an empty line.
    pub(crate) text: String,
    /// Words in `text`; a CJK character counts as half a word.
    pub(crate) word_count: u32,
    /// Its pictures, in order.
    pub(crate) images: Vec<Image>,
}

/// Renders those text nodes beneath `root` that are `kept`.
pub(crate) fn article(
    document: &Html,
    root: NodeId,
    kept: &dyn Fn(NodeId) -> bool,
    context: &RenderContext<'_>,
) -> Rendered {
    let Some(mut census) = Census::of(document, root, context.notes, kept) else {
        return Rendered::default();
    };
    let Some(start) = document.tree.get(census.root).map(|node| whole(node, root)) else {
        return Rendered::default();
    };
    census.root = start.id();
    let links = Links::new(context.url, base(document).as_deref());
    let notes: Vec<_> = context.notes.iter().filter_map(|id| document.tree.get(*id)).collect();
    let lead = lead::find(start, &links);
    let (mut tree, mut images) = Walk::new(&census, kept, &links, context).run(lead, start, &notes);
    tidy::tidy(&mut tree, context.title);
    links::settle(&mut tree, &links);
    keep_shown(&tree, &mut images);
    (context.watch)(Stage::Render);
    let text = serialise::text(&tree);
    if text.is_empty() {
        return Rendered::default();
    }
    let html = serialise::html(&tree);
    let html = if is_right_to_left(start) && !html.is_empty() {
        format!("<div dir=\"rtl\">{html}</div>")
    } else {
        html
    };
    let rendered = Rendered { html, word_count: count_words(&text), text, images };
    (context.watch)(Stage::Serialise);
    rendered
}

/// Renders paragraphs of plain text, each a list of lines.
pub(crate) fn paragraphs(paragraphs: &[Vec<String>]) -> Rendered {
    let mut builder = Builder::new();
    for paragraph in paragraphs {
        builder.begin_leaf("p", Vec::new());
        for line in paragraph {
            builder.text(line);
            builder.line_break();
        }
        builder.close_leaf();
    }
    let tree = builder.finish();
    let text = serialise::text(&tree);
    let html = serialise::html(&tree);
    Rendered { html, word_count: count_words(&text), text, images: Vec::new() }
}

/// The element about `node`, within `root`, that lays out blocks and is not itself one, nor a part of a listing.
fn whole(node: NodeRef<'_, Node>, root: NodeId) -> NodeRef<'_, Node> {
    let mut whole = node;
    for around in std::iter::once(node).chain(node.ancestors().inspect(crate::effort::step)) {
        let Some(element) = around.value().as_element() else { break };
        let is_part = role(&element.name.local) != Role::Boundary;
        if !is_part && !is_inside_listing(around) {
            return around;
        }
        whole = around.parent().unwrap_or(around);
        if around.id() == root {
            return around;
        }
    }
    whole
}

fn is_inside_listing(node: NodeRef<'_, Node>) -> bool {
    node.ancestors()
        .inspect(crate::effort::step)
        .any(|node| node.value().as_element().is_some_and(|element| role(&element.name.local) == Role::Pre))
}

/// What the page's `<base>` says.
fn base(document: &Html) -> Option<String> {
    let mut elements = document.tree.nodes().filter_map(|node| node.value().as_element());
    elements
        .find(|element| element.name() == "base" && element.attr("href").is_some())?
        .attr("href")
        .map(str::to_owned)
}

/// Keeps those of `images` that are still in `tree`.
fn keep_shown(tree: &Tree, images: &mut Vec<Image>) {
    if images.is_empty() {
        return;
    }
    let shown: FxHashSet<&str> = tree.subtree(ROOT).filter_map(|id| tree.attribute(id, "src")).collect();
    images.retain(|image| shown.contains(image.url.as_str()));
}

fn is_right_to_left(node: NodeRef<'_, Node>) -> bool {
    let around = std::iter::once(node).chain(node.ancestors().inspect(crate::effort::step));
    let mut directions = around.filter_map(|node| node.value().as_element()?.attr("dir"));
    directions.next().is_some_and(|direction| direction.eq_ignore_ascii_case("rtl"))
}
