//! A robots.txt holds for a day and all runs of it.

use std::fs;

use chrono::TimeDelta;
use tearsheet::config::{self, Config};
use tearsheet::pipeline::{self, RunReport};
use tempfile::TempDir;

use crate::newspaper::now;
use crate::program::ON_LOOPBACK;
use crate::small_site::{SmallSite, cards, path};

fn follow(site: &SmallSite) -> (TempDir, Config) {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("config/sources")).unwrap();
    fs::write(root.path().join("config/tearsheet.toml"), ON_LOOPBACK).unwrap();
    let source = format!("url = \"{}\"\nkind = \"listing\"\n", site.url);
    fs::write(root.path().join("config/sources/gulls.toml"), source).unwrap();
    let config = config::load(root.path()).unwrap();
    (root, config)
}

async fn run_after(config: &Config, hours: i64) -> RunReport {
    let only = ["gulls".to_owned()];
    pipeline::run(config, &only, now() + TimeDelta::hours(hours), &|_| {}).await.unwrap()
}

fn list(site: &SmallSite, newest: u32) {
    site.articles(1..=newest);
    site.html("/", &format!("<main>{}</main>", cards((1..=newest).rev())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_robots_txt_is_obeyed_for_a_day_and_then_asked_for_again() {
    let site = SmallSite::start().await;
    site.text("/robots.txt", &format!("User-agent: *\nDisallow: {}\n", path(7)));
    list(&site, 6);
    let (_root, config) = follow(&site);
    run_after(&config, 0).await;
    assert_eq!(site.robots_asked(), 1);
    site.asked();
    list(&site, 8);
    let report = run_after(&config, 5).await;
    assert_eq!((site.robots_asked(), report.sources[0].new), (0, 1), "{report:?}");
    assert!(!site.asked().contains(&path(7)), "what was forbidden an hour ago is");
    run_after(&config, 25).await;
    assert_eq!(site.robots_asked(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_without_one_is_asked_once_a_day_and_one_in_trouble_every_time() {
    let site = SmallSite::start().await;
    list(&site, 6);
    let (_root, config) = follow(&site);
    run_after(&config, 0).await;
    run_after(&config, 1).await;
    assert_eq!(site.robots_asked(), 1);
    site.fail("/robots.txt", 404);
    run_after(&config, 25).await;
    assert_eq!(site.robots_asked(), 2);
    site.fail("/robots.txt", 429);
    run_after(&config, 50).await;
    let asked = site.robots_asked();
    assert!(asked > 2);
    site.mend("/robots.txt");
    run_after(&config, 51).await;
    assert_eq!(site.robots_asked(), asked + 1);
}
