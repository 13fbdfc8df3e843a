//! The WARC files as files: which there are, the one that is being written, and the lock.

pub(crate) mod lock;
pub(crate) mod log;
pub(crate) mod rewrite;
pub(crate) mod segments;
