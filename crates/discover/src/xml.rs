//! XML as it is found: records of named fields, read in one pass, whatever is broken between them.
//!
//! A feed or sitemap that is not well-formed is still read by every feed reader. So nothing here fails: an end tag
//! that matches nothing is passed over, a record ends where the next begins, a field without an end tag ends where the
//! next begins, an unknown entity stays as it is written. Entities of a DTD are never expanded, so they cannot explode.

mod entities;
mod names;
mod tags;

pub(super) use tags::{StartTag, Tags, XmlTag};

/// What is looked for in a document.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    /// The elements that hold a record.
    pub(super) records: &'static [&'static str],
    /// Whether an element of this name is taken whole, as a field.
    pub(super) is_field: fn(&str) -> bool,
    /// Records after which reading stops.
    pub(super) most: usize,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct XmlDocument {
    /// The outermost element, without its content.
    pub(super) root: Field,
    /// The element around the records, if it is not the outermost.
    pub(super) holder: Field,
    /// The fields outside of records.
    pub(super) channel: Vec<Field>,
    pub(super) records: Vec<Record>,
    /// Whether there were more records than were asked for.
    pub(super) truncated: bool,
    /// Whether the text ends before the outermost element does: it was cut off on its way.
    pub(super) is_cut: bool,
}

/// An element that holds fields.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The element, without its content.
    pub(super) head: Field,
    pub(super) fields: Vec<Field>,
}

/// An element that carries a value.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Its name in lower case, with the usual prefix of its namespace, if that is not the format's own.
    pub(super) name: String,
    /// Its name as written, in lower case.
    written: String,
    attributes: Vec<(String, String)>,
    /// Its text, CDATA and entities read, tags left out.
    pub(super) text: String,
    /// What is between its tags as written, if there are tags in it.
    pub(super) markup: Option<String>,
}

impl Field {
    fn of(tag: StartTag) -> Field {
        let StartTag { written, name, attributes, .. } = tag;
        Field { name, written, attributes, ..Field::default() }
    }

    /// The value of the attribute `name` (lower case).
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The texts of the elements called `name` in it.
    pub(super) fn inner(&self, name: &str) -> Vec<String> {
        let Some(markup) = &self.markup else { return Vec::new() };
        let mut found = Vec::new();
        let (mut inside, mut text) = (false, String::new());
        let mut tags = Tags::new(markup);
        while let Some(tag) = tags.next() {
            match tag {
                XmlTag::Start(tag) => inside |= local(&tag.written) == name,
                XmlTag::Text(part) if inside => text.push_str(&part),
                XmlTag::End(known) if inside && local(&known) == name => {
                    found.push(std::mem::take(&mut text));
                    inside = false;
                }
                _ => {}
            }
        }
        found
    }

    /// The elements called `name` in it, without their content.
    pub(super) fn elements(&self, name: &str) -> Vec<Field> {
        let Some(markup) = &self.markup else { return Vec::new() };
        let mut tags = Tags::new(markup);
        let next = || tags.next();
        let starts = std::iter::from_fn(next).filter_map(|tag| match tag {
            XmlTag::Start(tag) if local(&tag.written) == name => Some(Field::of(tag)),
            _ => None,
        });
        starts.collect()
    }
}

/// Reads the records of `text`.
pub(super) fn read(text: &str, shape: Shape) -> XmlDocument {
    let mut reader = Reader {
        tags: Tags::new(text),
        shape,
        document: XmlDocument { is_cut: true, ..XmlDocument::default() },
        open: None,
    };
    while let Some(tag) = reader.tags.next() {
        match reader.take(tag) {
            Step::On => {}
            Step::Enough => return reader.document,
            // A record that is cut in the middle of a value does not say what it means.
            Step::Cut => {
                reader.open = None;
                break;
            }
        }
    }
    reader.document.records.extend(reader.open);
    reader.document
}

struct Reader<'a> {
    tags: Tags<'a>,
    shape: Shape,
    document: XmlDocument,
    /// The record that is being read.
    open: Option<Record>,
}

enum Step {
    On,
    /// There are as many records as were asked for.
    Enough,
    /// The document ends in a field.
    Cut,
}

impl Reader<'_> {
    fn take(&mut self, tag: XmlTag<'_>) -> Step {
        match tag {
            XmlTag::Start(tag) if self.document.root.written.is_empty() => {
                self.document.is_cut = !tag.is_empty;
                self.document.root = Field::of(tag);
            }
            XmlTag::Start(tag) if self.is_record(&tag.name) => return self.begin(tag),
            XmlTag::Start(tag) if (self.shape.is_field)(&tag.name) => return self.read_field(tag),
            XmlTag::Start(tag) if tag.name == HOLDER => self.document.holder = Field::of(tag),
            XmlTag::End(name) if self.open.as_ref().is_some_and(|record| record.head.written == name) => {
                self.document.records.extend(self.open.take());
            }
            XmlTag::End(name) if name == self.document.root.written => self.document.is_cut = false,
            _ => {}
        }
        Step::On
    }

    fn is_record(&self, name: &str) -> bool {
        self.shape.records.contains(&name)
    }

    fn begin(&mut self, tag: StartTag) -> Step {
        // An empty one inside another holds nothing, and ends nothing.
        if tag.is_empty && self.open.is_some() {
            return Step::On;
        }
        self.document.records.extend(self.open.take());
        if self.document.records.len() >= self.shape.most {
            self.document.truncated = true;
            self.document.is_cut = false;
            return Step::Enough;
        }
        let is_whole = tag.is_empty;
        let record = Record { head: Field::of(tag), fields: Vec::new() };
        if is_whole {
            self.document.records.push(record);
        } else {
            self.open = Some(record);
        }
        Step::On
    }

    fn read_field(&mut self, tag: StartTag) -> Step {
        let is_empty = tag.is_empty;
        let mut field = Field::of(tag);
        if !is_empty && self.capture(&mut field).is_none() {
            return Step::Cut;
        }
        self.open.as_mut().map_or(&mut self.document.channel, |record| &mut record.fields).push(field);
        Step::On
    }

    /// Reads on to the end of `field`. Without an end tag of its own it ends where the next field of the record begins,
    /// and if there is none with the record; `None` if the document ends before.
    fn capture(&mut self, field: &mut Field) -> Option<()> {
        let from = self.tags.position();
        let mut same = 0_usize;
        let mut has_tags = false;
        // Where the next field begins, and how much text is before it.
        let mut next_field: Option<(usize, usize)> = None;
        loop {
            let until = self.tags.position();
            let tag = self.tags.next()?;
            match &tag {
                XmlTag::Text(part) => field.text.push_str(part),
                XmlTag::End(name) if *name == field.written && same == 0 => {
                    field.markup = has_tags.then(|| self.tags.text[from..until].to_owned());
                    return Some(());
                }
                XmlTag::Start(tag) if tag.written == field.written => {
                    has_tags = true;
                    same += usize::from(!tag.is_empty);
                }
                XmlTag::Start(StartTag { name, .. }) if !self.is_record(name) => {
                    has_tags = true;
                    if next_field.is_none() && (self.shape.is_field)(name) {
                        next_field = Some((until, field.text.len()));
                    }
                }
                XmlTag::End(name) if *name == field.written => same -= 1,
                XmlTag::End(name) if !self.ends_record(name) => has_tags = true,
                XmlTag::Start(_) | XmlTag::End(_) => {
                    let (end, length) = next_field.unwrap_or((until, field.text.len()));
                    if self.tags.go_back(end) {
                        field.text.truncate(length);
                        let markup = &self.tags.text[from..end];
                        field.markup = markup.contains('<').then(|| markup.to_owned());
                    }
                    return Some(());
                }
            }
        }
    }

    fn ends_record(&self, written: &str) -> bool {
        let is_open = self.open.as_ref().is_some_and(|record| record.head.written == written);
        is_open || written == self.document.root.written || local(written) == HOLDER
    }
}

/// The element around the items of RSS.
const HOLDER: &str = "channel";

/// `name` without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape =
        Shape { records: &["item"], is_field: |name| matches!(name, "title" | "link" | "body"), most: 100 };

    fn titles(text: &str) -> Vec<String> {
        read(text, SHAPE)
            .records
            .into_iter()
            .map(|record| {
                record.fields.into_iter().filter(|f| f.name == "title").map(|f| f.text).collect::<String>()
            })
            .collect()
    }

    #[test]
    fn a_field_is_read_with_its_entities_and_cdata() {
        let text = "<r><item><title>a &amp; b &#x41;&nbsp;<![CDATA[<i>]]></title></item></r>";
        assert_eq!(titles(text), ["a & b A&nbsp;<i>"]);
    }

    #[test]
    fn what_is_broken_costs_only_itself() {
        assert_eq!(titles("<r><item><title>Q & A</title><item><title>b</item></x></r>"), ["Q & A", "b"]);
        assert_eq!(titles("<r><item><title>a</title></item><item><title>cut"), ["a"]);
        assert_eq!(
            titles("<r><item><title>a < b</title></item><item><title>c <3</title></item>"),
            ["a < b", "c <3"]
        );
    }

    #[test]
    fn a_document_whose_end_is_missing_is_cut() {
        let is_cut = |text: &str| read(text, SHAPE).is_cut;
        for whole in ["<r><item/></r>", "<a:r xmlns:a='x'><item/></a:r>", "<r/>"] {
            assert!(!is_cut(whole), "{whole}");
        }
        for cut in
            ["<r><item><title>a</title></item>", "<r><item><title>a", "<r><item><link>http://a.example/1", ""]
        {
            assert!(is_cut(cut), "{cut}");
        }
    }

    #[test]
    fn tags_in_a_field_are_kept_as_written() {
        let document = read("<r><item><body><p>x<br>y</p></body></item></r>", SHAPE);
        let field = &document.records[0].fields[0];
        assert_eq!(field.markup.as_deref(), Some("<p>x<br>y</p>"));
        assert_eq!(field.text, "xy");
        assert_eq!(field.inner("p"), ["xy"]);
    }

    #[test]
    fn a_bomb_of_entities_stays_small() {
        let bomb =
            "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><r><item><title>&b;</title></item></r>";
        assert_eq!(titles(bomb), ["&b;"]);
    }

    #[test]
    fn reading_stops_at_the_most() {
        let document = read(&format!("<r>{}</r>", "<item/>".repeat(101)), SHAPE);
        assert_eq!((document.records.len(), document.truncated), (100, true));
    }

    #[test]
    fn unclosed_sections_end_the_reading_in_time() {
        assert!(titles(&format!("<r>{}", "<![CDATA[".repeat(100_000))).is_empty());
    }

    #[test]
    fn a_field_without_an_end_tag_ends_where_the_next_begins() {
        let fields = |text: &str| -> Vec<String> {
            let document = read(text, SHAPE);
            let all = document.records.iter().flat_map(|record| &record.fields);
            all.map(|field| format!("{}={}", field.name, field.text.trim())).collect()
        };
        let whole = "<item><title>b</title><link>2</link></item></r>";
        let check = |first: &str, expected: &[&str]| {
            let mut expected = expected.to_vec();
            expected.extend(["title=b", "link=2"]);
            assert_eq!(fields(&format!("<r>{first}{whole}")), expected);
        };
        check("<item><title>a<link>1</link></item>", &["title=a", "link=1"]);
        check("<item><link>1</link><title>a</item>", &["link=1", "title=a"]);
        check("<item><link>1<title>a</item>", &["link=1", "title=a"]);
        check("<item><body>x <b>y<link>1</link></item>", &["body=x y", "link=1"]);
        check("<item><title>a</titel><link>1</link></item>", &["title=a", "link=1"]);
    }

    #[test]
    fn signs_that_are_no_tags_are_text() {
        let check = |title: &str, expected: &str| {
            let text = format!("<r><item><title>{title}</title></item><item><title>z</title></item></r>");
            assert_eq!(titles(&text), [expected, "z"]);
        };
        check("I <3 boats", "I <3 boats");
        check("x < y and y > z", "x < y and y > z");
        check("x <y and z", "x <y and z");
        check("a << b", "a << b");
        check("if (a<b)&&(c<d)", "if (a<b)&&(c<d)");
        check("&lt;b&gt; &amp;lt;", "<b> &lt;");
    }

    #[test]
    fn a_missing_quotation_mark_costs_its_attribute() {
        let links = |text: &str| -> Vec<Option<String>> {
            let document = read(text, SHAPE);
            let all = document.records.iter().flat_map(|record| &record.fields);
            all.map(|field| field.attribute("href").map(str::to_owned)).collect()
        };
        let some = |href: &str| Some(href.to_owned());
        for first in ["<link href=\"1/>", "<link href=1\"/>", "<link href=\"1 rel=\"x\"/>", "<link href='1'>"]
        {
            let text = format!("<r><item>{first}</item><item><link href=\"2\"/></item></r>");
            let found = links(&text);
            assert_eq!(found.last(), Some(&some("2")), "{first}");
            assert_eq!(
                found.first().unwrap().as_deref().map(|href| href.trim_end_matches('/')),
                Some("1"),
                "{first}"
            );
        }
        assert_eq!(links("<r><item><link title='a > b' href='1'/></item></r>"), [some("1")]);
    }

    #[test]
    fn an_empty_record_in_another_holds_nothing() {
        assert_eq!(
            titles("<r><item><item/><title>a</title></item><item><title>b</title></item></r>"),
            ["a", "b"]
        );
    }

    #[test]
    fn a_section_without_an_end_costs_its_record() {
        let text = "<r><item><title><![CDATA[a</title></item><item><title><![CDATA[b]]></title></item></r>";
        assert_eq!(titles(text), ["a", "b"]);
    }

    #[test]
    fn names_are_told_by_their_namespaces() {
        let shape = Shape {
            records: &["item", "entry"],
            is_field: |name| matches!(name, "title" | "dc:title" | "atom:title" | "media:title"),
            most: 9,
        };
        let check = |text: &str, expected: &[&str]| {
            let document = read(text, shape);
            let fields: Vec<&str> =
                document.records.iter().flat_map(|record| &record.fields).map(|field| &*field.name).collect();
            assert_eq!(fields, expected, "{text}");
        };
        check("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>a</title></entry></feed>", &["title"]);
        check(
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>a</a:title></a:entry></a:feed>",
            &["title"],
        );
        check("<x:feed><x:entry><x:title>a</x:title></x:entry></x:feed>", &["title"]);
        check(
            "<q:RDF xmlns:q='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:r='http://purl.org/rss/1.0/'>\
             <r:item><r:title>a</r:title></r:item></q:RDF>",
            &["title"],
        );
        check(
            "<rss xmlns:core='http://purl.org/dc/elements/1.1/' xmlns:t='https://www.w3.org/2005/Atom'>\
             <item><core:title>a</core:title><t:title>b</t:title></item></rss>",
            &["dc:title", "atom:title"],
        );
        check(
            "<rss><item><title xmlns='http://search.yahoo.com/mrss/'>a</title></item></rss>",
            &["media:title"],
        );
        check(
            "<rss><item><media:title>a</media:title><atom10:title>b</atom10:title></item></rss>",
            &["media:title", "atom:title"],
        );
        check("<rss xmlns:title='urn:x'><item><title:sub>a</title:sub></item></rss>", &[]);
    }
}
