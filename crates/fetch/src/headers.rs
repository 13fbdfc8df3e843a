//! The headers that go out, and which of them may be kept. What a source configures goes to its own host only.

use std::time::{Duration, SystemTime};

use chrono::Utc;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, PROXY_AUTHORIZATION, REFERER, USER_AGENT,
};
use url::{Position, Url};

use super::{CookieFile, Failure, SiteHeaders, SourceSettings};
use crate::model::Validators;

const ACCEPTED: HeaderValue =
    HeaderValue::from_static("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
/// Formats that can be made smaller come first.
const ACCEPTED_PICTURES: HeaderValue = HeaderValue::from_static(
    "image/jpeg,image/png,image/webp,image/gif,image/svg+xml,image/*;q=0.5,*/*;q=0.1",
);
/// What [`crate::model::decode_content`] can undo.
const ACCEPTED_CODINGS: HeaderValue = HeaderValue::from_static("gzip, br, zstd, deflate");
/// What asks only for a page that changed.
const CONDITIONS: [HeaderName; 2] = [IF_NONE_MATCH, IF_MODIFIED_SINCE];
const NEVER_KEPT: [HeaderName; 3] = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION];

/// So far ahead of ours the clock of a server may be.
const CLOCKS_DIFFER: Duration = Duration::from_secs(24 * 60 * 60);

/// What a source adds to its requests, checked once.
pub(super) struct SourceHeaders<'a> {
    home: Option<&'a Url>,
    sites: &'a SiteHeaders,
    user_agent: Option<HeaderValue>,
    secrets: HeaderMap,
    cookies: Vec<String>,
    cookie_file: &'a CookieFile,
}

/// The headers of one request.
pub(super) struct Outgoing {
    headers: HeaderMap,
    /// `Host`, which the HTTP client appends.
    host: String,
    /// Names that are left out of [`Outgoing::head`].
    hidden: Vec<HeaderName>,
}

impl<'a> SourceHeaders<'a> {
    /// Those of `source`.
    pub(super) fn of(source: &'a SourceSettings) -> Result<SourceHeaders<'a>, Failure> {
        let secrets = secret(&source.headers)?;
        let user_agent = source.user_agent.as_deref().map(|text| header_value("User-Agent", text));
        let cookies = source.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Ok(SourceHeaders {
            home: source.home.as_ref(),
            sites: &source.sites,
            user_agent: user_agent.transpose()?,
            secrets,
            cookies,
            cookie_file: &source.cookie_file,
        })
    }

    /// The headers for a request to `url`, with `cookies` that earlier hops were given.
    pub(super) fn outgoing(
        &self,
        user_agent: &HeaderValue,
        url: &Url,
        validators: Option<&Validators>,
        cookies: Vec<String>,
    ) -> Result<Outgoing, Failure> {
        let mut outgoing = Outgoing::plain(self.user_agent.as_ref().unwrap_or(user_agent), url);
        outgoing.ask_conditionally(validators);
        outgoing.add_secrets(&secret(self.sites.of(url, self.home))?);
        let mut all_cookies = Vec::new();
        if self.home.is_some_and(|home| belongs_to(url, home)) {
            outgoing.add_secrets(&self.secrets);
            all_cookies.clone_from(&self.cookies);
        }
        all_cookies
            .extend(self.home.map(|home| self.cookie_file.of(url, home, Utc::now())).unwrap_or_default());
        all_cookies.extend(cookies);
        if !all_cookies.is_empty() {
            let mut value = header_value("Cookie", &all_cookies.join("; "))?;
            value.set_sensitive(true);
            outgoing.headers.append(COOKIE, value);
        }
        Ok(outgoing)
    }
}

/// Headers that are sent and never kept.
fn secret(headers: &[(String, String)]) -> Result<HeaderMap, Failure> {
    let mut secrets = HeaderMap::new();
    for (name, value) in headers {
        let parsed = HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_str(value).ok());
        let (parsed_name, mut value) = parsed.ok_or_else(|| Failure::InvalidHeader { name: name.clone() })?;
        value.set_sensitive(true);
        secrets.append(parsed_name, value);
    }
    Ok(secrets)
}

/// Whether it is a date later than any clock that is merely wrong would say.
fn is_in_future(date: &str) -> bool {
    let latest = SystemTime::now() + CLOCKS_DIFFER;
    httpdate::parse_http_date(date).is_ok_and(|date| date > latest)
}

impl Outgoing {
    /// Those of a request that is made for no source and without conditions.
    pub(super) fn plain(user_agent: &HeaderValue, url: &Url) -> Outgoing {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, user_agent.clone());
        headers.insert(ACCEPT, ACCEPTED);
        headers.insert(ACCEPT_ENCODING, ACCEPTED_CODINGS);
        Outgoing { headers, host: super::failure::host(url), hidden: NEVER_KEPT.to_vec() }
    }

    /// Asks as a browser asks for a picture that `page` shows: a page is named to its own site as it is, to others by its
    /// origin, and to nobody over plain text if it came over TLS (Referrer Policy, `strict-origin-when-cross-origin`). What
    /// the source's owner sends stands.
    pub(super) fn ask_as_picture(&mut self, page: &Url, url: &Url) {
        if !self.hidden.contains(&ACCEPT) {
            self.headers.insert(ACCEPT, ACCEPTED_PICTURES);
        }
        let is_downgrade = page.scheme() == "https" && url.scheme() != "https";
        if self.hidden.contains(&REFERER) || is_downgrade {
            return;
        }
        let origin = &page[Position::BeforeHost..Position::AfterPort];
        let rest = if page.origin() == url.origin() {
            &page[Position::BeforePath..Position::AfterQuery]
        } else {
            "/"
        };
        if let Ok(value) = HeaderValue::from_str(&format!("{}://{origin}{rest}", page.scheme())) {
            self.headers.insert(REFERER, value);
        }
    }

    fn ask_conditionally(&mut self, validators: Option<&Validators>) {
        let Some(validators) = validators else { return };
        // A page from the future would stay as it is until then (RFC 9110, section 8.8.2.1).
        let last_modified = validators.last_modified.as_deref().filter(|value| !is_in_future(value));
        for (name, value) in [(IF_NONE_MATCH, validators.etag.as_deref()), (IF_MODIFIED_SINCE, last_modified)]
        {
            // A validator that no header can carry did not come from one: the request is then unconditional.
            let value = value.filter(|value| !value.is_empty());
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
                self.headers.insert(name, value);
            }
        }
    }

    fn add_secrets(&mut self, secrets: &HeaderMap) {
        for name in secrets.keys() {
            self.headers.remove(name);
            self.hidden.push(name.clone());
        }
        for (name, value) in secrets {
            self.headers.append(name, value.clone());
        }
    }

    /// Whether the server may answer that nothing has changed.
    pub(super) fn is_conditional(&self) -> bool {
        self.headers.contains_key(IF_NONE_MATCH) || self.headers.contains_key(IF_MODIFIED_SINCE)
    }

    /// Whether a server that gets `other` is told the same, conditions left out: who asks, and for what.
    pub(super) fn is_like(&self, other: &Outgoing) -> bool {
        let unconditional = |outgoing: &Outgoing| {
            let mut headers = outgoing.headers.clone();
            CONDITIONS.iter().for_each(|name| drop(headers.remove(name)));
            headers
        };
        unconditional(self) == unconditional(other)
    }

    /// Whether its conditions, or that there are none, are those of `other`.
    pub(super) fn has_conditions_of(&self, other: &Outgoing) -> bool {
        CONDITIONS.iter().all(|name| self.headers.get(name) == other.headers.get(name))
    }

    /// The headers to send.
    pub(super) fn map(&self) -> &HeaderMap {
        &self.headers
    }

    /// The head of the request for `url` as HTTP/1.1 writes it, up to and with its empty line, secrets left out.
    pub(super) fn head(&self, url: &Url) -> Vec<u8> {
        let mut head =
            format!("GET {} HTTP/1.1\r\n", &url[Position::BeforePath..Position::AfterQuery]).into_bytes();
        for (name, value) in self.headers.iter().filter(|(name, _)| !self.hidden.contains(name)) {
            push_line(&mut head, name.as_str(), value.as_bytes());
        }
        if !self.headers.contains_key(reqwest::header::HOST) {
            push_line(&mut head, "host", self.host.as_bytes());
        }
        head.extend_from_slice(b"\r\n");
        head
    }
}

fn push_line(head: &mut Vec<u8>, name: &str, value: &[u8]) {
    head.extend_from_slice(name.as_bytes());
    head.extend_from_slice(b": ");
    head.extend_from_slice(value);
    head.extend_from_slice(b"\r\n");
}

fn header_value(name: &str, text: &str) -> Result<HeaderValue, Failure> {
    HeaderValue::from_str(text).map_err(|_| Failure::InvalidHeader { name: name.to_owned() })
}

/// Whether `url` is on the host of `home`: the same origin, or the same host over TLS where `home` is without it.
pub(super) fn belongs_to(url: &Url, home: &Url) -> bool {
    let plain_ports = url.port().is_none() && home.port().is_none();
    url.origin() == home.origin() || (plain_ports && url.scheme() == "https" && url.host() == home.host())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::HostPattern;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn head_at(address: &str, source: &SourceSettings) -> (Outgoing, String) {
        let agent = HeaderValue::from_static("tearsheet/test");
        let headers = SourceHeaders::of(source).unwrap();
        let outgoing = headers.outgoing(&agent, &url(address), None, Vec::new()).unwrap();
        let head = String::from_utf8(outgoing.head(&url(address))).unwrap();
        (outgoing, head)
    }

    #[test]
    fn secrets_go_to_the_sources_own_host_only() {
        let own = |address, home| belongs_to(&url(address), &url(home));
        assert!(own("https://a.example/x", "https://a.example/"));
        assert!(own("https://a.example/x", "http://a.example/"));
        assert!(!own("http://a.example/x", "https://a.example/"), "never down to plain text");
        assert!(!own("https://a.example:8443/x", "https://a.example/"));
        assert!(!own("https://b.a.example/x", "https://a.example/"));
    }

    #[test]
    fn what_a_rule_sends_never_leaves_tls() {
        let sent = |address: &str, home: Option<&str>| {
            let hosts = vec![HostPattern::parse("*.a.example").unwrap()];
            let headers = vec![("Authorization".to_owned(), "secret".to_owned())];
            let sites = SiteHeaders::new(vec![(hosts, headers)]);
            let source = SourceSettings { home: home.map(url), sites, ..SourceSettings::default() };
            head_at(address, &source).0.map().contains_key(AUTHORIZATION)
        };
        for home in [None, Some("https://a.example/"), Some("https://other.example/")] {
            assert!(sent("https://a.example/x", home), "{home:?}");
            assert!(!sent("http://a.example/x", home), "{home:?}");
            assert!(!sent("https://a.example:8443/x", home), "{home:?}");
        }
        assert!(sent("http://a.example/x", Some("http://www.a.example/")), "its owner has it so");
        assert!(sent("http://b.a.example:8080/x", Some("http://a.example:8080/")));
        assert!(!sent("http://a.example/x", Some("http://a.example:8080/")));
        assert!(!sent("http://a.example/x", Some("http://other.example/")));
    }

    #[test]
    fn a_source_without_a_home_sends_its_secrets_nowhere() {
        let headers = vec![("X-Key".to_owned(), "secret".to_owned())];
        let source = SourceSettings { headers, ..SourceSettings::default() };
        let (outgoing, _) = head_at("https://a.example/", &source);
        assert!(!outgoing.map().contains_key("x-key"));
    }

    #[test]
    fn a_picture_is_asked_for_in_the_name_of_its_page_as_far_as_that_concerns_its_host() {
        let referer = |page: &str, address: &str| {
            let mut outgoing = head_at(address, &SourceSettings::default()).0;
            outgoing.ask_as_picture(&url(page), &url(address));
            outgoing.map().get(REFERER).map(|value| value.to_str().unwrap().to_owned())
        };
        let page = "https://ann:secret@a.example/news/1?x=y#top";
        assert_eq!(referer(page, "https://a.example/p.jpg").unwrap(), "https://a.example/news/1?x=y");
        assert_eq!(referer(page, "https://cdn.example/p.jpg").unwrap(), "https://a.example/");
        assert_eq!(referer(page, "http://cdn.example/p.jpg"), None);
    }

    #[test]
    fn the_head_leaves_secrets_out_even_where_they_replace_a_header() {
        let source = SourceSettings {
            home: Some(url("https://a.example/")),
            headers: vec![("Accept".to_owned(), "secret/accept".to_owned())],
            cookies: vec![("session".to_owned(), "secret".to_owned())],
            user_agent: Some("reader/1".to_owned()),
            ..SourceSettings::default()
        };
        let (outgoing, head) = head_at("https://a.example:443/x?y=z#w", &source);
        assert_eq!(outgoing.map()[ACCEPT], "secret/accept");
        assert_eq!(outgoing.map()[COOKIE], "session=secret");
        assert_eq!(
            head,
            "GET /x?y=z HTTP/1.1\r\nuser-agent: reader/1\r\naccept-encoding: gzip, br, zstd, deflate\r\n\
             host: a.example\r\n\r\n"
        );
    }

    #[test]
    fn a_header_that_http_does_not_allow_is_named() {
        for (name, value) in [("a b", "x"), ("x", "a\r\nb: c")] {
            let headers = vec![(name.to_owned(), value.to_owned())];
            let source = SourceSettings { headers, ..SourceSettings::default() };
            let failure = SourceHeaders::of(&source).err().unwrap();
            assert!(matches!(failure, Failure::InvalidHeader { name: found } if found == name));
        }
    }
}
