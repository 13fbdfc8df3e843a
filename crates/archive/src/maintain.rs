//! Opening, checking, repairing and rebuilding an archive, and deleting old captures.

pub(crate) mod open;
pub(crate) mod rebuild;
pub(crate) mod recovery;
pub(crate) mod relocate;
pub(crate) mod repair;
pub(crate) mod replay;
pub(crate) mod retention;
pub(crate) mod search;
pub(crate) mod verify;
