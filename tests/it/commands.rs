//! Commands that no other test runs as a user does: `prune`, `man` and `completions`.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use crate::program::{Ended, ON_LOOPBACK, Program, files};
use crate::small_site::{SmallSite, cards};

/// A site with three articles, which the program has archived and published.
async fn followed() -> (SmallSite, Program) {
    let site = SmallSite::start().await;
    site.articles(1..=3);
    site.html("/", &cards(1..=3));
    let program = Program::new(ON_LOOPBACK, &[("gulls", format!("url = \"{}\"\n", site.url))]);
    let run = program.call(&["run"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    (site, program)
}

fn keep_next_to_nothing(program: &Program) {
    let settings = format!("{ON_LOOPBACK}[archive.retention]\nmax_size = \"1 KB\"\n");
    fs::write(program.path("config/tearsheet.toml"), settings).unwrap();
}

fn warcs(program: &Program) -> BTreeMap<String, Vec<u8>> {
    files(&program.path("archive/warc"))
}

fn bytes(files: &BTreeMap<String, Vec<u8>>) -> usize {
    files.values().map(Vec::len).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn prune_without_a_rule_deletes_nothing_and_names_the_table_that_is_missing() {
    let (_site, program) = followed().await;
    let before = warcs(&program);
    let ended = program.call(&["prune"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.stderr.contains("[archive.retention]"), "{ended:?}");
    assert_eq!(warcs(&program), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn prune_deletes_captures_only_when_it_is_not_a_dry_run_and_the_output_stays() {
    let (_site, program) = followed().await;
    keep_next_to_nothing(&program);
    let (before, public) = (warcs(&program), files(&program.path("public")));

    let planned = program.call(&["prune", "--dry-run", "--json"]).json();
    assert!(planned["files"].as_u64() > Some(0), "{planned}");
    assert_eq!(warcs(&program), before, "a dry run writes nothing");

    let pruned = program.call(&["prune", "--json"]);
    assert_eq!(pruned.code, Some(0), "{pruned:?}");
    assert_eq!(pruned.json()["goes"], planned["goes"], "what was planned is what was done");
    assert!(bytes(&warcs(&program)) < bytes(&before));

    let verified = program.call(&["verify"]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
    fs::remove_dir_all(program.path("public")).unwrap();
    assert_eq!(program.call(&["rebuild"]).code, Some(0));
    assert_eq!(files(&program.path("public")), public, "articles and feeds are as they were");

    let again = program.call(&["prune", "--json"]).json();
    assert_eq!(again["files"], 0, "there is nothing more to delete");
}

/// The names of the commands that `--help` lists.
fn commands(program: &Program) -> Vec<String> {
    let help = program.call(&["--help"]).stdout;
    let listed = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let listed = listed.take_while(|line| !line.is_empty());
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn the_manual_has_every_command() {
    let program = Program::new("", &[]);
    let Ended { code, stdout, .. } = program.call(&["man"]);
    assert_eq!(code, Some(0));
    assert!(stdout.contains(".TH tearsheet 1"), "{stdout}");
    let commands = commands(&program);
    assert!(commands.len() > 15, "{commands:?}");
    for command in commands.iter().filter(|name| *name != "help") {
        let name = format!("tearsheet\\-{}(1)", command.replace('-', "\\-"));
        assert!(stdout.contains(&name), "{name} is missing");
    }
}

#[test]
fn completions_for_each_shell_name_every_command() {
    let program = Program::new("", &[]);
    let commands = commands(&program);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = program.call(&["completions", shell]);
        assert_eq!(script.code, Some(0), "{shell}");
        assert!(script.stdout.contains("TEARSHEET_COMPLETE"), "{shell}: the script asks the program");
        let mut asked = Command::new(env!("CARGO_BIN_EXE_tearsheet"));
        asked.args(["--", "tearsheet", ""]).env("TEARSHEET_COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", "1");
        let completed = Ended::of(asked.output().unwrap());
        for command in &commands {
            assert!(completed.stdout.contains(command.as_str()), "{shell} does not complete {command}");
        }
    }
    assert_eq!(program.call(&["completions", "abacus"]).code, Some(2));
}
