//! One request at a time per host, with a pause between the end of one and the start of the next. A host is a
//! scheme, a name and a port. Waiting for a turn costs nothing but the waiting: no global permit is held.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};
use tokio::time::Instant;
use url::Url;

use super::exchange::Answer;
use super::{Failure, Protocol, failure};

/// After so many requests in a row that got no answer, retries included, a host is left alone.
const SILENT_REQUESTS: u32 = 3;
/// For so long.
const SILENCE: Duration = Duration::from_secs(10 * 60);

/// Every host that was asked in this run.
#[derive(Default)]
pub(super) struct Hosts(Mutex<HashMap<String, Arc<AsyncMutex<Host>>>>);

#[derive(Default)]
struct Host {
    last_used: Option<Instant>,
    not_before: Option<Instant>,
    closed: Option<Closed>,
    silent_requests: u32,
    /// Its HTTP/2 turned out to be broken.
    is_http1_only: bool,
}

#[derive(Clone, Copy)]
struct Closed {
    until: Instant,
    retry_at: DateTime<Utc>,
}

/// The right to be the only one that asks a host, until it is dropped.
pub(super) struct Turn(OwnedMutexGuard<Host>);

impl Hosts {
    /// Waits until it is this request's turn at the host of `url`, first come, first served.
    pub(super) async fn turn(&self, url: &Url) -> Result<Turn, Failure> {
        let host = {
            let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(hosts.entry(url.origin().ascii_serialization()).or_default())
        };
        let host = host.lock_owned().await;
        match host.closed {
            Some(Closed { until, retry_at }) if Instant::now() < until => {
                Err(Failure::Postponed { host: failure::host(url), retry_at })
            }
            _ => Ok(Turn(host)),
        }
    }
}

impl Turn {
    /// Waits until `delay` has passed since the host's last request, and any backoff.
    pub(super) async fn pause(&self, delay: Duration) {
        let rested = self.0.last_used.map(|at| at + delay);
        if let Some(at) = rested.max(self.0.not_before) {
            tokio::time::sleep_until(at).await;
        }
    }

    /// A request begins. Noted here too, since one that is abandoned never ends.
    pub(super) fn begin(&mut self) {
        self.0.last_used = Some(Instant::now());
    }

    /// The request has ended.
    pub(super) fn end(&mut self) {
        self.0.last_used = Some(Instant::now());
    }

    /// The protocol to speak with the host.
    pub(super) fn protocol(&self) -> Protocol {
        if self.0.is_http1_only { Protocol::Http1 } else { Protocol::Newest }
    }

    /// HTTP/1.1 alone is spoken with the host from now on.
    pub(super) fn fall_back_to_http1(&mut self) {
        self.0.is_http1_only = true;
    }

    /// Nothing is asked of the host until `after` has passed.
    pub(super) fn back_off(&mut self, after: Duration) {
        self.0.not_before = Some(Instant::now() + after);
    }

    /// Learns from a request's outcome whether the host is to be left alone.
    pub(super) fn note(&mut self, outcome: &Result<Answer, Failure>) {
        match outcome {
            Err(failure) if failure.is_silence() => {
                self.0.silent_requests += 1;
                if self.0.silent_requests >= SILENT_REQUESTS {
                    self.close(SILENCE, Utc::now().trunc_subsecs(0) + SILENCE);
                }
            }
            Err(_) => self.0.silent_requests = 0,
            Ok(answer) => {
                self.0.silent_requests = 0;
                if let Some((after, retry_at)) = answer.retry_after.zip(answer.retry_at()) {
                    self.close(after, retry_at);
                }
            }
        }
    }

    fn close(&mut self, after: Duration, retry_at: DateTime<Utc>) {
        self.0.closed = Some(Closed { until: Instant::now() + after, retry_at });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DELAY: Duration = Duration::from_secs(1);

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    /// Takes a turn at `url`, lets a request of 5 s pass, and says when it began.
    async fn use_turn(hosts: &Hosts, url: &Url, delay: Duration, start: Instant) -> Duration {
        let mut turn = hosts.turn(url).await.unwrap();
        turn.pause(delay).await;
        turn.begin();
        let began = start.elapsed();
        tokio::time::advance(Duration::from_secs(5)).await;
        turn.end();
        began
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_rests_between_the_end_of_one_request_and_the_start_of_the_next() {
        let (hosts, start) = (Hosts::default(), Instant::now());
        let a = url("https://a.example/1");
        assert_eq!(use_turn(&hosts, &a, DELAY, start).await, Duration::ZERO);
        assert_eq!(use_turn(&hosts, &a, DELAY, start).await, Duration::from_secs(6));
        assert_eq!(use_turn(&hosts, &a, 3 * DELAY, start).await, Duration::from_secs(14));
    }

    #[tokio::test(start_paused = true)]
    async fn hosts_do_not_wait_for_one_another() {
        let (hosts, start) = (Hosts::default(), Instant::now());
        let held = hosts.turn(&url("https://a.example/1")).await.unwrap();
        for other in ["http://a.example/", "https://a.example:8443/", "https://b.example/"] {
            assert!(hosts.turn(&url(other)).await.is_ok());
        }
        let same = url("https://a.example/2");
        assert!(tokio::time::timeout(DELAY, hosts.turn(&same)).await.is_err(), "the turn is held");
        drop(held);
        assert_eq!(use_turn(&hosts, &same, DELAY, start).await, DELAY);
    }

    #[tokio::test(start_paused = true)]
    async fn a_backoff_outlasts_the_delay() {
        let (hosts, start) = (Hosts::default(), Instant::now());
        let mut turn = hosts.turn(&url("https://a.example/")).await.unwrap();
        turn.begin();
        turn.end();
        turn.back_off(10 * DELAY);
        turn.pause(DELAY).await;
        assert_eq!(start.elapsed(), 10 * DELAY);
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_stays_silent_is_left_alone_for_a_while() {
        let (hosts, a) = (Hosts::default(), url("https://a.example/"));
        let silence = || Err(Failure::Timeout { host: "a.example".to_owned(), after: DELAY });
        for _ in 0..SILENT_REQUESTS {
            hosts.turn(&a).await.unwrap().note(&silence());
        }
        let failure = hosts.turn(&a).await.err().unwrap();
        assert!(matches!(&failure, Failure::Postponed { host, .. } if host == "a.example"));
        assert!(failure.retry_at().is_some());
        tokio::time::advance(SILENCE).await;
        assert!(hosts.turn(&a).await.is_ok());
    }
}
