//! `export`: what goes out comes in again as it was.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use crate::newspaper::{Press, configure, files, now};
use crate::program::{Ended, Program};

async fn pressed() -> Press {
    let press = Press::start();
    press.run(now()).await;
    press.site.publish_one_more().unwrap();
    press.site.edit_one().unwrap();
    press.run(now() + chrono::TimeDelta::days(2)).await;
    press
}

fn tearsheet(root: &Path, arguments: &[&str]) -> Ended {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tearsheet"));
    Ended::of(command.arg("--root").arg(root).args(arguments).output().unwrap())
}

/// A root that is configured like `press` and has imported `file`.
fn imported(press: &Press, file: &str) -> Program {
    let program = Program::new("", &[]);
    let published = url::Url::parse("https://feeds.example/").unwrap();
    configure(program.root(), press.server.base_url(), &published);
    let ended = program.call(&["import", file]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    program
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_exported_and_imported_is_published_byte_for_byte() {
    let press = pressed().await;
    for shape in ["wacz", "warc"] {
        let file = press.root.path().join(format!("out.{shape}"));
        let (file, option) = (file.to_str().unwrap(), format!("--{shape}"));
        assert_eq!(tearsheet(press.root.path(), &["export", &option, file]).code, Some(0));
        let first = fs::read(file).unwrap();
        assert_eq!(tearsheet(press.root.path(), &["export", "--force", &option, file]).code, Some(0));
        assert!(fs::read(file).unwrap() == first, "the same records give the same bytes");
        let other = imported(&press, file);
        assert_eq!(files(&other.path("public")), files(&press.output()), "{shape}");
        assert_eq!(other.call(&["verify"]).code, Some(0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_source_goes_out_without_the_others_and_its_feed_is_the_same() {
    let press = pressed().await;
    let file = press.root.path().join("world.wacz");
    let arguments = ["export", "--json", "--source", "courier-world", "--wacz", file.to_str().unwrap()];
    let exported = tearsheet(press.root.path(), &arguments).json();
    let other = imported(&press, file.to_str().unwrap());
    let feed = |root: &Path| files(&root.join("public/courier-world"));
    assert_eq!(feed(other.root()), feed(press.root.path()));
    let entries = other.entries();
    assert!(entries.iter().all(|entry| entry.source.as_str() == "courier-world"));
    assert!(exported["revisions"].as_u64().unwrap() >= entries.len() as u64);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_replaced_whole_or_not_at_all() {
    let press = pressed().await;
    let file = press.root.path().join("out.wacz");
    fs::write(&file, "what was there").unwrap();
    let arguments = ["export", "--source", "nobody", "--wacz", file.to_str().unwrap()];
    assert_eq!(tearsheet(press.root.path(), &arguments).code, Some(2), "there is nothing to export");
    assert_eq!(fs::read(&file).unwrap(), b"what was there");
    let left: Vec<_> =
        fs::read_dir(press.root.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_str().unwrap().starts_with(".tmp")), "{left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn records_of_a_newer_version_are_told_and_taken_in_by_the_next_import_that_knows_them() {
    let press = pressed().await;
    let file = press.root.path().join("out.warc");
    tearsheet(press.root.path(), &["export", "--warc", file.to_str().unwrap()]);
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(fs::File::open(&file).unwrap()).read_to_end(&mut plain).unwrap();
    let plain = String::from_utf8_lossy(&plain);
    let newer = press.root.path().join("newer.warc");
    fs::write(&newer, plain.replace("article+json; v=1", "article+json; v=2")).unwrap();
    let other = Program::new("", &[]);
    let ended = other.call(&["import", "--json", newer.to_str().unwrap()]);
    let imported = &ended.json()["imported"];
    assert_eq!((ended.code, &imported["articles"]), (Some(1), &0.into()), "{ended:?}");
    assert!(imported["passed"]["newer"].as_u64().unwrap() >= 25, "{ended:?}");
    let ended = other.call(&["import", "--json", file.to_str().unwrap()]);
    assert_eq!((ended.code, &ended.json()["imported"]["articles"]), (Some(0), &25.into()), "{ended:?}");
}
