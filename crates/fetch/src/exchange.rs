//! One request and its answer, without redirects, retries or pacing.

mod ending;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, SubsecRound, Utc};
use reqwest::Method;
use reqwest::header::{HeaderMap, TRANSFER_ENCODING};
use url::Url;

use super::failure::is_challenge;
use super::guard::is_public;
use super::{Ask, Failure, failure, retry};
use crate::model::{CodingError, Header, decode_content};

/// Redirects say little; more than this of their bodies is not waited for.
const REDIRECT_BODY: usize = 64 * 1024;
/// No larger buffer is made on the word of a `Content-Length` alone.
const TRUSTED_LENGTH: usize = 1024 * 1024;

/// How many bytes of a body are wanted, and what a larger one means.
#[derive(Clone, Copy)]
pub(super) enum BodyLimit {
    /// It is a failure, packed or unpacked.
    Fail(usize),
    /// The rest does not matter.
    Cut(usize),
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
        is_challenge(self.status, |name| std::str::from_utf8(self.header(name)?).ok())
    }

    /// When the server says to come again.
    pub(super) fn retry_at(&self) -> Option<DateTime<Utc>> {
        Some(self.at + self.retry_after?)
    }
}

/// Sends one request and reads its answer.
pub(super) async fn run(
    http: &reqwest::Client,
    ask: Ask<'_>,
    allow_private: bool,
) -> Result<Answer, Failure> {
    let mut request = reqwest::Request::new(Method::GET, ask.url.clone());
    request.headers_mut().clone_from(ask.headers.map());
    let mut response = http.execute(request).await.map_err(|error| Failure::of_sending(error, ask.url))?;
    let at = Utc::now();
    let peer = response.remote_addr().map(|peer| peer.ip());
    if let Some(address) = peer.filter(|address: &IpAddr| !allow_private && !is_public(*address)) {
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
    answer.body = if status.is_success() {
        let body = read_to_end(&mut response, ask.limit, answer.header("content-encoding")).await?;
        check_unpacked(&body, answer.header("content-encoding"), ask.limit).await?;
        Some(body)
    } else {
        let limit = if status.is_redirection() { BodyLimit::Cut(REDIRECT_BODY) } else { ask.limit };
        let mut body = BytesMut::new();
        read(&mut response, limit, &mut body).await.ok().map(|()| body.freeze())
    };
    Ok(answer)
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
    response: &mut reqwest::Response,
    limit: BodyLimit,
    coding: Option<&[u8]>,
) -> Result<Bytes, Failure> {
    let mut body = BytesMut::new();
    match read(response, limit, &mut body).await {
        Err(Failure::CutOff { .. }) if ending::is_whole(&body.clone().freeze(), coding, limit) => {}
        outcome => outcome?,
    }
    Ok(body.freeze())
}

/// Reads the body as sent into `body`, and no more of it than `limit` allows.
async fn read(
    response: &mut reqwest::Response,
    limit: BodyLimit,
    body: &mut BytesMut,
) -> Result<(), Failure> {
    let (BodyLimit::Fail(most) | BodyLimit::Cut(most)) = limit;
    let expected = response.content_length();
    let announced = usize::try_from(expected.unwrap_or_default()).unwrap_or(usize::MAX);
    if announced > most && matches!(limit, BodyLimit::Fail(_)) {
        return Err(Failure::TooLarge { limit: most });
    }
    body.reserve(announced.min(TRUSTED_LENGTH));
    loop {
        let chunk = response.chunk().await.map_err(|source| Failure::CutOff {
            received: body.len(),
            expected,
            source: Arc::new(source.without_url()),
        })?;
        let Some(chunk) = chunk else { return Ok(()) };
        body.extend_from_slice(&chunk);
        if body.len() > most {
            return match limit {
                BodyLimit::Fail(limit) => Err(Failure::TooLarge { limit }),
                BodyLimit::Cut(limit) => {
                    body.truncate(limit);
                    Ok(())
                }
            };
        }
    }
}

/// Makes sure that whoever unpacks the body later can, within the same limit.
async fn check_unpacked(body: &Bytes, coding: Option<&[u8]>, limit: BodyLimit) -> Result<(), Failure> {
    let (Some(coding), BodyLimit::Fail(limit)) = (coding, limit) else { return Ok(()) };
    let (body, coding) = (body.clone(), String::from_utf8_lossy(coding).into_owned());
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
    use crate::headers::Outgoing;
    use crate::{Protocol, Settings, http_client};

    async fn failure(url: &str) -> Failure {
        let settings = Settings {
            contact: None,
            concurrency: 1,
            delay: Duration::ZERO,
            timeout: Duration::MAX,
            max_size: 1000,
            robots: false,
            allow_private: true,
            http2: true,
        };
        let http = http_client(&settings, Protocol::Newest).unwrap();
        let url = Url::parse(url).unwrap();
        let headers = Outgoing::plain(&HeaderValue::from_static("tearsheet/test"), &url);
        let ask = Ask {
            url: &url,
            headers: &headers,
            delay: Duration::ZERO,
            timeout: Duration::MAX,
            limit: BodyLimit::Fail(1000),
        };
        run(&http, ask, true).await.err().unwrap()
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
