//! The text of an object that is about the page: the field, or a field of what it holds, in which most of it stands.

use super::about::title;
use super::graph::{At, Graph, Node};
use super::{markup, plain_words};

/// How deep in an object its text may lie.
const MOST_DEPTH: u32 = 6;
/// Fields that are looked at, of one object and what it holds.
const MOST_FIELDS: usize = 600;
/// Fewer bytes are no text.
const LEAST: usize = 60;
/// Items of a list that tell what it is.
const TOLD: usize = 24;

/// Parts of the names of fields that hold texts, in languages in which programs are written.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "body", "content", "html", "text", "story", "paragraph", "block", "element", "article", "cooked", "rendered", "markdown",
    "document", "section", "post", "children", "nodes", "inhalt", "artikel", "texto", "testo", "texte", "cuerpo", "contenido",
    "conteudo", "contenu", "corpo", "corps", "noticia",
];
/// Names of fields that only wrap what the field around them names.
const WRAPPERS: &[&str] =
    &["data", "value", "main", "json", "default", "raw", "processed", "root", "doc", "en"];
/// Parts of the names of fields that say something else, and names.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "excerpt", "summary", "teaser", "abstract", "seo", "caption", "credit", "copyright", "biograph", "related",
    "recommend", "trending", "popular", "latest", "comment", "translation", "consent", "cookie", "privacy", "advert",
    "promo", "newsletter", "sponsor", "navigation", "footer", "author", "thumbnail", "gallery", "legal", "disclaimer",
    "schema", "jsonld", "subscri", "script", "style", "breadcrumb", "keyword", "transcript", "review", "sidebar",
    "menu", "tracking", "analytics", "opengraph", "user", "more_from", "morefrom", "mostread", "alternate", "cart", "checkout", "payment", "shipping", "modal", "popup", "banner",
    "previous", "suggested", "similar",
];
#[rustfmt::skip]
const OTHER_NAMES: &[&str] = &[
    "ad", "ads", "bio", "meta", "nav", "header", "tags", "next", "prev", "dek", "lead_image", "media", "images",
    "image", "video", "videos", "query", "variables", "site", "config", "settings", "menus", "routes", "i18n",
    "messages", "strings",
];

/// A text.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) html: String,
    pub(super) words: u32,
    /// The way to it from the object.
    pub(super) path: String,
}

/// The text of the object at `at`.
pub(super) fn best(graph: &Graph, at: At) -> Option<Text> {
    let own = title(graph, at);
    let mut waiting = vec![(at, String::new(), 0, false)];
    let mut best: Option<(u32, Text)> = None;
    let mut seen = 0;
    while let Some((object, path, depth, is_within)) = waiting.pop() {
        for (key, value) in graph.fields(object) {
            let name = key.to_lowercase();
            seen += 1;
            if seen > MOST_FIELDS || says_other(&name) {
                continue;
            }
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let is_named = TEXTS.iter().any(|part| name.contains(part))
                || is_within && WRAPPERS.contains(&name.as_str());
            if is_named && is_text(graph, *value) {
                let html = markup::html(graph, *value);
                let words = plain_words(&html);
                let weight = words * 4 + u32::from(html.contains("<p"));
                if words > 0 && best.as_ref().is_none_or(|(known, _)| weight > *known) {
                    best = Some((weight, Text { html, words, path: path.clone() }));
                }
            }
            let is_own = || title(graph, *value).is_none_or(|title| Some(title) == own);
            if !graph.fields(*value).is_empty() && depth < MOST_DEPTH && is_own() {
                waiting.push((*value, path, depth + 1, is_named));
            }
        }
    }
    best.map(|(_, text)| text)
}

fn says_other(name: &str) -> bool {
    OTHER_NAMES.contains(&name) || OTHERS.iter().any(|part| name.contains(part))
}

/// Whether a value may be a text: a long one, blocks, or what an editor writes as one document.
fn is_text(graph: &Graph, at: At) -> bool {
    match graph.node(at) {
        Node::Text(text) => {
            text.len() >= LEAST && text.contains(is_between_words) && !text.starts_with("http")
        }
        Node::List(items) => is_blocks(graph, items),
        Node::Object(_) => {
            let lists =
                ["content", "children", "blocks", "nodes"].iter().filter_map(|key| graph.field(at, key));
            let root = graph.field(at, "root").and_then(|root| graph.field(root, "children"));
            lists.chain(root).any(|list| is_blocks(graph, graph.items(list)))
        }
        _ => false,
    }
}

/// White space, or a mark that ends a sentence where words have none between them.
fn is_between_words(c: char) -> bool {
    c.is_whitespace() || matches!(c, '。' | '、' | '，' | '་' | '။' | '។')
}

/// Whether the values of a list are blocks of a text, and not articles with titles and addresses of their own.
fn is_blocks(graph: &Graph, items: &[At]) -> bool {
    let told = || items.iter().take(TOLD);
    let is_teaser = |at: &&At| {
        let addresses = ["url", "slug", "href", "permalink", "path", "link", "canonical_url"];
        title(graph, **at).is_some() && addresses.iter().any(|key| graph.text_in(**at, key).is_some())
    };
    let is_long =
        |text: &str| text.len() >= LEAST / 2 && text.contains(is_between_words) || text.contains("<p");
    let holds = |at: At| graph.text(at).map_or_else(|| graph.word(at).is_none(), is_long);
    let keys = ["text", "html", "children", "content", "value", "paragraphs", "body"];
    let is_part = |at: &&At| match graph.node(**at) {
        Node::Text(text) => is_long(text),
        Node::Object(_) => {
            markup::kind_name(graph, **at).is_some()
                || keys.iter().filter_map(|key| graph.field(**at, key)).any(holds)
        }
        _ => false,
    };
    let (parts, teasers) = (told().filter(is_part).count(), told().filter(is_teaser).count());
    parts * 2 > told().count() && teasers * 3 <= parts
}
