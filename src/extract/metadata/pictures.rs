//! The lead image: the picture in the article where there is one, else the one it shows to others.

use super::choice::Choice;
use super::json_ld::Entry;
use super::material::Marked;
use super::text::fold;
use super::{Context, Found};
use crate::model::Image;

/// Reads the lead image.
pub(super) fn read(found: &Found<'_, '_>, context: &Context<'_>) -> Choice<Image> {
    let material = found.material;
    let mut choice = Choice::new();
    let image =
        |href: &str| found.absolute(href).map(|url| Image { url, alt: None, width: None, height: None });
    choice.add("img", in_article(found));
    let shown =
        material.meta("og:image").or(material.meta("og:image:url")).and_then(image).map(|image| Image {
            alt: material.meta("og:image:alt").map(fold),
            width: material.meta("og:image:width").and_then(|width| width.parse().ok()),
            height: material.meta("og:image:height").and_then(|height| height.parse().ok()),
            ..image
        });
    choice.add("og:image", shown);
    choice.add("json-ld image", of_json_ld(found));
    for name in
        ["twitter:image", "twitter:image:src", "parsely-image-url", "sailthru.image.full", "thumbnail"]
    {
        choice.add(name, material.meta(name).and_then(image));
    }
    let link = material.links.iter().find(|(rel, _)| rel.eq_ignore_ascii_case("image_src"));
    choice.add("image_src", link.and_then(|(_, href)| image(href)));
    choice.add(
        "hint",
        context.hints.and_then(|hints| hints.image.as_ref()).and_then(|url| image(url.as_str())),
    );
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

/// The first picture of size near the headline.
fn in_article(found: &Found<'_, '_>) -> Option<Image> {
    let order = found.headline_order?;
    found
        .material
        .images
        .iter()
        .filter(|marked| {
            !marked.place.aside
                && !marked.place.nested
                && marked.place.order + 40 > order
                && marked.place.order < order + 120
        })
        .find_map(|marked| picture(found, marked))
}

fn picture(found: &Found<'_, '_>, marked: &Marked<'_>) -> Option<Image> {
    let element = marked.element;
    let size =
        |name: &str| element.attr(name).and_then(|size| size.trim_end_matches("px").parse::<u32>().ok());
    let (width, height) = (size("width"), size("height"));
    if width.is_some_and(|width| width < 200) || height.is_some_and(|height| height < 120) {
        return None;
    }
    let source = ["data-src", "data-original", "data-lazy-src", "src"]
        .iter()
        .find_map(|name| element.attr(name))
        .filter(|src| !src.starts_with("data:"))?;
    if source.ends_with(".svg") || source.contains("avatar") || source.contains("logo") {
        return None;
    }
    Some(Image {
        url: found.absolute(source)?,
        alt: element.attr("alt").map(fold).filter(|alt| !alt.is_empty()),
        width,
        height,
    })
}
