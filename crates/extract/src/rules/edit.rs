//! What a rule changes in a page's tree: elements that go, that are wrapped and that give way to their content.

use std::collections::HashSet;

use ego_tree::NodeId;
use html5ever::{LocalName, QualName, ns};
use scraper::node::Element;
use scraper::{Html, Node};
use tearsheet_html::{Ground, Match, Query};

use super::Rules;
use super::findings::RuleFindings;

/// What is to be changed, found before anything is.
pub(super) struct Edits {
    unwrap: Vec<NodeId>,
    wrap: Vec<(String, NodeId)>,
    remove: Vec<Match>,
}

impl Edits {
    pub(super) fn find(rules: &Rules, ground: &Ground<'_>, findings: &mut RuleFindings) -> Edits {
        let mut all = |key, query: &Query| findings.edit(ground, key, query);
        let node = |found| match found {
            Match::Node(id) => Some(id),
            _ => None,
        };
        Edits {
            unwrap: rules.unwrap.iter().flat_map(|query| all("unwrap", query)).filter_map(node).collect(),
            wrap: rules
                .wrap
                .iter()
                .flat_map(|(name, query)| all("wrap", query).into_iter().map(move |found| (name, found)))
                .filter_map(|(name, found)| Some((name.clone(), node(found)?)))
                .collect(),
            remove: rules.remove.iter().flat_map(|query| all("remove", query)).collect(),
        }
    }

    pub(super) fn apply(self, document: &mut Html) {
        for (name, id) in self.wrap {
            wrap(document, &name, id);
        }
        for id in self.unwrap {
            unwrap(document, id);
        }
        for found in self.remove {
            remove(document, &found);
        }
    }
}

fn wrap(document: &mut Html, name: &str, id: NodeId) {
    let root = document.root_element().id();
    let Some(mut node) = document.tree.get_mut(id) else { return };
    if id == root || node.parent().is_none() {
        return;
    }
    let name = QualName::new(None, ns!(html), LocalName::from(name));
    let wrapper = node.insert_before(Node::Element(Element::new(name, Vec::new()))).id();
    node.detach();
    if let Some(mut wrapper) = document.tree.get_mut(wrapper) {
        wrapper.append_id(id);
    }
}

/// Puts the children of an element in its place.
fn unwrap(document: &mut Html, id: NodeId) {
    let root = document.root_element().id();
    let Some(node) = document.tree.get(id) else { return };
    if id == root || node.parent().is_none() || !node.value().is_element() {
        return;
    }
    let children: Vec<NodeId> =
        node.children().inspect(crate::effort::step).map(|child| child.id()).collect();
    for child in children {
        if let Some(mut node) = document.tree.get_mut(id) {
            node.insert_id_before(child);
        }
    }
    if let Some(mut node) = document.tree.get_mut(id) {
        node.detach();
    }
}

fn remove(document: &mut Html, found: &Match) {
    match found {
        Match::Node(id) => {
            let outermost: HashSet<NodeId> = [document.root_element().id()].into();
            if let Some(mut node) = document.tree.get_mut(*id).filter(|_| !outermost.contains(id)) {
                node.detach();
            }
        }
        Match::Attribute(id, name, _) => {
            let mut node = document.tree.get_mut(*id);
            if let Some(Node::Element(element)) = node.as_mut().map(ego_tree::NodeMut::value) {
                element.attrs.retain(|(known, _)| &*known.local != name.as_str());
            }
        }
        Match::Value(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tearsheet_html::parse_html;

    fn check(rules: &Rules, page: &str, expected: &str) {
        let mut document = parse_html(page);
        let edits = Edits::find(rules, &Ground::new(&document), &mut RuleFindings::default());
        edits.apply(&mut document);
        let html = document.html();
        let body = html.split_once("<body>").unwrap().1;
        assert_eq!(body.trim_end_matches("</body></html>"), expected);
    }

    fn queries(text: &str) -> Vec<Query> {
        vec![Query::parse(text).unwrap()]
    }

    #[test]
    fn what_a_rule_removes_is_gone_be_it_element_text_or_attribute() {
        let page = "<p>keep<p class=x>go <b class=x>too</b>";
        check(&Rules { remove: queries(".x"), ..Rules::default() }, page, "<p>keep</p>");
        check(
            &Rules { remove: queries("//b/@class"), ..Rules::default() },
            "<b class=x id=y>z</b>",
            "<b id=\"y\">z</b>",
        );
        check(
            &Rules { remove: queries("//p/text()"), ..Rules::default() },
            "<p>go<b>x</b>",
            "<p><b>x</b></p>",
        );
        check(&Rules { remove: queries("html"), ..Rules::default() }, "<p>x", "<p>x</p>");
    }

    #[test]
    fn elements_are_wrapped_and_unwrapped() {
        let wrap = vec![("blockquote".to_owned(), Query::parse("div.q").unwrap())];
        check(
            &Rules { wrap, ..Rules::default() },
            "<div class=q>a</div>b",
            "<blockquote><div class=\"q\">a</div></blockquote>b",
        );
        check(
            &Rules { unwrap: queries("//ul | //li"), ..Rules::default() },
            "<ul><li>a<b>b</b><li>c</ul>d",
            "a<b>b</b>cd",
        );
    }
}
