//! CSS selectors, with an end to what one may cost.
//!
//! The parser calls itself for each bracket, so a selector is measured before it is parsed. The matcher cannot be told to
//! stop, and for `~` and `:has()` it looks at all that stands before an element or in it: what a selector costs on a page
//! is reckoned before it is tried.

use scraper::error::SelectorErrorKind;
use scraper::{Html, Selector};

use super::{MOST_MATCHES, Match, Refused};

/// The longest selector, in bytes, and how deep its brackets may nest.
const LONGEST: usize = 8192;
const DEEPEST: usize = 32;
/// Steps through the tree that one selector may take. An ordinary one takes some ten thousand.
const MOST_STEPS: usize = 50_000_000;

/// A parsed selector.
pub(super) struct Css {
    selector: Selector,
    /// How many parts it has; each may look at all elements around one.
    parts: usize,
    /// How often it looks at what stands before an element, and at what stands in it.
    asides: usize,
    insides: usize,
}

/// Why a text is no selector.
#[derive(Debug, thiserror::Error)]
pub enum CssFault {
    /// It breaks the grammar.
    #[error("{}", in_words(.0))]
    Syntax(SelectorErrorKind),
    /// It is longer than anyone writes.
    #[error("it is too long")]
    TooLong,
    /// Its brackets nest deeper than anyone writes.
    #[error("it is nested too deep")]
    TooDeep,
}

/// How far a page's elements reach.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reach {
    /// The depths of all elements, added up.
    depths: usize,
    /// How many pairs of siblings there are.
    pairs: usize,
}

impl Reach {
    pub(super) fn of(document: &Html) -> Reach {
        let mut reach = Reach::default();
        let mut depth = 0_usize;
        for edge in document.tree.root().traverse().inspect(crate::effort::step) {
            match edge {
                ego_tree::iter::Edge::Open(node) if node.value().is_element() => {
                    depth += 1;
                    reach.depths += depth;
                    let children = node
                        .children()
                        .inspect(crate::effort::step)
                        .filter(|child| child.value().is_element())
                        .count();
                    reach.pairs = reach.pairs.saturating_add(children.saturating_mul(children) / 2);
                }
                ego_tree::iter::Edge::Close(node) => depth -= usize::from(node.value().is_element()),
                ego_tree::iter::Edge::Open(_) => {}
            }
        }
        reach
    }
}

impl Css {
    pub(super) fn parse(text: &str) -> Result<Css, CssFault> {
        if text.len() > LONGEST {
            return Err(CssFault::TooLong);
        }
        let mut depth = 0_usize;
        for byte in text.bytes() {
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEEPEST {
                return Err(CssFault::TooDeep);
            }
        }
        let selector = Selector::parse(text).map_err(CssFault::Syntax)?;
        Ok(Css {
            selector,
            parts: text.split([' ', '>', '+', '~', ',']).filter(|part| !part.is_empty()).count(),
            asides: text.matches('~').count() - text.matches("~=").count(),
            insides: text.matches(":has(").count(),
        })
    }

    /// What it selects on `document`, whose elements reach so far.
    pub(super) fn select(&self, document: &Html, reach: Reach) -> Result<Vec<Match>, Refused> {
        let steps = (reach.depths.saturating_mul(self.parts))
            .saturating_add(reach.pairs.saturating_mul(self.asides))
            .saturating_add(reach.depths.saturating_mul(self.insides).saturating_mul(self.parts));
        if steps > MOST_STEPS {
            return Err(Refused::TooLong);
        }
        // The tree's own list of nodes has those that were taken out too.
        let elements = document.root_element().select(&self.selector);
        Ok(elements.map(|element| Match::Node(element.id())).take(MOST_MATCHES + 1).collect())
    }
}

/// What is wrong with a CSS selector, in words.
fn in_words(error: &SelectorErrorKind) -> String {
    match error {
        // The parser names these in its code alone: `DanglingCombinator`.
        SelectorErrorKind::UnexpectedSelectorParseError(kind) => words_of(&format!("{kind:?}")),
        SelectorErrorKind::UnexpectedToken => "a character that cannot stand there".to_owned(),
        SelectorErrorKind::EndOfLine => "it breaks off".to_owned(),
        other => other.to_string().to_lowercase(),
    }
}

fn words_of(camel_case: &str) -> String {
    let mut words = String::new();
    for c in camel_case.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_html;

    fn selected(page: &str, selector: &str) -> Result<usize, Refused> {
        let document = parse_html(page);
        Css::parse(selector).unwrap().select(&document, Reach::of(&document)).map(|matches| matches.len())
    }

    #[test]
    fn a_selector_that_looks_at_every_pair_of_many_siblings_is_refused() {
        let siblings = "<b>x</b><i>y</i>".repeat(60_000);
        for selector in ["i ~ u", "b ~ i ~ b", "u:not(b ~ i)", "p:has(i ~ u)"] {
            assert!(matches!(selected(&siblings, selector), Err(Refused::TooLong)), "{selector}");
        }
        assert_eq!(selected(&siblings, "u, i + u, u[class~=x]").unwrap(), 0);
        assert_eq!(selected(&"<p><b>x</b><i>y</i>".repeat(1000), "b ~ i, p:has(b ~ i)").unwrap(), 2000);
    }

    #[test]
    fn many_parts_on_a_deep_page_are_refused() {
        let page = format!("{}{}", "<div>".repeat(250), "<i>x</i>".repeat(10_000));
        assert!(matches!(selected(&page, &"div ".repeat(500)), Err(Refused::TooLong)));
        assert_eq!(selected(&page, "div div > i:first-child").unwrap(), 1);
    }

    #[test]
    fn what_nobody_writes_is_no_selector() {
        let fault = |text: &str| Css::parse(text).err().unwrap().to_string();
        assert_eq!(fault(&":not(".repeat(1000)), "it is nested too deep");
        assert_eq!(fault(&"p ".repeat(100_000)), "it is too long");
    }
}
