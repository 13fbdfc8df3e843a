//! The pictures of an item, and the files that are attached to it.

use url::Url;

use super::markup::{fields, links, url_in};
use super::{MOST_ENCLOSURES, web_url};
use crate::discover::xml::{Field, Record};
use crate::model::Enclosure;

pub(super) const IMAGES: &[&str] =
    &["media:thumbnail", "media:content", "enclosure", "link", "image", "itunes:image", "media:group"];

/// What is attached to an item, each file once.
pub(super) fn enclosures(base: &Url, record: &Record) -> Vec<Enclosure> {
    let grouped: Vec<Field> =
        fields(record, "media:group").flat_map(|group| group.elements("content")).collect();
    let media = fields(record, "media:content").chain(&grouped).filter(|field| !is_image(field));
    let named = |field: &Field, target: &str| {
        Some(Enclosure {
            url: url_in(base, field, field.attribute(target)?)?,
            media_type: field
                .attribute("type")
                .map(str::trim)
                .filter(|kind| !kind.is_empty())
                .map(str::to_owned),
            length: ["length", "filesize"]
                .iter()
                .find_map(|name| field.attribute(name)?.trim().parse().ok())
                .filter(|length| *length > 0),
        })
    };
    let all = fields(record, "enclosure")
        .chain(media)
        .filter_map(|field| named(field, "url"))
        .chain(links(record, "enclosure").filter_map(|field| named(field, "href")));
    let mut found: Vec<Enclosure> = Vec::new();
    for enclosure in all {
        if found.len() < MOST_ENCLOSURES && found.iter().all(|known| known.url != enclosure.url) {
            found.push(enclosure);
        }
    }
    found
}

fn is_image(field: &Field) -> bool {
    field.attribute("type").or(field.attribute("medium")).is_some_and(|kind| kind.starts_with("image"))
}

/// The picture that an item names.
pub(super) fn image(base: &Url, record: &Record) -> Option<Url> {
    IMAGES.iter().flat_map(|name| fields(record, name)).find_map(|field| {
        let is_image = is_image(field);
        let target = match field.name.as_str() {
            "media:thumbnail" => field.attribute("url"),
            "media:content" | "enclosure" if is_image => field.attribute("url"),
            "link" if is_image && field.attribute("rel") == Some("enclosure") => field.attribute("href"),
            "itunes:image" => field.attribute("href"),
            "image" => return web_url(base, field.inner("url").first().unwrap_or(&field.text)),
            "media:group" => return image_of_group(base, field),
            _ => None,
        };
        web_url(base, target?)
    })
}

fn image_of_group(base: &Url, group: &Field) -> Option<Url> {
    let thumbnail = group.elements("thumbnail").into_iter();
    let mut images = thumbnail.chain(group.elements("content").into_iter().filter(is_image));
    images.find_map(|image| web_url(base, image.attribute("url")?))
}

/// The first picture in its text.
pub(super) fn first_image(base: &Url, html: &str) -> Option<Url> {
    if !html.contains("<img") {
        return None;
    }
    let page = tearsheet_html::parse_html(html);
    let mut elements = page.tree.nodes().filter_map(|node| node.value().as_element());
    elements.find(|element| element.name() == "img").and_then(|image| web_url(base, image.attr("src")?))
}
