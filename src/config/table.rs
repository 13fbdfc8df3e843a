//! A TOML file as a tree whose every key and value knows its place, and the walk that asks it for keys.

use std::cell::RefCell;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use miette::NamedSource;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::credentials::is_reference;
use super::mask;
use super::problem::{Errors, Problem};
use super::reason::Reason;

/// The problems found so far, over all files, and what of the files is not to be shown with them.
#[derive(Default)]
pub(super) struct Problems {
    found: RefCell<Vec<Problem>>,
    secret: RefCell<Vec<(SourceText, Range<usize>)>>,
}

type SourceText = Arc<NamedSource<String>>;

impl Problems {
    /// Adds a problem of a whole file or folder, whose text is not at hand.
    pub(super) fn add_unread(&self, path: &Path, reason: Reason) {
        self.add(Problem { file: Arc::new(NamedSource::new(name(path), String::new())), span: None, reason });
    }

    fn add(&self, problem: Problem) {
        self.found.borrow_mut().push(problem);
    }

    /// Sees to it that this part of `file` is never shown.
    fn hide(&self, file: &SourceText, span: Range<usize>) {
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
fn name(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

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

    /// Hands the file's top table to `read`; `None` if it is not TOML.
    pub(super) fn with_table<T>(&self, problems: &Problems, read: impl FnOnce(Table<'_>) -> T) -> Option<T> {
        let (tree, errors) = DeTable::parse_recoverable(self.text.inner());
        let place = FilePlace { file: &self.text, folder: &self.folder, problems };
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
    file: &'f SourceText,
    folder: &'f Path,
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

    /// As [`Table::take_pairs`], of values that may be secret: no error shows them. `read` is given the file's folder, too.
    pub(super) fn take_secrets<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&str, &DeValue<'_>, &Path) -> Result<T, Reason>,
    ) -> Vec<T> {
        if let Some(value) = self.value(key) {
            self.hide_all(value);
        }
        let folder = self.folder();
        self.take_pairs(key, |name, value| read(name, value, folder))
    }

    /// The folder of its file.
    pub(super) fn folder(&self) -> &'f Path {
        self.place.map_or(Path::new(""), |place| place.folder)
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

    fn hide(&self, span: Range<usize>) {
        if let Some(place) = self.place {
            place.problems.hide(place.file, span);
        }
    }

    /// What `value` holds may be a secret that belongs to a key of another name. A table spans its header alone.
    fn hide_all(&self, value: &Value<'_>) {
        let mut values = vec![value];
        while let Some(value) = values.pop() {
            match value.get_ref() {
                DeValue::Table(table) => values.extend(table.values()),
                DeValue::Array(list) => values.extend(list.iter()),
                DeValue::String(text) if is_reference(text) => {}
                _ => self.hide(value.span()),
            }
        }
    }
}

impl Drop for Table<'_> {
    fn drop(&mut self) {
        for (key, value) in self.keys.into_iter().flat_map(|keys| keys.iter()) {
            if !self.asked.contains(&key.get_ref().as_ref()) {
                self.hide_all(value);
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
