//! Which picture an `img` is meant to show, and which show nothing.

use scraper::node::Element;
use url::Url;

use super::links::Links;
use super::tree::Attributes;
use crate::dom::attribute;

/// Attributes in which lazy loaders keep the real picture, best first.
const LAZY_SOURCES: &[&str] = &[
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-orig-file",
    "data-large-file",
    "data-hi-res-src",
    "data-full-src",
    "data-image",
    "data-img-src",
    "data-url",
    "data-echo",
    "data-defer-src",
    "data-actualsrc",
    "data-gallery-src",
    "data-pagespeed-lazy-src",
    "data-cfsrc",
    "data-lazy",
    "datasrc",
    "lazy-src",
];
/// Attributes in which lazy loaders keep a `srcset`.
const LAZY_SETS: &[&str] =
    &["data-srcset", "data-lazy-srcset", "data-original-set", "data-src-set", "lazy-srcset"];
/// What a file that shows nothing is called.
const BLANK_NAMES: &[&str] = &[
    "blank.",
    "spacer.",
    "pixel.",
    "placeholder",
    "transparent.",
    "1x1",
    "clear.gif",
    "loading.gif",
    "loader.",
    "spinner",
    "empty.gif",
    "empty.png",
    "grey.gif",
    "gray.gif",
    "lazyload",
    "lazy-load",
    "dot.gif",
    "trans.gif",
    "beacon",
];
/// A picture wide enough for a reader's screen; the smallest that is so wide is taken.
const WIDE_ENOUGH: u32 = 1200;
/// Pictures that are smaller than this are icons.
const ICON: u32 = 50;

/// A picture that is worth showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) url: Url,
    pub(super) alt: Option<String>,
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
    /// Too small to stand by itself.
    pub(super) is_icon: bool,
}

impl Picture {
    /// Those of its `img`.
    pub(super) fn attributes(&self) -> Attributes {
        let mut attributes =
            vec![("src", self.url.to_string()), ("alt", self.alt.clone().unwrap_or_default())];
        attributes.extend(self.width.map(|width| ("width", width.to_string())));
        attributes.extend(self.height.map(|height| ("height", height.to_string())));
        attributes
    }
}

/// The picture of `image`, looked for in `sources` (its siblings within a `picture`) too.
pub(super) fn picture(image: &Element, sources: &[&Element], links: &Links) -> Option<Picture> {
    let (width, height) = (length(image, "width"), length(image, "height"));
    if is_pixel(width, height) || is_hidden(image) {
        return None;
    }
    let url = source(image, sources, links)?;
    if is_blank(url.path()) {
        return None;
    }
    let alt = attribute(image, "alt").map(|alt| alt.split_whitespace().collect::<Vec<_>>().join(" "));
    let is_small = |length: Option<u32>| length.is_some_and(|length| length < ICON);
    let is_icon = is_small(width) || is_small(height) || is_of_interface(&url);
    Some(Picture { url, alt: alt.filter(|alt| !alt.is_empty()), width, height, is_icon })
}

/// Whether a picture is a button or a sign of a page, by the folder in which it lies.
fn is_of_interface(url: &Url) -> bool {
    const FOLDERS: &[&str] =
        &["buttons", "icons", "smilies", "smileys", "emoticons", "emoji", "statusicon", "statusicons"];
    url.path_segments().into_iter().flatten().any(|folder| FOLDERS.contains(&folder))
}

/// Whether an `object` or `embed` is a picture, by its type or its file.
pub(super) fn is_embedded(element: &Element) -> bool {
    const FILES: &[&str] = &[".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"];
    let file = || attribute(element, "data").or_else(|| attribute(element, "src")).unwrap_or_default();
    let path = || file().split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    matches!(element.name(), "object" | "embed")
        && (attribute(element, "type").is_some_and(|kind| kind.starts_with("image/"))
            || FILES.iter().any(|end| path().ends_with(end)))
}

/// The emoji that a picture stands for.
pub(super) fn emoji(image: &Element) -> Option<&str> {
    let alt = attribute(image, "alt")?.trim();
    let is_symbol = |c: char| c >= '\u{2190}' && !c.is_alphanumeric();
    (!alt.is_empty() && alt.chars().count() <= 8 && alt.chars().all(is_symbol)).then_some(alt)
}

fn source(image: &Element, sources: &[&Element], links: &Links) -> Option<Url> {
    let resolve = |value: &str| usable(value).then(|| links.resource(value)).flatten();
    let lazy = || LAZY_SOURCES.iter().filter_map(|name| attribute(image, name)).find_map(resolve);
    let plain = || ["src", "data"].iter().filter_map(|name| attribute(image, name)).find_map(resolve);
    let alternatives = |least| sources.iter().find_map(move |source| best_of(source, least, links));
    best_of(image, 0, links)
        .or_else(|| alternatives(WIDE_ENOUGH))
        .or_else(lazy)
        .or_else(plain)
        .or_else(|| alternatives(0))
}

/// The best of an element's `srcset`s, if it is at least so wide.
fn best_of(element: &Element, least: u32, links: &Links) -> Option<Url> {
    if attribute(element, "type") == Some("image/avif") {
        return None;
    }
    let sets = LAZY_SETS.iter().chain(&["srcset"]).filter_map(|name| attribute(element, name));
    sets.into_iter().find_map(|value| best_of_set(value, least, links))
}

/// Whether a source can be a picture's: no data, and no file that shows nothing.
fn usable(value: &str) -> bool {
    let value = value.trim();
    let scheme_is_fine =
        !value.starts_with("data:") && !value.starts_with("blob:") && !value.starts_with("about:");
    let is_name = !value.starts_with(['{', '[']) && !value.contains("{{") && value.contains(['.', '/']);
    scheme_is_fine && is_name && !is_blank(value.split(['?', '#']).next().unwrap_or_default())
}

fn is_blank(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    BLANK_NAMES.iter().any(|blank| name.contains(blank))
}

/// The candidate of a `srcset` to show: the smallest that is wide enough, else the largest, if it is `least` wide.
fn best_of_set(value: &str, least: u32, links: &Links) -> Option<Url> {
    let mut candidates: Vec<(u32, &str)> = candidates(value).filter(|(_, url)| usable(url)).collect();
    candidates.sort_by_key(|(width, _)| *width);
    let wide_enough = candidates.iter().find(|(width, _)| *width >= WIDE_ENOUGH);
    let best = wide_enough.or(candidates.last()).filter(|(width, _)| *width >= least);
    best.and_then(|(_, url)| links.resource(url))
}

/// The candidates of a `srcset` by width; a density counts as so many times 600 pixels. URLs may have commas in them
/// (HTML standard, section 4.8.4.2.1).
fn candidates(value: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut rest = value;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let url = &rest[..end];
        rest = &rest[end..];
        if url.ends_with(',') {
            return Some((0, url.trim_end_matches(',')));
        }
        let end = rest.find(',').unwrap_or(rest.len());
        let descriptor = rest[..end].trim();
        rest = &rest[end..];
        Some((width_of(descriptor), url))
    })
}

fn width_of(descriptor: &str) -> u32 {
    let part = descriptor.split_whitespace().next().unwrap_or_default();
    match (part.strip_suffix('w'), part.strip_suffix('x')) {
        (Some(width), _) => width.parse().unwrap_or(0),
        (_, Some(density)) => {
            density.parse::<f32>().map_or(0, |density| (density.clamp(0.0, 8.0) * 600.0) as u32)
        }
        _ => 0,
    }
}

/// A length in pixels from an attribute of that name or from the style.
fn length(image: &Element, name: &str) -> Option<u32> {
    let pixels = |value: &str| -> Option<u32> {
        let digits: String = value.trim().chars().take_while(char::is_ascii_digit).collect();
        let unit = value.trim()[digits.len()..].trim();
        if unit.is_empty() || unit.starts_with("px") || unit.starts_with('.') {
            digits.parse().ok()
        } else {
            None
        }
    };
    if let Some(value) = attribute(image, name).and_then(pixels) {
        return Some(value).filter(|value| *value <= 20_000);
    }
    let style = attribute(image, "style")?;
    let declared = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    declared.filter(|(property, _)| property.trim() == name).find_map(|(_, value)| pixels(value))
}

fn is_pixel(width: Option<u32>, height: Option<u32>) -> bool {
    matches!((width, height), (Some(0..=2), _) | (_, Some(0..=2)))
}

fn is_hidden(image: &Element) -> bool {
    attribute(image, "style").is_some_and(|style| {
        let style: String = style.split_whitespace().collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;

    fn check(html: &str, expected: Option<&str>) {
        let document = Html::parse_fragment(html);
        let select = |name| Selector::parse(name).unwrap();
        let (image, source) = (select("img"), select("source"));
        let sources: Vec<&Element> = document.select(&source).map(|source| source.value()).collect();
        let links = Links::new(&Url::parse("https://a.example/news/1").unwrap(), None);
        let found = picture(document.select(&image).next().unwrap().value(), &sources, &links);
        assert_eq!(found.as_ref().map(|picture| picture.url.as_str()), expected, "{html}");
    }

    #[test]
    fn a_lazy_picture_is_found_where_its_loader_keeps_it() {
        let expected = Some("https://a.example/p.jpg");
        check("<img src='data:image/gif;base64,R0' data-src='/p.jpg'>", expected);
        check("<img src='/img/spacer.gif' data-lazy-src='/p.jpg'>", expected);
        check("<img src='/tiny.jpg' data-srcset='/s.jpg 300w, /p.jpg 1600w, /huge.jpg 4000w'>", expected);
        check("<img srcset='/s.jpg 1x, /p.jpg 2x'>", expected);
        check("<picture><source srcset='/p.jpg'><img src='data:,'></picture>", expected);
        check("<img src='/p.jpg' data-src='{{lazy}}'>", expected);
        check(
            "<picture><source srcset='/s.webp 300w, /p.jpg 1600w'><img src='/tiny.jpg'></picture>",
            expected,
        );
        check("<picture><source srcset='/p.webp'><img src='/p.jpg'></picture>", expected);
    }

    #[test]
    fn a_comma_in_a_source_set_may_belong_to_the_url() {
        check(
            "<img srcset='/w_300,c_fill/s.jpg 300w, /w_900,c_fill/p.jpg 900w'>",
            Some("https://a.example/w_900,c_fill/p.jpg"),
        );
        check("<img srcset='/a.jpg, /p.jpg 2x'>", Some("https://a.example/p.jpg"));
    }

    #[test]
    fn pixels_and_placeholders_show_nothing() {
        check("<img src='https://count.example/hit' width=1 height=1>", None);
        check("<img src='/hit.gif' style='width:0px'>", None);
        check("<img src='/hit.gif' style='display: none'>", None);
        check("<img src='/img/pixel.gif'>", None);
        check("<img src='data:image/png;base64,xyz'>", None);
        check("<img>", None);
    }
}
