//! Where a page sends its reader on to, instead of having something for them to read.

use std::sync::LazyLock;

use regex::Regex;
use scraper::{ElementRef, Html, Node};
use tearsheet_html::{charset, parse_html};
use url::Url;

use crate::Page;

/// How many seconds a page that only sends its reader on may wait. One that waits longer is there to be read.
const SOON: u64 = 5;
/// How many bytes of a page are searched for a refresh.
const HEAD: usize = 64 * 1024;
/// The most bytes, and the most letters of text, of a page whose scripts are asked where it leads.
const SMALL: usize = 16 * 1024;
const FEW_LETTERS: usize = 300;

/// A script going to a URL that it names. The last group is there if the URL goes on after its quotes.
static GOES_TO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"\blocation(?:\s*\.\s*href)?\s*=\s*["']([^"'\s]+)["']\s*(\+)?"#,
        r#"|\blocation\s*\.\s*(?:replace|assign)\s*\(\s*["']([^"'\s]+)["']\s*(\+)?"#
    ))
    .expect("the pattern is valid")
});
/// What makes a script's going somewhere depend on something.
static DEPENDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\bif\b|\bswitch\b|\bfunction\s+\w|\bon[a-z]+\s*=").expect("the pattern is valid")
});

/// Where `page` sends its reader at once, if that is another page: by its `Refresh` header, whose value is `refresh`;
/// by `<meta http-equiv=refresh>` (HTML, section 4.2.5.3); or, where it has hardly any text, by its scripts, if there
/// is but one place to which they go.
#[must_use]
pub fn forward(page: &Page<'_>, refresh: Option<&str>) -> Option<Url> {
    let join = |target: &str| page.url.join(target).ok();
    let by_header = refresh.and_then(target).and_then(join);
    let target = by_header.or_else(|| forward_of_document(page))?;
    let mut here = page.url.clone();
    here.set_fragment(None);
    let mut there = target;
    there.set_fragment(None);
    (matches!(there.scheme(), "http" | "https") && there != here).then_some(there)
}

fn forward_of_document(page: &Page<'_>) -> Option<Url> {
    let head = &page.bytes[..page.bytes.len().min(HEAD)];
    let may_refresh = contains(head, b"http-equiv") && contains(head, b"refresh");
    let may_go = page.bytes.len() <= SMALL && contains(page.bytes, b"location");
    if !may_refresh && !may_go {
        return None;
    }
    let decoded = charset::decode(page.bytes, page.content_type).ok()?;
    let document = parse_html(&decoded.text);
    let attributes = |name: &'static str| {
        let elements = document.tree.nodes().filter_map(|node| node.value().as_element());
        elements.filter(move |element| element.name() == name)
    };
    let base = attributes("base").find_map(|base| page.url.join(base.attr("href")?).ok());
    let base = base.as_ref().unwrap_or(page.url);
    let is_refresh = |value: &str| value.trim().eq_ignore_ascii_case("refresh");
    let refresh = attributes("meta")
        .filter(|meta| meta.attr("http-equiv").is_some_and(is_refresh))
        .find_map(|meta| target(meta.attr("content")?));
    match refresh {
        Some(target) => base.join(target).ok(),
        None if may_go && letters(&document) <= FEW_LETTERS => base.join(&script_target(&document)?).ok(),
        None => None,
    }
}

/// The URL in the value of a refresh, if it comes soon. Without a URL the page is only loaded again.
fn target(refresh: &str) -> Option<&str> {
    let (seconds, rest) = refresh.trim_start().split_once([';', ','])?;
    let seconds = seconds.trim().split('.').next()?;
    if !seconds.is_empty() && seconds.parse::<u64>().ok()? > SOON {
        return None;
    }
    let rest = rest.trim_start();
    let is_named = rest.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("url"));
    let named = rest.get(3..).filter(|_| is_named).and_then(|rest| rest.trim_start().strip_prefix('='));
    let url = named.unwrap_or(rest).trim_start();
    let url = match url.chars().next() {
        Some(quote @ ('"' | '\'')) => url[1..].split(quote).next()?,
        _ => url,
    };
    Some(url.trim()).filter(|url| !url.is_empty())
}

/// How many letters and digits of text a reader sees.
fn letters(document: &Html) -> usize {
    let hidden = ["head", "script", "style", "noscript", "template", "title"];
    let is_hidden = |node: ego_tree::NodeRef<'_, Node>| {
        let mut above =
            node.ancestors().inspect(crate::effort::step).filter_map(|node| node.value().as_element());
        above.any(|element| hidden.contains(&element.name()))
    };
    let texts = document.tree.nodes().filter_map(|node| Some((node, node.value().as_text()?)));
    let shown = texts.filter(|(node, _)| !is_hidden(*node));
    shown.map(|(_, text)| text.chars().filter(|char| char.is_alphanumeric()).count()).sum()
}

/// The one URL to which the scripts of `document` go, whatever happens.
fn script_target(document: &Html) -> Option<String> {
    let elements = document.tree.nodes().filter_map(ElementRef::wrap);
    let scripts: String = elements
        .filter(|element| element.value().name() == "script")
        .flat_map(|script| script.text())
        .collect();
    if DEPENDS.is_match(&scripts) {
        return None;
    }
    let mut targets = Vec::new();
    for found in GOES_TO.captures_iter(&scripts) {
        if found.get(2).or_else(|| found.get(4)).is_some() {
            return None;
        }
        targets.push(found.get(1).or_else(|| found.get(3))?.as_str());
    }
    targets.dedup();
    let [target] = targets[..] else { return None };
    Some(target.replace(r"\/", "/"))
}

/// Whether `bytes` contain `word`, which is in lower case, in any case.
fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|piece| piece.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(html: &str, refresh: Option<&str>) -> Option<String> {
        let url = Url::parse("https://a.example/old/page").unwrap();
        let page =
            Page { url: &url, content_type: None, bytes: html.as_bytes(), captured_at: None, hints: None };
        forward(&page, refresh).map(String::from)
    }

    #[test]
    fn a_refresh_that_comes_soon_leads_on() {
        for (value, target) in [
            ("0; url=/new", Some("https://a.example/new")),
            ("0;URL='/new'", Some("https://a.example/new")),
            (" 1.5 , Url = \"new\" trailing", Some("https://a.example/old/new")),
            ("0; /new#part", Some("https://a.example/new")),
            ("; url=//b.example/", Some("https://b.example/")),
            ("300; url=/new", None),
            ("0", None),
            ("0; url=", None),
            ("0; url=/old/page#top", None),
            ("0; url=javascript:go()", None),
            ("soon; url=/new", None),
            ("0; ä", Some("https://a.example/old/%C3%A4")),
        ] {
            assert_eq!(forwarded("<p>Moved", Some(value)).as_deref(), target, "header {value}");
            let html = format!("<meta HTTP-EQUIV=Refresh content=\"{}\">", value.replace('"', "&quot;"));
            assert_eq!(forwarded(&html, None).as_deref(), target, "{html}");
        }
    }

    #[test]
    fn what_only_readers_without_scripts_are_sent_to_is_not_followed() {
        let html =
            "<head><noscript><meta http-equiv=refresh content='0;url=/plain'></noscript></head><p>Text";
        assert_eq!(forwarded(html, None), None);
    }

    #[test]
    fn a_page_without_text_leads_where_its_script_goes() {
        for (script, target) in [
            ("window.location.replace('/new')", Some("https://a.example/new")),
            ("setTimeout(function () { location.href = \"\\/new\" }, 0)", Some("https://a.example/new")),
            ("top.location='/new'; window.location = '/new'", Some("https://a.example/new")),
            ("location.assign('/new'); location.assign('/newer')", None),
            ("if (narrow) location = '/m/page'", None),
            ("location = '/new?from=' + here", None),
            ("function go() { location = '/new' }", None),
            ("var location_of = '/new'", None),
        ] {
            let page = |text: &str| format!("<title>Moved</title><p>{text}</p><script>{script}</script>");
            assert_eq!(forwarded(&page("One moment"), None).as_deref(), target, "{script}");
            assert_eq!(forwarded(&page(&"The tide was out. ".repeat(30)), None), None, "{script}");
        }
    }

    #[test]
    fn a_base_is_heeded() {
        let html = "<base href='/b/'><meta http-equiv=refresh content='0;url=new'>";
        assert_eq!(forwarded(html, None).as_deref(), Some("https://a.example/b/new"));
    }
}
