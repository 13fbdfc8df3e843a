//! A proxy that is asked in place of the servers. Names and addresses of servers are guarded before it: a name that leads to
//! a private address here is not asked for there. What the proxy itself makes of a name cannot be seen; over `socks5` it is
//! given the address that was looked at, and no name.

use std::fmt;

use url::Url;

/// Where a proxy is, and what it is told to let us in. It may hold a password, and is never shown.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Proxy(Url);

/// Why a text names no proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProxy {
    /// It is no URL.
    #[error("it is not a URL such as http://proxy.example:3128")]
    Url,
    /// It is of another kind.
    #[error("a proxy is http, https or socks5")]
    Scheme,
    /// It says more than where the proxy is.
    #[error("a proxy has no path, query or fragment")]
    Path,
}

impl Proxy {
    /// The proxy at `text`: `http://`, `https://` or `socks5://`, perhaps a user and password, a host and a port.
    ///
    /// # Errors
    /// [`InvalidProxy`] if it is none.
    pub fn parse(text: &str) -> Result<Proxy, InvalidProxy> {
        let url = Url::parse(text.trim()).map_err(|_| InvalidProxy::Url)?;
        if !matches!(url.scheme(), "http" | "https" | "socks5") {
            return Err(InvalidProxy::Scheme);
        }
        if !url.has_host() {
            return Err(InvalidProxy::Url);
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidProxy::Path);
        }
        Ok(Proxy(url))
    }

    /// Its host, without what may be secret.
    pub(super) fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    pub(super) fn to_reqwest(&self) -> reqwest::Result<reqwest::Proxy> {
        reqwest::Proxy::all(self.0.as_str())
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Proxy({}://{})", self.0.scheme(), self.host())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_by_its_url() {
        for text in ["http://proxy.example:3128", "https://me:secret@10.0.0.1/", "socks5://[::1]:1080"] {
            assert!(Proxy::parse(text).is_ok(), "{text}");
        }
        for (text, why) in [
            ("proxy.example:3128", InvalidProxy::Scheme),
            ("not a proxy", InvalidProxy::Url),
            ("ftp://proxy.example", InvalidProxy::Scheme),
            ("http://proxy.example/path", InvalidProxy::Path),
        ] {
            assert_eq!(Proxy::parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn what_lets_us_in_is_not_shown() {
        let proxy = Proxy::parse("http://me:secret@proxy.example:3128").unwrap();
        assert_eq!(format!("{proxy:?}"), "Proxy(http://proxy.example)");
    }
}
