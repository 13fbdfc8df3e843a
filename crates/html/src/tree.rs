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
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, TokenizerResult, local_name};
use scraper::Html;

use self::sink::{CountingSink, MAX_ELEMENTS};
use crate::effort;

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
    parse_within(html, scripting, MAX_ELEMENTS)
}

fn parse_within(html: &str, scripting: Scripting, most_elements: usize) -> Html {
    effort::over(html);
    let options =
        TreeBuilderOpts { scripting_enabled: scripting == Scripting::Enabled, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(CountingSink::new(html.len(), most_elements), options);
    let is_xml = html.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']).starts_with("<?xml");
    let input = Rc::new(BufferQueue::default());
    input.push_back(with_line_feeds(&attributes::cut_overgrown(html)));
    let filter = TagFilter {
        builder,
        dropped: RefCell::default(),
        raw: RefCell::default(),
        text: RefCell::default(),
        is_xml,
        scripting,
        input: Rc::clone(&input),
    };
    let tokenizer = Tokenizer::new(filter, Default::default());
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// `html` with line feeds for all ends of lines, as the standard has it (HTML, section 13.2.3.5). The tokenizer would
/// do it one by one.
fn with_line_feeds(html: &str) -> StrTendril {
    let mut parts = html.split('\r');
    let first = parts.next().unwrap_or_default();
    if first.len() == html.len() {
        return StrTendril::from_slice(html);
    }
    let mut out = String::with_capacity(html.len());
    out.push_str(first);
    for part in parts {
        out.push('\n');
        out.push_str(part.strip_prefix('\n').unwrap_or(part));
    }
    StrTendril::from(out)
}

/// Stands before the tree builder, drops tags that would nest too deep or are too many, and closes those that XML closes.
struct TagFilter {
    builder: TreeBuilder<NodeId, CountingSink>,
    /// Start tags that were dropped and whose end tags are still to come.
    dropped: RefCell<HashMap<LocalName, usize>>,
    /// The element whose raw text the tokenizer reads, if it does.
    raw: RefCell<RawText>,
    /// Text that the builder has still to be given: signs that begin no tag come one by one.
    text: RefCell<StrTendril>,
    /// Whether the page says that it is XML: `<script src="a.js" />` holds nothing there, and all the rest in HTML.
    is_xml: bool,
    scripting: Scripting,
    /// What the tokenizer has still to read.
    input: Rc<BufferQueue>,
}

/// Which raw text the tokenizer reads.
#[derive(Default)]
enum RawText {
    #[default]
    None,
    /// That of an element which the builder knows of.
    Built(LocalName),
    /// That of an element which was dropped.
    Dropped(LocalName),
}

impl TagFilter {
    /// Hands `token` to the builder. Of an element that holds raw text, the text goes there at once: the tokenizer
    /// would take it to pieces, line by line, to find its end, and most of a page's bytes are in scripts and styles.
    fn build(&self, token: Token, line_number: u64) -> TokenSinkResult<NodeId> {
        let name = match &token {
            Token::TagToken(tag) if raw_kind(&tag.name, self.scripting).is_some() => Some(tag.name.clone()),
            _ => None,
        };
        let result = self.builder.process_token(token, line_number);
        if let (TokenSinkResult::RawData(kind), Some(name)) = (&result, name) {
            if let Some(text) = raw_text::take(&self.input, *kind, &name) {
                let _ = self.builder.process_token(Token::CharacterTokens(text), line_number);
            }
            *self.raw.borrow_mut() = RawText::Built(name);
        }
        result
    }

    /// Has the builder what text came since the last tag.
    fn build_text(&self, line_number: u64) {
        let text = std::mem::take(&mut *self.text.borrow_mut());
        if !text.is_empty() {
            let _ = self.builder.process_token(Token::CharacterTokens(text), line_number);
        }
    }

    /// What the tokenizer has to do about the element of raw text that `token` is part of; none if it is of no such element,
    /// or the builder has to see it.
    fn raw_text(&self, token: &Token) -> Option<TokenSinkResult<NodeId>> {
        let mut raw = self.raw.borrow_mut();
        let ends = |name: &LocalName| matches!(token, Token::TagToken(tag) if tag.kind == TagKind::EndTag && tag.name == *name);
        match &*raw {
            RawText::Dropped(name) => {
                if ends(name) {
                    *raw = RawText::None;
                }
                return Some(TokenSinkResult::Continue);
            }
            RawText::Built(name) if ends(name) => *raw = RawText::None,
            RawText::Built(_) | RawText::None => {}
        }
        let Token::TagToken(tag) = token else { return None };
        let kind = raw_kind(&tag.name, self.scripting)?;
        let is_dropped = matches!(*raw, RawText::None)
            && tag.kind == TagKind::StartTag
            && self.builder.sink.is_full()
            && !self.builder.adjusted_current_node_present_but_not_in_html_namespace();
        is_dropped.then(|| {
            *raw = RawText::Dropped(tag.name.clone());
            TokenSinkResult::RawData(kind)
        })
    }

    fn drops(&self, tag: &Tag) -> bool {
        let sink = &self.builder.sink;
        match tag.kind {
            TagKind::StartTag => {
                let drops = !self.holds_raw_text(&tag.name)
                    && (sink.is_full() || (!is_void(&tag.name) && sink.is_deep()));
                if drops {
                    *self.dropped.borrow_mut().entry(tag.name.clone()).or_default() += 1;
                }
                drops
            }
            TagKind::EndTag => {
                // Where the builder reads raw text, it has to be told of its end.
                let drops =
                    sink.is_full() && !self.holds_raw_text(&tag.name) || self.takes_dropped(&tag.name);
                if !drops {
                    sink.note_end();
                }
                drops
            }
        }
    }

    /// Whether the tokenizer reads raw text behind a tag of this name: in SVG and MathML it does not.
    fn holds_raw_text(&self, name: &LocalName) -> bool {
        raw_kind(name, self.scripting).is_some()
            && !self.builder.adjusted_current_node_present_but_not_in_html_namespace()
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

/// The raw text of an element called `name` in HTML. The tokenizer has to know of it, or that text would be read as tags.
fn raw_kind(name: &LocalName, scripting: Scripting) -> Option<RawKind> {
    match *name {
        local_name!("noscript") if scripting == Scripting::Enabled => Some(RawKind::Rawtext),
        local_name!("script") => Some(RawKind::ScriptData),
        local_name!("textarea") | local_name!("title") => Some(RawKind::Rcdata),
        local_name!("style")
        | local_name!("iframe")
        | local_name!("noembed")
        | local_name!("noframes")
        | local_name!("xmp") => Some(RawKind::Rawtext),
        _ => None,
    }
}

impl TokenSink for TagFilter {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<NodeId> {
        effort::spend(1);
        if matches!(token, Token::ParseError(_)) {
            // Where an error lies is nobody's question here.
            return TokenSinkResult::Continue;
        }
        if let Token::CharacterTokens(more) = token {
            if !matches!(*self.raw.borrow(), RawText::Dropped(_)) {
                let mut text = self.text.borrow_mut();
                if text.is_empty() { *text = more } else { text.push_tendril(&more) }
            }
            return TokenSinkResult::Continue;
        }
        self.build_text(line_number);
        if let Some(result) = self.raw_text(&token) {
            return result;
        }
        match &token {
            Token::TagToken(tag) if self.drops(tag) => return TokenSinkResult::Continue,
            Token::CommentToken(_) if self.builder.sink.is_full() => return TokenSinkResult::Continue,
            _ => {}
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
        self.build_text(0);
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

#[cfg(test)]
mod tests {
    use super::sink::MAX_DEPTH;
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

    /// So many elements have room in a small tree.
    const SMALL: usize = 1 << 10;

    fn within(html: &str) -> Html {
        parse_within(html, Scripting::Enabled, SMALL)
    }

    /// The nodes of a page that is this, so many times.
    fn nodes(part: &str, times: usize) -> usize {
        let html = within(&format!("<p>first</p>{}<p>last", part.repeat(times)));
        let text = text(&html);
        assert!(text.starts_with("first") && text.ends_with("last"), "{part}: {}", text.len());
        html.tree.nodes().count()
    }

    #[test]
    fn more_elements_than_a_page_may_have_cost_no_more_than_those() {
        for part in [
            "<style></style>",
            "<script>x</script>",
            "<title></title>",
            "<textarea></textarea>",
            "<iframe></iframe>",
            "<noscript></noscript>",
            "<xmp></xmp>",
            "<svg><style></style><title></title></svg>",
            "<!---->",
            "<br>",
            "<a href=x>y",
            "<p><b><i>",
            "<b></p>",
            "<table><td>",
            "<template>",
            "<select><option>",
        ] {
            let (once, eight) = (nodes(part, SMALL), nodes(part, 8 * SMALL));
            assert!(once <= 4 * SMALL && eight <= 4 * SMALL, "{part}: {once} {eight}");
        }
    }

    #[test]
    fn the_text_after_dropped_scripts_is_text_and_theirs_is_not() {
        let many = "<br>".repeat(SMALL);
        for name in ["script", "style", "title", "textarea", "iframe", "xmp"] {
            let html = within(&format!("{many}<{name}>a<p>b</{name}>c<{name}>d</{name}>e"));
            assert_eq!(text(&html), "ce", "{name}");
        }
        // One that the tree has no more room for after it.
        let html = within(&format!("{}<style>a</style>b", "<br>".repeat(SMALL - 4)));
        assert!(text(&html).ends_with('b'), "{}", text(&html));
    }

    #[test]
    fn attributes_of_further_body_tags_are_bounded() {
        let attributes = |tags: usize| {
            let tags: String = (0..tags).map(|at| format!("<body a{at}=1><html b{at}=1>")).collect();
            let html = parse_html(&format!("<body class=first><p>x{tags}"));
            html.tree
                .nodes()
                .filter_map(|node| node.value().as_element())
                .map(|e| e.attrs().count())
                .sum::<usize>()
        };
        assert_eq!(attributes(10), 21);
        assert_eq!((attributes(1_000), attributes(8_000)), (257, 257));
    }

    #[test]
    fn signs_that_begin_no_tag_are_one_text() {
        let html = parse_html(&format!("<p>{}</p>", "< ".repeat(1000)));
        assert_eq!(text(&html), "< ".repeat(1000));
        assert_eq!(html.root_element().descendants().filter(|node| node.value().is_text()).count(), 1);
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
