//! One spelling for the many URLs of a page.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// Query parameters that say how a reader came to a page and never which page it is.
const TRACKING_PARAMETERS: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "srsltid",
    "cmpid",
    "ref_src",
    "ref_url",
    "_ga",
    "_gl",
    "__twitter_impression",
    "ocid",
    "icid",
    "sfnsn",
];
/// Prefixes of such parameters.
const TRACKING_PREFIXES: &[&str] = &["utm_", "ns_", "pk_", "mtm_", "at_custom"];

/// A page's one URL: absolute `http` or `https` with a host, without fragment, user info, default port and tracking
/// parameters. Parsing is idempotent.
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
        url.set_fragment(None);
        // Neither call can fail for a URL with a host.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        if let Some(query) = url.query() {
            let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !tracks(pair)).collect();
            let kept = kept.join("&");
            url.set_query((!kept.is_empty()).then_some(&kept));
        }
        Ok(CanonicalUrl(url))
    }

    /// The URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The URL.
    #[must_use]
    pub fn as_url(&self) -> &Url {
        &self.0
    }
}

fn tracks(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    TRACKING_PARAMETERS.contains(&name.as_str())
        || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

impl fmt::Display for CanonicalUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl TryFrom<String> for CanonicalUrl {
    type Error = NotCanonical;

    fn try_from(text: String) -> Result<CanonicalUrl, NotCanonical> {
        CanonicalUrl::parse(&text)
    }
}

impl From<CanonicalUrl> for String {
    fn from(url: CanonicalUrl) -> String {
        url.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str) {
        let url = CanonicalUrl::parse(from).unwrap();
        assert_eq!(url.as_str(), to);
        assert_eq!(CanonicalUrl::parse(url.as_str()).unwrap(), url, "canonicalising is idempotent");
    }

    #[test]
    fn tracking_parameters_and_fragments_go() {
        check("https://a.example/x?utm_source=rss&id=7&fbclid=1#top", "https://a.example/x?id=7");
        check("HTTPS://A.example:443/x?utm_medium=a", "https://a.example/x");
    }

    #[test]
    fn a_query_that_names_the_page_stays_in_its_order() {
        check("https://a.example/?p=12&lang=de&&", "https://a.example/?p=12&lang=de");
    }

    #[test]
    fn user_info_goes() {
        check("https://me:secret@a.example/x", "https://a.example/x");
    }

    #[test]
    fn other_schemes_are_refused() {
        assert!(matches!(CanonicalUrl::parse("mailto:a@b.example"), Err(NotCanonical::Scheme { .. })));
        assert!(matches!(CanonicalUrl::parse("/relative"), Err(NotCanonical::Syntax { .. })));
    }
}
