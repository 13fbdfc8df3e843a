//! How to fetch: what the owner decides for the whole run, for one source, and for certain hosts.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::{Authorities, Command, CookieFile, Proxy};
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
    /// Whether HTTP/2 may be spoken. A server whose HTTP/2 is broken is asked again over HTTP/1.1 in any case.
    pub http2: bool,
    /// How many bytes of a body have to come each second, over any ten seconds; 0 for any.
    pub min_rate: usize,
    /// What is asked in place of the servers.
    pub proxy: Option<Proxy>,
    /// Certificates that are believed beside the system's.
    pub authorities: Authorities,
}

impl Default for Settings {
    /// What holds where the owner says nothing.
    fn default() -> Settings {
        Settings {
            contact: None,
            concurrency: 16,
            delay: Duration::from_secs(1),
            timeout: Duration::from_secs(30),
            max_size: 10_000_000,
            robots: true,
            allow_private: false,
            http2: true,
            min_rate: 100,
            proxy: None,
            authorities: Authorities::default(),
        }
    }
}

/// What one source wants differently.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SourceSettings {
    /// The source's own URL: [`headers`](Self::headers) and [`cookies`](Self::cookies) are sent to its host and to
    /// no other. Without it they are sent to none.
    pub home: Option<Url>,
    /// Instead of [`Settings::delay`].
    pub delay: Option<Duration>,
    /// Instead of [`Settings::timeout`].
    pub timeout: Option<Duration>,
    /// Instead of [`Settings::max_size`].
    pub max_size: Option<usize>,
    /// Instead of [`Settings::min_rate`].
    pub min_rate: Option<usize>,
    /// Instead of [`Settings::proxy`].
    pub proxy: Option<Proxy>,
    /// Beside the system's, instead of [`Settings::authorities`].
    pub authorities: Option<Authorities>,
    /// A program that gives its pages in place of its server.
    pub command: Option<Command>,
    /// Further request headers; they may be secrets, and are never stored or shown.
    pub headers: Vec<(String, String)>,
    /// What is sent to certain hosts over TLS, whoever leads there; it may be secret, and is never stored or shown. Without
    /// TLS, or to a port of its own, it is sent only where the source's own URL is of that kind.
    pub sites: SiteHeaders,
    /// Cookies by name; they may be secrets, and are never stored or shown.
    pub cookies: Vec<(String, String)>,
    /// Cookies that are sent where their own file says and the source is; they are secrets, and are never stored or shown.
    pub cookie_file: CookieFile,
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

    /// The headers for the host of `url`: those whose pattern names it most exactly. A rule names no scheme and no port, and
    /// what it sends may be secret: it goes over TLS to the usual port, or where `home` shows that its owner has it so.
    pub(super) fn of(&self, url: &Url, home: Option<&Url>) -> &[(String, String)] {
        let most_exact = |hosts: &[HostPattern]| {
            let matching = hosts.iter().filter(|host| host.matches(url)).cloned();
            matching.max_by_key(HostPattern::precision)
        };
        let matching = self.0.iter().filter_map(|(hosts, headers)| Some((most_exact(hosts)?, headers)));
        let Some((host, headers)) = matching.max_by_key(|(host, _)| host.precision()) else { return &[] };
        let is_safe = url.scheme() == "https" && url.port().is_none();
        let is_as_home =
            |home: &Url| host.matches(home) && (home.scheme(), home.port()) == (url.scheme(), url.port());
        if is_safe || home.is_some_and(is_as_home) { headers } else { &[] }
    }
}
