//! What was found to be wrong while the files are read, and what of them is never to be shown with it.

use std::cell::RefCell;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use miette::NamedSource;

use super::mask;
use super::problem::{Errors, Problem};
use super::reason::Reason;

/// The problems found so far, over all files, and what of the files is not to be shown with them.
#[derive(Default)]
pub(super) struct Problems {
    found: RefCell<Vec<Problem>>,
    secret: RefCell<Vec<(SourceText, Range<usize>)>>,
}

/// The text of a file, with its name.
pub(super) type SourceText = Arc<NamedSource<String>>;

impl Problems {
    /// Adds a problem of a whole file or folder, whose text is not at hand.
    pub(super) fn add_unread(&self, path: &Path, reason: Reason) {
        self.add(Problem { file: Arc::new(NamedSource::new(name(path), String::new())), span: None, reason });
    }

    pub(super) fn add(&self, problem: Problem) {
        self.found.borrow_mut().push(problem);
    }

    /// Sees to it that this part of `file` is never shown.
    pub(super) fn hide(&self, file: &SourceText, span: Range<usize>) {
        self.secret.borrow_mut().push((Arc::clone(file), span));
    }

    /// All of them, sorted by file and place; `None` if there are none.
    pub(super) fn into_errors(self) -> Option<Errors> {
        let (mut problems, secret) = (self.found.into_inner(), self.secret.into_inner());
        problems.sort_by_cached_key(Problem::key);
        for of_file in problems.chunk_by_mut(|one, other| Arc::ptr_eq(&one.file, &other.file)) {
            let shown = shown(of_file, &secret);
            of_file.iter_mut().for_each(|problem| problem.file = Arc::clone(&shown));
        }
        let problems: Vec<_> = problems.into_iter().map(Arc::new).collect();
        (!problems.is_empty()).then_some(Errors { problems })
    }
}

/// The file of these problems without what is secret in it.
fn shown(problems: &[Problem], secret: &[(SourceText, Range<usize>)]) -> SourceText {
    let file = &problems[0].file;
    let text = if problems.iter().any(|problem| matches!(problem.reason, Reason::Syntax(_))) {
        mask::masked_values(file.inner())
    } else {
        let of_file = secret.iter().filter(|(of, _)| Arc::ptr_eq(of, file));
        let spans: Vec<_> = of_file.map(|(_, span)| span.clone()).collect();
        mask::masked(file.inner(), &spans)
    };
    Arc::new(NamedSource::new(file.name(), text))
}

/// A file's name as people know it: `config/tearsheet.toml`, not `./config/tearsheet.toml`.
pub(super) fn name(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// Where a table's problems go.
#[derive(Clone, Copy)]
pub(super) struct FilePlace<'f> {
    file: &'f SourceText,
    folder: &'f Path,
    problems: &'f Problems,
}

impl<'f> FilePlace<'f> {
    pub(super) fn new(file: &'f SourceText, folder: &'f Path, problems: &'f Problems) -> FilePlace<'f> {
        FilePlace { file, folder, problems }
    }

    pub(super) fn add(self, span: Range<usize>, reason: Reason) {
        self.problems.add(Problem { file: Arc::clone(self.file), span: Some(span), reason });
    }

    /// Sees to it that this part of the file is never shown.
    pub(super) fn hide(self, span: Range<usize>) {
        self.problems.hide(self.file, span);
    }

    pub(super) fn folder(self) -> &'f Path {
        self.folder
    }
}
