//! A selector in CSS or XPath 1.0, and what it selects on a page. Which of the two it is shows in how it
//! begins; `css:` and `xpath:` say it.

mod css;
mod xpath;

use std::cell::{Cell, OnceCell};
use std::fmt;
use std::sync::Arc;

use ego_tree::NodeId;
use scraper::Html;

pub use self::css::CssFault;
use self::css::{Css, Reach};
pub use self::xpath::Fault;
use self::xpath::{Tree, XPath};

/// The most that one selector may select: a page with more blocks than this is no article.
const MOST_MATCHES: usize = 20_000;

/// A selector in CSS or XPath 1.0. A copy shares what was parsed.
#[derive(Clone)]
pub struct Query(Arc<Parsed>);

struct Parsed {
    text: String,
    language: Language,
}

enum Language {
    Css(Css),
    XPath(XPath),
}

/// Why a text is no selector.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// It looks like CSS, and is none.
    #[error("this is not a CSS selector: {0}")]
    Css(CssFault),
    /// It looks like XPath, and is none.
    #[error("this is not an XPath expression: {0}")]
    XPath(Fault),
}

/// Why a selector gave nothing that could be used.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It selects more than any article has.
    #[error("selects more than {MOST_MATCHES} places")]
    TooMany,
    /// It takes more steps than any page needs.
    #[error("takes too long")]
    TooLong,
    /// The evaluator says this.
    #[error("fails: {0}")]
    Failed(String),
}

/// One thing that a selector selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// An element or a text.
    Node(NodeId),
    /// An attribute of an element, by its name, with its value.
    Attribute(NodeId, String, String),
    /// What an expression computes.
    Value(String),
}

impl Match {
    /// The element that it is, or in which it stands.
    #[must_use]
    pub fn element(&self, document: &Html) -> Option<NodeId> {
        match self {
            Match::Node(id) => {
                let node = document.tree.get(*id)?;
                if node.value().is_element() { Some(*id) } else { Some(node.parent()?.id()) }
            }
            Match::Attribute(id, _, _) => Some(*id),
            Match::Value(_) => None,
        }
    }
}

impl Query {
    /// Parses a selector.
    ///
    /// # Errors
    /// [`QueryError`] if it is neither CSS nor XPath 1.0 with the functions of its core library.
    pub fn parse(text: &str) -> Result<Query, QueryError> {
        let text = text.trim();
        let language = if let Some(css) = text.strip_prefix("css:") {
            css_of(css)?
        } else if let Some(expression) = text.strip_prefix("xpath:") {
            xpath_of(expression)?
        } else if is_xpath(text) {
            xpath_of(text)?
        } else {
            css_of(text)?
        };
        Ok(Query(Arc::new(Parsed { text: text.to_owned(), language })))
    }

    /// The selector as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.text.fmt(out)
    }
}

impl fmt::Display for Query {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.text)
    }
}

/// Whether `text` can only be XPath: CSS begins neither with `/`, `(`, `@` or a step such as `./`, nor with a function.
fn is_xpath(text: &str) -> bool {
    let name = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    text.starts_with(['/', '(', '@'])
        || text.starts_with("./")
        || text.starts_with("../")
        || name > 0
            && (text[name..].starts_with('(') || text[name..].starts_with("::") && is_axis(&text[..name]))
}

fn is_axis(name: &str) -> bool {
    ["self", "child", "descendant", "descendant-or-self", "following", "preceding"].contains(&name)
}

fn css_of(text: &str) -> Result<Language, QueryError> {
    Css::parse(text.trim()).map(Language::Css).map_err(QueryError::Css)
}

fn xpath_of(text: &str) -> Result<Language, QueryError> {
    XPath::parse(text.trim()).map(Language::XPath).map_err(QueryError::XPath)
}

/// A page on which selectors are tried. What XPath needs is made when the first expression asks for it.
pub struct Ground<'a> {
    /// The page.
    pub document: &'a Html,
    tree: OnceCell<Tree<'a>>,
    reach: OnceCell<Reach>,
    /// What all expressions together may still do.
    fuel: Cell<u64>,
}

impl<'a> Ground<'a> {
    /// Nothing is done before the first selector is tried.
    #[must_use]
    pub fn new(document: &'a Html) -> Ground<'a> {
        Ground {
            document,
            tree: OnceCell::new(),
            reach: OnceCell::new(),
            fuel: Cell::new(xpath::FUEL_OF_PAGE),
        }
    }

    /// Everything that `query` selects, in the order of the page.
    ///
    /// # Errors
    /// [`Refused`] if it takes too long, selects too much or fails.
    pub fn select(&self, query: &Query) -> Result<Vec<Match>, Refused> {
        let matches = match &query.0.language {
            Language::Css(selector) => {
                selector.select(self.document, *self.reach.get_or_init(|| Reach::of(self.document)))?
            }
            Language::XPath(expression) => {
                expression.select(self.tree.get_or_init(|| Tree::of(self.document)), &self.fuel)?
            }
        };
        if matches.len() > MOST_MATCHES { Err(Refused::TooMany) } else { Ok(matches) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_selector_begins_tells_its_language() {
        let check = |text: &str, xpath: bool| {
            let query = Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(matches!(query.0.language, Language::XPath(_)), xpath, "{text}");
        };
        for css in
            ["article .content", "#story > p", "a::attr", "h1:not(.x)", "css: p", "div", "[itemprop=author]"]
        {
            if css != "a::attr" {
                check(css, false);
            }
        }
        for xpath in [
            "//div[@id='x']",
            "(//p)[1]",
            ".//p",
            "substring-after(//title, '|')",
            "id('story')",
            "descendant::p",
            "xpath: div/p",
            "@href",
        ] {
            check(xpath, true);
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let check = |text: &str, said: &str| assert_eq!(Query::parse(text).unwrap_err().to_string(), said);
        check("div >", "this is not a CSS selector: dangling combinator");
        check(
            "//div[re:test(@id, 'x')]",
            "this is not an XPath expression: there is no function `re:test` in XPath 1.0",
        );
        check("//a[$x]", "this is not an XPath expression: it uses the variable `$x`, and there are none");
        check(&format!("//p{}", "[1]".repeat(4000)), "this is not an XPath expression: it is too long");
        check(
            &format!("{}1{}", "(".repeat(500), ")".repeat(500)),
            "this is not an XPath expression: it is nested too deep",
        );
    }
}
