//! The readable parts of paths. That of a reading page is made from the URL under which the article was first seen, or
//! from the title that it had then.

use url::Url;
use uuid::Uuid;

/// The most characters of a slug.
const LONGEST: usize = 60;
/// Path segments that say nothing about an article.
const MEANINGLESS: &[&str] =
    &["index", "default", "article", "story", "news", "node", "amp", "html", "print"];

/// 1 to 60 characters of `a-z`, `0-9` and `-`: the last path segment that reads like words, else the title, else the
/// host.
pub(super) fn slug(url: &Url, title: &str) -> String {
    let mut segments = url.path_segments().into_iter().flatten().rev().map(segment_slug);
    let telling = |slug: &String| {
        slug.bytes().filter(u8::is_ascii_alphabetic).count() >= 3 && !MEANINGLESS.contains(&slug.as_str())
    };
    let titled = || Some(shortened(&ascii_words(title))).filter(telling);
    segments.find(telling).or_else(titled).unwrap_or_else(|| {
        let host = ascii_words(url.host_str().unwrap_or_default());
        if host.is_empty() { "article".to_owned() } else { shortened(&host) }
    })
}

/// A folder's name for the tag or author with this key. Where letters are lost, part of a digest tells it from others:
/// behind two hyphens, which no other name has.
pub(super) fn label_slug(key: &str) -> String {
    let slug = ascii_words(key);
    if slug.replace('-', " ") == key && slug.len() <= LONGEST {
        return slug;
    }
    let digest = Uuid::new_v5(&Uuid::NAMESPACE_URL, key.as_bytes()).simple().to_string();
    format!("{}--{}", shortened(&slug), &digest[..8])
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
        assert_eq!(slug(&Url::parse(url).unwrap(), "橋"), expected, "{url}");
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
    fn a_url_without_words_is_named_by_the_title() {
        let named = |url: &str, title: &str| slug(&Url::parse(url).unwrap(), title);
        assert_eq!(named("http://127.0.0.1:8080/?p=12", "The Bridge Opens!"), "the-bridge-opens");
        assert_eq!(named("https://a.example/4711", "橋"), "a-example");
        assert_eq!(named("https://a.example/bridge/4711", "Another title"), "bridge");
    }

    #[test]
    fn labels_that_differ_have_different_folders() {
        assert_eq!(label_slug("climate change"), "climate-change");
        let folders = ["c", "c++", "c#", "橋", "渡船", "café", "cafe"].map(label_slug);
        let distinct: std::collections::BTreeSet<&String> = folders.iter().collect();
        assert_eq!(distinct.len(), folders.len(), "{folders:?}");
        assert!(label_slug(&"very ".repeat(40)).len() <= 72);
    }

    #[test]
    fn a_long_slug_is_cut_between_words() {
        let url = format!("https://a.example/{}", "harbour-".repeat(20));
        check(&url, "harbour-harbour-harbour-harbour-harbour-harbour-harbour");
        check(&format!("https://a.example/{}", "x".repeat(200)), &"x".repeat(60));
    }
}
