//! Small words of what is printed.

use crate::archive::Kind;

/// `1 source`, `3 sources`.
pub(super) fn count(number: impl TryInto<u64>, noun: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

/// What records hold.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Articles => "articles",
        Kind::Captures => "captures of articles",
        Kind::Listings => "captures of listings",
        Kind::Rejected => "captures of other pages",
        Kind::Notes => "notes",
        Kind::Pictures => "pictures",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular() {
        assert_eq!([count(1, "file"), count(0, "file")], ["1 file", "0 files"]);
        assert_eq!(
            [count(1, "entry"), count(2, "entry"), count(3, "day")],
            ["1 entry", "2 entries", "3 days"]
        );
    }
}
