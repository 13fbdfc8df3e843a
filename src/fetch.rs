//! Gets pages from servers: politely, within limits, and never from private places. It knows nothing of articles.

use std::time::Duration;

/// How to fetch, for the whole run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How the owner can be reached: a URL or an e-mail address, named in the user agent.
    pub contact: Option<String>,
    /// How many requests may be under way at once, over all hosts.
    pub concurrency: usize,
    /// The pause between two requests to one host.
    pub delay: Duration,
    /// How long one request may take in all.
    pub timeout: Duration,
    /// How many bytes a response's payload may have, both as sent and unpacked.
    pub max_size: usize,
    /// Whether robots.txt is honoured.
    pub robots: bool,
    /// Whether addresses that are not public may be asked.
    pub allow_private: bool,
}

/// What one source wants differently.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SourceSettings {
    /// Instead of [`Settings::delay`].
    pub delay: Option<Duration>,
    /// Further request headers; they may be secrets, and are never stored or shown.
    pub headers: Vec<(String, String)>,
    /// Cookies by name; they may be secrets, and are never stored or shown.
    pub cookies: Vec<(String, String)>,
    /// Instead of tearsheet's own user agent.
    pub user_agent: Option<String>,
}
