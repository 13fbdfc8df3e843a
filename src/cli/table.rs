//! Small tables for people.

use std::fmt::Write;

use super::terminal::one_line;

/// Lays `rows` out in columns; columns of numbers are set right.
pub(super) fn layout(head: &[&str], rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| one_line(cell)).collect()).collect();
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([head[column].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let numeric: Vec<bool> =
        (0..head.len()).map(|column| rows.iter().all(|row| row[column].parse::<f64>().is_ok())).collect();
    let mut out = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut text = String::new();
        for (column, cell) in cells.enumerate() {
            let width = widths[column];
            let gap = if column == 0 { "" } else { "  " };
            let _ = if numeric[column] {
                write!(text, "{gap}{cell:>width$}")
            } else {
                write!(text, "{gap}{cell:<width$}")
            };
        }
        out.push_str(text.trim_end());
        out.push('\n');
    };
    line(&mut head.iter().copied());
    for row in &rows {
        line(&mut row.iter().map(String::as_str));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_right_and_words_left() {
        let rows = [vec!["world".to_owned(), "7".to_owned()], vec!["a".to_owned(), "12".to_owned()]];
        assert_eq!(layout(&["source", "new"], &rows), "source  new\nworld     7\na        12\n");
    }
}
