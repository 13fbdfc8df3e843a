//! What an article said, and what changed: through the archive's public face, and as the command prints it.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tearsheet::archive::{Change, Settings, View, changed_fields, changed_words};
use tearsheet::model::{Field, Piece};

use crate::archive::fixture::{Page, at, source};

const URL: &str = "https://a.example/1";
const BEFORE: &str = "The ferry was late on Monday, and 31 people waited.\n\nIts engine had failed.";

/// A root whose archive has one article in three revisions.
fn root() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let settings = Settings { path: root.path().join("archive") };
    let page = Page::new(URL).title("31 wait").text(BEFORE);
    let corrected = BEFORE.replace("31", "32");
    let shouted = corrected.replace("Monday", "MONDAY");
    let pages = [
        page.clone(),
        page.later(1).title("32 wait").text(&corrected),
        page.later(2).title("32 wait").text(&shouted),
    ];
    let (mut archive, _) = tearsheet::archive::Archive::open(&settings, at(0)).unwrap();
    for page in pages {
        page.keep(&mut archive);
    }
    archive.note_source(&source("a"), at(2), None).unwrap();
    archive.close().unwrap();
    root
}

fn tearsheet(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tearsheet"));
    command.arg("--root").arg(root).args(arguments).output().unwrap()
}

fn printed(root: &Path, arguments: &[&str]) -> String {
    let output = tearsheet(root, arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_revision_is_there_as_it_was_kept() {
    let root = root();
    let view = View::open(&Settings { path: root.path().join("archive") }).unwrap();
    let id = view.entries(&Default::default()).next().unwrap().unwrap().id;
    assert_eq!(view.revisions(&id).unwrap(), [1, 2, 3]);
    let revisions: Vec<_> = (1..=3).map(|number| view.revision(&id, number).unwrap().unwrap()).collect();
    let changes: Vec<_> = revisions.iter().map(|revision| (revision.change, revision.captured_at)).collect();
    assert_eq!(changes, [(Change::New, at(0)), (Change::Substantive, at(1)), (Change::Minor, at(2))]);
    assert_eq!(revisions[0].article, Page::new(URL).title("31 wait").text(BEFORE).article());
    assert_eq!(view.revision(&id, 4).unwrap(), None);
    let other = tearsheet::model::ArticleId::from_bytes([7; 16]);
    assert_eq!((view.revisions(&other).unwrap(), view.revision(&other, 1).unwrap()), (Vec::new(), None));
}

#[test]
fn changed_words_stand_with_a_few_around_them() {
    let before = Page::new(URL).text(&format!("{} Then 31 came. It is over.", "same ".repeat(100))).article();
    let after =
        Page::new(URL).text(&format!("{} Then 32 came. It is over now.", "same ".repeat(100))).article();
    let (same, removed, added) = (
        |text: &str| Piece::Same(text.to_owned()),
        |text: &str| Piece::Removed(text.to_owned()),
        |text: &str| Piece::Added(text.to_owned()),
    );
    let expected = [
        same(&format!("{} Then ", "same ".repeat(7))),
        removed("31 "),
        added("32 "),
        same("came. It is "),
        removed("over."),
        added("over now."),
    ];
    assert_eq!(changed_words(&before, &after), [expected.to_vec()]);
    assert_eq!(changed_words(&before, &before), Vec::<Vec<Piece>>::new());
    assert_eq!(changed_fields(&before, &after), [Field::Body]);
}

#[test]
fn ideographs_are_words_of_their_own() {
    let before = Page::new(URL).text("渡船星期一晚点了。").article();
    let after = Page::new(URL).text("渡船星期二晚点了。").article();
    let pieces = &changed_words(&before, &after)[0];
    assert!(
        pieces.contains(&Piece::Removed("一".to_owned())) && pieces.contains(&Piece::Added("二".to_owned()))
    );
}

#[test]
fn history_lists_revisions_and_shows_what_they_changed() {
    let root = root();
    let listed = printed(root.path(), &["history", URL]);
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines[1], "       1  2026-11-24 06:15  new          31 wait");
    assert_eq!(lines[3], "       3  2026-11-24 08:15  minor        32 wait");
    let shown = printed(root.path(), &["history", "--diff", URL]);
    assert!(shown.contains("and [-31-] {+32+} people waited."), "{shown}");
    assert!(shown.contains("late on [-Monday,-] {+MONDAY,+} and"), "{shown}");
    assert!(!shown.contains('\u{1b}'), "no colour in a pipe");
    let answer: Value =
        serde_json::from_str(&printed(root.path(), &["history", URL, "--diff", "--json"])).unwrap();
    assert_eq!(answer["revisions"][1]["change"], "substantive");
    assert_eq!(answer["revisions"][1]["changed"]["fields"], serde_json::json!(["title", "body"]));
    assert_eq!(answer["revisions"][0].get("changed"), None);
}

#[test]
fn show_prints_any_revision_in_any_form() {
    let root = root();
    let text = printed(root.path(), &["show", URL, "--revision", "1"]);
    assert_eq!(text, format!("31 wait\nAnn Example\n{URL}\n\n{BEFORE}\n"));
    let markdown = printed(root.path(), &["show", URL, "--format", "markdown"]);
    assert!(markdown.starts_with("# 32 wait\n\nAnn Example\n"), "{markdown}");
    let page = printed(root.path(), &["show", URL, "--format", "html", "--revision", "2"]);
    assert!(page.contains("<html lang=\"en\">") && page.contains("32 people waited.</p>"), "{page}");
    let answer: Value =
        serde_json::from_str(&printed(root.path(), &["show", URL, "--format", "json"])).unwrap();
    assert_eq!((&answer["revision"], &answer["article"]["title"]), (&3.into(), &"32 wait".into()));
    let id = answer["id"].as_str().unwrap();
    assert_eq!(printed(root.path(), &["show", id, "--revision", "1"]), text);
}

#[test]
fn what_is_not_there_is_told() {
    let root = root();
    for (arguments, told) in [
        (&["show", "https://a.example/2"][..], "the archive has no article `https://a.example/2`"),
        (&["show", "what"], "the archive has no article `what`; give its URL or its ID"),
        (&["show", URL, "--revision", "9"], "there is no revision 9; the newest is 3"),
    ] {
        let output = tearsheet(root.path(), arguments);
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(told), "{said}");
    }
}
