//! One request at a time per host, with a pause between the end of one and the start of the next. A host is a
//! scheme, a name and a port. Between two starts at one name, or at one address, is the same pause, whatever scheme and port:
//! it may be one machine. Waiting for a turn costs nothing but the waiting: no global permit is held.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};
use tokio::time::Instant;
use url::{Position, Url};

use super::backoff::{HostSign, HostTrouble, HostTroubles};
use super::exchange::Answer;
use super::{Failure, Protocol, failure};

/// Every host that was asked in this run, or was in trouble before.
pub(super) struct Hosts {
    hosts: Mutex<HashMap<String, Arc<AsyncMutex<Host>>>>,
    starts: Arc<Starts>,
    clock: Clock,
}

/// When names and addresses were asked last.
#[derive(Default)]
struct Starts(Mutex<StartTimes>);

#[derive(Default)]
struct StartTimes {
    names: HashMap<String, Instant>,
    addresses: HashMap<IpAddr, Instant>,
    /// The address at which a name was last found.
    known: HashMap<String, IpAddr>,
}

impl Starts {
    /// Notes that a request for `name` goes out `now`, unless one went there less than `delay` ago.
    ///
    /// # Errors
    /// When to ask again.
    fn begin(&self, name: &str, now: Instant, delay: Duration) -> Result<(), Instant> {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let address = times.known.get(name).copied();
        let of_address = address.and_then(|address| times.addresses.get(&address).copied());
        let last = times.names.get(name).copied().max(of_address);
        if let Some(next) = last.map(|last| last + delay).filter(|next| *next > now) {
            return Err(next);
        }
        times.names.insert(name.to_owned(), now);
        if let Some(address) = address {
            times.addresses.insert(address, now);
        }
        Ok(())
    }

    fn note(&self, name: &str, address: IpAddr) {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.known.insert(name.to_owned(), address);
    }
}

/// The time as the run has it, which goes on from when it began.
#[derive(Clone, Copy)]
struct Clock {
    began_at: DateTime<Utc>,
    began: Instant,
}

impl Clock {
    fn now(self) -> DateTime<Utc> {
        let elapsed = TimeDelta::from_std(self.began.elapsed()).unwrap_or_default();
        self.began_at + elapsed
    }
}

#[derive(Default)]
struct Host {
    last_used: Option<Instant>,
    not_before: Option<Instant>,
    trouble: HostTrouble,
    /// Its HTTP/2 turned out to be broken.
    is_http1_only: bool,
}

/// The right to be the only one that asks a host, until it is dropped.
pub(super) struct Turn {
    host: OwnedMutexGuard<Host>,
    name: String,
    starts: Arc<Starts>,
    route: String,
    clock: Clock,
}

impl Hosts {
    /// Those that were in trouble before, and none else, at the beginning of a run.
    pub(super) fn knowing(troubles: HostTroubles, began_at: DateTime<Utc>) -> Hosts {
        let host = |trouble| Arc::new(AsyncMutex::new(Host { trouble, ..Host::default() }));
        let hosts = troubles.into_iter().map(|(name, trouble)| (name, host(trouble))).collect();
        Hosts {
            hosts: Mutex::new(hosts),
            starts: Arc::default(),
            clock: Clock { began_at, began: Instant::now() },
        }
    }

    /// Those that are in trouble now. A host that is being asked is left out.
    pub(super) fn troubles(&self) -> HostTroubles {
        let now = self.clock.now();
        let hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let trouble = |host: &Arc<AsyncMutex<Host>>| host.try_lock().ok()?.trouble.lasting(now);
        hosts.iter().filter_map(|(name, host)| Some((name.clone(), trouble(host)?))).collect()
    }

    /// Waits until it is this request's turn at the host of `url`, first come, first served.
    pub(super) async fn turn(&self, url: &Url) -> Result<Turn, Failure> {
        let host = {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(hosts.entry(url.origin().ascii_serialization()).or_default())
        };
        let route = url[Position::BeforePath..Position::AfterQuery].to_owned();
        let mut host = host.lock_owned().await;
        match host.trouble.closed_until(&route, self.clock.now()) {
            Some(retry_at) => Err(Failure::Postponed { host: failure::host(url), retry_at }),
            None => {
                let name = url.host_str().unwrap_or_default().to_owned();
                Ok(Turn { host, name, starts: Arc::clone(&self.starts), route, clock: self.clock })
            }
        }
    }
}

impl Turn {
    /// Waits until `delay` has passed since the host's last request, and any backoff.
    pub(super) async fn pause(&self, delay: Duration) {
        let rested = self.host.last_used.map(|at| at + delay);
        if let Some(at) = rested.max(self.host.not_before) {
            tokio::time::sleep_until(at).await;
        }
        while let Err(at) = self.starts.begin(&self.name, Instant::now(), delay) {
            tokio::time::sleep_until(at).await;
        }
    }

    /// The host was found at `address`.
    pub(super) fn note_address(&self, address: IpAddr) {
        self.starts.note(&self.name, address);
    }

    /// A request begins. Noted here too, since one that is abandoned never ends.
    pub(super) fn begin(&mut self) {
        self.host.last_used = Some(Instant::now());
    }

    /// The request has ended.
    pub(super) fn end(&mut self) {
        self.host.last_used = Some(Instant::now());
    }

    /// The protocol to speak with the host.
    pub(super) fn protocol(&self) -> Protocol {
        if self.host.is_http1_only { Protocol::Http1 } else { Protocol::Newest }
    }

    /// HTTP/1.1 alone is spoken with the host from now on.
    pub(super) fn fall_back_to_http1(&mut self) {
        self.host.is_http1_only = true;
    }

    /// Nothing is asked of the host until `after` has passed.
    pub(super) fn back_off(&mut self, after: Duration) {
        self.host.not_before = Some(Instant::now() + after);
    }

    /// Whether other requests to the host failed before.
    pub(super) fn is_in_trouble(&self) -> bool {
        self.host.trouble.is_in_trouble()
    }

    /// Learns from a request's outcome whether the host, or what was asked of it, is to be left alone.
    pub(super) fn note(&mut self, outcome: &Result<Answer, Failure>) {
        let sign = match outcome {
            Err(failure) if failure.is_silence() => HostSign::Failed,
            // It says nothing of the host that a page is too large, or leads astray.
            Err(_) => HostSign::Answered,
            Ok(answer) => match answer.status {
                429 | 503 => HostSign::Refused(answer.retry_after),
                // Who asks on makes it worse.
                _ if answer.is_challenge() => HostSign::Refused(None),
                500.. => HostSign::Failed,
                _ => HostSign::Answered,
            },
        };
        self.host.trouble.note(&self.route, sign, self.clock.now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DELAY: Duration = Duration::from_secs(1);

    fn at() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    fn hosts() -> Hosts {
        Hosts::knowing(HostTroubles::new(), at())
    }

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
        let (hosts, start) = (hosts(), Instant::now());
        let a = url("https://a.example/1");
        assert_eq!(use_turn(&hosts, &a, DELAY, start).await, Duration::ZERO);
        assert_eq!(use_turn(&hosts, &a, DELAY, start).await, Duration::from_secs(6));
        assert_eq!(use_turn(&hosts, &a, 3 * DELAY, start).await, Duration::from_secs(14));
    }

    #[tokio::test(start_paused = true)]
    async fn hosts_do_not_wait_for_one_another() {
        let (hosts, start) = (hosts(), Instant::now());
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
    async fn one_name_and_one_address_are_paced_whatever_scheme_and_port() {
        let (hosts, start) = (hosts(), Instant::now());
        let begun = async |address: &str| {
            let turn = hosts.turn(&url(address)).await.unwrap();
            turn.pause(DELAY).await;
            turn.note_address(IpAddr::from([192, 0, 2, 1]));
            start.elapsed()
        };
        assert_eq!(begun("https://a.example/").await, Duration::ZERO);
        assert_eq!(begun("http://a.example/").await, DELAY);
        assert_eq!(begun("https://a.example:8443/").await, 2 * DELAY);
        assert_eq!(begun("https://b.example/").await, 2 * DELAY, "nobody knows its address yet");
        assert_eq!(begun("https://a.example/").await, 3 * DELAY);
        assert_eq!(begun("http://b.example/").await, 4 * DELAY);
    }

    #[tokio::test(start_paused = true)]
    async fn a_backoff_outlasts_the_delay() {
        let (hosts, start) = (hosts(), Instant::now());
        let mut turn = hosts.turn(&url("https://a.example/")).await.unwrap();
        turn.begin();
        turn.end();
        turn.back_off(10 * DELAY);
        turn.pause(DELAY).await;
        assert_eq!(start.elapsed(), 10 * DELAY);
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_stays_silent_is_left_alone_in_later_runs_too() {
        let (hosts, a) = (hosts(), |n: u32| url(&format!("https://a.example/{n}")));
        let silence = || Err(Failure::Timeout { host: "a.example".to_owned(), after: DELAY });
        for n in 0..5 {
            if let Ok(mut turn) = hosts.turn(&a(n)).await {
                turn.note(&silence());
            }
        }
        for hosts in [&hosts, &Hosts::knowing(hosts.troubles(), at())] {
            let failure = hosts.turn(&a(1)).await.err().unwrap();
            assert!(matches!(&failure, Failure::Postponed { host, .. } if host == "a.example"));
            assert!(failure.retry_at().is_some());
        }
    }
}
