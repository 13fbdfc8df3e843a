//! The line that is written before each post of a thread.

use ego_tree::NodeId;
use rustc_hash::FxHashMap;

/// Who wrote a post, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) author: String,
    pub(crate) time: String,
}

/// Posts by their elements.
pub(crate) type Heads = FxHashMap<NodeId, Head>;
