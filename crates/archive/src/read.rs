//! What you can ask an archive.

pub(crate) mod clocks;
pub(crate) mod corrections;
pub(crate) mod entries;
pub(crate) mod history;
pub(crate) mod merged;
pub(crate) mod pictures;
pub(crate) mod recognition;
pub(crate) mod records;
pub(crate) mod search;
pub(crate) mod sequence;
pub(crate) mod shelves;
pub(crate) mod view;
