//! Whether a heading speaks of the article, or of the site whose frame it stands in.

use scraper::ElementRef;

use crate::dom::attribute;
use crate::metadata::material::Marked;

/// Words in the class or id of what shows the site's name.
const OF_THE_SITE: &[&str] =
    &["blogname", "blogtitle", "brand", "branding", "logo", "masthead", "sitename", "sitetitle", "wordmark"];
/// Words in the class or id of a block, around a heading, that is not of the article.
const FRAMES: &[&str] = &[
    "banner",
    "consent",
    "cookie",
    "cookies",
    "dialog",
    "drawer",
    "hamburger",
    "login",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "offcanvas",
    "popup",
    "search",
    "topbar",
];
/// How far up a frame is looked for.
const MOST_AROUND: usize = 8;
/// Elements in a block that are looked at.
const MOST_INSIDE: usize = 400;
/// A text of this length, in bytes, is one to read.
const TEXT: usize = 160;

/// Whether a heading is the site's: its logo, the head of a menu, or in a header of the page beside a menu.
pub(super) fn is_of_the_site(heading: &Marked<'_>) -> bool {
    let element = heading.element;
    if links_home(element) || says(element, OF_THE_SITE) {
        return true;
    }
    let around =
        element.ancestors().inspect(crate::effort::step).filter_map(ElementRef::wrap).take(MOST_AROUND);
    let mut around =
        around.take_while(|outer| !matches!(outer.value().name(), "article" | "main" | "body" | "html"));
    around.any(|outer| {
        let frame = says(outer, OF_THE_SITE)
            || says(outer, FRAMES)
            || outer.value().name() == "header" && !heading.place.main && has_menu(outer);
        frame && !holds_text(outer)
    })
}

/// Whether a heading is a link to the site's home.
fn links_home(heading: ElementRef<'_>) -> bool {
    let link = heading
        .descendants()
        .inspect(crate::effort::step)
        .take(6)
        .filter_map(ElementRef::wrap)
        .find(|inner| inner.value().name() == "a");
    link.and_then(|link| link.attr("href")).is_some_and(leads_home)
}

/// Whether class or id of `element` has one of `words`, whole or written with a sign inside: `site-title`.
pub(in crate::metadata) fn says(element: ElementRef<'_>, words: &[&str]) -> bool {
    let named = |name: &str| {
        let joined: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let joined = joined.to_ascii_lowercase();
        let mut parts = name.split(|c: char| !c.is_ascii_alphanumeric());
        words.contains(&joined.as_str())
            || parts.any(|part| words.contains(&part.to_ascii_lowercase().as_str()))
    };
    ["class", "id"]
        .iter()
        .filter_map(|name| attribute(element.value(), name))
        .any(|names| names.split_ascii_whitespace().any(named))
}

/// Whether `element` shows the site's name, as far as its class and id say.
pub(in crate::metadata) fn shows_the_site(element: ElementRef<'_>) -> bool {
    says(element, OF_THE_SITE)
}

/// Whether a link leads to the home of a site.
pub(in crate::metadata) fn leads_home(href: &str) -> bool {
    let href = href.trim();
    let path =
        href.split_once("://").map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = path.split(['?', '#']).next().unwrap_or_default();
    matches!(path.trim_matches('/'), "" | "index" | "index.html" | "index.htm" | "index.php")
        && !href.is_empty()
        && !href.starts_with(['#', '?'])
}

fn has_menu(header: ElementRef<'_>) -> bool {
    let mut inside =
        header.descendants().inspect(crate::effort::step).take(MOST_INSIDE).filter_map(ElementRef::wrap);
    inside.any(|inner| inner.value().name() == "nav")
}

fn holds_text(element: ElementRef<'_>) -> bool {
    let mut inside = element.descendants().inspect(crate::effort::step).take(MOST_INSIDE);
    inside.any(|node| node.value().as_text().is_some_and(|text| text.trim().len() >= TEXT))
}
