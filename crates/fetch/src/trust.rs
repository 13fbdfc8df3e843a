//! Whose certificates are believed: those that the system believes, and those that the owner names.
//!
//! A certificate that signs itself and that was made trusted by hand is one that a server may show itself. It is often marked
//! as an authority's, which the usual check refuses (RFC 5280, section 4.2.1.9); curl and browsers take it, and so does this:
//! the very certificate is known, so that no authority has to speak for it.

use std::fmt;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
};
use rustls_platform_verifier::Verifier;

/// Certificates that are believed beside those of the system. A copy shares them.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Authorities(Arc<[CertificateDer<'static>]>);

/// Why a text gives no certificates.
#[derive(Debug, thiserror::Error)]
pub enum InvalidAuthorities {
    /// It has none.
    #[error("it has no certificate")]
    None,
    /// One of them cannot be read.
    #[error("its {number}. certificate cannot be read")]
    Broken {
        /// Its place, from 1.
        number: usize,
    },
}

impl Authorities {
    /// Those in `text`, one after the other as PEM (RFC 7468, section 5).
    ///
    /// # Errors
    /// [`InvalidAuthorities`] if there is none, or one cannot be read.
    pub fn parse(text: &str) -> Result<Authorities, InvalidAuthorities> {
        let mut certificates = Vec::new();
        for found in CertificateDer::pem_slice_iter(text.as_bytes()) {
            let broken = InvalidAuthorities::Broken { number: certificates.len() + 1 };
            let Ok(certificate) = found else { return Err(broken) };
            if RootCertStore::empty().add(certificate.clone()).is_err() {
                return Err(broken);
            }
            certificates.push(certificate);
        }
        if certificates.is_empty() {
            Err(InvalidAuthorities::None)
        } else {
            Ok(Authorities(certificates.into()))
        }
    }

    /// TLS that believes them and the system's, or where that has none those of Mozilla that the program carries.
    pub(super) fn client_config(&self) -> Result<ClientConfig, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        // In an empty container there is nothing else.
        let is_bare = Verifier::new(Arc::clone(&provider)).is_err();
        if is_bare {
            tracing::debug!("the system has no certificate authorities; the program's own are used");
        }
        let carried = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().filter(|_| is_bare);
        let extra = self.0.iter().chain(carried).cloned();
        let verifier =
            Trust { usual: Verifier::new_with_extra_roots(extra, Arc::clone(&provider))?, own: self.clone() };
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        let config = config.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
        Ok(config.with_no_client_auth())
    }
}

impl fmt::Debug for Authorities {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Authorities({})", self.0.len())
    }
}

/// The usual check, and beyond it the certificates that are known themselves.
#[derive(Debug)]
struct Trust {
    usual: Verifier,
    own: Authorities,
}

impl Trust {
    /// Whether this very certificate is one that the owner or the system names.
    fn names(&self, certificate: &CertificateDer<'_>) -> bool {
        let is_it = |known: &CertificateDer<'_>| known.as_ref() == certificate.as_ref();
        self.own.0.iter().any(is_it) || rustls_native_certs::load_native_certs().certs.iter().any(is_it)
    }
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let usual = self.usual.verify_server_cert(certificate, intermediates, name, ocsp, now);
        // Its dates are looked at before what it is for.
        if usual.as_ref().is_err_and(is_authority) && self.names(certificate) {
            verify_server_name(&ParsedCertificate::try_from(certificate)?, name)?;
            return Ok(ServerCertVerified::assertion());
        }
        usual
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.usual.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.usual.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.usual.supported_verify_schemes()
    }
}

/// Whether a certificate was refused since it is marked as an authority's.
fn is_authority(error: &Error) -> bool {
    let Error::InvalidCertificate(CertificateError::Other(OtherError(cause))) = error else { return false };
    matches!(cause.downcast_ref(), Some(webpki::Error::CaUsedAsEndEntity))
}
