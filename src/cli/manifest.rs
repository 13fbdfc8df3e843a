//! Many pages at once: a manifest in, a JSON line a page out, in the manifest's order, on all cores.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc;
use std::thread;

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use url::Url;

use super::pages::Input;

/// The most bytes that are read of one page.
pub(super) const MAX_PAGE: u64 = 64 << 20;

/// One line of a manifest.
#[derive(Debug, Deserialize)]
struct Line {
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

/// Answers every page of `manifest` with what `answer` makes of it. A page whose file cannot be read is answered too.
pub(super) fn answer(
    manifest: &Path,
    jobs: Option<usize>,
    answer: impl Fn(&Input<'_>) -> Value + Sync,
) -> io::Result<()> {
    let folder = manifest.parent().unwrap_or(Path::new("."));
    let lines = Mutex::new(BufReader::new(fs::File::open(manifest)?).lines().enumerate());
    let jobs = jobs.or_else(|| thread::available_parallelism().ok().map(NonZero::get)).unwrap_or(1).max(1);
    // Bounded, so that a slow reader of the answers holds the workers back.
    let (done, answers) = mpsc::sync_channel::<(usize, io::Result<Value>)>(jobs * 4);
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (done, lines, answer) = (done.clone(), &lines, &answer);
            scope.spawn(move || {
                loop {
                    let Some((at, line)) = lines.lock().expect("no worker panics while it holds it").next()
                    else {
                        break;
                    };
                    let value = line.and_then(|line| answer_line(&line, at, folder, answer));
                    if done.send((at, value)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        // The receiver ends with this call, so that workers stop when writing fails.
        write_in_order(answers)
    })
}

fn answer_line(
    line: &str,
    at: usize,
    folder: &Path,
    answer: &(impl Fn(&Input<'_>) -> Value + Sync),
) -> io::Result<Value> {
    let line: Line = serde_json::from_str(line)
        .map_err(|error| io::Error::other(format!("manifest line {}: {error}", at + 1)))?;
    Ok(match read_page(&folder.join(&line.file)) {
        Ok(bytes) => answer(&Input {
            id: &line.id,
            url: &line.url,
            content_type: None,
            captured_at: None,
            bytes: &bytes,
        }),
        Err(error) => {
            serde_json::json!({"id": line.id, "url": line.url, "text": "", "items": [], "rejected": error.to_string()})
        }
    })
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

fn write_in_order(answers: mpsc::Receiver<(usize, io::Result<Value>)>) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (at, value) in answers {
        waiting.insert(at, value?);
        while let Some(value) = waiting.remove(&next) {
            serde_json::to_writer(&mut out, &value)?;
            out.write_all(b"\n")?;
            next += 1;
        }
    }
    out.flush()
}
