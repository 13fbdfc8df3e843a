//! Which hosts, and which of their routes, are left alone, and until when. A route is what one URL names. It is left alone
//! when its server says so (`Retry-After`, RFC 9110, section 10.2.3) or fails; its host only once several routes have
//! failed and none has answered in between, since one broken script says nothing of the rest. Once the time is over one
//! request tries it: the host is open again if that is answered.
//!
//! All of it is a value, so that the next run can go by it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use url::{Position, Url};

/// So many routes of a host fail in a row before it is left alone.
const ROUTES: usize = 3;
/// The same where another route was answered in this run, and it is not asked to come less often.
const ROUTES_OF_ANSWERING: usize = 5;
/// Routes that are remembered of one host.
const MOST_ROUTES: usize = 1_000;
/// Nobody means a longer `Retry-After` than this.
pub(super) const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What is known of hosts in trouble, by scheme, host and port.
pub type HostTroubles = BTreeMap<String, HostTrouble>;

/// What is known of a host in trouble.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostTrouble {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed: Option<Backoff>,
    /// Routes that are left alone.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    routes: BTreeMap<String, Backoff>,
    /// Routes that failed since any was answered.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    failing: BTreeSet<String>,
    /// Whether any was answered in this run.
    #[serde(skip)]
    has_answered: bool,
    /// Whether one that never failed was tried in this run, though the host is left alone.
    #[serde(skip)]
    was_probed: bool,
}

/// For how long something is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Backoff {
    until: DateTime<Utc>,
    /// How often it was in a row.
    times: u32,
    /// Whether the server asked for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_asked: bool,
}

/// What a request says of its host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HostSign {
    /// It answers, whatever it says.
    Answered,
    /// It has enough: 429 or 503, with its `Retry-After`.
    Refused(Option<Duration>),
    /// It fails (5xx), or says nothing.
    Failed,
}

impl HostSign {
    /// How long a route or a host is left alone that was `times` before.
    fn wait(self, times: u32) -> Duration {
        const MINUTE: Duration = Duration::from_secs(60);
        let (first, longest) = match self {
            HostSign::Refused(Some(asked)) if !asked.is_zero() => return asked.min(LONGEST_RETRY_AFTER),
            HostSign::Refused(_) => (15 * MINUTE, 6 * 60 * MINUTE),
            HostSign::Answered | HostSign::Failed => (10 * MINUTE, 60 * MINUTE),
        };
        (first * (1 << times.min(8))).min(longest)
    }

    fn backoff(self, before: Option<Backoff>, now: DateTime<Utc>) -> Backoff {
        let times = before.map_or(0, |before| before.times);
        let wait = TimeDelta::from_std(self.wait(times)).unwrap_or(TimeDelta::MAX);
        let is_asked = matches!(self, HostSign::Refused(Some(asked)) if !asked.is_zero());
        Backoff { until: (now + wait).trunc_subsecs(0), times: times.saturating_add(1), is_asked }
    }
}

impl Backoff {
    /// Until when, if it is not over. A clock that was ahead says nothing.
    fn holds(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let longest = TimeDelta::from_std(LONGEST_RETRY_AFTER).unwrap_or(TimeDelta::MAX);
        (self.until > now && self.until <= now + longest).then_some(self.until)
    }
}

impl HostTrouble {
    /// Until when `route` is left alone, if it is.
    pub(super) fn closed_until(&mut self, route: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if let Some(until) = self.routes.get(route).and_then(|backoff| backoff.holds(now)) {
            return Some(until);
        }
        let closed = self.closed?;
        let until = closed.holds(now)?;
        if closed.is_asked || self.was_probed || self.failing.contains(route) {
            return Some(until);
        }
        self.was_probed = true;
        None
    }

    /// Until when a run leaves `url` of this host alone, if it does.
    #[must_use]
    pub fn left_alone_until(&self, url: &Url, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let route = &url[Position::BeforePath..Position::AfterQuery];
        self.clone().closed_until(route, now)
    }

    /// How often a request is made again that fails: not at all where others failed before.
    pub(super) fn is_in_trouble(&self) -> bool {
        !self.failing.is_empty()
    }

    /// Learns from what a request for `route` came to.
    pub(super) fn note(&mut self, route: &str, sign: HostSign, now: DateTime<Utc>) {
        if sign == HostSign::Answered {
            self.routes.remove(route);
            self.failing.clear();
            (self.closed, self.has_answered) = (None, true);
            return;
        }
        let is_failing = sign == HostSign::Failed;
        let has_room = self.routes.len() < MOST_ROUTES || self.routes.contains_key(route);
        // Only what asks for it is left alone by itself: a page that fails has times of its own.
        if !is_failing && has_room {
            let backoff = sign.backoff(self.routes.get(route).copied(), now);
            self.routes.insert(route.to_owned(), backoff);
        }
        if self.failing.len() < MOST_ROUTES {
            self.failing.insert(route.to_owned());
        }
        let enough = if is_failing && self.has_answered { ROUTES_OF_ANSWERING } else { ROUTES };
        if self.failing.len() >= enough {
            self.closed = Some(sign.backoff(self.closed, now));
        }
    }

    /// What a later run goes by; `None` if there is nothing.
    pub(super) fn lasting(&self, now: DateTime<Utc>) -> Option<HostTrouble> {
        let mut lasting = self.clone();
        // How often something failed counts for a day after it may be tried again.
        let is_recent = |backoff: &Backoff| now - backoff.until < TimeDelta::days(1);
        lasting.routes.retain(|_, backoff| is_recent(backoff));
        lasting.closed = lasting.closed.filter(is_recent);
        lasting.failing.retain(|route| lasting.closed.is_some() || lasting.routes.contains_key(route));
        (lasting.closed.is_some() || !lasting.routes.is_empty()).then_some(lasting)
    }

    /// The same without what nobody asked for: whoever names a source wants it tried.
    #[must_use]
    pub fn asked(mut self) -> HostTrouble {
        self.routes.retain(|_, backoff| backoff.is_asked);
        self.failing.clear();
        self.closed = self.closed.filter(|backoff| backoff.is_asked);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_secs(24 * 60 * 60);

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes)
    }

    fn closed(host: &mut HostTrouble, route: &str, minutes: i64) -> bool {
        host.closed_until(route, at(minutes)).is_some()
    }

    /// The same in the next run.
    fn next_run(host: &HostTrouble, minutes: i64) -> HostTrouble {
        let text = serde_json::to_string(&host.lasting(at(minutes)).unwrap_or_default()).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn one_route_that_fails_does_not_close_its_host() {
        let mut host = HostTrouble::default();
        for _ in 0..10 {
            host.note("/busy", HostSign::Refused(Some(DAY)), at(0));
        }
        assert!(closed(&mut host, "/busy", 1) && !closed(&mut host, "/other", 1));
        let mut host = next_run(&host, 2);
        assert!(closed(&mut host, "/busy", 60) && !closed(&mut host, "/other", 60));
        assert!(!closed(&mut host, "/busy", 24 * 60), "its time is over");
    }

    #[test]
    fn three_routes_that_fail_in_a_row_close_their_host_until_one_request_is_answered() {
        let mut host = HostTrouble::default();
        for route in ["/1", "/2", "/3"] {
            assert!(!closed(&mut host, route, 0));
            host.note(route, HostSign::Refused(Some(DAY)), at(0));
        }
        let mut host = next_run(&host, 1);
        assert!(closed(&mut host, "/4", 60));
        let mut host = next_run(&host, 61);
        assert!(!closed(&mut host, "/4", 25 * 60), "one request tries it");
        host.note("/4", HostSign::Refused(Some(DAY)), at(25 * 60));
        assert!(closed(&mut host, "/5", 25 * 60 + 1));
        assert!(!closed(&mut host, "/5", 50 * 60));
        host.note("/5", HostSign::Answered, at(50 * 60));
        assert!(!closed(&mut host, "/6", 50 * 60));
        assert_eq!(host.lasting(at(80 * 60)), None);
    }

    #[test]
    fn an_answer_in_between_keeps_a_host_open() {
        let mut host = HostTrouble::default();
        for n in 0..20 {
            let route = format!("/{n}");
            assert!(!closed(&mut host, &route, 0));
            host.note(&route, if n % 3 == 2 { HostSign::Answered } else { HostSign::Failed }, at(0));
        }
    }

    #[test]
    fn of_a_host_that_is_left_alone_one_route_that_never_failed_is_tried_a_run() {
        let mut host = HostTrouble::default();
        for route in ["/1", "/2", "/3"] {
            host.note(route, HostSign::Failed, at(0));
        }
        assert!(
            closed(&mut host, "/1", 5) && !closed(&mut host, "/well", 5) && closed(&mut host, "/other", 5)
        );
        host.note("/well", HostSign::Answered, at(5));
        assert!(!closed(&mut host, "/other", 5));
    }

    #[test]
    fn what_fails_again_waits_longer_up_to_a_bound() {
        let waits = |sign: HostSign| [0, 1, 2, 20].map(|times| sign.wait(times).as_secs() / 60);
        assert_eq!(waits(HostSign::Refused(None)), [15, 30, 60, 360]);
        assert_eq!(waits(HostSign::Refused(Some(Duration::ZERO))), [15, 30, 60, 360]);
        assert_eq!(waits(HostSign::Failed), [10, 20, 40, 60]);
        assert_eq!(HostSign::Refused(Some(100 * DAY)).wait(0), LONGEST_RETRY_AFTER);
    }

    #[test]
    fn a_clock_that_was_ahead_for_a_year_closes_nothing() {
        let mut host = HostTrouble::default();
        host.note("/1", HostSign::Refused(Some(DAY)), at(365 * 24 * 60));
        assert!(!closed(&mut host, "/1", 0));
    }

    #[test]
    fn whoever_names_a_source_waits_only_where_the_server_said_so() {
        let mut host = HostTrouble::default();
        host.note("/asked", HostSign::Refused(Some(DAY)), at(0));
        for route in ["/1", "/2", "/3"] {
            host.note(route, HostSign::Failed, at(0));
        }
        let mut host = host.asked();
        assert!(closed(&mut host, "/asked", 1) && !closed(&mut host, "/1", 1) && !closed(&mut host, "/4", 1));
    }
}
