//! What the log says of a request: its URL without what may be secret, what came of it, and how long it took.

use std::fmt;
use std::time::Duration;

use url::{Url, form_urlencoded};

use super::Failure;
use super::exchange::Answer;

/// A part of a query that is at least this long, and of letters and digits mixed, may be a key.
const LEAST_KEY: usize = 16;
/// What the names of keys have in them.
const KEY_NAMES: &[&str] = &["auth", "key", "pass", "secret", "session", "sig", "token"];
const HIDDEN: &str = "…";

/// Tells the log of one request that took `time`.
pub(super) fn note(url: &Url, outcome: &Result<Answer, Failure>, time: Duration) {
    let (url, ms) = (LoggedUrl(url), u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
    match outcome {
        Ok(answer) => {
            let (status, bytes) = (answer.status, answer.body.as_ref().map_or(0, bytes::Bytes::len));
            tracing::debug!(%url, status, bytes, ms, "request");
        }
        Err(failure) => tracing::debug!(%url, error = %failure, ms, "request failed"),
    }
}

/// A URL without user, fragment and the values of its query that may be keys.
pub struct LoggedUrl<'a>(pub &'a Url);

impl fmt::Display for LoggedUrl<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut url = self.0.clone();
        // Of a URL without a host there is no user to leave out.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.set_fragment(None);
        if self.0.query().is_none() {
            return write!(out, "{url}");
        }
        url.set_query(None);
        write!(out, "{url}?")?;
        for (at, (name, value)) in self.0.query_pairs().enumerate() {
            out.write_str(if at == 0 { "" } else { "&" })?;
            match value.as_ref() {
                "" if looks_drawn(&name) => out.write_str(HIDDEN)?,
                "" => write!(out, "{}", encoded(&name))?,
                value if is_key(&name, value) => write!(out, "{}={HIDDEN}", encoded(&name))?,
                value => write!(out, "{}={}", encoded(&name), encoded(value))?,
            }
        }
        Ok(())
    }
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Whether a query's value may be one that opens a door.
fn is_key(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    looks_drawn(value) || KEY_NAMES.iter().any(|word| name.contains(word))
}

/// Whether `text` looks drawn by chance.
fn looks_drawn(text: &str) -> bool {
    text.len() >= LEAST_KEY
        && text.contains(|c: char| c.is_ascii_digit())
        && text.contains(|c: char| c.is_ascii_alphabetic())
        && !text.contains([' ', '/', '.'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(url: &str) -> String {
        LoggedUrl(&Url::parse(url).unwrap()).to_string()
    }

    #[test]
    fn what_may_be_a_key_is_not_shown() {
        for (url, expected) in [
            ("https://a.example/feed?auth=s3cret&page=2", "https://a.example/feed?auth=…&page=2"),
            ("https://me:pass@a.example/feed#s3cret", "https://a.example/feed"),
            ("https://a.example/?k=0123456789abcdefs3cret", "https://a.example/?k=…"),
            ("https://a.example/feed?0123456789abcdefs3cret", "https://a.example/feed?…"),
            ("https://a.example/?ApiKey=x&Token=y", "https://a.example/?ApiKey=…&Token=…"),
        ] {
            assert_eq!(shown(url), expected);
        }
    }

    #[test]
    fn an_ordinary_address_is_shown_as_it_is() {
        for url in [
            "https://a.example/2026/12/harbour-fee?page=2&per_page=100",
            "http://127.0.0.1:8080/feed.xml",
            "https://a.example/?s=harbour+fee&flag",
        ] {
            assert_eq!(shown(url), url);
        }
    }
}
