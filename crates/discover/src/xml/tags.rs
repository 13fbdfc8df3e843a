//! The tags and texts of a document, one after the other, whatever is broken between them.
//!
//! What is no tag is text: `x < y`, `<3`, a tag that the next one interrupts. A quotation mark that is missing costs its
//! attribute. Each byte is looked at a bounded number of times.

use std::borrow::Cow;

use memchr::memmem;

use super::entities::{entity, read_entities};
use super::names::Names;

/// How many bytes may be read once more, all in all, because a field has no end tag.
const REREAD: usize = 16 << 20;
/// How many attributes of an element are kept.
const ATTRIBUTES: usize = 64;

/// A tag or a text.
pub(crate) enum XmlTag<'a> {
    Start(StartTag),
    /// Its name as written, in lower case.
    End(String),
    Text(Cow<'a, str>),
}

#[derive(Debug, Default)]
pub(crate) struct StartTag {
    /// As written, in lower case.
    pub(crate) written: String,
    /// By its namespace, whatever prefix the document has for it.
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) is_empty: bool,
}

pub(crate) struct Tags<'a> {
    pub(crate) text: &'a str,
    at: usize,
    /// Where the last tag begins.
    tag_start: usize,
    names: Names,
    /// How much may still be read once more.
    reread: usize,
    endless: Endless,
}

/// What has no end from here on, so that it need not be looked for again.
#[derive(Default)]
struct Endless {
    section: bool,
    comment: bool,
    instruction: bool,
}

impl<'a> Tags<'a> {
    pub(crate) fn new(text: &'a str) -> Tags<'a> {
        Tags {
            text,
            at: 0,
            tag_start: 0,
            names: Names::default(),
            reread: REREAD,
            endless: Endless::default(),
        }
    }

    pub(crate) fn position(&self) -> usize {
        self.at
    }

    pub(crate) fn tag_start(&self) -> usize {
        self.tag_start
    }

    /// Goes back to `at`, if that is still allowed.
    pub(crate) fn go_back(&mut self, at: usize) -> bool {
        let Some(left) = self.reread.checked_sub(self.at - at) else { return false };
        self.reread = left;
        self.at = at;
        true
    }

    pub(crate) fn next(&mut self) -> Option<XmlTag<'a>> {
        loop {
            let rest = &self.text[self.at..];
            match rest.as_bytes().first()? {
                b'<' => match self.tag(rest) {
                    Markup::Tag(tag, length) => {
                        self.tag_start = self.at;
                        self.at += length;
                        return Some(tag);
                    }
                    Markup::Nothing(length) => self.at += length,
                    Markup::Text => return Some(self.text_until(1 + end_of_text(&rest[1..]))),
                },
                b'&' => {
                    if let Some((text, length)) = entity(rest) {
                        self.at += length;
                        return Some(XmlTag::Text(text.into()));
                    }
                    return Some(self.text_until(1 + end_of_text(&rest[1..])));
                }
                _ => return Some(self.text_until(end_of_text(rest))),
            }
        }
    }

    fn text_until(&mut self, length: usize) -> XmlTag<'a> {
        let from = self.at;
        self.at += length;
        XmlTag::Text(Cow::Borrowed(&self.text[from..self.at]))
    }

    /// What begins with the `<` that `rest` begins with.
    fn tag(&mut self, rest: &'a str) -> Markup<'a> {
        if let Some(inner) = rest.strip_prefix("<![CDATA[") {
            return self.section(inner);
        }
        if let Some(inner) = rest.strip_prefix("<!--") {
            let end = until(inner, "-->", &mut self.endless.comment);
            return Markup::Nothing(end.map_or(4, |end| end + 7));
        }
        if let Some(inner) = rest.strip_prefix("<?") {
            let end = until(inner, "?>", &mut self.endless.instruction);
            return Markup::Nothing(end.map_or(2, |end| end + 4));
        }
        if rest.starts_with("<!") {
            return Markup::Nothing(declaration(rest));
        }
        if let Some(inner) = rest.strip_prefix("</") {
            let name = name_at(inner);
            if name.is_empty() {
                return Markup::Text;
            }
            let gap = inner[name.len()..].find(['>', '<']).unwrap_or(inner.len() - name.len());
            let end = 2 + name.len() + gap;
            let length = end + usize::from(rest[end..].starts_with('>'));
            return Markup::Tag(XmlTag::End(name.to_ascii_lowercase()), length);
        }
        match start_tag(rest) {
            Some((mut tag, length)) => {
                tag.name = self.names.of(&tag);
                Markup::Tag(XmlTag::Start(tag), length)
            }
            None => Markup::Text,
        }
    }

    /// The text of a section that begins with `inner`. One whose end is missing ends with the record that it is in.
    fn section(&mut self, inner: &'a str) -> Markup<'a> {
        const OPENING: usize = "<![CDATA[".len();
        let Some(end) = until(inner, "]]>", &mut self.endless.section) else {
            return Markup::Nothing(OPENING);
        };
        let text = &inner[..end];
        let is_left_open =
            text.contains("<![CDATA[") && (text.contains("</item>") || text.contains("</entry>"));
        if is_left_open {
            return Markup::Nothing(OPENING);
        }
        Markup::Tag(XmlTag::Text(Cow::Borrowed(text)), OPENING + end + 3)
    }
}

enum Markup<'a> {
    /// A tag or a section, of so many bytes.
    Tag(XmlTag<'a>, usize),
    /// So many bytes that say nothing.
    Nothing(usize),
    /// None: the sign is text.
    Text,
}

/// Where `end` is in `text`; `is_missing` remembers that there is none from here on.
fn until(text: &str, end: &str, is_missing: &mut bool) -> Option<usize> {
    if *is_missing {
        return None;
    }
    let found = memmem::find(text.as_bytes(), end.as_bytes());
    *is_missing = found.is_none();
    found
}

fn end_of_text(text: &str) -> usize {
    memchr::memchr2(b'<', b'&', text.as_bytes()).unwrap_or(text.len())
}

/// The length of a declaration, with its internal subset.
fn declaration(rest: &str) -> usize {
    const LONGEST: usize = 64 * 1024;
    let head = &rest[..rest.floor_char_boundary(LONGEST)];
    let Some(first) = head.find(['>', '[']) else { return 2 };
    if head[first..].starts_with('>') {
        return first + 1;
    }
    let close = head[first..].find(']').map(|at| first + at);
    let end = head[first..].match_indices(']').map(|(at, _)| first + at).find_map(|at| {
        let after = &head[at + 1..];
        after.trim_start().starts_with('>').then(|| at + 1 + (after.len() - after.trim_start().len()) + 1)
    });
    end.or(close.map(|at| at + 1)).unwrap_or(2)
}

/// The name that `text` begins with.
fn name_at(text: &str) -> &str {
    if !text.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return "";
    }
    let is_end = |c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<' | '=' | '"' | '\'' | '&');
    &text[..text.find(is_end).unwrap_or(text.len())]
}

/// The start tag that `rest` begins with, and its length.
fn start_tag(rest: &str) -> Option<(StartTag, usize)> {
    let name = name_at(&rest[1..]);
    if name.is_empty() {
        return None;
    }
    let mut tag = StartTag { written: name.to_ascii_lowercase(), ..StartTag::default() };
    let mut at = 1 + name.len();
    loop {
        let before = rest.len() - at;
        let left = rest[at..].trim_start();
        at += before - left.len();
        match left.as_bytes().first()? {
            b'>' => return Some((tag, at + 1)),
            b'<' => return None,
            b'/' if left[1..].starts_with('>') => {
                tag.is_empty = true;
                return Some((tag, at + 2));
            }
            b'/' | b'=' | b'"' | b'\'' => at += 1,
            _ => at += attribute(left, &mut tag)?,
        }
    }
}

/// Reads the attribute that `left` begins with, and tells its length.
fn attribute(left: &str, tag: &mut StartTag) -> Option<usize> {
    let name_end = left.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<'))?;
    let name = left[..name_end].to_ascii_lowercase();
    let after = left[name_end..].trim_start();
    let Some(value) = after.strip_prefix('=') else {
        return Some(name_end.max(1));
    };
    let value = value.trim_start();
    let from = left.len() - value.len();
    let (text, length) = attribute_value(value)?;
    if tag.attributes.len() < ATTRIBUTES && tag.attributes.iter().all(|(known, _)| *known != name) {
        tag.attributes.push((name, read_entities(text)));
    }
    Some(from + length)
}

/// An attribute's value and its length with its quotation marks, of which either may be missing.
fn attribute_value(value: &str) -> Option<(&str, usize)> {
    let unquoted = |value: &str| value.find(|c: char| c.is_whitespace() || matches!(c, '>' | '<'));
    let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let end = unquoted(value)?;
        let text = &value[..end];
        let is_quote = |c| matches!(c, '"' | '\'');
        let quoted = text.strip_suffix('/').unwrap_or(text).strip_suffix(is_quote);
        return Some((quoted.unwrap_or(text), end));
    };
    let inner = &value[1..];
    let close = inner.find(quote);
    let text = close.map_or(inner, |close| &inner[..close]);
    let bracket = text.find('>');
    // Into the next tag: its own is missing.
    let runs_on = close.is_none() || bracket.is_some_and(|bracket| has_tag(&text[bracket..]));
    if runs_on {
        let end = bracket?;
        let end = if inner[..end].ends_with('/') { end - 1 } else { end };
        return Some((inner[..end].trim_end(), 1 + end));
    }
    // Into the next attribute: `href="a rel="b"`.
    if text.ends_with('=') && text.contains(char::is_whitespace) {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        return Some((&text[..end], 1 + end));
    }
    Some((text, text.len() + 2))
}

fn has_tag(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_alphabetic() || c == '/'))
}
