//! A temporary archive, and pages to keep in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use tearsheet::archive::{
    Archive, Kept, Neighbours, Recovery, Seen, Selection, Settings, Sign, Sought, Verdict, View,
};
use tearsheet::model::{Article, Candidate, CanonicalUrl, Capture, Entry, Header, Hop, Moment, SourceId};
use url::Url;

/// So many hours after the beginning of the world.
pub(crate) fn at(hour: i64) -> DateTime<Utc> {
    let begin: DateTime<Utc> = "2026-11-24T06:15:00Z".parse().unwrap();
    begin + TimeDelta::hours(hour)
}

pub(crate) fn source(name: &str) -> SourceId {
    SourceId::parse(name).unwrap()
}

pub(crate) struct Shelf(tempfile::TempDir);

impl Shelf {
    pub(crate) fn new() -> Shelf {
        Shelf(tempfile::tempdir().unwrap())
    }

    /// One that is quick, where the system keeps a folder in memory.
    pub(crate) fn in_memory() -> Shelf {
        Shelf(tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap())
    }

    /// A copy of this one as it is on disk now.
    pub(crate) fn copy(&self) -> Shelf {
        let copy = Shelf::in_memory();
        copy_folder(self.path(), copy.path());
        copy
    }

    /// The same, in that folder.
    pub(crate) fn copy_to(&self, folder: &Path) {
        copy_folder(self.path(), folder);
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings { path: self.path().to_owned() }
    }

    pub(crate) fn open(&self) -> Archive {
        Archive::open(&self.settings(), at(0)).unwrap().0
    }

    /// Opens and closes it.
    pub(crate) fn recover(&self) -> Recovery {
        let (archive, recovery) = Archive::open(&self.settings(), at(0)).unwrap();
        archive.close().unwrap();
        recovery
    }

    /// Does `work` in a run of its own.
    pub(crate) fn run<T>(&self, work: impl FnOnce(&mut Archive) -> T) -> T {
        let mut archive = self.open();
        let done = work(&mut archive);
        archive.close().unwrap();
        done
    }

    pub(crate) fn view(&self) -> View {
        View::open(&self.settings()).unwrap()
    }

    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.view().entries(&Selection::default()).map(Result::unwrap).collect()
    }

    /// The paths of its WARC files beneath `warc/`, in order.
    pub(crate) fn warc_files(&self) -> Vec<String> {
        let root = self.path().join("warc");
        let mut found: Vec<String> = files(&root)
            .into_iter()
            .map(|path| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned())
            .collect();
        found.sort();
        found
    }

    /// The path of the one WARC file that there is.
    pub(crate) fn only_file(&self) -> PathBuf {
        let files = self.warc_files();
        assert_eq!(files.len(), 1, "{files:?}");
        self.path().join("warc").join(&files[0])
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// An article's page, as some source found it.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) at: DateTime<Utc>,
    source: &'static str,
    asked: Url,
    hops: Vec<Hop>,
    answered: Url,
    canonical: Url,
    title: String,
    text: String,
    published: Option<Moment>,
    position: i64,
    sought: Sought,
    body: Option<String>,
}

impl Page {
    pub(crate) fn new(url: &str) -> Page {
        let url = Url::parse(url).unwrap();
        Page {
            at: at(0),
            source: "a",
            asked: url.clone(),
            hops: Vec::new(),
            answered: url.clone(),
            title: format!("What happened at {}", url.path()),
            text: format!(
                "This is what happened at {url}, and it is told at some length.\n\nIt is over now."
            ),
            canonical: url,
            published: None,
            position: 0,
            sought: Sought::News,
            body: None,
        }
    }

    pub(crate) fn later(&self, hours: i64) -> Page {
        Page { at: self.at + TimeDelta::hours(hours), ..self.clone() }
    }

    pub(crate) fn from(mut self, source: &'static str) -> Page {
        self.source = source;
        self
    }

    /// Found under `url`, which redirects to the page.
    pub(crate) fn through(mut self, url: &str) -> Page {
        self.asked = Url::parse(url).unwrap();
        self.hops.push(Hop { from: self.asked.clone(), status: 301 });
        self
    }

    /// Found under `url`, which answers itself; the page's canonical URL is another.
    pub(crate) fn answered_by(mut self, url: &str) -> Page {
        self.asked = Url::parse(url).unwrap();
        self.answered = self.asked.clone();
        self
    }

    pub(crate) fn title(mut self, title: &str) -> Page {
        title.clone_into(&mut self.title);
        self
    }

    pub(crate) fn text(mut self, text: &str) -> Page {
        text.clone_into(&mut self.text);
        self
    }

    pub(crate) fn published(mut self, day: &str) -> Page {
        self.published = Some(Moment::parse(day).unwrap());
        self
    }

    /// With the title, text and date of `other`.
    pub(crate) fn like(mut self, other: &Page) -> Page {
        self.title.clone_from(&other.title);
        self.text.clone_from(&other.text);
        self.published = other.published;
        self
    }

    /// As sent, whatever is made of it.
    pub(crate) fn body(mut self, body: &str) -> Page {
        self.body = Some(body.to_owned());
        self
    }

    pub(crate) fn candidate(&self) -> Candidate {
        Candidate { title: Some(self.title.clone()), ..Candidate::new(self.asked.clone()) }
    }

    pub(crate) fn capture(&self) -> Capture {
        let header = |name: &str, value: &str| Header { name: name.to_owned(), value: value.into() };
        let body = self.body.clone().unwrap_or_else(|| format!("<h1>{}</h1>{}", self.title, self.text));
        Capture {
            url: self.answered.clone(),
            hops: self.hops.clone(),
            fetched_at: self.at,
            request_head: format!("GET {} HTTP/1.1\r\nHost: a.example\r\n\r\n", self.answered.path()).into(),
            status: 200,
            headers: vec![header("Content-Type", "text/html; charset=utf-8"), header("ETag", "\"1\"")],
            body: Bytes::from(body),
        }
    }

    pub(crate) fn article(&self) -> Article {
        Article {
            url: CanonicalUrl::of(&self.canonical).unwrap(),
            title: self.title.clone(),
            authors: vec!["Ann Example".to_owned()],
            published: self.published,
            modified: None,
            site_name: None,
            language: Some("en".to_owned()),
            description: None,
            image: None,
            section: None,
            tags: Vec::new(),
            access: None,
            license: None,
            robots: Vec::new(),
            html: format!("<p>{}</p>", self.text.replace("\n\n", "</p><p>")),
            text: self.text.clone(),
            word_count: u32::try_from(self.text.split_whitespace().count()).unwrap(),
            repeated: Vec::new(),
            cuts: Vec::new(),
            provenance: BTreeMap::new(),
            warnings: Vec::new(),
        }
    }

    /// As a run sees it that began when the page was captured.
    pub(crate) fn seen(&self) -> Seen {
        Seen { at: self.at, position: self.position, sought: self.sought }
    }

    pub(crate) fn at_position(mut self, position: i64) -> Page {
        self.position = position;
        self
    }

    /// Found where the past of a source was looked for that is followed since then.
    pub(crate) fn in_the_past_of(self, followed_since: DateTime<Utc>) -> Page {
        Page { sought: Sought::Past { followed_since }, ..self }
    }

    pub(crate) fn keep(&self, archive: &mut Archive) -> Verdict {
        archive
            .keep_article(&Kept {
                source: &source(self.source),
                candidate: &self.candidate(),
                capture: &self.capture(),
                further: &[],
                article: &self.article(),
                seen: self.seen(),
                neighbours: Neighbours::default(),
                sign: Sign::default(),
            })
            .unwrap()
    }
}

/// The WARC file with this place among those of a shelf.
pub(crate) fn warc_file(shelf: &Shelf, at: usize) -> PathBuf {
    shelf.path().join("warc").join(&shelf.warc_files()[at])
}

/// Where the records of a file begin, by their kinds.
pub(crate) fn records(path: &Path) -> Vec<(usize, String)> {
    let bytes = fs::read(path).unwrap();
    let (mut at, mut found) = (0, Vec::new());
    while at < bytes.len() {
        let length = u32::from_le_bytes(bytes[at + 16..at + 20].try_into().unwrap()) as usize;
        let mut head = String::new();
        let mut member = flate2::read::GzDecoder::new(&bytes[at..at + length]);
        std::io::Read::read_to_string(&mut member, &mut head).unwrap();
        let kind = head.lines().find_map(|line| line.strip_prefix("WARC-Type: ")).unwrap();
        found.push((at, kind.to_owned()));
        at += length;
    }
    found
}

/// Flips a bit in the middle of the first record of this kind, and gives the bytes with which that left the file.
pub(crate) fn hurt(path: &Path, kind: &str) -> Vec<u8> {
    let records = records(path);
    let mut bytes = fs::read(path).unwrap();
    let at = records.iter().position(|(_, found)| found == kind).unwrap();
    let end = records.get(at + 1).map_or(bytes.len(), |(offset, _)| *offset);
    bytes[usize::midpoint(records[at].0, end)] ^= 1;
    fs::write(path, &bytes).unwrap();
    bytes
}
