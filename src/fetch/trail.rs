//! The way from the URL that was asked for to the one that answers.

use url::Url;

use super::exchange::Answer;
use super::headers::Outgoing;
use super::{Failure, Fetched, MAX_REDIRECTS};
use crate::model::{Capture, Hop};

/// The redirects so far, and the URL to ask next. Cookies that a hop sets are sent on the hops after it, as walls
/// that redirect to themselves need it, and forgotten with the trail.
pub(super) struct Trail {
    url: Url,
    hops: Vec<Hop>,
    cookies: Vec<Cookie>,
}

struct Cookie {
    host: String,
    name: String,
    value: String,
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
        let host = self.url.host_str().unwrap_or_default();
        let own = self.cookies.iter().filter(|cookie| cookie.host == host);
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
        let host = self.url.host_str().unwrap_or_default();
        for header in answer.headers.iter().filter(|header| header.name == "set-cookie") {
            let pair = std::str::from_utf8(&header.value).ok().and_then(|line| line.split(';').next());
            let Some((name, value)) = pair.and_then(|pair| pair.split_once('=')) else { continue };
            let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
            match self.cookies.iter_mut().find(|known| known.host == host && known.name == name) {
                Some(known) if known.value == value => {}
                Some(known) => {
                    known.value = value;
                    learnt = true;
                }
                None => {
                    self.cookies.push(Cookie { host: host.to_owned(), name, value });
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
            headers: answer.headers,
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
