//! `config/sources/*.toml`: one source each, named by its file.

use std::sync::Arc;

use super::credentials;
use super::feeds;
use super::pictures;
use super::rule;
use super::table::Table;
use super::values;
use super::{PictureSettings, SourceConfig};
use crate::model::{Source, SourceId};
use crate::{discover, extract, fetch};

/// How many candidates are taken from one document, if the file doesn't say.
const LIMIT: usize = 40;

/// Reads a source's file; `None` if it does not say where the source is. Its pictures are kept as those of `others`, unless it
/// says otherwise.
pub(super) fn read(mut top: Table<'_>, id: SourceId, others: PictureSettings) -> Option<SourceConfig> {
    let url = top.require("url", values::url);
    let title = top.take("title", values::text);
    let language = top.take("language", values::language);
    let tags = top.take_list("tags", values::text).unwrap_or_default();
    let is_followed = top.take("follow", values::flag).unwrap_or(true);
    let history = top.take("history", values::url);
    let discover = discover_settings(&mut top);
    let extract = extract::Settings {
        rules: rule::read(&mut top.table("article")),
        sites: extract::SiteRules::default(),
        language: language.clone(),
        timezone: discover.timezone,
        text: top.take("text", values::text_source).unwrap_or_default(),
        memory: Arc::default(),
        waived: Vec::new(),
    };
    let fetch = fetch_settings(top.table("fetch"));
    let pictures = pictures::read(top.table("pictures"), others);
    let feed = top.table("feed");
    let url = url?;
    let title = title.unwrap_or_else(|| url.host_str().unwrap_or_default().to_owned());
    let fetch = fetch::SourceSettings { home: Some(url.clone()), ..fetch };
    let source = Source { id, url, title, language, tags };
    let feed = feeds::own(feed, &source, discover.kind);
    // Of a feed that has ended nothing more is asked for.
    let is_followed = is_followed && feed.ended.is_none();
    Some(SourceConfig { source, is_followed, history, discover, fetch, extract, pictures, feed })
}

fn discover_settings(top: &mut Table<'_>) -> discover::Settings {
    discover::Settings {
        kind: top.take("kind", values::kind).unwrap_or(discover::Kind::Auto),
        select: select(top.table("select")),
        include: top.take_list("include", values::pattern).unwrap_or_default(),
        exclude: top.take_list("exclude", values::pattern).unwrap_or_default(),
        limit: top.take("limit", values::count).unwrap_or(LIMIT),
        timezone: top.take("timezone", values::time_zone),
    }
}

fn select(mut table: Table<'_>) -> discover::Select {
    discover::Select {
        items: table.take("items", values::query),
        link: table.take("link", values::query),
        title: table.take("title", values::query),
        date: table.take("date", values::query),
        summary: table.take("summary", values::query),
        image: table.take("image", values::query),
        next: table.take("next", values::query),
    }
}

fn fetch_settings(mut table: Table<'_>) -> fetch::SourceSettings {
    let folder = table.folder();
    fetch::SourceSettings {
        home: None,
        sites: fetch::SiteHeaders::default(),
        delay: table.take("delay", values::duration),
        timeout: table.take("timeout", values::time_limit),
        max_size: table.take("max_size", values::size),
        min_rate: table.take("min_rate", values::rate),
        proxy: table.take_secret("proxy", credentials::proxy),
        authorities: table.take("ca_file", |value| credentials::authorities(value, folder)),
        command: table.take("command", values::page_command),
        headers: table.take_secrets("headers", values::header),
        cookie_file: table
            .take("cookie_file", |value| credentials::cookie_file(value, folder))
            .unwrap_or_default(),
        cookies: table.take_secrets("cookies", values::cookie),
        user_agent: table.take("user_agent", values::user_agent),
    }
}
