//! One spelling for every path, so that rules and URLs compare as RFC 9309, section 2.2.2, asks: an escaped
//! unreserved character is the character itself (`%7E` is `~`), every other escape has capital digits, and octets
//! outside ASCII are escaped. Of a user agent the product token alone counts (section 2.2.1).

use url::Url;

/// `text`, a robots.txt, with one spelling for the paths of its rules. A path that begins with neither `/` nor `*` can
/// match nothing (section 2.2.2): its rule goes.
pub(super) fn of_rules(text: &[u8]) -> Vec<u8> {
    let mut spelled = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        match Field::of(line) {
            Field::Path { name, path } if matches!(path.first(), None | Some(b'/' | b'*')) => {
                spelled.extend_from_slice(name);
                spelled.extend(of_path(path));
                spelled.push(b'\n');
            }
            // A rule stays, so that its group does not run into the next; this one matches nothing.
            Field::Path { .. } => spelled.extend_from_slice(b"Disallow:\n"),
            Field::UserAgent { name, agent } => {
                spelled.extend_from_slice(name);
                spelled.extend_from_slice(product_token(agent));
                spelled.push(b'\n');
            }
            Field::Other => spelled.extend_from_slice(line),
        }
    }
    spelled
}

/// `url` with one spelling for its path and query.
pub(super) fn of_url(url: &Url) -> Url {
    let spelling = |text: &str| String::from_utf8(of_path(text.as_bytes())).unwrap_or_default();
    let mut spelled = url.clone();
    spelled.set_path(&spelling(url.path()));
    spelled.set_query(url.query().map(spelling).as_deref());
    spelled
}

/// What a line of a robots.txt sets; `name` reaches to its colon.
enum Field<'a> {
    Path { name: &'a [u8], path: &'a [u8] },
    UserAgent { name: &'a [u8], agent: &'a [u8] },
    Other,
}

impl Field<'_> {
    fn of(line: &[u8]) -> Field<'_> {
        let Some(colon) = line.iter().position(|&byte| byte == b':') else { return Field::Other };
        let (name, value) = (&line[..=colon], &line[colon + 1..]);
        let end = value.iter().position(|&byte| byte == b'#').unwrap_or(value.len());
        let value = value[..end].trim_ascii();
        let is = |field: &[u8]| line[..colon].trim_ascii().eq_ignore_ascii_case(field);
        if is(b"allow") || is(b"disallow") {
            Field::Path { name, path: trimmed(value) }
        } else if is(b"user-agent") {
            Field::UserAgent { name, agent: value }
        } else {
            Field::Other
        }
    }
}

/// `path` without the spaces of other alphabets around it, which editors leave behind.
fn trimmed(path: &[u8]) -> &[u8] {
    std::str::from_utf8(path).map_or(path, |text| text.trim().as_bytes())
}

/// `tearsheet` of `tearsheet/1.0`. A name with other characters than the standard's is left as it is.
fn product_token(agent: &[u8]) -> &[u8] {
    let is_in_token = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-');
    match agent.iter().position(|byte| !is_in_token(byte)) {
        Some(end) if end > 0 && matches!(agent[end], b'/' | b' ') => &agent[..end],
        _ => agent,
    }
}

fn of_path(path: &[u8]) -> Vec<u8> {
    let mut spelled = Vec::with_capacity(path.len());
    let mut rest = path;
    while let [first, behind @ ..] = rest {
        let (octet, is_escaped, after) = match escaped(rest) {
            Some(octet) => (octet, true, &rest[3..]),
            None => (*first, false, behind),
        };
        let is_unreserved = octet.is_ascii_alphanumeric() || b"-._~".contains(&octet);
        // What no URL has unescaped is escaped when it is sent (RFC 3986, section 2).
        let may_stand = octet.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&octet);
        if is_unreserved || (!is_escaped && may_stand) {
            spelled.push(octet);
        } else {
            spelled.extend(format!("%{octet:02X}").bytes());
        }
        rest = after;
    }
    spelled
}

/// The octet that `text` begins with, if it begins with an escape.
fn escaped(text: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = text else { return None };
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_one_spelling() {
        for (path, spelled) in [
            ("/%7Ejoe", "/~joe"),
            ("/~joe", "/~joe"),
            ("/a%3cd", "/a%3Cd"),
            ("/f%c3%a4hre", "/f%C3%A4hre"),
            ("/fähre", "/f%C3%A4hre"),
            ("/a%2fb/%zz%", "/a%2Fb/%zz%"),
            ("/*.php$", "/*.php$"),
        ] {
            assert_eq!(String::from_utf8(of_path(path.as_bytes())).unwrap(), spelled);
        }
    }

    #[test]
    fn only_the_paths_of_rules_are_spelled_anew() {
        let text =
            "User-agent: a/1.0 # b\r\nDISALLOW :/%7ea # a\nallow:\nDisallow: a/b\nAllow: *%7e\nSitemap: /%7e";
        let spelled = "User-agent:a\n\nDISALLOW :/~a\nallow:\nDisallow:\nAllow:*~\nSitemap: /%7e";
        assert_eq!(String::from_utf8(of_rules(text.as_bytes())).unwrap(), spelled);
    }
}
