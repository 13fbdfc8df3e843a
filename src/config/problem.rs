//! The problems of a configuration: what is wrong, in which place of which file. How that reads is the catalogue's of
//! [`reason`](super::reason).

use std::error::Error;
use std::fmt::{self, Display};
use std::ops::Range;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

use super::broken::BrokenSource;
use super::reason::Reason;

/// Every problem of a configuration, sorted by file and place.
#[derive(Debug, Default)]
pub struct Errors {
    /// The problems; never empty.
    pub problems: Vec<Arc<Problem>>,
}

impl Errors {
    /// These and those of `broken` sources, sorted by file and place.
    pub(super) fn with(mut self, broken: &[BrokenSource]) -> Errors {
        self.problems.extend(broken.iter().flat_map(|broken| &broken.errors.problems).map(Arc::clone));
        self.problems.sort_by_cached_key(|problem| problem.key());
        self
    }
}

/// One problem of a configuration.
#[derive(Debug)]
pub struct Problem {
    pub(super) file: Arc<NamedSource<String>>,
    pub(super) span: Option<Range<usize>>,
    /// What is wrong.
    pub reason: Reason,
}

/// Where in the configuration a problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file or folder.
    pub file: String,
    /// Line and column, counted from 1, the column in characters; `None` if it is the file as a whole.
    pub at: Option<(usize, usize)>,
}

impl Problem {
    /// By what problems are sorted: file and place.
    pub(super) fn key(&self) -> (String, Option<usize>) {
        (self.file.name().to_owned(), self.span.clone().map(|span| span.start))
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> Place {
        let at = self.span.as_ref().map(|span| {
            let before = self.file.inner().get(..span.start).unwrap_or_default();
            let line = before.rsplit('\n').next().unwrap_or_default();
            (before.matches('\n').count() + 1, line.chars().count() + 1)
        });
        Place { file: self.file.name().to_owned(), at }
    }

    /// The text of its file, without what may be secret.
    #[must_use]
    pub fn file_text(&self) -> &str {
        self.file.inner()
    }

    /// The text that is underlined; empty if it is the file as a whole.
    #[must_use]
    pub fn underlined(&self) -> &str {
        self.span.clone().and_then(|span| self.file.inner().get(span)).unwrap_or_default()
    }
}

impl Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some((line, column)) => write!(out, "{}:{line}:{column}", self.file),
            None => out.write_str(&self.file),
        }
    }
}

impl Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without a label, a diagnostic would not say which file it is about.
        match self.span {
            Some(_) => self.reason.fmt(out),
            None => write!(out, "{}: {}", self.file.name(), self.reason),
        }
    }
}

impl Error for Problem {}

impl Diagnostic for Problem {
    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.reason.hint().map(|hint| Box::new(hint) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.span.is_some().then_some(&*self.file as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.span.clone()?;
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(None, span))))
    }
}

impl Display for Errors {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problems.len() {
            1 => out.write_str("the configuration has a problem"),
            count => write!(out, "the configuration has {count} problems"),
        }
    }
}

impl Error for Errors {}

impl Diagnostic for Errors {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.problems.iter().map(|problem| &**problem as &dyn Diagnostic)))
    }
}
