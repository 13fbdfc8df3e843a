//! Articles that are pictures and nothing else: a strip, a photograph of the day.

use std::collections::HashSet;

use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node, node::Element};
use url::Url;

use super::builder::Builder;
use super::images::{self, Picture};
use super::links::Links;
use super::{Rendered, base, serialise};
use crate::model::Image;

/// The first of `roots` in which there is a picture.
pub(crate) fn pictured(document: &Html, roots: &HashSet<NodeId>) -> Option<NodeId> {
    let is_image = |node: NodeRef<'_, Node>| node.value().as_element().is_some_and(is_image);
    let mut nodes = document.tree.root().descendants().inspect(crate::effort::step);
    nodes
        .find(|node| {
            roots.contains(&node.id()) && node.descendants().inspect(crate::effort::step).any(is_image)
        })
        .map(|node| node.id())
}

/// The pictures in `roots`. Their alternative texts are the article's text; where there is none, its `title` is.
pub(crate) fn pictures(document: &Html, roots: &HashSet<NodeId>, url: &Url, title: &str) -> Rendered {
    let links = Links::new(url, base(document).as_deref());
    let is_in = |node: NodeRef<'_, Node>| {
        roots.contains(&node.id())
            || node.ancestors().inspect(crate::effort::step).any(|around| roots.contains(&around.id()))
    };
    let mut found: Vec<Picture> = Vec::new();
    for node in document.tree.root().descendants().inspect(crate::effort::step).filter(|node| is_in(*node)) {
        let Some(image) = node.value().as_element().filter(|element| is_image(element)) else { continue };
        let picture = images::picture(image, &sources(node), &links).filter(|picture| !picture.is_icon);
        found.extend(picture.filter(|picture| found.iter().all(|known| known.url != picture.url)));
    }
    let mut builder = Builder::new();
    for picture in &found {
        builder.picture(picture.attributes());
    }
    let said: Vec<&str> = found.iter().filter_map(|picture| picture.alt.as_deref()).collect();
    let text = if said.is_empty() { title.to_owned() } else { said.join("\n\n") };
    let image = |Picture { url, alt, width, height, .. }| Image { url, alt, width, height };
    Rendered {
        html: serialise::html(&builder.finish()),
        word_count: serialise::count_words(&text),
        text,
        images: found.into_iter().map(image).collect(),
    }
}

fn is_image(element: &Element) -> bool {
    matches!(element.name(), "img" | "amp-img")
}

/// The alternatives of a picture that a `picture` element holds.
fn sources(image: NodeRef<'_, Node>) -> Vec<&Element> {
    let siblings =
        image.prev_siblings().inspect(crate::effort::step).filter_map(|node| node.value().as_element());
    siblings.filter(|element| element.name() == "source").collect()
}
