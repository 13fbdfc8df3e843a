//! Small tables for people.

use console::measure_text_width;

use super::terminal::one_line;
use super::wrap::hanging;

/// The least width of the last column, where long text stands.
const LEAST: usize = 24;

/// Lays `rows` out in columns; columns of numbers are set right. Within `width`, the last column is broken between words,
/// and where there is no room for columns each row is a block of lines. The head comes first; each row ends its line.
pub(super) fn blocks(head: &[&str], rows: &[Vec<String>], width: Option<usize>) -> Vec<String> {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| one_line(cell)).collect()).collect();
    let table = Columns::of(head, &rows);
    let last = head.len().saturating_sub(1);
    let before: usize = table.widths[..last].iter().map(|column| column + GAP).sum();
    match width {
        Some(width) if before + table.widths[last].min(LEAST) > width => stacked(head, &rows, width),
        _ => {
            let head: Vec<String> = head.iter().map(|&cell| cell.to_owned()).collect();
            [&head].into_iter().chain(&rows).map(|row| table.line(row, width)).collect()
        }
    }
}

/// The same in one text, as wide as it is.
pub(super) fn layout(head: &[&str], rows: &[Vec<String>]) -> String {
    blocks(head, rows, None).concat()
}

/// Between two columns.
const GAP: usize = 2;

struct Columns {
    widths: Vec<usize>,
    numeric: Vec<bool>,
}

impl Columns {
    fn of(head: &[&str], rows: &[Vec<String>]) -> Columns {
        let width = |column: usize| {
            let cells = rows.iter().map(|row| measure_text_width(&row[column]));
            cells.chain([measure_text_width(head[column])]).max().unwrap_or(0)
        };
        let is_number = |cell: &String| cell == "-" || cell.parse::<f64>().is_ok();
        Columns {
            widths: (0..head.len()).map(width).collect(),
            numeric: (0..head.len()).map(|column| rows.iter().all(|row| is_number(&row[column]))).collect(),
        }
    }

    fn line(&self, cells: &[String], width: Option<usize>) -> String {
        let (last, mut text) = (cells.len().saturating_sub(1), String::new());
        for (column, cell) in cells.iter().enumerate() {
            let space = " ".repeat(self.widths[column].saturating_sub(measure_text_width(cell)));
            let gap = if column == 0 { "" } else { "  " };
            text.push_str(gap);
            match (self.numeric[column], column == last) {
                (true, _) => text.extend([space.as_str(), cell]),
                (false, true) => text = hanging(&text, cell, width),
                (false, false) => text.extend([cell, space.as_str()]),
            }
        }
        format!("{}\n", text.trim_end())
    }
}

/// Each row as a block of its own, a line a column that says something.
fn stacked(head: &[&str], rows: &[Vec<String>], width: usize) -> Vec<String> {
    let indent = head.iter().map(|name| measure_text_width(name)).max().unwrap_or(0) + GAP;
    let block = |row: &Vec<String>| {
        let cells = head.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
        let lines = cells.map(|(name, cell)| hanging(&format!("{name:<indent$}"), cell, Some(width)) + "\n");
        lines.collect::<String>() + "\n"
    };
    [String::new()].into_iter().chain(rows.iter().map(block)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_right_and_words_left() {
        let rows = [vec!["world".to_owned(), "7".to_owned()], vec!["a".to_owned(), "12".to_owned()]];
        assert_eq!(layout(&["source", "new"], &rows), "source  new\nworld     7\na        12\n");
    }

    #[test]
    fn what_is_too_long_for_the_terminal_is_broken_between_words() {
        let rows = [vec!["world".to_owned(), "failing: the server answered 503 for six hours".to_owned()]];
        let lines = blocks(&["source", "state"], &rows, Some(40)).concat();
        assert_eq!(lines, "source  state\nworld   failing: the server answered 503\n        for six hours\n");
    }

    #[test]
    fn where_columns_have_no_room_each_row_is_a_block() {
        let cells = ["world", "12345678901234567890", "12345678901234567890", "well"].map(str::to_owned);
        let lines = blocks(&["source", "a", "b", "state"], &[cells.to_vec()], Some(50)).concat();
        assert!(lines.starts_with("source  world\na       12345678901234567890\n"), "{lines}");
        assert!(lines.lines().all(|line| line.len() <= 50));
    }
}
