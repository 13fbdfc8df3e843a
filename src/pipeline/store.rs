//! The archive, shared by the tasks of one run. One writer at a time; every call that may touch the disk runs off the
//! async threads. Who waits for the archive holds no thread: as many as there are sources would wait at once, and each
//! thread keeps memory of its own.

use std::sync::Arc;

use tokio::sync::Mutex;
use tokio::task;

use crate::archive::{self, Archive, View};

use super::Error;

/// Writes are committed together: at this many, at the end of a source that learnt something, and at the end.
const GROUP: usize = 64;

/// A handle on the open archive.
#[derive(Clone)]
pub(super) struct Store {
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    archive: Archive,
    pending: usize,
    /// Whether what is written is there to stay.
    is_kept: bool,
}

impl Store {
    pub(super) fn new(archive: Archive) -> Store {
        Store { inner: Arc::new(Mutex::new(Inner { archive, pending: 0, is_kept: true })) }
    }

    /// One that commits nothing: what is written shows until the archive is let go.
    pub(super) fn rehearsing(archive: Archive) -> Store {
        Store { inner: Arc::new(Mutex::new(Inner { archive, pending: 0, is_kept: false })) }
    }

    /// Asks the archive something.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&View) -> Result<T, archive::Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.blocking(move |inner| ask(inner.archive.view())).await
    }

    /// Gives the archive something to keep; it is safe after the next commit.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        keep: impl FnOnce(&mut Archive) -> Result<T, archive::Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.write_all(1, keep).await
    }

    /// Gives the archive so many things to keep that belong together: they are part of one commit.
    pub(super) async fn write_all<T: Send + 'static>(
        &self,
        writes: usize,
        keep: impl FnOnce(&mut Archive) -> Result<T, archive::Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.blocking(move |inner| {
            let value = keep(&mut inner.archive)?;
            inner.pending += writes;
            if inner.pending >= GROUP {
                inner.commit()?;
            }
            Ok(value)
        })
        .await
    }

    /// Publishes what the archive has; all of it is made safe before.
    pub(super) async fn publish<T: Send + 'static>(
        &self,
        publish: impl FnOnce(&mut Archive) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let work = move |inner: &mut Inner| {
            inner.commit()?;
            Ok(publish(&mut inner.archive))
        };
        self.blocking(work).await?
    }

    /// Makes everything that was written safe.
    pub(super) async fn commit(&self) -> Result<(), Error> {
        self.blocking(Inner::commit).await
    }

    /// Gives the archive back once no task holds the store any more. One whose outcome is no longer waited for may still be
    /// at work.
    pub(super) async fn into_archive(self) -> Archive {
        let mut inner = self.inner;
        loop {
            drop(inner.lock().await);
            match Arc::try_unwrap(inner) {
                Ok(inner) => return inner.into_inner().archive,
                Err(shared) => inner = shared,
            }
            task::yield_now().await;
        }
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Inner) -> Result<T, archive::Error> + Send + 'static,
    ) -> Result<T, Error> {
        let mut inner = Arc::clone(&self.inner).lock_owned().await;
        let task = task::spawn_blocking(move || work(&mut inner));
        Ok(task.await.expect("archive work does not panic")?)
    }
}

impl Inner {
    fn commit(&mut self) -> Result<(), archive::Error> {
        if self.pending > 0 && self.is_kept {
            self.archive.commit()?;
            self.pending = 0;
        }
        Ok(())
    }
}
