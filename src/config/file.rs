//! A TOML file of the configuration.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use miette::NamedSource;
use toml::Spanned;
use toml::de::DeTable;

use super::problems::{FilePlace, Problems, SourceText, name};
use super::reason::Reason;
use super::table::{Layer, Table};

/// A configuration file.
pub(super) struct TomlFile {
    text: SourceText,
    /// Where it lies.
    folder: PathBuf,
}

impl TomlFile {
    pub(super) fn read(path: &Path) -> io::Result<TomlFile> {
        let text = fs::read_to_string(path)?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(TomlFile { text: Arc::new(NamedSource::new(name(path), text)), folder })
    }

    /// A file that is called `name` and holds `text`.
    pub(super) fn of(name: &str, text: &str) -> TomlFile {
        TomlFile { text: Arc::new(NamedSource::new(name, text.to_owned())), folder: PathBuf::new() }
    }

    pub(super) fn text(&self) -> &str {
        self.text.inner()
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The tree of its keys and values, or `None` if it is not TOML, which is a problem.
    pub(super) fn tree(&self, problems: &Problems) -> Option<Spanned<DeTable<'_>>> {
        let (tree, errors) = DeTable::parse_recoverable(self.text.inner());
        let is_sound = errors.is_empty();
        for error in errors {
            let span = error.span().unwrap_or_default();
            self.place(problems).add(span, Reason::Syntax(Box::new(error)));
        }
        is_sound.then_some(tree)
    }

    /// Where its problems go.
    pub(super) fn place<'f>(&'f self, problems: &'f Problems) -> FilePlace<'f> {
        FilePlace::new(&self.text, &self.folder, problems)
    }

    /// Hands the file's top table to `read`; `None` if it is not TOML.
    pub(super) fn with_table<T>(&self, problems: &Problems, read: impl FnOnce(Table<'_>) -> T) -> Option<T> {
        let tree = self.tree(problems)?;
        Some(read(Table::top(vec![Layer::of_file(self.place(problems), tree.get_ref())])))
    }
}
