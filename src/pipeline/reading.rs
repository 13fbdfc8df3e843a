//! Reading pages and documents beside the async threads: no more of them at once than there are cores, and so that a
//! defect in the reader costs the one page that brings it to light and not the run.
//!
//! It has threads of its own. A tree takes about ten times its page, and the allocator keeps for each thread what that
//! has once needed: a run whose trees grew on every thread in turn would need as many times the memory.

use std::num::NonZero;
use std::sync::LazyLock;
use std::thread;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;

use crate::model::Capture;

/// A page that comes packed is taken to be so many times as large.
const PACKED: usize = 8;

/// The threads that read, as many as there are cores.
static READERS: LazyLock<Runtime> = LazyLock::new(|| {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let runtime = Builder::new_current_thread().max_blocking_threads(cores).build();
    runtime.expect("a runtime without a driver asks nothing of the system")
});

/// Reading panicked. What it said is on standard error.
#[derive(Debug, thiserror::Error)]
#[error("internal error while parsing this page; please report it")]
pub struct Defect;

/// How many bytes of pages are read at once, on all threads: a tree takes about ten times its page.
const MOST_BYTES: u32 = 10 << 20;
static ROOM: Semaphore = Semaphore::const_new(MOST_BYTES as usize);

/// Does `read` in its turn.
pub(super) async fn apart<T: Send + 'static>(read: impl FnOnce() -> T + Send + 'static) -> Result<T, Defect> {
    READERS.spawn_blocking(read).await.map_err(|_| Defect)
}

/// As [`apart`], what reads the page of `capture`, which unpacks to at most `max_size` bytes. Large pages are read one after
/// the other: they need memory.
pub(super) async fn page_apart<T: Send + 'static>(
    capture: &Capture,
    max_size: usize,
    read: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Defect> {
    let bytes = match capture.header("content-encoding") {
        Some(_) => capture.body.len().saturating_mul(PACKED).min(max_size),
        None => capture.body.len(),
    };
    let bytes = u32::try_from(bytes).map_or(MOST_BYTES, |bytes| bytes.min(MOST_BYTES));
    let _room = ROOM.acquire_many(bytes).await.expect("the semaphore is never closed");
    apart(read).await
}

/// Waits for what reads, where nothing else is to be done meanwhile. Not to be called from async code.
pub(super) fn wait_for<T>(reading: impl Future<Output = T>) -> T {
    READERS.block_on(reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_ends_the_reading_of_its_page_alone() {
        let read = |page: &'static str| apart(move || page.parse::<u32>().unwrap());
        assert!(read("no number").await.is_err());
        assert_eq!(read("17").await.unwrap(), 17);
    }
}
