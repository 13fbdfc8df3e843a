//! The tree of a page, and how its `<noscript>` weighs.

use html5ever::local_name;
use scraper::{Html, Node};

pub(crate) use crate::model::{Scripting, parse_html_with as parse};

/// Whether `<noscript>` elements hold more text than `bytes` and about more words than `words`, if `document` was
/// parsed with scripting.
pub(crate) fn noscript_outweighs(document: &Html, bytes: usize, words: usize) -> bool {
    let holds = |node: &ego_tree::NodeRef<'_, Node>| {
        node.value().as_element().is_some_and(|element| element.name.local == local_name!("noscript"))
    };
    let children = document.tree.nodes().filter(holds).flat_map(|node| node.children());
    let texts: Vec<&str> = children.filter_map(|node| node.value().as_text()).map(|text| &**text).collect();
    texts.iter().map(|text| text.len()).sum::<usize>() > bytes
        && texts.iter().map(|text| words_outside_tags(text)).sum::<usize>() > words
}

fn words_outside_tags(html: &str) -> usize {
    html.split('<')
        .filter_map(|part| part.split_once('>'))
        .map(|(_, text)| text.split_whitespace().count())
        .sum()
}
