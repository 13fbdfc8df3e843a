//! The stages one by one, over the same pages.

use std::time::Duration;

use chrono::Utc;
use tearsheet::archive::{Archive, Kept, Seen, Sign, Sought};
use tearsheet::config::Config;
use tearsheet::extract;
use tearsheet::fetch::{Client, Fetched, Request};
use tearsheet::model::{Article, Candidate, Capture};
use tearsheet::pipeline;
use tokio::runtime::Runtime;
use url::Url;

use super::meter::CpuTime;
use super::pages::Pages;
use super::server::Server;

/// Pages that are in memory at once, and archived together.
const TOGETHER: usize = 64;

/// The processor time that each stage takes over all `pages`.
pub(crate) fn measure(config: &Config, server: &Server, pages: &Pages) -> Vec<(&'static str, Duration)> {
    let (mut fetching, mut extracting, mut archiving) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let runtime = Runtime::new().unwrap();
    let client = Client::new(&config.fetch).unwrap();
    let (mut archive, _) = Archive::open(&config.archive, Utc::now()).unwrap();
    let urls: Vec<Url> = (0..pages.len()).map(|at| server.url(pages, at)).collect();
    for urls in urls.chunks(TOGETHER) {
        let (captures, time) = timed(|| runtime.block_on(fetch(config, &client, urls)));
        fetching += time;
        let (articles, time) =
            timed(|| captures.iter().map(|capture| read(config, capture)).collect::<Vec<_>>());
        extracting += time;
        archiving += timed(|| keep(config, &mut archive, urls, &captures, &articles)).1;
    }
    archiving += timed(|| archive.close().unwrap()).1;
    let (_, publishing) = timed(|| pipeline::build(config, Utc::now(), &|_| ()).unwrap());
    vec![
        ("fetch", fetching),
        ("decode, parse, extract", extracting),
        ("archive", archiving),
        ("publish", publishing),
        ("all four", fetching + extracting + archiving + publishing),
    ]
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = CpuTime::now();
    let done = work();
    (done, start.elapsed())
}

async fn fetch(config: &Config, client: &Client, urls: &[Url]) -> Vec<Capture> {
    let mut captures = Vec::new();
    for url in urls {
        let request = Request { url, validators: None, source: &config.sources[0].fetch };
        match client.get(&request).await.unwrap() {
            Fetched::Captured(capture) => captures.push(capture),
            Fetched::NotModified { .. } => unreachable!("the request was not conditional"),
        }
    }
    captures
}

fn read(config: &Config, capture: &Capture) -> Option<Article> {
    let payload = capture.payload(config.fetch.max_size).unwrap();
    let page = extract::Page {
        url: &capture.url,
        content_type: capture.content_type(),
        bytes: &payload,
        captured_at: Some(capture.fetched_at),
        hints: None,
    };
    extract::article(&page, &config.sources[0].extract).ok()
}

fn keep(
    config: &Config,
    archive: &mut Archive,
    urls: &[Url],
    captures: &[Capture],
    articles: &[Option<Article>],
) {
    for ((url, capture), article) in urls.iter().zip(captures).zip(articles) {
        let Some(article) = article else { continue };
        let candidate = Candidate::new(url.clone());
        let source = &config.sources[0].source.id;
        let seen = Seen { at: capture.fetched_at, position: 0, sought: Sought::News };
        archive
            .keep_article(&Kept {
                source,
                candidate: &candidate,
                capture,
                further: &[],
                article,
                seen,
                sign: Sign::default(),
            })
            .unwrap();
    }
    archive.commit().unwrap();
}
