//! Writes the output folder, and is the only part of publishing that touches a disk. A file appears whole or not at all,
//! and one whose bytes do not change is not touched.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use super::File;

/// How many files a call wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that already had their bytes.
    pub unchanged: usize,
}

/// Why the output folder could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A path that is absolute, climbs, or names no file.
    #[error("`{path}` does not stay in the output folder")]
    Escapes {
        /// The path as given.
        path: String,
    },
    /// Something on the way to a file is a symbolic link that leads out of the output folder, or the file is a link.
    #[error("`{}` is a symbolic link; publishing does not write through it", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// The disk refused.
    #[error("{action} `{}` failed", path.display())]
    Disk {
        /// What was being done.
        action: &'static str,
        /// To what.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

/// Wraps an I/O error with what was being done to what.
pub(super) fn disk(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Disk { action, path, source }
}

/// Writes `files` below `root`, which is made if it is not there. Each is written beside its place and renamed into it,
/// readable by everyone, and only if its bytes differ from what is there.
///
/// # Errors
/// [`Error`] at the first file that cannot be written; those before it are in place.
pub fn write(root: &Path, files: &[File]) -> Result<Written, Error> {
    if !root.exists() {
        fs::create_dir_all(root).and_then(|()| allow(root, 0o755)).map_err(disk("creating", root))?;
    }
    let root = root.canonicalize().map_err(disk("opening", root))?;
    let mut count = Written::default();
    for file in files {
        if write_one(&root, file)? {
            count.written += 1;
        } else {
            count.unchanged += 1;
        }
    }
    Ok(count)
}

/// Whether the file had to be written.
fn write_one(root: &Path, file: &File) -> Result<bool, Error> {
    let (folders, name) = parts(&file.path)?;
    let folder = folder(root, &folders)?;
    let place = folder.join(name);
    let exists = match fs::symlink_metadata(&place) {
        Ok(found) if found.is_symlink() => return Err(Error::Link { path: place }),
        Ok(_) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(disk("reading", &place)(error)),
    };
    if exists && fs::read(&place).map_err(disk("reading", &place))? == file.bytes {
        return Ok(false);
    }
    replace(&folder, name, file, exists)?;
    Ok(true)
}

/// The folders and the name in a relative path.
fn parts(path: &str) -> Result<(Vec<&str>, &str), Error> {
    let escapes = || Error::Escapes { path: path.to_owned() };
    let mut parts = Vec::new();
    for component in Path::new(path).components() {
        match component {
            Component::Normal(part) => parts.push(part.to_str().ok_or_else(escapes)?),
            _ => return Err(escapes()),
        }
    }
    let name = parts.pop().filter(|_| !path.ends_with('/')).ok_or_else(escapes)?;
    Ok((parts, name))
}

/// The folder for a file, made where it is missing. A link to another place below `root` is followed.
fn folder(root: &Path, folders: &[&str]) -> Result<PathBuf, Error> {
    let mut path = root.to_owned();
    for name in folders {
        path.push(name);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_symlink() => {
                let target = path.canonicalize().map_err(disk("opening", &path))?;
                if !target.starts_with(root) {
                    return Err(Error::Link { path });
                }
                path = target;
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir(&path).and_then(|()| allow(&path, 0o755)).map_err(disk("creating", &path))?;
            }
            Err(error) => return Err(disk("opening", &path)(error)),
        }
    }
    Ok(path)
}

/// A file that takes the place of another is on the disk before it does, so that a power cut cannot leave a subscriber
/// with an empty feed. A new file need not be: whatever a cut leaves of it is written again by the next run.
///
/// The name of the temporary file is made of the file's own, so that what a killed run left is used up by the next.
fn replace(folder: &Path, name: &str, file: &File, exists: bool) -> Result<(), Error> {
    let place = folder.join(name);
    let temporary = folder.join(format!(".{name}.new"));
    let writing = |source| Error::Disk { action: "writing", path: temporary.clone(), source };
    let mut out = create(&temporary).map_err(writing)?;
    out.write_all(&file.bytes).map_err(writing)?;
    out.flush().map_err(writing)?;
    allow(&temporary, 0o644).map_err(writing)?;
    if exists {
        out.sync_data().map_err(writing)?;
    }
    drop(out);
    fs::rename(&temporary, &place).map_err(disk("replacing", &place))
}

/// Creates a file that was not there, so that nothing is written through a link.
fn create(path: &Path) -> io::Result<fs::File> {
    let create = || fs::File::options().write(true).create_new(true).open(path);
    match create() {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            create()
        }
        other => other,
    }
}

/// Gives a file or folder its mode whatever the mask is: cron often has a strict one, and a web server runs as somebody
/// else.
#[cfg(unix)]
fn allow(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn allow(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
