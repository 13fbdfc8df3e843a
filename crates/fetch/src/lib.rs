//! Gets pages from servers: politely, within limits, and never from private places. It knows nothing of articles.
//!
//! Redirects are followed by hand, since every hop has to pass the guard, the host's robots.txt and its pacing
//! before anything is sent. A body is kept as it was sent, content codings on; it is only made sure that it unpacks
//! within the limit.

mod answers;
mod backoff;
mod command;
mod cookie_file;
mod exchange;
mod failure;
mod freshness;
mod guard;
mod headers;
mod http_client;
mod pacing;
mod post;
mod proxy;
mod refusals;
mod refused;
mod resolver;
mod retry;
mod robots;
mod room;
mod settings;
mod shown;
mod trail;
mod trust;
mod way;
mod ways;

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use reqwest::header::HeaderValue;
use tearsheet_model as model;
use tokio::sync::Semaphore;
use url::Url;

use crate::model::{Capture, Hop, Validators};

use answers::Answers;
pub use backoff::{HostTrouble, HostTroubles};
pub use command::{Command, InvalidCommand};
pub use cookie_file::{CookieFile, InvalidCookieLine};
use exchange::{Answer, BodyLimit, Peers};
pub use failure::{CommandFault, Failure};
pub use freshness::fresh_for;
pub use guard::is_public;
use headers::SourceHeaders;
use http_client::Protocol;
use pacing::Hosts;
pub use post::post;
pub use proxy::{InvalidProxy, Proxy};
pub use refusals::{Refusal, Refusals};
use retry::Plan;
use robots::Robots;
pub use robots::{RobotsFiles, robots_allow};
use room::Room;
pub use settings::{Settings, SiteHeaders, SourceSettings};
pub use shown::LoggedUrl;
use trail::Trail;
pub use trust::{Authorities, InvalidAuthorities};
use way::Way;
use ways::Ways;

/// How many redirects are followed from one URL. Browsers follow 20; more than a few are a server's mistake.
pub const MAX_REDIRECTS: usize = 10;
/// What the user agent says when the owner gave no contact, so that whoever sees the requests can read what makes them.
const WITHOUT_CONTACT: &str = "feed archiver; contact not set";

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
        /// How long it says that this stays so, as [`fresh_for`] says.
        fresh_for: Option<Duration>,
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
    /// TLS did not start: a certificate that the owner names is none, for example.
    #[error("start TLS: {source}")]
    Tls {
        /// Why.
        #[source]
        source: rustls::Error,
    },
    /// What was sent was not answered.
    #[error("send it: {}", failure::root_cause(source))]
    Post {
        /// What happened.
        #[source]
        source: reqwest::Error,
    },
}

/// Asks servers, for one run, each request once: who asks again is given the answer. A clone shares pacing, robots.txt
/// files, answers and connections with its original.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    settings: Settings,
    ways: Ways,
    user_agent: HeaderValue,
    permits: Semaphore,
    hosts: Hosts,
    robots: Robots,
    answers: Answers,
    room: Room,
    refusals: refused::Counts,
}

/// How one hop is asked.
#[derive(Clone, Copy)]
struct Ask<'a> {
    url: &'a Url,
    headers: &'a headers::Outgoing,
    delay: Duration,
    timeout: Duration,
    limit: BodyLimit,
    min_rate: usize,
    way: &'a Way,
    /// What gives the page in place of the server.
    command: Option<&'a Command>,
}

impl Client {
    /// Makes a client that asks nothing yet.
    ///
    /// # Errors
    /// [`Error`] if the contact cannot be named in a header, or the HTTP client does not start.
    pub fn new(settings: &Settings) -> Result<Client, Error> {
        Client::knowing(settings, RobotsFiles::new(), HostTroubles::new(), Utc::now())
    }

    /// Makes a client for a run that begins `now`. It asks nothing yet, not even for `robots`, which were answered less than
    /// a day ago, and leaves hosts alone as their `troubles` say.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn knowing(
        settings: &Settings,
        robots: RobotsFiles,
        troubles: HostTroubles,
        now: DateTime<Utc>,
    ) -> Result<Client, Error> {
        Ok(Client(Arc::new(Shared {
            settings: settings.clone(),
            ways: Ways::new(settings)?,
            user_agent: user_agent(settings.contact.as_deref())?,
            permits: Semaphore::new(settings.concurrency.max(1)),
            hosts: Hosts::knowing(troubles, now),
            robots: Robots::knowing(robots),
            answers: Answers::default(),
            room: Room::new(settings.concurrency.max(1)),
            refusals: refused::Counts::default(),
        })))
    }

    /// The robots.txt files that were asked for, as far as they hold for a day.
    #[must_use]
    pub fn robots_read(&self) -> RobotsFiles {
        self.0.robots.read()
    }

    /// The hosts that are in trouble, for the next run.
    #[must_use]
    pub fn troubles(&self) -> HostTroubles {
        self.0.hosts.troubles()
    }

    /// How often each host refused to show a page.
    #[must_use]
    pub fn refusals(&self) -> Refusals {
        self.0.refusals.read()
    }

    /// The sitemaps that the robots.txt for `page` names, in its order. It is the file that says what may be fetched, and
    /// is not asked for twice.
    pub async fn sitemaps(&self, page: &Url, source: &SourceSettings) -> Vec<Url> {
        let place = self.0.robots.of(page);
        place.get_or_init(|| self.0.robots_policy(page, source)).await.sitemaps(page)
    }

    /// The most bytes of a page.
    #[must_use]
    pub fn max_size(&self) -> usize {
        self.0.settings.max_size
    }

    /// Waits until a request needs memory that pages take which were fetched before. Whoever holds pages that wait for
    /// others lets go of them then.
    pub fn room_wanted(&self) -> impl Future<Output = ()> + Send + 'static {
        self.0.room.wanted()
    }

    /// Gets one page, following redirects. Where a server takes offence at the validators it is asked without.
    ///
    /// # Errors
    /// [`Failure`] if there is no page to be had: each is the outcome of this one request, not of the run.
    pub async fn get(&self, request: &Request<'_>) -> Result<Fetched, Failure> {
        self.get_for(request, None).await
    }

    /// Gets a picture that the page at `page` shows, as [`Client::get`] gets a page.
    ///
    /// # Errors
    /// As [`Client::get`].
    pub async fn get_picture(&self, request: &Request<'_>, page: &Url) -> Result<Fetched, Failure> {
        self.get_for(request, Some(page)).await
    }

    async fn get_for(&self, request: &Request<'_>, page: Option<&Url>) -> Result<Fetched, Failure> {
        let answered = self.follow(request, page).await;
        let is_conditional = request.validators.is_some_and(|validators| !validators.is_empty());
        match &answered {
            Err(failure) if is_conditional && failure.may_be_of_conditions() => {
                self.follow(&Request { validators: None, ..*request }, page).await
            }
            _ => answered,
        }
    }

    /// Gets one page as it is asked for, or a picture that `page` shows.
    async fn follow(&self, request: &Request<'_>, page: Option<&Url>) -> Result<Fetched, Failure> {
        let shared = &*self.0;
        let source_headers = SourceHeaders::of(request.source)?;
        let mut trail = Trail::from(request.url);
        let way = shared.way(request.source);
        loop {
            let url = trail.url();
            guard::check(url, shared.settings.allow_private)?;
            let delay = shared.permitted_delay(url, request.source).await?;
            let cookies = trail.cookies();
            let mut headers =
                source_headers.outgoing(&shared.user_agent, url, request.validators, cookies)?;
            if let Some(page) = page {
                headers.ask_as_picture(page, url);
            }
            let headers = Arc::new(headers);
            let source = request.source;
            let ask = Ask {
                delay,
                command: source.command.as_ref(),
                ..shared.plain_ask(url, &headers, &way, source)
            };
            let answer = match ask.command {
                // What it gives is not what the server answers to others.
                Some(_) => shared.ask_for_page(ask).await?,
                None => shared.answers.get(url, &headers, shared.ask_for_page(ask)).await?,
            };
            match answer.status {
                200..=299 => return Ok(Fetched::Captured(trail.capture(answer, &headers))),
                304 if headers.is_conditional() => return Ok(trail.not_modified(&answer)),
                _ => match answer.redirect(url) {
                    Some(target) => trail.follow(target, &answer)?,
                    None => return Err(trail.refused(answer, &headers)),
                },
            }
        }
    }
}

impl Shared {
    fn way(&self, source: &SourceSettings) -> Way {
        let proxy = source.proxy.as_ref().or(self.settings.proxy.as_ref());
        let authorities = source.authorities.as_ref().unwrap_or(&self.settings.authorities);
        Way { proxy: proxy.cloned(), authorities: authorities.clone() }
    }

    /// How `url` is asked for `source`, without a pause.
    fn plain_ask<'a>(
        &self,
        url: &'a Url,
        headers: &'a headers::Outgoing,
        way: &'a Way,
        source: &SourceSettings,
    ) -> Ask<'a> {
        let settings = &self.settings;
        Ask {
            url,
            headers,
            delay: Duration::ZERO,
            timeout: source.timeout.unwrap_or(settings.timeout),
            limit: BodyLimit::Fail(source.max_size.unwrap_or(settings.max_size)),
            min_rate: source.min_rate.unwrap_or(settings.min_rate),
            way,
            command: None,
        }
    }

    /// The pause that the host of `url` wants, if its robots.txt lets `url` be fetched at all.
    async fn permitted_delay(&self, url: &Url, source: &SourceSettings) -> Result<Duration, Failure> {
        let delay = source.delay.unwrap_or(self.settings.delay);
        if !self.settings.robots {
            return Ok(delay);
        }
        let place = self.robots.of(url);
        let policy = place.get_or_init(|| self.robots_policy(url, source)).await;
        policy.check(url)?;
        Ok(delay.max(policy.crawl_delay()))
    }

    /// Fetches the robots.txt that speaks for `url` (RFC 9309, section 2.3).
    async fn robots_policy(&self, page: &Url, source: &SourceSettings) -> robots::Policy {
        let (way, delay) = (self.way(source), source.delay.unwrap_or(self.settings.delay));
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
            let ask = self.plain_ask(&url, &headers, &way, &SourceSettings::default());
            match self.ask(Ask { delay, limit, ..ask }).await {
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

    /// Asks for what a source wants, and counts refusals.
    async fn ask_for_page(&self, ask: Ask<'_>) -> Result<Answer, Failure> {
        let outcome = self.ask(ask).await;
        self.refusals.note(ask.url, &outcome);
        outcome
    }

    /// Sends one request in its host's turn, and again where that may help.
    async fn ask(&self, ask: Ask<'_>) -> Result<Answer, Failure> {
        let mut turn = self.hosts.turn(ask.url).await?;
        let most = if turn.is_in_trouble() { 0 } else { retry::MAX_RETRIES };
        let mut retries = 0;
        loop {
            turn.pause(jittered(ask.delay)).await;
            let outcome = {
                let _permit = self.permits.acquire().await.expect("the semaphore is never closed");
                turn.begin();
                let begun = Instant::now();
                let outcome = self.exchange(ask, turn.protocol()).await;
                shown::note(ask.url, &outcome, begun.elapsed());
                outcome
            };
            turn.end();
            if let Ok(Answer { peer: Some(address), .. }) = outcome {
                turn.note_address(address);
            }
            if outcome.as_ref().is_err_and(Failure::is_broken_exchange) {
                turn.fall_back_to_http1();
            }
            match retry::plan(&outcome, retries, most, retry::random()) {
                Plan::Again { after } => turn.back_off(after),
                Plan::Enough => {
                    turn.note(&outcome);
                    return outcome;
                }
            }
            retries += 1;
        }
    }

    async fn exchange(&self, ask: Ask<'_>, protocol: Protocol) -> Result<Answer, Failure> {
        let allow_private = self.settings.allow_private;
        if let Some(command) = ask.command {
            return Box::pin(command::run(command, ask, &self.room, allow_private)).await;
        }
        let peers = match ask.way.proxy {
            Some(_) => {
                resolver::guard(ask.url, allow_private).await?;
                Peers::Hidden
            }
            None if allow_private => Peers::Any,
            None => Peers::Public,
        };
        let http = self
            .ways
            .client(&self.settings, ask.way, protocol)
            .map_err(|error| Failure::NoWay { source: Arc::new(error) })?;
        // What is under way is large: it is held once, and not in each future that waits for it.
        Box::pin(exchange::run(&http, ask, &self.room, peers)).await
    }
}

/// `delay`, or up to a tenth more: clients that began together do not stay together.
fn jittered(delay: Duration) -> Duration {
    delay.mul_f64(1.0 + retry::random() / 10.0)
}

fn user_agent(contact: Option<&str>) -> Result<HeaderValue, Error> {
    let owner = contact.map_or_else(|| WITHOUT_CONTACT.to_owned(), |contact| format!("+{contact}"));
    let text = format!("{}/{} ({owner})", robots::PRODUCT_TOKEN, env!("CARGO_PKG_VERSION"));
    HeaderValue::from_str(&text).map_err(|_| Error::Contact { contact: owner })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_agent_names_the_program_and_its_owner() {
        let version = env!("CARGO_PKG_VERSION");
        let agent = user_agent(Some("mailto:me@owner.example")).unwrap();
        assert_eq!(agent, format!("tearsheet/{version} (+mailto:me@owner.example)"));
        let without = format!("tearsheet/{version} (feed archiver; contact not set)");
        assert_eq!(user_agent(None).unwrap(), without);
        assert!(matches!(user_agent(Some("a\nb")), Err(Error::Contact { .. })));
    }
}
