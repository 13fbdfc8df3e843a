//! A source that cannot be followed, since its file has mistakes. The other sources can.

use std::sync::Arc;

use super::problem::{Errors, Problem};
use crate::model::SourceId;

/// A file in `config/sources/` that has mistakes.
#[derive(Clone, Debug)]
pub struct BrokenSource {
    /// The source's name; `None` if the file's name cannot be one.
    pub id: Option<SourceId>,
    /// What is wrong.
    pub errors: Arc<Errors>,
}

impl BrokenSource {
    /// What is wrong, in one line: `config/sources/a.toml:3:1: unknown key …`.
    #[must_use]
    pub fn summary(&self) -> String {
        let Some(first) = self.errors.problems.first() else { return String::new() };
        match self.errors.problems.len() - 1 {
            0 => line(first),
            more => format!("{} (and {more} more; see `tearsheet check`)", line(first)),
        }
    }
}

fn line(problem: &Problem) -> String {
    format!("{}: {}", problem.place(), problem.reason)
}
