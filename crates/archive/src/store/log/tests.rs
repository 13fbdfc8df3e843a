use super::*;

#[test]
fn a_full_file_is_closed_and_the_next_has_the_next_number() {
    let folder = tempfile::tempdir().unwrap();
    let now = "2026-11-24T06:15:00Z".parse().unwrap();
    let mut log = Log { full: 1, ..Log::new(folder.path().to_owned(), now, 7) };
    for _ in 0..2 {
        log.note("https://a.example/", now, None, b"{}").unwrap();
        log.sync().unwrap();
        log.committed().unwrap();
    }
    let files = segments::list(folder.path()).unwrap();
    let files: Vec<_> = files.iter().map(|file| (file.name.number(), file.state)).collect();
    assert_eq!(files, [(7, segments::State::Closed), (8, segments::State::Closed)]);
}

#[test]
fn what_was_taken_back_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let now = "2026-11-24T06:15:00Z".parse().unwrap();
    let mut log = Log::new(folder.path().to_owned(), now, 1);
    let mut lengths = Vec::new();
    for _ in 0..2 {
        log.note("https://a.example/", now, None, b"{}").unwrap();
        log.flush().unwrap();
        log.take_back();
        lengths.extend(segments::list(folder.path()).unwrap().iter().map(|file| file.length));
        log.note("https://a.example/", now, None, b"{}").unwrap();
        log.sync().unwrap();
        log.committed().unwrap();
        lengths.extend(segments::list(folder.path()).unwrap().iter().map(|file| file.length));
    }
    let committed = lengths[0];
    assert_eq!(lengths, [committed, committed, lengths[2]]);
    assert!(committed < lengths[2]);
}
