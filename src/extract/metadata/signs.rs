//! What the class and id of an element say that it is.

use std::ops::BitOr;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// What an element's class or id may speak of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Byline,
    Date,
    Tags,
    Aside,
}

const SIGNS: &[(&str, Sign)] = &[
    ("author", Sign::Byline),
    ("byline", Sign::Byline),
    ("by-line", Sign::Byline),
    ("writer", Sign::Byline),
    ("autor", Sign::Byline),
    ("auteur", Sign::Byline),
    ("contributor", Sign::Byline),
    ("reporter", Sign::Byline),
    ("journalist", Sign::Byline),
    ("posted-by", Sign::Byline),
    ("redakteur", Sign::Byline),
    ("signature", Sign::Byline),
    ("firma", Sign::Byline),
    ("date", Sign::Date),
    ("time", Sign::Date),
    ("publish", Sign::Date),
    ("posted", Sign::Date),
    ("datum", Sign::Date),
    ("fecha", Sign::Date),
    ("tarih", Sign::Date),
    ("data", Sign::Date),
    ("meta", Sign::Date),
    ("infos", Sign::Date),
    ("info", Sign::Date),
    ("tags", Sign::Tags),
    ("tag-", Sign::Tags),
    ("keywords", Sign::Tags),
    ("topics", Sign::Tags),
    ("related", Sign::Aside),
    ("sidebar", Sign::Aside),
    ("comment", Sign::Aside),
    ("recommend", Sign::Aside),
    ("promo", Sign::Aside),
    ("teaser", Sign::Aside),
    ("popular", Sign::Aside),
    ("trending", Sign::Aside),
    ("newsletter", Sign::Aside),
    ("most-read", Sign::Aside),
    ("mostread", Sign::Aside),
    ("outbrain", Sign::Aside),
    ("taboola", Sign::Aside),
    ("site-footer", Sign::Aside),
    ("see-also", Sign::Aside),
    ("read-more", Sign::Aside),
    ("readmore", Sign::Aside),
    ("more-", Sign::Aside),
    ("carousel", Sign::Aside),
    ("breaking", Sign::Aside),
    ("latest", Sign::Aside),
    ("upcoming", Sign::Aside),
];

static SIGNS_AUTOMATON: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::DFA))
        .build(SIGNS.iter().map(|(word, _)| *word))
        .expect("the words build an automaton")
});

/// The signs found in a class and an id.
#[derive(Clone, Copy, Default)]
pub(super) struct Signs {
    pub(super) byline: bool,
    pub(super) date: bool,
    pub(super) tags: bool,
    pub(super) aside: bool,
}

impl BitOr for Signs {
    type Output = Signs;

    /// What either speaks of.
    fn bitor(self, other: Signs) -> Signs {
        Signs {
            byline: self.byline || other.byline,
            date: self.date || other.date,
            tags: self.tags || other.tags,
            aside: self.aside || other.aside,
        }
    }
}

/// Reads the signs in a word of a class, an id or the like.
pub(super) fn read(word: &str) -> Signs {
    let mut found = Signs::default();
    for hit in SIGNS_AUTOMATON.find_overlapping_iter(word) {
        match SIGNS[hit.pattern().as_usize()].1 {
            Sign::Byline => found.byline = true,
            Sign::Date => found.date = true,
            Sign::Tags => found.tags = true,
            Sign::Aside => found.aside = true,
        }
    }
    found
}
