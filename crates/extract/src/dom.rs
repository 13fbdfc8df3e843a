//! The tree of a page, and how its `<noscript>` weighs.

use html5ever::{LocalName, local_name, ns};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};
pub(crate) use tearsheet_html::{Scripting, parse_html_with as parse};

/// Whether `<noscript>` elements hold more text than `bytes` and about more words than `words`, if `document` was
/// parsed with scripting.
pub(crate) fn noscript_outweighs(document: &Html, bytes: usize, words: usize) -> bool {
    let holds = |node: &ego_tree::NodeRef<'_, Node>| {
        node.value().as_element().is_some_and(|element| element.name.local == local_name!("noscript"))
    };
    let children =
        document.tree.nodes().filter(holds).flat_map(|node| node.children().inspect(crate::effort::step));
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

/// The value of the attribute called `name`, as [`Element::attr`] gives it, which hashes the name at every call.
pub(crate) fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    let is_it = |known: &html5ever::QualName| &*known.local == name && known.ns == ns!();
    element.attrs.iter().find(|(known, _)| is_it(known)).map(|(_, value)| &**value)
}

/// The value of the attribute called `name`, as a [`local_name!`], which is compared as a number is.
pub(crate) fn known_attribute<'a>(element: &'a Element, name: &LocalName) -> Option<&'a str> {
    let is_it = |known: &html5ever::QualName| known.local == *name && known.ns == ns!();
    element.attrs.iter().find(|(known, _)| is_it(known)).map(|(_, value)| &**value)
}

/// The most steps of a path.
const MOST_STEPS: usize = 5;
/// The most siblings that are looked at for a step; an element among more has a path to all that are like it.
const MOST_SIBLINGS: usize = 500;

/// A CSS selector that leads to `element`: from the nearest element around it that has an id, or from a few above.
pub(crate) fn path(element: ElementRef<'_>) -> String {
    let mut steps = Vec::new();
    for element in std::iter::once(element)
        .chain(element.ancestors().inspect(crate::effort::step).filter_map(ElementRef::wrap))
    {
        let (step, unique) = step(element);
        steps.push(step);
        if unique || steps.len() == MOST_STEPS {
            break;
        }
    }
    steps.reverse();
    steps.join(" > ")
}

/// One step of a path, and whether it needs none before it.
fn step(element: ElementRef<'_>) -> (String, bool) {
    let value = element.value();
    let is_plain = |name: &&str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    if let Some(id) = value.id().filter(is_plain) {
        return (format!("{}#{id}", value.name()), true);
    }
    let class = value.classes().find(is_plain);
    let mut step = class.map_or_else(|| value.name().to_owned(), |class| format!("{}.{class}", value.name()));
    let alike = |sibling: &ElementRef<'_>| sibling.value().name() == value.name();
    let classed = |sibling: &ElementRef<'_>| {
        class.is_none_or(|class| sibling.value().classes().any(|one| one == class))
    };
    let before = || {
        element
            .prev_siblings()
            .inspect(crate::effort::step)
            .take(MOST_SIBLINGS)
            .filter_map(ElementRef::wrap)
            .filter(alike)
    };
    let after = element
        .next_siblings()
        .inspect(crate::effort::step)
        .take(MOST_SIBLINGS)
        .filter_map(ElementRef::wrap)
        .filter(alike);
    let is_first_known = element.prev_siblings().inspect(crate::effort::step).nth(MOST_SIBLINGS).is_none();
    if is_first_known && before().chain(after).any(|sibling| classed(&sibling)) {
        step += &format!(":nth-of-type({})", before().count() + 1);
    }
    (step, matches!(value.name(), "body" | "html" | "head"))
}

#[cfg(test)]
mod tests {
    use scraper::Selector;

    use super::*;

    #[test]
    fn a_path_selects_the_element_that_it_was_made_of() {
        let html = parse(
            "<main id=m><div class='a b'><p>1<p class='2x'>2<p>3</div><div><p>4</div></main>",
            Scripting::Enabled,
        );
        let paragraphs = Selector::parse("p").unwrap();
        for element in html.select(&paragraphs) {
            let selector = Selector::parse(&path(element)).unwrap();
            let found: Vec<_> = html.select(&selector).map(|found| found.id()).collect();
            assert_eq!(found, [element.id()], "{}", path(element));
        }
        let second = html.select(&paragraphs).nth(1).unwrap();
        assert_eq!(path(second), "main#m > div.a > p:nth-of-type(2)");
    }
}
