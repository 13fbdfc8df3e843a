//! Who may read an article where it stands, as its page says.

use serde::{Deserialize, Serialize};

/// Who may read all of an article, as its page declares it to search engines and networks (`isAccessibleForFree` of
/// schema.org, `article:content_tier`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Everyone.
    Free,
    /// Everyone, a number of articles in a time.
    Metered,
    /// Those who pay or have an account, be it only a part of it that others cannot read.
    Subscribers,
}

impl Access {
    /// The name by which it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Access::Free => "free",
            Access::Metered => "metered",
            Access::Subscribers => "subscribers",
        }
    }
}
