//! The environment as a layer above the files: `TEARSHEET_FETCH_CONTACT` says what `contact` under `[fetch]` of
//! `config/tearsheet.toml` says, and counts more. Every key of that file has such a variable.

use std::borrow::Cow;
use std::env;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file::TomlFile;
use super::problems::Problems;
use super::schema::settings_keys;
use super::table::{Layer, Value};

/// What the names of all variables begin with.
const PREFIX: &str = "TEARSHEET_";

/// The variables that speak of the configuration, as this process has them.
#[must_use]
pub(super) fn of_process() -> Vec<(String, String)> {
    let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
    let ours = env::vars_os().map(|(name, value)| (text(name), text(value)));
    ours.filter(|(name, _)| name.starts_with(PREFIX)).collect()
}

/// A variable that says what a key says.
pub(super) struct Variable {
    /// `NAME=value`, under the variable's name.
    file: TomlFile,
    /// Where its value begins.
    start: usize,
    /// The key, with the tables that hold it.
    path: Vec<String>,
}

/// Those of `variables` that say what a key says, sorted by name. One that begins like a table's keys and is none of them is
/// among them, and its key will be unknown.
pub(super) fn variables(variables: &[(String, String)]) -> Vec<Variable> {
    if variables.iter().all(|(name, _)| !name.starts_with(PREFIX)) {
        return Vec::new();
    }
    let keys = settings_keys();
    let mut named: Vec<Variable> = variables
        .iter()
        .filter_map(|(name, value)| {
            let path = path(name, &keys)?;
            let file = TomlFile::of(name, &format!("{name}={value}"));
            Some(Variable { file, start: name.len() + 1, path })
        })
        .collect();
    named.sort_by(|one, other| one.path.cmp(&other.path));
    named
}

/// The key that a variable of this name says.
fn path(name: &str, keys: &[Vec<&str>]) -> Option<Vec<String>> {
    let name = name.strip_prefix(PREFIX)?.to_ascii_lowercase();
    if let Some(path) = keys.iter().find(|path| path.join("_") == name) {
        return Some(path.iter().map(|key| (*key).to_owned()).collect());
    }
    let rest = |table: &str| name.strip_prefix(table)?.strip_prefix('_').map(str::to_owned);
    let tables = keys.iter().filter(|path| path.len() > 1).map(|path| path[0]);
    tables.into_iter().find_map(|table| Some(vec![table.to_owned(), rest(table)?]))
}

/// What a variable says, as the tree of a file would have it.
pub(super) struct VariableTree<'v> {
    variable: &'v Variable,
    keys: DeTable<'v>,
    /// Its value as TOML reads it, or its text where that is no TOML.
    typed: Value<'v>,
}

impl Variable {
    pub(super) fn tree(&self) -> VariableTree<'_> {
        let text = self.file.text();
        let span = self.start..text.len();
        let mut value = Spanned::new(span.clone(), DeValue::String(Cow::Borrowed(&text[self.start..])));
        for key in self.path.iter().rev() {
            let mut table = DeTable::new();
            table.insert(Spanned::new(0..self.start - 1, Cow::Borrowed(key.as_str())), value);
            value = Spanned::new(span.clone(), DeValue::Table(table));
        }
        let DeValue::Table(keys) = value.into_inner() else { unreachable!("a path has at least one key") };
        VariableTree { variable: self, keys, typed: self.typed() }
    }

    fn typed(&self) -> Value<'_> {
        let text = self.file.text();
        let tree = DeTable::parse(text).map(Spanned::into_inner).unwrap_or_default();
        let mut values = tree.into_iter().map(|(_, value)| value);
        match (values.next(), values.next()) {
            (Some(value), None) => value,
            // Text that goes on in other lines may look like more keys.
            _ => {
                let value = DeValue::String(Cow::Borrowed(&text[self.start..]));
                Spanned::new(self.start..text.len(), value)
            }
        }
    }
}

impl<'v> VariableTree<'v> {
    pub(super) fn layer(&'v self, problems: &'v Problems) -> Layer<'v> {
        Layer::of_variable(self.variable.file.place(problems), &self.keys, &self.typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_variable_of_its_own() {
        let keys = settings_keys();
        for key in &keys {
            let name = format!("{PREFIX}{}", key.join("_").to_ascii_uppercase());
            assert_eq!(path(&name, &keys).unwrap(), *key, "{name}");
        }
    }

    #[test]
    fn a_variable_of_something_else_says_nothing() {
        let keys = settings_keys();
        for name in ["TEARSHEET_ROOT", "TEARSHEET_COMPLETE", "TEARSHEETS_SITE_TITLE", "TEARSHEET_SITE"] {
            assert_eq!(path(name, &keys), None, "{name}");
        }
        assert_eq!(path("TEARSHEET_SITE_TITEL", &keys).unwrap(), ["site", "titel"]);
    }
}
