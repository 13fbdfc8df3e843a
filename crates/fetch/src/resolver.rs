//! Names to addresses. A name is refused as a whole if any of its addresses is not public, so that no later choice
//! among them can pick a private one.

use std::io;
use std::net::{IpAddr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::guard::is_public;

/// The system's resolver, behind the guard.
pub(super) struct Resolver {
    pub(super) allow_private: bool,
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
        let allow_private = self.allow_private;
        Box::pin(async move {
            let addresses: Vec<SocketAddr> = lookup(name.as_str(), allow_private).await?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
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
