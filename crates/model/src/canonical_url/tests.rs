use proptest::prelude::*;

use super::*;

/// What is found, and what is asked for.
const SPELLINGS: &[(&str, &str)] = &[
    ("HTTPS://A.example:443/x", "https://a.example/x"),
    ("http://a.example:80/x", "http://a.example/x"),
    ("https://a.example:8443/x", "https://a.example:8443/x"),
    ("https://me:secret@a.example/x", "https://a.example/x"),
    ("https://a.example/x#top", "https://a.example/x"),
    ("https://a.example/#!/story/7", "https://a.example/#!/story/7"),
    ("https://a.example/x?", "https://a.example/x"),
    ("https://a.example/?p=12&lang=de&&", "https://a.example/?p=12&lang=de"),
    ("https://a.example/b/../x/./y", "https://a.example/x/y"),
    ("https://a.example/b/%2e%2e/x", "https://a.example/x"),
    ("https://a.example/%c3%a4", "https://a.example/%C3%A4"),
    ("https://a.example/ä", "https://a.example/%C3%A4"),
    ("https://a.example/%7Eme/%61", "https://a.example/~me/a"),
    ("https://a.example/50%", "https://a.example/50%"),
    ("https://a.example/a%2fb", "https://a.example/a%2Fb"),
    ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
    // How the reader came.
    ("https://a.example/x?utm_source=rss&id=7&fbclid=1#top", "https://a.example/x?id=7"),
    ("https://a.example/x?UTM_Medium=a", "https://a.example/x"),
    ("https://a.example/x?utm%5Fsource=a", "https://a.example/x"),
    ("https://a.example/x?wt_zmc=nl&at_medium=RSS&xtor=RSS-1", "https://a.example/x"),
    ("https://a.example/x?ref=rss", "https://a.example/x"),
    ("https://a.example/x?ref=main", "https://a.example/x?ref=main"),
    ("https://a.example/x?source=agency", "https://a.example/x?source=agency"),
    // Sessions.
    ("https://a.example/x;jsessionid=0A1B?id=1", "https://a.example/x?id=1"),
    ("https://a.example/x;JSESSIONID=0A1B/y;v=2", "https://a.example/x/y;v=2"),
    ("https://a.example/x?PHPSESSID=abc&id=1", "https://a.example/x?id=1"),
    ("https://a.example/t?sid=0123456789abcdef0123456789ABCDEF&t=9", "https://a.example/t?t=9"),
    ("https://a.example/t?sid=7", "https://a.example/t?sid=7"),
    ("https://a.example/?s=harbour", "https://a.example/?s=harbour"),
    // What may not answer otherwise stays.
    ("http://www.a.example/x/", "http://www.a.example/x/"),
    ("https://m.a.example/x?amp=1", "https://m.a.example/x?amp=1"),
    ("https://a.example/long-name/amp/index.html", "https://a.example/long-name/amp/index.html"),
];

/// URLs of one page.
const SAME: &[(&str, &str)] = &[
    ("http://a.example/x", "https://a.example/x"),
    ("https://www.a.example/x", "https://a.example/x"),
    ("https://a.example./x", "https://a.example/x"),
    ("https://a.example/x/", "https://a.example/x"),
    ("https://a.example//x", "https://a.example/x"),
    ("https://a.example", "https://a.example/"),
    ("https://a.example/x/?p=1", "https://a.example/x?p=1"),
    ("https://a.example/x?utm_source=rss", "https://a.example/x"),
    ("https://a.example/x#comments", "https://a.example/x"),
    ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2"),
    ("https://a.example/x?q=a+b", "https://a.example/x?q=a%20b"),
    ("https://a.example/index.html", "https://a.example/"),
    ("https://a.example/x/index.php?p=1", "https://a.example/x/?p=1"),
    ("https://a.example/x/Default.aspx", "https://a.example/x"),
    ("https://m.a.example/x", "https://www.a.example/x"),
    ("https://mobile.a.example/x", "https://a.example/x"),
    ("https://en.m.a.example/x", "https://en.a.example/x"),
    ("https://a.example/x.html?m=1", "https://a.example/x.html"),
    ("https://amp.a.example/x", "https://a.example/x"),
    ("https://a.example/2025/five-eels/amp", "https://a.example/2025/five-eels"),
    ("https://a.example/2025/five-eels/amp/", "https://a.example/2025/five-eels/"),
    ("https://a.example/story/1234567/amp", "https://a.example/story/1234567"),
    ("https://a.example/amp/news/five-eels-return", "https://a.example/news/five-eels-return"),
    ("https://a.example/x.amp.html", "https://a.example/x.html"),
    ("https://a.example/x.amp", "https://a.example/x"),
    ("https://a.example/x?amp", "https://a.example/x"),
    ("https://a.example/x?amp=1&id=2", "https://a.example/x?id=2"),
    ("https://a.example/x?outputType=amp", "https://a.example/x"),
    ("https://a.example/x?print=1", "https://a.example/x"),
    ("https://a.example/x?view=print", "https://a.example/x"),
    ("https://a.example/five-eels/print/", "https://a.example/five-eels"),
    ("https://a.example/x;jsessionid=1", "https://a.example/x;jsessionid=2"),
    ("https://a.example/(S(lit3py55t21z5v55vlm25s55))/x.aspx", "https://a.example/x.aspx"),
    ("https://a.example/%e4%b8%ad", "https://a.example/中"),
];

/// URLs of two pages.
const OTHERS: &[(&str, &str)] = &[
    ("https://a.example/x", "https://b.example/x"),
    ("https://a.example/x", "https://a.example:8443/x"),
    ("https://news.a.example/x", "https://a.example/x"),
    ("https://m.example/x", "https://example/x"),
    ("https://a.example/x", "https://a.example/X"),
    ("https://a.example/?p=1", "https://a.example/?p=2"),
    ("https://a.example/x?id=1", "https://a.example/x"),
    ("https://a.example/x?page=2", "https://a.example/x"),
    ("https://a.example/x?lang=de", "https://a.example/x?lang=en"),
    ("https://a.example/x?a=1&a=2", "https://a.example/x?a=2&a=1"),
    ("https://a.example/?m=202505", "https://a.example/"),
    ("https://a.example/x?sid=7", "https://a.example/x?sid=8"),
    ("https://a.example/x?ref=main", "https://a.example/x"),
    ("https://a.example/x?view=full", "https://a.example/x"),
    ("https://a.example/x?print=edition-7", "https://a.example/x"),
    ("https://a.example/#!/story/7", "https://a.example/#!/story/8"),
    ("https://a.example/guitar/amp", "https://a.example/guitar"),
    ("https://a.example/2025/print", "https://a.example/2025"),
    ("https://a.example/amp/marshall", "https://a.example/marshall"),
    ("https://a.example/amp", "https://a.example/"),
    ("https://a.example/index", "https://a.example/"),
    ("https://a.example/x;v=1", "https://a.example/x;v=2"),
    ("https://a.example/a%2Fb", "https://a.example/a/b"),
    ("https://a.example/x?q=a%26b", "https://a.example/x?q=a&b"),
    ("http://127.0.0.1/x", "http://0.0.1/x"),
];

fn key(text: &str) -> String {
    CanonicalUrl::parse(text).unwrap().key()
}

#[test]
fn each_url_has_one_spelling() {
    for (from, to) in SPELLINGS {
        let url = CanonicalUrl::parse(from).unwrap();
        assert_eq!(url.as_str(), *to, "{from}");
    }
}

#[test]
fn urls_of_one_page_share_a_key() {
    for (one, other) in SAME {
        assert_eq!(key(one), key(other), "{one} and {other}");
    }
}

#[test]
fn two_pages_never_share_a_key() {
    for (one, other) in OTHERS {
        assert_ne!(key(one), key(other), "{one} and {other}");
    }
}

#[test]
fn other_schemes_are_refused() {
    assert!(matches!(CanonicalUrl::parse("mailto:a@b.example"), Err(NotCanonical::Scheme { .. })));
    assert!(matches!(CanonicalUrl::parse("/relative"), Err(NotCanonical::Syntax { .. })));
}

/// URLs from the pieces that mean something, and from any characters.
fn urls() -> impl Strategy<Value = String> {
    let scheme = prop_oneof![Just("http"), Just("https")];
    let host = "(www\\.|m\\.|amp\\.|en\\.m\\.){0,2}[a-c]\\.example(:80|:443|:99)?";
    let part = prop_oneof![
        "[a-z0-9.;=_-]{0,6}",
        "[%a-fA-F0-9.]{0,6}",
        ".{0,4}",
        Just("amp".to_owned()),
        Just("print".to_owned()),
        Just("index.html".to_owned()),
        Just("x.amp.html".to_owned()),
        Just("..;jsessionid=1".to_owned()),
        Just("one-two-three".to_owned()),
    ];
    let pair = prop_oneof![
        "[a-c%=&+]{0,6}",
        ".{0,4}",
        Just("utm_source=a".to_owned()),
        Just("%75tm_source=a".to_owned()),
        Just("amp=1".to_owned()),
        Just("sid=0123456789abcdef0123456789abcdef".to_owned()),
    ];
    let parts = prop::collection::vec(part, 0..5);
    let pairs = prop::collection::vec(pair, 0..4);
    (scheme, host, parts, pairs, "(#!?.{0,3})?").prop_map(|(scheme, host, parts, pairs, fragment)| {
        format!("{scheme}://{host}/{}?{}{fragment}", parts.join("/"), pairs.join("&"))
    })
}

#[test]
fn a_percent_sign_that_encodes_nothing_never_begins_to() {
    for (path, expected) in [("%%30a", "%%30a"), ("%4%31", "%4%31"), ("%%34%31", "%%341"), ("%%67", "%g")] {
        let once = CanonicalUrl::parse(&format!("http://a.example/{path}")).unwrap();
        assert_eq!(once.as_str(), format!("http://a.example/{expected}"));
        assert_eq!(CanonicalUrl::parse(once.as_str()).unwrap(), once, "{path}");
    }
}

proptest! {
    #[test]
    fn canonicalising_is_idempotent(text in urls()) {
        if let Ok(url) = CanonicalUrl::parse(&text) {
            let again = CanonicalUrl::parse(url.as_str()).unwrap();
            prop_assert_eq!(&again, &url);
            prop_assert_eq!(again.key(), url.key());
        }
    }

    #[test]
    fn a_key_is_its_own_key(text in urls()) {
        if let Ok(url) = CanonicalUrl::parse(&text) {
            let key = url.key();
            let again = CanonicalUrl::parse(&format!("https://{key}")).unwrap();
            prop_assert_eq!(again.key(), key);
        }
    }
}
