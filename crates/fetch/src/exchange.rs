//! One request and its answer, without redirects, retries or pacing.

mod ending;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, SubsecRound, Utc};
use reqwest::Method;
use reqwest::header::{HeaderMap, TRANSFER_ENCODING};
use tokio::sync::Semaphore;
use tokio::time::{self, Instant};
use url::Url;

use super::guard::is_public;
use super::refusals::Refusal;
use super::room::{Place, Room, SMALL};
use super::{Ask, Failure, failure, retry};
use crate::model::{CodingError, Header, decode_content};

/// Redirects say little; more than this of their bodies is not waited for.
const REDIRECT_BODY: usize = 64 * 1024;
/// The body of an error says no more in more bytes.
const ERROR_BODY: usize = SMALL;

/// As good as never.
const FAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// How many bytes of a body are wanted, and what a larger one means.
#[derive(Clone, Copy)]
pub(super) enum BodyLimit {
    /// It is a failure, packed or unpacked.
    Fail(usize),
    /// The rest does not matter.
    Cut(usize),
}

impl BodyLimit {
    pub(super) fn bytes(self) -> usize {
        let (BodyLimit::Fail(bytes) | BodyLimit::Cut(bytes)) = self;
        bytes
    }

    fn at_most(self, most: usize) -> BodyLimit {
        match self {
            BodyLimit::Fail(bytes) => BodyLimit::Fail(bytes.min(most)),
            BodyLimit::Cut(bytes) => BodyLimit::Cut(bytes.min(most)),
        }
    }
}

/// Where an answer may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Peers {
    /// From public addresses.
    Public,
    /// From anywhere.
    Any,
    /// From a proxy; where it has it from cannot be seen.
    Hidden,
}

/// What a server answered to one request.
#[derive(Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<Header>,
    /// As sent; `None` for an error whose body did not come whole and within the limit.
    pub(super) body: Option<Bytes>,
    /// When the response began, to the second.
    pub(super) at: DateTime<Utc>,
    /// How long a 429 or 503 asks to wait.
    pub(super) retry_after: Option<Duration>,
    /// Where it came from, if that is known.
    pub(super) peer: Option<IpAddr>,
}

impl Answer {
    /// The first value of the header called `name`.
    pub(super) fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|header| header.name == name).map(|header| header.value.as_slice())
    }

    /// The bytes of its body and headers.
    pub(super) fn size(&self) -> usize {
        let headers = self.headers.iter().map(|header| header.name.len() + header.value.len());
        headers.sum::<usize>() + self.body.as_ref().map_or(0, Bytes::len)
    }

    /// Where a redirect leads from `url`. Locations are often sent as raw UTF-8, or as the bytes of another charset.
    pub(super) fn redirect(&self, url: &Url) -> Option<Url> {
        // A 300 with a location prefers it (RFC 9110, section 15.4.1).
        if !matches!(self.status, 300..=303 | 307 | 308) {
            return None;
        }
        let location = self.header("location")?;
        let location = match std::str::from_utf8(location) {
            Ok(location) => Cow::Borrowed(location),
            Err(_) => Cow::Owned(escaped(location)),
        };
        let mut target = url.join(&location).ok()?;
        target.set_fragment(None);
        Some(target)
    }

    /// Whether it is a test for browsers in place of the page.
    pub(super) fn is_challenge(&self) -> bool {
        self.refusal() == Some(Refusal::Challenge)
    }

    /// How it refuses to show the page, if it does.
    pub(super) fn refusal(&self) -> Option<Refusal> {
        Refusal::of(self.status, |name| std::str::from_utf8(self.header(name)?).ok())
    }

    /// When the server says to come again.
    pub(super) fn retry_at(&self) -> Option<DateTime<Utc>> {
        Some(self.at + self.retry_after?)
    }
}

/// Sends one request and reads its answer, whose body has its place in `room`.
///
/// # Errors
/// [`Failure`] where there is no answer, or it took longer than the request may. Waiting for room is not the host's fault and
/// does not count.
pub(super) async fn run(
    http: &reqwest::Client,
    ask: Ask<'_>,
    room: &Room,
    peers: Peers,
) -> Result<Answer, Failure> {
    let ends = Instant::now().checked_add(ask.timeout);
    let mut clock = TimeLimit { ends: ends.unwrap_or_else(|| Instant::now() + FAR), ask };
    let mut request = reqwest::Request::new(Method::GET, ask.url.clone());
    request.headers_mut().clone_from(ask.headers.map());
    let sent = clock.within(http.execute(request)).await?;
    let mut response = sent.map_err(|error| Failure::of_sending(error, ask.url))?;
    let at = Utc::now();
    let peer = response.remote_addr().map(|peer| peer.ip()).filter(|_| peers != Peers::Hidden);
    if let Some(address) = peer.filter(|address: &IpAddr| peers == Peers::Public && !is_public(*address)) {
        return Err(Failure::PrivateAddress { host: failure::host(ask.url), address });
    }
    let status = response.status();
    let headers = kept_headers(response.headers());
    let mut answer = Answer {
        status: status.as_u16(),
        headers,
        body: None,
        at: at.trunc_subsecs(0),
        retry_after: None,
        peer,
    };
    answer.retry_after = retry::retry_after(&answer, at);
    let coding = answer.header("content-encoding").map(<[u8]>::to_vec);
    let mut reader = Reader { response: &mut response, clock: &mut clock, room };
    answer.body = if status.is_success() {
        let body = read_to_end(&mut reader, ask.limit, coding.as_deref()).await?;
        check_unpacked(&body, coding.as_deref(), ask.limit).await?;
        Some(body)
    } else {
        let limit = if status.is_redirection() {
            BodyLimit::Cut(REDIRECT_BODY)
        } else {
            ask.limit.at_most(ERROR_BODY)
        };
        let mut body = Body::default();
        reader.read(limit, &mut body).await.ok().map(|()| body.finish())
    };
    Ok(answer)
}

/// When a request has to be answered.
struct TimeLimit<'a> {
    ends: Instant,
    ask: Ask<'a>,
}

impl TimeLimit<'_> {
    /// What `work` gives, if it gives it in time.
    async fn within<T>(&self, work: impl Future<Output = T>) -> Result<T, Failure> {
        let late = |_| Failure::Timeout { host: failure::host(self.ask.url), after: self.ask.timeout };
        time::timeout_at(self.ends, work).await.map_err(late)
    }

    /// What `work` gives, however long it takes.
    async fn stopped<T>(&mut self, work: impl Future<Output = T>) -> T {
        let began = Instant::now();
        let done = work.await;
        self.ends += began.elapsed();
        done
    }
}

/// What was read of a body.
#[derive(Default)]
struct Body {
    bytes: Vec<u8>,
    place: Place,
}

impl Body {
    fn finish(self) -> Bytes {
        self.place.hold(self.bytes)
    }
}

/// A response whose body is to be read.
struct Reader<'a, 'b> {
    response: &'a mut reqwest::Response,
    clock: &'a mut TimeLimit<'b>,
    room: &'a Room,
}

/// `location` with the bytes beyond ASCII percent-encoded.
fn escaped(location: &[u8]) -> String {
    let mut escaped = String::with_capacity(location.len());
    for &byte in location {
        match byte.is_ascii() {
            true => escaped.push(char::from(byte)),
            false => write!(escaped, "%{byte:02X}").expect("a string takes all that is written to it"),
        }
    }
    escaped
}

/// The headers in their order, without the one that describes how the body was framed on the way.
fn kept_headers(headers: &HeaderMap) -> Vec<Header> {
    headers
        .iter()
        .filter(|(name, _)| *name != TRANSFER_ENCODING)
        .map(|(name, value)| Header { name: name.as_str().to_owned(), value: value.as_bytes().to_vec() })
        .collect()
}

/// Reads the body as sent. One that breaks off is taken if the document in it is there to its end: servers announce
/// wrong lengths, and close before the last chunk.
async fn read_to_end(
    reader: &mut Reader<'_, '_>,
    limit: BodyLimit,
    coding: Option<&[u8]>,
) -> Result<Bytes, Failure> {
    let mut body = Body::default();
    match reader.read(limit, &mut body).await {
        Err(cut @ Failure::CutOff { .. }) => {
            let body = body.finish();
            if ending::is_whole(&body, coding, limit) { Ok(body) } else { Err(cut) }
        }
        outcome => outcome.map(|()| body.finish()),
    }
}

/// So long a server has to send at its rate.
const PACE: Duration = Duration::from_secs(10);

/// How much was there when it was looked at last.
struct Pace {
    since: Instant,
    received: usize,
}

impl Pace {
    fn new(received: usize) -> Pace {
        Pace { since: Instant::now(), received }
    }
}

impl Reader<'_, '_> {
    /// The next part of the body, of which so much was `received`, unless it comes too slowly.
    async fn chunk(
        &mut self,
        pace: &mut Pace,
        received: usize,
    ) -> Result<reqwest::Result<Option<Bytes>>, Failure> {
        let Ask { url, min_rate, .. } = self.clock.ask;
        let chunk = self.clock.within(self.response.chunk());
        tokio::pin!(chunk);
        loop {
            let ends = pace.since + PACE;
            if let Ok(chunk) = time::timeout_at(ends, &mut chunk).await {
                return chunk;
            }
            let least = min_rate.saturating_mul(usize::try_from(PACE.as_secs()).unwrap_or_default());
            if received - pace.received < least {
                return Err(Failure::TooSlow { host: failure::host(url), least: min_rate });
            }
            *pace = Pace::new(received);
        }
    }

    /// Reads the body as sent into `body`, and no more of it than `limit` allows.
    async fn read(&mut self, limit: BodyLimit, body: &mut Body) -> Result<(), Failure> {
        let most = limit.bytes();
        let expected = self.response.content_length();
        let announced = expected.map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
        if announced.is_some_and(|bytes| bytes > most) && matches!(limit, BodyLimit::Fail(_)) {
            return Err(Failure::TooLarge { limit: most });
        }
        let first = announced.unwrap_or(most).min(most).min(SMALL);
        body.place = self.clock.stopped(self.room.small(first)).await;
        // No larger buffer is made on the word of a `Content-Length` alone.
        body.bytes.reserve(announced.unwrap_or_default().min(first));
        let mut pace = Pace::new(0);
        loop {
            let received = body.bytes.len();
            let chunk = self.chunk(&mut pace, received).await?.map_err(|source| Failure::CutOff {
                received,
                expected,
                source: Arc::new(source.without_url()),
            })?;
            let Some(chunk) = chunk else { return Ok(()) };
            if body.bytes.len() + chunk.len() > SMALL {
                self.clock.stopped(self.room.enlarge(&mut body.place)).await;
                // Of that time no more was to be expected.
                pace = Pace::new(body.bytes.len());
            }
            body.bytes.extend_from_slice(&chunk);
            if body.bytes.len() > most {
                return match limit {
                    BodyLimit::Fail(limit) => Err(Failure::TooLarge { limit }),
                    BodyLimit::Cut(limit) => {
                        body.bytes.truncate(limit);
                        Ok(())
                    }
                };
            }
        }
    }
}

/// Bodies that are unpacked to see whether they can be, at once.
static UNPACKED: Semaphore = Semaphore::const_new(1);

/// Makes sure that whoever unpacks the body later can, within the same limit.
async fn check_unpacked(body: &Bytes, coding: Option<&[u8]>, limit: BodyLimit) -> Result<(), Failure> {
    let (Some(coding), BodyLimit::Fail(limit)) = (coding, limit) else { return Ok(()) };
    let (body, coding) = (body.clone(), String::from_utf8_lossy(coding).into_owned());
    let _turn = UNPACKED.acquire().await.expect("the semaphore is never closed");
    let unpacked =
        tokio::task::spawn_blocking(move || decode_content(&body, Some(&coding), limit).map(drop)).await;
    match unpacked.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic())) {
        Ok(()) => Ok(()),
        Err(CodingError::TooLarge { limit, .. }) => Err(Failure::TooLarge { limit }),
        Err(source) => Err(Failure::Coding { source: Arc::new(source) }),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use reqwest::header::HeaderValue;

    use super::*;
    use crate::Settings;
    use crate::headers::Outgoing;
    use crate::http_client::{Protocol, http_client};
    use crate::way::Way;

    async fn failure(url: &str) -> Failure {
        let settings = Settings { allow_private: true, ..Settings::default() };
        let way = Way::default();
        let http = http_client(&settings, &way, Protocol::Newest).unwrap();
        let url = Url::parse(url).unwrap();
        let headers = Outgoing::plain(&HeaderValue::from_static("tearsheet/test"), &url);
        let ask = Ask {
            url: &url,
            headers: &headers,
            delay: Duration::ZERO,
            timeout: Duration::MAX,
            limit: BodyLimit::Fail(1000),
            min_rate: 0,
            way: &way,
            command: None,
        };
        run(&http, ask, &Room::new(1), Peers::Any).await.err().unwrap()
    }

    #[tokio::test]
    async fn a_url_that_http_cannot_carry_is_not_sent() {
        let failure = failure(&format!("http://127.0.0.1/{}", "a".repeat(70_000))).await;
        assert!(matches!(failure, Failure::InvalidUrl { .. }), "{failure}");
    }

    /// A port at which one connection is answered with `bytes` and closed.
    fn port_that_answers(bytes: &'static [u8]) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]).unwrap();
            stream.write_all(bytes).unwrap();
        });
        port
    }

    #[tokio::test]
    async fn a_port_without_a_server_cannot_be_connected_to() {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let failure = failure(&format!("http://127.0.0.1:{port}/")).await;
        assert!(matches!(failure, Failure::Connect { .. }), "{failure}");
        let text = format!("127.0.0.1:{port} cannot be connected to: Connection refused");
        assert!(failure.to_string().starts_with(&text), "{failure}");
    }

    #[tokio::test]
    async fn an_answer_that_is_not_http_is_none() {
        for bytes in [&b""[..], b"220 mail.example ESMTP\r\n", b"HTTP/1.1 200 OK\r\nContent-Le"] {
            let failure = failure(&format!("http://127.0.0.1:{}/", port_that_answers(bytes))).await;
            assert!(matches!(failure, Failure::NoAnswer { .. }), "{failure}");
        }
    }

    #[tokio::test]
    async fn a_server_without_tls_offers_no_secure_connection() {
        let port = port_that_answers(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        let failure = failure(&format!("https://127.0.0.1:{port}/")).await;
        assert!(matches!(failure, Failure::Tls { .. }), "{failure}");
    }

    #[tokio::test]
    async fn a_name_that_cannot_be_one_has_no_address() {
        // A label of more than 63 bytes (RFC 1035, section 2.3.4): no name server is asked.
        let failure = failure(&format!("http://{}.example/", "a".repeat(64))).await;
        assert!(matches!(failure, Failure::Dns { .. }), "{failure}");
    }
}
