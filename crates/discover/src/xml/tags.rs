//! The tags and texts of a document, one after the other, whatever is broken between them.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Syntax errors after which reading stops. Each may cost a pass over the rest of the document.
const MAX_ERRORS: usize = 64;

/// A tag or a text.
pub(super) enum XmlTag<'a> {
    Start { name: String, attributes: Vec<(String, String)>, empty: bool },
    End { name: String },
    Text(Cow<'a, str>),
}

/// The tags and texts of a document, going on after what cannot be read.
pub(super) struct Tags<'a> {
    pub(super) text: &'a str,
    /// Where `reader` began.
    offset: usize,
    reader: Reader<&'a [u8]>,
    /// The root's prefix, with its colon.
    pub(super) prefix: Option<String>,
    errors: usize,
}

impl<'a> Tags<'a> {
    pub(super) fn new(text: &'a str) -> Tags<'a> {
        Tags { text, offset: 0, reader: reader(text), prefix: None, errors: 0 }
    }

    pub(super) fn position(&self) -> usize {
        self.offset + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    pub(super) fn next(&mut self) -> Option<XmlTag<'a>> {
        loop {
            let before = self.position();
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => return Some(self.start(&tag, false)),
                Ok(Event::Empty(tag)) => return Some(self.start(&tag, true)),
                Ok(Event::End(tag)) => return Some(XmlTag::End { name: self.name(tag.name().0) }),
                Ok(Event::Text(text)) => return Some(XmlTag::Text(text.into_inner())),
                Ok(Event::CData(text)) => return Some(XmlTag::Text(text.into_inner())),
                Ok(Event::GeneralRef(name)) => return Some(XmlTag::Text(Cow::Owned(entity(&name)))),
                Ok(Event::Eof) => return None,
                Ok(_) => {}
                Err(_) => self.go_on_after(before)?,
            }
        }
    }

    /// Reads on at the next tag after a syntax error.
    fn go_on_after(&mut self, before: usize) -> Option<()> {
        self.errors += 1;
        let rest = self.text.get(before..)?;
        let at = before + 1 + rest.get(1..)?.find('<')?;
        if self.errors > MAX_ERRORS {
            return None;
        }
        self.offset = at;
        self.reader = reader(&self.text[at..]);
        Some(())
    }

    fn start(&self, tag: &BytesStart<'_>, empty: bool) -> XmlTag<'a> {
        let attributes = tag
            .html_attributes()
            .with_checks(false)
            .flatten()
            .map(|attribute| (attribute.key.0.to_ascii_lowercase(), entities(&attribute.value)))
            .collect();
        XmlTag::Start { name: self.name(tag.name().0), attributes, empty }
    }

    fn name(&self, qualified: &str) -> String {
        let mut name = qualified.to_ascii_lowercase();
        if let Some(prefix) = &self.prefix
            && name.starts_with(prefix.as_str())
        {
            name.drain(..prefix.len());
        }
        name
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// What `&name;` stands for; itself, if that is not known here: HTML's own names are read with the HTML.
fn entity(name: &str) -> String {
    let known = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name.strip_prefix('#').and_then(|digits| {
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => digits.parse(),
            };
            char::from_u32(code.ok()?)
        }),
    };
    known.map_or_else(|| format!("&{name};"), String::from)
}

/// `text` with its entities read.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match after.find(';').filter(|end| *end <= 10 && after.is_char_boundary(*end)) {
            Some(end) => {
                out.push_str(&entity(&after[..end]));
                rest = &after[end + 1..];
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
