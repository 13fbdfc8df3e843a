//! What is done to a page's tree before it is read: what the owner's rules remove goes, and `<noscript>` is weighed.

use ego_tree::NodeId;
use html5ever::local_name;
use scraper::{Html, Node, Selector};

pub(crate) use crate::model::{Scripting, parse_html_with as parse};

/// Takes everything that matches one of `selectors` out of `document`.
pub(crate) fn remove(document: &mut Html, selectors: &[Selector]) {
    let matches: Vec<NodeId> =
        selectors.iter().flat_map(|selector| document.select(selector).map(|element| element.id())).collect();
    for id in matches {
        if let Some(mut node) = document.tree.get_mut(id) {
            node.detach();
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_rule_removes_is_gone() {
        let mut html = parse("<p>keep<p class=x>go <b class=x>too</b>", Scripting::Enabled);
        remove(&mut html, &[Selector::parse(".x").unwrap()]);
        assert_eq!(html.root_element().text().collect::<String>(), "keep");
    }
}
