//! The lead image in Media RSS (<https://www.rssboard.org/media-rss>), which readers show beside a title. It is a
//! thumbnail: what a feed calls content, players take for an episode.

use std::collections::BTreeMap;

use super::values::Picture;

/// The extension's prefix and namespace.
pub(super) fn namespace() -> (String, String) {
    ("media".to_owned(), "http://search.yahoo.com/mrss/".to_owned())
}

/// `media:thumbnail` as an extension map, of elements that `extension` makes of a name and attributes.
pub(super) fn thumbnail<E>(
    picture: &Picture,
    extension: impl Fn(String, BTreeMap<String, String>) -> E,
) -> BTreeMap<String, BTreeMap<String, Vec<E>>> {
    let sizes = [("width", picture.width), ("height", picture.height)];
    let sizes = sizes.into_iter().filter_map(|(name, size)| Some((name, size?.to_string())));
    let attributes = std::iter::once(("url", picture.url.to_string()))
        .chain(sizes)
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let element = extension("media:thumbnail".to_owned(), attributes);
    BTreeMap::from([("media".to_owned(), BTreeMap::from([("thumbnail".to_owned(), vec![element])]))])
}
