//! Whether a table holds data or only lays out a page.

use ego_tree::{NodeId, NodeRef};
use scraper::{Node, node::Element};

/// Cells that hold more words than this are columns of a page.
const CELL_WORDS: usize = 150;
/// Cells of a plain table hold fewer words than this on average.
const MEAN_WORDS: usize = 18;

#[derive(Debug, Default)]
struct Shape {
    rows: usize,
    cells: usize,
    columns: usize,
    row: usize,
    words: usize,
    cell_words: usize,
    widest_cell: usize,
    has_heading_cells: bool,
    has_blocks: bool,
}

/// Whether `table` holds data. One that is said to be for looks, holds another table or has one row or column does
/// not, nor does one whose cells hold headings, players or long text. Rows that are not live do not count.
pub(super) fn holds_data(table: NodeRef<'_, Node>, is_live: &dyn Fn(NodeId) -> bool) -> bool {
    let Some(element) = table.value().as_element() else { return false };
    if matches!(element.attr("role"), Some("presentation" | "none")) {
        return false;
    }
    let Some(shape) = measure(table, is_live) else { return false };
    if shape.rows < 2 || shape.columns < 2 || shape.widest_cell > CELL_WORDS || shape.has_blocks {
        return false;
    }
    shape.has_heading_cells || is_ruled(element) || shape.words <= shape.cells * MEAN_WORDS
}

fn is_ruled(table: &Element) -> bool {
    table.attr("border").is_some_and(|border| border.trim() != "0")
}

/// `None` if it holds what no table of data holds.
fn measure(table: NodeRef<'_, Node>, is_live: &dyn Fn(NodeId) -> bool) -> Option<Shape> {
    let mut shape = Shape::default();
    let mut is_live_row = true;
    for node in table.descendants().inspect(crate::effort::step).skip(1) {
        match node.value() {
            Node::Element(element) => {
                if element.name() == "tr" {
                    is_live_row = is_live(node.id());
                }
                if is_live_row {
                    shape.meet(element)?;
                }
            }
            Node::Text(text) if is_live_row => {
                let words = text.split_whitespace().count();
                shape.words += words;
                shape.cell_words += words;
                shape.widest_cell = shape.widest_cell.max(shape.cell_words);
            }
            _ => {}
        }
    }
    Some(shape)
}

impl Shape {
    fn meet(&mut self, element: &Element) -> Option<()> {
        match element.name() {
            "table" | "pre" | "iframe" | "form" | "article" | "section" | "video" => return None,
            "tr" => {
                self.rows += 1;
                self.row = 0;
            }
            "td" | "th" => {
                let span = element.attr("colspan").and_then(|span| span.trim().parse().ok()).unwrap_or(1);
                self.cells += 1;
                self.row += usize::clamp(span, 1, 1000);
                self.columns = self.columns.max(self.row);
                self.cell_words = 0;
                self.has_heading_cells |= element.name() == "th";
            }
            "caption" => self.has_heading_cells = true,
            "h1" | "h2" | "h3" | "blockquote" => self.has_blocks = true,
            _ => {}
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;

    fn check(html: &str, expected: bool) {
        let document = Html::parse_document(html);
        let table = document.select(&Selector::parse("table").unwrap()).next().unwrap();
        assert_eq!(holds_data(*table, &|_| true), expected, "{html}");
    }

    #[test]
    fn short_cells_in_rows_and_columns_are_data() {
        check("<table><tr><th>Year<th>Seats<tr><td>2019<td>12</table>", true);
        check("<table><tr><td>2019<td>12<tr><td>2024<td>15</table>", true);
        check("<table><caption>Seats</caption><tr><td>2019<td>12<tr><td>2024<td>15</table>", true);
    }

    #[test]
    fn columns_of_a_page_are_no_data() {
        let text = "word ".repeat(200);
        check(&format!("<table><tr><td>Menu<td>{text}<tr><td>a<td>b</table>"), false);
        check("<table><tr><td>one cell</table>", false);
        check("<table><tr><td>a<td><table><tr><td>b</table><tr><td>c<td>d</table>", false);
        check("<table role=presentation><tr><td>2019<td>12<tr><td>2024<td>15</table>", false);
        check("<table><tr><td><h2>News</h2><td>b<tr><td>c<td>d</table>", false);
    }
}
