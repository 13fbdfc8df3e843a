//! Archives that are not as they should be: each says what is wrong and what to do, and costs nothing that is whole.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use crate::interruption::site::Site;
use crate::program::{self, Program};

/// A program that has published what its site has.
fn program(site: &Site) -> Program {
    site.show(2);
    let program = site.program();
    assert_eq!(program.call(&["run", "--quiet"]).code, Some(0));
    program
}

/// The one WARC file that there is.
fn file(program: &Program) -> PathBuf {
    let files = program::files(&program.path("archive/warc"));
    assert_eq!(files.len(), 1, "{:?}", files.keys());
    program.path("archive/warc").join(files.keys().next().unwrap())
}

/// Runs, and checks the exit code and what is said.
fn check(program: &Program, arguments: &[&str], code: i32, says: &[&str]) {
    let ended = program.call(arguments);
    assert_eq!(ended.code, Some(code), "{arguments:?}: {ended:?}");
    let said = format!("{}{}", ended.stdout, ended.stderr);
    says.iter().for_each(|text| assert!(said.contains(text), "{arguments:?} does not say `{text}`: {said}"));
}

/// A file with one record of another hand.
fn foreign(kind: &str, content_type: &str, block: &str) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:7e044e2f-793d-5e17-85f7-a4a2db78568e>\r\n\
         WARC-Date: 2026-11-24T06:15:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(format!("{head}{block}\r\n\r\n").as_bytes()).unwrap();
    packer.finish().unwrap()
}

#[test]
fn a_half_copied_file_is_named_and_repaired_as_far_as_it_goes() {
    let site = Site::start();
    let program = program(&site);
    let (path, public) = (file(&program), program::files(&program.path("public")));
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    for command in ["run", "build"] {
        check(&program, &[command, "--quiet"], 3, &[name, "bring the file back", "`verify --repair`"]);
    }
    assert!(program::files(&program.path("public")) == public, "nothing that is published goes");
    fs::write(&path, &bytes).unwrap();
    check(&program, &["run", "--quiet"], 0, &[]);
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    check(&program, &["verify", "--repair"], 1, &["only a copy of the file has it", "set aside"]);
    check(&program, &["run", "--quiet"], 0, &[]);
    assert_eq!(program.entries().len(), 6, "what was lost was fetched again");
    check(&program, &["verify", "--quiet"], 0, &[]);
}

#[test]
fn another_program_s_file_in_the_folder_is_passed_over_and_told() {
    let site = Site::start();
    let program = program(&site);
    let stray = program.path("archive/warc/2026/crawl.warc.gz");
    fs::create_dir_all(stray.parent().unwrap()).unwrap();
    fs::write(&stray, foreign("resource", "text/plain", "hello")).unwrap();
    check(&program, &["run", "--quiet"], 0, &[]);
    check(&program, &["verify"], 1, &["crawl.warc.gz", "none of the archive's files", "`import`"]);
    check(&program, &["verify", "--repair"], 0, &["nothing had to be repaired"]);
    assert!(stray.exists());
    fs::remove_file(&stray).unwrap();
    check(&program, &["verify", "--quiet"], 0, &[]);
}

#[test]
fn odd_records_in_a_file_of_the_archive_s_name_cost_nothing_else() {
    let site = Site::start();
    let program = program(&site);
    let odd = file(&program).with_file_name("20261124T061500Z-0009.warc.gz");
    let mut bytes = foreign("resource", "text/plain", "hello");
    bytes.extend(foreign("metadata", "application/warc-fields", "a: b\r\n"));
    bytes.extend(b"no member at all");
    fs::write(&odd, bytes).unwrap();
    check(&program, &["run"], 1, &["which another program wrote", "cannot be used"]);
    assert_eq!(program.entries().len(), 6);
    check(&program, &["rebuild", "--quiet"], 1, &["which another program wrote"]);
    assert_eq!(program.entries().len(), 6);
}

#[test]
fn a_newer_format_stops_the_program_before_it_writes() {
    let site = Site::start();
    let program = program(&site);
    let newer = file(&program).with_file_name("20261124T061500Z-0009.warc.gz");
    fs::write(&newer, foreign("conversion", "application/vnd.tearsheet.article+json; v=2", "{}")).unwrap();
    let before = program::files(&program.path("archive/warc"));
    for command in ["run", "build", "rebuild"] {
        check(&program, &[command, "--quiet"], 3, &["-0009.warc.gz", "v=2", "a newer tearsheet is needed"]);
    }
    assert!(program::files(&program.path("archive/warc")) == before);
    fs::remove_file(&newer).unwrap();
    check(&program, &["run", "--quiet"], 0, &[]);
}

#[test]
fn an_index_at_odds_with_the_files_is_told_and_made_again() {
    let site = Site::start();
    let program = program(&site);
    let public = program::files(&program.path("public"));
    let database = rusqlite::Connection::open(program.path("archive/index.sqlite")).unwrap();
    database.execute("UPDATE revision SET offset = offset + 1", []).unwrap();
    drop(database);
    check(&program, &["build", "--quiet"], 1, &["read the record at", "`verify --repair`"]);
    assert!(program::files(&program.path("public")) == public, "what is published stays");
    check(&program, &["verify"], 1, &["the index expects a record there"]);
    check(&program, &["verify", "--repair"], 0, &["the index made again"]);
    check(&program, &["build", "--quiet"], 0, &[]);
    assert!(program::files(&program.path("public")) == public);
}
