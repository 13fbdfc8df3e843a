//! Publishing: what is written is read back equal, by the parsers that readers use.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use tearsheet::model::{Article, ArticleId, CanonicalUrl, Entry, Source, SourceId};
use tearsheet::publish::{self, Feed, File, Format, Level, Settings, files, stale};
use url::Url;

#[derive(Deserialize)]
struct Input {
    settings: InputSettings,
    sources: Vec<InputSource>,
    feeds: Vec<InputFeed>,
    entries: Vec<InputEntry>,
}

#[derive(Deserialize)]
struct InputSettings {
    title: String,
    base_url: Option<Url>,
    language: String,
}

#[derive(Deserialize)]
struct InputSource {
    id: SourceId,
    url: Url,
    title: String,
    language: Option<String>,
    tags: Vec<String>,
}

#[derive(Deserialize)]
struct InputFeed {
    id: SourceId,
    title: String,
    home: Option<Url>,
    language: Option<String>,
    sources: Vec<SourceId>,
    size: usize,
    level: String,
    formats: Vec<String>,
}

#[derive(Deserialize)]
struct InputEntry {
    source: SourceId,
    url: CanonicalUrl,
    first_seen: DateTime<Utc>,
    updated: DateTime<Utc>,
    sequence: u64,
    revision: u32,
    article: Article,
}

/// A site to publish.
struct Site {
    settings: Settings,
    sources: Vec<Source>,
    feeds: Vec<Feed>,
    entries: Vec<Entry>,
}

impl Site {
    fn small() -> Site {
        let text = fs::read_to_string(fixture().join("input.json")).unwrap();
        let input: Input = serde_json::from_str(&text).unwrap();
        Site {
            settings: Settings {
                title: input.settings.title,
                base_url: input.settings.base_url,
                language: input.settings.language,
                output: PathBuf::new(),
            },
            sources: input.sources.into_iter().map(source).collect(),
            feeds: input.feeds.into_iter().map(feed).collect(),
            entries: input.entries.into_iter().map(entry).collect(),
        }
    }

    /// Every file of the site, in the order in which it is made.
    fn files(&self) -> Vec<File> {
        let mut files = publish::index_files(&self.settings, &self.feeds, &self.entries, &self.sources);
        for feed in &self.feeds {
            let entries: Vec<Entry> =
                self.entries.iter().filter(|entry| feed.sources.contains(&entry.source)).cloned().collect();
            files.extend(publish::feed_files(&self.settings, feed, &entries, &self.sources));
        }
        for entry in &self.entries {
            let source = self.sources.iter().find(|source| source.id == entry.source).unwrap();
            files.push(publish::article_file(&self.settings, source, entry));
        }
        files
    }

    fn file(&self, path: &str) -> Vec<u8> {
        self.files().into_iter().find(|file| file.path == path).unwrap().bytes
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.file(path)).unwrap()
    }
}

fn source(input: InputSource) -> Source {
    Source {
        id: input.id,
        url: input.url,
        title: input.title,
        language: input.language,
        tags: input.tags,
    }
}

fn feed(input: InputFeed) -> Feed {
    Feed {
        id: input.id,
        title: input.title,
        home: input.home,
        language: input.language,
        sources: input.sources,
        size: input.size,
        level: match input.level.as_str() {
            "full" => Level::Full,
            "excerpt" => Level::Excerpt,
            _ => Level::Link,
        },
        formats: input
            .formats
            .iter()
            .map(|name| match name.as_str() {
                "rss" => Format::Rss,
                "atom" => Format::Atom,
                _ => Format::Json,
            })
            .collect(),
    }
}

fn entry(input: InputEntry) -> Entry {
    Entry {
        id: ArticleId::of(&input.url),
        source: input.source,
        url: input.url,
        first_seen: input.first_seen,
        updated: input.updated,
        sequence: input.sequence,
        revision: input.revision,
        article: input.article,
    }
}

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/publish/small-site")
}

/// Every file below `folder`, by its path.
fn on_disk(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_small_site_is_published_as_it_was() {
    let expected = fixture().join("public");
    let files = Site::small().files();
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        let _ = fs::remove_dir_all(&expected);
        files::write(&expected, &files).unwrap();
    }
    let expected = on_disk(&expected);
    let made: BTreeMap<String, Vec<u8>> = files.into_iter().map(|file| (file.path, file.bytes)).collect();
    assert_eq!(made.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (path, bytes) in &made {
        let (made, expected) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&expected[path]));
        assert!(made == expected, "{path} differs; see what UPDATE_FIXTURES=1 changes");
    }
}
