//! The pages that a source brings in a run, gathered to be judged together before any of them is kept. What is gathered is
//! bounded in number, size and time: a run that is killed asks again for what it had not kept yet.

use std::time::Duration;

use tokio::time::Instant;

use super::{Answer, Read};

/// Pages that are judged together, at most.
const PAGES: usize = 32;
/// Bytes of captures after which no further page is waited for.
const BYTES: usize = 4 * 1024 * 1024;
/// How long the first of them waits, if there are enough to be judged.
const TIME: Duration = Duration::from_secs(30);
const ENOUGH: usize = 8;

/// Pages that were read and are not kept yet, in the order of their listing.
#[derive(Default)]
pub(in crate::pipeline) struct Batch {
    reads: Vec<Read>,
    bytes: usize,
    /// When the first was added.
    since: Option<Instant>,
}

impl Read {
    /// What it holds, in bytes.
    pub(in crate::pipeline) fn bytes(&self) -> usize {
        match &self.answer {
            Answer::Article(read) => {
                let (capture, article, further) = &**read;
                let captures = further.iter().chain([capture]);
                captures.map(|capture| capture.body.len()).sum::<usize>()
                    + article.html.len()
                    + article.text.len()
            }
            Answer::Rejected(capture, _) => capture.body.len(),
            Answer::NotModified | Answer::Failed(_) => 0,
        }
    }
}

impl Batch {
    pub(in crate::pipeline) fn add(&mut self, read: Read) {
        self.bytes += read.bytes();
        self.since.get_or_insert_with(Instant::now);
        self.reads.push(read);
    }

    pub(in crate::pipeline) fn is_empty(&self) -> bool {
        self.reads.is_empty()
    }

    /// Whether it is time to judge them.
    pub(in crate::pipeline) fn is_full(&self) -> bool {
        let has_waited = || self.since.is_some_and(|since| since.elapsed() >= TIME);
        let pages = self.reads.len();
        pages >= PAGES || self.bytes >= BYTES || pages >= ENOUGH && has_waited()
    }

    /// Takes them out.
    pub(in crate::pipeline) fn take(&mut self) -> Vec<Read> {
        (self.bytes, self.since) = (0, None);
        std::mem::take(&mut self.reads)
    }
}
