//! The WARC file that is being written: begun with the first record, closed when it is full or the run is over.
//!
//! What is made of a capture has a target of its own (`urn:article:…`, `urn:note:…`, after the `urn:text:…` and
//! `urn:pageinfo:…` of Webrecorder's tools): under the page's URL, replay would show it in place of the page.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use url::Url;

use super::segments::{self, Name};
use crate::error::{Action, Error};
use crate::model::Capture;
use crate::record::file_info;
use crate::record::{ARTICLE, NOTE};
use crate::warc::{Raw, Record, RecordId, RecordType, Span, Writer, request_block, response_head};

/// Large enough to be few, small enough to be copied.
const FULL: u64 = 1_000_000_000;
const REQUEST: &str = "application/http; msgtype=request";
const RESPONSE: &str = "application/http; msgtype=response";

/// The end of the archive.
#[derive(Debug)]
pub(crate) struct Log {
    archive: PathBuf,
    /// When the run began: the files that it writes are named so.
    now: DateTime<Utc>,
    /// The number that the next file gets.
    number: u32,
    open: Option<Open>,
    /// A file is closed once it has so many bytes.
    full: u64,
    /// Why nothing may follow what is in the file.
    broken: Option<Arc<Error>>,
}

#[derive(Debug)]
struct Open {
    name: Name,
    writer: Writer,
    /// The length at the last commit; 0 for a file without any.
    committed: u64,
}

/// A response that was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    pub(crate) id: RecordId,
    pub(crate) span: Span,
}

impl Log {
    /// Nothing is created before there is something to write.
    pub(crate) fn new(archive: PathBuf, now: DateTime<Utc>, number: u32) -> Log {
        Log { archive, now, number, open: None, full: FULL, broken: None }
    }

    /// Writes the exchange: the response, then the request.
    pub(crate) fn exchange(&mut self, capture: &Capture) -> Result<Written, Error> {
        let head = response_head(capture);
        let response = self.write(&Record {
            kind: RecordType::Response,
            date: capture.fetched_at,
            content_type: RESPONSE,
            target: Some(capture.url.as_str()),
            concurrent_to: None,
            refers_to: None,
            repeats: None,
            payload: Some(capture.payload_digest()),
            block: &[&head, &capture.body],
        })?;
        self.request(capture, response.id)?;
        Ok(response)
    }

    /// Writes the request to which `response` is the answer, if one was sent.
    fn request(&mut self, capture: &Capture, response: RecordId) -> Result<(), Error> {
        if capture.request_head.is_empty() {
            return Ok(());
        }
        let written = self.write(&Record {
            kind: RecordType::Request,
            date: capture.fetched_at,
            content_type: REQUEST,
            target: Some(capture.url.as_str()),
            concurrent_to: Some(response),
            refers_to: None,
            repeats: None,
            payload: None,
            block: &[&request_block(&capture.request_head)],
        });
        written.map(drop)
    }

    /// Writes that the answer has the body of `original`, which was captured at `date` under the URL `target`.
    pub(crate) fn revisit(
        &mut self,
        capture: &Capture,
        original: RecordId,
        (target, date): (&str, DateTime<Utc>),
    ) -> Result<(), Error> {
        let head = response_head(capture);
        let revisit = self.write(&Record {
            kind: RecordType::Revisit,
            date: capture.fetched_at,
            content_type: RESPONSE,
            target: Some(capture.url.as_str()),
            concurrent_to: None,
            refers_to: Some(original),
            repeats: Some((target, date)),
            payload: Some(capture.payload_digest()),
            block: &[&head],
        })?;
        self.request(capture, revisit.id)
    }

    /// Writes a normalised article that was made from `response`, or from what its feed carries.
    pub(crate) fn conversion(
        &mut self,
        capture: &Capture,
        response: Option<&Written>,
        block: &[u8],
    ) -> Result<Written, Error> {
        self.write(&Record {
            kind: RecordType::Conversion,
            date: capture.fetched_at,
            content_type: ARTICLE,
            target: Some(&format!("urn:article:{}", capture.url)),
            concurrent_to: None,
            refers_to: response.map(|response| response.id),
            repeats: None,
            payload: None,
            block: &[block],
        })
    }

    /// Writes a normalised article that was read from a response of an earlier run, of the page at `url`.
    pub(crate) fn reread(
        &mut self,
        url: &Url,
        date: DateTime<Utc>,
        response: Option<RecordId>,
        block: &[u8],
    ) -> Result<Written, Error> {
        self.write(&Record {
            kind: RecordType::Conversion,
            date,
            content_type: ARTICLE,
            target: Some(&format!("urn:article:{url}")),
            concurrent_to: None,
            refers_to: response,
            repeats: None,
            payload: None,
            block: &[block],
        })
    }

    /// Writes a note about `url`, and about `response` if there is one.
    pub(crate) fn note(
        &mut self,
        url: &str,
        date: DateTime<Utc>,
        response: Option<&Written>,
        block: &[u8],
    ) -> Result<Written, Error> {
        self.write(&Record {
            kind: RecordType::Metadata,
            date,
            content_type: NOTE,
            target: Some(&format!("urn:note:{url}")),
            concurrent_to: response.map(|response| response.id),
            refers_to: None,
            repeats: None,
            payload: None,
            block: &[block],
        })
    }

    /// Writes a record as it stood in another archive.
    pub(crate) fn copy(&mut self, raw: &Raw) -> Result<Span, Error> {
        let copied = self.open()?.writer.copy(raw);
        copied.map_err(|source| self.failed(Action::Write)(source))
    }

    fn write(&mut self, record: &Record<'_>) -> Result<Written, Error> {
        let open = self.open()?;
        match open.writer.write(record) {
            Ok((id, span)) => Ok(Written { id, span }),
            Err(source) => Err(self.failed(Action::Write)(source)),
        }
    }

    fn open(&mut self) -> Result<&mut Open, Error> {
        if let Some(source) = &self.broken {
            return Err(Error::Broken { path: self.archive.clone(), source: Arc::clone(source) });
        }
        if self.open.is_none() {
            let name = Name::new(self.now, self.number);
            let file = segments::create(&self.archive, &name)?;
            let writer = Writer::new(file, name.as_str().to_owned());
            let mut open = Open { name, writer, committed: 0 };
            file_info::write(&mut open.writer, self.now, &[])
                .map_err(Error::io(Action::Write, &open.name.open(&self.archive)))?;
            self.number = self.number.saturating_add(1);
            self.open = Some(open);
        }
        Ok(self.open.as_mut().expect("it was opened above"))
    }

    /// The file that is being written, and its length once everything is flushed.
    pub(crate) fn end(&mut self) -> Result<(&Name, u64), Error> {
        let open = self.open()?;
        Ok((&open.name, open.writer.end()))
    }

    /// The same, if there is such a file.
    pub(crate) fn written(&self) -> Option<(&Name, u64)> {
        self.open.as_ref().map(|open| (&open.name, open.writer.end()))
    }

    /// Hands everything to the operating system, where readers see it.
    pub(crate) fn flush(&mut self) -> Result<(), Error> {
        self.on_writer(Action::Write, Writer::flush)
    }

    /// Waits until the disk has everything.
    pub(crate) fn sync(&mut self) -> Result<(), Error> {
        self.on_writer(Action::Sync, Writer::sync)
    }

    /// What was synced is committed; a full file is closed.
    pub(crate) fn committed(&mut self) -> Result<(), Error> {
        if let Some(open) = &mut self.open {
            open.committed = open.writer.end();
            if open.committed >= self.full {
                return self.close();
            }
        }
        Ok(())
    }

    /// Takes back what was written since the last commit. If that fails too, the next run's recovery does it, and
    /// this one can write no more.
    pub(crate) fn take_back(&mut self) {
        if let Err(error) = self.try_take_back() {
            self.broken = Some(Arc::new(error));
        }
    }

    fn try_take_back(&mut self) -> Result<(), Error> {
        match self.open.take() {
            Some(open) if open.committed == 0 => {
                self.number -= 1;
                segments::remove(&self.archive, &open.name)
            }
            Some(mut open) => {
                let cut = open.writer.cut(open.committed);
                let path = open.name.open(&self.archive);
                cut.map_err(Error::io(Action::Cut, &path))?;
                self.open = Some(open);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Leaves the file as it is to the next run, because of `error`: this one can write no more.
    pub(crate) fn abandon(&mut self, error: Error) -> Error {
        let source = Arc::new(error);
        self.open = None;
        self.broken = Some(Arc::clone(&source));
        Error::Broken { path: self.archive.clone(), source }
    }

    /// Closes the file, if there is one: from now on it never changes.
    pub(crate) fn close(&mut self) -> Result<(), Error> {
        match self.open.take() {
            Some(open) => segments::close(&self.archive, &open.name),
            None => Ok(()),
        }
    }

    fn on_writer(
        &mut self,
        action: Action,
        work: impl FnOnce(&mut Writer) -> std::io::Result<()>,
    ) -> Result<(), Error> {
        match self.open.as_mut().map(|open| work(&mut open.writer)) {
            Some(Err(source)) => Err(self.failed(action)(source)),
            _ => Ok(()),
        }
    }

    fn failed(&self, action: Action) -> impl FnOnce(std::io::Error) -> Error {
        let path =
            self.open.as_ref().map_or_else(|| self.archive.clone(), |open| open.name.open(&self.archive));
        move |source| Error::Io { action, path, source }
    }
}

#[cfg(test)]
mod tests;
