//! The way from the URL that was asked for to the one that answers.

use url::Url;

use super::cookie_file::is_within;
use super::exchange::Answer;
use super::freshness::fresh_for;
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
    /// The domain whose hosts it is meant for, if not for that of `from` alone.
    domain: Option<String>,
    name: String,
    value: String,
}

impl Cookie {
    /// What is set by a `Set-Cookie` of `from`; of its attributes only `Secure` and `Domain` matter on a trail.
    fn parse(from: &Url, line: &[u8]) -> Option<Cookie> {
        let mut parts = std::str::from_utf8(line).ok()?.split(';').map(str::trim);
        let (name, value) = parts.next()?.split_once('=')?;
        let (mut is_secure, mut domain) = (false, None);
        for attribute in parts {
            let (called, with) = attribute.split_once('=').unwrap_or((attribute, ""));
            is_secure |= called.trim_end().eq_ignore_ascii_case("secure");
            if called.trim_end().eq_ignore_ascii_case("domain") {
                domain = Some(with.trim().trim_start_matches('.').to_ascii_lowercase());
            }
        }
        let domain = domain.filter(|domain| !domain.is_empty());
        // A domain that the host is not of, or that is a whole top level, sets nothing (RFC 6265, section 5.3).
        if domain.as_ref().is_some_and(|domain| !(is_within(from, domain, true) && domain.contains('.'))) {
            return None;
        }
        let (name, value) = (name.trim_end().to_owned(), value.trim_start().to_owned());
        Some(Cookie { from: from.clone(), is_secure, domain, name, value })
    }

    /// Whether it is sent to `url`: to the host that set it, or those of its domain, never from TLS down to plain text.
    fn is_for(&self, url: &Url) -> bool {
        self.is_same_place(url) && (!self.is_secure || url.scheme() == "https")
    }

    fn is_same_place(&self, url: &Url) -> bool {
        let is_of_domain = |domain: &String| {
            is_within(url, domain, true)
                && (url.scheme() == "https" || self.from.scheme() == "http")
                && url.port() == self.from.port()
        };
        belongs_to(url, &self.from) || self.domain.as_ref().is_some_and(is_of_domain)
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
            let same = |known: &&mut Cookie| known.name == cookie.name && known.is_same_place(&self.url);
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
    pub(super) fn not_modified(self, answer: &Answer) -> Fetched {
        Fetched::NotModified { url: self.url, hops: self.hops, fresh_for: fresh_for(&answer.headers) }
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
        let answer =
            Answer { status: 302, headers, body: None, at: Utc::now(), retry_after: None, peer: None };
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

    #[test]
    fn a_cookie_of_a_domain_goes_along_to_its_other_hosts() {
        let set = ["pass=1; Domain=.A.example", "top=1; domain=example", "foreign=1; Domain=b.example"];
        for to in ["https://www.a.example/", "https://a.example/x", "https://deep.www.a.example/"] {
            assert_eq!(sent("https://login.a.example/", to, &set), ["pass=1"], "{to}");
        }
        for to in [
            "http://www.a.example/",
            "https://www.a.example:8443/",
            "https://a.example.org/",
            "https://xa.example/",
        ] {
            assert_eq!(sent("https://login.a.example/", to, &set), [""; 0], "{to}");
        }
    }
}
