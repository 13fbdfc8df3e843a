//! What a site puts beneath every article is known from the others, and left out.

use std::fs;

use chrono::TimeDelta;
use tearsheet::config::{self, Config};
use tearsheet::model::Article;
use tearsheet::pipeline;
use tempfile::TempDir;

use crate::newspaper::now;
use crate::small_site::{SmallSite, cards, path};

const BOX: &str = "Every Friday the keepers of four lighthouses write a letter about the week on the cliffs, and four \
                   thousand people open it with their coffee.";

/// A site whose listing has articles up to `newest`, each with the box beneath it.
async fn site(newest: u32) -> SmallSite {
    let site = SmallSite::start().await;
    publish(&site, newest);
    site
}

fn publish(site: &SmallSite, newest: u32) {
    site.articles_with(1..=newest, &format!("<p>{BOX}</p>"));
    site.html("/", &format!("<main>{}</main>", cards((1..=newest).rev())));
}

fn follow(site: &SmallSite) -> (TempDir, Config) {
    let root = tempfile::tempdir().unwrap();
    let sources = root.path().join("config/sources");
    fs::create_dir_all(&sources).unwrap();
    fs::write(sources.join("gulls.toml"), format!("url = \"{}\"\nkind = \"listing\"\n", site.url)).unwrap();
    let global = "[fetch]\nallow_private = true\ndelay = \"0s\"\n";
    fs::write(root.path().join("config/tearsheet.toml"), global).unwrap();
    let config = config::load(root.path()).unwrap();
    (root, config)
}

async fn run_at(config: &Config, minutes: i64) {
    pipeline::run(config, &[], now() + TimeDelta::minutes(minutes), &|_| {}).await.unwrap();
}

fn articles(config: &Config) -> Vec<Article> {
    pipeline::entries(config).unwrap().into_iter().map(|entry| entry.article).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stood_beneath_earlier_articles_is_left_out_of_the_next() {
    let site = site(5).await;
    let (_root, config) = follow(&site);
    run_at(&config, 0).await;
    publish(&site, 7);
    run_at(&config, 5).await;
    let articles = articles(&config);
    assert_eq!(articles.len(), 7);
    for article in articles.iter().take(2) {
        assert!(!article.text.contains("Every Friday"), "{}", article.text);
        assert_eq!(article.repeated, [BOX]);
        assert!(article.title.starts_with("Report "), "{:?}", article.provenance);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_first_run_learns_holds_for_its_own_articles() {
    let site = site(6).await;
    let (_root, config) = follow(&site);
    run_at(&config, 0).await;
    let before = articles(&config);
    assert_eq!(before.len(), 6);
    for article in &before {
        assert_eq!(
            (article.text.contains("Every Friday"), &article.repeated[..]),
            (false, &[BOX.to_owned()][..])
        );
    }
    run_at(&config, 5).await;
    assert_eq!(articles(&config), before, "and is settled");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_left_out_is_explained() {
    let site = site(6).await;
    let (root, config) = follow(&site);
    run_at(&config, 0).await;
    let mut explain = std::process::Command::new(env!("CARGO_BIN_EXE_tearsheet"));
    let page = site.at(&path(3));
    let ended = explain.arg("--root").arg(root.path()).args(["explain", page.as_str()]).output().unwrap();
    let told = String::from_utf8(ended.stdout).unwrap();
    let line = told.lines().find(|line| line.contains("Every Friday")).unwrap_or_default();
    assert!(line.trim_start().starts_with('−'), "{told}");
}
