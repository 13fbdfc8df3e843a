//! The files of a new folder, as `tearsheet init` writes them.

use std::path::Path;

use toml::Value;

use super::file::TomlFile;
use super::problem::Errors;
use super::problems::Problems;
use super::site;

/// Every key with its default and a comment.
const SAMPLE: &str = include_str!("../../config/tearsheet.toml");
/// The samples that lie beside it: they are read by people alone.
const SAMPLES: [(&str, &str); 2] = [
    ("config/sources/example.toml.sample", include_str!("../../config/sources/example.toml.sample")),
    ("config/rules/example.toml.sample", include_str!("../../config/rules/example.toml.sample")),
];

/// What is known of a folder that is about to be made. What is not given keeps its default.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewFolder<'a> {
    /// The title of the published site.
    pub title: Option<&'a str>,
    /// Where the output folder will be reachable.
    pub base_url: Option<&'a str>,
    /// How the owner of a site can reach whoever runs tearsheet.
    pub contact: Option<&'a str>,
}

/// The files of a new folder: paths within it, and what is in each. The first is `config/tearsheet.toml`.
///
/// # Errors
/// [`Errors`] if a value is none that the configuration takes.
pub fn new_folder(new: &NewFolder<'_>) -> Result<Vec<(&'static str, String)>, Errors> {
    let values = [("title", new.title), ("base_url", new.base_url), ("contact", new.contact)];
    let settings = values.iter().fold(SAMPLE.to_owned(), |text, (key, value)| match value {
        Some(value) => with_value(&text, key, value),
        None => text,
    });
    let name = "config/tearsheet.toml";
    let problems = Problems::default();
    TomlFile::of(name, &settings).with_table(&problems, |table| site::read(table, Path::new(""), &[]));
    if let Some(errors) = problems.into_errors() {
        return Err(errors);
    }
    let samples = SAMPLES.iter().map(|(name, text)| (*name, (*text).to_owned()));
    Ok([(name, settings)].into_iter().chain(samples).collect())
}

/// The text with this value in the first line that sets the key, or that shows it in a comment.
fn with_value(text: &str, key: &str, value: &str) -> String {
    let mut is_set = false;
    let mut lines = text.lines().map(|line| {
        let set = line.strip_prefix('#').unwrap_or(line);
        let is_key = set.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
        if is_set || !is_key {
            return line.to_owned();
        }
        is_set = true;
        format!("{key} = {}", Value::String(value.to_owned()))
    });
    let mut whole = lines.by_ref().collect::<Vec<_>>().join("\n");
    whole.push('\n');
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_replace_the_keys_of_the_sample_and_nothing_else_changes() {
        let quote = "Gulls \"& terns\"";
        let new = NewFolder {
            title: Some(quote),
            base_url: Some("https://gulls.example/feeds"),
            contact: Some("keeper@gulls.example"),
        };
        let files = new_folder(&new).unwrap();
        let changed: Vec<&str> = files[0]
            .1
            .lines()
            .zip(SAMPLE.lines())
            .filter(|(one, other)| one != other)
            .map(|(one, _)| one)
            .collect();
        let expected = [
            "title = 'Gulls \"& terns\"'",
            "base_url = \"https://gulls.example/feeds\"",
            "contact = \"keeper@gulls.example\"",
        ];
        assert_eq!(changed, expected);
    }

    #[test]
    fn without_values_the_sample_is_written_as_it_is() {
        assert_eq!(new_folder(&NewFolder::default()).unwrap()[0].1, SAMPLE);
    }

    #[test]
    fn a_value_that_the_configuration_does_not_take_is_an_error() {
        let new = NewFolder { base_url: Some("gulls.example"), ..NewFolder::default() };
        assert!(new_folder(&new).unwrap_err().to_string().contains("config"), "it names the file");
    }
}
