//! The client that speaks HTTP: what it accepts, whom it trusts, and what it never does by itself.

use reqwest::redirect::Policy;

use super::resolver::Resolver;
use super::way::Way;
use super::{Error, Settings};

/// More headers than hyper's default of 100, since some servers do send them.
const MAX_RESPONSE_HEADERS: usize = 256;

/// What is spoken with a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    /// HTTP/2 where the server offers it and the settings allow it, otherwise HTTP/1.1.
    Newest,
    /// HTTP/1.1 alone.
    Http1,
}

/// A client that goes this way.
pub(super) fn http_client(
    settings: &Settings,
    way: &Way,
    protocol: Protocol,
) -> Result<reqwest::Client, Error> {
    let mut tls = way.authorities.client_config().map_err(|source| Error::Tls { source })?;
    let is_newest = protocol == Protocol::Newest && settings.http2;
    let protocols: &[&[u8]] = if is_newest { &[b"h2", b"http/1.1"] } else { &[b"http/1.1"] };
    tls.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    let proxy = way.proxy.as_ref().map(|proxy| proxy.host().to_owned());
    let builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        // A proxy from the environment would resolve names past the guard.
        .no_proxy()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .dns_resolver(Resolver { allow_private: settings.allow_private, proxy })
        .pool_max_idle_per_host(1)
        .http1_max_headers(MAX_RESPONSE_HEADERS)
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true);
    let failed = |source| Error::HttpClient { source };
    let builder = match &way.proxy {
        Some(proxy) => builder.proxy(proxy.to_reqwest().map_err(failed)?),
        None => builder,
    };
    let builder = if is_newest { builder } else { builder.http1_only() };
    builder.build().map_err(failed)
}
