//! A TOML file as a tree whose every key and value knows its place, and the walk that asks it for keys.

use std::cell::RefCell;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use miette::NamedSource;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Errors, Problem};
use super::reason::Reason;

/// The problems found so far, over all files.
#[derive(Default)]
pub(super) struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    /// Adds a problem of a whole file or folder, whose text is not at hand.
    pub(super) fn add_unread(&self, path: &Path, reason: Reason) {
        self.add(Problem { file: Arc::new(NamedSource::new(name(path), String::new())), span: None, reason });
    }

    fn add(&self, problem: Problem) {
        self.0.borrow_mut().push(problem);
    }

    /// All of them, sorted by file and place; `None` if there are none.
    pub(super) fn into_errors(self) -> Option<Errors> {
        let mut problems = self.0.into_inner();
        problems.sort_by_cached_key(Problem::key);
        let problems: Vec<_> = problems.into_iter().map(Arc::new).collect();
        (!problems.is_empty()).then_some(Errors { problems })
    }
}

/// A file's name as people know it: `config/tearsheet.toml`, not `./config/tearsheet.toml`.
fn name(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// A configuration file.
pub(super) struct TomlFile(Arc<NamedSource<String>>);

impl TomlFile {
    pub(super) fn read(path: &Path) -> io::Result<TomlFile> {
        let text = fs::read_to_string(path)?;
        Ok(TomlFile(Arc::new(NamedSource::new(name(path), text))))
    }

    /// A file that is called `name` and holds `text`.
    pub(super) fn of(name: &str, text: &str) -> TomlFile {
        TomlFile(Arc::new(NamedSource::new(name, text.to_owned())))
    }

    /// Hands the file's top table to `read`; `None` if it is not TOML.
    pub(super) fn with_table<T>(&self, problems: &Problems, read: impl FnOnce(Table<'_>) -> T) -> Option<T> {
        let (tree, errors) = DeTable::parse_recoverable(self.0.inner());
        let place = FilePlace { file: &self.0, problems };
        if !errors.is_empty() {
            for error in errors {
                place.add(error.span().unwrap_or_default(), Reason::Syntax(Box::new(error)));
            }
            return None;
        }
        let keys = Some(tree.get_ref());
        Some(read(Table { place: Some(place), name: "", span: 0..0, keys, asked: Vec::new() }))
    }
}

/// Where a table's problems go.
#[derive(Clone, Copy)]
struct FilePlace<'f> {
    file: &'f Arc<NamedSource<String>>,
    problems: &'f Problems,
}

impl FilePlace<'_> {
    fn add(&self, span: Range<usize>, reason: Reason) {
        self.problems.add(Problem { file: Arc::clone(self.file), span: Some(span), reason });
    }
}

type Value<'f> = Spanned<DeValue<'f>>;

/// One table of a file. It is asked for its keys one by one; dropped, it reports those that nobody asked for.
pub(super) struct Table<'f> {
    place: Option<FilePlace<'f>>,
    /// As written in its header, without brackets; empty for the top table.
    name: &'static str,
    /// The place of its header.
    span: Range<usize>,
    keys: Option<&'f DeTable<'f>>,
    asked: Vec<&'static str>,
}

impl<'f> Table<'f> {
    /// The table of a file that does not exist.
    pub(super) fn absent() -> Table<'static> {
        Table { place: None, name: "", span: 0..0, keys: None, asked: Vec::new() }
    }

    /// The value of `key` as `read` understands it; `None` if it is missing or wrong.
    pub(super) fn take<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&DeValue<'_>) -> Result<T, Reason>,
    ) -> Option<T> {
        let value = self.value(key)?;
        self.check(value.span(), read(value.get_ref()))
    }

    /// As [`Table::take`], for a key that must be there.
    pub(super) fn require<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&DeValue<'_>) -> Result<T, Reason>,
    ) -> Option<T> {
        if self.value(key).is_none() {
            self.add(self.span.clone(), Reason::Missing { key });
        }
        self.take(key, read)
    }

    /// The elements of the list `key` as `read` understands them; `None` if there is no such list.
    pub(super) fn take_list<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&DeValue<'_>) -> Result<T, Reason>,
    ) -> Option<Vec<T>> {
        let value = self.value(key)?;
        let Some(list) = value.get_ref().as_array() else {
            self.add(value.span(), Reason::wrong_type("a list", value.get_ref()));
            return None;
        };
        Some(list.iter().filter_map(|value| self.check(value.span(), read(value.get_ref()))).collect())
    }

    /// As [`Table::take_list`]; one value counts as a list of one.
    pub(super) fn take_one_or_more<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&DeValue<'_>) -> Result<T, Reason>,
    ) -> Vec<T> {
        match self.value(key) {
            Some(value) if !value.get_ref().is_array() => self.take(key, read).into_iter().collect(),
            _ => self.take_list(key, read).unwrap_or_default(),
        }
    }

    /// The keys and values of the table `key`, whose keys are the owner's own, sorted by key.
    pub(super) fn take_pairs<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&str, &DeValue<'_>) -> Result<T, Reason>,
    ) -> Vec<T> {
        let Some(keys) = self.table(key).keys_of_owner() else { return Vec::new() };
        keys.iter()
            .filter_map(|(key, value)| {
                self.check(key.span().start..value.span().end, read(key.get_ref(), value.get_ref()))
            })
            .collect()
    }

    /// The table `key`; an empty one if it is missing or no table.
    pub(super) fn table(&mut self, key: &'static str) -> Table<'f> {
        let keys = self.value(key).and_then(|value| {
            let keys = value.get_ref().as_table();
            if keys.is_none() {
                self.add(value.span(), Reason::wrong_type("a table", value.get_ref()));
            }
            keys.map(|keys| (value.span(), keys))
        });
        let (span, keys) = keys.map_or((0..0, None), |(span, keys)| (span, Some(keys)));
        Table { place: self.place, name: key, span, keys, asked: Vec::new() }
    }

    /// The tables of the list of tables `key`.
    pub(super) fn tables(&mut self, key: &'static str) -> Vec<Table<'f>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(list) =
            value.get_ref().as_array().filter(|list| list.iter().all(|v| v.get_ref().is_table()))
        else {
            self.add(value.span(), Reason::NotTables { key });
            return Vec::new();
        };
        list.iter()
            .map(|value| Table {
                place: self.place,
                name: key,
                span: value.span(),
                keys: value.get_ref().as_table(),
                asked: Vec::new(),
            })
            .collect()
    }

    /// Whether it has `key`.
    pub(super) fn has(&mut self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// Reports a problem with the value of `key`, which its own reader could not see.
    pub(super) fn refuse(&mut self, key: &'static str, reason: Reason) {
        let span = self.value(key).map_or_else(|| self.span.clone(), Spanned::span);
        self.add(span, reason);
    }

    fn keys_of_owner(mut self) -> Option<&'f DeTable<'f>> {
        self.keys.take()
    }

    fn value(&mut self, key: &'static str) -> Option<&'f Value<'f>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.keys?.get(key)
    }

    fn check<T>(&self, span: Range<usize>, result: Result<T, Reason>) -> Option<T> {
        result.map_err(|reason| self.add(span, reason)).ok()
    }

    fn add(&self, span: Range<usize>, reason: Reason) {
        if let Some(place) = self.place {
            place.add(span, reason);
        }
    }
}

impl Drop for Table<'_> {
    fn drop(&mut self) {
        for key in self.keys.into_iter().flat_map(|keys| keys.keys()) {
            if !self.asked.contains(&key.get_ref().as_ref()) {
                let reason = Reason::UnknownKey {
                    key: key.get_ref().to_string(),
                    table: self.name,
                    known: self.asked.clone(),
                };
                self.add(key.span(), reason);
            }
        }
    }
}
