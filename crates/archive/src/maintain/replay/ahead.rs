//! Reads several WARC files at once, ahead of the one who folds what they say into the index in their order.

use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::read::{Facts, Item};
use crate::error::Error;
use crate::store::segments::Segment;

/// Steps that travel together: a channel costs more than a step.
const BATCH: usize = 64;
/// Batches that may wait, of each file: what bounds the memory.
const WAITING: usize = 8;

type Batch = Vec<Result<Item, Error>>;

/// Hands each of `segments`, in their order, with the steps through it to `each`, while the next are read on all cores.
pub(crate) fn in_order(
    segments: &[Segment],
    mut each: impl FnMut(&Segment, &mut dyn Iterator<Item = Result<Item, Error>>) -> Result<(), Error>,
) -> Result<(), Error> {
    let (senders, receivers): (Vec<_>, Vec<Receiver<Batch>>) =
        segments.iter().map(|_| mpsc::sync_channel(WAITING)).unzip();
    let to_read = Mutex::new(segments.iter().zip(senders));
    // Files are begun in their order, so that the one that is waited for is always among those that are read.
    let next = || to_read.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        while let Some((segment, sender)) = next() {
            read(segment, &sender);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(segments.len());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
        let mut steps = segments.iter().zip(receivers);
        steps.try_for_each(|(segment, receiver)| each(segment, &mut receiver.into_iter().flatten()))
    })
}

/// Sends the steps through `segment`, until nobody wants them any more.
fn read(segment: &Segment, sender: &SyncSender<Batch>) {
    let mut facts = match Facts::of(segment, 0) {
        Ok(facts) => facts,
        Err(error) => {
            // Whoever does not wait for it has stopped at an error of its own.
            let _ = sender.send(vec![Err(error)]);
            return;
        }
    };
    loop {
        let batch: Batch = facts.by_ref().take(BATCH).collect();
        let is_last = batch.len() < BATCH || batch.iter().any(Result::is_err);
        if sender.send(batch).is_err() || is_last {
            return;
        }
    }
}
