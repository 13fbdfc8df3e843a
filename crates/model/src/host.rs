//! Which hosts something is said of.

use std::fmt;

use url::Url;

/// A host, or a host with all its subdomains, written `example.com` or `*.example.com`. A leading `www.` counts for
/// nothing, here and in the hosts that are matched.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HostPattern {
    host: String,
    subdomains: bool,
}

/// A text that is no host.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a host such as `example.com` or `*.example.com`")]
pub struct InvalidHost(String);

impl HostPattern {
    /// Parses a host, in any case and also where it is not in ASCII.
    ///
    /// # Errors
    /// [`InvalidHost`] if `text` is none.
    pub fn parse(text: &str) -> Result<HostPattern, InvalidHost> {
        let (bare, subdomains) = match text.trim().strip_prefix("*.") {
            Some(rest) => (rest, true),
            None => (text.trim(), false),
        };
        let whole = |host: &url::Host| host.to_string() != "*";
        let host = url::Host::parse(bare).ok().filter(whole).ok_or_else(|| InvalidHost(text.to_owned()))?;
        Ok(HostPattern { host: without_www(&host.to_string()).to_owned(), subdomains })
    }

    /// Whether it says something of the host of `url`.
    #[must_use]
    pub fn matches(&self, url: &Url) -> bool {
        let Some(host) = url.host_str().map(without_www) else { return false };
        host == self.host
            || self.subdomains
                && host.strip_suffix(&self.host).is_some_and(|rest| rest.ends_with('.') && rest.len() > 1)
    }

    /// How much it says: of several that match one URL, the one with the greatest says most exactly what is meant.
    #[must_use]
    pub fn precision(&self) -> (usize, bool) {
        (self.host.split('.').count(), !self.subdomains)
    }
}

/// The host of `url` as readers know it: without `www.`. Empty where there is none.
#[must_use]
pub fn bare_host(url: &Url) -> &str {
    without_www(url.host_str().unwrap_or_default())
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(host)
}

impl fmt::Display for HostPattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", if self.subdomains { "*." } else { "" }, self.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, url: &str) -> bool {
        HostPattern::parse(pattern).unwrap().matches(&Url::parse(url).unwrap())
    }

    #[test]
    fn a_host_stands_for_itself_and_a_star_for_what_is_beneath_it_too() {
        assert!(matches("example.com", "https://www.example.com/a"));
        assert!(matches("www.Example.com", "http://example.com:8080/"));
        assert!(!matches("example.com", "https://blog.example.com/"));
        assert!(matches("*.example.com", "https://a.blog.example.com/"));
        assert!(matches("*.example.com", "https://example.com/"));
        assert!(!matches("*.example.com", "https://badexample.com/"));
        assert!(matches("bücher.example", "https://xn--bcher-kva.example/"));
        assert!(matches("127.0.0.1", "http://127.0.0.1:80/"));
    }

    #[test]
    fn a_leading_www_is_no_part_of_a_host_that_readers_know() {
        let host = |url: &str| bare_host(&Url::parse(url).unwrap()).to_owned();
        assert_eq!(host("https://www.example.com:8080/a"), "example.com");
        assert_eq!([host("https://www.com/"), host("data:text/plain,")], ["www.com", ""]);
    }

    #[test]
    fn the_more_exact_says_more() {
        let precision = |text: &str| HostPattern::parse(text).unwrap().precision();
        assert!(precision("a.example.com") > precision("*.a.example.com"));
        assert!(precision("*.a.example.com") > precision("example.com"));
        assert!(precision("example.com") > precision("*.example.com"));
    }

    #[test]
    fn what_is_no_host_is_refused() {
        for text in ["", "*", "*.", "a b", "https://example.com", "example.com/path"] {
            assert!(HostPattern::parse(text).is_err(), "{text}");
        }
    }
}
