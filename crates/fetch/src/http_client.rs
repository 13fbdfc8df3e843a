//! The client that speaks HTTP: what it accepts, whom it trusts, and what it never does by itself.

use reqwest::redirect::Policy;
use reqwest::{Certificate, ClientBuilder};

use super::resolver::Resolver;
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

/// A client that trusts the certificate authorities of the system, or where it has none those of Mozilla that the program
/// carries: in an empty container there is nothing else.
pub(super) fn http_client(settings: &Settings, protocol: Protocol) -> Result<reqwest::Client, Error> {
    // Fails only where a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let with_own_roots = || {
        tracing::debug!("the system has no certificate authorities; the program's own are used");
        builder(settings, protocol).tls_certs_only(own_roots()).build()
    };
    let built = builder(settings, protocol).build().or_else(|_| with_own_roots());
    built.map_err(|source| Error::HttpClient { source })
}

fn builder(settings: &Settings, protocol: Protocol) -> ClientBuilder {
    let builder = reqwest::Client::builder()
        // A proxy from the environment would resolve names past the guard.
        .no_proxy()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .dns_resolver(Resolver { allow_private: settings.allow_private })
        .pool_max_idle_per_host(1)
        .http1_max_headers(MAX_RESPONSE_HEADERS)
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true);
    match protocol {
        Protocol::Newest if settings.http2 => builder,
        Protocol::Newest | Protocol::Http1 => builder.http1_only(),
    }
}

/// The certificate authorities that Mozilla trusts, as of the version of `webpki-root-certs`.
fn own_roots() -> impl Iterator<Item = Certificate> {
    webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().filter_map(|root| Certificate::from_der(root).ok())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_programs_own_certificate_authorities_make_a_client() {
        let settings = Settings {
            contact: None,
            concurrency: 1,
            delay: Duration::ZERO,
            timeout: Duration::MAX,
            max_size: 1000,
            robots: false,
            allow_private: true,
            http2: true,
        };
        let _ = rustls::crypto::ring::default_provider().install_default();
        assert_eq!(own_roots().count(), webpki_root_certs::TLS_SERVER_ROOT_CERTS.len());
        let built = builder(&settings, Protocol::Newest).tls_certs_only(own_roots()).build();
        assert!(built.is_ok(), "{:?}", built.err());
    }
}
