//! `config/tearsheet.toml`: what holds for every source.

use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use super::credentials;
use super::feeds;
use super::pictures;
use super::reason::Reason;
use super::table::Table;
use super::values;
use super::{AnnounceSettings, PictureSettings, RunSettings};
use url::Url;

use crate::model::SourceId;
use crate::{archive, fetch, publish};

/// What the file says, resolved.
pub(super) struct Site {
    pub(super) site: publish::Settings,
    pub(super) archive: archive::Settings,
    pub(super) retention: archive::Retention,
    pub(super) fetch: fetch::Settings,
    pub(super) pictures: PictureSettings,
    pub(super) run: RunSettings,
    pub(super) announce: AnnounceSettings,
    pub(super) feeds: Vec<publish::Feed>,
}

/// Reads the file's top table; `sources` are those that merged feeds may name.
pub(super) fn read(mut top: Table<'_>, root: &Path, sources: &[SourceId]) -> Site {
    // The files that it includes are among those that `top` is made of.
    top.table("include").has("files");
    let (archive, retention) = archive_settings(top.table("archive"), root);
    let site = site_settings(top.table("site"), root, &archive.path);
    let fetch = fetch_settings(top.table("fetch"));
    let pictures = pictures::read(top.table("pictures"), PictureSettings::default());
    let run = run_settings(top.table("run"));
    let (hubs, announce) = announce_settings(top.table("announce"));
    let site = publish::Settings { hubs, ..site };
    let feeds = feeds::read(top.tables("feed"), sources);
    Site { site, archive, retention, fetch, pictures, run, announce, feeds }
}

fn archive_settings(mut table: Table<'_>, root: &Path) -> (archive::Settings, archive::Retention) {
    let mut rules = table.table("retention");
    let retention = archive::Retention {
        max_age: rules.take("max_age", values::age),
        max_per_page: rules.take("max_per_page", values::count),
        max_size: rules.take("max_size", values::size).map(|size| size as u64),
    };
    (archive::Settings { path: folder(&mut table, "path", "archive", root) }, retention)
}

fn site_settings(mut table: Table<'_>, root: &Path, archive: &Path) -> publish::Settings {
    let output = folder(&mut table, "output", "public", root);
    for (other, path) in [("archive", archive), ("config", &root.join("config"))] {
        if output.starts_with(path) || path.starts_with(&output) {
            table.refuse("output", Reason::Overlap { other: other.to_owned() });
        }
    }
    publish::Settings {
        title: table.take("title", values::text).unwrap_or_else(|| "tearsheet".to_owned()),
        base_url: table.take("base_url", values::base_url),
        language: table.take("language", values::language).unwrap_or_else(|| "en".to_owned()),
        output,
        hubs: Vec::new(),
        theme: publish::Theme::default(),
    }
}

fn announce_settings(mut table: Table<'_>) -> (Vec<Url>, AnnounceSettings) {
    let hubs = table.take_list("hubs", values::url).unwrap_or_default();
    let command = table.take_list("command", values::some_text);
    if command.as_ref().is_some_and(Vec::is_empty) {
        table.refuse("command", Reason::Empty);
    }
    let settings = AnnounceSettings {
        command,
        webhook: table.take("webhook", values::url),
        timeout: table.take("timeout", values::time_limit).unwrap_or(Duration::from_secs(10)),
    };
    (hubs, settings)
}

fn fetch_settings(mut table: Table<'_>) -> fetch::Settings {
    let folder = table.folder();
    fetch::Settings {
        contact: table.take("contact", values::user_agent),
        concurrency: table.take("concurrency", values::count).unwrap_or(16),
        delay: table.take("delay", values::duration).unwrap_or(Duration::from_secs(1)),
        timeout: table.take("timeout", values::time_limit).unwrap_or(Duration::from_secs(30)),
        max_size: table.take("max_size", values::size).unwrap_or(10_000_000),
        robots: table.take("robots", values::flag).unwrap_or(true),
        allow_private: table.take("allow_private", values::flag).unwrap_or(false),
        http2: table.take("http2", values::flag).unwrap_or(true),
        min_rate: table.take("min_rate", values::rate).unwrap_or(100),
        proxy: table.take_secret("proxy", credentials::proxy),
        authorities: table
            .take("ca_file", |value| credentials::authorities(value, folder))
            .unwrap_or_default(),
    }
}

fn run_settings(mut table: Table<'_>) -> RunSettings {
    RunSettings {
        deadline: table.take("deadline", values::time_limit),
        tell_after: table.take("tell_after", values::duration).unwrap_or(Duration::from_hours(6)),
    }
}

/// A folder beneath `root`, or elsewhere if the path is absolute.
fn folder(table: &mut Table<'_>, key: &'static str, default: &str, root: &Path) -> PathBuf {
    let path = table.take(key, values::text).unwrap_or_else(|| default.to_owned());
    root.components().chain(Path::new(&path).components()).fold(PathBuf::new(), |mut whole, part| {
        match part {
            Component::CurDir if !whole.as_os_str().is_empty() => {}
            Component::ParentDir if matches!(whole.components().next_back(), Some(Component::Normal(_))) => {
                whole.pop();
            }
            part => whole.push(part),
        }
        whole
    })
}
