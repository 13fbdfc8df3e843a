//! A configuration file as it may be shown: without what may be secret. Errors quote lines, and end in logs and mails.
//!
//! Of a file that can be read, what belongs to secret keys and to keys that are not known goes. Of one that cannot, nobody
//! knows what is a key: there the letters and digits of all values go, and its signs stay, since one of them is the mistake.

use std::ops::Range;

/// `text` with these parts made unreadable, and users and passwords of URLs; every byte stays where it was.
pub(super) fn masked(text: &str, secret: &[Range<usize>]) -> String {
    let users = users(text);
    let is_secret = |at: &usize| secret.iter().chain(&users).any(|range| range.contains(at));
    text.char_indices().map(|(at, c)| if is_secret(&at) { mask(c) } else { c }).collect()
}

/// The same of a file that is not TOML.
pub(super) fn masked_values(text: &str) -> String {
    // A text that goes on over lines looks like anything.
    let has_long_text = text.contains("\"\"\"") || text.contains("'''");
    text.split_inclusive('\n').fold(String::with_capacity(text.len()), |mut out, line| {
        let is_header = line.trim_start().starts_with('[') && !line.contains('=');
        let (key, value) = match line.find('=') {
            _ if has_long_text => ("", line),
            Some(sign) => line.split_at(sign),
            None if is_header => (line, ""),
            None => ("", line),
        };
        out.push_str(key);
        out.extend(value.chars().map(|c| if c.is_alphanumeric() { mask(c) } else { c }));
        out
    })
}

/// Where URLs in `text` name a user.
fn users(text: &str) -> Vec<Range<usize>> {
    let ends_authority = |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'');
    text.match_indices("://")
        .filter_map(|(at, scheme_end)| {
            let start = at + scheme_end.len();
            let authority = text[start..].split(ends_authority).next()?;
            Some(start..start + authority.rfind('@')?)
        })
        .collect()
}

/// As long as `c` in bytes.
fn mask(c: char) -> char {
    match c.len_utf8() {
        _ if c.is_whitespace() => c,
        1 => '*',
        2 => '·',
        3 => '…',
        _ => '🞄',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_masked_keeps_its_place() {
        let text = "a = \"sö…🞄\"\nb = 1\n";
        let masked = masked(text, std::slice::from_ref(&(5..15)));
        assert_eq!(masked, "a = \"*·…🞄\"\nb = 1\n");
        assert_eq!(masked.len(), text.len());
    }

    #[test]
    fn users_of_urls_are_never_shown() {
        let text =
            "url = \"https://me:pa@ss@a.example/x@y\" # http://other@b.example\nb = \"https://c.example/@x\"";
        let shown = masked(text, &[]);
        assert!(!shown.contains("pa@ss") && !shown.contains("other"), "{shown}");
        assert!(shown.contains("@a.example/x@y") && shown.contains("https://c.example/@x"));
    }

    #[test]
    fn of_a_file_that_is_not_toml_signs_alone_are_shown() {
        let text = "[fetch.headers]\nAuthorization = \"Bearer s3cret\nmore s3cret\nok = 1 # s3cret";
        let shown = "[fetch.headers]\nAuthorization = \"****** ******\n**** ******\nok = * # ******";
        assert_eq!(masked_values(text), shown);
        let long = "a = \"\"\"\n[s3cret]\ns3cret = \"\"";
        assert!(!masked_values(long).contains("s3cret"));
    }
}
