//! A list of URLs: one a line, `#` before a comment.

use super::{Document, Kind, Listing};
use crate::model::Candidate;

pub(super) fn read(document: &Document<'_>, text: &str) -> Listing {
    let mut listing = Listing::empty(Kind::Urls);
    for (number, line) in text.lines().enumerate() {
        let Some(word) = line.split_whitespace().next().filter(|word| !word.starts_with('#')) else {
            continue;
        };
        match document.url.join(word) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => {
                listing.candidates.push(Candidate::new(url));
            }
            _ => listing.warnings.push(format!("line {} is not an http or https URL", number + 1)),
        }
    }
    listing
}

/// Whether `text` is such a list: each line a comment or an absolute URL, the first of them http or https.
pub(super) fn looks_like(text: &str) -> bool {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .take(50)
        .peekable();
    lines.peek().is_some_and(|line| line.starts_with("http://") || line.starts_with("https://"))
        && lines.all(|line| line.split_whitespace().next().is_some_and(|word| word.contains("://")))
}
