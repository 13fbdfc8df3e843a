//! `import`: WARC files of this program and of anyone, through the real program.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::newspaper::{Press, configure, files, now};
use crate::program::{Ended, Program};

/// Text enough for an article of its own.
fn story(n: u32) -> String {
    let paragraph = |part: &str| {
        format!(
            "<p>In {part} of story {n} the harbour master counts the boats, of which {n} hundred came home before \
             the storm that nobody in the town will forget. They were moored where they always are, and the \
             fishermen were glad to see all of them again.</p>"
        )
    };
    format!(
        "<!doctype html><html lang=en><head><title>Story {n} from the harbour</title></head><body><article>\
         <h1>Story {n} from the harbour</h1>{}{}{}</article></body></html>",
        paragraph("the first part"),
        paragraph("the second part"),
        paragraph("the last part")
    )
}

fn url(n: u32) -> String {
    format!("https://harbour.example/stories/{n}")
}

/// A record with these fields beside its type and its length.
fn record(version: &str, kind: &str, fields: &[(&str, &str)], block: &[u8]) -> Vec<u8> {
    let mut head = format!("WARC/{version}\r\nWARC-Type: {kind}\r\n");
    for (name, value) in fields {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    write!(head, "Content-Length: {}\r\n\r\n", block.len()).unwrap();
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(n: u32, date: &str, http: &str) -> Vec<u8> {
    let id = format!("<urn:uuid:00000000-0000-4000-8000-{n:012}>");
    let fields = [
        ("WARC-Target-URI", url(n)),
        ("WARC-Date", date.to_owned()),
        ("WARC-Record-ID", id),
        ("Content-Type", "application/http; msgtype=response".to_owned()),
    ];
    record(
        "1.0",
        "response",
        &fields.each_ref().map(|(name, value)| (*name, value.as_str())),
        http.as_bytes(),
    )
}

fn page(n: u32) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", story(n))
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

const DAY: &str = "2019-05-04T12:00:00Z";

/// A root without a source.
fn root() -> Program {
    Program::new("[site]\nbase_url = \"https://feeds.example/\"\n", &[])
}

fn import(program: &Program, bytes: &[u8]) -> Ended {
    let file = program.path("some.file");
    fs::write(&file, bytes).unwrap();
    program.call(&["import", "--json", file.to_str().unwrap()])
}

/// The titles in the archive, in the order in which they came.
fn titles(program: &Program) -> Vec<String> {
    let mut titles: Vec<String> = program.entries().into_iter().map(|entry| entry.article.title).collect();
    titles.reverse();
    titles
}

#[test]
fn every_shape_of_a_warc_file_gives_the_same_articles() {
    let records = [response(1, DAY, &page(1)), response(2, DAY, &page(2))];
    let whole = records.concat();
    let members: Vec<u8> = records.iter().flat_map(|record| packed(record)).collect();
    for bytes in [whole.clone(), packed(&whole), members.clone(), [members, packed(b"")].concat()] {
        let program = root();
        let ended = import(&program, &bytes);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(titles(&program), ["Story 1 from the harbour", "Story 2 from the harbour"]);
        assert_eq!(program.entries()[0].first_seen.to_rfc3339(), "2019-05-04T12:00:00+00:00");
    }
}

#[test]
fn what_was_imported_has_a_feed_and_its_site_is_left_alone() {
    let program = root();
    let ended = import(&program, &response(1, DAY, &page(1)));
    assert_eq!(ended.json()["imported"]["sources"]["harbour-example"], "https://harbour.example/");
    let feed: Value =
        serde_json::from_slice(&fs::read(program.path("public/harbour-example/feed.json")).unwrap()).unwrap();
    assert_eq!(feed["items"][0]["title"], "Story 1 from the harbour");
    let ran = program.call(&["run", "--json"]);
    assert_eq!((ran.code, &ran.json()["sources"]), (Some(0), &serde_json::json!([])));
}

#[test]
fn a_chosen_source_gets_all_pages() {
    let source = "url = \"https://elsewhere.example/\"\nfollow = false\n".to_owned();
    let program = Program::new("[site]\nbase_url = \"https://feeds.example/\"\n", &[("chosen", source)]);
    fs::write(program.path("a.warc"), response(1, DAY, &page(1))).unwrap();
    let file = program.path("a.warc");
    let ended = program.call(&["import", file.to_str().unwrap(), "--source", "chosen"]);
    assert_eq!((ended.code, program.entries()[0].source.as_str()), (Some(0), "chosen"));
}

#[test]
fn later_captures_are_revisions_and_earlier_ones_change_nothing() {
    let program = root();
    let edited = page(1).replace("came home", "were lost");
    let early = page(1).replace("came home", "went out");
    let file = [
        response(1, "2019-05-04T12:00:00Z", &page(1)),
        response(1, "2019-05-05T12:00:00Z", &edited),
        response(1, "2018-05-05T12:00:00Z", &early),
    ]
    .concat();
    let imported = import(&program, &file).json()["imported"].clone();
    assert_eq!(
        (&imported["articles"], &imported["revisions"], &imported["known"]),
        (&1.into(), &1.into(), &1.into())
    );
    assert!(program.entries()[0].article.text.contains("were lost"));
    let again = import(&program, &file).json();
    assert_eq!((&again["imported"]["articles"], &again["imported"]["known"]), (&0.into(), &3.into()));
    assert_eq!(again["published"]["written"], 0, "what is here already changes no file");
}

#[test]
fn bodies_are_read_as_they_come() {
    let body = story(3);
    let chunked =
        format!("{:x}\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n", 100, &body[..100], body.len() - 100, &body[100..]);
    let coded = packed(story(4).as_bytes());
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n";
    let resource = [
        ("WARC-Target-URI", "<https://harbour.example/stories/5>"),
        ("WARC-Date", "2019-05-04T12:00:00"),
        ("Content-Type", "text/html"),
    ];
    let file = [
        response(3, DAY, &format!("{head}Transfer-Encoding: chunked\r\n\r\n{chunked}")),
        record(
            "1.1",
            "response",
            &[
                ("WARC-Target-URI", &url(4)),
                ("WARC-Date", "2019-05-04T12:00:00.123456Z"),
                ("Content-Type", "application/http"),
            ],
            &[format!("{head}Content-Encoding: gzip\r\n\r\n").as_bytes(), &coded].concat(),
        ),
        record("1.0", "resource", &resource, story(5).as_bytes()),
        response(6, DAY, &format!("{head}Content-Encoding: br\r\n\r\n{}", story(6))),
    ]
    .concat();
    let program = root();
    let ended = import(&program, &file);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(titles(&program), [3, 4, 5, 6].map(|n| format!("Story {n} from the harbour")));
}

#[test]
fn what_wget_notes_on_itself_is_no_capture_and_nothing_odd() {
    let notes = [
        ("WARC-Target-URI", "<metadata://gnu.org/software/wget/warc/wget.log>"),
        ("WARC-Date", DAY),
        ("Content-Type", "text/plain"),
    ];
    let file = [response(1, DAY, &page(1)), record("1.0", "resource", &notes, b"saved")].concat();
    let program = root();
    let ended = import(&program, &file);
    assert_eq!(
        (ended.code, &ended.json()["imported"]["passed"]),
        (Some(0), &serde_json::json!({ "other": 1 }))
    );
    assert_eq!(titles(&program), ["Story 1 from the harbour"]);
}

#[test]
fn what_is_odd_is_counted_and_told() {
    let dated = [
        ("WARC-Target-URI", "https://harbour.example/1"),
        ("WARC-Date", DAY),
        ("Content-Type", "application/http"),
    ];
    let html = page(9);
    let mut cut = dated.to_vec();
    cut.push(("WARC-Truncated", "length"));
    let mut part = dated.to_vec();
    part.push(("WARC-Segment-Number", "1"));
    let file = [
        record("1.0", "warcinfo", &[], b"software: some crawler\r\n"),
        record("1.0", "response", &dated[..1], html.as_bytes()),
        record("1.0", "response", &dated[1..], html.as_bytes()),
        record("1.0", "response", &dated, b"no HTTP at all"),
        record("1.0", "response", &cut, html.as_bytes()),
        record("1.0", "response", &part, html.as_bytes()),
        record("1.0", "revisit", &dated, b"HTTP/1.1 200 OK\r\n\r\n"),
        record("1.0", "dns", &dated, b""),
        b"some junk\nand more of it\n".to_vec(),
        response(1, DAY, "HTTP/1.1 301 Moved\r\nLocation: /2\r\n\r\n"),
        response(2, DAY, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"),
        response(3, DAY, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Two words</p>"),
        response(4, DAY, &page(4)),
        record("1.0", "response", &dated, html.as_bytes())[..300].to_vec(),
    ]
    .concat();
    let program = root();
    let ended = import(&program, &file);
    let expected = serde_json::json!({
        "damaged": 2, "no_date": 1, "no_address": 1, "no_response": 1, "cut_off": 1, "segment": 1, "revisit": 1,
        "other": 1, "status": 1, "no_page": 1,
    });
    assert_eq!((ended.code, &ended.json()["imported"]["passed"]), (Some(1), &expected));
    let rejected = &ended.json()["imported"]["rejected"];
    assert_eq!(rejected.as_object().unwrap().values().next().unwrap()["first"], url(3));
    assert_eq!(titles(&program), ["Story 4 from the harbour"]);
}

#[test]
fn what_is_no_warc_file_is_refused_before_anything_is_taken_in() {
    let program = root();
    fs::write(program.path("good.warc"), response(1, DAY, &page(1))).unwrap();
    for (bytes, told) in
        [(&b"%PDF-1.4"[..], "neither a WARC nor a WACZ"), (b"PK\x03\x04junk", "as a WACZ file")]
    {
        fs::write(program.path("bad"), bytes).unwrap();
        let paths = ["bad", "good.warc"].map(|name| program.path(name));
        let ended = program.call(&["import", paths[0].to_str().unwrap(), paths[1].to_str().unwrap()]);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.stderr.contains(told), "{ended:?}");
        assert!(!program.path("archive/index.sqlite").exists() || program.entries().is_empty());
    }
}

/// What a dry run says of this file, which changes nothing, and what the import that follows says.
fn foreseen(program: &Program, bytes: &[u8]) -> (Value, Value) {
    fs::write(program.path("in.warc"), bytes).unwrap();
    let before = files(program.root());
    let file = program.path("in.warc");
    let arguments = ["import", "--json", file.to_str().unwrap()];
    let previewed = program.call(&[&arguments[..], &["--dry-run"]].concat());
    assert_eq!(previewed.code, Some(0), "{previewed:?}");
    // A reader of the index leaves its empty log behind.
    let of_reading =
        |path: &std::path::Path| path.starts_with("archive") && path.to_str().unwrap().contains("sqlite-");
    let of_writing = |files: std::collections::BTreeMap<PathBuf, Vec<u8>>| -> Vec<_> {
        files.into_iter().filter(|(path, _)| !of_reading(path)).collect()
    };
    assert!(of_writing(before) == of_writing(files(program.root())), "nothing is written");
    let imported = program.call(&arguments);
    assert_eq!(imported.code, Some(0), "{imported:?}");
    (previewed.json()["would_import"].clone(), imported.json()["imported"].clone())
}

#[test]
fn a_dry_run_says_what_would_be_taken_in_and_writes_nothing() {
    let program = root();
    let edited = page(1).replace("came home", "were lost");
    let other = page(2).replace("came home", "went out");
    let thin = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Two words</p>";
    let first = [
        response(1, DAY, &page(1)),
        response(2, DAY, &page(2)),
        response(1, "2019-05-05T12:00:00Z", &edited),
        response(1, "2018-05-05T12:00:00Z", &page(1)),
        response(3, DAY, thin),
    ]
    .concat();
    let (previewed, imported) = foreseen(&program, &first);
    assert_eq!(
        (&previewed["articles"], &previewed["revisions"], &previewed["known"]),
        (&2.into(), &1.into(), &1.into())
    );
    assert_eq!(previewed, imported);
    // Now that there is an archive.
    let second = [response(2, "2019-06-01T12:00:00Z", &other), response(4, DAY, &page(4)), first].concat();
    let (previewed, imported) = foreseen(&program, &second);
    assert_eq!((&previewed["articles"], &previewed["revisions"]), (&1.into(), &1.into()));
    assert_eq!(previewed, imported);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_of_another_archive_of_tearsheet_says_the_same_as_its_import() {
    let press = Press::start();
    press.run(now()).await;
    press.site.edit_one().unwrap();
    press.run(now() + chrono::TimeDelta::days(2)).await;
    let whole: Vec<u8> = warcs(press.root.path()).iter().flat_map(|path| fs::read(path).unwrap()).collect();
    let program = root();
    let (previewed, imported) = foreseen(&program, &whole);
    assert!(imported["revisions"].as_u64() > Some(0), "{imported}");
    assert_eq!(previewed, imported);
    let (previewed, imported) = foreseen(&program, &whole);
    assert_eq!((&previewed["articles"], &previewed), (&0.into(), &imported));
}

#[test]
fn what_makes_no_sense_together_is_refused_before_anything_is_taken_in() {
    let program = root();
    fs::write(program.path("a.warc"), response(1, DAY, &page(1))).unwrap();
    fs::write(program.path("urls.txt"), "https://harbour.example/\n").unwrap();
    for (file, more, told) in [
        ("a.warc", &["--force"][..], "--force is for rules and lists of feeds"),
        ("a.warc", &["--prove"], "--prove is for rules and lists of feeds"),
        ("a.warc", &["--kind", "opml"], "--kind is for rules and lists of feeds"),
        ("urls.txt", &["--source", "harbour"], "--source says whose articles captured pages become"),
    ] {
        let file = program.path(file);
        let ended = program.call(&[&["import", file.to_str().unwrap()], more].concat());
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.stderr.starts_with(&format!("error: {told}")), "{ended:?}");
    }
    assert!(
        !program.path("archive/index.sqlite").exists()
            && !program.path("config/sources/harbour-example.toml").exists()
    );
}

/// The WARC files of a root, in their order.
fn warcs(root: &std::path::Path) -> Vec<PathBuf> {
    let folder = root.join("archive/warc");
    files(&folder).into_keys().map(|path| folder.join(path)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_is_imported_publishes_the_same_bytes() {
    let press = Press::start();
    press.run(now()).await;
    press.site.publish_one_more().unwrap();
    press.site.edit_one().unwrap();
    press.run(now() + chrono::TimeDelta::days(2)).await;
    let other = root();
    configure(other.root(), press.server.base_url(), &url::Url::parse("https://feeds.example/").unwrap());
    let mut arguments = vec!["import".to_owned(), "--json".to_owned()];
    arguments.extend(warcs(press.root.path()).iter().map(|path| path.display().to_string()));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = other.call(&arguments);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(files(&other.path("public")), files(&press.output()));
    let before = files(&other.path("archive/warc"));
    let again = other.call(&arguments);
    assert_eq!(&again.json()["imported"]["articles"], 0);
    assert_eq!(files(&other.path("archive/warc")), before, "nothing is taken in twice");
    let rebuilt = other.call(&["rebuild"]);
    assert_eq!(rebuilt.code, Some(0), "{rebuilt:?}");
    assert_eq!(files(&other.path("public")), files(&press.output()));
}
