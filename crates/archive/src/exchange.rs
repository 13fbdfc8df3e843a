//! Import and export: WARC and WACZ files of this program and of others.

pub(crate) mod export;
pub(crate) mod import;
