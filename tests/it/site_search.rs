//! The lists of articles that the published site's search reads.

use std::fs;

use crate::program::{ON_LOOPBACK, Program, files};
use crate::small_site::{SmallSite, cards, date, path, title};

/// The scripts with articles, by name.
fn shards(program: &Program) -> Vec<(String, String)> {
    let all = files(&program.path("public/assets/search")).into_iter();
    let shards = all.filter(|(name, _)| name != "index.js");
    shards.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

fn names(program: &Program) -> Vec<String> {
    shards(program).into_iter().map(|(name, _)| name).collect()
}

/// Articles of January and February 2025, archived and published.
async fn published() -> (SmallSite, Program) {
    let site = SmallSite::start().await;
    site.articles((1..=3).chain(40..=41));
    site.html("/", &cards((1..=3).chain(40..=41)));
    let source = |title: &str| format!("url = \"{}\"\ntitle = \"{title}\"\n", site.url);
    let program = Program::new(ON_LOOPBACK, &[("gulls", source("Gulls"))]);
    assert_eq!(program.call(&["run"]).code, Some(0));
    (site, program)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_month_is_a_script_that_stays_as_it_is_while_nothing_of_it_changes() {
    let (site, program) = published().await;
    assert_eq!(names(&program), ["2025-01.js", "2025-02.js"]);
    let before = shards(&program);
    for n in 1..=3 {
        assert!(
            before[0].1.contains(&title(n))
                && before[0].1.contains(&path(n))
                && before[0].1.contains(&date(n))
        );
    }
    assert!(!before[0].1.contains(&title(40)), "{before:?}");

    site.articles(42..=42);
    site.html("/", &cards((1..=3).chain(40..=42)));
    assert_eq!(program.call(&["run", "gulls"]).code, Some(0));
    let after = shards(&program);
    assert_eq!(after[0], before[0]);
    assert!(after[1].1.contains(&title(42)));

    fs::remove_file(program.path("archive/search.sqlite")).unwrap();
    assert_eq!(program.call(&["build"]).code, Some(0));
    assert_eq!(shards(&program), after, "made again, it is the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_down_or_belongs_to_no_source_is_not_found() {
    let (site, program) = published().await;
    let url = site.at(&path(2)).to_string();
    assert_eq!(program.call(&["withdraw", &url, "--reason", "asked for"]).code, Some(0));
    assert!(!shards(&program)[0].1.contains(&title(2)));
    for n in 40..=41 {
        let url = site.at(&path(n)).to_string();
        assert_eq!(program.call(&["withdraw", &url, "--reason", "asked for"]).code, Some(0));
    }
    assert_eq!(names(&program), ["2025-01.js"]);
    assert_eq!(program.call(&["release", &url]).code, Some(0));
    assert!(shards(&program)[0].1.contains(&title(2)));

    let other = SmallSite::start().await;
    other.articles(70..=72);
    other.html("/", &cards(70..=72));
    let file = program.path("config/sources/terns.toml");
    fs::write(&file, format!("url = \"{}\"\ntitle = \"Terns\"\n", other.url)).unwrap();
    let run = program.call(&["run", "terns"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(names(&program), ["2025-01.js", "2025-03.js"]);
    fs::remove_file(&file).unwrap();
    assert_eq!(program.call(&["build"]).code, Some(0));
    assert_eq!(names(&program), ["2025-01.js"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_its_site_keeps_from_search_engines_is_not_found_here_either() {
    let (site, program) = published().await;
    site.articles(43..=43);
    let hidden = site.page(&path(43)).replace("<title>", "<meta name=robots content=\"noindex\"><title>");
    site.put(&path(43), &hidden);
    site.html("/", &cards((1..=3).chain([40, 41, 43])));
    let run = program.call(&["run", "gulls"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(program.entries().len(), 6);
    assert!(!shards(&program)[1].1.contains(&title(43)));
}
