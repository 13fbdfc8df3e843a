//! Pages of one source, read host by host: a host that is slow does not hold back what the others have. They come in the
//! order of the source all the same, so that chance decides nothing; but one that is waited for in vain comes later, as it
//! would if it had failed and were tried again.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream, StreamExt};
use tokio::time;

use super::context::Context;
use super::page::{self, Page, Read};
use crate::config::SourceConfig;

/// Pages of one host that are fetched or read at once: while one is read, the next is fetched.
const AHEAD: usize = 2;
/// Hosts that are asked at once.
const HOSTS: usize = 16;
/// Pages that are read and wait for an earlier one: their captures are held until then.
const MOST_WAITING: usize = 64;
/// The bytes of those pages.
const MOST_BYTES_WAITING: usize = 4 << 20;
/// So long is a page waited for while later ones are there.
const PATIENCE: Duration = Duration::from_secs(10);

/// Pages that are being read.
pub(super) struct Lanes<'a, T = Read> {
    reads: BoxStream<'a, (usize, T)>,
    waiting: BTreeMap<usize, T>,
    /// What a page that waits costs.
    bytes_of: fn(&T) -> usize,
    bytes_waiting: usize,
    /// The place of the page that comes next.
    next: usize,
    /// Waits until the memory of pages that wait is needed.
    wanted: Wanted<'a>,
}

type Wanted<'a> = Box<dyn Fn() -> BoxFuture<'a, ()> + Send + Sync + 'a>;

impl<'a> Lanes<'a> {
    pub(super) fn new(context: &'a Context<'_>, source: &'a SourceConfig, pages: Vec<Page>) -> Lanes<'a> {
        let mut lanes: Vec<Vec<(usize, Page)>> = Vec::new();
        let mut by_host: HashMap<String, usize> = HashMap::new();
        for (at, page) in pages.into_iter().enumerate() {
            let host = page.candidate.url.origin().ascii_serialization();
            let lane = *by_host.entry(host).or_insert_with(|| {
                lanes.push(Vec::new());
                lanes.len() - 1
            });
            lanes[lane].push((at, page));
        }
        let read =
            move |(at, page): (usize, Page)| async move { (at, page::read(context, source, page).await) };
        let lane = move |pages: Vec<(usize, Page)>| {
            stream::iter(pages.into_iter().map(read)).buffered(AHEAD).boxed()
        };
        let reads = stream::iter(lanes.into_iter().map(lane)).flatten_unordered(HOSTS).boxed();
        let client = &context.client;
        Lanes::of(reads, Read::bytes, Box::new(|| client.room_wanted().boxed()))
    }
}

impl<'a, T> Lanes<'a, T> {
    /// Puts what comes in the order of its places.
    fn of(reads: BoxStream<'a, (usize, T)>, bytes_of: fn(&T) -> usize, wanted: Wanted<'a>) -> Lanes<'a, T> {
        Lanes { reads, waiting: BTreeMap::new(), bytes_of, bytes_waiting: 0, next: 0, wanted }
    }

    /// The next page that was read.
    pub(super) async fn next(&mut self) -> Option<T> {
        let patience = time::sleep(PATIENCE);
        tokio::pin!(patience);
        let mut wanted = (self.wanted)();
        loop {
            if let Some(read) = self.waiting.remove(&self.next) {
                self.bytes_waiting -= (self.bytes_of)(&read);
                self.next += 1;
                return Some(read);
            }
            if self.waiting.len() >= MOST_WAITING || self.bytes_waiting >= MOST_BYTES_WAITING {
                return self.pass_over();
            }
            tokio::select! {
                read = self.reads.next() => match read {
                    Some((at, read)) if at < self.next => return Some(read),
                    Some((at, read)) => {
                        self.bytes_waiting += (self.bytes_of)(&read);
                        self.waiting.insert(at, read);
                    }
                    None => return self.pass_over(),
                },
                () = &mut patience, if !self.waiting.is_empty() => return self.pass_over(),
                () = &mut wanted, if !self.waiting.is_empty() => return self.pass_over(),
            }
        }
    }

    /// The first that is there, without those before it.
    fn pass_over(&mut self) -> Option<T> {
        let (at, read) = self.waiting.pop_first()?;
        self.bytes_waiting -= (self.bytes_of)(&read);
        self.next = at + 1;
        Some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of pages in the order in which they come, of which each takes so many seconds.
    async fn order(seconds: &[u64]) -> Vec<usize> {
        let read = |(at, seconds): (usize, &u64)| {
            let took = time::sleep(Duration::from_secs(*seconds));
            stream::once(async move {
                took.await;
                (at, at)
            })
            .boxed()
        };
        let reads = stream::iter(seconds.iter().enumerate().map(read)).flatten_unordered(None).boxed();
        let mut lanes = Lanes::of(reads, |_| 0, nobody());
        let mut order = Vec::new();
        while let Some(at) = lanes.next().await {
            order.push(at);
        }
        order
    }

    #[tokio::test(start_paused = true)]
    async fn pages_come_in_their_order_whichever_answers_first() {
        assert_eq!(order(&[3, 2, 1, 0]).await, [0, 1, 2, 3]);
        assert_eq!(order(&[9, 0, 9, 0]).await, [0, 1, 2, 3]);
        assert_eq!(order(&[]).await, [0; 0]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_that_is_long_in_coming_holds_back_no_other() {
        let start = time::Instant::now();
        assert_eq!(order(&[60, 0, 90, 1, 2]).await, [1, 3, 4, 0, 2]);
        assert_eq!(start.elapsed(), Duration::from_secs(90));
    }

    /// No request that needs memory.
    fn nobody<'a>() -> Wanted<'a> {
        Box::new(|| std::future::pending().boxed())
    }

    #[tokio::test(start_paused = true)]
    async fn pages_do_not_wait_for_one_while_their_memory_is_needed() {
        let late = stream::once(async {
            time::sleep(Duration::from_secs(1)).await;
            (0, 0)
        });
        let others = stream::iter((1..3).map(|at| (at, at)));
        let reads = stream::iter([late.boxed(), others.boxed()]).flatten_unordered(None).boxed();
        let mut lanes = Lanes::of(reads, |_| 0, Box::new(|| std::future::ready(()).boxed()));
        assert_eq!((lanes.next().await, lanes.next().await, lanes.next().await), (Some(1), Some(2), Some(0)));
    }

    #[tokio::test(start_paused = true)]
    async fn large_pages_do_not_wait_for_one() {
        let late = stream::once(async {
            time::sleep(Duration::from_secs(1)).await;
            (0, 0)
        });
        let others = stream::iter((1..5).map(|at| (at, at)));
        let reads = stream::iter([late.boxed(), others.boxed()]).flatten_unordered(None).boxed();
        let mut lanes = Lanes::of(reads, |_| MOST_BYTES_WAITING / 2, nobody());
        assert_eq!((lanes.next().await, lanes.next().await), (Some(1), Some(2)));
    }

    #[tokio::test(start_paused = true)]
    async fn not_many_pages_wait_for_one() {
        let mut seconds = [0; MOST_WAITING + 2];
        seconds[0] = 1;
        let order = order(&seconds).await;
        assert_eq!((order[0], order.len()), (1, MOST_WAITING + 2));
    }
}
