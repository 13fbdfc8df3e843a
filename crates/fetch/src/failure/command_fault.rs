//! How a command that was to give a page failed.

use std::io;
use std::sync::Arc;

/// How a command failed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum CommandFault {
    /// It did not start.
    #[error("cannot be started: {source}")]
    Start {
        /// Why.
        #[source]
        source: Arc<io::Error>,
    },
    /// What it wrote cannot be read.
    #[error("wrote what cannot be read: {source}")]
    Output {
        /// Why.
        #[source]
        source: Arc<io::Error>,
    },
    /// It ended with this exit code; none if it was killed.
    #[error("failed{}", code.map(|code| format!(" with exit code {code}")).unwrap_or_default())]
    Exit {
        /// The code.
        code: Option<i32>,
    },
    /// It wrote nothing.
    #[error("gave no page")]
    Empty,
    /// It would not go through the proxy that the owner wants to be asked.
    #[error("cannot be used together with `proxy`")]
    BesideProxy,
}
