//! The demo's newspaper, served to the pipeline: what the tests of the whole flow share.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SubsecRound, Utc};
use tearsheet::config::{self, Config};
use tearsheet::demo::{self, Article, Block, Server, Site};
use tearsheet::pipeline::{self, RunReport};
use tempfile::TempDir;
use url::Url;

/// A newspaper on loopback and a root that follows it.
pub(crate) struct Press {
    pub(crate) site: Site,
    pub(crate) server: Server,
    pub(crate) root: TempDir,
    pub(crate) config: Config,
}

/// Now, to the second: captures are dated by the clock.
pub(crate) fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(0)
}

impl Press {
    /// Inside a tokio runtime.
    pub(crate) fn start() -> Press {
        let site = Site::new();
        let server = site.serve(TcpListener::bind(("127.0.0.1", 0)).unwrap()).unwrap();
        let root = tempfile::tempdir().unwrap();
        let published = Url::parse("https://feeds.example/").unwrap();
        configure(root.path(), server.base_url(), &published);
        let config = config::load(root.path()).unwrap();
        Press { site, server, root, config }
    }

    pub(crate) async fn run(&self, now: DateTime<Utc>) -> RunReport {
        pipeline::run(&self.config, &[], now, &|_| {}).await.unwrap()
    }

    /// Paths of what was requested since the last call, robots.txt and pictures left out.
    pub(crate) fn requested(&self) -> Vec<String> {
        let requests = self.server.take_requests().into_iter().map(|request| request.target);
        requests.filter(|target| target != "/robots.txt" && !target.starts_with("/images/")).collect()
    }

    pub(crate) fn output(&self) -> PathBuf {
        self.root.path().join("public")
    }
}

pub(crate) fn configure(root: &Path, newspaper: &Url, published: &Url) {
    let sources = root.join("config/sources");
    fs::create_dir_all(&sources).unwrap();
    fs::write(root.join("config/tearsheet.toml"), demo::settings_file(published)).unwrap();
    for (name, text) in demo::source_files(newspaper) {
        // Feeds carry whole articles, so that clients can be held to all of their words.
        fs::write(sources.join(name), text.replace("level = \"excerpt\"", "level = \"full\"")).unwrap();
    }
}

/// Every file beneath `folder`, with its bytes.
pub(crate) fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// The captions of `article`'s pictures, without marks of emphasis.
pub(crate) fn captions(article: &Article) -> Vec<String> {
    let captions = article.blocks.iter().filter_map(|block| match block {
        Block::Figure { caption, .. } => Some(caption.replace('*', "")),
        _ => None,
    });
    captions.collect()
}

/// Everything that a reader of `article` reads but captions, without marks of emphasis.
pub(crate) fn text(article: &Article) -> String {
    let mut parts = Vec::new();
    for block in &article.blocks {
        match block {
            Block::Paragraph(paragraph) => parts.push(paragraph.clone()),
            Block::List(items) => parts.extend(items.iter().cloned()),
            Block::Table(rows) => parts.extend(rows.iter().flatten().cloned()),
            Block::Figure { .. } => {}
        }
    }
    parts.join("\n\n").replace('*', "")
}
