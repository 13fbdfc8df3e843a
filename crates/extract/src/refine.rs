//! What is corrected in the choice of blocks: each module is one pass.

pub(crate) mod boilerplate;
pub(crate) mod footnotes;
pub(crate) mod footnotes_and_headers;
pub(crate) mod furniture;
pub(crate) mod signs;
pub(crate) mod threads;
pub(crate) mod whole_units;
