//! The lead image: the picture in the article where there is one, else the one it shows to others.

use std::collections::HashSet;

use ego_tree::NodeId;
use scraper::ElementRef;
use url::Url;

use super::json_ld::Entry;
use super::material::Marked;
use super::{Context, Found};
use crate::choice::Choice;
use crate::dom::attribute;
use crate::model::Image;
use crate::text::fold;

/// The least width of a picture, where it is known.
const LEAST: u32 = 200;

/// Attributes that lead to a picture; the last two to several.
const SOURCES: [&str; 6] = ["src", "data-src", "data-original", "data-lazy-src", "srcset", "data-srcset"];

/// Reads the lead image.
pub(super) fn read(found: &Found<'_, '_>, context: &Context<'_>) -> Choice<Image> {
    let material = found.material;
    let mut choice = Choice::new();
    let image =
        |href: &str| found.absolute(href).map(|url| Image { url, alt: None, width: None, height: None });
    let shown =
        material.meta("og:image").or(material.meta("og:image:url")).and_then(image).map(|image| Image {
            alt: material.meta("og:image:alt").map(fold),
            width: material.meta("og:image:width").and_then(|width| width.parse().ok()),
            height: material.meta("og:image:height").and_then(|height| height.parse().ok()),
            ..image
        });
    let described = of_json_ld(found);
    let declared: Vec<&Image> = shown.iter().chain(&described).collect();
    choice.add_at("img", like(found, &declared));
    let alone = declared.is_empty();
    choice.add("og:image", shown);
    choice.add("json-ld image", described);
    for name in
        ["twitter:image", "twitter:image:src", "parsely-image-url", "sailthru.image.full", "thumbnail"]
    {
        choice.add(name, material.meta(name).and_then(image));
    }
    if alone {
        choice.add_at("img", near_headline(found));
    }
    let link = material.links.iter().find(|(rel, _)| rel.eq_ignore_ascii_case("image_src"));
    choice.add("image_src", link.and_then(|(_, href)| image(href)));
    choice.add(
        "hint",
        context.hints.and_then(|hints| hints.image.as_ref()).and_then(|url| image(url.as_str())),
    );
    choice.doubt(|image: &Image| context.memory.has_standing_picture(&image.url));
    choice.lead("rule", context.rules.image());
    choice
}

fn of_json_ld(found: &Found<'_, '_>) -> Option<Image> {
    match found.article?.entries("image").into_iter().next()? {
        Entry::Text(href) => {
            found.absolute(href).map(|url| Image { url, alt: None, width: None, height: None })
        }
        Entry::Item(item) => Some(Image {
            url: found.absolute(&item.text("url").or_else(|| item.text("contentUrl"))?)?,
            alt: item.text("caption"),
            width: item.number("width"),
            height: item.number("height"),
        }),
    }
}

/// The picture in the page that is another rendition of one that the page declares.
fn like(found: &Found<'_, '_>, declared: &[&Image]) -> Option<(Image, NodeId)> {
    let known: HashSet<String> = declared.iter().flat_map(|image| marks(&image.url)).collect();
    if known.is_empty() {
        return None;
    }
    let images = found.material.images.iter().take(150).filter(|marked| says(marked, &known));
    let pictures = images.filter(|marked| !marked.place.nested).filter_map(|marked| {
        let alike = |url: &Url| marks(url).iter().any(|mark| known.contains(mark));
        let mut alike = renditions(found, marked).into_iter().filter(|(_, url)| alike(url));
        let first = alike.next()?;
        let (claimed, url) = alike.fold(first, |best, next| if next.0 > best.0 { next } else { best });
        let element = marked.element;
        if size(element, "width").is_some_and(|width| width < LEAST) {
            return None;
        }
        let (width, height) = (size(element, "width"), size(element, "height"));
        Some((claimed, Image { url, alt: alt(element), width, height }, element.id()))
    });
    let best = pictures.take(4).reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, image, at)| (image, at))
}

/// What is distinctive in an image's URL: its file's name without size and type, and the longer numbers and codes in it.
fn marks(url: &Url) -> Vec<String> {
    let path = url.path().to_ascii_lowercase();
    let codes = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        part.len() >= 7 && digits >= 3 && !is_size(part)
    });
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit() || "x-_".contains(c));
    codes.map(str::to_owned).chain((stem.len() >= 8).then(|| stem.to_owned())).collect()
}

/// Whether a part of a URL is `1200x630` or the like.
fn is_size(part: &str) -> bool {
    part.split_once('x').is_some_and(|(width, height)| {
        let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        number(width) && number(height)
    })
}

/// The width in a URL that has a size such as `1200x630` in it, or 1.
fn named_width(url: &Url) -> u32 {
    let parts = url.path().split(|c: char| !c.is_ascii_alphanumeric());
    parts.filter(|part| is_size(part)).find_map(|part| part.split_once('x')?.0.parse().ok()).unwrap_or(1)
}

/// Whether any source of a picture has one of the marks in it: only then is it worth resolving.
fn says(marked: &Marked<'_>, known: &HashSet<String>) -> bool {
    let siblings =
        marked.element.parent().into_iter().flat_map(|parent| parent.children().inspect(crate::effort::step));
    let elements = siblings
        .filter_map(ElementRef::wrap)
        .filter(|sibling| sibling.id() == marked.element.id() || sibling.value().name() == "source");
    let sources =
        elements.flat_map(|element| SOURCES.iter().filter_map(move |name| attribute(element.value(), name)));
    sources.filter(|source| !source.starts_with("data:")).any(|source| {
        let source = source.to_ascii_lowercase();
        known.iter().any(|mark| source.contains(mark.as_str()))
    })
}

/// The URLs of a picture, with the widths that they claim.
fn renditions(found: &Found<'_, '_>, marked: &Marked<'_>) -> Vec<(u32, Url)> {
    let mut out = Vec::new();
    let siblings =
        marked.element.parent().into_iter().flat_map(|parent| parent.children().inspect(crate::effort::step));
    let sources = siblings.filter_map(ElementRef::wrap).filter(|sibling| sibling.value().name() == "source");
    for element in std::iter::once(marked.element).chain(sources.take(12)) {
        for name in &SOURCES[..4] {
            let source = attribute(element.value(), name).filter(|source| !source.starts_with("data:"));
            let url = source.and_then(|source| found.absolute(source));
            out.extend(url.map(|url| (named_width(&url), url)));
        }
        for name in &SOURCES[4..] {
            for entry in attribute(element.value(), name).unwrap_or_default().split(", ").take(20) {
                let mut parts = entry.split_whitespace();
                let url = parts.next().and_then(|source| found.absolute(source.trim_end_matches(',')));
                let width = parts.next().and_then(|width| width.strip_suffix('w')?.parse().ok()).unwrap_or(0);
                out.extend(url.map(|url| (named_width(&url).max(width), url)));
            }
        }
    }
    out
}

fn size(element: ElementRef<'_>, name: &str) -> Option<u32> {
    attribute(element.value(), name).and_then(|size| size.trim_end_matches("px").parse().ok())
}

fn alt(element: ElementRef<'_>) -> Option<String> {
    attribute(element.value(), "alt").map(fold).filter(|alt| !alt.is_empty())
}

/// The first picture of size near the headline.
fn near_headline(found: &Found<'_, '_>) -> Option<(Image, NodeId)> {
    let order = found.headline_order?;
    let images = found.material.images.iter().filter(|marked| !marked.place.aside && !marked.place.nested);
    images
        .filter(|marked| marked.place.order + 40 > order && marked.place.order < order + 120)
        .find_map(|marked| Some((picture(found, marked)?, marked.element.id())))
}

fn picture(found: &Found<'_, '_>, marked: &Marked<'_>) -> Option<Image> {
    let element = marked.element;
    let (width, height) = (size(element, "width"), size(element, "height"));
    if width.is_some_and(|width| width < LEAST) || height.is_some_and(|height| height < 120) {
        return None;
    }
    let (_, url) = renditions(found, marked).into_iter().next()?;
    let decoration = ["avatar", "logo", "placeholder", "icon", "spacer", "author"];
    let path = url.path().to_ascii_lowercase();
    if path.ends_with(".svg") || decoration.iter().any(|word| path.contains(word)) {
        return None;
    }
    Some(Image { url, alt: alt(element), width, height })
}
