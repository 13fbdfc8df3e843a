//! How to fetch: what the owner decides for the whole run, for one source, and for certain hosts.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::model::HostPattern;

/// How to fetch, for the whole run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How the owner can be reached: a URL or an e-mail address, named in the user agent.
    pub contact: Option<String>,
    /// How many requests may be under way at once, over all hosts.
    pub concurrency: usize,
    /// The pause between two requests to one host.
    pub delay: Duration,
    /// How long one request may take in all.
    pub timeout: Duration,
    /// How many bytes a response's payload may have, both as sent and unpacked.
    pub max_size: usize,
    /// Whether robots.txt is honoured.
    pub robots: bool,
    /// Whether addresses that are not public may be asked.
    pub allow_private: bool,
}

/// What one source wants differently.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SourceSettings {
    /// The source's own URL: [`headers`](Self::headers) and [`cookies`](Self::cookies) are sent to its host and to
    /// no other. Without it they are sent to none.
    pub home: Option<Url>,
    /// Instead of [`Settings::delay`].
    pub delay: Option<Duration>,
    /// Further request headers; they may be secrets, and are never stored or shown.
    pub headers: Vec<(String, String)>,
    /// What is sent to certain hosts, whoever leads there; it may be secret, and is never stored or shown.
    pub sites: SiteHeaders,
    /// Cookies by name; they may be secrets, and are never stored or shown.
    pub cookies: Vec<(String, String)>,
    /// Instead of tearsheet's own user agent.
    pub user_agent: Option<String>,
}

/// Request headers for certain hosts. A copy shares them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SiteHeaders(Arc<[HeadersOf]>);

/// Hosts, and what is sent to them.
type HeadersOf = (Vec<HostPattern>, Vec<(String, String)>);

impl SiteHeaders {
    /// Of each list of hosts, what is sent to them.
    #[must_use]
    pub fn new(headers: Vec<HeadersOf>) -> SiteHeaders {
        SiteHeaders(headers.into())
    }

    /// The headers for the host of `url`: those whose pattern names it most exactly.
    pub(super) fn of(&self, url: &Url) -> &[(String, String)] {
        let precision = |hosts: &[HostPattern]| {
            hosts.iter().filter(|host| host.matches(url)).map(HostPattern::precision).max()
        };
        let matching = self.0.iter().filter_map(|(hosts, headers)| Some((precision(hosts)?, headers)));
        matching.max_by_key(|(precision, _)| *precision).map_or(&[], |(_, headers)| headers)
    }
}
