//! Records of the WARC files, read where the index says that they stand.

use std::path::PathBuf;

use url::Url;

use crate::error::{Action, Error};
use crate::index::Located;
use crate::model::Capture;
use crate::read::view::View;
use crate::record::file_info;
use crate::record::{ARTICLE, Conversion, Format, format};
use crate::store::segments::{self, Name, OpenFile};
use crate::warc;
use crate::warc::{Damage, Head};

/// Files that are kept open for the next article.
const FILES: usize = 16;

impl View {
    /// The response at `place`.
    pub(crate) fn capture_at(&self, place: &Located) -> Result<Capture, Error> {
        let (head, block) = self.record(place)?;
        let url = head.get("WARC-Target-URI").and_then(|url| Url::parse(url).ok());
        let capture = url.zip(head.date()).and_then(|(url, date)| warc::response_capture(url, date, block));
        capture.ok_or_else(|| self.damaged(place, Damage::Head))
    }

    /// Reads the `conversion` record at `place`.
    pub(crate) fn conversion(&self, place: &Located) -> Result<Conversion, Error> {
        let (head, block) = self.record(place)?;
        match format(head.content_type(), ARTICLE) {
            Format::Ours => {
                serde_json::from_slice(&block).map_err(|source| self.damaged(place, Damage::Content(source)))
            }
            Format::Newer => Err(Error::NewerFormat {
                path: self.path_of(place),
                offset: place.span.offset,
                format: head.content_type().to_owned(),
            }),
            Format::Foreign => Err(self.damaged(place, Damage::Head)),
        }
    }

    pub(crate) fn record(&self, place: &Located) -> Result<(Head, Vec<u8>), Error> {
        let mut files = self.files.borrow_mut();
        let at = match files.iter().position(|open| open.segment == place.segment) {
            Some(at) => at,
            None => {
                files.truncate(FILES - 1);
                files.push(self.open_segment(place.segment)?);
                files.len() - 1
            }
        };
        files[..=at].rotate_right(1);
        let open = &mut files[0];
        let read = warc::read_at(&mut open.file, place.span.offset, place.span.length);
        let path = open.path.clone();
        match read.map_err(Error::io(Action::Read, &path))? {
            Ok(record) => Ok(record),
            Err(_) if self.is_anew(open) => Err(Error::Disagrees { path }),
            Err(source) => Err(Error::Damaged { path, offset: place.span.offset, source }),
        }
    }

    /// Whether the file was written anew since the index read it.
    fn is_anew(&self, open: &OpenFile) -> bool {
        let name = self.index.segment_name(open.segment);
        let mark = name.and_then(|name| self.index.mark(&name)).unwrap_or_default();
        let was = file_info::earlier_lengths(&open.path).unwrap_or_default();
        was.contains(&mark) && open.file.metadata().is_ok_and(|about| about.len() != mark)
    }

    /// Lets go of files that were kept open, since they were written anew.
    pub(crate) fn forget_files(&self) {
        self.files.borrow_mut().clear();
    }

    fn open_segment(&self, segment: i64) -> Result<OpenFile, Error> {
        let (file, path) = segments::open_for_reading(&self.archive, &self.segment_name(segment)?)?;
        Ok(OpenFile { segment, path, file })
    }

    fn segment_name(&self, segment: i64) -> Result<Name, Error> {
        self.index.segment_name(segment).map_err(self.in_index())
    }

    fn path_of(&self, place: &Located) -> PathBuf {
        self.segment_name(place.segment)
            .map_or_else(|_| self.archive.clone(), |name| name.closed(&self.archive))
    }

    pub(crate) fn damaged(&self, place: &Located, source: Damage) -> Error {
        Error::Damaged { path: self.path_of(place), offset: place.span.offset, source }
    }
}
