//! XML as it is found: records of named fields, read in one pass, whatever is broken between them.
//!
//! A feed or sitemap that is not well-formed is still read by every feed reader. So nothing here fails: an end tag
//! that matches nothing is passed over, a record ends where the next begins, an undeclared prefix is a prefix, an
//! unknown entity stays as it is written. Entities of a DTD are never expanded, so they cannot explode.

mod tags;

use tags::{Tags, XmlTag};

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
    /// Its name in lower case, without the prefix that the root has too.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// Its text, CDATA and entities read, tags left out.
    pub(super) text: String,
    /// What is between its tags as written, if there are tags in it.
    pub(super) markup: Option<String>,
}

impl Field {
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
                XmlTag::Start { name: known, .. } => inside |= local(&known) == name,
                XmlTag::Text(part) if inside => text.push_str(&part),
                XmlTag::End { name: known } if inside && local(&known) == name => {
                    found.push(std::mem::take(&mut text));
                    inside = false;
                }
                _ => {}
            }
        }
        found
    }
}

/// Reads the records of `text`.
pub(super) fn read(text: &str, shape: Shape) -> XmlDocument {
    let mut tags = Tags::new(text);
    let mut document = XmlDocument { is_cut: true, ..XmlDocument::default() };
    let mut open: Option<Record> = None;
    let mut next = tags.next();
    while let Some(tag) = next.take() {
        match tag {
            XmlTag::Start { name, attributes, empty } if document.root.name.is_empty() => {
                document.is_cut = !empty;
                tags.prefix = name.split_once(':').map(|(prefix, _)| format!("{prefix}:"));
                document.root = Field { name, attributes, ..Field::default() };
            }
            XmlTag::Start { name, attributes, .. } if shape.records.contains(&name.as_str()) => {
                document.records.extend(open.take());
                if document.records.len() >= shape.most {
                    document.truncated = true;
                    document.is_cut = false;
                    return document;
                }
                let head = Field { name, attributes, ..Field::default() };
                open = Some(Record { head, fields: Vec::new() });
            }
            XmlTag::Start { name, attributes, empty } if (shape.is_field)(&name) => {
                let mut field = Field { name, attributes, ..Field::default() };
                if !empty {
                    match capture(&mut tags, &mut field, shape) {
                        // A record that is cut in the middle of a value does not say what it means.
                        FieldEnd::Cut => {
                            open = None;
                            break;
                        }
                        FieldEnd::Whole => {}
                        FieldEnd::Unclosed(tag) => next = Some(tag),
                    }
                }
                open.as_mut().map_or(&mut document.channel, |record| &mut record.fields).push(field);
            }
            XmlTag::End { name } if open.as_ref().is_some_and(|record| record.head.name == name) => {
                document.records.extend(open.take());
            }
            XmlTag::End { name } if local(&name) == local(&document.root.name) => document.is_cut = false,
            _ => {}
        }
        next = next.or_else(|| tags.next());
    }
    document.records.extend(open);
    document
}

/// How a field ended.
enum FieldEnd<'a> {
    /// With its end tag.
    Whole,
    /// Without one, as this tag shows.
    Unclosed(XmlTag<'a>),
    /// With the text.
    Cut,
}

/// Reads on to the end of `field`.
fn capture<'a>(tags: &mut Tags<'a>, field: &mut Field, shape: Shape) -> FieldEnd<'a> {
    let from = tags.position();
    let mut same = 0;
    let mut has_tags = false;
    let mut until = from;
    let mut captured = FieldEnd::Cut;
    while let Some(tag) = tags.next() {
        match &tag {
            XmlTag::Text(part) => field.text.push_str(part),
            XmlTag::End { name } if *name == field.name && same == 0 => {
                captured = FieldEnd::Whole;
                break;
            }
            XmlTag::Start { name, .. } | XmlTag::End { name } if shape.records.contains(&name.as_str()) => {
                return FieldEnd::Unclosed(tag);
            }
            XmlTag::Start { name, empty, .. } => {
                has_tags = true;
                same += usize::from(*name == field.name && !empty);
            }
            XmlTag::End { name } => same -= usize::from(*name == field.name),
        }
        until = tags.position();
    }
    if has_tags {
        field.markup = tags.text.get(from..until).map(str::to_owned);
    }
    captured
}

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
            titles("<r><item><title>a < b</title></item><item><title>c</title></item>").last().unwrap(),
            "c"
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
}
