//! What a quiet run says: each trouble once, when it has lasted long enough, and when it is over.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tearsheet::config::{self, Config};
use tearsheet::pipeline;

use crate::program::{ON_LOOPBACK, Program};
use crate::small_site::{SmallSite, cards, path};

fn at(minutes: i64) -> DateTime<Utc> {
    "2026-05-05T08:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
}

async fn said(config: &Config, minutes: i64) -> Vec<String> {
    let report = pipeline::run(config, &[], at(minutes), &|_| {}).await.unwrap();
    report.alerts.iter().map(ToString::to_string).collect()
}

/// A site with six articles that is followed, and was archived.
async fn followed() -> (SmallSite, Program, Config) {
    let site = SmallSite::start().await;
    site.articles(1..=6);
    site.html("/", &cards((1..=6).rev()));
    let program = Program::new(ON_LOOPBACK, &[("gulls", format!("url = \"{}\"\n", site.url))]);
    let config = config::load(program.root()).unwrap();
    assert_eq!(config.run.tell_after, Duration::from_hours(6), "unless the configuration says otherwise");
    assert!(said(&config, 0).await.is_empty());
    (site, program, config)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_in_trouble_is_told_once_after_a_while_and_once_when_it_is_well() {
    let (site, _program, config) = followed().await;
    site.fail("/", 500);
    for minutes in [60, 120, 360] {
        assert_eq!(said(&config, minutes).await, [""; 0], "after {minutes} minutes");
    }
    let told = said(&config, 60 + 6 * 60).await;
    assert!(told.len() == 1 && told[0].starts_with("gulls: failing since 2026-05-05 09:00: "), "{told:?}");
    assert_eq!(said(&config, 60 + 7 * 60).await, [""; 0], "once");
    site.mend("/");
    assert_eq!(said(&config, 60 + 24 * 60).await, ["gulls: recovered"]);
    assert_eq!(said(&config, 60 + 25 * 60).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trouble_that_is_over_soon_is_never_told() {
    let (site, _program, config) = followed().await;
    site.fail("/", 500);
    assert_eq!(said(&config, 60).await, [""; 0]);
    site.mend("/");
    for minutes in [240, 600, 1000] {
        assert_eq!(said(&config, minutes).await, [""; 0], "after {minutes} minutes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_keeps_failing_is_told_once_and_one_that_is_held_back_at_once() {
    let (site, _program, config) = followed().await;
    site.articles(7..=8);
    site.fail(&path(7), 404);
    site.put(&path(8), "<title>Just a moment...</title><p>Checking your browser before you go on.</p>");
    site.html("/", &cards((3..=8).rev()));
    let first = said(&config, 60).await;
    assert!(first.len() == 1 && first[0].contains(&path(8)), "{first:?}");
    let mut later = Vec::new();
    for hour in 2..=60 {
        later.extend(said(&config, hour * 60).await);
    }
    assert!(later.len() == 1 && later[0].contains(&path(7)) && later[0].contains("404"), "{later:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_waiting_does_not_help_is_told_at_once_and_once() {
    let (site, _program, config) = followed().await;
    site.articles(7..=7);
    site.text("/robots.txt", &format!("User-agent: *\nDisallow: {}\n", path(7)));
    site.html("/", &cards((2..=7).rev()));
    let mut told = Vec::new();
    for day in 2..=40 {
        told.push(said(&config, day * 24 * 60).await);
    }
    assert!(told[0].len() == 1 && told[0][0].contains("robots.txt"), "{:?}", told[0]);
    assert!(told[1..].iter().all(Vec::is_empty), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overlapping_run_is_no_news_to_a_cron_job() {
    let (_site, program, _config) = followed().await;
    let (archive, _) = tearsheet::archive::Archive::open(&program.archive_settings(), Utc::now()).unwrap();
    let quiet = program.call(&["run", "--quiet"]);
    assert_eq!((quiet.code, quiet.stderr.as_str()), (Some(4), ""), "{quiet:?}");
    let loud = program.call(&["run"]);
    assert!(loud.code == Some(4) && loud.stderr.contains("another run is in progress"), "{loud:?}");
    archive.close().unwrap();
}
