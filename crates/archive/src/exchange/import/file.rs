//! A file as it comes: a WARC, packed with gzip, with Zstandard or not, or a WACZ, which is a ZIP file with WARC files in its `archive/`. What
//! it is, its first bytes say; names are not believed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::GzDecoder;
use zip::ZipArchive;

use super::{Intake, Item, zstd};
use crate::error::{Action, Error};

const BUFFER: usize = 256 * 1024;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Records.
    Warc,
    /// A ZIP file with WARC files in it.
    Zip,
}

/// What the file at `path` holds; `None` if that is nothing for [`Intake::read`].
///
/// # Errors
/// What the file system says.
pub fn content(path: &Path) -> Result<Option<Content>, Error> {
    let begin = || {
        let mut begin = Vec::new();
        File::open(path)?.take(BUFFER as u64).read_to_end(&mut begin).map(|_| begin)
    };
    let begin = begin().map_err(Error::io(Action::Read, path))?;
    let is_zip = begin.starts_with(b"PK\x03\x04") || begin.starts_with(b"PK\x05\x06");
    if !is_zip {
        return Ok(is_warc(&begin).then_some(Content::Warc));
    }
    let file = File::open(path).map_err(Error::io(Action::Open, path))?;
    // What cannot be opened is for the reader to complain of.
    let has_members = ZipArchive::new(BufReader::new(file))
        .map_or(true, |zip| zip.file_names().any(|name| name.is_ok_and(|name| is_member(&name))));
    Ok(has_members.then_some(Content::Zip))
}

fn is_warc(begin: &[u8]) -> bool {
    let is_record = |input: &mut dyn Read| {
        let mut unpacked = [0; 5];
        input.read_exact(&mut unpacked).is_ok() && unpacked == *b"WARC/"
    };
    if zstd::begins(begin) {
        return zstd::Frames::new(begin).is_ok_and(|mut frames| is_record(&mut frames));
    }
    begin.starts_with(b"WARC/") || is_record(&mut GzDecoder::new(begin))
}

impl Intake {
    /// Reads the file at `path`, and gives `take` what it holds, in its order, until that says that it is enough. `done`
    /// counts the bytes that were read.
    ///
    /// # Errors
    /// [`Error`] if it cannot be read, or is no such file. What is damaged in it is an item.
    pub fn read(path: &Path, done: &AtomicU64, take: &mut dyn FnMut(Item) -> bool) -> Result<(), Error> {
        let file = File::open(path).map_err(Error::io(Action::Open, path))?;
        let mut input = BufReader::with_capacity(BUFFER, Counted { file, done });
        match content(path)? {
            Some(Content::Warc) => {
                let is_zstd = input.fill_buf().is_ok_and(zstd::begins);
                let read = if is_zstd {
                    let frames =
                        zstd::Frames::new(input).map(|frames| BufReader::with_capacity(BUFFER, frames));
                    frames.and_then(|frames| Intake::stream(frames, take))
                } else {
                    Intake::stream(input, take)
                };
                read.map(drop).map_err(Error::io(Action::Read, path))
            }
            Some(Content::Zip) => read_zip(path, input, take),
            None => Err(Error::NotWarc { path: path.to_owned() }),
        }
    }
}

fn read_zip(
    path: &Path,
    input: BufReader<Counted<'_>>,
    take: &mut dyn FnMut(Item) -> bool,
) -> Result<(), Error> {
    let in_zip = |source| Error::BrokenZip { path: path.to_owned(), source };
    let mut zip = ZipArchive::new(input).map_err(in_zip)?;
    let names: Result<Vec<String>, _> =
        zip.file_names().map(|name| name.map(std::borrow::Cow::into_owned)).collect();
    let mut names = names.map_err(in_zip)?;
    names.retain(|name| is_member(name));
    names.sort();
    if names.is_empty() {
        return Err(Error::NotWarc { path: path.to_owned() });
    }
    for name in names {
        let member = BufReader::with_capacity(BUFFER, zip.by_name(&name).map_err(in_zip)?);
        if !Intake::stream(member, take).map_err(Error::io(Action::Read, path))? {
            break;
        }
    }
    Ok(())
}

fn is_member(name: &str) -> bool {
    name.starts_with("archive/") && (name.ends_with(".warc.gz") || name.ends_with(".warc"))
}

/// A file that counts what is read of it.
struct Counted<'a> {
    file: File,
    done: &'a AtomicU64,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        self.done.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Seek for Counted<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
