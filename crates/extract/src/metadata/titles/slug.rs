//! What the page's address says of its headline: the words of its last part, as most systems make it of the title.

use rustc_hash::FxHashSet;
use url::{Url, form_urlencoded};

use super::affixes;
use crate::text;

/// The fewest words by which an address tells one text from another.
const FEWEST: usize = 2;
/// The longest name of a site, in words.
const LONGEST_NAME: usize = 5;

/// The words of an address.
pub(super) struct Slug {
    words: FxHashSet<String>,
}

impl Slug {
    pub(super) fn of(url: &Url) -> Slug {
        let last = url.path_segments().and_then(|parts| parts.rev().find(|part| part.len() > 3));
        let last = form_urlencoded::parse(last.unwrap_or_default().as_bytes()).next();
        let last = last.map(|(name, _)| name).unwrap_or_default();
        let name = last.rsplit_once('.').map_or(&*last, |(name, _)| name);
        let words =
            name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().all(char::is_alphabetic));
        Slug { words: words.filter(|word| word.chars().count() > 2).map(str::to_lowercase).collect() }
    }

    /// Whether a text is what the address was made of: it has most of its words.
    pub(super) fn speaks_of(&self, text: &str) -> bool {
        self.words.len() >= FEWEST && self.shared(text) * 3 >= self.words.len() * 2
    }

    /// Whether a text has nothing to do with what the address was made of.
    pub(super) fn is_silent_on(&self, text: &str) -> bool {
        self.words.len() >= FEWEST && self.shared(text) == 0
    }

    fn shared(&self, text: &str) -> usize {
        self.words.intersection(&text::words(text)).count()
    }

    /// The part of `title` of which the address was made, where what stands beside it looks like the name of a site.
    pub(super) fn part<'t>(&self, title: &'t str) -> Option<&'t str> {
        let (before, after) = affixes::ends(title)?;
        let is_headline = |headline: &str, name: &str| {
            self.speaks_of(headline) && self.is_silent_on(name) && looks_like_a_name(name)
        };
        let at_the_end = before.filter(|(headline, name)| is_headline(headline, name)).map(|cut| cut.0);
        let at_the_head = || after.filter(|(name, headline)| is_headline(headline, name)).map(|cut| cut.1);
        at_the_end.or_else(at_the_head)
    }
}

/// Whether a part of a title is a few words in capitals, joined or not, and no number.
fn looks_like_a_name(part: &str) -> bool {
    const JOINING: &[&str] =
        &["&", "+", "and", "da", "de", "der", "di", "du", "e", "et", "for", "of", "the", "und", "y"];
    let words: Vec<&str> = part.split_whitespace().collect();
    words.len() <= LONGEST_NAME
        && !part.contains(|c: char| c.is_numeric() || "?!,;…".contains(c))
        && words.iter().all(|word| JOINING.contains(word) || !word.starts_with(char::is_lowercase))
}
