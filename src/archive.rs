//! Keeps captures, articles and state: everything in WARC files, with an index beside them that can be made again.
//! What a page says is decided by `extract`; what is shown of it by `publish`.

use std::path::PathBuf;

/// Where the archive lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The archive's folder.
    pub path: PathBuf,
}
