//! A table of the configuration whose every key and value knows its place, and the walk that asks it for keys. What it says
//! may come from several files and from the environment: each is a layer of it.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::credentials::is_reference;
use super::problems::FilePlace;
use super::reason::Reason;

pub(super) type Value<'f> = Spanned<DeValue<'f>>;

/// What one file or variable says of a table.
#[derive(Clone)]
pub(super) struct Layer<'f> {
    place: FilePlace<'f>,
    /// The place of its header.
    span: Range<usize>,
    keys: &'f DeTable<'f>,
    /// Its only value as TOML reads it, where the tree has it as a string: that of a variable.
    typed: Option<&'f Value<'f>>,
}

impl<'f> Layer<'f> {
    /// The top table of a file.
    pub(super) fn of_file(place: FilePlace<'f>, keys: &'f DeTable<'f>) -> Layer<'f> {
        Layer { place, span: 0..0, keys, typed: None }
    }

    /// What a variable says: `keys` lead to its text, which may be the value `typed` too.
    pub(super) fn of_variable(
        place: FilePlace<'f>,
        keys: &'f DeTable<'f>,
        typed: &'f Value<'f>,
    ) -> Layer<'f> {
        Layer { place, span: 0..0, keys, typed: Some(typed) }
    }
}

/// A value with the layer that it is of.
#[derive(Clone, Copy)]
struct Stated<'f> {
    place: FilePlace<'f>,
    value: &'f Value<'f>,
    typed: Option<&'f Value<'f>>,
}

impl<'f> Stated<'f> {
    /// Hands the value to `read`: of a variable its text, and where that is no value of the kind what TOML makes of it.
    fn read<T>(self, read: impl Fn(&DeValue<'_>) -> Result<T, Reason>) -> Result<T, Reason> {
        match (read(self.value.get_ref()), self.typed) {
            (Err(reason), Some(typed)) => read(typed.get_ref()).map_err(|other| match other {
                Reason::WrongType { .. } => reason,
                other => other,
            }),
            (result, _) => result,
        }
    }

    /// As a list; the text of a variable that is none is a list of one.
    fn list(self) -> Option<Vec<&'f Value<'f>>> {
        let list = |value: &'f Value<'f>| value.get_ref().as_array().map(|list| list.iter().collect());
        match self.typed {
            Some(typed) => list(typed).or_else(|| Some(vec![self.value])),
            None => list(self.value),
        }
    }
}

/// One table of the configuration, in layers: what the first of them says of a key counts. It is asked for its keys one by
/// one; dropped, it reports those that nobody asked for.
pub(super) struct Table<'f> {
    layers: Vec<Layer<'f>>,
    /// As written in its header, without brackets; empty for the top table.
    name: &'static str,
    asked: Vec<&'static str>,
}

impl<'f> Table<'f> {
    /// The top table that these layers make.
    pub(super) fn top(layers: Vec<Layer<'f>>) -> Table<'f> {
        Table { layers, name: "", asked: Vec::new() }
    }

    /// The value of `key` as `read` understands it; `None` if it is missing or wrong.
    pub(super) fn take<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&DeValue<'_>) -> Result<T, Reason>,
    ) -> Option<T> {
        let said = self.value(key)?;
        checked(said, said.value, said.read(read))
    }

    /// As [`Table::take`], for a key that must be there.
    pub(super) fn require<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&DeValue<'_>) -> Result<T, Reason>,
    ) -> Option<T> {
        if self.value(key).is_none() {
            self.add_to_header(Reason::Missing { key });
        }
        self.take(key, read)
    }

    /// The elements of the list `key` as `read` understands them; `None` if there is no such list.
    pub(super) fn take_list<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&DeValue<'_>) -> Result<T, Reason>,
    ) -> Option<Vec<T>> {
        let said = self.value(key)?;
        let Some(list) = said.list() else {
            let reason = Reason::wrong_type("a list", said.value.get_ref());
            said.place.add(said.value.span(), reason);
            return None;
        };
        Some(list.into_iter().filter_map(|value| checked(said, value, read(value.get_ref()))).collect())
    }

    /// As [`Table::take_list`]; one value counts as a list of one.
    pub(super) fn take_one_or_more<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&DeValue<'_>) -> Result<T, Reason>,
    ) -> Vec<T> {
        match self.value(key) {
            Some(said) if !said.value.get_ref().is_array() => self.take(key, read).into_iter().collect(),
            _ => self.take_list(key, read).unwrap_or_default(),
        }
    }

    /// The keys and values of the table `key`, whose keys are the owner's own, sorted by key.
    pub(super) fn take_pairs<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&str, &DeValue<'_>) -> Result<T, Reason>,
    ) -> Vec<T> {
        let mut pairs: Vec<T> = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for layer in std::mem::take(&mut self.table(key).layers) {
            for (key, value) in layer.keys {
                if !seen.contains(&key.get_ref().as_ref()) {
                    seen.push(key.get_ref());
                    let pair = read(key.get_ref(), value.get_ref());
                    let span = key.span().start..value.span().end;
                    pairs.extend(pair.map_err(|reason| layer.place.add(span, reason)).ok());
                }
            }
        }
        pairs
    }

    /// As [`Table::take_pairs`], of values that may be secret: no error shows them. `read` is given the file's folder, too.
    pub(super) fn take_secrets<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&str, &DeValue<'_>, &Path) -> Result<T, Reason>,
    ) -> Vec<T> {
        for layer in &self.layers {
            if let Some(value) = layer.keys.get(key) {
                hide_all(layer.place, value);
            }
        }
        let folder = self.folder();
        self.take_pairs(key, |name, value| read(name, value, folder))
    }

    /// As [`Table::take`], of a value that may be secret: no error shows it. `read` is given the file's folder, too.
    pub(super) fn take_secret<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&DeValue<'_>, &Path) -> Result<T, Reason>,
    ) -> Option<T> {
        for layer in &self.layers {
            if let Some(value) = layer.keys.get(key) {
                hide_all(layer.place, value);
            }
        }
        let folder = self.folder();
        self.take(key, |value| read(value, folder))
    }

    /// The folder of its file.
    pub(super) fn folder(&self) -> &'f Path {
        self.layers.first().map_or(Path::new(""), |layer| layer.place.folder())
    }

    /// The table `key`; an empty one if it is missing or no table.
    pub(super) fn table(&mut self, key: &'static str) -> Table<'f> {
        self.ask(key);
        let mut layers = Vec::new();
        for layer in &self.layers {
            let Some(value) = layer.keys.get(key) else { continue };
            match value.get_ref().as_table() {
                Some(keys) => layers.push(Layer { span: value.span(), keys, ..layer.clone() }),
                None => layer.place.add(value.span(), Reason::wrong_type("a table", value.get_ref())),
            }
        }
        Table { layers, name: key, asked: Vec::new() }
    }

    /// The tables of the lists of tables `key`, of all layers.
    pub(super) fn tables(&mut self, key: &'static str) -> Vec<Table<'f>> {
        self.ask(key);
        let mut tables = Vec::new();
        for layer in &self.layers {
            let Some(value) = layer.keys.get(key) else { continue };
            let list = layer.typed.unwrap_or(value).get_ref().as_array();
            let Some(list) = list.filter(|list| list.iter().all(|value| value.get_ref().is_table())) else {
                layer.place.add(value.span(), Reason::NotTables { key });
                continue;
            };
            for value in list {
                let Some(keys) = value.get_ref().as_table() else { continue };
                let layer = Layer { span: value.span(), keys, typed: None, ..layer.clone() };
                tables.push(Table { layers: vec![layer], name: key, asked: Vec::new() });
            }
        }
        tables
    }

    /// Whether it has `key`.
    pub(super) fn has(&mut self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// Reports a problem with the value of `key`, which its own reader could not see.
    pub(super) fn refuse(&mut self, key: &'static str, reason: Reason) {
        match self.value(key) {
            Some(said) => said.place.add(said.value.span(), reason),
            None => self.add_to_header(reason),
        }
    }

    fn ask(&mut self, key: &'static str) {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
    }

    fn value(&mut self, key: &'static str) -> Option<Stated<'f>> {
        self.ask(key);
        self.layers.iter().find_map(|layer| {
            let value = layer.keys.get(key)?;
            Some(Stated { place: layer.place, value, typed: layer.typed })
        })
    }

    /// Reports a problem of the table as a whole.
    fn add_to_header(&self, reason: Reason) {
        if let Some(layer) = self.layers.last() {
            layer.place.add(layer.span.clone(), reason);
        }
    }
}

/// What was read of `value`, or `None` once its problem is reported.
fn checked<T>(said: Stated<'_>, value: &Value<'_>, read: Result<T, Reason>) -> Option<T> {
    read.map_err(|reason| said.place.add(value.span(), reason)).ok()
}

/// What `value` holds may be a secret that belongs to a key of another name. A table spans its header alone.
fn hide_all(place: FilePlace<'_>, value: &Value<'_>) {
    let mut values = vec![value];
    while let Some(value) = values.pop() {
        match value.get_ref() {
            DeValue::Table(table) => values.extend(table.values()),
            DeValue::Array(list) => values.extend(list.iter()),
            DeValue::String(text) if is_reference(text) => {}
            _ => place.hide(value.span()),
        }
    }
}

impl Drop for Table<'_> {
    fn drop(&mut self) {
        for layer in &self.layers {
            for (key, value) in layer.keys {
                if !self.asked.contains(&key.get_ref().as_ref()) {
                    hide_all(layer.place, value);
                    let reason = Reason::UnknownKey {
                        key: key.get_ref().to_string(),
                        table: self.name,
                        known: self.asked.clone(),
                    };
                    layer.place.add(key.span(), reason);
                }
            }
        }
    }
}
