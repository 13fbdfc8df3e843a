//! Pictures on their way from the archive to the output folder. Each file is made once: its name says what is in it, so
//! that one which is there is right.

use std::collections::{BTreeMap, HashMap};
use std::fs;

use bytes::Bytes;

use super::press::Press;
use crate::archive::PictureState;
use crate::model::{Article, ArticleId, Digest, Entry};
use crate::pictures::{self, MOST_PIXELS, Rendition, Unusable};
use crate::pipeline::Error;
use crate::publish::{self, Feed, File, Images, LocalPicture, LocalPictures, Thumbnails, files, stale};

/// Pictures that are made files of together, and the bytes after which no further one is waited for.
const AT_ONCE: usize = 64;
const BYTES_AT_ONCE: usize = 16 << 20;
/// Threads that decode at once, each a picture of so many pixels at most; larger ones are decoded one by one.
const DECODERS: usize = 4;
const SMALL: u64 = 6_000_000;
/// The most bytes of a picture; fetching has a bound of its own.
const MOST_BYTES: usize = 64 << 20;

/// A picture whose files are to be made.
struct Undeveloped {
    picture: LocalPicture,
    bytes: Bytes,
    files: Vec<(String, Rendition)>,
}

impl Undeveloped {
    fn pixels(&self) -> u64 {
        u64::from(self.picture.picture.width) * u64::from(self.picture.picture.height)
    }

    fn develop(&self) -> Result<Vec<File>, Unusable> {
        let made = self.files.iter().map(|(path, file)| {
            let bytes = pictures::render(&self.bytes, &self.picture.picture, file)?;
            Ok(File { path: path.clone(), bytes })
        });
        made.collect()
    }
}

impl Press<'_> {
    /// The pictures of an article that the archive has, whether their files are here or not.
    pub(super) fn pictures_of(&self, id: &ArticleId) -> Result<LocalPictures, Error> {
        let mut local = LocalPictures::default();
        for shown in self.view.pictures_of(id)? {
            match shown.state {
                PictureState::Kept { payload, picture } => {
                    local.kept.insert(shown.key, LocalPicture { payload, picture });
                }
                PictureState::LetGo { .. } => {
                    local.let_go.insert(shown.key);
                }
                PictureState::Missing => {}
            }
        }
        Ok(local)
    }

    /// Makes the files that are missing of the pictures of these articles. A picture that cannot be made is taken from its
    /// article, which then shows it from its site.
    pub(super) fn show_pictures<'p>(
        &mut self,
        articles: impl Iterator<Item = (&'p Article, &'p mut LocalPictures)>,
    ) -> Result<(), Error> {
        let mut wanted: BTreeMap<Digest, (LocalPicture, bool)> = BTreeMap::new();
        let mut all: Vec<&mut LocalPictures> = Vec::new();
        for (article, local) in articles.filter(|(_, local)| !local.kept.is_empty()) {
            let first = local.first(article).map(|first| first.payload);
            for picture in local.kept.values() {
                let is_first = first == Some(picture.payload);
                let known = wanted.entry(picture.payload).or_insert((picture.clone(), is_first));
                known.1 |= is_first;
            }
            all.push(local);
        }
        let mut spoilt: Vec<Digest> = Vec::new();
        let (mut batch, mut bytes_waiting) = (Vec::new(), 0);
        for (payload, (picture, is_first)) in wanted {
            let mut files = picture.files(is_first);
            if self.begins_anew {
                self.picture_paths.extend(files.iter().map(|(path, _)| path.clone()));
            }
            files.retain(|(path, _)| !self.is_there(path));
            if files.is_empty() {
                continue;
            }
            let read = self.view.picture_bytes(&payload, MOST_BYTES);
            let Some(bytes) = self.readable(read)?.flatten() else {
                spoilt.push(payload);
                continue;
            };
            bytes_waiting += bytes.len();
            batch.push(Undeveloped { picture, bytes, files });
            if batch.len() >= AT_ONCE || bytes_waiting >= BYTES_AT_ONCE {
                self.develop(&std::mem::take(&mut batch), &mut spoilt)?;
                bytes_waiting = 0;
            }
        }
        self.develop(&batch, &mut spoilt)?;
        if !spoilt.is_empty() {
            for local in all {
                local.kept.retain(|_, picture| !spoilt.contains(&picture.payload));
            }
        }
        Ok(())
    }

    /// Makes the files of these pictures on several cores, and writes them in their order.
    fn develop(&mut self, batch: &[Undeveloped], spoilt: &mut Vec<Digest>) -> Result<(), Error> {
        let (small, large): (Vec<&Undeveloped>, Vec<&Undeveloped>) =
            batch.iter().partition(|one| one.pixels() <= SMALL.min(MOST_PIXELS));
        let cores = std::thread::available_parallelism().map_or(1, usize::from).min(DECODERS);
        let shares = small.chunks(small.len().div_ceil(cores).max(1));
        let mut made: Vec<(Digest, Result<Vec<File>, Unusable>)> = std::thread::scope(|scope| {
            let develop = |share: &[&Undeveloped]| {
                share.iter().map(|one| (one.picture.payload, one.develop())).collect::<Vec<_>>()
            };
            let workers: Vec<_> = shares.map(|share| scope.spawn(move || develop(share))).collect();
            workers
                .into_iter()
                .flat_map(|worker| worker.join().expect("no picture ends the program"))
                .collect()
        });
        made.extend(large.iter().map(|one| (one.picture.payload, one.develop())));
        for (payload, made) in made {
            match made {
                Ok(files) => {
                    let written = files::write(&self.publication.site.output, &files)?;
                    self.published.written += written.written;
                }
                Err(_) => spoilt.push(payload),
            }
        }
        Ok(())
    }

    fn is_there(&self, path: &str) -> bool {
        let found = fs::symlink_metadata(self.publication.site.output.join(path));
        found.is_ok_and(|found| found.is_file() && found.len() > 0)
    }

    /// The pictures of an article whose files are all here.
    fn pictures_here(&self, id: &ArticleId) -> Result<LocalPictures, Error> {
        let mut local = self.pictures_of(id)?;
        local.kept.retain(|_, picture| picture.files(false).iter().all(|(path, _)| self.is_there(path)));
        Ok(local)
    }

    /// The pictures that stand for these articles.
    pub(super) fn thumbnails(&self, entries: &[Entry]) -> Result<Thumbnails, Error> {
        let mut found = HashMap::new();
        for entry in entries {
            let local = self.pictures_of(&entry.id)?;
            let first = local
                .first(&entry.article)
                .filter(|first| first.files(true).last().is_some_and(|(path, _)| self.is_there(path)));
            if let Some(first) = first {
                found.insert(entry.id, first.clone());
            }
        }
        Ok(found)
    }

    /// Shows the pictures of these articles where the feed wants them.
    pub(super) fn choose_images(&self, feed: &Feed, entries: &mut [Entry]) -> Result<(), Error> {
        match (feed.images, &self.publication.site.base_url) {
            (Images::None, _) => {
                entries
                    .iter_mut()
                    .for_each(|entry| entry.article = publish::without_pictures(&entry.article));
            }
            (Images::Local, Some(base)) => {
                for entry in entries {
                    let local = self.pictures_here(&entry.id)?;
                    entry.article = publish::with_local_pictures(&entry.article, &local, base);
                }
            }
            (Images::Local, None) | (Images::Original, _) => {}
        }
        Ok(())
    }

    /// Removes the pictures of an article that was taken down, unless another shows them.
    pub(super) fn remove_pictures(&mut self, id: &ArticleId) -> Result<(), Error> {
        for picture in self.pictures_of(id)?.kept.values() {
            if !self.view.is_picture_shown(&picture.payload)? {
                for (path, _) in picture.files(true) {
                    let is_gone = stale::remove_picture(&self.publication.site.output, &path)?;
                    self.published.removed += usize::from(is_gone);
                }
            }
        }
        Ok(())
    }
}
