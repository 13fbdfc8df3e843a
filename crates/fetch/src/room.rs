//! The memory that bodies take, over all hosts and sources. A body has its room from before it is read until the last copy
//! of its bytes is dropped, wherever that is: whoever holds pages holds room.
//!
//! Room is taken at once and never added to while some is held, so that of two requests neither waits for the other.
//! Whoever holds pages that wait for something else lets go of them while [`Room::wanted`] says so.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time;

/// The most bytes of a body that is small.
pub(super) const SMALL: usize = 1 << 20;
/// Bytes of small bodies beside those that requests under way may need.
const SPARE: usize = 8 * SMALL;
/// Large bodies at once: one is read while the next comes.
const LARGE_BODIES: usize = 2;
/// A request that got no room for so long goes on without: whoever has the room waits for this request, perhaps.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// What room there is.
pub(super) struct Room {
    small: Arc<Semaphore>,
    large: Arc<Semaphore>,
    /// How many requests wait for room.
    waiting: watch::Sender<usize>,
}

/// The room of one body; it is free again when this is dropped.
#[derive(Default)]
pub(super) struct Place {
    small: Option<OwnedSemaphorePermit>,
    large: Option<OwnedSemaphorePermit>,
}

/// Bytes and their room.
struct Placed {
    bytes: Vec<u8>,
    _place: Place,
}

impl AsRef<[u8]> for Placed {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// One more that waits, until it is dropped.
struct Waiting<'a>(&'a watch::Sender<usize>);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|waiting| *waiting -= 1);
    }
}

impl Room {
    /// Room for so many requests at once.
    pub(super) fn new(requests: usize) -> Room {
        let small = requests.saturating_mul(SMALL).saturating_add(SPARE).min(Semaphore::MAX_PERMITS);
        Room {
            small: Arc::new(Semaphore::new(small)),
            large: Arc::new(Semaphore::new(LARGE_BODIES)),
            waiting: watch::Sender::new(0),
        }
    }

    /// Waits until some request needs room that others have.
    pub(super) fn wanted(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut waiting = self.waiting.subscribe();
        async move {
            if waiting.wait_for(|waiting| *waiting > 0).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// Room for a body of at most [`SMALL`] bytes, or for the first of a larger one.
    pub(super) async fn small(&self, bytes: usize) -> Place {
        let bytes = u32::try_from(bytes.min(SMALL)).unwrap_or(u32::MAX);
        Place { small: self.take(&self.small, bytes).await, large: None }
    }

    /// Has `place` hold a body of any size.
    pub(super) async fn enlarge(&self, place: &mut Place) {
        if place.large.is_none() {
            place.large = self.take(&self.large, 1).await;
        }
    }

    async fn take(&self, of: &Arc<Semaphore>, permits: u32) -> Option<OwnedSemaphorePermit> {
        if let Ok(permit) = Arc::clone(of).try_acquire_many_owned(permits) {
            return Some(permit);
        }
        self.waiting.send_modify(|waiting| *waiting += 1);
        let _waiting = Waiting(&self.waiting);
        time::timeout(LONGEST_WAIT, Arc::clone(of).acquire_many_owned(permits)).await.ok()?.ok()
    }
}

impl Place {
    /// `body` in this room, without what of it the body does not need.
    pub(super) fn hold(mut self, body: Vec<u8>) -> Bytes {
        if self.large.is_some() {
            self.small = None;
        } else if let Some(small) = &mut self.small {
            drop(small.split(small.num_permits().saturating_sub(body.len())));
        }
        Bytes::from_owner(Placed { bytes: body, _place: self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn is_wanted(room: &Room) -> bool {
        time::timeout(Duration::ZERO, room.wanted()).await.is_ok()
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_has_its_room_until_its_last_copy_is_dropped() {
        let room = Arc::new(Room::new(1));
        let large = async || {
            let mut place = room.small(usize::MAX).await;
            room.enlarge(&mut place).await;
            place.hold(vec![0; 2 * SMALL])
        };
        let (first, _second) = (large().await, large().await);
        let copy = first.slice(1..2);
        drop(first);
        let start = time::Instant::now();
        let waits = {
            let room = Arc::clone(&room);
            tokio::spawn(async move {
                let mut place = room.small(1).await;
                room.enlarge(&mut place).await;
                place.large.is_some()
            })
        };
        tokio::task::yield_now().await;
        assert!(is_wanted(&room).await, "one waits");
        drop(copy);
        assert!(waits.await.unwrap());
        assert_eq!(start.elapsed(), Duration::ZERO);
        assert!(!is_wanted(&room).await);
    }

    #[tokio::test(start_paused = true)]
    async fn small_bodies_need_what_they_have() {
        let room = Room::new(0);
        let mut bodies = Vec::new();
        for _ in 0..8 {
            bodies.push(room.small(usize::MAX).await.hold(vec![0; SMALL / 2]));
        }
        for _ in 0..4 {
            bodies.push(room.small(SMALL).await.hold(vec![0; SMALL]));
        }
        assert_eq!(room.small.available_permits(), 0);
        bodies.clear();
        assert_eq!(room.small.available_permits(), SPARE);
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_in_vain_goes_on() {
        let room = Room::new(0);
        let _held: Vec<Place> = futures_of(&room).await;
        let start = time::Instant::now();
        let place = room.small(SMALL).await;
        assert!(place.small.is_none());
        assert_eq!(start.elapsed(), LONGEST_WAIT);
        assert_eq!(place.hold(vec![1, 2]), &[1, 2][..]);
    }

    async fn futures_of(room: &Room) -> Vec<Place> {
        let mut held = Vec::new();
        for _ in 0..8 {
            held.push(room.small(SMALL).await);
        }
        held
    }
}
