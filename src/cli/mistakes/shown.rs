//! A problem of the configuration as a terminal may have it: the file may come from somebody else.

use std::error::Error;
use std::fmt::{self, Display};

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

use crate::cli::terminal::plain;
use crate::config::Problem;

/// A problem whose texts have nothing that a terminal obeys.
#[derive(Debug)]
pub(super) struct ShownProblem {
    text: String,
    hint: Option<String>,
    /// The file and what is underlined in it.
    source: Option<(NamedSource<String>, Vec<LabeledSpan>)>,
}

impl ShownProblem {
    pub(super) fn of(problem: &Problem) -> ShownProblem {
        let labels = problem.labels().map(Iterator::collect::<Vec<_>>);
        let source = labels.map(|labels| {
            let name = plain(&problem.place().file).into_owned();
            (NamedSource::new(name, in_place(problem.file_text())), labels)
        });
        ShownProblem {
            text: plain(&problem.to_string()).into_owned(),
            hint: problem.help().map(|hint| plain(&hint.to_string()).into_owned()),
            source,
        }
    }
}

/// `text` made plain, every byte where it was, so that what is underlined stays so.
fn in_place(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        let is_plain = plain(c.encode_utf8(&mut [0; 4])) == c.encode_utf8(&mut [0; 4]) as &str;
        match c.len_utf8() {
            _ if is_plain => out.push(c),
            // Lines may end as on Windows.
            1 if c == '\r' => out.push(' '),
            1 => out.push('?'),
            2 => out.push('·'),
            // All of them are in the first plane.
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
        out
    })
}

impl Display for ShownProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl Error for ShownProblem {}

impl Diagnostic for ShownProblem {
    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.hint.as_ref().map(|hint| Box::new(hint) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|(file, _)| file as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.source
            .as_ref()
            .map(|(_, labels)| Box::new(labels.iter().cloned()) as Box<dyn Iterator<Item = _>>)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_plain_keeps_its_place() {
        let text = "a\x1b[31m\u{85}\u{202e}\tb\r\nö";
        let shown = in_place(text);
        assert_eq!(shown, "a?[31m·\u{fffd}\tb \nö");
        assert_eq!(shown.len(), text.len());
    }
}
