//! `tearsheet demo`: the main job, over HTTP, on a small newspaper of the project's own.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use chrono::Utc;
use tokio::runtime::Runtime;
use url::Url;

use super::arguments::Demo;
use super::failure::Failure;
use super::progress::Display;
use super::words::count;
use super::{run, serve};
use crate::config::{self, Config};
use crate::demo::{self, Server, Site};
use crate::pipeline::{self, RunReport};

pub(super) fn run(options: &Demo, quiet: bool) -> Result<ExitCode, Failure> {
    let folder = Folder::new(options)?;
    let runtime = Runtime::new().map_err(anyhow::Error::from)?;
    let site = Site::new();
    let newspaper = runtime.block_on(async { site.serve(loopback()?) }).map_err(anyhow::Error::from)?;
    let published = loopback().map_err(anyhow::Error::from)?;
    let address = published.local_addr().map_err(anyhow::Error::from)?;
    let published_url = Url::parse(&format!("http://{address}/")).map_err(anyhow::Error::from)?;
    write_config(folder.path(), newspaper.base_url(), &published_url)?;
    let config = config::load_with(folder.path(), &[])?;
    let play = Play { runtime: &runtime, config: &config, newspaper: &newspaper, quiet };
    play.tell(&format!(
        "The Courier, a newspaper with {}, is at {}",
        count(site.articles().len(), "article"),
        newspaper.base_url()
    ));
    play.three_runs(&site)?;
    let (right, all) = found(&config, &site)?;
    play.tell(&format!(
        "\n{right} of {all} articles are in the archive with the right title, authors and date."
    ));
    match folder {
        Folder::Kept(_) => {
            play.tell(&format!("archive  {}", config.archive.path.display()));
            play.tell(&format!("output   {}", config.site.output.display()));
        }
        Folder::Passing(_) => play.tell("`--serve` shows the result in a browser, `--keep DIR` keeps it."),
    }
    if !options.serve {
        return Ok(ExitCode::from(u8::from(right < all)));
    }
    play.tell(&format!(
        "\n{published_url} has the result; subscribe to {published_url}all/atom.xml. Ctrl-C ends it."
    ));
    let served = async {
        published.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(published)?;
        serve::until_interrupted(listener, &config.site.output).await
    };
    runtime.block_on(served).map_err(anyhow::Error::from)?;
    Ok(ExitCode::SUCCESS)
}

fn loopback() -> std::io::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", 0))
}

/// Where the demo happens: a folder that is kept, or one that goes with it.
enum Folder {
    Kept(PathBuf),
    Passing(tempfile::TempDir),
}

impl Folder {
    fn new(options: &Demo) -> Result<Folder, Failure> {
        let Some(kept) = &options.keep else {
            let passing = tempfile::Builder::new().prefix("tearsheet-demo-").tempdir();
            return Ok(Folder::Passing(passing.context("failed to create a temporary folder")?));
        };
        fs::create_dir_all(kept).with_context(|| format!("failed to create {}", kept.display()))?;
        let mut entries = fs::read_dir(kept).with_context(|| format!("failed to list {}", kept.display()))?;
        if entries.next().is_some() {
            return Err(anyhow!("{} is not empty: the demo wants a folder of its own", kept.display()).into());
        }
        Ok(Folder::Kept(kept.clone()))
    }

    fn path(&self) -> &Path {
        match self {
            Folder::Kept(path) => path,
            Folder::Passing(folder) => folder.path(),
        }
    }
}

fn write_config(root: &Path, newspaper: &Url, published: &Url) -> anyhow::Result<()> {
    let sources = root.join("config/sources");
    fs::create_dir_all(&sources).with_context(|| format!("failed to create {}", sources.display()))?;
    let settings = root.join("config/tearsheet.toml");
    let mut files = vec![(settings, demo::settings_file(published))];
    files.extend(demo::source_files(newspaper).into_iter().map(|(name, text)| (sources.join(name), text)));
    for (path, text) in files {
        fs::write(&path, text).with_context(|| format!("failed to write {}", path.display()))?;
    }
    Ok(())
}

/// What the demo's acts share.
struct Play<'a> {
    runtime: &'a Runtime,
    config: &'a Config,
    newspaper: &'a Server,
    quiet: bool,
}

impl Play<'_> {
    fn three_runs(&self, site: &Site) -> Result<(), Failure> {
        self.act("The first run finds, fetches, archives and publishes everything.")?;
        if let Some(new) = site.publish_one_more() {
            self.tell(&format!("\nThe newspaper publishes “{}”.", new.title));
        }
        if let Some(edited) = site.edit_one() {
            self.tell(&format!("It corrects “{}”.", edited.title));
        }
        self.act("The second run fetches these two and nothing else.")?;
        self.act("Nothing happens. The third run has nothing to do.")
    }

    /// One run.
    fn act(&self, title: &str) -> Result<(), Failure> {
        self.tell(&format!("\n{title}\n"));
        drop(self.newspaper.take_requests());
        let display = Display::new(self.quiet);
        let observer = |progress: pipeline::Progress| display.show(&progress);
        let report: RunReport =
            self.runtime.block_on(pipeline::run(self.config, &[], Utc::now(), &observer))?;
        display.finish();
        if !self.quiet {
            run::print(self.config, &report);
        }
        let requests = self.newspaper.take_requests();
        let not_modified = requests.iter().filter(|request| request.status == 304).count();
        self.tell(&format!(
            "{} to the newspaper, {not_modified} of them answered \"not modified\"",
            count(requests.len(), "request")
        ));
        Ok(())
    }

    fn tell(&self, line: &str) {
        if !self.quiet {
            eprintln!("{line}");
        }
    }
}

/// What there is now, held against what the newspaper says of itself.
fn found(config: &Config, site: &Site) -> Result<(usize, usize), Failure> {
    let published = pipeline::entries(config)?;
    let articles = site.articles();
    let has = |article: &&demo::Article| {
        published.iter().any(|entry| {
            entry.article.title == article.title
                && entry.article.authors == article.authors
                && entry
                    .article
                    .published
                    .is_some_and(|moment| moment.date() == article.published.date_naive())
        })
    };
    Ok((articles.iter().filter(has).count(), articles.len()))
}
