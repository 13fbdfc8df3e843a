//! The one way in which a page becomes a tree: in time that is linear in its size. html5ever looks through its stack of open elements for
//! nearly every tag, so a page that nests 200,000 deep takes it minutes; here, tags past 256 levels are dropped
//! before they reach it, and the text in them stays. What the tree means is left to others.

mod attributes;
mod clean;
mod raw_text;
mod sink;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use ego_tree::NodeId;
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, TokenizerResult, local_name};
use scraper::Html;

use self::sink::CountingSink;

pub use clean::{MATHML, allows_attribute, allows_element, cleaned_html};

/// How `<noscript>` is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripting {
    /// As a browser does: its content is one text node.
    Enabled,
    /// Its content is part of the page.
    Disabled,
}

/// Parses `html`, whatever it is, as a browser that runs scripts does.
#[must_use]
pub fn parse_html(html: &str) -> Html {
    parse_html_with(html, Scripting::Enabled)
}

/// Parses `html`, whatever it is. Elements nested deeper than 256 lose their tags and keep their text; an element with
/// thousands of attributes loses all of them.
#[must_use]
pub fn parse_html_with(html: &str, scripting: Scripting) -> Html {
    let options =
        TreeBuilderOpts { scripting_enabled: scripting == Scripting::Enabled, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(CountingSink::new(html.len()), options);
    let is_xml = html.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']).starts_with("<?xml");
    let input = Rc::new(BufferQueue::default());
    input.push_back(with_line_feeds(&attributes::cut_overgrown(html)));
    let filter = TagFilter { builder, dropped: RefCell::default(), is_xml, input: Rc::clone(&input) };
    let tokenizer = Tokenizer::new(filter, Default::default());
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// `html` with line feeds for all ends of lines, as the standard has it (HTML, section 13.2.3.5). The tokenizer would
/// do it one by one.
fn with_line_feeds(html: &str) -> StrTendril {
    let mut parts = html.split('\r');
    let mut out = StrTendril::new();
    out.reserve(u32::try_from(html.len()).unwrap_or_default());
    out.push_slice(parts.next().unwrap_or_default());
    for part in parts {
        out.push_char('\n');
        out.push_slice(part.strip_prefix('\n').unwrap_or(part));
    }
    out
}

/// Stands before the tree builder, drops tags that would nest too deep, and closes those that XML closes.
struct TagFilter {
    builder: TreeBuilder<NodeId, CountingSink>,
    /// Start tags that were dropped and whose end tags are still to come.
    dropped: RefCell<HashMap<LocalName, usize>>,
    /// Whether the page says that it is XML: `<script src="a.js" />` holds nothing there, and all the rest in HTML.
    is_xml: bool,
    /// What the tokenizer has still to read.
    input: Rc<BufferQueue>,
}

impl TagFilter {
    /// Hands `token` to the builder. Of an element that holds raw text, the text goes there at once: the tokenizer
    /// would take it to pieces, line by line, to find its end, and most of a page's bytes are in scripts and styles.
    fn build(&self, token: Token, line_number: u64) -> TokenSinkResult<NodeId> {
        let name = match &token {
            Token::TagToken(tag) if reads_raw_text(&tag.name) => Some(tag.name.clone()),
            _ => None,
        };
        let result = self.builder.process_token(token, line_number);
        if let (TokenSinkResult::RawData(kind), Some(name)) = (&result, name)
            && let Some(text) = raw_text::take(&self.input, *kind, &name)
        {
            let _ = self.builder.process_token(Token::CharacterTokens(text), line_number);
        }
        result
    }

    fn drops(&self, tag: &Tag) -> bool {
        let sink = &self.builder.sink;
        match tag.kind {
            TagKind::StartTag => {
                let drops =
                    !reads_raw_text(&tag.name) && (sink.is_full() || (!is_void(&tag.name) && sink.is_deep()));
                if drops {
                    *self.dropped.borrow_mut().entry(tag.name.clone()).or_default() += 1;
                }
                drops
            }
            TagKind::EndTag => {
                let drops = sink.is_full() || self.takes_dropped(&tag.name);
                if !drops {
                    sink.note_end();
                }
                drops
            }
        }
    }

    /// The end tag of an HTML element that XML says to be empty.
    fn end_of_empty(&self, token: &Token) -> Option<Token> {
        let Token::TagToken(tag) = token else { return None };
        let is_empty = self.is_xml && tag.self_closing && tag.kind == TagKind::StartTag;
        let is_foreign = || {
            matches!(tag.name, local_name!("svg") | local_name!("math"))
                || self.builder.adjusted_current_node_present_but_not_in_html_namespace()
        };
        if !is_empty || is_void(&tag.name) || is_foreign() {
            return None;
        }
        let end = Tag { kind: TagKind::EndTag, self_closing: false, attrs: Vec::new(), ..tag.clone() };
        Some(Token::TagToken(end))
    }

    fn takes_dropped(&self, name: &LocalName) -> bool {
        let mut dropped = self.dropped.borrow_mut();
        match dropped.get_mut(name) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}

/// Whether an element called `name` can hold nothing.
fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("br")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("source")
            | local_name!("wbr")
    )
}

/// Whether an element called `name` holds raw text. The tokenizer has to see it, or that text would be read as tags.
fn reads_raw_text(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("iframe")
            | local_name!("noscript")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("xmp")
    )
}

impl TokenSink for TagFilter {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<NodeId> {
        if let Token::TagToken(tag) = &token
            && self.drops(tag)
        {
            return TokenSinkResult::Continue;
        }
        match self.end_of_empty(&token) {
            Some(end) => {
                // What the builder asks of the tokenizer here is to read what the element does not have.
                let _ = self.builder.process_token(token, line_number);
                self.builder.process_token(end, line_number)
            }
            None => self.build(token, line_number),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

#[cfg(test)]
mod tests {
    use super::sink::{MAX_DEPTH, MAX_ELEMENTS};
    use super::*;

    fn deepest(html: &Html) -> usize {
        html.tree.nodes().map(|node| node.ancestors().count()).max().unwrap()
    }

    fn text(html: &Html) -> String {
        html.root_element().text().collect()
    }

    #[test]
    fn an_ordinary_page_is_parsed_as_scraper_does() {
        let page = "<!doctype html><title>T</title><p>One<p>Two <b>bold<div>x</b>y</div><table><tr><td>1<td>2</table>";
        assert_eq!(parse_html_with(page, Scripting::Enabled).html(), Html::parse_document(page).html());
    }

    #[test]
    fn nesting_is_capped_and_its_text_stays() {
        let page = format!("{}core{}<p>after</p>", "<div>".repeat(200_000), "</div>".repeat(200_000));
        let html = parse_html_with(&page, Scripting::Enabled);
        assert!(deepest(&html) <= MAX_DEPTH + 3);
        assert_eq!(text(&html), "coreafter");
        assert_eq!(html.root_element().select(&scraper::Selector::parse("body > p").unwrap()).count(), 1);
    }

    #[test]
    fn formatting_that_is_opened_again_and_again_does_not_multiply() {
        let open: String = (0..3000).map(|n| format!("<p><font color=c{n}>x</p>")).collect();
        let html = parse_html_with(&format!("{open}{}", "<p>y</p>".repeat(30_000)), Scripting::Enabled);
        assert!(html.tree.nodes().count() < 4 * MAX_ELEMENTS);
    }

    #[test]
    fn a_script_past_the_cap_is_still_a_script() {
        let page = format!("{}<script>if (a < b) document.write('<p>')</script>", "<div>".repeat(400));
        let html = parse_html_with(&page, Scripting::Enabled);
        assert_eq!(html.select(&scraper::Selector::parse("script").unwrap()).count(), 1);
        assert_eq!(html.select(&scraper::Selector::parse("p").unwrap()).count(), 0);
    }

    #[test]
    fn what_follows_a_deep_nest_that_closes_is_in_its_place() {
        let deep = format!("{}x{}<h1>after</h1>", "<div>".repeat(5_000), "</div>".repeat(5_000));
        let page = parse_html(&deep);
        let heading =
            page.tree.nodes().find(|node| node.value().as_element().is_some_and(|e| e.name() == "h1"));
        assert_eq!(heading.unwrap().parent().unwrap().value().as_element().unwrap().name(), "body");
    }

    #[test]
    fn what_xml_closes_is_closed_on_a_page_that_says_that_it_is_xml() {
        let page = "<html><head><script src='a.js' /><title>T</title></head><body><a name='x'/><p>one<br/><svg><g/>\
                    <path/></svg><textarea/> two</p><iframe src='b'/><div/>three</body></html>";
        let html = parse_html(&format!("<?xml version='1.0'?>\n{page}"));
        assert_eq!(text(&html), "Tone twothree");
        assert_eq!(
            html.select(&scraper::Selector::parse("a *, div *, body > p > svg > path > *").unwrap()).count(),
            0
        );
        assert_eq!(
            text(&parse_html(page)),
            "<title>T</title></head><body><a name='x'/><p>one<br/><svg><g/>\
                    <path/></svg><textarea/> two</p><iframe src='b'/><div/>three</body></html>"
        );
    }

    #[test]
    fn a_tag_of_100_000_attributes_is_cut() {
        let many: String = (0..100_000).map(|at| format!(" a{at}=1")).collect();
        let page = parse_html(&format!("<p{many}>seen"));
        let most =
            page.tree.nodes().filter_map(|node| node.value().as_element()).map(|e| e.attrs().count()).max();
        assert_eq!(most, Some(0));
    }
}
