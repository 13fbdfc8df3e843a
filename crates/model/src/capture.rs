//! What a server answered: its body and the values of its headers as they were sent.

use bytes::Bytes;
use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{CodingError, Digest, decode_content};

/// One header line. Values are bytes, since servers send what they like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name: in lower case if it was fetched, since HTTP/2 has no other, else as the archive has it from elsewhere.
    pub name: String,
    /// The value, without surrounding white space.
    pub value: Vec<u8>,
}

/// One redirect that was followed: the server's, or that of a page which only sends its reader on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// The URL that redirected.
    pub from: Url,
    /// Its status: one of redirection, or 200 for a page.
    pub status: u16,
}

impl Hop {
    /// Whether a server redirected, and not a page.
    #[must_use]
    pub fn is_of_server(&self) -> bool {
        (300..400).contains(&self.status)
    }

    /// Whether the move is for good (RFC 9110, sections 15.4.2 and 15.4.9).
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        matches!(self.status, 301 | 308)
    }
}

/// One exchange with a server: the request that was sent and the final response to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// The URL that answered, after all redirects.
    pub url: Url,
    /// The redirects on the way, first to last; empty for most pages.
    pub hops: Vec<Hop>,
    /// When the response began, to the second.
    pub fetched_at: DateTime<Utc>,
    /// The request's head in the form of HTTP/1.1: request line and headers, without those that carry secrets.
    pub request_head: Vec<u8>,
    /// The status code; 0 for what was not fetched as a page: see [`Capture::of_item`].
    pub status: u16,
    /// The response's headers, those of one name together and otherwise in their order; `Transfer-Encoding` is left out,
    /// since the body is kept without it.
    pub headers: Vec<Header>,
    /// The body as sent, content codings (gzip, br, …) still on it.
    pub body: Bytes,
}

impl Capture {
    /// What a feed carries of an item at `url`, in the place of its page. Nothing was exchanged for it: the feed was.
    #[must_use]
    pub fn of_item(url: Url, content: &str, at: DateTime<Utc>) -> Capture {
        Capture {
            url,
            hops: Vec::new(),
            fetched_at: at.trunc_subsecs(0),
            request_head: Vec::new(),
            status: 0,
            headers: Vec::new(),
            body: Bytes::copy_from_slice(content.as_bytes()),
        }
    }

    /// The same with a body of its own, which shares its bytes with nothing.
    #[must_use]
    pub fn detached(self) -> Capture {
        Capture { body: Bytes::copy_from_slice(&self.body), ..self }
    }

    /// Whether a server was asked for it.
    #[must_use]
    pub fn is_exchange(&self) -> bool {
        self.status != 0
    }

    /// The first value of the header called `name` in any case, if it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(&header.value).ok()
    }

    /// The values of all headers called `name` in any case that are text, in one (RFC 9110, section 5.3).
    #[must_use]
    pub fn joined(&self, name: &str) -> Option<String> {
        let headers = self.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
        let values: Vec<&str> =
            headers.filter_map(|header| std::str::from_utf8(&header.value).ok()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The `Content-Type` as sent.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.header("content-type")
    }

    /// The body without its content codings, at most `limit` bytes of it.
    ///
    /// # Errors
    /// [`CodingError`] if a coding is unknown, its data is broken, or it unpacks to more than `limit` bytes.
    pub fn payload(&self, limit: usize) -> Result<Bytes, CodingError> {
        decode_content(&self.body, self.header("content-encoding"), limit)
    }

    /// The digest of the body as sent.
    #[must_use]
    pub fn payload_digest(&self) -> Digest {
        Digest::of(&self.body)
    }
}

/// What a server gave to ask it again with (RFC 9110, section 8.8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The `ETag` as sent, quotes and `W/` included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The `Last-Modified` as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

impl Validators {
    /// Those of `capture`; none if a page sent its reader there: asked for that page, its server would compare them with
    /// that, which may not have changed for years.
    #[must_use]
    pub fn of(capture: &Capture) -> Validators {
        if capture.hops.iter().any(|hop| !hop.is_of_server()) {
            return Validators::default();
        }
        let value = |name| capture.header(name).map(str::to_owned);
        Validators { etag: value("etag"), last_modified: value("last-modified") }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}
