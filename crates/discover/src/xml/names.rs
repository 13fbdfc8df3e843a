//! The names of elements: by their namespace, whatever a document's prefix for it is.
//!
//! Scopes are kept as simple as feeds are: a prefix means what it was last declared to mean, and a default namespace
//! that is declared below the root holds for the element that declares it.

use std::collections::HashMap;

use super::tags::StartTag;

/// The prefixes under which the fields of these namespaces are looked for. Those of formats themselves have none. A
/// URI stands without scheme, `www.` and what follows its last letter or digit.
const NAMESPACES: &[(&str, &str)] = &[
    ("backend.userland.com/rss", ""),
    ("backend.userland.com/rss2", ""),
    ("blogs.law.harvard.edu/tech/rss", ""),
    ("channel.netscape.com/rdf/simple/0.9", ""),
    ("cyber.law.harvard.edu/rss", ""),
    ("google.com/schemas/sitemap/0.84", ""),
    ("google.com/schemas/sitemap-image/1.1", "image"),
    ("google.com/schemas/sitemap-news/0.9", "news"),
    ("itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("my.netscape.com/rdf/simple/0.9", ""),
    ("purl.org/atom/ns", ATOM),
    ("purl.org/dc/elements/1.0", "dc"),
    ("purl.org/dc/elements/1.1", "dc"),
    ("purl.org/dc/terms", "dcterms"),
    ("purl.org/net/rss1.1", ""),
    ("purl.org/rss/1.0", ""),
    ("purl.org/rss/1.0/modules/content", "content"),
    ("rssnamespace.org/feedburner/ext/1.0", "feedburner"),
    ("search.yahoo.com/mrss", "media"),
    ("search.yahoo.com/rss", "media"),
    ("rssboard.org/media-rss", "media"),
    ("sitemaps.org/schemas/sitemap/0.9", ""),
    ("w3.org/1999/02/22-rdf-syntax-ns", "rdf"),
    ("w3.org/1999/xhtml", "xhtml"),
    ("w3.org/2005/atom", ATOM),
];

/// What prefixes that nobody declared mostly mean.
const UNDECLARED: &[(&str, &str)] =
    &[("a10", ATOM), ("atom03", ATOM), ("atom10", ATOM), ("dublincore", "dc"), ("rss", "")];

const ATOM: &str = "atom";

#[derive(Default)]
pub(super) struct Names {
    /// What each prefix was declared to mean.
    prefixes: HashMap<String, &'static str>,
    /// The prefix of the root, if it was not declared.
    root: Option<String>,
    has_root: bool,
    /// Whether the document is Atom's: its elements need no prefix.
    is_atom: bool,
}

impl Names {
    /// The name of an element by its namespace, in lower case. Declarations in its tag hold for what follows.
    pub(super) fn of(&mut self, tag: &StartTag) -> String {
        let mut default = None;
        for (name, uri) in &tag.attributes {
            match name.strip_prefix("xmlns") {
                Some("") => default = known(uri),
                Some(prefix) if prefix.starts_with(':') => match known(uri) {
                    Some(canonical) => drop(self.prefixes.insert(prefix[1..].to_owned(), canonical)),
                    None => drop(self.prefixes.remove(&prefix[1..])),
                },
                _ => {}
            }
        }
        let (prefix, local) = tag.written.split_once(':').unwrap_or(("", &tag.written));
        let is_root = !std::mem::replace(&mut self.has_root, true);
        if is_root {
            self.begin(prefix, default);
            return local.to_owned();
        }
        let canonical = match prefix {
            "" => default.unwrap_or_default(),
            _ if self.root.as_deref() == Some(prefix) => "",
            _ => self.prefixes.get(prefix).copied().unwrap_or_else(|| undeclared(prefix)),
        };
        let canonical = if canonical == ATOM && self.is_atom { "" } else { canonical };
        if canonical.is_empty() { local.to_owned() } else { format!("{canonical}:{local}") }
    }

    fn begin(&mut self, prefix: &str, default: Option<&str>) {
        let declared = if prefix.is_empty() { default } else { self.prefixes.get(prefix).copied() };
        self.is_atom = declared == Some(ATOM) || undeclared(prefix) == ATOM;
        self.root = (!prefix.is_empty() && declared.is_none()).then(|| prefix.to_owned());
    }
}

/// The prefix under which fields of this namespace are looked for.
fn known(uri: &str) -> Option<&'static str> {
    let uri = uri.trim().to_ascii_lowercase();
    let uri = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://")).unwrap_or(&uri);
    let uri = uri.strip_prefix("www.").unwrap_or(uri);
    let uri = uri.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    NAMESPACES.iter().find(|(known, _)| *known == uri).map(|(_, canonical)| *canonical)
}

fn undeclared(prefix: &str) -> &str {
    UNDECLARED.iter().find(|(known, _)| *known == prefix).map_or(prefix, |(_, canonical)| canonical)
}
