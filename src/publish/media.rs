//! The lead image in Media RSS (<https://www.rssboard.org/media-rss>), which readers show beside a title. An enclosure
//! would have to name its length, which we do not know.

use std::collections::BTreeMap;

use super::addresses::uri;
use crate::model::Image;

/// The extension's prefix and namespace.
pub(super) fn namespace() -> (String, String) {
    ("media".to_owned(), "http://search.yahoo.com/mrss/".to_owned())
}

/// `media:content` as an extension map, of elements that `extension` makes of a name and attributes.
pub(super) fn content<E>(
    image: &Image,
    extension: impl Fn(String, BTreeMap<String, String>) -> E,
) -> BTreeMap<String, BTreeMap<String, Vec<E>>> {
    let sizes = [("width", image.width), ("height", image.height)];
    let sizes =
        sizes.into_iter().filter_map(|(name, size)| Some((name, size.filter(|&size| size > 0)?.to_string())));
    let attributes = [("url", uri(&image.url)), ("medium", "image".to_owned())]
        .into_iter()
        .chain(sizes)
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let element = extension("media:content".to_owned(), attributes);
    BTreeMap::from([("media".to_owned(), BTreeMap::from([("content".to_owned(), vec![element])]))])
}
