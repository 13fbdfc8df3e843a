//! Pictures that articles show, as the archive has them.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use url::Url;

use crate::error::Error;
use crate::index::{PictureRow, WantedRow};
use crate::model::{ArticleId, CanonicalUrl, Capture, Digest, Picture, SourceId, Validators};
use crate::read::view::View;

/// A picture that is to be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedPicture {
    /// Its URL.
    pub url: Url,
    /// The page that shows it.
    pub page: CanonicalUrl,
    /// How many bytes the pictures of that article take which the archive has.
    pub kept_beside: u64,
    /// The number of that article.
    pub article: u64,
    /// How often it has failed in a row.
    pub failures: u32,
    /// What its last answer gave to ask again with, and that answer's digest.
    pub known: Option<(Digest, Validators)>,
}

/// Which pictures are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WantedPictures {
    /// Those that were first shown since then, and those whose time has come to be tried again.
    Recent(DateTime<Utc>),
    /// All that the archive does not have and an article shows.
    All,
}

/// A picture that an article shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownPicture {
    /// What is the same in the addresses of its sizes: [`picture_key`](crate::model::picture_key).
    pub key: String,
    /// What is known of it.
    pub state: PictureState,
}

/// Whether the archive has a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureState {
    /// It has.
    Kept {
        /// The digest of its bytes.
        payload: Digest,
        /// What it is.
        picture: Picture,
    },
    /// It is larger than its owner wants to keep.
    LetGo {
        /// How much.
        reason: String,
    },
    /// It was not asked for yet, or could not be had.
    Missing,
}

/// Pictures of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PictureCount {
    /// That the archive has.
    pub kept: u64,
    /// That were not asked for.
    pub unasked: u64,
    /// That could not be had.
    pub failed: u64,
    /// That were let go.
    pub let_go: u64,
}

impl View {
    /// The pictures of `source` that are to be asked for `now`.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn pictures_wanted(
        &self,
        source: &SourceId,
        now: DateTime<Utc>,
        which: WantedPictures,
    ) -> Result<Vec<WantedPicture>, Error> {
        let rows = match which {
            WantedPictures::Recent(since) => self.index.pictures_wanted(source, now, since),
            WantedPictures::All => self.index.pictures_missing(source),
        };
        let rows = rows.map_err(self.in_index())?;
        let wanted = |row: WantedRow| {
            let kept_beside = self.index.picture_bytes_of(row.article).map_err(self.in_index())?;
            Ok(WantedPicture {
                url: row.url,
                page: row.page,
                kept_beside,
                article: row.article,
                failures: row.failures,
                known: row.payload.map(|payload| (payload, row.validators)),
            })
        };
        rows.into_iter().map(wanted).collect()
    }

    /// The pictures that the newest revision of an article shows.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn pictures_of(&self, id: &ArticleId) -> Result<Vec<ShownPicture>, Error> {
        let rows = self.index.pictures_of(id).map_err(self.in_index())?;
        let shown = |PictureRow { key, reason, is_let_go, kept }| ShownPicture {
            key,
            state: match kept {
                Some((payload, picture)) => PictureState::Kept { payload, picture },
                None if is_let_go => PictureState::LetGo { reason: reason.unwrap_or_default() },
                None => PictureState::Missing,
            },
        };
        Ok(rows.into_iter().map(shown).collect())
    }

    /// The bytes of a picture, content codings undone if they unpack to at most `limit`; `None` if the archive does not have
    /// them.
    ///
    /// # Errors
    /// [`Error`] if the index or the WARC file cannot be read.
    pub fn picture_bytes(&self, payload: &Digest, limit: usize) -> Result<Option<Bytes>, Error> {
        let place = self.index.picture_place(payload).map_err(self.in_index())?;
        let capture: Option<Capture> = place.map(|place| self.capture_at(&place)).transpose()?;
        Ok(capture.and_then(|capture| capture.payload(limit).ok()))
    }

    /// Whether an article that is not taken down shows a picture with these bytes.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn is_picture_shown(&self, payload: &Digest) -> Result<bool, Error> {
        self.index.is_picture_shown(payload).map_err(self.in_index())
    }

    /// The pictures that articles of `source` were the first to show.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn picture_count(&self, source: &SourceId) -> Result<PictureCount, Error> {
        let [kept, unasked, failed, let_go] = self.index.picture_counts(source).map_err(self.in_index())?;
        Ok(PictureCount { kept, unasked, failed, let_go })
    }
}
