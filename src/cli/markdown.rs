//! An article's clean HTML as Markdown: CommonMark, with the tables of GitHub. What Markdown has no sign for (indices,
//! formulas, tables with joined cells) stays HTML, which Markdown allows.

mod blocks;
mod signs;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

use self::blocks::Blocks;
use self::signs::{address, escaped, fenced, ticked};
use crate::html::parse_html;

/// Writes `html`, as the archive keeps it, as Markdown.
pub(super) fn markdown(html: &str) -> String {
    let page = parse_html(html);
    let mut writer = Writer::default();
    let mut edges = page.tree.root().traverse();
    while let Some(edge) = edges.next() {
        match edge {
            Edge::Open(node) if writer.takes_whole(node) => {
                edges.by_ref().find(|edge| matches!(edge, Edge::Close(closed) if closed.id() == node.id()));
            }
            Edge::Open(node) => writer.open(node),
            Edge::Close(node) => writer.close(node),
        }
    }
    writer.blocks.finish()
}

#[derive(Default)]
struct Writer {
    blocks: Blocks,
    /// Where the open inline elements begin in the line that is being written.
    starts: Vec<usize>,
    row: Vec<String>,
    rows: Vec<Vec<String>>,
    in_table: bool,
}

impl Writer {
    /// Writes elements whose content is not walked.
    fn takes_whole(&mut self, node: NodeRef<'_, Node>) -> bool {
        let Some(element) = ElementRef::wrap(node) else { return false };
        match element.value().name() {
            "pre" => self.blocks.lines(&fenced(&code_of(element), language_of(element))),
            "code" => {
                self.blocks.inline.push_str(&ticked(&element.text().collect::<String>()));
            }
            "math" => self.blocks.inline.push_str(&element.html().replace('\n', " ")),
            "table" if !is_plain(element) => self.blocks.lines(&element.html().replace("\n\n", "\n&#10;")),
            "head" => {}
            _ => return false,
        }
        true
    }

    fn open(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Text(text) => self.blocks.text(&escaped(text, self.in_table)),
            Node::Element(element) => {
                let value = |name: &str| element.attr(name).and_then(|value| value.parse().ok());
                match element.name() {
                    "ul" => self.blocks.begin_list(None),
                    "ol" => self.blocks.begin_list(Some(value("start").unwrap_or(1))),
                    "li" => self.blocks.begin_item(value("value")),
                    "blockquote" => self.blocks.begin_quotation(),
                    "table" => {
                        self.blocks.end();
                        self.in_table = true;
                    }
                    "th" | "td" => self.blocks.inline.clear(),
                    "br" if self.in_table => self.blocks.inline.push_str("<br>"),
                    "br" => self.blocks.line_break(),
                    "hr" => self.blocks.lines("---"),
                    "img" => self.blocks.inline.push_str(&image(element.attr("alt"), element.attr("src"))),
                    name if heading(name).is_some() => self.blocks.end(),
                    name if is_block(name) => self.blocks.end(),
                    _ => self.starts.push(self.blocks.inline.len()),
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        let Some(element) = node.value().as_element() else { return };
        match element.name() {
            "ul" | "ol" => self.blocks.end_list(),
            "li" | "blockquote" => self.blocks.end_container(),
            "th" | "td" => self.row.push(std::mem::take(&mut self.blocks.inline).trim().to_owned()),
            "tr" => self.rows.push(std::mem::take(&mut self.row)),
            "table" => self.table(node),
            "dt" => self.blocks.end_with("**", "**"),
            "br" | "hr" | "img" => {}
            name => {
                if let Some(marks) = heading(name) {
                    self.blocks.end_with(marks, "");
                } else if is_block(name) {
                    self.blocks.end();
                } else {
                    let start = self.starts.pop().unwrap_or_default();
                    self.wrap(start, element);
                }
            }
        }
    }

    /// Puts the signs of an inline element around what was written since it began; white space stays outside.
    fn wrap(&mut self, start: usize, element: &scraper::node::Element) {
        let (before, behind) = match element.name() {
            "em" | "cite" => ("*".to_owned(), "*".to_owned()),
            "strong" => ("**".to_owned(), "**".to_owned()),
            "del" => ("~~".to_owned(), "~~".to_owned()),
            "q" => ("“".to_owned(), "”".to_owned()),
            "a" => match element.attr("href") {
                Some(href) => ("[".to_owned(), format!("]({})", address(href))),
                None => return,
            },
            "html" | "body" | "abbr" | "bdi" => return,
            name => (format!("<{name}>"), format!("</{name}>")),
        };
        self.blocks.wrap(start, &before, &behind);
    }

    fn table(&mut self, node: NodeRef<'_, Node>) {
        self.in_table = false;
        let mut rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        if columns == 0 {
            return;
        }
        let has_head = first_cell(node).is_some_and(|cell| cell == "th");
        if !has_head {
            rows.insert(0, Vec::new());
        }
        let line = |row: &Vec<String>| {
            let cells = (0..columns).map(|at| row.get(at).map_or("", String::as_str));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let mut lines: Vec<String> = rows.iter().map(line).collect();
        lines.insert(1, format!("|{}", " --- |".repeat(columns)));
        self.blocks.lines(&lines.join("\n"));
    }
}

fn heading(name: &str) -> Option<&'static str> {
    const HEADINGS: &[(&str, &str)] =
        &[("h1", "# "), ("h2", "## "), ("h3", "### "), ("h4", "#### "), ("h5", "##### "), ("h6", "###### ")];
    HEADINGS.iter().find(|(known, _)| *known == name).map(|(_, marks)| *marks)
}

fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] =
        &["p", "div", "figure", "figcaption", "caption", "dl", "dt", "dd", "thead", "tbody", "tfoot", "tr"];
    BLOCKS.contains(&name)
}

/// Whether every cell of the table is one line in one place.
fn is_plain(table: ElementRef<'_>) -> bool {
    const PARTS: &[&str] = &["p", "ul", "ol", "dl", "blockquote", "pre", "table", "figure", "caption", "div"];
    table.descendants().skip(1).filter_map(|node| node.value().as_element()).all(|element| {
        !PARTS.contains(&element.name())
            && element.attr("colspan").is_none()
            && element.attr("rowspan").is_none()
    })
}

fn first_cell<'a>(table: NodeRef<'a, Node>) -> Option<&'a str> {
    let mut names = table.descendants().filter_map(|node| Some(node.value().as_element()?.name()));
    names.find(|name| matches!(*name, "th" | "td"))
}

fn code_of(pre: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in pre.descendants() {
        match node.value() {
            Node::Text(part) => text.push_str(part),
            Node::Element(element) if element.name() == "br" => text.push('\n'),
            _ => {}
        }
    }
    text
}

fn language_of(pre: ElementRef<'_>) -> &str {
    let classes = pre.descendants().filter_map(|node| node.value().as_element()?.attr("class"));
    classes.filter_map(|class| class.trim().strip_prefix("language-")).next().unwrap_or_default()
}

fn image(alt: Option<&str>, src: Option<&str>) -> String {
    format!("![{}]({})", escaped(alt.unwrap_or_default(), false), address(src.unwrap_or_default()))
}

#[cfg(test)]
mod tests;
