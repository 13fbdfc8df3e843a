//! Cookies from the file that browsers and curl keep them in: a line each, with tabs between its seven fields (domain,
//! whether its subdomains are meant too, path, whether TLS is needed, when it expires, name, value).

use std::sync::Arc;

use chrono::{DateTime, Utc};
use url::{Host, Url};

/// How lines begin whose cookies scripts do not see; they are no comments.
const HTTP_ONLY: &str = "#HttpOnly_";

/// The cookies of a file; they are secrets, and are never stored or shown. A copy shares them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CookieFile(Arc<[FileCookie]>);

#[derive(PartialEq, Eq)]
struct FileCookie {
    domain: String,
    has_subdomains: bool,
    path: String,
    is_secure: bool,
    /// `None` for one that lasts as long as its browser.
    expires_at: Option<i64>,
    name: String,
    value: String,
}

/// A line of a cookie file that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is not a cookie: expected seven fields separated by tabs")]
pub struct InvalidCookieLine {
    /// Its number, counted from 1.
    pub line: usize,
}

impl CookieFile {
    /// Reads `text`.
    ///
    /// # Errors
    /// [`InvalidCookieLine`] for the first line that is neither a cookie nor a comment.
    pub fn parse(text: &str) -> Result<CookieFile, InvalidCookieLine> {
        let mut cookies = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let line = line.strip_prefix(HTTP_ONLY).unwrap_or(line);
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            cookies.push(FileCookie::parse(line).ok_or(InvalidCookieLine { line: at + 1 })?);
        }
        Ok(CookieFile(cookies.into()))
    }

    /// The cookies for `url`, as `name=value`: those that its browser would send there, if it would send them to `home` too.
    /// They never leave TLS where `home` has it, and no other port is asked with them.
    pub(super) fn of(&self, url: &Url, home: &Url, now: DateTime<Utc>) -> Vec<String> {
        let is_safe = (url.scheme() == home.scheme() && url.port() == home.port())
            || (url.scheme() == "https" && url.port().is_none() && home.port().is_none());
        let is_for = |cookie: &&FileCookie| {
            is_safe
                && cookie.is_of_host(home)
                && cookie.is_of_host(url)
                && cookie.is_of_path(url.path())
                && (!cookie.is_secure || url.scheme() == "https")
                && cookie.expires_at.is_none_or(|at| at > now.timestamp())
        };
        let cookies = self.0.iter().filter(is_for);
        cookies.map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect()
    }
}

impl FileCookie {
    fn parse(line: &str) -> Option<FileCookie> {
        let fields: Vec<&str> = line.trim_end_matches(['\r', '\n']).split('\t').collect();
        let &[domain, subdomains, path, secure, expires_at, name, value] = &fields[..] else { return None };
        let is_sendable = |text: &str| text.bytes().all(|byte| (b' '..0x7f).contains(&byte) && byte != b';');
        let is_true = |field: &str| field.eq_ignore_ascii_case("true");
        let is_cookie = !domain.is_empty() && !name.is_empty() && is_sendable(name) && is_sendable(value);
        // Some write fractions of a second.
        let expires_at = expires_at.split('.').next()?.parse().ok()?;
        is_cookie.then(|| FileCookie {
            domain: domain.trim_start_matches('.').to_ascii_lowercase(),
            has_subdomains: is_true(subdomains),
            path: path.to_owned(),
            is_secure: is_true(secure),
            expires_at: Some(expires_at).filter(|at| *at > 0),
            name: name.to_owned(),
            value: value.to_owned(),
        })
    }

    fn is_of_host(&self, url: &Url) -> bool {
        is_within(url, &self.domain, self.has_subdomains)
    }

    /// RFC 6265, section 5.1.4.
    fn is_of_path(&self, path: &str) -> bool {
        let rest = path.strip_prefix(self.path.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || self.path.ends_with('/'))
    }
}

/// Whether the host of `url` is `domain` or one of its subdomains (RFC 6265, section 5.1.3). IP addresses have no subdomains.
pub(super) fn is_within(url: &Url, domain: &str, with_subdomains: bool) -> bool {
    let host = url.host_str().unwrap_or_default();
    let is_beneath = || {
        let above = host.strip_suffix(domain).and_then(|host| host.strip_suffix('.'));
        matches!(url.host(), Some(Host::Domain(_))) && above.is_some_and(|label| !label.is_empty())
    };
    host == domain || (with_subdomains && is_beneath())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# Netscape HTTP Cookie File\n\n\
        .a.example\tTRUE\t/\tTRUE\t2000000000\tsession\ts3cret\n\
        #HttpOnly_www.a.example\tFALSE\t/news\tFALSE\t0\tedition\t2\n\
        .a.example\tTRUE\t/\tFALSE\t1000\told\tx\r\n\
        b.example\tFALSE\t/\tFALSE\t2000000000.5\tother\ty\n";

    fn sent(to: &str, home: &str) -> Vec<String> {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let url = |text: &str| Url::parse(text).unwrap();
        CookieFile::parse(FILE).unwrap().of(&url(to), &url(home), now)
    }

    #[test]
    fn a_cookie_goes_where_its_browser_would_send_it_and_the_source_is() {
        let home = "https://www.a.example/";
        assert_eq!(sent("https://www.a.example/news/1", home), ["session=s3cret", "edition=2"]);
        assert_eq!(sent("https://www.a.example/newsroom", home), ["session=s3cret"]);
        assert_eq!(sent("https://images.a.example/news", home), ["session=s3cret"]);
        assert_eq!(
            sent("https://www.a.example/news", "http://www.a.example/"),
            ["session=s3cret", "edition=2"]
        );
        for elsewhere in [
            "http://www.a.example/news",
            "https://www.a.example:8443/news",
            "https://b.example/",
            "https://xa.example/",
        ] {
            assert_eq!(sent(elsewhere, home), [""; 0], "{elsewhere}");
        }
        assert_eq!(sent("https://b.example/", "https://b.example/"), ["other=y"]);
    }

    #[test]
    fn a_line_that_is_no_cookie_is_named() {
        for line in
            ["a.example\tTRUE\t/\tTRUE\t0\tname", "a.example TRUE / TRUE 0 a b", "\tTRUE\t/\tTRUE\tx\ta\tb"]
        {
            let read = CookieFile::parse(&format!("# one\n{line}\n"));
            assert_eq!(read.err(), Some(InvalidCookieLine { line: 2 }), "{line}");
        }
    }
}
