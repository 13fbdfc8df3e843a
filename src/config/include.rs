//! `[include]` in `config/tearsheet.toml`: other files that say some of the same.

use std::path::{Component, Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file::TomlFile;
use super::problems::Problems;
use super::reason::Reason;

/// How deep files may include one another.
const DEEPEST: usize = 8;
/// How many files may be included.
const MOST: usize = 64;

/// `main`, which lies in the folder `config`, and after it every file that it includes, directly or not: what counts more
/// comes first. What cannot be included is a problem of the file that names it.
pub(super) fn with_included(main: TomlFile, path: PathBuf, problems: &Problems) -> Vec<TomlFile> {
    let config = main.folder().to_owned();
    let mut walk = Inclusion { config, trail: vec![path], paths: Vec::new(), problems };
    let mut files = Vec::new();
    walk.take(main, &mut files);
    files
}

struct Inclusion<'p> {
    config: PathBuf,
    /// The files that lead to the one at hand, itself included.
    trail: Vec<PathBuf>,
    /// All that were included.
    paths: Vec<PathBuf>,
    problems: &'p Problems,
}

impl Inclusion<'_> {
    /// Takes `file`, which is the last of the trail, and what it includes.
    fn take(&mut self, file: TomlFile, files: &mut Vec<TomlFile>) {
        // One that is not TOML is told as such when it is read.
        let tree = file.tree(&Problems::default());
        let named: Vec<(String, std::ops::Range<usize>)> =
            tree.as_ref().map(|tree| named(&file, tree, self.problems)).unwrap_or_default();
        drop(tree);
        let at = files.len();
        let mut included = Vec::new();
        for (name, span) in named.into_iter().rev() {
            match self.opened(&file, &name) {
                Ok(None) => {}
                Ok(Some((path, next))) => {
                    self.trail.push(path);
                    self.take(next, &mut included);
                    self.trail.pop();
                }
                Err(reason) => file.place(self.problems).add(span, reason),
            }
        }
        files.insert(at, file);
        files.append(&mut included);
    }

    /// The file that `from` calls `name`; `None` if it was included before.
    fn opened(&mut self, from: &TomlFile, name: &str) -> Result<Option<(PathBuf, TomlFile)>, Reason> {
        let path = self.within(from.folder(), name)?;
        if self.trail.contains(&path) {
            return Err(Reason::IncludeCircle);
        }
        if self.paths.contains(&path) {
            return Ok(None);
        }
        if self.trail.len() > DEEPEST || self.paths.len() >= MOST {
            return Err(Reason::TooManyIncludes { most: MOST, deepest: DEEPEST });
        }
        self.paths.push(path.clone());
        let file = TomlFile::read(&path).map_err(Reason::Unreadable)?;
        Ok(Some((path, file)))
    }

    /// `name` beneath `folder`, if that does not lead out of the folder of the configuration.
    fn within(&self, folder: &Path, name: &str) -> Result<PathBuf, Reason> {
        let mut path = folder.to_owned();
        for part in Path::new(name).components() {
            match part {
                Component::Normal(part) => path.push(part),
                Component::CurDir => {}
                Component::ParentDir if path != self.config => {
                    path.pop();
                }
                Component::ParentDir | Component::RootDir | Component::Prefix(_) => {
                    return Err(Reason::IncludeOutside);
                }
            }
        }
        if path == folder { Err(Reason::Empty) } else { Ok(path) }
    }
}

/// The files that the tree of `file` names, with their places.
fn named(
    file: &TomlFile,
    tree: &Spanned<DeTable<'_>>,
    problems: &Problems,
) -> Vec<(String, std::ops::Range<usize>)> {
    // That a table is none is told when it is read.
    let include = tree.get_ref().get("include").and_then(|value| value.get_ref().as_table());
    let Some(files) = include.and_then(|include| include.get("files")) else { return Vec::new() };
    let place = file.place(problems);
    let Some(list) = files.get_ref().as_array() else {
        place.add(files.span(), Reason::wrong_type("a list", files.get_ref()));
        return Vec::new();
    };
    let text = |value: &Spanned<DeValue<'_>>| match value.get_ref().as_str() {
        Some(name) => Some((name.to_owned(), value.span())),
        None => {
            place.add(value.span(), Reason::wrong_type("a string", value.get_ref()));
            None
        }
    };
    list.iter().filter_map(text).collect()
}
