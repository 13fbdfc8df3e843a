//! The first commands in a fresh folder.

use crate::program::{ON_LOOPBACK, Program};

fn fresh(sources: &[(&str, String)]) -> Program {
    Program::new(ON_LOOPBACK, sources)
}

#[test]
fn a_source_that_was_not_run_yet_is_listed_as_such() {
    let program = fresh(&[("gull", "url = \"https://gull.example/\"\n".to_owned())]);
    let shown = program.call(&["status"]);
    assert_eq!(shown.code, Some(0), "{shown:?}");
    assert!(shown.stdout.contains("gull") && shown.stdout.contains("never"), "{shown:?}");
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
    assert_eq!((shown.code, shown.stdout.as_str()), (Some(0), ""), "{shown:?}");
    assert!(shown.stderr.contains("there is no source yet: `tearsheet add URL` makes one"), "{shown:?}");
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
