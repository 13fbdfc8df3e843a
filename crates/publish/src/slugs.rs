//! The readable part of a reading page's path, made from the URL under which the article was first seen.

use url::Url;

/// The most characters of a slug.
const LONGEST: usize = 60;
/// Path segments that say nothing about an article.
const MEANINGLESS: &[&str] =
    &["index", "default", "article", "story", "news", "node", "amp", "html", "print"];

/// 1 to 60 characters of `a-z`, `0-9` and `-`: the last path segment that reads like words, else the host.
pub(super) fn slug(url: &Url) -> String {
    let mut segments = url.path_segments().into_iter().flatten().rev().map(segment_slug);
    let telling = |slug: &String| {
        slug.bytes().filter(u8::is_ascii_alphabetic).count() >= 3 && !MEANINGLESS.contains(&slug.as_str())
    };
    segments.find(telling).unwrap_or_else(|| {
        let host = ascii_words(url.host_str().unwrap_or_default());
        if host.is_empty() { "article".to_owned() } else { shortened(&host) }
    })
}

fn segment_slug(segment: &str) -> String {
    let bytes = percent_decoded(segment);
    let text = String::from_utf8_lossy(&bytes);
    let stem = match text.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 5 && !stem.is_empty() => stem,
        _ => &text,
    };
    shortened(&ascii_words(stem))
}

fn percent_decoded(segment: &str) -> Vec<u8> {
    let bytes = segment.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|&byte| char::from(byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if let (b'%', Some(high), Some(low)) = (bytes[at], digit(at + 1), digit(at + 2)) {
            out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

/// Lower-case ASCII letters and digits, every run of anything else one hyphen; Latin letters lose their marks.
fn ascii_words(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if let Some(letters) = without_mark(c) {
            out.push_str(letters);
        } else if matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}') {
            // An apostrophe or a combining mark joins what it stands between.
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// A table of our own rather than a crate's: a path must not change when a table grows.
fn without_mark(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' | 'ĉ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ĝ' | 'ģ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ĺ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ő' | 'ō' => "o",
        'ö' | 'ø' | 'œ' => "oe",
        'ř' | 'ŕ' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'ŝ' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ů' | 'ű' | 'ū' | 'ų' | 'ŭ' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ž' | 'ż' => "z",
        _ => return None,
    })
}

/// Cut to the longest length, between words where that leaves more than half.
fn shortened(slug: &str) -> String {
    if slug.len() <= LONGEST {
        return slug.to_owned();
    }
    let end = match slug[..=LONGEST].rfind('-') {
        Some(hyphen) if hyphen > LONGEST / 2 => hyphen,
        _ => LONGEST,
    };
    slug[..end].trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: &str) {
        assert_eq!(slug(&Url::parse(url).unwrap()), expected, "{url}");
    }

    #[test]
    fn the_last_telling_segment_is_the_slug() {
        check("https://a.example/2024/05/08/The-Bridge_Opens.html", "the-bridge-opens");
        check("https://a.example/world/bridge-opens/4711", "bridge-opens");
        check("https://a.example/world/bridge-opens/index.php?page=2", "bridge-opens");
    }

    #[test]
    fn marks_go_and_other_scripts_fall_back() {
        check("https://a.example/caf%C3%A9-stra%C3%9Fe-l%E2%80%99heure", "cafe-strasse-lheure");
        check("https://a.example/world/%E6%A9%8B", "world");
        check("https://www.a.example/?p=12", "www-a-example");
        check("https://a.example/%zz%", "a-example");
    }

    #[test]
    fn a_long_slug_is_cut_between_words() {
        let url = format!("https://a.example/{}", "harbour-".repeat(20));
        check(&url, "harbour-harbour-harbour-harbour-harbour-harbour-harbour");
        check(&format!("https://a.example/{}", "x".repeat(200)), &"x".repeat(60));
    }
}
