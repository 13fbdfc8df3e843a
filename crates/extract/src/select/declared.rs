//! What a page declares of itself in its head, as far as its body is judged by it. The article's metadata proper is
//! read elsewhere.

use ego_tree::NodeRef;
use html5ever::{LocalName, local_name};
use scraper::node::Element;
use scraper::{Html, Node};
use serde_json::Value;
use tearsheet_html::PageData;

/// Declarations of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Declared {
    /// `og:title`, else `<title>`.
    pub(crate) title: String,
    /// `og:description`, else the description.
    pub(crate) description: String,
    pub(crate) kind: Kind,
    /// Whether it names a time of publication.
    pub(crate) has_published: bool,
    /// JSON-LD's types, a bit each, by their place in [`TYPES`].
    pub(crate) types: u32,
    /// JSON-LD's `articleBody` or `text`, the longest.
    pub(crate) body: String,
    /// The program that made it, if it says so: 1 WordPress, 2 Discourse, 3 another.
    pub(crate) generator: u8,
    /// Whether it is a discussion, whose text is what its readers wrote.
    pub(crate) is_thread: bool,
}

/// `og:type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    #[default]
    Unsaid,
    Article,
    Product,
    Website,
    Other,
}

/// Groups of schema.org's types that tell kinds of pages apart.
// The order is part of the trained model: add new ones at the end.
pub(crate) const TYPES: &[(&str, &[&str])] = &[
    ("article", &["Article", "BlogPosting"]),
    ("product", &["Product"]),
    ("forum", &["DiscussionForumPosting", "QAPage", "Question"]),
    ("list", &["ItemList", "CollectionPage"]),
    ("faq", &["FAQPage"]),
    ("technical", &["TechArticle", "APIReference"]),
    ("recipe", &["Recipe"]),
    ("business", &["LocalBusiness", "Service", "Organization"]),
];

/// The types of schema.org of pages that are discussions, in JSON-LD and on elements. A page of frequent questions has
/// answers too, but in JSON-LD alone.
const THREADS: &[&str] = &["DiscussionForumPosting", "QAPage"];
const THREAD_ITEMS: &[&str] = &["/DiscussionForumPosting", "/QAPage", "/Answer"];

/// Reads what `document` declares, in its elements and in its `data`.
pub(crate) fn read(document: &Html, data: &PageData<'_>) -> Declared {
    let mut found = Declared::default();
    for script in data.linked_data() {
        found.read_json(data.values(script));
    }
    let mut title = String::new();
    let mut description = String::new();
    for node in document.tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        match element.name.local {
            local_name!("meta") => found.read_meta(element, &mut description),
            local_name!("title") if title.is_empty() => title = text_of(node),
            _ => {}
        }
        found.is_thread |= attribute(element, &local_name!("itemtype"))
            .is_some_and(|kind| THREAD_ITEMS.iter().any(|end| kind.trim_end().ends_with(end)));
    }
    if found.title.is_empty() {
        found.title = title;
    }
    if found.description.is_empty() {
        found.description = description;
    }
    found
}

fn text_of(node: NodeRef<'_, Node>) -> String {
    node.children()
        .inspect(crate::effort::step)
        .filter_map(|child| child.value().as_text())
        .map(|text| &**text)
        .collect()
}

/// The attribute called `name`, without making a name of it as `attr` does.
fn attribute<'a>(element: &'a Element, name: &LocalName) -> Option<&'a str> {
    element.attrs.iter().find(|(attribute, _)| attribute.local == *name).map(|(_, value)| &**value)
}

impl Declared {
    fn read_meta(&mut self, element: &Element, description: &mut String) {
        let Some(content) = attribute(element, &local_name!("content")) else { return };
        let name = attribute(element, &local_name!("property"));
        let Some(name) = name.or_else(|| attribute(element, &local_name!("name"))) else { return };
        let set = |field: &mut String| {
            if field.is_empty() {
                content.clone_into(field);
            }
        };
        match name {
            "og:title" => set(&mut self.title),
            "og:description" => set(&mut self.description),
            "description" | "Description" => set(description),
            "article:published_time" => self.has_published = true,
            "og:type" if self.kind == Kind::Unsaid => {
                self.kind = match content {
                    kind if kind.contains("article") => Kind::Article,
                    kind if kind.contains("product") => Kind::Product,
                    kind if kind.contains("website") => Kind::Website,
                    _ => Kind::Other,
                };
            }
            "generator" | "Generator" if self.generator == 0 => {
                self.generator = match content.to_ascii_lowercase() {
                    made if made.contains("wordpress") => 1,
                    made if made.contains("discourse") => 2,
                    _ => 3,
                };
            }
            _ => {}
        }
    }

    fn read_json(&mut self, values: &[Value]) {
        let mut open: Vec<&Value> = values.iter().collect();
        while let Some(value) = open.pop() {
            match value {
                Value::Array(values) => open.extend(values),
                Value::Object(fields) => {
                    for (name, value) in fields {
                        self.read_field(name, value);
                        if value.is_array() || value.is_object() {
                            open.push(value);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn read_field(&mut self, name: &str, value: &Value) {
        match (name, value) {
            ("@type", Value::String(kind)) => self.add_type(kind),
            ("@type", Value::Array(kinds)) => {
                for kind in kinds.iter().filter_map(Value::as_str) {
                    self.add_type(kind);
                }
            }
            ("articleBody" | "text", Value::String(body)) if body.len() > self.body.len() => {
                self.body.clone_from(body);
            }
            _ => {}
        }
    }

    fn add_type(&mut self, kind: &str) {
        self.is_thread |= THREADS.contains(&kind);
        for (place, (_, words)) in TYPES.iter().enumerate() {
            if words.iter().any(|word| kind.contains(word)) {
                self.types |= 1 << place;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom;

    fn read_page(document: &Html) -> Declared {
        read(document, &PageData::of(document))
    }

    #[test]
    fn title_description_and_body_are_read() {
        let declared = read_page(&dom::parse(
            r#"<title>T | Site</title><meta name=description content=D><meta property=og:type content=article>
            <script type=application/ld+json>{"@graph":[{"@type":["NewsArticle"],"articleBody":"B c"}]}</script>"#,
            dom::Scripting::Enabled,
        ));
        assert_eq!((declared.title.as_str(), declared.description.as_str()), ("T | Site", "D"));
        assert_eq!((declared.body.as_str(), declared.kind, declared.types), ("B c", Kind::Article, 1));
    }

    #[test]
    fn a_slip_in_json_changes_nothing() {
        let page = |json: &str| {
            let script = format!("<script type=application/ld+json>{json}</script>");
            read_page(&dom::parse(&script, dom::Scripting::Enabled))
        };
        let sound = page(r#"{"@type": "NewsArticle", "articleBody": "B c"}"#);
        assert_eq!((sound.body.as_str(), sound.types), ("B c", 1));
        assert_eq!(page(r#"{"@type": "NewsArticle", "articleBody": "B c",}"#), sound, "a trailing comma");
        assert_eq!(page("/* made by hand */ {\"@type\": \"NewsArticle\" \"articleBody\": \"B c\"}"), sound);
    }

    #[test]
    fn what_cannot_be_read_declares_nothing() {
        let declared =
            read_page(&dom::parse("<script type=application/ld+json>{</script>", dom::Scripting::Enabled));
        assert_eq!(declared, Declared::default());
    }
}
