//! One spelling for the many URLs of a page, and one key.
//!
//! The spelling can be asked for: it leaves out only what no server needs. The key folds more, and is only compared.

mod key;
mod parameters;

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// A page's URL in one spelling: absolute `http` or `https` with a host, without user info, default port, tracking
/// parameters, session and fragment (but `#!…` names a page); its percent-encoding is in normal form (RFC 3986,
/// section 6.2.2). Parsing is idempotent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CanonicalUrl(Url);

/// A text that is no URL of a page.
#[derive(Debug, thiserror::Error)]
pub enum NotCanonical {
    /// It does not parse as an absolute URL.
    #[error("`{text}` is not an absolute URL")]
    Syntax {
        /// The text.
        text: String,
        /// What the parser said.
        #[source]
        source: url::ParseError,
    },
    /// Its scheme is neither `http` nor `https`, or it has no host.
    #[error("`{text}` is not an http or https URL")]
    Scheme {
        /// The text.
        text: String,
    },
}

impl CanonicalUrl {
    /// Parses an absolute URL and brings it into its one spelling.
    ///
    /// # Errors
    /// [`NotCanonical`] if it does not parse, or is not `http` or `https`.
    pub fn parse(text: &str) -> Result<CanonicalUrl, NotCanonical> {
        let url =
            Url::parse(text).map_err(|source| NotCanonical::Syntax { text: text.to_owned(), source })?;
        CanonicalUrl::of(&url)
    }

    /// Brings a parsed URL into its one spelling.
    ///
    /// # Errors
    /// [`NotCanonical::Scheme`] if it is not `http` or `https`.
    pub fn of(url: &Url) -> Result<CanonicalUrl, NotCanonical> {
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(NotCanonical::Scheme { text: url.to_string() });
        }
        let mut url = url.clone();
        if !url.as_str().bytes().any(|byte| b"%?#;@".contains(&byte)) {
            return Ok(CanonicalUrl(url));
        }
        if url.fragment().is_some_and(|fragment| !fragment.starts_with('!')) {
            url.set_fragment(None);
        }
        // Neither call can fail for a URL with a host.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        let path = without_sessions(&normal_encoding(url.path()));
        if path != url.path() {
            url.set_path(&path);
        }
        if let Some(query) = url.query().map(normal_encoding) {
            let kept: Vec<&str> =
                query.split('&').filter(|pair| !pair.is_empty() && !parameters::is_idle(pair)).collect();
            let kept = kept.join("&");
            url.set_query((!kept.is_empty()).then_some(&kept));
        }
        Ok(CanonicalUrl(url))
    }

    /// Brings a parsed URL into its one spelling, and keeps its fragment: the place of one item among others on a page.
    ///
    /// # Errors
    /// [`NotCanonical::Scheme`] if it is not `http` or `https`.
    pub fn with_fragment(url: &Url) -> Result<CanonicalUrl, NotCanonical> {
        let mut page = CanonicalUrl::of(url)?;
        page.0.set_fragment(url.fragment().filter(|fragment| !fragment.is_empty()));
        Ok(page)
    }

    /// The URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// What all URLs of this page have in common, and no other page's: scheme, `www.`, mobile and AMP hosts, AMP and
    /// print views, `index.html`, a final slash and the order of parameters do not count. It is no URL.
    #[must_use]
    pub fn key(&self) -> String {
        key::of(&self.0)
    }

    /// The URL.
    #[must_use]
    pub fn as_url(&self) -> &Url {
        &self.0
    }
}

/// `text` with percent-encodings in upper case, and only where a character needs one.
fn normal_encoding(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest.get(1..3).filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            Some(hex) => {
                push_byte(&mut out, hex);
                rest = &rest[3..];
            }
            None => {
                out.push('%');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn push_byte(out: &mut String, hex: &str) {
    match u8::from_str_radix(hex, 16) {
        Ok(byte) if needs_no_encoding(byte) && !completes_an_encoding(out, byte) => {
            out.push(char::from(byte));
        }
        _ => {
            out.push('%');
            out.push_str(&hex.to_ascii_uppercase());
        }
    }
}

/// The unreserved characters of RFC 3986, section 2.3.
fn needs_no_encoding(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// Whether a `%` that encodes nothing would begin to, with this character behind it.
fn completes_an_encoding(out: &str, byte: u8) -> bool {
    byte.is_ascii_hexdigit() && out.rfind('%').is_some_and(|at| out.len() - at < 3)
}

/// `path` without `;jsessionid=…` and its like.
fn without_sessions(path: &str) -> String {
    let part = |part: &str| {
        let mut pieces = part.split(';');
        let mut kept = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces.filter(|piece| !parameters::is_path_session(piece)) {
            kept.push(';');
            kept.push_str(piece);
        }
        kept
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

impl fmt::Display for CanonicalUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl TryFrom<String> for CanonicalUrl {
    type Error = NotCanonical;

    /// Reads what was written: an item's fragment stays.
    fn try_from(text: String) -> Result<CanonicalUrl, NotCanonical> {
        let url = Url::parse(&text).map_err(|source| NotCanonical::Syntax { text, source })?;
        CanonicalUrl::with_fragment(&url)
    }
}

impl From<CanonicalUrl> for String {
    fn from(url: CanonicalUrl) -> String {
        url.0.into()
    }
}

#[cfg(test)]
mod tests;
