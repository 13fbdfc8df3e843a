//! Text in a terminal: lines that end where words do, and go on beneath where they began.

use console::measure_text_width;

/// The least width in which anything is laid out.
const NARROW: usize = 40;

/// The width of the terminal on standard output; none if that is none, and lines stay whole for other programs.
pub(super) fn terminal_width() -> Option<usize> {
    console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns).max(NARROW))
}

/// The same of the terminal on standard error.
pub(super) fn error_width() -> Option<usize> {
    console::Term::stderr().size_checked().map(|(_, columns)| usize::from(columns).max(NARROW))
}

/// `text` behind `prefix`, in lines of at most `width` columns; those after the first are indented as deep as `prefix` is
/// wide.
pub(super) fn hanging(prefix: &str, text: &str, width: Option<usize>) -> String {
    let indent = measure_text_width(prefix);
    let Some(room) = width.map(|width| width.saturating_sub(indent).max(NARROW / 2)) else {
        return format!("{prefix}{text}");
    };
    lines(text, room).into_iter().enumerate().fold(String::new(), |out, (at, line)| match at {
        0 => format!("{prefix}{line}"),
        _ => format!("{out}\n{:indent$}{line}", ""),
    })
}

/// Broken between words, and within one that is longer than a line.
fn lines(text: &str, room: usize) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for word in text.split_inclusive(' ') {
        if used > 0 && used + measure_text_width(word.trim_end()) > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        let is_long = measure_text_width(word.trim_end()) > room;
        for c in word.chars() {
            let width = measure_text_width(c.encode_utf8(&mut [0; 4]));
            if is_long && used + width > room {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += width;
        }
    }
    lines.push(line);
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words_and_go_on_where_they_began() {
        let text = "The harbour will close to large ships from Monday.";
        assert_eq!(
            hanging("title  ", text, Some(35)),
            "title  The harbour will close to\n       large ships from Monday."
        );
        assert_eq!(hanging("title  ", text, None), format!("title  {text}"));
        assert_eq!(hanging("a ", "", Some(40)), "a ");
    }

    #[test]
    fn what_is_longer_than_a_line_is_broken_by_its_width() {
        assert_eq!(lines(&"x".repeat(45), 20), ["x".repeat(20), "x".repeat(20), "x".repeat(5)]);
        assert_eq!(lines("橋が閉まる", 4), ["橋が", "閉ま", "る"], "each takes two columns");
        assert_eq!(lines("on https://a.example/long", 10), ["on", "https://a.", "example/lo", "ng"]);
    }
}
