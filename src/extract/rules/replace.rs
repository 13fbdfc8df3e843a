//! Find and replace in a page's source. The result stays within bounds whatever is replaced by what.

use std::borrow::Cow;

use regex::Regex;

use super::Rules;

/// How much longer than the page its source may become, in bytes.
const MOST_GROWTH: usize = 4 << 20;

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
    pub(in crate::extract) fn sought(&self) -> &str {
        match &self.find {
            Finding::Text(text) => text,
            Finding::Pattern(pattern) => pattern.as_str(),
        }
    }
}

/// A page's source after the replacements of its rules.
pub(in crate::extract) struct Replaced<'a> {
    pub(in crate::extract) html: Cow<'a, str>,
    /// How often each of them found what it looks for.
    pub(in crate::extract) found: Vec<usize>,
    pub(in crate::extract) warnings: Vec<String>,
}

/// `html` after the replacements of `rules`. One that would make it too long is left out, and it is said.
pub(in crate::extract) fn replaced<'a>(rules: &Rules, html: &'a str) -> Replaced<'a> {
    let most = html.len() + MOST_GROWTH;
    let mut all = Replaced { html: Cow::Borrowed(html), found: Vec::new(), warnings: Vec::new() };
    for replacement in &rules.replace {
        let mut found = 0;
        match apply(replacement, &all.html, most, &mut found) {
            Some(Cow::Owned(changed)) => all.html = Cow::Owned(changed),
            Some(Cow::Borrowed(_)) => {}
            None => all
                .warnings
                .push("a replacement of its rule would make the page too long and was left out".to_owned()),
        }
        all.found.push(found);
    }
    all
}

/// `html` after one replacement, which is `found` so often; none if it grows beyond `most` bytes.
fn apply<'a>(
    replacement: &Replacement,
    html: &'a str,
    most: usize,
    found: &mut usize,
) -> Option<Cow<'a, str>> {
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
                    return None;
                }
            }
        }
        Finding::Pattern(pattern) => {
            for groups in pattern.captures_iter(html) {
                if !add(groups.get_match().range(), &|out| groups.expand(&replacement.with, out)) {
                    return None;
                }
            }
        }
    }
    if copied == 0 && out.is_empty() {
        return Some(Cow::Borrowed(html));
    }
    out.push_str(&html[copied..]);
    (out.len() <= most).then_some(Cow::Owned(out))
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
}
