//! One way to servers.

use super::{Authorities, Proxy};

/// How servers are reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Way {
    pub(super) proxy: Option<Proxy>,
    pub(super) authorities: Authorities,
}
