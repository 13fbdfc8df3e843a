//! A robots.txt holds for a day and all runs of it.

use std::fs;

use chrono::TimeDelta;
use tearsheet::config::{self, Config};
use tearsheet::fetch;
use tearsheet::pipeline::{self, RunReport};
use tempfile::TempDir;
use url::Url;

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

/// How many files are looked at.
const FILES: usize = 1800;
/// Rules of one file of which the paths are asked for.
const RULES: usize = 30;

/// Paths that may or may not be fetched: those of the rules themselves, with what they leave open filled in, and a bit more.
fn questions(text: &str) -> Vec<String> {
    let mut paths: Vec<String> =
        ["/", "/feed/", "/index.php?p=1", "/search?q=x", "/a/b.pdf", "/~joe"].map(str::to_owned).to_vec();
    let rules = text.lines().filter_map(|line| line.split('#').next()?.split_once(':'));
    let rules = rules.filter(|(name, _)| {
        let name = name.trim();
        name.eq_ignore_ascii_case("allow") || name.eq_ignore_ascii_case("disallow")
    });
    for (_, rule) in rules.take(RULES) {
        let rule = rule.trim();
        if rule.starts_with(['/', '*']) {
            let filled = rule.replace('*', "x").replace('$', "");
            let filled = if filled.starts_with('/') { filled } else { format!("/{filled}") };
            paths.extend([format!("{filled}a"), filled]);
        }
    }
    paths
}

#[tokio::test(flavor = "multi_thread")]
async fn real_files_are_read_as_protego_reads_them() {
    let Some(tools) = crate::judges::tools("protego") else { return };
    let files = tools.join("protego/tests/test_data");
    let mut hosts: Vec<_> = fs::read_dir(&files).unwrap().map(|entry| entry.unwrap().path()).collect();
    hosts.sort();
    let mut answers = String::new();
    for path in hosts.iter().step_by((hosts.len() / FILES).max(1)) {
        let (Ok(text), Some(host)) =
            (fs::read_to_string(path), path.file_name().and_then(|name| name.to_str()))
        else {
            continue;
        };
        for question in questions(&text) {
            let Ok(url) = Url::parse(&format!("https://{host}{question}")) else { continue };
            let allowed = fetch::robots_allow(text.as_bytes(), &url);
            answers += &serde_json::json!([host, question, allowed]).to_string();
            answers.push('\n');
        }
    }
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("answers.jsonl");
    fs::write(&file, answers).unwrap();
    crate::judges::passes(crate::judges::python(&tools, "protego_judge.py").arg(&files).arg(&file)).await;
}
