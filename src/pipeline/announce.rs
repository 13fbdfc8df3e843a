//! Telling others that something was published: hubs of feeds (WebSub), a command, a webhook. What goes wrong here is
//! told and fails no run: everything is published already.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::json;
use url::Url;
use url::form_urlencoded::Serializer;

use super::Published;
use crate::config::{AnnounceSettings, Config};
use crate::fetch;
use crate::model::SourceId;
use crate::publish::{self, Feed};

/// How often it is looked whether the owner's command has ended.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Tells everyone who is configured which feeds were published, and nobody if none was. It is noted who could not be told.
pub async fn announce(config: &Config, published: &mut Published) {
    published.unannounced = changed(config, &published.feeds).await;
}

/// Who could not be told that these feeds changed, and why.
async fn changed(config: &Config, feeds: &BTreeSet<SourceId>) -> Vec<String> {
    let own = config.sources.iter().map(|source| &source.feed);
    let feeds: Vec<&Feed> = own.chain(&config.feeds).filter(|feed| feeds.contains(&feed.id)).collect();
    let mut failed = Vec::new();
    if feeds.is_empty() {
        return failed;
    }
    let urls: Vec<String> = feeds.iter().flat_map(|feed| addresses(config, feed)).collect();
    for hub in &config.site.hubs {
        failed.extend(tell_hub(config, hub, &urls).await);
    }
    let changed: Vec<_> = feeds
        .iter()
        .map(|feed| json!({ "id": feed.id, "title": feed.title, "urls": addresses(config, feed) }))
        .collect();
    let news = json!({ "feeds": changed, "output": config.site.output }).to_string();
    let AnnounceSettings { command, webhook, .. } = &config.announce;
    if let Some(command) = command.as_deref().and_then(<[String]>::split_first) {
        failed.extend(call(config, command, &news).await);
    }
    if let Some(webhook) = webhook {
        failed.extend(send(config, webhook, "application/json", news).await);
    }
    failed
}

/// The public URLs of a feed's formats.
fn addresses(config: &Config, feed: &Feed) -> Vec<String> {
    let Some(base) = &config.site.base_url else { return Vec::new() };
    let url = |&format| base.join(&publish::feed_path(&feed.id, format)).ok().map(|url| url.to_string());
    feed.formats.iter().filter_map(url).collect()
}

/// Tells a hub (<https://www.w3.org/TR/websub/>; how a publisher tells one is as hubs have always had it).
async fn tell_hub(config: &Config, hub: &Url, urls: &[String]) -> Option<String> {
    if urls.is_empty() {
        return None;
    }
    let mut form = Serializer::new(String::new());
    form.append_pair("hub.mode", "publish");
    for url in urls {
        form.append_pair("hub.url", url);
    }
    send(config, hub, "application/x-www-form-urlencoded", form.finish()).await
}

/// Sends `body`; why that failed. What a URL holds behind its host may be secret.
async fn send(config: &Config, url: &Url, content_type: &str, body: String) -> Option<String> {
    let host = url.host_str().unwrap_or_default();
    match fetch::post(&config.fetch, url, content_type, body.into_bytes(), config.announce.timeout).await {
        Ok(200..=299) => None,
        Ok(status) => Some(format!("{host} answered {status} when it was told that feeds changed")),
        Err(error) => Some(format!("{host} could not be told that feeds changed: {error}")),
    }
}

/// Runs the owner's command, with what changed as JSON on its standard input.
async fn call(config: &Config, (program, arguments): (&String, &[String]), news: &str) -> Option<String> {
    let spawned = Command::new(program)
        .args(arguments)
        .current_dir(&config.root)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => return Some(format!("`{program}` could not be run: {error}")),
    };
    if let Some(mut input) = child.stdin.take() {
        let news = news.to_owned();
        // A command that reads nothing is none the worse, and none waits for it.
        tokio::task::spawn_blocking(move || input.write_all(news.as_bytes()));
    }
    let limit = config.announce.timeout;
    let ended = tokio::time::timeout(limit, ended(&mut child)).await;
    if ended.is_err() {
        // It may have ended by itself just now.
        let _ = child.kill();
        let _ = child.wait();
    }
    match ended {
        Ok(Ok(status)) if status.success() => None,
        Ok(Ok(status)) => Some(format!("`{program}` ended with {status}")),
        Ok(Err(error)) => Some(format!("`{program}` failed: {error}")),
        Err(_) => Some(format!("`{program}` took more than {limit:?} and was ended")),
    }
}

async fn ended(child: &mut Child) -> io::Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}
