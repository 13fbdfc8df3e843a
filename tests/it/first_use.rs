//! The first commands in a fresh folder.

use crate::program::{ON_LOOPBACK, Program};
use crate::small_site::{SmallSite, cards};

fn fresh(sources: &[(&str, String)]) -> Program {
    Program::new(ON_LOOPBACK, sources)
}

#[test]
fn a_source_that_was_not_run_yet_is_listed_as_such() {
    let program = fresh(&[("gull", "url = \"https://gull.example/\"\n".to_owned())]);
    let shown = program.call(&["status"]);
    assert_eq!(shown.code, Some(0), "{shown:?}");
    assert!(shown.stdout.contains("gull") && shown.stdout.contains("never"), "{shown:?}");
    assert!(shown.stdout.ends_with("\nnothing is archived yet; `tearsheet run` begins\n"), "{shown:?}");
    let answer = program.call(&["status", "--json"]).json();
    assert_eq!(
        (&answer["sources"][0]["source"], &answer["sources"][0]["articles"]),
        (&"gull".into(), &0.into())
    );
    assert!(!program.path("archive/index.sqlite").exists(), "who only looks makes nothing");
}

#[test]
fn without_a_source_the_next_step_is_named() {
    let shown = fresh(&[]).call(&["status"]);
    assert_eq!((shown.code, shown.stdout.as_str()), (Some(2), ""), "{shown:?}");
    assert!(
        shown.stderr.contains("no sources") && shown.stderr.contains("`tearsheet add URL` makes one"),
        "{shown:?}"
    );
}

#[test]
fn what_is_asked_of_an_archive_that_is_not_there_yet_is_simply_not_in_it() {
    let program = fresh(&[("gull", "url = \"https://gull.example/\"\n".to_owned())]);
    let id = "3b241101-e2bb-4255-8caf-4136c566a962";
    for arguments in
        [["show", "https://gull.example/1"], ["history", "https://gull.example/1"], ["explain", id]]
    {
        let ended = program.call(&arguments);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.stderr.contains("the archive has no article"), "{ended:?}");
    }
    let verified = program.call(&["verify"]);
    assert_eq!(verified.code, Some(3), "{verified:?}");
    assert!(
        verified.stderr.contains("there is none yet, and the first `tearsheet run` makes it"),
        "{verified:?}"
    );
    assert_eq!((program.call(&["check"]).code, program.call(&["build"]).code), (Some(0), Some(0)));
    assert!(program.path("public/index.html").exists());
}

#[test]
fn an_archive_that_vanished_is_not_taken_for_a_new_one() {
    let program = fresh(&[("gull", "url = \"https://gull.example/\"\n".to_owned())]);
    assert_eq!(program.call(&["build"]).code, Some(0));
    std::fs::remove_dir_all(program.path("archive")).unwrap();
    let shown = program.call(&["status"]);
    assert_eq!(shown.code, Some(3), "{shown:?}");
    assert!(shown.stderr.contains("bring the archive back"), "{shown:?}");
}

#[test]
fn no_name_is_taken_that_would_break_the_configuration() {
    let merged = format!("{ON_LOOPBACK}[[feed]]\nid = \"all\"\n");
    let program = Program::new(&merged, &[("gull", "url = \"https://gull.example/\"\n".to_owned())]);
    let warc = program.path("a.warc");
    std::fs::write(&warc, "WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n").unwrap();
    let warc = warc.to_str().unwrap();
    let (add, import) = ("https://127.0.0.1:1/", ["import", warc, "--source"]);
    let reserved = "is the name of a folder of the published site";
    for (arguments, why) in [
        (vec!["add", "--id", "articles", add], reserved),
        (vec!["add", "--id", "Gull", add], "is not a source name"),
        ([&import[..], &["assets"]].concat(), reserved),
        ([&import[..], &["all"]].concat(), "is a feed of several sources"),
    ] {
        let ended = program.call(&arguments);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.stderr.contains(why), "{ended:?}");
    }
    assert_eq!(program.call(&["check"]).code, Some(0));
    assert!(!program.path("archive/warc").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gave_no_contact_is_asked_for_one_once() {
    let site = SmallSite::start().await;
    site.articles(1..3);
    // A run that fails was one, too.
    site.html("/", &cards(1..3));
    site.fail("/", 500);
    let source = format!("url = \"{}\"\nkind = \"listing\"\n", site.url);
    let calls = |settings: &str| {
        let program = Program::new(settings, &[("gull", source.clone())]);
        let call = move || {
            [&["check"][..], &["check", "--quiet"], &["run"], &["run"]].map(|call| program.call(call).stderr)
        };
        tokio::task::spawn_blocking(call)
    };
    let says = |said: [String; 4]| said.map(|said| said.contains("no contact is set"));
    assert_eq!(says(calls(ON_LOOPBACK).await.unwrap()), [true, false, true, false]);
    let with_contact = format!("{ON_LOOPBACK}contact = \"me@owner.example\"\n");
    assert_eq!(says(calls(&with_contact).await.unwrap()), [false; 4]);
}
