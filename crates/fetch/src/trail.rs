//! The way from the URL that was asked for to the one that answers.

use url::Url;

use super::exchange::Answer;
use super::headers::{Outgoing, belongs_to};
use super::{Failure, Fetched, MAX_REDIRECTS};
use crate::model::{Capture, Header, Hop};

/// The redirects so far, and the URL to ask next. Cookies that a hop sets are sent on the hops after it, as walls
/// that redirect to themselves need it, and forgotten with the trail.
pub(super) struct Trail {
    url: Url,
    hops: Vec<Hop>,
    cookies: Vec<Cookie>,
}

struct Cookie {
    /// The URL that set it.
    from: Url,
    /// Whether that asked for TLS (RFC 6265, section 4.1.2.5).
    is_secure: bool,
    name: String,
    value: String,
}

impl Cookie {
    /// What is set by a `Set-Cookie` of `from`; of its attributes only `Secure` matters on a trail.
    fn parse(from: &Url, line: &[u8]) -> Option<Cookie> {
        let mut parts = std::str::from_utf8(line).ok()?.split(';').map(str::trim);
        let (name, value) = parts.next()?.split_once('=')?;
        let is_secure = parts.any(|attribute| attribute.eq_ignore_ascii_case("secure"));
        let (name, value) = (name.trim_end().to_owned(), value.trim_start().to_owned());
        Some(Cookie { from: from.clone(), is_secure, name, value })
    }

    /// Whether it is sent to `url`: to the host that set it, never from TLS down to plain text.
    fn is_for(&self, url: &Url) -> bool {
        belongs_to(url, &self.from) && (!self.is_secure || url.scheme() == "https")
    }
}

impl Trail {
    /// A trail that begins at `url`.
    pub(super) fn from(url: &Url) -> Trail {
        let mut url = url.clone();
        url.set_fragment(None);
        Trail { url, hops: Vec::new(), cookies: Vec::new() }
    }

    /// The URL to ask next.
    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    /// The cookies for that URL, as `name=value`.
    pub(super) fn cookies(&self) -> Vec<String> {
        let own = self.cookies.iter().filter(|cookie| cookie.is_for(&self.url));
        own.map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect()
    }

    /// Goes on to where `answer` redirects.
    pub(super) fn follow(&mut self, target: Url, answer: &Answer) -> Result<(), Failure> {
        let learnt = self.keep_cookies(answer);
        let seen = target == self.url || self.hops.iter().any(|hop| hop.from == target);
        if seen && !learnt {
            return Err(Failure::RedirectLoop { url: target });
        }
        if self.hops.len() == MAX_REDIRECTS {
            return Err(Failure::TooManyRedirects { limit: MAX_REDIRECTS });
        }
        let from = std::mem::replace(&mut self.url, target);
        self.hops.push(Hop { from, status: answer.status });
        Ok(())
    }

    /// Takes over the cookies that `answer` sets, and says whether any is new.
    fn keep_cookies(&mut self, answer: &Answer) -> bool {
        let mut learnt = false;
        for header in answer.headers.iter().filter(|header| header.name == "set-cookie") {
            let Some(cookie) = Cookie::parse(&self.url, &header.value) else { continue };
            let same = |known: &&mut Cookie| known.name == cookie.name && belongs_to(&self.url, &known.from);
            match self.cookies.iter_mut().find(same) {
                Some(known) => {
                    learnt |= known.value != cookie.value;
                    *known = cookie;
                }
                None => {
                    self.cookies.push(cookie);
                    learnt = true;
                }
            }
        }
        learnt
    }

    /// The answer at the trail's end, with the way to it.
    pub(super) fn capture(self, answer: Answer, headers: &Outgoing) -> Capture {
        Capture {
            request_head: headers.head(&self.url),
            url: self.url,
            hops: self.hops,
            fetched_at: answer.at,
            status: answer.status,
            headers: kept(answer.headers),
            body: answer.body.unwrap_or_default(),
        }
    }

    /// The trail's end as one that has not changed.
    pub(super) fn not_modified(self) -> Fetched {
        Fetched::NotModified { url: self.url, hops: self.hops }
    }

    /// The trail's end as a failure.
    pub(super) fn refused(self, answer: Answer, headers: &Outgoing) -> Failure {
        let (code, retry_at) = (answer.status, answer.retry_at());
        let whole = answer.body.is_some();
        let capture = whole.then(|| Box::new(self.capture(answer, headers)));
        Failure::Status { code, retry_at, capture }
    }
}

/// The headers without cookies: they are no part of the page, and whoever has them goes on with the session of whoever
/// asked for it.
fn kept(mut headers: Vec<Header>) -> Vec<Header> {
    headers.retain(|header| !matches!(header.name.as_str(), "set-cookie" | "set-cookie2"));
    headers
}

#[cfg(test)]
mod tests {
    use chrono::Utc;

    use super::*;

    /// The cookies that are sent to `to`, to which `from` redirects and sets these.
    fn sent(from: &str, to: &str, cookies: &[&str]) -> Vec<String> {
        let url = |text: &str| Url::parse(text).unwrap();
        let header = |line: &&str| Header { name: "set-cookie".to_owned(), value: line.as_bytes().to_vec() };
        let headers = cookies.iter().map(header).collect();
        let answer = Answer { status: 302, headers, body: None, at: Utc::now(), retry_after: None };
        let mut trail = Trail::from(&url(from));
        trail.follow(url(to), &answer).unwrap();
        trail.cookies()
    }

    #[test]
    fn cookies_stay_with_their_host_and_never_leave_tls() {
        let both = ["a=1; Path=/", "b = 2; path=/; SECURE"];
        assert_eq!(sent("https://a.example/", "https://a.example/x", &both), ["a=1", "b=2"]);
        assert_eq!(sent("http://a.example/", "https://a.example/", &both), ["a=1", "b=2"]);
        assert_eq!(sent("http://a.example/", "http://a.example/x", &both), ["a=1"]);
        for elsewhere in ["http://a.example/", "https://a.example:8443/", "https://b.example/"] {
            assert_eq!(sent("https://a.example/", elsewhere, &both), [""; 0], "{elsewhere}");
        }
    }
}
