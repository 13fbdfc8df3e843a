//! A manifest's lines each have their answer, whatever becomes of the others.

use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use super::*;

/// A folder with a page and a manifest of these lines.
fn manifest(lines: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page"), "a page").unwrap();
    let path = folder.path().join("pages.jsonl");
    fs::write(&path, lines).unwrap();
    (folder, path)
}

fn line(id: usize) -> String {
    format!("{{\"id\": \"{id}\", \"url\": \"\", \"file\": \"page\"}}\n")
}

fn printed(out: &[u8]) -> Vec<Value> {
    out.split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

#[test]
fn what_is_wrong_with_a_line_is_its_answer_and_blank_lines_are_none() {
    let bad = "\n{\"id\": \"b\", \"url\": \"no url\", \"file\": \"page\"}\nno JSON \u{1}\n";
    let gone = "{\"id\": \"g\", \"url\": \"https://a.example/\", \"file\": \"gone\"}\n";
    let (_folder, path) = manifest(&[&line(1), bad, gone, &line(2), " \r\n\n"].concat());
    let mut out = Vec::new();
    let failures = answer(&path, Some(2), &mut out, |input| json!({ "id": input.id })).unwrap();
    let printed = printed(&out);
    let ids: Vec<Value> = printed.iter().map(|answer| answer["id"].clone()).collect();
    assert_eq!((failures, ids), (3, vec![json!("1"), json!("b"), Value::Null, json!("g"), json!("2")]));
    let why = |at: usize| printed[at]["rejected"].as_str().unwrap_or_default().to_owned();
    assert!(why(1).starts_with("manifest line 3: relative URL without a base"), "{}", why(1));
    assert!(why(2).starts_with("manifest line 4: "), "{}", why(2));
    assert!(why(3).starts_with("No such file"), "{}", why(3));
}

#[test]
fn a_defect_costs_its_page_alone() {
    let (_folder, path) = manifest(&(0..9).map(line).collect::<String>());
    let mut out = Vec::new();
    let answered = answer(&path, Some(3), &mut out, |input| {
        assert_ne!(input.id, "4", "a defect");
        json!({ "id": input.id })
    });
    let printed = printed(&out);
    assert_eq!((answered.unwrap(), printed.len(), &printed[4]["id"]), (1, 9, &json!("4")));
    assert!(printed[4]["rejected"].as_str().unwrap().contains("internal error"));
    assert!(printed[8].get("rejected").is_none());
}

#[test]
fn nobody_runs_further_ahead_than_there_are_permits() {
    let (permit, permits) = mpsc::channel();
    (0..2).for_each(|_| permit.send(()).unwrap());
    drop(permit);
    let manifest: String = (0..9).map(line).collect();
    let mut lines = ManifestLines::new(manifest.as_bytes(), permits);
    let begun: Vec<usize> = std::iter::from_fn(|| lines.next()).map(|(at, _)| at).collect();
    assert_eq!(begun, [0, 1]);
}

#[test]
fn a_permit_comes_back_once_its_line_and_all_before_it_are_written() {
    for (answered, written) in [(vec![1, 2], 0), (vec![1, 0], 2)] {
        let (done, answers) = mpsc::channel();
        let (permit, permits) = mpsc::channel();
        answered.into_iter().for_each(|at| done.send((at, Ok(LineAnswer::Page(Value::Null)))).unwrap());
        drop(done);
        write_in_order(Vec::new(), answers, &permit).unwrap();
        drop(permit);
        assert_eq!(permits.iter().count(), written);
    }
}

#[test]
fn answers_that_nobody_reads_on_end_the_work() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let all = 20_000;
    let (_folder, path) = manifest(&(0..all).map(line).collect::<String>());
    let asked = AtomicUsize::new(0);
    let ended = answer(&path, Some(2), Full, |input| {
        asked.fetch_add(1, Ordering::SeqCst);
        json!({ "id": input.id })
    });
    assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    assert!(asked.into_inner() < all);
}
