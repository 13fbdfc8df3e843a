//! Serves the newspaper over HTTP as a well-kept server would: validators, conditional answers, gzip.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, Method, Response, StatusCode, Uri, header};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use url::Url;

use super::Site;
use super::answer::Answer;
use super::pages::{Edition, gzip};
use super::press::Press;

/// A request that the server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its method.
    pub method: String,
    /// Its path and query.
    pub target: String,
    /// The status of the answer.
    pub status: u16,
    /// Whether it asked for nothing if nothing had changed.
    pub conditional: bool,
    /// Its `User-Agent`; empty if there was none.
    pub user_agent: String,
}

/// The newspaper's server. It ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    base_url: Url,
    log: Arc<Mutex<Vec<Request>>>,
    _stop: oneshot::Sender<()>,
}

struct Served {
    site: Site,
    press: Press,
    base: Url,
    log: Arc<Mutex<Vec<Request>>>,
}

impl Site {
    /// Serves the newspaper on `listener`, in a task of the current tokio runtime. What is published or corrected later
    /// is served at once.
    ///
    /// # Errors
    /// If the listener doesn't know its own address, or cannot be given to tokio.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn serve(&self, listener: std::net::TcpListener) -> io::Result<Server> {
        let base_url =
            Url::parse(&format!("http://{}/", listener.local_addr()?)).map_err(io::Error::other)?;
        listener.set_nonblocking(true)?;
        let listener = TcpListener::from_std(listener)?;
        let log = Arc::default();
        let served =
            Served { site: self.clone(), press: Press::new(), base: base_url.clone(), log: Arc::clone(&log) };
        let (stop, stopped) = oneshot::channel();
        let router = Router::new().fallback(answer).with_state(Arc::new(served));
        tokio::spawn(async move {
            let stopped = async { stopped.await.unwrap_or_default() };
            // It ends by being stopped and in no other way.
            let _ = axum::serve(listener, router).with_graceful_shutdown(stopped).await;
        });
        Ok(Server { base_url, log, _stop: stop })
    }
}

impl Server {
    /// Where the newspaper is, ending in `/`.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        &self.base_url
    }

    /// What was requested since this was last called, in order.
    #[must_use]
    pub fn take_requests(&self) -> Vec<Request> {
        std::mem::take(&mut *lock(&self.log))
    }
}

fn lock(log: &Mutex<Vec<Request>>) -> MutexGuard<'_, Vec<Request>> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(
    State(served): State<Arc<Served>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let response = match method {
        Method::GET | Method::HEAD => {
            let articles = served.site.articles();
            let edition = Edition { press: &served.press, articles: &articles, base: &served.base };
            respond(edition.answer(target), &headers)
        }
        _ => plain(StatusCode::METHOD_NOT_ALLOWED),
    };
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    lock(&served.log).push(Request {
        method: method.to_string(),
        target: target.to_owned(),
        status: response.status().as_u16(),
        conditional: [header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE]
            .iter()
            .any(|name| headers.contains_key(name)),
        user_agent: text(header::USER_AGENT).to_owned(),
    });
    response
}

/// `answer` as HTTP: not at all if the client has it already, packed if it may be.
fn respond(answer: Answer, request: &HeaderMap) -> Response<Body> {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = Response::builder().header(header::VARY, "Accept-Encoding");
    if status == StatusCode::OK {
        let tag = entity_tag(&answer.body);
        let fresh = is_fresh(request, &tag, answer.modified);
        response = response.header(header::ETAG, tag);
        if let Some(modified) = answer.modified {
            response = response.header(header::LAST_MODIFIED, httpdate::fmt_http_date(modified.into()));
        }
        if fresh {
            return finish(response.status(StatusCode::NOT_MODIFIED), Body::empty());
        }
    }
    if let Some(location) = answer.location {
        response = response.header(header::LOCATION, location);
    }
    response = response.status(status).header(header::CONTENT_TYPE, answer.content_type);
    let text = !matches!(answer.content_type, "image/png" | "application/gzip");
    if text && accepts_gzip(request) {
        return finish(response.header(header::CONTENT_ENCODING, "gzip"), Body::from(gzip(&answer.body)));
    }
    finish(response, Body::from(answer.body))
}

fn finish(response: axum::http::response::Builder, body: Body) -> Response<Body> {
    response.body(body).unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR))
}

fn plain(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// A weak validator: the packed and the plain answer share it (RFC 9110, section 8.8.1).
fn entity_tag(body: &[u8]) -> String {
    format!("W/\"{}\"", data_encoding::HEXLOWER.encode(&Sha256::digest(body)[..8]))
}

/// Whether the client's copy is still good (RFC 9110, section 13.2.2): its date counts only if it sent no tag.
fn is_fresh(request: &HeaderMap, tag: &str, modified: Option<DateTime<Utc>>) -> bool {
    let text = |name: HeaderName| request.get(name).and_then(|value| value.to_str().ok());
    if let Some(tags) = text(header::IF_NONE_MATCH) {
        let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        return tags.split(',').any(|known| known.trim() == "*" || opaque(known) == opaque(tag));
    }
    let since = text(header::IF_MODIFIED_SINCE).and_then(|date| httpdate::parse_http_date(date).ok());
    since.zip(modified).is_some_and(|(since, modified)| modified <= DateTime::<Utc>::from(since))
}

fn accepts_gzip(request: &HeaderMap) -> bool {
    let accepted =
        request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("gzip") && !parts.any(|weight| weight == "q=0")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn a_client_that_has_the_page_gets_no_body() {
        let page = Answer::html("hello").changed(DateTime::UNIX_EPOCH);
        let tag = entity_tag(b"hello");
        let check =
            |headers: &HeaderMap, status: u16| assert_eq!(respond(page.clone(), headers).status(), status);
        check(&HeaderMap::new(), 200);
        check(&request(header::IF_NONE_MATCH, &format!("\"x\", {tag}")), 304);
        check(&request(header::IF_NONE_MATCH, "\"x\""), 200);
        check(&request(header::IF_MODIFIED_SINCE, "Thu, 01 Jan 1970 00:00:00 GMT"), 304);
        check(&request(header::IF_MODIFIED_SINCE, "Wed, 31 Dec 1969 23:59:59 GMT"), 200);
        let mut both = request(header::IF_NONE_MATCH, "\"x\"");
        both.extend(request(header::IF_MODIFIED_SINCE, "Thu, 01 Jan 1970 00:00:00 GMT"));
        check(&both, 200);
    }

    #[test]
    fn only_who_asks_for_gzip_gets_it() {
        for (accepted, packed) in
            [("gzip, br", true), ("br;q=1.0, gzip;q=0.8", true), ("gzip;q=0", false), ("br", false)]
        {
            let response = respond(Answer::html("hello"), &request(header::ACCEPT_ENCODING, accepted));
            assert_eq!(response.headers().contains_key(header::CONTENT_ENCODING), packed, "{accepted}");
        }
    }
}
