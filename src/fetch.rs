//! Gets pages from servers: politely, within limits, and never from private places. It knows nothing of articles.
//!
//! Redirects are followed by hand, since every hop has to pass the guard, the host's robots.txt and its pacing
//! before anything is sent. A body is kept as it was sent, content codings on; it is only made sure that it unpacks
//! within the limit.

mod exchange;
mod failure;
mod guard;
mod headers;
mod pacing;
mod resolver;
mod retry;
mod robots;
mod trail;

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;
use tokio::sync::Semaphore;
use url::Url;

use crate::model::{Capture, Hop, HostPattern, Validators};

use exchange::{Answer, BodyLimit};
pub use failure::Failure;
use headers::SourceHeaders;
use pacing::Hosts;
use resolver::Resolver;
use retry::Plan;
use robots::Robots;
pub use robots::RobotsFiles;
use trail::Trail;

/// How many redirects are followed from one URL.
pub const MAX_REDIRECTS: usize = 5;
/// Named in the user agent when the owner gave no contact: the project's home page, so that whoever sees the
/// requests can read what makes them.
pub const HOME_PAGE: &str = "https://tearsheet.example/";
/// More headers than hyper's default of 100, since some servers do send them.
const MAX_RESPONSE_HEADERS: usize = 256;

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
    fn of(&self, url: &Url) -> &[(String, String)] {
        let precision = |hosts: &[HostPattern]| {
            hosts.iter().filter(|host| host.matches(url)).map(HostPattern::precision).max()
        };
        let matching = self.0.iter().filter_map(|(hosts, headers)| Some((precision(hosts)?, headers)));
        matching.max_by_key(|(precision, _)| *precision).map_or(&[], |(_, headers)| headers)
    }
}

/// One page to get.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Its URL; a fragment is ignored.
    pub url: &'a Url,
    /// What the last capture of it gave to ask again with.
    pub validators: Option<&'a Validators>,
    /// The source it is fetched for.
    pub source: &'a SourceSettings,
}

/// What came of a request that did not fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// A response with a status from 200 to 299.
    Captured(Capture),
    /// The server says that what the validators stand for is still what it has (304).
    NotModified {
        /// The URL that said so, after all redirects.
        url: Url,
        /// The redirects on the way, first to last.
        hops: Vec<Hop>,
    },
}

/// Why no client can be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The contact has characters that a header cannot carry.
    #[error("name the contact `{contact}` in the user agent: it has characters that HTTP does not allow")]
    Contact {
        /// As configured.
        contact: String,
    },
    /// The HTTP client did not start, for example because the machine has no TLS root certificates.
    #[error("start the HTTP client: {}", failure::root_cause(source))]
    HttpClient {
        /// What it said.
        #[source]
        source: reqwest::Error,
    },
}

/// Asks servers, for one run. A clone shares pacing, robots.txt files and connections with its original.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    settings: Settings,
    http: reqwest::Client,
    user_agent: HeaderValue,
    permits: Semaphore,
    hosts: Hosts,
    robots: Robots,
}

/// How one hop is asked.
#[derive(Clone, Copy)]
struct Ask<'a> {
    url: &'a Url,
    headers: &'a headers::Outgoing,
    delay: Duration,
    limit: BodyLimit,
}

impl Client {
    /// Makes a client that asks nothing yet.
    ///
    /// # Errors
    /// [`Error`] if the contact cannot be named in a header, or the HTTP client does not start.
    pub fn new(settings: &Settings) -> Result<Client, Error> {
        Client::knowing(settings, RobotsFiles::new())
    }

    /// Makes a client that asks nothing yet, not even for `robots`, which were answered less than a day ago.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn knowing(settings: &Settings, robots: RobotsFiles) -> Result<Client, Error> {
        Ok(Client(Arc::new(Shared {
            settings: settings.clone(),
            http: http_client(settings).map_err(|source| Error::HttpClient { source })?,
            user_agent: user_agent(settings.contact.as_deref())?,
            permits: Semaphore::new(settings.concurrency.max(1)),
            hosts: Hosts::default(),
            robots: Robots::knowing(robots),
        })))
    }

    /// The robots.txt files that were asked for, as far as they hold for a day.
    #[must_use]
    pub fn robots_read(&self) -> RobotsFiles {
        self.0.robots.read()
    }

    /// Gets one page, following redirects.
    ///
    /// # Errors
    /// [`Failure`] if there is no page to be had: each is the outcome of this one request, not of the run.
    pub async fn get(&self, request: &Request<'_>) -> Result<Fetched, Failure> {
        let shared = &*self.0;
        let source_headers = SourceHeaders::of(request.source)?;
        let mut trail = Trail::from(request.url);
        loop {
            let url = trail.url();
            guard::check(url, shared.settings.allow_private)?;
            let delay = shared.permitted_delay(url, request.source).await?;
            let cookies = trail.cookies();
            let headers = source_headers.outgoing(&shared.user_agent, url, request.validators, cookies)?;
            let limit = BodyLimit::Fail(shared.settings.max_size);
            let answer = shared.ask(Ask { url, headers: &headers, delay, limit }).await?;
            match answer.status {
                200..=299 => return Ok(Fetched::Captured(trail.capture(answer, &headers))),
                304 if headers.is_conditional() => return Ok(trail.not_modified()),
                _ => match answer.redirect(url) {
                    Some(target) => trail.follow(target, &answer)?,
                    None => return Err(trail.refused(answer, &headers)),
                },
            }
        }
    }
}

impl Shared {
    /// The pause that the host of `url` wants, if its robots.txt lets `url` be fetched at all.
    async fn permitted_delay(&self, url: &Url, source: &SourceSettings) -> Result<Duration, Failure> {
        let delay = source.delay.unwrap_or(self.settings.delay);
        if !self.settings.robots {
            return Ok(delay);
        }
        let place = self.robots.of(url);
        let policy = place.get_or_init(|| self.robots_policy(url, delay)).await;
        policy.check(url)?;
        Ok(delay.max(policy.crawl_delay()))
    }

    /// Fetches the robots.txt that speaks for `url` (RFC 9309, section 2.3).
    async fn robots_policy(&self, page: &Url, delay: Duration) -> robots::Policy {
        let mut url = robots::url_for(page);
        match self.robots.known(page) {
            Some(None) => return robots::Policy::AllowAll,
            Some(Some(text)) => return robots::Policy::of_text(&url, text.clone().into()).await,
            None => {}
        }
        let headers = headers::Outgoing::plain(&self.user_agent, &url);
        for _ in 0..=MAX_REDIRECTS {
            if let Err(failure) = guard::check(&url, self.settings.allow_private) {
                return robots::Policy::unreachable(failure);
            }
            let limit = BodyLimit::Cut(robots::MAX_SIZE);
            match self.ask(Ask { url: &url, headers: &headers, delay, limit }).await {
                Err(failure) => return robots::Policy::unreachable(failure),
                Ok(answer) => match answer.redirect(&url) {
                    Some(target) => url = target,
                    None => {
                        self.robots.remember(page, &answer);
                        return robots::Policy::of(&url, answer).await;
                    }
                },
            }
        }
        robots::Policy::AllowAll
    }

    /// Sends one request in its host's turn, and again where that may help.
    async fn ask(&self, ask: Ask<'_>) -> Result<Answer, Failure> {
        let mut turn = self.hosts.turn(ask.url).await?;
        let mut retries = 0;
        loop {
            turn.pause(ask.delay).await;
            let outcome = {
                let _permit = self.permits.acquire().await.expect("the semaphore is never closed");
                turn.begin();
                self.exchange(ask).await
            };
            turn.end();
            match retry::plan(&outcome, retries, retry::random()) {
                Plan::Again { after } => turn.back_off(after),
                Plan::Enough => {
                    turn.note(&outcome);
                    return outcome;
                }
            }
            retries += 1;
        }
    }

    async fn exchange(&self, ask: Ask<'_>) -> Result<Answer, Failure> {
        let after = self.settings.timeout;
        let exchange = exchange::run(&self.http, ask, self.settings.allow_private);
        tokio::time::timeout(after, exchange)
            .await
            .unwrap_or_else(|_| Err(Failure::Timeout { host: failure::host(ask.url), after }))
    }
}

fn http_client(settings: &Settings) -> Result<reqwest::Client, reqwest::Error> {
    // Fails only where a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        // A proxy from the environment would resolve names past the guard.
        .no_proxy()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .dns_resolver(Resolver { allow_private: settings.allow_private })
        .pool_max_idle_per_host(1)
        .http1_max_headers(MAX_RESPONSE_HEADERS)
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .build()
}

fn user_agent(contact: Option<&str>) -> Result<HeaderValue, Error> {
    let contact = contact.unwrap_or(HOME_PAGE);
    let text = format!("{}/{} (+{contact})", robots::PRODUCT_TOKEN, env!("CARGO_PKG_VERSION"));
    HeaderValue::from_str(&text).map_err(|_| Error::Contact { contact: contact.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_agent_names_the_program_and_its_owner() {
        let version = env!("CARGO_PKG_VERSION");
        let agent = user_agent(Some("mailto:me@owner.example")).unwrap();
        assert_eq!(agent, format!("tearsheet/{version} (+mailto:me@owner.example)"));
        assert_eq!(user_agent(None).unwrap(), format!("tearsheet/{version} (+{HOME_PAGE})"));
        assert!(matches!(user_agent(Some("a\nb")), Err(Error::Contact { .. })));
    }
}
