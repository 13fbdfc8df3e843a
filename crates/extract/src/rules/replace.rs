//! Find and replace in a page's source. The result and what it costs stay within bounds whatever is replaced by what.

use std::borrow::Cow;

use regex::Regex;

use super::Rules;

/// How much longer than the page its source may become, in bytes.
const MOST_GROWTH: usize = 4 << 20;

/// How many bytes the searches for one pattern may look through, if each goes on to the page's end.
const MOST_SEARCHED: usize = 2 << 30;

/// What is looked for.
#[derive(Clone, Debug)]
pub enum Finding {
    /// This text.
    Text(String),
    /// What matches this regular expression.
    Pattern(Regex),
}

/// What is looked for in a page's source, and what takes its place.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// What is looked for, everywhere.
    pub find: Finding,
    /// What takes its place; after a pattern, `$1` and `${name}` are its groups.
    pub with: String,
}

impl Replacement {
    /// What is looked for, as it is written.
    pub(crate) fn sought(&self) -> &str {
        match &self.find {
            Finding::Text(text) => text,
            Finding::Pattern(pattern) => pattern.as_str(),
        }
    }
}

/// Why a replacement is left out.
enum LeftOut {
    TooLong,
    TooSlow,
}

impl LeftOut {
    fn as_str(&self) -> &'static str {
        match self {
            LeftOut::TooLong => "a replacement of its rule would make the page too long and was left out",
            LeftOut::TooSlow => "a replacement of its rule takes too long on this page and was left out",
        }
    }
}

/// A page's source after the replacements of its rules.
pub(crate) struct Replaced<'a> {
    pub(crate) html: Cow<'a, str>,
    /// How often each of them found what it looks for.
    pub(crate) found: Vec<usize>,
    pub(crate) warnings: Vec<String>,
}

/// `html` after the replacements of `rules`. One that goes beyond bounds is left out, and it is said once.
pub(crate) fn replaced<'a>(rules: &Rules, html: &'a str) -> Replaced<'a> {
    let most = html.len() + MOST_GROWTH;
    let mut all = Replaced { html: Cow::Borrowed(html), found: Vec::new(), warnings: Vec::new() };
    for replacement in &rules.replace {
        let mut found = 0;
        match apply(replacement, &all.html, most, &mut found) {
            Ok(Cow::Owned(changed)) => all.html = Cow::Owned(changed),
            Ok(Cow::Borrowed(_)) => {}
            Err(left_out) if all.warnings.iter().any(|warning| warning == left_out.as_str()) => {}
            Err(left_out) => all.warnings.push(left_out.as_str().to_owned()),
        }
        all.found.push(found);
    }
    all
}

/// `html` after one replacement, which is `found` so often, if that is no longer than `most` bytes.
fn apply<'a>(
    replacement: &Replacement,
    html: &'a str,
    most: usize,
    found: &mut usize,
) -> Result<Cow<'a, str>, LeftOut> {
    let mut out = String::new();
    let mut copied = 0;
    let mut add = |range: std::ops::Range<usize>, with: &dyn Fn(&mut String)| {
        out.push_str(&html[copied..range.start]);
        with(&mut out);
        copied = range.end;
        *found += 1;
        out.len() <= most
    };
    match &replacement.find {
        Finding::Text(text) if text.is_empty() => {}
        Finding::Text(text) => {
            for (at, text) in html.match_indices(text.as_str()) {
                if !add(at..at + text.len(), &|out| out.push_str(&replacement.with)) {
                    return Err(LeftOut::TooLong);
                }
            }
        }
        Finding::Pattern(pattern) => {
            for (searches, groups) in pattern.captures_iter(html).enumerate() {
                // An ordinary search ends where it finds; one for `a(.*z)?` may not.
                if searches.saturating_mul(html.len()) > MOST_SEARCHED {
                    return Err(LeftOut::TooSlow);
                }
                if !add(groups.get_match().range(), &|out| groups.expand(&replacement.with, out)) {
                    return Err(LeftOut::TooLong);
                }
            }
        }
    }
    if copied == 0 && out.is_empty() {
        return Ok(Cow::Borrowed(html));
    }
    out.push_str(&html[copied..]);
    if out.len() <= most { Ok(Cow::Owned(out)) } else { Err(LeftOut::TooLong) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(find: Finding, with: &str, html: &str) -> (String, usize) {
        let rules = Rules { replace: vec![Replacement { find, with: with.to_owned() }], ..Rules::default() };
        let replaced = replaced(&rules, html);
        (replaced.html.into_owned(), replaced.warnings.len())
    }

    #[test]
    fn texts_and_patterns_are_replaced_everywhere() {
        let text = |text: &str| Finding::Text(text.to_owned());
        assert_eq!(check(text("<br>"), "</p><p>", "<p>a<br>b<br>c"), ("<p>a</p><p>b</p><p>c".to_owned(), 0));
        assert_eq!(check(text("none"), "x", "<p>a"), ("<p>a".to_owned(), 0));
        let pattern = Finding::Pattern(Regex::new("<big>(.*?)</big>").unwrap());
        assert_eq!(check(pattern, "<h2>$1</h2>", "<big>A</big>x").0, "<h2>A</h2>x");
        assert_eq!(check(Finding::Pattern(Regex::new("^").unwrap()), "<p>", "a").0, "<p>a");
    }

    #[test]
    fn what_would_grow_without_bounds_is_left_out() {
        let html = "a".repeat(100_000);
        let (out, warnings) = check(Finding::Text("a".to_owned()), &"b".repeat(10_000), &html);
        assert_eq!((out, warnings), (html, 1));
    }

    #[test]
    fn a_pattern_that_looks_through_the_page_at_every_match_is_left_out() {
        let html = "a".repeat(300_000);
        let pattern = || Finding::Pattern(Regex::new("a|z+").unwrap());
        let (out, warnings) = check(pattern(), "b", &html);
        assert_eq!((out, warnings), (html, 1));
        assert_eq!(check(pattern(), "b", &"a".repeat(10_000)), ("b".repeat(10_000), 0));
    }
}
