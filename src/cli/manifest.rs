//! Many pages at once: a manifest in, a JSON line a page out, in the manifest's order, on all cores.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use url::Url;

use super::pages::{PageInput, shielded};
use super::terminal::escaped_json;

/// The most bytes that are read of one page.
pub(super) const MAX_PAGE: u64 = 64 << 20;
/// Pages for each worker that may be answered and not printed yet, since one before them takes its time.
const AHEAD: usize = 32;

/// One line of a manifest.
#[derive(Debug, Deserialize)]
struct ManifestLine {
    id: String,
    /// Its URL; a page whose URL is not known has a reserved one (RFC 2606, section 2).
    #[serde(deserialize_with = "url_or_reserved")]
    url: Url,
    file: PathBuf,
}

fn url_or_reserved<'de, D: Deserializer<'de>>(line: D) -> Result<Url, D::Error> {
    let said = String::deserialize(line)?;
    let known = Url::parse(if said.is_empty() { "https://unknown.invalid/" } else { &said });
    known.map_err(serde::de::Error::custom)
}

/// A line's answer.
enum LineAnswer {
    Page(Value),
    /// Nothing could be made of the line; this says why.
    Failed(Value),
}

/// Answers every page of `manifest` on `out` with what `answer` makes of it, and gives how many could not be answered. A
/// page whose line or file cannot be read, or that brings a defect to light, has an answer that says so.
///
/// # Errors
/// If the manifest cannot be read, or an answer not be written. What stands before is answered.
pub(super) fn answer(
    manifest: &Path,
    jobs: Option<usize>,
    out: impl Write,
    answer: impl Fn(&PageInput<'_>) -> Value + Sync,
) -> io::Result<usize> {
    let folder = manifest.parent().unwrap_or(Path::new("."));
    let jobs = jobs.or_else(|| thread::available_parallelism().ok().map(NonZero::get)).unwrap_or(1).max(1);
    let (permit, permits) = mpsc::channel();
    (0..jobs * AHEAD).for_each(|_| permit.send(()).expect("its receiver is here"));
    let lines = Mutex::new(ManifestLines::new(BufReader::new(fs::File::open(manifest)?), permits));
    let (done, answers) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (done, lines, answer) = (done.clone(), &lines, &answer);
            scope.spawn(move || {
                loop {
                    let next = lines.lock().expect("no worker panics while it holds it").next();
                    let Some((at, line)) = next else { break };
                    let answer = line.map(|line| answer_line(&line, folder, answer));
                    if done.send((at, answer)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        let written = write_in_order(out, answers, &permit);
        // Without receiver and permits the workers stop when writing fails.
        drop(permit);
        written
    })
}

/// A line that says something.
struct Said {
    number: usize,
    text: Vec<u8>,
}

/// The lines of a manifest that say something, each with its place among them.
struct ManifestLines<R> {
    input: R,
    /// One for each line that may be worked on.
    permits: Receiver<()>,
    at: usize,
    number: usize,
    is_over: bool,
}

impl<R: BufRead> ManifestLines<R> {
    fn new(input: R, permits: Receiver<()>) -> ManifestLines<R> {
        ManifestLines { input, permits, at: 0, number: 0, is_over: false }
    }

    /// Waits until the next line may be worked on. A manifest that cannot be read on has no more of them.
    fn next(&mut self) -> Option<(usize, io::Result<Said>)> {
        if self.is_over || self.permits.recv().is_err() {
            return None;
        }
        let line = self.read().transpose();
        self.is_over = !matches!(line, Some(Ok(_)));
        self.at += 1;
        Some((self.at - 1, line?))
    }

    fn read(&mut self) -> io::Result<Option<Said>> {
        loop {
            let mut text = Vec::new();
            self.number += 1;
            if self.input.read_until(b'\n', &mut text)? == 0 {
                return Ok(None);
            }
            if !text.trim_ascii().is_empty() {
                return Ok(Some(Said { number: self.number, text }));
            }
        }
    }
}

fn answer_line(said: &Said, folder: &Path, answer: &(impl Fn(&PageInput<'_>) -> Value + Sync)) -> LineAnswer {
    let line: ManifestLine = match serde_json::from_slice(&said.text) {
        Ok(line) => line,
        Err(error) => {
            let known: Value = serde_json::from_slice(&said.text).unwrap_or_default();
            return failed(&known["id"], &known["url"], &format!("manifest line {}: {error}", said.number));
        }
    };
    let (id, url) = (json!(line.id), json!(line.url));
    let bytes = match read_page(&folder.join(&line.file)) {
        Ok(bytes) => bytes,
        Err(error) => return failed(&id, &url, &error),
    };
    let input =
        PageInput { id: &line.id, url: &line.url, content_type: None, captured_at: None, bytes: &bytes };
    match shielded(|| answer(&input)) {
        Ok(value) => LineAnswer::Page(value),
        Err(defect) => failed(&id, &url, &defect),
    }
}

fn failed(id: &Value, url: &Value, why: &dyn std::fmt::Display) -> LineAnswer {
    LineAnswer::Failed(json!({"id": id, "url": url, "text": "", "items": [], "rejected": why.to_string()}))
}

fn read_page(path: &Path) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    let mut bytes = Vec::new();
    if path.extension().is_some_and(|extension| extension == "gz") {
        flate2::read::MultiGzDecoder::new(file).take(MAX_PAGE).read_to_end(&mut bytes)?;
    } else {
        file.take(MAX_PAGE).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Gives a permit back for each line that is written.
fn write_in_order(
    out: impl Write,
    answers: Receiver<(usize, io::Result<LineAnswer>)>,
    permit: &Sender<()>,
) -> io::Result<usize> {
    let mut out = io::BufWriter::new(out);
    let mut waiting = BTreeMap::new();
    let (mut next, mut failures) = (0, 0);
    for (at, answer) in answers {
        waiting.insert(at, answer);
        while let Some(answer) = waiting.remove(&next) {
            let value = match answer {
                Ok(LineAnswer::Page(value)) => value,
                Ok(LineAnswer::Failed(value)) => {
                    failures += 1;
                    value
                }
                Err(error) => return out.flush().and(Err(error)),
            };
            writeln!(out, "{}", escaped_json(&value.to_string()))?;
            next += 1;
            // The workers may all have ended.
            let _ = permit.send(());
        }
    }
    out.flush()?;
    Ok(failures)
}

#[cfg(test)]
mod tests;
