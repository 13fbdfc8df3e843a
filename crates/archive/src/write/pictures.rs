//! Pictures that articles show: each body is kept once, however many URLs have it.

use chrono::{DateTime, SubsecRound, Utc};
use url::Url;

use crate::Archive;
use crate::error::Error;
use crate::index::{self, Place};
use crate::model::{Capture, Digest, Picture, SourceId, Validators};
use crate::record::Note;
use crate::warc::RecordId;

/// A picture that could not be had.
#[derive(Clone, Copy, Debug)]
pub struct PictureFailure<'a> {
    /// The source for whose article it was asked.
    pub source: &'a SourceId,
    /// As it was asked for.
    pub url: &'a Url,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: &'a str,
    /// How often it has failed now, in a row.
    pub failures: u32,
    /// When to try again; `None` for never.
    pub next_try_at: Option<DateTime<Utc>>,
    /// Whether it is larger than its owner wants to keep.
    pub is_let_go: bool,
}

impl Archive {
    /// Keeps what was answered to a request for the picture at `url`, and what it is. Where the archive has its bytes from
    /// another URL, they are not written again.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn keep_picture(
        &mut self,
        source: &SourceId,
        url: &Url,
        capture: &Capture,
        picture: Picture,
    ) -> Result<(), Error> {
        let payload = capture.payload_digest();
        self.change(|archive| {
            let at = capture.fetched_at.trunc_subsecs(0);
            let before = archive.log.end()?.1;
            let known = archive.view.index.picture_place(&payload).map_err(archive.view.in_index())?;
            let response = match known {
                Some(place) => {
                    let (head, _) = archive.view.record(&place)?;
                    let id = head.get("WARC-Record-ID").and_then(RecordId::parse);
                    let target = head.get("WARC-Target-URI").map(str::to_owned);
                    if let (Some(id), Some(target), Some(date)) = (id, target, head.date()) {
                        archive.log.revisit(capture, id, (&target, date))?;
                    }
                    None
                }
                None => Some(archive.log.exchange(capture)?),
            };
            let note = Note::Picture {
                source: source.clone(),
                url: url.clone(),
                at,
                hops: capture.hops.clone(),
                validators: Validators::of(capture),
                payload,
                picture,
            };
            let written = archive.write_note(url.as_str(), at, response.as_ref(), &note)?;
            let place = archive.place(before, response, written)?;
            archive.apply(&note, &place)
        })
    }

    /// Notes that the picture at `url` is what it was.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn keep_same_picture(
        &mut self,
        source: &SourceId,
        url: &Url,
        (payload, validators): (Digest, &Validators),
        at: DateTime<Utc>,
    ) -> Result<(), Error> {
        self.change(|archive| {
            let picture = archive.view.index.picture_shape(&payload).map_err(archive.view.in_index())?;
            let Some(picture) = picture else { return Ok(()) };
            let at = at.trunc_subsecs(0);
            let before = archive.log.end()?.1;
            let (source, url, validators) = (source.clone(), url.clone(), validators.clone());
            let note = Note::Picture { source, url, at, hops: Vec::new(), validators, payload, picture };
            let about = match &note {
                Note::Picture { url, .. } => url.as_str().to_owned(),
                _ => String::new(),
            };
            let written = archive.write_note(&about, at, None, &note)?;
            let place = archive.place(before, None, written)?;
            archive.apply(&note, &place)
        })
    }

    /// Notes that a picture could not be had, or was let go. A picture that the archive has stays as it is.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn keep_picture_failure(&mut self, failed: &PictureFailure<'_>) -> Result<(), Error> {
        self.change(|archive| {
            let at = failed.at.trunc_subsecs(0);
            let before = archive.log.end()?.1;
            let note = Note::NoPicture {
                source: failed.source.clone(),
                url: failed.url.clone(),
                at,
                reason: failed.reason.to_owned(),
                failures: failed.failures,
                next_try_at: failed.next_try_at.map(|at| at.trunc_subsecs(0)),
                is_let_go: failed.is_let_go,
            };
            let written = archive.write_note(failed.url.as_str(), at, None, &note)?;
            let place = archive.place(before, None, written)?;
            archive.apply(&note, &place)
        })
    }

    fn apply(&self, note: &Note, place: &Place) -> Result<(), Error> {
        index::apply_note(&self.view.index, note, place).map_err(self.view.in_index())
    }
}
