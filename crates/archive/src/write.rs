//! What a run writes: captures, articles, notes, and what follows for the index.

pub(crate) mod health;
pub(crate) mod identify;
pub(crate) mod identity;
pub(crate) mod keep;
pub(crate) mod known_version;
pub(crate) mod neighbours;
pub(crate) mod new_capture;
pub(crate) mod pages;
pub(crate) mod parts;
pub(crate) mod pictures;
pub(crate) mod re_extract;
pub(crate) mod release;
pub(crate) mod revisions;
pub(crate) mod schedule;
pub(crate) mod sighting;
pub(crate) mod touch;
pub(crate) mod withdrawal;
