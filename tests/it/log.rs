//! What the program says of its work when asked to: the log, and what a run would do.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::program::{ON_LOOPBACK, Program, files};
use crate::small_site::{SmallSite, path, rss};

/// A site with a feed of three articles, at an address with a key, and a program that follows it with another.
async fn with_keys() -> (SmallSite, Program) {
    let site = SmallSite::start().await;
    site.articles(1..=3);
    site.xml("/feed.xml?token=s3cret-token", &rss([3, 2, 1].into_iter()));
    let source = format!(
        "url = \"{}\"\nkind = \"feed\"\n[fetch.headers]\nX-Key = \"s3cret-header\"\n",
        site.at("/feed.xml?token=s3cret-token")
    );
    (site, Program::new(ON_LOOPBACK, &[("gulls", source)]))
}

/// The lines of a log in JSON.
fn events(stderr: &str) -> Vec<Value> {
    stderr.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_is_logged_with_its_time_and_without_secrets() {
    let (site, program) = with_keys().await;
    let run = program.call(&["-vv", "run"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let requests: Vec<&str> = run.stderr.lines().filter(|line| line.contains(" request url=")).collect();
    let robots = site.robots_asked();
    assert_eq!(requests.len(), robots + site.asked().len(), "{run:?}");
    assert!(requests.iter().all(|line| line.contains(" ms=") && line.contains(" status=")), "{requests:?}");
    assert!(requests.iter().any(|line| line.contains("/feed.xml?token=…")), "{requests:?}");
    assert!(!run.stderr.contains("s3cret"), "{run:?}");
    let quieter = program.call(&["-v", "run", "gulls"]);
    assert!(quieter.stderr.contains("source done") && !quieter.stderr.contains(" ms="), "{quieter:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_json_is_json_in_every_line() {
    let (_site, program) = with_keys().await;
    let run = program.call(&["--log-format", "json", "-vv", "run"]);
    let events = events(&run.stderr);
    assert!(events.iter().any(|event| event["message"] == "request" && event["ms"].is_u64()), "{run:?}");
    let said = |text: &str| events.iter().any(|event| event["message"].as_str().unwrap().contains(text));
    assert!(said("public: "), "what is said to people is in it, too: {run:?}");
    assert!(!run.stderr.contains("s3cret"), "{run:?}");
}

#[test]
fn in_a_log_in_json_mistakes_are_lines_too() {
    let program = Program::new("[site]\ntitel = \"\u{1b}[31mred\"\n", &[("gulls", "url = 1\n".to_owned())]);
    let checked = program.call(&["--log-format", "json", "check"]);
    assert_eq!(checked.code, Some(2));
    let errors: Vec<Value> =
        events(&checked.stderr).into_iter().filter(|event| event["level"] == "ERROR").collect();
    assert_eq!(errors.len(), 3, "{checked:?}");
    assert!(errors[0]["message"].as_str().unwrap().contains("sources/gulls.toml:1:"), "{checked:?}");
    assert!(!checked.stderr.contains('\u{1b}'), "{checked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_environment_can_ask_for_tearsheets_own_events_only() {
    let (_site, program) = with_keys().await;
    let run = |rust_log: &str| {
        let mut command = program.command(&["--log-format", "json", "run", "gulls"]);
        String::from_utf8(command.env("RUST_LOG", rust_log).output().unwrap().stderr).unwrap()
    };
    let all = events(&run("trace"));
    assert!(all.iter().any(|event| event["message"] == "request"));
    let is_own = |event: &Value| event["target"].as_str().unwrap().starts_with("tearsheet");
    assert!(all.iter().all(is_own), "what libraries log may hold headers: {all:?}");
    let wrong = run("tearsheet=loud");
    assert!(wrong.contains("RUST_LOG is ignored"), "{wrong}");
    assert!(run("warn").lines().count() < all.len());
}

#[test]
fn one_cannot_ask_for_more_and_less() {
    let program = Program::new("", &[]);
    assert_eq!(program.call(&["-v", "--quiet", "status"]).code, Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_asks_the_lists_and_names_what_is_new_and_nothing_else_happens() {
    let site = SmallSite::start().await;
    site.articles(1..=3);
    site.xml("/feed.xml", &rss([2, 1].into_iter()));
    let source = format!("url = \"{}\"\nkind = \"feed\"\n", site.at("/feed.xml"));
    let program = Program::new(ON_LOOPBACK, &[("gulls", source)]);
    let tried = program.call(&["run", "--dry-run"]);
    assert_eq!(tried.code, Some(0), "{tried:?}");
    assert_eq!(tried.stdout.lines().count(), 2, "{tried:?}");
    assert!(tried.stdout.lines().all(|line| line.starts_with("new ")), "{tried:?}");
    assert_eq!(site.asked(), ["/feed.xml"], "no article is fetched");
    assert!(!program.path("archive").exists() && !program.path("public").exists());

    assert_eq!(program.call(&["run"]).code, Some(0));
    let warcs = || files(&program.path("archive/warc"));
    let (archive, public) = (warcs(), files(&program.path("public")));
    assert!(!archive.is_empty());
    site.xml("/feed.xml", &rss([3, 2, 1].into_iter()));
    site.asked();
    for _ in 0..2 {
        let tried = program.call(&["run", "--dry-run", "--json", "gulls"]).json();
        let pages = tried[0]["pages"].as_array().unwrap();
        assert_eq!(pages.len(), 1, "{tried}");
        assert_eq!((&pages[0]["why"], &pages[0]["url"]), (&"new".into(), &site.at(&path(3)).as_str().into()));
    }
    assert_eq!(site.asked(), ["/feed.xml", "/feed.xml"], "nothing of the first one is remembered");
    assert_eq!((warcs(), files(&program.path("public"))), (archive, public));
    let verified = program.call(&["verify"]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
    let run = program.call(&["run", "--json", "gulls"]).json();
    assert_eq!(run["sources"][0]["new"], 1, "{run}");
}

#[cfg(unix)]
#[test]
fn bash_completes_commands_options_and_the_names_of_sources() {
    let source = || "url = \"https://gulls.example/\"\n".to_owned();
    let program = Program::new("", &[("gulls", source()), ("gannets", source()), ("terns", source())]);
    fs::write(program.path("config/sources/broken.toml"), "url = ").unwrap();
    let complete = |words: &[&str]| {
        let program_path = env!("CARGO_BIN_EXE_tearsheet");
        let script = format!(
            "source <({program_path} completions bash); \
             COMP_WORDS=(tearsheet {}); COMP_CWORD={}; COMP_TYPE=9; COMP_LINE=; COMP_POINT=0; \
             PATH=\"$1:$PATH\"; _clap_complete_tearsheet tearsheet \"${{COMP_WORDS[$COMP_CWORD]}}\"; \
             printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            words.len()
        );
        let folder = std::path::Path::new(program_path).parent().unwrap();
        let mut bash = Command::new("bash");
        bash.args(["-c", &script, "bash"])
            .arg(folder)
            .current_dir(program.root())
            .env_remove("TEARSHEET_ROOT");
        let ended = bash.output().unwrap();
        assert!(ended.stderr.is_empty(), "{}", String::from_utf8_lossy(&ended.stderr));
        let words: Vec<String> =
            String::from_utf8(ended.stdout).unwrap().lines().map(|line| line.trim().to_owned()).collect();
        words
    };
    assert_eq!(complete(&["run", "g"]), ["gannets", "gulls"]);
    assert_eq!(complete(&["edit", "bro"]), ["broken"], "a source with mistakes is one to edit");
    assert_eq!(complete(&["statu"]), ["status"]);
    assert!(complete(&["run", "--dry"]).contains(&"--dry-run".to_owned()));
    let elsewhere = program.root().to_str().unwrap().to_owned();
    assert_eq!(complete(&["--root", &elsewhere, "remove", "te"]), ["terns"]);
}
