//! The blocks of a Markdown document: paragraphs within lists and quotations, each line behind the marks of what it is in.

use super::signs::begun;

/// The greatest number that begins an item (CommonMark 0.31, section 5.2: nine digits at most).
const GREATEST_NUMBER: u64 = 999_999_999;

#[derive(Default)]
pub(super) struct Blocks {
    out: String,
    /// The paragraph that is being written.
    pub(super) inline: String,
    containers: Vec<Container>,
    lists: Vec<List>,
    /// Whether the next block follows the one before without an empty line.
    is_tight: bool,
}

/// A list's item or a quotation.
struct Container {
    /// Before the first line of it, until that is written.
    first: Option<String>,
    /// Before every other line.
    rest: String,
}

struct List {
    /// The next item's number; none where there are only bullets.
    number: Option<u64>,
    has_items: bool,
}

impl Blocks {
    pub(super) fn text(&mut self, text: &str) {
        let starts_line = self.inline.is_empty() || self.inline.ends_with([' ', '\n']);
        self.inline.push_str(if starts_line { text.trim_start_matches(' ') } else { text });
    }

    pub(super) fn line_break(&mut self) {
        self.inline.truncate(self.inline.trim_end_matches(' ').len());
        if !self.inline.is_empty() {
            self.inline.push_str("\\\n");
        }
    }

    /// Puts `before` and `behind` around what was written since `start`, white space left out.
    pub(super) fn wrap(&mut self, start: usize, before: &str, behind: &str) {
        // A block that ended meanwhile took the beginning with it.
        let written = self.inline.split_off(start.min(self.inline.len()));
        let content = written.trim();
        if content.is_empty() {
            self.inline.push_str(&written);
            return;
        }
        let lead = &written[..written.len() - written.trim_start().len()];
        let trail = &written[written.trim_end().len()..];
        self.inline.extend([lead, before, content, behind, trail]);
    }

    /// Ends the paragraph, if one has begun.
    pub(super) fn end(&mut self) {
        let inline = std::mem::take(&mut self.inline);
        let text = inline.trim_end_matches([' ', '\n', '\\']);
        // A backslash at the end is a line break before nothing, unless it is one that was escaped.
        let text = if inline.trim_end().ends_with("\\\\") { inline.trim_end() } else { text };
        if !text.is_empty() {
            let lines: Vec<String> = text.lines().map(|line| begun(line.trim_start())).collect();
            self.lines(&lines.join("\n"));
        }
    }

    /// Ends the paragraph as one line between two signs.
    pub(super) fn end_with(&mut self, before: &str, behind: &str) {
        let text = std::mem::take(&mut self.inline).replace("\\\n", " ");
        if !text.trim().is_empty() {
            self.lines(&format!("{before}{}{behind}", text.trim()));
        }
    }

    /// Writes a block of lines as they are.
    pub(super) fn lines(&mut self, block: &str) {
        self.end();
        if !self.out.is_empty() && !self.is_tight {
            let between: String =
                self.containers.iter().filter(|c| c.first.is_none()).map(|c| c.rest.as_str()).collect();
            self.out.push_str(between.trim_end());
            self.out.push('\n');
        }
        self.is_tight = false;
        for line in block.lines() {
            let mut marks = String::new();
            for container in &mut self.containers {
                marks.push_str(&container.first.take().unwrap_or_else(|| container.rest.clone()));
            }
            self.out.push_str(format!("{marks}{line}").trim_end());
            self.out.push('\n');
        }
    }

    pub(super) fn begin_list(&mut self, number: Option<u64>) {
        self.end();
        self.is_tight = !self.lists.is_empty()
            && !self.out.is_empty()
            && self.containers.last().is_some_and(|c| c.first.is_none());
        self.lists.push(List { number, has_items: false });
    }

    pub(super) fn end_list(&mut self) {
        self.end();
        self.lists.pop();
        self.is_tight = false;
    }

    pub(super) fn begin_item(&mut self, value: Option<u64>) {
        self.end();
        let mark = match self.lists.last_mut() {
            Some(list) => {
                self.is_tight |= list.has_items;
                let mark = match &mut list.number {
                    Some(number) => {
                        let this = value.unwrap_or(*number).min(GREATEST_NUMBER);
                        *number = this + 1;
                        // Only the number 1 begins a list right behind a paragraph.
                        self.is_tight &= list.has_items || this == 1;
                        format!("{this}. ")
                    }
                    None => "- ".to_owned(),
                };
                list.has_items = true;
                mark
            }
            None => "- ".to_owned(),
        };
        let rest = " ".repeat(mark.len());
        self.containers.push(Container { first: Some(mark), rest });
    }

    pub(super) fn begin_quotation(&mut self) {
        self.end();
        self.containers.push(Container { first: None, rest: "> ".to_owned() });
    }

    pub(super) fn end_container(&mut self) {
        self.end();
        self.containers.pop();
    }

    pub(super) fn finish(mut self) -> String {
        self.end();
        self.out
    }
}
