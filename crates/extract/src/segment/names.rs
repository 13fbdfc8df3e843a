//! What the classes and ids of a page say, for all who ask, each read once: a page repeats its names a hundred times.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

use super::groups::{GROUPS, Groups};
use super::signs::{SIGNS, Signs};

/// What names say.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Names {
    /// To which groups their words belong.
    pub(crate) groups: Groups,
    /// What may be said in elements that are called so.
    pub(crate) signs: Signs,
}

impl Names {
    /// What either says.
    pub(crate) fn or(self, other: Names) -> Names {
        Names { groups: self.groups | other.groups, signs: self.signs | other.signs }
    }
}

/// The names of a page that were read.
#[derive(Debug, Default)]
pub(crate) struct Known<'a> {
    /// By what stands in a class or an id.
    whole: FxHashMap<&'a str, Names>,
    /// By each name in it: on many pages no two elements have the same ones.
    single: FxHashMap<&'a str, Names>,
}

impl<'a> Known<'a> {
    /// What `names`, an element's class or id, say.
    pub(crate) fn read(&mut self, names: &'a str) -> Names {
        if names.is_empty() {
            return Names::default();
        }
        let Known { whole, single } = self;
        *whole.entry(names).or_insert_with(|| {
            let each = names.split_ascii_whitespace();
            each.fold(Names::default(), |all, name| all.or(*single.entry(name).or_insert_with(|| read(name))))
        })
    }
}

/// A word, what it says, and at which of its ends a border is asked for.
struct Word {
    says: Names,
    starts: bool,
    ends: bool,
}

struct Matcher {
    automaton: AhoCorasick,
    words: Vec<Word>,
}

static MATCHER: LazyLock<Matcher> = LazyLock::new(|| {
    let of_group = |(at, (_, words)): (usize, &'static (&str, &[&'static str]))| {
        words.iter().map(move |word| (*word, Names { groups: 1 << at, signs: Signs::default() }))
    };
    let grouped = GROUPS.iter().enumerate().flat_map(of_group);
    let signs = SIGNS.iter().map(|(word, sign)| (*word, Names { groups: 0, signs: *sign }));
    let words: Vec<(&str, Names)> = grouped.chain(signs).collect();
    Matcher {
        automaton: AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(words.iter().map(|(word, _)| word.trim_matches('^')))
            .expect("a few hundred short words"),
        words: words
            .iter()
            .map(|(word, says)| Word {
                says: *says,
                starts: word.starts_with('^'),
                ends: word.ends_with('^'),
            })
            .collect(),
    }
});

/// What the words in `names` say.
pub(crate) fn read(names: &str) -> Names {
    let matcher = &*MATCHER;
    let bytes = names.as_bytes();
    let is_border = |at: Option<&u8>| at.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let mut found = Names::default();
    for hit in matcher.automaton.find_overlapping_iter(names) {
        let word = &matcher.words[hit.pattern().as_usize()];
        if (!word.starts || hit.start() == 0 || is_border(bytes.get(hit.start() - 1)))
            && (!word.ends || is_border(bytes.get(hit.end())))
        {
            found = found.or(word.says);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::groups::{AD, FORUM, NEWSLETTER, SIDEBAR};
    use super::super::signs;
    use super::*;

    #[test]
    fn words_are_found_in_any_case_and_place() {
        assert_eq!(read("Sidebar__Newsletter-Form").groups, SIDEBAR | NEWSLETTER);
        assert_eq!(read("Post-ByLine post-date").signs, signs::BYLINE | signs::DATE);
        assert_eq!((read("xyz").groups, read("xyz").signs), (0, 0));
    }

    #[test]
    fn a_border_is_asked_for_where_a_word_has_one() {
        assert_eq!(read("ad").groups, AD);
        assert_eq!(read("top-ads_box").groups, AD);
        assert_eq!(read("shadow").groups, 0);
        assert_eq!(read("threads").groups, FORUM);
    }
}
