//! The picture between a page's title and its text, which stands outside of what holds the text: an article opens with
//! it.

use ego_tree::NodeRef;
use scraper::{Node, node::Element};

use super::census::is_picture_frame;
use super::images;
use super::links::Links;
use crate::dom::attribute;

/// How far outwards of the text its title is looked for, and how far back at each level.
const FAR: usize = 4;
const BACK: usize = 6;
/// Between picture and text stand no more letters than these: names, days, buttons.
const LETTERS: usize = 400;
/// Elements within one of these levels that are looked at.
const NODES: usize = 200;
/// A lead is at least so wide and high, if it says so; banners are lower.
const WIDTH: u32 = 200;
const HEIGHT: u32 = 100;
/// Parts of class names of pictures of others than the story.
const OTHERS: &[&str] =
    &["avatar", "logo", "author", "icon", "profile", "gravatar", "badge", "related", "share", "promo"];

/// The element that shows the lead picture of the text in `text`.
pub(super) fn find<'a>(text: NodeRef<'a, Node>, links: &Links) -> Option<NodeRef<'a, Node>> {
    let mut node = text;
    let mut letters = 0;
    for _ in 0..FAR {
        for before in node
            .prev_siblings()
            .inspect(crate::effort::step)
            .filter(|node| node.value().is_element())
            .take(BACK)
        {
            let is_title = holds_title(before);
            let lead = if is_title {
                within(before, links)
            } else {
                Some(before).filter(|node| is_lead(*node, links))
            };
            if is_title || lead.is_some() {
                return lead;
            }
            letters += count_letters(before);
            if letters > LETTERS {
                return None;
            }
        }
        node = node.parent()?;
        if node.value().as_element().is_none_or(|element| matches!(element.name(), "body" | "main")) {
            return None;
        }
    }
    None
}

/// The lead picture in an element that holds the title.
fn within<'a>(head: NodeRef<'a, Node>, links: &Links) -> Option<NodeRef<'a, Node>> {
    let is_picture = |name: &str| matches!(name, "figure" | "picture" | "img" | "amp-img");
    let pictures = head
        .descendants()
        .inspect(crate::effort::step)
        .skip(1)
        .take(NODES)
        .filter(|node| node.value().as_element().is_some_and(|element| is_picture(element.name())));
    pictures.into_iter().find(|node| is_lead(*node, links))
}

fn is_lead(node: NodeRef<'_, Node>, links: &Links) -> bool {
    let elements = || {
        node.descendants()
            .inspect(crate::effort::step)
            .take(NODES)
            .filter_map(|node| node.value().as_element())
    };
    let is_other = |element: &Element| {
        let class = attribute(element, "class").unwrap_or_default().to_ascii_lowercase();
        matches!(element.name(), "nav" | "aside" | "footer" | "form")
            || OTHERS.iter().any(|part| class.contains(part))
    };
    let sources: Vec<&Element> = elements().filter(|element| element.name() == "source").collect();
    let is_large = |element: &Element| {
        images::picture(element, &sources, links).is_some_and(|picture| {
            !picture.is_icon
                && picture.width.is_none_or(|width| width >= WIDTH)
                && picture.height.is_none_or(|height| height >= HEIGHT)
        })
    };
    let mut shown = elements().filter(|element| matches!(element.name(), "img" | "amp-img"));
    !elements().any(is_other) && is_picture_frame(node) && shown.any(is_large) && !leads_away(node)
}

/// Whether a picture is, or is in, a link to another page. One that leads to a larger picture stays.
pub(super) fn leads_away(picture: NodeRef<'_, Node>) -> bool {
    let around = picture.ancestors().inspect(crate::effort::step).take(FAR);
    let elements = around
        .chain(picture.descendants().inspect(crate::effort::step).take(NODES))
        .filter_map(|node| node.value().as_element());
    elements.filter(|element| element.name() == "a").filter_map(|element| attribute(element, "href")).any(
        |href| {
            let path = href.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
            let is_file = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"]
                .iter()
                .any(|end| path.ends_with(end));
            !is_file && !path.is_empty()
        },
    )
}

fn holds_title(node: NodeRef<'_, Node>) -> bool {
    node.descendants()
        .inspect(crate::effort::step)
        .take(NODES)
        .any(|node| node.value().as_element().is_some_and(|element| element.name() == "h1"))
}

fn count_letters(node: NodeRef<'_, Node>) -> usize {
    let texts =
        node.descendants().inspect(crate::effort::step).take(NODES).filter_map(|node| node.value().as_text());
    texts.map(|text| text.trim().len()).sum()
}
