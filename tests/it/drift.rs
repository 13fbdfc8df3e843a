//! A listing that is no longer what it was is told, followed all the same, and never takes the archived one's place.

use std::fs;

use chrono::{DateTime, TimeDelta, Utc};
use tearsheet::archive::{self, View};
use tearsheet::config::{self, Config};
use tearsheet::model::{HealthKind, SourceId, Trouble, TroubleKind};
use tearsheet::pipeline::{self, SourceReport};
use tempfile::TempDir;

use crate::newspaper::now;
use crate::program::ON_LOOPBACK;
use crate::small_site::{SmallSite, cards, date, path, title};

fn follow(site: &SmallSite, select: &str) -> (TempDir, Config) {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("config/sources")).unwrap();
    fs::write(root.path().join("config/tearsheet.toml"), ON_LOOPBACK).unwrap();
    write_source(&root, site, select);
    let config = config::load(root.path()).unwrap();
    (root, config)
}

fn write_source(root: &TempDir, site: &SmallSite, select: &str) {
    let source = format!("url = \"{}\"\nkind = \"listing\"\n[select]\n{select}\n", site.url);
    fs::write(root.path().join("config/sources/gulls.toml"), source).unwrap();
}

async fn run(config: &Config, at: DateTime<Utc>) -> SourceReport {
    let mut report = pipeline::run(config, &[], at, &|_| {}).await.unwrap();
    report.sources.remove(0)
}

fn trouble(config: &Config) -> Option<Trouble> {
    let view = View::open(&config.archive).unwrap();
    view.condition(&SourceId::parse("gulls").unwrap()).unwrap().trouble
}

/// The events of the source, oldest first.
fn events(config: &Config) -> Vec<HealthKind> {
    let view = View::open(&config.archive).unwrap();
    let mut events: Vec<HealthKind> = view.events(20).unwrap().into_iter().map(|event| event.event).collect();
    events.reverse();
    events
}

/// The same articles after a redesign.
fn redesigned(numbers: impl Iterator<Item = u32>) -> String {
    let item = |n: u32| {
        format!(
            "<li><section><h2><a class=headline href=\"{}\">{}</a></h2><p>{}</p></section></li>",
            path(n),
            title(n),
            date(n)
        )
    };
    format!("<ul>{}</ul>", numbers.map(item).collect::<String>())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pinned_selector_that_no_longer_matches_is_told_with_one_that_fits_both_pages() {
    let site = SmallSite::start().await;
    site.articles(1..=9);
    site.html("/", &cards((1..=6).rev()));
    let (root, config) = follow(&site, "link = \".card > h3 > a\"");
    assert!(run(&config, now()).await.drifted.is_none());

    site.html("/", &redesigned((2..=7).rev()));
    let broken = now() + TimeDelta::hours(1);
    let report = run(&config, broken).await;
    assert_eq!(report.new, 1, "what is new is found all the same");
    assert!(report.needs_a_look());
    let reason = report.drifted.unwrap();
    assert!(reason.contains("the selector for `link` no longer matches"), "{reason}");
    let again = run(&config, broken + TimeDelta::hours(1)).await;
    assert!(again.drifted.is_some(), "until somebody mends it");
    let trouble = trouble(&config).unwrap();
    assert_eq!((trouble.kind, trouble.since), (TroubleKind::Drifted, broken));

    let (_, suggestion) = reason.split_once("`link = ").unwrap();
    let (selector, _) = suggestion.split_once('`').unwrap();
    write_source(&root, &site, &format!("link = {selector}"));
    let config = config::load(root.path()).unwrap();
    assert!(run(&config, broken + TimeDelta::hours(2)).await.drifted.is_none(), "{selector}");
    assert_eq!(events(&config), [HealthKind::Drifted, HealthKind::Recovered]);
    site.html("/", &cards((4..=9).rev()));
    let report = run(&config, broken + TimeDelta::hours(3)).await;
    assert_eq!((report.new, report.drifted), (2, None), "it fits the page of before too: {selector}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pinned_selector_that_never_matched_is_a_drift_until_it_is_changed() {
    let site = SmallSite::start().await.with_etags();
    site.articles(1..=6);
    site.html("/", &cards((1..=6).rev()));
    let (root, config) = follow(&site, "link = \".card > h9 > a\"");
    for hour in 0..3 {
        let report = run(&config, now() + TimeDelta::hours(hour)).await;
        let reason = report.drifted.unwrap_or_else(|| panic!("hour {hour}: it matches nothing"));
        assert!(reason.contains("the selector for `link` matches nothing"), "{reason}");
    }
    write_source(&root, &site, "link = \".card > h3 > a\"");
    let config = config::load(root.path()).unwrap();
    assert!(run(&config, now() + TimeDelta::hours(4)).await.drifted.is_none());
    assert_eq!(events(&config), [HealthKind::Drifted, HealthKind::Recovered]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listing_that_shrank_is_told_until_it_is_whole_again_whatever_becomes_of_the_index() {
    let site = SmallSite::start().await;
    site.articles(1..=9);
    site.html("/", &cards((1..=9).rev()));
    let (_root, config) = follow(&site, "");
    run(&config, now()).await;
    archive::rebuild(&config.archive, now(), &mut |_, _| {}).unwrap();
    site.html("/", &cards((8..=9).rev()));
    for hour in 1..=2 {
        let report = run(&config, now() + TimeDelta::hours(hour)).await;
        assert_eq!(report.drifted.as_deref(), Some("it lists 2 articles, where it listed 9"));
    }
    site.html("/", &cards((2..=9).rev()));
    assert!(run(&config, now() + TimeDelta::hours(3)).await.drifted.is_none());
    assert_eq!(events(&config), [HealthKind::Drifted, HealthKind::Recovered]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_otherwise_for_a_week_is_taken_as_it_is() {
    let site = SmallSite::start().await;
    site.articles(1..=9);
    site.html("/", &cards((1..=9).rev()));
    let (_root, config) = follow(&site, "");
    run(&config, now()).await;
    site.html("/", &cards((8..=9).rev()));
    for (day, is_told) in [(1, true), (7, true), (8, false), (9, false)] {
        let report = run(&config, now() + TimeDelta::days(day)).await;
        assert_eq!(report.drifted.is_some(), is_told, "day {day}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_matches_on_no_page_is_told_until_it_matches_or_is_changed() {
    let site = SmallSite::start().await;
    site.articles(1..=4);
    site.html("/", &cards(1..=4));
    let rule = |selector: &str| {
        format!("url = \"{}\"\nkind = \"listing\"\n[article]\nbody = \"{selector}\"\n", site.url)
    };
    let followed = crate::follow::Followed::with(&[("gulls", rule(".contnt"))], "");
    let report = followed.run_named(0).await;
    let reason = "the rule for `body` (`.contnt`) matched nothing on any of 4 pages";
    assert_eq!((report.new, report.drifted.as_deref()), (4, Some(reason)));
    assert!(report.needs_a_look());
    let again = followed.run_named(1).await;
    assert_eq!(again.drifted.as_deref(), Some(reason), "no page was read, and the rule is the same");
    let trouble = trouble(&followed.config).expect("it is in trouble");
    assert_eq!((trouble.kind, trouble.reason.as_str()), (TroubleKind::Drifted, reason));
    let other = followed.config.root.join("config/sources/gulls.toml");
    fs::write(other, rule("article")).unwrap();
    let config = config::load(&followed.config.root).unwrap();
    let only = ["gulls".to_owned()];
    let report = pipeline::run(&config, &only, crate::follow::after(2), &|_| {}).await.unwrap();
    assert_eq!(report.sources[0].drifted, None, "another rule has not failed yet");
    assert_eq!(self::trouble(&config), None);
}
