//! What stands in a line or for itself: runs of text with their marks, links, pictures and tables; and how texts are
//! written so that they are nothing else.

use super::{Place, Writer};
use crate::embedded::graph::{At, Graph};
use crate::render::escaped;

impl Writer<'_> {
    pub(super) fn link(&mut self, at: At, depth: usize) {
        let graph = self.graph;
        let address = deep_text(graph, at, &["href", "url", "uri"]).map(escaped);
        self.html += &format!("<a href=\"{}\">", address.unwrap_or_default());
        self.inner(at, Place::Line, depth);
        self.html += "</a>";
    }

    /// A run of text, with what marks it.
    pub(super) fn leaf(&mut self, at: At, depth: usize) {
        let graph = self.graph;
        let marks: Vec<At> = graph.field(at, "marks").map(|at| graph.items(at).to_vec()).unwrap_or_default();
        let named =
            |mark: &At| graph.text(*mark).or_else(|| graph.text_in(*mark, "type")).unwrap_or_default();
        let names: Vec<&str> = marks.iter().map(named).collect();
        let format: u32 =
            graph.field(at, "format").and_then(|at| graph.word(at)?.parse().ok()).unwrap_or_default();
        let is_set = |key: &str| graph.field(at, key).and_then(|at| graph.word(at)) == Some("true");
        let marked = |mark: &str, bit: u32| is_set(mark) || format & bit != 0;
        let strong = marked("bold", 1) || names.iter().any(|name| matches!(*name, "bold" | "strong"));
        let emphasis = marked("italic", 2) || names.iter().any(|name| matches!(*name, "italic" | "em"));
        let code = marked("code", 16) || names.contains(&"code");
        let tags = [("strong", strong), ("em", emphasis), ("code", code)];
        let tags: Vec<&str> = tags.iter().filter(|(_, is_set)| *is_set).map(|(tag, _)| *tag).collect();
        let link = marks.iter().find_map(|mark| deep_text(graph, *mark, &["href", "url"])).map(escaped);
        self.html += &link.as_ref().map(|link| format!("<a href=\"{link}\">")).unwrap_or_default();
        self.html.extend(tags.iter().map(|tag| format!("<{tag}>")));
        self.inner(at, Place::Line, depth);
        self.html.extend(tags.iter().rev().map(|tag| format!("</{tag}>")));
        self.html += if link.is_some() { "</a>" } else { "" };
    }

    pub(super) fn picture(&mut self, at: At) {
        let graph = self.graph;
        let Some(source) = deep_text(graph, at, &["src", "url", "originalUrl", "source_url"]) else { return };
        let alt =
            deep_text(graph, at, &["alt", "altText", "alternativeText", "alt_text"]).unwrap_or_default();
        self.html += &format!("<figure><img src=\"{}\" alt=\"{}\">", escaped(source), escaped(alt));
        if let Some(caption) = deep_text(graph, at, &["caption"]) {
            self.html += "<figcaption>";
            self.text(caption, Place::Line);
            self.html += "</figcaption>";
        }
        self.html += "</figure>\n";
    }

    /// Rows of cells, as a list of lists or as blocks.
    pub(super) fn table(&mut self, at: At, depth: usize) {
        let graph = self.graph;
        let data = graph.field(at, "data").unwrap_or(at);
        let rows = [data, at].into_iter().flat_map(|at| ["content", "rows"].map(|key| graph.field(at, key)));
        let Some(rows) = rows.flatten().find(|at| !graph.items(*at).is_empty()) else {
            return self.inner(at, Place::Flow, depth);
        };
        self.html += "<table>";
        for row in graph.items(rows) {
            let cells = ["cells", "content", "children"]
                .iter()
                .find_map(|key| graph.field(*row, key))
                .unwrap_or(*row);
            self.html += "<tr>";
            for cell in graph.items(cells) {
                self.html += "<td>";
                self.value(*cell, Place::Line, depth);
                self.html += "</td>";
            }
            self.html += "</tr>";
        }
        self.html += "</table>\n";
    }
}

/// The first text called one of `keys`, in an object or the objects in which it keeps what it has.
fn deep_text<'g>(graph: &'g Graph, at: At, keys: &[&str]) -> Option<&'g str> {
    let of = |at: At| keys.iter().find_map(|key| graph.text_in(at, key)).filter(|text| !text.is_empty());
    let kept = ["data", "attrs", "attributes", "file", "image", "asset", "fields", "target", "media"];
    let inner = || kept.iter().filter_map(|key| graph.field(at, key));
    of(at).or_else(|| inner().find_map(of)).or_else(|| {
        inner().flat_map(|at| kept.iter().filter_map(move |key| graph.field(at, key))).find_map(of)
    })
}

/// Writes plain text; many systems put entities into it nevertheless.
pub(super) fn escape(text: &str, html: &mut String) {
    let is_entity = |rest: &str| {
        let name = rest.split(';').next().filter(|name| name.len() < rest.len().min(9)).unwrap_or_default();
        let letters = name.trim_start_matches('#');
        !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    for (at, c) in text.char_indices() {
        match c {
            '&' if !is_entity(&text[at + 1..]) => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '\n' => html.push_str("<br>"),
            c => html.push(c),
        }
    }
}

pub(super) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
