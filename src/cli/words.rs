//! Small words of what is printed.

use crate::archive::Kind;

/// `1 source`, `3 sources`.
pub(super) fn count(number: impl TryInto<u64>, noun: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// What records hold.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Articles => "articles",
        Kind::Captures => "captures of articles",
        Kind::Listings => "captures of listings",
        Kind::Rejected => "captures of other pages",
        Kind::Notes => "notes",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular() {
        assert_eq!((count(1, "file"), count(0, "file")), ("1 file".to_owned(), "0 files".to_owned()));
    }
}
