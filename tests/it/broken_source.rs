//! A mistake in one source's file stops that source alone, and no configuration is no reason to remove anything.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::{Ended, ON_LOOPBACK, Program, files};
use crate::small_site::{SmallSite, rss};

/// Two sources of one site that were run once.
async fn program() -> (SmallSite, Program) {
    let site = SmallSite::start().await;
    site.articles(1..=5);
    site.xml("/a.xml", &rss((1..=2).rev()));
    site.xml("/b.xml", &rss((3..=4).rev()));
    let source = |target| format!("url = \"{}\"\n", site.at(target));
    let merged = format!("{ON_LOOPBACK}[[feed]]\nid = \"all\"\nsources = [\"*\"]\n");
    let program = Program::new(&merged, &[("a", source("/a.xml")), ("b", source("/b.xml"))]);
    let (program, ran) = call(program, &["run"]).await;
    assert_eq!(ran.code, Some(0), "{ran:?}");
    (site, program)
}

fn call_at(root: &Path, arguments: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tearsheet"));
    command.arg("--root").arg(root).args(arguments).stdin(Stdio::null());
    Ended::of(command.output().unwrap())
}

/// The call leaves the test's runtime free to serve.
async fn call(program: Program, arguments: &[&str]) -> (Program, Ended) {
    let arguments: Vec<String> = arguments.iter().map(|one| (*one).to_owned()).collect();
    let call = move || {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ended = program.call(&arguments);
        (program, ended)
    };
    tokio::task::spawn_blocking(call).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_others_run_and_what_was_published_of_it_stays() {
    for mistake in ["url = \n", "url = \"https://a.example/\"\nlimits = 3\n", "{env}"] {
        let (site, program) = program().await;
        let env = format!(
            "url = \"{}\"\n[fetch.headers]\nAuthorization = \"env:NOT_SET_ANYWHERE\"\n",
            site.at("/a.xml")
        );
        fs::write(program.path("config/sources/a.toml"), mistake.replace("{env}", &env)).unwrap();
        let before = files(&program.path("public"));
        let (program, again) = call(program, &["run", "b"]).await;
        assert_eq!(again.code, Some(1), "{again:?}");
        assert_eq!(files(&program.path("public")), before, "{mistake}");

        site.xml("/b.xml", &rss((3..=5).rev()));
        let (program, ran) = call(program, &["run", "--quiet", "b"]).await;
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.stderr.contains("config/sources/a.toml:"), "{ran:?}");
        let after = files(&program.path("public"));
        let entries = |name: &str| String::from_utf8_lossy(&after[name]).matches("<entry>").count();
        assert_eq!((entries("a/atom.xml"), entries("b/atom.xml"), entries("all/atom.xml")), (2, 3, 5));
        let (program, built) = call(program, &["build"]).await;
        assert_eq!(built.code, Some(1), "{built:?}");
        assert_eq!(files(&program.path("public")), after);

        let (program, checked) = call(program, &["check"]).await;
        assert_eq!(checked.code, Some(2), "{checked:?}");
        let (program, named) = call(program, &["run", "a"]).await;
        assert_eq!(named.code, Some(2), "{named:?}");
        let (_program, status) = call(program, &["status"]).await;
        assert_eq!(status.code, Some(1), "{status:?}");
        assert!(status.stdout.contains("broken: ") && status.stdout.contains(" ok"), "{status:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_whose_name_is_none_and_one_that_cannot_be_read_stop_nothing() {
    let (site, program) = program().await;
    fs::write(program.path("config/sources/Bad Name.toml"), "url = \"https://a.example/\"\n").unwrap();
    fs::create_dir(program.path("config/sources/folder.toml")).unwrap();
    site.xml("/b.xml", &rss((3..=5).rev()));
    let (program, ran) = call(program, &["run", "--json", "b"]).await;
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let told = ran.json();
    assert_eq!(told["configuration"].as_array().unwrap().len(), 2, "{told}");
    assert_eq!(told["sources"][0]["new"], 1);
    assert!(program.path("public/a/atom.xml").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_sources_nothing_is_made_and_nothing_removed() {
    for gone in ["config", "config/sources", "config/sources/*"] {
        let (_site, mut program) = program().await;
        if gone.ends_with('*') {
            fs::remove_dir_all(program.path("config/sources")).unwrap();
            fs::create_dir(program.path("config/sources")).unwrap();
        } else {
            fs::remove_dir_all(program.path(gone)).unwrap();
        }
        let before = files(program.root());
        for command in [&["run"][..], &["run", "--quiet"], &["build"], &["rebuild"], &["status"]] {
            let (back, ended) = call(program, command).await;
            program = back;
            assert_eq!(ended.code, Some(2), "{gone}: {ended:?}");
            let next = if gone == "config" { "tearsheet init" } else { "tearsheet add URL" };
            assert!(ended.stderr.contains(next), "{gone}: {ended:?}");
        }
        assert_eq!(files(program.root()), before, "{gone}");
    }
}

#[test]
fn a_folder_that_is_none_of_ours_is_left_as_it_is() {
    let program = Program::new(ON_LOOPBACK, &[]);
    fs::remove_dir_all(program.path("config")).unwrap();
    let missing = program.path("no/such");
    let warc = program.path("a.warc");
    fs::write(&warc, "WARC/1.1\r\n").unwrap();
    let url = "https://a.example/";
    let out = program.path("out.warc.gz");
    let out = out.to_str().unwrap();
    for arguments in [
        &["run"][..],
        &["build"],
        &["rebuild"],
        &["rebuild", "--extract"],
        &["status"],
        &["check"],
        &["verify"],
        &["verify", "--repair"],
        &["prune"],
        &["release", url],
        &["show", url],
        &["history", url],
        &["export", "--warc", out],
        &["add", url],
        &["import", warc.to_str().unwrap()],
    ] {
        for root in [program.root(), missing.as_path()] {
            let ended = call_at(root, arguments);
            assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
            assert!(ended.stderr.contains("no tearsheet folder here"), "{arguments:?}: {ended:?}");
        }
    }
    let extracted = call_at(&missing, &["extract", "x.html"]);
    assert_eq!(extracted.code, Some(2), "{extracted:?}");
    assert!(extracted.stderr.contains("no tearsheet folder here"), "{extracted:?}");
    assert_eq!(files(program.root()).keys().collect::<Vec<_>>(), ["a.warc"], "nothing was made");
}
