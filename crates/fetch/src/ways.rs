//! The ways to servers: through which proxy, and believing whose certificates. Most runs have one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::http_client::{Protocol, http_client};
use super::way::Way;
use super::{Error, Settings};

/// An HTTP client for each way that was gone.
pub(super) struct Ways(Mutex<HashMap<Way, Clients>>);

/// What speaks HTTP/2 where it can, and what never does.
#[derive(Clone)]
struct Clients {
    newest: reqwest::Client,
    http1: reqwest::Client,
}

impl Ways {
    /// With the way of the `settings`, so that its faults show at once.
    pub(super) fn new(settings: &Settings) -> Result<Ways, Error> {
        let ways = Ways(Mutex::default());
        let way = Way { proxy: settings.proxy.clone(), authorities: settings.authorities.clone() };
        ways.client(settings, &way, Protocol::Newest)?;
        Ok(ways)
    }

    /// What asks servers this way.
    pub(super) fn client(
        &self,
        settings: &Settings,
        way: &Way,
        protocol: Protocol,
    ) -> Result<reqwest::Client, Error> {
        let mut ways = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let clients = match ways.get(way) {
            Some(clients) => clients.clone(),
            None => {
                let client = |protocol| http_client(settings, way, protocol);
                let clients = Clients { newest: client(Protocol::Newest)?, http1: client(Protocol::Http1)? };
                ways.insert(way.clone(), clients.clone());
                clients
            }
        };
        Ok(match protocol {
            Protocol::Newest => clients.newest,
            Protocol::Http1 => clients.http1,
        })
    }
}
