//! What a shell offers for a word: the names of sources.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::config;

/// Offers the names of sources.
pub(super) fn sources() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let typed = typed.to_string_lossy().into_owned();
        let names = config::source_names(&root(env::args_os().collect())).into_iter();
        let fitting = names.filter(|name| name.as_str().starts_with(&typed));
        fitting.map(|name| CompletionCandidate::new(name.to_string())).collect()
    })
}

/// The folder that the words typed so far, or the environment, name.
fn root(words: Vec<OsString>) -> PathBuf {
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let named = match word.to_str().and_then(|word| word.strip_prefix("--root")) {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('=').map(OsString::from),
            None => None,
        };
        if let Some(named) = named {
            return PathBuf::from(named);
        }
    }
    env::var_os("TEARSHEET_ROOT").map_or_else(|| PathBuf::from("."), PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_the_one_that_is_typed() {
        let of = |words: &[&str]| root(words.iter().map(OsString::from).collect());
        assert_eq!(
            of(&["tearsheet", "--", "tearsheet", "--root", "feeds", "run", ""]),
            PathBuf::from("feeds")
        );
        assert_eq!(of(&["tearsheet", "--root=my feeds", "run", ""]), PathBuf::from("my feeds"));
    }
}
