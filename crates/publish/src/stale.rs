//! Removes what was published once and is wanted no longer: a feed that left the config, a format that was switched off,
//! an article that left the archive.
//!
//! There is no list of what was written: it would grow with the archive and could be lost. A file is ours if it stands
//! where we would write one *and* names us as its generator. Anything else in the output folder is somebody else's.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::addresses::{REVISIONS, revisions_folder};
use super::files::{Error, disk};
use super::{Feed, Format, RESERVED_NAMES, feed_page_path, feed_path};
use crate::model::SourceId;

/// How far into a file its generator is looked for.
const HEAD: u64 = 4096;

/// Removes our feeds and feed pages below `root` that belong to none of `feeds`, and folders that become empty. Returns
/// how many files went.
///
/// # Errors
/// [`Error`] if the folder cannot be read or a file not removed.
pub fn remove_feeds(root: &Path, feeds: &[Feed]) -> Result<usize, Error> {
    let wanted: HashSet<String> = feeds
        .iter()
        .flat_map(|feed| {
            let formats = feed.formats.iter().map(|&format| feed_path(&feed.id, format));
            formats.chain([feed_page_path(&feed.id)])
        })
        .collect();
    let mut removed = 0;
    for (name, folder) in folders(root)? {
        let Ok(id) = SourceId::parse(&name) else { continue };
        if RESERVED_NAMES.contains(&id.as_str()) {
            continue;
        }
        let ours = [Format::Rss, Format::Atom, Format::Json].map(|format| feed_path(&id, format));
        for path in ours.into_iter().chain([feed_page_path(&id)]) {
            if !wanted.contains(&path) && remove_ours(&root.join(&path))? {
                removed += 1;
            }
        }
        remove_if_empty(&folder);
    }
    Ok(removed)
}

/// Removes our archive documents below `root` whose path is not in `wanted`, and folders that become empty. Returns how
/// many files went.
///
/// # Errors
/// [`Error`] if a folder cannot be read or a file not removed.
pub fn remove_history(root: &Path, wanted: &HashSet<String>) -> Result<usize, Error> {
    let mut removed = 0;
    for (feed, folder) in folders(root)? {
        let history = folder.join("history");
        if SourceId::parse(&feed).is_err() || !history.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&history).map_err(disk("reading", &history))? {
            let entry = entry.map_err(disk("reading", &history))?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let is_wanted = wanted.contains(&format!("{feed}/history/{name}"));
            removed += usize::from(!is_wanted && remove_ours(&entry.path())?);
        }
        remove_if_empty(&history);
        remove_if_empty(&folder);
    }
    Ok(removed)
}

/// Removes our lists of articles for the site's search whose path is not in `wanted`. Returns how many files went.
///
/// # Errors
/// [`Error`] if the folder cannot be read or a file not removed.
pub fn remove_shards(root: &Path, wanted: &HashSet<String>) -> Result<usize, Error> {
    let folder = root.join("assets/search");
    if !folder.is_dir() {
        return Ok(0);
    }
    let mut removed = 0;
    for entry in fs::read_dir(&folder).map_err(disk("reading", &folder))? {
        let entry = entry.map_err(disk("reading", &folder))?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let is_wanted = wanted.contains(&format!("assets/search/{name}"));
        removed += usize::from(!is_wanted && remove_ours(&entry.path())?);
    }
    Ok(removed)
}

/// Removes our archive documents of one feed. Returns how many files went.
///
/// # Errors
/// [`Error`] if its folder cannot be read or a file not removed.
pub fn remove_history_of(root: &Path, feed: &SourceId) -> Result<usize, Error> {
    let history = root.join(feed.as_str()).join("history");
    let mut removed = 0;
    for name in files_in(&history)? {
        removed += usize::from(remove_ours(&history.join(name))?);
    }
    remove_if_empty(&history);
    Ok(removed)
}

/// Removes our reading pages below `root` whose path is not in `wanted`, and folders that become empty. Returns how many
/// files went. It looks at every page: its cost grows with the archive.
///
/// # Errors
/// [`Error`] if a folder cannot be read or a file not removed.
pub fn remove_articles(root: &Path, wanted: &HashSet<String>) -> Result<usize, Error> {
    let mut removed = 0;
    for (source, source_folder) in folders(&root.join("articles"))? {
        for (year, year_folder) in folders(&source_folder)? {
            if year == REVISIONS {
                removed += remove_revisions(&source, &year_folder, wanted)?;
                continue;
            }
            for (article, folder) in folders(&year_folder)? {
                let path = format!("articles/{source}/{year}/{article}/index.html");
                if !wanted.contains(&path) && remove_ours(&folder.join("index.html"))? {
                    removed += 1;
                    remove_if_empty(&folder);
                }
            }
            remove_if_empty(&year_folder);
        }
        remove_if_empty(&source_folder);
    }
    Ok(removed)
}

/// Removes our pages of earlier revisions in `folder`, where those of `source` are, whose path is not in `wanted`.
fn remove_revisions(source: &str, folder: &Path, wanted: &HashSet<String>) -> Result<usize, Error> {
    let mut removed = 0;
    for (article, folder) in folders(folder)? {
        let place = format!("articles/{source}/{REVISIONS}/{article}");
        removed += remove_others(&place, &folder, |path| wanted.contains(path))?;
    }
    remove_if_empty(folder);
    Ok(removed)
}

/// Removes our files in `folder`, which is `place` below the output, but for those whose path `is_wanted`.
fn remove_others(place: &str, folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<usize, Error> {
    let mut removed = 0;
    for name in files_in(folder)? {
        removed += usize::from(!is_wanted(&format!("{place}/{name}")) && remove_ours(&folder.join(name))?);
    }
    if removed > 0 {
        remove_if_empty(folder);
    }
    Ok(removed)
}

/// Removes our page of an article, and those of its earlier revisions. Returns how many files went.
///
/// # Errors
/// [`Error`] if one cannot be read or removed.
pub fn remove_article(root: &Path, path: &str) -> Result<usize, Error> {
    Ok(remove_earlier(root, path, &[])? + usize::from(remove_page(root, path)?))
}

/// Removes our pages of earlier revisions of the article whose page is at `path`, but for those `wanted`. Returns how many
/// files went.
///
/// # Errors
/// [`Error`] if one cannot be read or removed.
pub fn remove_earlier(root: &Path, path: &str, wanted: &[String]) -> Result<usize, Error> {
    let Some(place) = revisions_folder(path) else { return Ok(0) };
    let folder = root.join(&place);
    let removed = remove_others(&place, &folder, |path| wanted.iter().any(|wanted| wanted == path))?;
    if removed > 0 {
        folder.parent().into_iter().for_each(remove_if_empty);
    }
    Ok(removed)
}

/// Removes our lists of articles and sitemaps below `root` whose path is not in `wanted`, and folders that become empty.
/// Returns how many files went.
///
/// # Errors
/// [`Error`] if a folder cannot be read or a file not removed.
pub fn remove_shelves(root: &Path, wanted: &HashSet<String>) -> Result<usize, Error> {
    let mut places: Vec<String> = ["months", "sitemaps", "tags", "authors"].map(str::to_owned).into();
    for labels in ["tags", "authors"] {
        places.extend(folders(&root.join(labels))?.into_iter().map(|(name, _)| format!("{labels}/{name}")));
    }
    places.extend(folders(root)?.into_iter().map(|(name, _)| format!("{name}/months")));
    let mut removed = 0;
    for place in places.iter().rev() {
        let folder = root.join(place);
        for name in files_in(&folder)? {
            let is_wanted = wanted.contains(&format!("{place}/{name}"));
            removed += usize::from(!is_wanted && remove_ours(&folder.join(name))?);
        }
        remove_if_empty(&folder);
    }
    Ok(removed)
}

/// Removes our pictures below `root` whose path is not in `wanted`, and folders that become empty. Returns how many files
/// went.
///
/// # Errors
/// [`Error`] if a folder cannot be read or a file not removed.
pub fn remove_pictures(root: &Path, wanted: &HashSet<String>) -> Result<usize, Error> {
    let mut removed = 0;
    for (name, folder) in folders(&root.join("assets/pictures"))? {
        for file in files_in(&folder)? {
            if is_picture(&name, &file) && !wanted.contains(&format!("assets/pictures/{name}/{file}")) {
                let path = folder.join(&file);
                fs::remove_file(&path).map_err(disk("removing", &path))?;
                removed += 1;
            }
        }
        remove_if_empty(&folder);
    }
    remove_if_empty(&root.join("assets/pictures"));
    Ok(removed)
}

/// Removes one of our pictures. Whether it was there.
///
/// # Errors
/// [`Error`] if it cannot be removed.
pub fn remove_picture(root: &Path, path: &str) -> Result<bool, Error> {
    let path = root.join(path);
    match fs::remove_file(&path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(disk("removing", &path)(error)),
    }
}

/// Whether a file in a folder is called as one of our pictures is: they have no place for a mark. `1a/1a…-1-800.jpg`.
fn is_picture(folder: &str, file: &str) -> bool {
    let Some((name, rest)) = file.split_once('-') else { return false };
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let parts: Vec<&str> = rest.split(['-', '.']).collect();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    name.len() == 24
        && name.bytes().all(is_hex)
        && name.starts_with(folder)
        && folder.len() == 2
        && matches!(parts[..], [version, width, _] if is_number(version) && is_number(width))
}

/// The names of what is in `folder` and is no folder; none if it is not there.
fn files_in(folder: &Path) -> Result<Vec<String>, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(disk("reading", folder)(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(disk("reading", folder))?;
        let is_folder = entry.file_type().map_err(disk("reading", &entry.path()))?.is_dir();
        names.extend(entry.file_name().into_string().ok().filter(|_| !is_folder));
    }
    Ok(names)
}

/// Removes our page at `path` below `root`, and folders that become empty. Whether it was there.
///
/// # Errors
/// [`Error`] if it cannot be read or removed.
pub fn remove_page(root: &Path, path: &str) -> Result<bool, Error> {
    let page = root.join(path);
    let is_removed = remove_ours(&page)?;
    for folder in page.ancestors().skip(1).take_while(|folder| is_removed && *folder != root) {
        remove_if_empty(folder);
    }
    Ok(is_removed)
}

/// The real folders in `folder`, by name; none if it is not there.
fn folders(folder: &Path) -> Result<Vec<(String, PathBuf)>, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(disk("reading", folder)(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(disk("reading", folder))?;
        let is_folder = entry.file_type().map_err(disk("reading", &entry.path()))?.is_dir();
        if let (true, Ok(name)) = (is_folder, entry.file_name().into_string()) {
            found.push((name, entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a file was there, was ours, and is gone.
fn remove_ours(path: &Path) -> Result<bool, Error> {
    if !is_ours(path).map_err(disk("reading", path))? {
        return Ok(false);
    }
    fs::remove_file(path).map_err(disk("removing", path))?;
    Ok(true)
}

fn is_ours(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => {}
        Ok(_) => return Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    }
    let mut head = Vec::new();
    fs::File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    let head = String::from_utf8_lossy(&head);
    Ok(MARKS.iter().any(|mark| head.contains(mark)))
}

/// How our pages, RSS, Atom and JSON feeds and sitemaps name their generator.
const MARKS: &[&str] = &[
    "<meta name=\"generator\" content=\"tearsheet\">",
    "<generator>tearsheet</generator>",
    "\"name\": \"tearsheet\"",
    "<!-- tearsheet -->",
];

/// A folder that still holds something, or cannot be removed, stays.
fn remove_if_empty(folder: &Path) {
    let _ = fs::remove_dir(folder);
}
