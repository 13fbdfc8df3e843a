//! What goes out: the records of the archive, or of some of its sources, in one file that other programs read. Records
//! are copied as they stand; the same records give the same bytes. The file appears whole or not at all.

mod groups;
mod index;
mod package;
mod pages;
mod sorted;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::error::{Action, Error};
use crate::model::SourceId;
use crate::read::view::View;
use crate::warc::RecordType;
use groups::{Member, groups};
use package::Package;

/// What is exported.
#[derive(Clone, Copy, Debug)]
pub struct Exporting<'a> {
    /// What these sources found; `None` for everything.
    pub sources: Option<&'a [SourceId]>,
    /// What the file is called for people.
    pub title: &'a str,
}

/// As what it is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One gzipped WARC file.
    Warc,
    /// A WACZ file of version 1.1.1, with an index of its captures and a list of its pages.
    Wacz,
}

/// What was exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Records, those that only describe a file left out.
    pub records: u64,
    /// Revisions of articles among them.
    pub revisions: u64,
    /// Damaged places that were left out.
    pub damaged: u64,
}

impl View {
    /// Writes what is committed to the file at `path`. `progress` is told how many bytes of how many were read.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or the file cannot be written; [`Error::NothingToExport`] if there is no
    /// such record.
    pub fn export(
        &self,
        what: &Exporting<'_>,
        shape: Shape,
        path: &Path,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Exported, Error> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let file = NamedTempFile::new_in(folder).map_err(Error::io(Action::Create, path))?;
        let output = BufWriter::with_capacity(256 * 1024, file);
        let in_file = |source| Error::Io { action: Action::Write, path: path.to_owned(), source };
        let (exported, file) = match shape {
            Shape::Warc => self.export_warc(what, output, &in_file, progress)?,
            Shape::Wacz => self.export_wacz(what, output, &in_file, progress)?,
        };
        if exported.records == 0 {
            return Err(Error::NothingToExport);
        }
        put_in_place(file, path, folder).map_err(in_file)?;
        Ok(exported)
    }

    fn export_warc(
        &self,
        what: &Exporting<'_>,
        mut output: BufWriter<NamedTempFile>,
        in_file: &dyn Fn(io::Error) -> Error,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(Exported, NamedTempFile), Error> {
        let mut exported = Exported::default();
        let mut write = |_: &str, group: &[Member]| {
            exported.count(group);
            group.iter().try_for_each(|member| output.write_all(&member.raw)).map_err(in_file)
        };
        let damaged = groups(self, what.sources, &mut write, progress)?;
        let file = output.into_inner().map_err(|error| in_file(error.into_error()))?;
        Ok((Exported { damaged, ..exported }, file))
    }

    fn export_wacz(
        &self,
        what: &Exporting<'_>,
        output: BufWriter<NamedTempFile>,
        in_file: &dyn Fn(io::Error) -> Error,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(Exported, NamedTempFile), Error> {
        let mut exported = Exported::default();
        let mut package = Package::new(output).map_err(in_file)?;
        let mut write = |name: &str, group: &[Member]| {
            exported.count(group);
            package.add(name, group).map_err(in_file)
        };
        let damaged = groups(self, what.sources, &mut write, progress)?;
        let output = package.finish(what.title).map_err(in_file)?;
        let file = output.into_inner().map_err(|error| in_file(error.into_error()))?;
        Ok((Exported { damaged, ..exported }, file))
    }
}

impl Exported {
    fn count(&mut self, group: &[Member]) {
        let of = |wanted: fn(RecordType) -> bool| {
            group.iter().filter(|member| wanted(member.head.kind())).count() as u64
        };
        self.records += of(|kind| kind != RecordType::Warcinfo);
        self.revisions += of(|kind| kind == RecordType::Conversion);
    }
}

/// A temporary file is its owner's alone; one that is handed on is not.
fn put_in_place(file: NamedTempFile, path: &Path, folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(file.path(), std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
