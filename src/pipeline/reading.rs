//! Reading pages and documents beside the async threads: no more of them at once than there are cores, and so that a
//! defect in the reader costs the one page that brings it to light and not the run.

use std::num::NonZero;
use std::sync::LazyLock;
use std::thread;

use tokio::sync::Semaphore;
use tokio::task;

/// Trees in memory at once. A tree takes about ten times its page; more of them than cores would gain nothing.
static READERS: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(thread::available_parallelism().map_or(1, NonZero::get)));

/// Reading panicked. What it said is on standard error.
#[derive(Debug, thiserror::Error)]
#[error("the page brings a defect of tearsheet to light; please report it")]
pub(super) struct Defect;

/// Does `read` in its turn.
pub(super) async fn apart<T: Send + 'static>(read: impl FnOnce() -> T + Send + 'static) -> Result<T, Defect> {
    let _reader = READERS.acquire().await.expect("the semaphore is never closed");
    task::spawn_blocking(read).await.map_err(|_| Defect)
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
