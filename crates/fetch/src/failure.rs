//! Why there is no page: one request's outcome, told so that a person understands it without its sources.

mod command_fault;
mod words;

pub use self::command_fault::CommandFault;

use std::error::Error;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use url::Url;

use self::words::{asked_to_wait, expected_size, minute, refusal_text};
use super::resolver::ResolveError;
use crate::model::{Capture, CodingError};

/// The outcome of a request that gave no page. Its text stands for itself: it names its cause too.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Failure {
    /// The host's robots.txt forbids the URL.
    #[error("robots.txt forbids {url}")]
    RobotsDisallowed {
        /// The URL.
        url: Url,
    },
    /// The host's robots.txt cannot be had, which forbids everything (RFC 9309, section 2.3.1.4).
    #[error("robots.txt of {origin} cannot be read, which forbids all of it: {source}")]
    RobotsUnreachable {
        /// Scheme, host and port.
        origin: String,
        /// What came of the request for it.
        #[source]
        source: Arc<Failure>,
    },
    /// A robots.txt that no parser of ours obeys in bounded memory.
    #[error("the rules of {url} are too complex")]
    RobotsTooComplex {
        /// The robots.txt.
        url: Url,
    },
    /// The host is, or its name leads to, an address that is not public.
    #[error(
        "{host} is at the private address {address}; set `allow_private = true` under [fetch] in config/tearsheet.toml to allow it"
    )]
    PrivateAddress {
        /// As the URL names it.
        host: String,
        /// What it leads to.
        address: IpAddr,
    },
    /// Neither `http` nor `https`.
    #[error("{url} is not an http or https URL")]
    RefusedScheme {
        /// The URL.
        url: Url,
    },
    /// The port belongs to another kind of service.
    #[error("{host} names the port of another service, which is never asked")]
    RefusedPort {
        /// The host with its port.
        host: String,
    },
    /// The URL carries a user name or password.
    #[error("the URL at {host} carries a user name or password")]
    UserInfo {
        /// Its host; the URL itself is not to be shown.
        host: String,
    },
    /// The URL is none that HTTP can carry.
    #[error("{url} cannot be asked for over HTTP")]
    InvalidUrl {
        /// The URL.
        url: Url,
        /// What the HTTP client said.
        #[source]
        source: Arc<reqwest::Error>,
    },
    /// A configured header or cookie has a name or value that HTTP does not allow.
    #[error("the configured header `{name}` has characters that HTTP does not allow")]
    InvalidHeader {
        /// Its name as configured.
        name: String,
    },
    /// The name has no address.
    #[error("cannot find the host {host}: {}", root_cause(source))]
    Dns {
        /// The name.
        host: String,
        /// What the resolver said.
        #[source]
        source: Arc<reqwest::Error>,
    },
    /// The name has no address, as far as this machine knows.
    #[error("cannot find the host {host}")]
    NoSuchHost {
        /// The name.
        host: String,
    },
    /// No connection came about.
    #[error("{host} cannot be connected to: {}", root_cause(source))]
    Connect {
        /// The host.
        host: String,
        /// What the system said.
        #[source]
        source: Arc<reqwest::Error>,
    },
    /// The server cannot prove who it is, or speaks no TLS that is safe.
    #[error("{host} offers no secure connection: {}", root_cause(source))]
    Tls {
        /// The host.
        host: String,
        /// What TLS said.
        #[source]
        source: Arc<reqwest::Error>,
    },
    /// The connection ended without an answer, or with one that is not HTTP.
    #[error("{host} gave no proper answer: {}", root_cause(source))]
    NoAnswer {
        /// The host.
        host: String,
        /// What the HTTP client said.
        #[source]
        source: Arc<reqwest::Error>,
    },
    /// The whole exchange took too long.
    #[error("{host} took longer than {after:?}")]
    Timeout {
        /// The host.
        host: String,
        /// The bound.
        after: Duration,
    },
    /// The body came more slowly than anybody waits for.
    #[error("{host} sends less than {least} bytes a second")]
    TooSlow {
        /// The host.
        host: String,
        /// The least that it has to send.
        least: usize,
    },
    /// The program that the owner wants to give the page gave none.
    #[error("the command `{program}` {fault}")]
    Command {
        /// The program.
        program: String,
        /// What it did.
        #[source]
        fault: CommandFault,
    },
    /// The way that the owner wants to be gone cannot be.
    #[error("cannot {source}")]
    NoWay {
        /// Why.
        #[source]
        source: Arc<super::Error>,
    },
    /// The body is too large, as sent or unpacked.
    #[error("the page is larger than {limit} bytes")]
    TooLarge {
        /// The bound in bytes.
        limit: usize,
    },
    /// A redirect leads back to a URL that was asked before.
    #[error("the redirects lead back to {url}")]
    RedirectLoop {
        /// That URL.
        url: Url,
    },
    /// More redirects than are followed.
    #[error("there are more than {limit} redirects")]
    TooManyRedirects {
        /// The bound.
        limit: usize,
    },
    /// A status that is no success.
    #[error("{}{}", refusal_text(*code, capture.as_deref()), asked_to_wait(retry_at.as_ref()))]
    Status {
        /// The status code.
        code: u16,
        /// When a 429 or 503 says to come again.
        retry_at: Option<DateTime<Utc>>,
        /// The answer, if its body came whole and within the limit.
        capture: Option<Box<Capture>>,
    },
    /// Nothing was asked, since the host is to be left alone for a while: it said so (`Retry-After`), or it failed
    /// again and again.
    #[error("backing off from {host} until {}", minute(retry_at))]
    Postponed {
        /// The host.
        host: String,
        /// Until when.
        retry_at: DateTime<Utc>,
    },
    /// The body cannot be unpacked.
    #[error("the page cannot be unpacked: {source}")]
    Coding {
        /// Why.
        #[source]
        source: Arc<CodingError>,
    },
    /// The connection ended before the body did.
    #[error("the page was cut off after {received}{} bytes", expected_size(*expected))]
    CutOff {
        /// How many bytes came.
        received: usize,
        /// How many the server had announced.
        expected: Option<u64>,
        /// What the HTTP client said.
        #[source]
        source: Arc<reqwest::Error>,
    },
}

impl Failure {
    /// Whether the same request is expected to fail for as long as neither the page nor the configuration changes.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        match self {
            Failure::RobotsDisallowed { .. }
            | Failure::RobotsTooComplex { .. }
            | Failure::PrivateAddress { .. }
            | Failure::RefusedScheme { .. }
            | Failure::RefusedPort { .. }
            | Failure::UserInfo { .. }
            | Failure::InvalidUrl { .. }
            | Failure::InvalidHeader { .. }
            | Failure::TooLarge { .. } => true,
            Failure::RobotsUnreachable { source, .. } => source.is_permanent(),
            // 403 is how many servers say "too fast"; 408, 421, 425 and 429 pass by their definition.
            Failure::Status { code, .. } => {
                (400..500).contains(code) && !matches!(code, 403 | 408 | 421 | 425 | 429)
            }
            Failure::Dns { .. }
            | Failure::NoSuchHost { .. }
            | Failure::Connect { .. }
            | Failure::Tls { .. }
            | Failure::NoAnswer { .. }
            | Failure::Timeout { .. }
            | Failure::TooSlow { .. }
            | Failure::Command { .. }
            | Failure::NoWay { .. }
            | Failure::RedirectLoop { .. }
            | Failure::TooManyRedirects { .. }
            | Failure::Postponed { .. }
            | Failure::Coding { .. }
            | Failure::CutOff { .. } => false,
        }
    }

    /// When the server says that it may be asked again.
    #[must_use]
    pub fn retry_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Failure::Status { retry_at, .. } => *retry_at,
            Failure::Postponed { retry_at, .. } => Some(*retry_at),
            Failure::RobotsUnreachable { source, .. } => source.retry_at(),
            _ => None,
        }
    }

    /// Whether nothing was asked, since the host is left alone.
    #[must_use]
    pub fn is_postponed(&self) -> bool {
        match self {
            Failure::Postponed { .. } => true,
            Failure::RobotsUnreachable { source, .. } => source.is_postponed(),
            _ => false,
        }
    }

    /// Whether it may be the validators that the server could not bear: one that stumbles over a date or a tag says that the
    /// request is bad (400), that a condition does not hold (412), or fails (500).
    pub(super) fn may_be_of_conditions(&self) -> bool {
        matches!(self, Failure::Status { code: 400 | 412 | 500 | 501, .. })
    }

    /// The answer that was no success, for the archive.
    #[must_use]
    pub fn into_capture(self) -> Option<Box<Capture>> {
        match self {
            Failure::Status { capture, .. } => capture,
            _ => None,
        }
    }

    /// Whether the host did not answer at all, which may be otherwise in a moment.
    pub(super) fn is_silence(&self) -> bool {
        matches!(
            self,
            Failure::Dns { .. }
                | Failure::NoSuchHost { .. }
                | Failure::Connect { .. }
                | Failure::NoAnswer { .. }
                | Failure::Timeout { .. }
                | Failure::TooSlow { .. }
        )
    }

    /// Whether it is the same whatever is asked of the host.
    pub(super) fn is_of_host(&self) -> bool {
        matches!(
            self,
            Failure::Dns { .. }
                | Failure::NoSuchHost { .. }
                | Failure::Connect { .. }
                | Failure::Tls { .. }
                | Failure::PrivateAddress { .. }
                | Failure::RefusedPort { .. }
                | Failure::Postponed { .. }
        )
    }

    /// Whether the exchange broke as it does with a server whose HTTP/2 is faulty.
    pub(super) fn is_broken_exchange(&self) -> bool {
        matches!(self, Failure::NoAnswer { .. } | Failure::CutOff { .. })
    }

    /// What it means that a request for `url` got no response head.
    pub(super) fn of_sending(error: reqwest::Error, url: &Url) -> Failure {
        // The URL is named by the failure where it may be shown.
        let (host, source) = (host(url), Arc::new(error.without_url()));
        if let Some(address) = private_address(&source) {
            return Failure::PrivateAddress { host, address };
        }
        if source.is_builder() {
            Failure::InvalidUrl { url: url.clone(), source }
        } else if source.is_dns() {
            Failure::Dns { host, source }
        } else if causes(&*source).any(<dyn Error>::is::<rustls::Error>) {
            Failure::Tls { host, source }
        } else if source.is_connect() {
            Failure::Connect { host, source }
        } else {
            Failure::NoAnswer { host, source }
        }
    }
}

/// The host of `url` and its port where that is not the scheme's own.
pub(super) fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

/// The text of the innermost cause: the outer ones say no more than that something failed.
pub(super) fn root_cause(error: &reqwest::Error) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

/// `error` and its causes, outermost first.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        // The `source()` of an I/O error that wraps another skips the wrapped one.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map_or_else(|| error.source(), |inner| Some(inner))
    })
}

fn private_address(error: &reqwest::Error) -> Option<IpAddr> {
    causes(error).find_map(|cause| match cause.downcast_ref::<ResolveError>() {
        Some(ResolveError::Private { address }) => Some(*address),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
