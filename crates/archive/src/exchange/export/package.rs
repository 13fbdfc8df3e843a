//! A WACZ file (version 1.1.1): a ZIP file with the WARC files, an index of their captures, a list of pages, and a
//! `datapackage.json` that has the digest of each of them. WARC files and index are stored as they are, so that replay
//! reads any capture without reading the rest.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::groups::Member;
use super::sorted::Sorted;
use super::{index, pages};
use crate::warc::RecordType;

type Output = BufWriter<NamedTempFile>;

/// A file within, as `datapackage.json` has it.
#[derive(Serialize)]
struct Resource {
    name: String,
    path: String,
    hash: String,
    bytes: u64,
}

#[derive(Serialize)]
struct Described<'a> {
    profile: &'static str,
    title: &'a str,
    created: String,
    wacz_version: &'static str,
    software: &'static str,
    resources: &'a [Resource],
}

#[derive(Serialize)]
struct Signed {
    path: &'static str,
    hash: String,
}

/// A WACZ file under way.
pub(super) struct Package {
    zip: ZipWriter<Output>,
    /// The file that is being written into it.
    open: Option<Open>,
    resources: Vec<Resource>,
    captures: Sorted,
    pages: BufWriter<File>,
    /// The newest date of a record: the file is as old as that.
    newest: Option<DateTime<Utc>>,
}

struct Open {
    path: String,
    digest: Sha256,
    bytes: u64,
}

impl Package {
    pub(super) fn new(output: Output) -> io::Result<Package> {
        let mut pages = BufWriter::new(tempfile::tempfile()?);
        pages.write_all(pages::HEAD.as_bytes())?;
        let (resources, captures) = (Vec::new(), Sorted::default());
        Ok(Package { zip: ZipWriter::new(output), open: None, resources, captures, pages, newest: None })
    }

    /// Adds a group of the WARC file called `name`.
    pub(super) fn add(&mut self, name: &str, group: &[Member]) -> io::Result<()> {
        let path = format!("archive/{name}");
        if self.open.as_ref().is_none_or(|open| open.path != path) {
            self.close();
            self.begin(path, CompressionMethod::Stored)?;
        }
        for member in group {
            let offset = self.open.as_ref().map_or(0, |open| open.bytes);
            self.write_all(&member.raw)?;
            if matches!(member.head.kind(), RecordType::Response | RecordType::Revisit)
                && let Some(line) = index::line(member, name, offset)
            {
                self.captures.push(line)?;
            }
            self.newest = self.newest.max(member.head.date());
        }
        match pages::line(group) {
            Some(line) => writeln!(self.pages, "{line}"),
            None => Ok(()),
        }
    }

    /// Writes what is not written yet.
    pub(super) fn finish(mut self, title: &str) -> io::Result<Output> {
        self.close();
        let captures = std::mem::take(&mut self.captures).finish()?;
        self.begin(format!("indexes/{}", index::NAME), CompressionMethod::Stored)?;
        let second = index::write(captures, &mut self)?;
        self.close();
        self.file("indexes/index.idx", second.as_bytes())?;
        self.list_pages()?;
        let described = self.describe(title);
        self.file("datapackage.json", &described)?;
        let hash = hash(Sha256::new_with_prefix(&described));
        let signed = Signed { path: "datapackage.json", hash };
        self.file("datapackage-digest.json", &serde_json::to_vec(&signed)?)?;
        Ok(self.zip.finish()?)
    }

    fn list_pages(&mut self) -> io::Result<()> {
        let empty = BufWriter::new(tempfile::tempfile()?);
        let pages = std::mem::replace(&mut self.pages, empty);
        let mut pages = pages.into_inner().map_err(io::IntoInnerError::into_error)?;
        pages.rewind()?;
        self.begin("pages/pages.jsonl".to_owned(), CompressionMethod::Deflated)?;
        let mut pages = BufReader::new(pages);
        let mut chunk = vec![0; 64 * 1024];
        loop {
            let count = pages.read(&mut chunk)?;
            if count == 0 {
                break;
            }
            self.write_all(&chunk[..count])?;
        }
        self.close();
        Ok(())
    }

    fn describe(&self, title: &str) -> Vec<u8> {
        let created = self.newest.unwrap_or(DateTime::UNIX_EPOCH);
        let described = Described {
            profile: "data-package",
            title,
            created: created.to_rfc3339_opts(SecondsFormat::Secs, true),
            wacz_version: "1.1.1",
            software: "tearsheet",
            resources: &self.resources,
        };
        serde_json::to_vec_pretty(&described).expect("plain values serialise")
    }

    /// A small file.
    fn file(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.begin(path.to_owned(), CompressionMethod::Deflated)?;
        self.write_all(bytes)?;
        self.close();
        Ok(())
    }

    fn begin(&mut self, path: String, method: CompressionMethod) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            // The same bytes at any time.
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644)
            // It is not known how much comes.
            .large_file(method == CompressionMethod::Stored);
        self.zip.start_file(path.as_str(), options)?;
        self.open = Some(Open { path, digest: Sha256::new(), bytes: 0 });
        Ok(())
    }

    fn close(&mut self) {
        if let Some(Open { path, digest, bytes }) = self.open.take() {
            let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
            self.resources.push(Resource { name, path, hash: hash(digest), bytes });
        }
    }
}

impl Write for Package {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.zip.write(bytes)?;
        if let Some(open) = &mut self.open {
            open.digest.update(&bytes[..count]);
            open.bytes += count as u64;
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.zip.flush()
    }
}

fn hash(digest: Sha256) -> String {
    format!("sha256:{}", data_encoding::HEXLOWER.encode(&digest.finalize()))
}
