//! `rebuild --extract`: rules reach what is stored, offline.

use std::fs;

use serde_json::Value;

use crate::program::{Ended, ON_LOOPBACK, Program, files};
use crate::small_site::{SmallSite, cards, path};

const PROMO: &str = "Join the forty thousand readers who get our harbour letter every single morning.";

/// A site with three reports, each with a promotion in its text, and a root that has run over it.
async fn followed() -> (SmallSite, Program) {
    let site = SmallSite::start().await;
    site.articles(1..4);
    for n in 1..4 {
        let n = u32::try_from(n).unwrap();
        let body = format!(
            "<article data-tongue=cy><h1>{}</h1><p>The keeper of lighthouse {n} saw the gulls come back to the northern cliffs after \
             a winter that nobody there will forget, and she counted {n} hundred of them in one day.</p>\
             <p class=letter>{PROMO} This is letter {n}{n}{n}.</p><p>They built nest {n} where they always do, and the \
             fishermen of harbour {n} were glad to see them come in with the tide of the evening.</p></article>",
            crate::small_site::title(n)
        );
        site.html(&path(n), &body);
    }
    site.html("/", &cards(1..4));
    let source = format!("url = \"{}\"\nkind = \"listing\"\n", site.url);
    let program = Program::new(ON_LOOPBACK, &[("gull", source)]);
    let ran = call(&program, &["run"]).await;
    assert_eq!((ran.code, program.entries().len()), (Some(0), 3), "{ran:?}");
    site.asked();
    (site, program)
}

async fn call(program: &Program, arguments: &[&str]) -> Ended {
    let mut command = program.command(arguments);
    Ended::of(tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap())
}

/// Gives the source's file these lines more.
fn add_rules(program: &Program, rules: &str) {
    let file = program.path("config/sources/gull.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(file, format!("{}{rules}", text.split("[article]").next().unwrap())).unwrap();
}

/// What `--json` printed, line by line.
fn lines(ended: &Ended) -> Vec<Value> {
    ended.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const WITHOUT_LETTER: &str = "[article]\nremove = [\".letter\"]\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_shows_what_would_change_and_changes_nothing() {
    let (site, program) = followed().await;
    add_rules(&program, WITHOUT_LETTER);
    let before = (files(&program.path("archive/warc")), files(&program.path("public")));
    let shown = call(&program, &["rebuild", "--extract", "--dry-run"]).await;
    assert_eq!(shown.code, Some(0), "{shown:?}");
    assert!(shown.stdout.contains(&format!("[-{PROMO} This is letter 111.-]")), "{shown:?}");
    assert!(
        shown.stderr.contains("3 articles would change, 3 of them in substance; 0 the same"),
        "{shown:?}"
    );
    assert!(before == (files(&program.path("archive/warc")), files(&program.path("public"))));
    assert_eq!(site.asked(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_reaches_what_is_stored_and_moves_nothing() {
    let (site, program) = followed().await;
    let before = program.entries();
    add_rules(&program, WITHOUT_LETTER);
    let ended = call(&program, &["rebuild", "--extract", "--json"]).await;
    assert_eq!(lines(&ended).last().unwrap()["summary"]["changed"], 3, "{ended:?}");
    let after = program.entries();
    let place = |entry: &tearsheet::model::Entry| (entry.id, entry.first_seen, entry.updated, entry.sequence);
    assert_eq!(before.iter().map(place).collect::<Vec<_>>(), after.iter().map(place).collect::<Vec<_>>());
    assert!(before.iter().all(|entry| entry.article.text.contains(PROMO) && entry.revision == 1));
    assert!(after.iter().all(|entry| !entry.article.text.contains(PROMO) && entry.revision == 2));
    let feed = fs::read_to_string(program.path("public/gull/feed.json")).unwrap();
    assert!(feed.contains("nest 1 where") && !feed.contains("harbour letter"));
    let history = call(&program, &["history", before[0].url.as_str()]).await;
    assert!(history.stdout.contains("minor, read again"), "{history:?}");
    assert!(program.view().capture_of(&before[0].id).unwrap().is_some(), "it still has its capture");
    assert_eq!(site.asked(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_that_a_rule_finds_reaches_what_is_stored_and_is_minor() {
    let (_site, program) = followed().await;
    let before = program.entries();
    add_rules(&program, "[article]\nlanguage = \"//article/@data-tongue\"\n");
    let ended = call(&program, &["rebuild", "--extract", "--json"]).await;
    let told = lines(&ended);
    assert_eq!(told[0]["fields"], serde_json::json!(["language"]), "{ended:?}");
    let summary = &told.last().unwrap()["summary"];
    assert_eq!((&summary["changed"], &summary["substantive"]), (&3.into(), &0.into()), "{ended:?}");
    let after = program.entries();
    assert!(after.iter().all(|entry| entry.article.language.as_deref() == Some("cy")));
    let updated =
        |entries: &[tearsheet::model::Entry]| entries.iter().map(|entry| entry.updated).collect::<Vec<_>>();
    assert_eq!(updated(&before), updated(&after));
    let again = call(&program, &["rebuild", "--extract", "--json"]).await;
    assert_eq!(lines(&again)[0]["summary"]["same"], 3, "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_is_kept_to_its_end_though_nobody_reads_of_it() {
    let (_site, program) = followed().await;
    add_rules(&program, WITHOUT_LETTER);
    let mut command = program.command(&["rebuild", "--extract", "--json"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    command.stdout(writer);
    let status = tokio::task::spawn_blocking(move || command.status().unwrap()).await.unwrap();
    assert_eq!(status.code(), Some(0));
    assert!(program.entries().iter().all(|entry| entry.revision == 2));
    let feed = fs::read_to_string(program.path("public/gull/feed.json")).unwrap();
    assert!(!feed.contains("harbour letter"), "and published");
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_again_twice_changes_no_byte_and_a_rebuild_restores_what_was_read() {
    let (_site, program) = followed().await;
    add_rules(&program, WITHOUT_LETTER);
    call(&program, &["rebuild", "--extract"]).await;
    let before = (files(&program.path("archive/warc")), files(&program.path("public")));
    let again = call(&program, &["rebuild", "--extract", "--json"]).await;
    assert_eq!(lines(&again)[0]["summary"]["same"], 3, "{again:?}");
    assert!(before == (files(&program.path("archive/warc")), files(&program.path("public"))));
    fs::remove_dir_all(program.path("public")).unwrap();
    fs::remove_file(program.path("archive/index.sqlite")).unwrap();
    assert_eq!(call(&program, &["rebuild"]).await.code, Some(0));
    assert!(before.1 == files(&program.path("public")));
    assert_eq!(call(&program, &["verify"]).await.code, Some(0));
    add_rules(&program, "");
    call(&program, &["rebuild", "--extract"]).await;
    assert!(program.entries()[0].article.text.contains(PROMO), "the capture is found behind the rebuild too");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_rules_would_lose_stays_and_is_told() {
    let (_site, program) = followed().await;
    let before = files(&program.path("public"));
    add_rules(&program, "[article]\nremove = [\"article\"]\n");
    let ended = call(&program, &["rebuild", "--extract"]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.contains("3 are none any more, and stay"), "{ended:?}");
    assert_eq!(program.entries().len(), 3);
    assert!(before == files(&program.path("public")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_held_back_goes_out_once_the_rules_read_it() {
    let (site, program) = followed().await;
    add_rules(&program, "[article]\nremove = [\"article\"]\n");
    site.articles(4..5);
    site.html("/", &cards(1..5));
    let ran = call(&program, &["run"]).await;
    assert_eq!((ran.code, program.entries().len()), (Some(1), 3), "{ran:?}");
    site.asked();
    add_rules(&program, "");
    let shown = call(&program, &["rebuild", "--extract", "--dry-run", "--json"]).await;
    assert_eq!(lines(&shown)[0]["difference"], "passing", "{shown:?}");
    assert_eq!(program.entries().len(), 3);
    let ended = call(&program, &["rebuild", "--extract", "--json"]).await;
    assert_eq!(lines(&ended).last().unwrap()["summary"]["passing"], 1, "{ended:?}");
    assert_eq!(program.entries().len(), 4);
    let feed = fs::read_to_string(program.path("public/gull/feed.json")).unwrap();
    assert!(feed.contains("of which 4 hundred came back"), "{feed}");
    assert_eq!(site.asked(), [""; 0]);
}

/// Damages what the first run wrote, and deletes the index that knows what was there.
fn damage(program: &Program) {
    let folder = program.path("archive/warc");
    let (name, mut bytes) = files(&folder).into_iter().next().unwrap();
    let (from, to) = (bytes.len() * 2 / 5, bytes.len() * 3 / 5);
    bytes[from..to].iter_mut().for_each(|byte| *byte ^= 0xff);
    fs::write(folder.join(name), bytes).unwrap();
    fs::remove_file(program.path("archive/index.sqlite")).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_published_needs_a_look_whoever_publishes() {
    let (_site, program) = followed().await;
    damage(&program);
    let ended = call(&program, &["rebuild", "--extract"]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.contains(".warc.gz"), "{ended:?}");

    let (site, program) = followed().await;
    add_rules(&program, "[article]\nremove = [\"article\"]\n");
    site.articles(4..5);
    site.html("/", &cards(1..5));
    call(&program, &["run"]).await;
    add_rules(&program, "");
    damage(&program);
    let ended = call(&program, &["release", site.at(&path(4)).as_str()]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.contains("is released") && ended.stderr.contains(".warc.gz"), "{ended:?}");
}

/// Any attempt to open a socket ends the process that makes it.
#[cfg(target_os = "linux")]
fn without_sockets(program: &Program, arguments: &[&str]) -> Ended {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

    let rules = [(libc::SYS_socket, Vec::new())].into_iter().collect();
    let (allow, kill) = (SeccompAction::Allow, SeccompAction::KillProcess);
    let filter = SeccompFilter::new(rules, allow, kill, std::env::consts::ARCH.try_into().unwrap()).unwrap();
    let filter: BpfProgram = filter.try_into().unwrap();
    let mut command = program.command(arguments);
    // The filter holds for this thread and for what it starts.
    let ended = std::thread::spawn(move || {
        seccompiler::apply_filter(&filter).unwrap();
        command.output().unwrap()
    });
    Ended::of(ended.join().unwrap())
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn no_socket_is_opened() {
    let (_site, program) = followed().await;
    add_rules(&program, WITHOUT_LETTER);
    for arguments in [&["rebuild", "--extract", "--dry-run"][..], &["rebuild", "--extract"], &["rebuild"]] {
        let ended = without_sockets(&program, arguments);
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }
    assert_eq!(without_sockets(&program, &["run"]).code, None, "a run is ended by its first socket");
}
