//! Names to addresses. A name is refused as a whole if any of its addresses is not public, so that no later choice
//! among them can pick a private one.

use std::io;
use std::net::{IpAddr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use url::{Host, Url};

use super::Failure;
use super::failure::host;
use super::guard::{self, is_public};

/// The system's resolver, behind the guard.
pub(super) struct Resolver {
    pub(super) allow_private: bool,
    /// The host of the proxy, wherever it is.
    pub(super) proxy: Option<String>,
}

/// Why a name gave no address to connect to.
#[derive(Debug, thiserror::Error)]
pub(super) enum ResolveError {
    #[error("the name leads to the private address {address}")]
    Private { address: IpAddr },
    #[error("the name has no address")]
    NoAddress,
    #[error("{source}")]
    Lookup {
        #[from]
        source: io::Error,
    },
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private || self.proxy.as_deref() == Some(name.as_str());
        Box::pin(async move {
            let addresses: Vec<SocketAddr> = lookup(name.as_str(), allow_private).await?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// Refuses `url` where its host is, or its name leads to, an address that is not public, for what is asked by somebody else. A
/// name that nobody knows here may be known there.
pub(super) async fn guard(url: &Url, allow_private: bool) -> Result<(), Failure> {
    match guarded(url, allow_private).await {
        Err(failure @ Failure::PrivateAddress { .. }) => Err(failure),
        Err(_) if matches!(url.host(), Some(Host::Domain(_))) && guard::check(url, allow_private).is_ok() => {
            Ok(())
        }
        guarded => guarded.map(drop),
    }
}

/// The addresses of the server of `url`, if the guard lets it be asked.
pub(super) async fn guarded(url: &Url, allow_private: bool) -> Result<Vec<SocketAddr>, Failure> {
    guard::check(url, allow_private)?;
    let port = url.port_or_known_default().unwrap_or_default();
    let name = match url.host() {
        Some(Host::Ipv4(address)) => return Ok(vec![(address, port).into()]),
        Some(Host::Ipv6(address)) => return Ok(vec![(address, port).into()]),
        Some(Host::Domain(name)) => name,
        None => return Err(Failure::RefusedScheme { url: url.clone() }),
    };
    match lookup(name, allow_private).await {
        Ok(addresses) => Ok(addresses.into_iter().map(|address| (address.ip(), port).into()).collect()),
        Err(ResolveError::Private { address }) => Err(Failure::PrivateAddress { host: host(url), address }),
        Err(ResolveError::NoAddress | ResolveError::Lookup { .. }) => {
            Err(Failure::NoSuchHost { host: host(url) })
        }
    }
}

async fn lookup(name: &str, allow_private: bool) -> Result<Vec<SocketAddr>, ResolveError> {
    // Port 0 stands for the scheme's or the URL's own, which reqwest puts in.
    let addresses: Vec<SocketAddr> = tokio::net::lookup_host((name, 0)).await?.collect();
    if addresses.is_empty() {
        return Err(ResolveError::NoAddress);
    }
    match addresses.iter().map(SocketAddr::ip).find(|address| !allow_private && !is_public(*address)) {
        Some(address) => Err(ResolveError::Private { address }),
        None => Ok(addresses),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_with_a_private_address_is_refused() {
        assert!(matches!(lookup("localhost", false).await, Err(ResolveError::Private { .. })));
        assert!(!lookup("localhost", true).await.unwrap().is_empty());
    }
}
