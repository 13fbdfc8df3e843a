//! The one way in which a page becomes a tree, with its nesting capped before the parse.
//!
//! html5ever takes time quadratic in the depth of its stack of open elements (servo/html5ever#788): 156 kB of
//! `<div>` are more than a second of work. Between tokenizer and tree builder, start tags that would nest deeper
//! than any real page are left out; their text stays where it is.

mod attributes;

use std::cell::{Cell, RefCell};

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{EndTag, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::{TreeBuilder, TreeSink};
use html5ever::{LocalName, TokenizerResult, local_name};
use scraper::{Html, HtmlTreeSink};

/// Elements that may be open at once. Real pages stay under 100.
const DEPTH: usize = 256;
/// Formatting elements that may be open at once: html5ever opens each of them again in every new block.
const FORMATTING: usize = 48;

/// Parses a page. Never fails; elements nested deeper than 256 lose their tags and keep their text.
#[must_use]
pub fn parse_html(text: &str) -> Html {
    let builder = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), Default::default());
    let capped = Capped {
        builder,
        open: RefCell::new(Vec::with_capacity(64)),
        left_out: Cell::new(0),
        formatting: Cell::new(0),
    };
    let tokenizer = Tokenizer::new(capped, Default::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&attributes::cut_overgrown(text)));
    // It hands control back after a script, which is not run, and after a charset, which is decided already.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// Passes tokens on to the tree builder, except for the start tags that would nest too deep.
struct Capped<Sink: TreeSink> {
    builder: TreeBuilder<Sink::Handle, Sink>,
    /// The names of the open elements, as far as they can be told from the tags alone.
    open: RefCell<Vec<LocalName>>,
    left_out: Cell<usize>,
    formatting: Cell<usize>,
}

impl<Sink: TreeSink> TokenSink for Capped<Sink> {
    type Handle = Sink::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Sink::Handle> {
        if let TagToken(tag) = &token
            && !self.passes(tag)
        {
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl<Sink: TreeSink> Capped<Sink> {
    fn passes(&self, tag: &Tag) -> bool {
        match tag.kind {
            StartTag if is_void(&tag.name) || tag.self_closing || is_raw(&tag.name) => true,
            StartTag => self.opens(&tag.name),
            EndTag => self.closes(&tag.name),
        }
    }

    fn opens(&self, name: &LocalName) -> bool {
        if is_formatting(name) {
            if self.formatting.get() >= FORMATTING {
                return false;
            }
            self.formatting.set(self.formatting.get() + 1);
            return true;
        }
        let mut open = self.open.borrow_mut();
        while open.last().is_some_and(|last| closes_unasked(last, name)) {
            open.pop();
        }
        if open.len() >= DEPTH {
            self.left_out.set(self.left_out.get() + 1);
            return false;
        }
        open.push(name.clone());
        true
    }

    fn closes(&self, name: &LocalName) -> bool {
        if is_formatting(name) {
            self.formatting.set(self.formatting.get().saturating_sub(1));
            return true;
        }
        if self.left_out.get() > 0 && !is_raw(name) {
            self.left_out.set(self.left_out.get() - 1);
            return false;
        }
        let mut open = self.open.borrow_mut();
        if let Some(at) = open.iter().rposition(|known| known == name) {
            open.truncate(at);
        }
        true
    }
}

fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
    )
}

/// Elements whose content is text: the tokenizer waits for their end tag, so neither tag may be left out.
fn is_raw(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("noscript")
            | local_name!("plaintext")
            | local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("xmp")
    )
}

/// `a` is none of these: a second one closes the first.
fn is_formatting(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}

/// Whether the start tag `next` ends the open element `last`, whose end tag may be omitted.
fn closes_unasked(last: &LocalName, next: &LocalName) -> bool {
    match *last {
        local_name!("p") => !is_inline(next),
        local_name!("li") | local_name!("option") | local_name!("tr") | local_name!("a") => last == next,
        local_name!("dt") | local_name!("dd") => matches!(*next, local_name!("dt") | local_name!("dd")),
        local_name!("td") | local_name!("th") => {
            matches!(*next, local_name!("td") | local_name!("th") | local_name!("tr"))
        }
        _ => false,
    }
}

fn is_inline(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("a")
            | local_name!("abbr")
            | local_name!("button")
            | local_name!("cite")
            | local_name!("label")
            | local_name!("picture")
            | local_name!("q")
            | local_name!("select")
            | local_name!("span")
            | local_name!("sub")
            | local_name!("sup")
            | local_name!("svg")
            | local_name!("time")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(page: &Html) -> usize {
        page.tree.nodes().map(|node| node.ancestors().count()).max().unwrap_or_default()
    }

    fn same_as_uncapped(text: &str) {
        assert!(parse_html(text).html() == Html::parse_document(text).html(), "{text:.200}");
    }

    #[test]
    fn an_ordinary_page_parses_as_without_the_cap() {
        same_as_uncapped(
            "<!doctype html><meta charset=utf-8><title>a</title><body><p>one<p>two<ul><li>a<li>b</ul><script>'<div>'</script>\
             <table><tr><td>x<td>y</table><b><p>bold</b> not<svg><g/><path></svg><dl><dt>a<dd>b</dl>",
        );
        same_as_uncapped(&"<p>unclosed<li>item<font color=red>".repeat(30));
        same_as_uncapped(&"<li><p>unclosed".repeat(2_000));
        same_as_uncapped("");
    }

    #[test]
    fn a_page_nested_too_deep_keeps_its_text() {
        let page = parse_html(&format!("{}deep</div>{}", "<div>".repeat(200_000), "<p>after"));
        assert!(depth(&page) < DEPTH + 10, "{}", depth(&page));
        let text: String = page.root_element().text().collect();
        assert_eq!(text, "deepafter");
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
    fn formatting_that_is_never_closed_does_not_pile_up() {
        let bold: String = (0..3_000).map(|i| format!("<p><b id={i}>x")).collect();
        assert!(depth(&parse_html(&bold)) < 2 * FORMATTING + 10);
    }

    #[test]
    fn a_tag_of_100_000_attributes_is_cut() {
        let many: String = (0..100_000).map(|at| format!(" a{at}=1")).collect();
        let page = parse_html(&format!("<p{many}>seen"));
        let most =
            page.tree.nodes().filter_map(|node| node.value().as_element()).map(|e| e.attrs().count()).max();
        assert_eq!(most, Some(0));
    }

    #[test]
    fn a_script_too_deep_still_ends() {
        let page = parse_html(&format!("{}<script>a<b</script><p>seen", "<div>".repeat(1_000)));
        assert!(page.root_element().text().any(|text| text == "seen"));
    }
}
