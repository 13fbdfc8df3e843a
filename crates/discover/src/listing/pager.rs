//! The link to the next, older page of a listing.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use url::{Position, Url};

use super::page::Page;
use super::title::of_link;

/// What such links say, in lower case.
const NEXT: &[&str] = &[
    "next",
    "next page",
    "older",
    "older posts",
    "older entries",
    "older articles",
    "load more",
    "show more",
    "weiter",
    "nächste",
    "nächste seite",
    "ältere beiträge",
    "mehr laden",
    "mehr anzeigen",
    "suivant",
    "page suivante",
    "articles plus anciens",
    "siguiente",
    "página siguiente",
    "entradas antiguas",
    "próxima",
    "próxima página",
    "successiva",
    "pagina successiva",
    "avanti",
    "volgende",
    "nästa",
    "neste",
    "næste",
    "seuraava",
    "następna",
    "dalej",
    "další",
    "tovább",
    "следующая",
    "дальше",
    "далее",
    "наступна",
    "sonraki",
    "下一页",
    "下一頁",
    "次へ",
    "次のページ",
    "다음",
    "التالي",
    "הבא",
    "अगला",
];
/// A longer text, in bytes and without signs around it, says something else.
const LONGEST: usize = 40;
/// What may mean the next page where the link stays on the same path.
const MAYBE: &[&str] = &["more", "»", "›", "→", ">", ">>", "+", "⟩", "❯", "⟶", "➔", "▶", "▸"];
/// Signs that stand around it.
const SIGNS: &str = "…»›→>«⟩❯⟶➔▶▸";
/// What the names of numbered pages' parameters and path parts are.
const NUMBERED: &[&str] = &["page", "paged", "seite", "pagina", "strana", "pg"];

/// The next page: the one with the next number, or what the page declares as next, or what a link says is. Handbooks declare
/// the next chapter.
pub(super) fn next_page(page: &Page<'_>, declared: Option<Url>) -> Option<Url> {
    let own = number_of(page.url);
    let on_site = |url: &Url| url.host_str() == page.url.host_str();
    let numbered = page
        .targets
        .iter()
        .map(|target| &target.url)
        .filter(|url| on_site(url) && may_be_numbered(url))
        .find(|url| {
            let next = number_of(url);
            next.1 == own.1 && next.2 == own.2 && next.0 == Some(own.0.unwrap_or(1) + 1)
        });
    let said = || said(page).filter(|url| on_site(url)).cloned();
    numbered.cloned().or(declared).or_else(said)
}

/// Whether `url` is another page of the listing at `own`.
pub(super) fn is_page_of(own: &Url, url: &Url) -> bool {
    if url.host_str() != own.host_str() || !may_be_numbered(url) {
        return false;
    }
    let (own, other) = (number_of(own), number_of(url));
    other.0.is_some() && (other.1, other.2) == (own.1, own.2)
}

/// The target of a link that says "next" in one of many languages.
fn said<'p>(page: &'p Page<'_>) -> Option<&'p Url> {
    let mut lower = String::new();
    let mut says_next = |link: &usize| {
        let text = page.text_of(page.links[*link].element);
        let own = if text.is_empty() { of_link(page, *link) } else { String::new() };
        let text = if text.is_empty() { own.as_str() } else { text };
        let is_sign = |c: char| c.is_whitespace() || SIGNS.contains(c);
        if text.len() > LONGEST && text.trim_matches(is_sign).len() > LONGEST {
            return false;
        }
        lower.clear();
        lower.extend(text.chars().flat_map(char::to_lowercase));
        let words = lower.trim_matches(is_sign);
        let url = &page.targets[page.links[*link].target].url;
        NEXT.contains(&words) || (MAYBE.contains(&lower.as_str()) && url.path() == page.url.path())
    };
    let link = (0..page.links.len()).rev().find(|link| says_next(link))?;
    Some(&page.targets[page.links[link].target].url)
}

/// Whether a URL may have a page's number in it: few have.
fn may_be_numbered(url: &Url) -> bool {
    static NAMES: LazyLock<AhoCorasick> = LazyLock::new(|| {
        AhoCorasick::new(["pag", "seite", "strana", "pg", "index"])
            .expect("five short words make an automaton")
    });
    let text = &url[Position::BeforePath..];
    text.bytes().any(|byte| byte.is_ascii_digit()) && NAMES.is_match(text)
}

/// The number of a page, and its URL without it.
fn number_of(url: &Url) -> (Option<u32>, String, String) {
    let mut number = None;
    let mut path = Vec::new();
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let mut at = 0;
    while at < parts.len() {
        let digits = parts.get(at + 1).and_then(|next| next.parse().ok());
        let joined = joined_number(parts[at]);
        if at + 1 == parts.len() && is_index(parts[at]) {
            break;
        }
        if NUMBERED.contains(&parts[at]) && digits.is_some() {
            number = digits;
            at += 2;
        } else if joined.is_some() {
            number = joined;
            at += 1;
        } else {
            path.push(parts[at]);
            at += 1;
        }
    }
    let mut query = Vec::new();
    for (name, value) in url.query_pairs() {
        match value.parse() {
            Ok(value) if NUMBERED.contains(&&*name) => number = Some(value),
            _ => query.push(format!("{name}={value}")),
        }
    }
    (number, path.join("/"), query.join("&"))
}

/// The number in `page2`, `page-2.html`, `index2.html`. What counts `index-2.html` counts from the oldest.
fn joined_number(part: &str) -> Option<u32> {
    let name = part.split('.').next()?;
    let number = ["page-", "page", "index"].iter().find_map(|prefix| name.strip_prefix(prefix))?;
    number.parse().ok()
}

fn is_index(part: &str) -> bool {
    part.split('.').next() == Some("index")
}

#[cfg(test)]
mod tests {
    use super::*;
    use tearsheet_html::parse_html;

    fn check(url: &str, body: &str, next: Option<&str>) {
        let url = Url::parse(url).unwrap();
        let html = parse_html(body);
        assert_eq!(next_page(&Page::new(&html, &url), None).as_ref().map(Url::as_str), next, "{body}");
    }

    #[test]
    fn a_number_says_more_than_what_a_handbook_declares_as_next() {
        let url = Url::parse("https://a.example/").unwrap();
        let next = |body: &str| {
            next_page(&Page::new(&parse_html(body), &url), url.join("/about/").ok())
                .unwrap()
                .path()
                .to_owned()
        };
        assert_eq!(next("<a href='/page/2/'>2</a>"), "/page/2/");
        assert_eq!(next("<a href='/older/'>older posts</a>"), "/about/");
    }

    #[test]
    fn numbered_pages_follow_one_another() {
        let pager = "<a href='/news'>1</a><a href='/news?page=2'>2</a><a href='/news?page=3'>3</a>";
        check("https://a.example/news", pager, Some("https://a.example/news?page=2"));
        check("https://a.example/news?page=2", pager, Some("https://a.example/news?page=3"));
        check("https://a.example/news?page=3", pager, None);
        check("https://a.example/", "<a href='/index2.html'>⟩</a>", Some("https://a.example/index2.html"));
        let middle = "<a href='/'>⟨</a><a href='/index3.html'>⟩</a>";
        check("https://a.example/index2.html", middle, Some("https://a.example/index3.html"));
        let from_the_oldest =
            "<a href='/index-3.html'>Newer posts</a><a href='/index-1.html'>Older posts</a>";
        check("https://a.example/index-2.html", from_the_oldest, Some("https://a.example/index-1.html"));
        check("https://a.example/page/4/", "<a href='/page/5/'>5</a>", Some("https://a.example/page/5/"));
    }

    #[test]
    fn a_link_that_says_next_is_followed() {
        check(
            "https://a.example/",
            "<a href='?before=77'>Older posts →</a>",
            Some("https://a.example/?before=77"),
        );
        check("https://a.example/", "<a href='/x?c=9'>Nächste Seite</a>", Some("https://a.example/x?c=9"));
        check("https://a.example/", "<a href='https://b.example/'>Next</a>", None);
    }
}
