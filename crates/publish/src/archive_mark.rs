//! How an archive document says that it is one (RFC 5005, section 4): `fh:archive`.

use std::collections::BTreeMap;

/// The extension's prefix and namespace.
pub(super) fn namespace() -> (String, String) {
    ("fh".to_owned(), "http://purl.org/syndication/history/1.0".to_owned())
}

/// The element as an extension map, made by `extension` of a name and attributes.
pub(super) fn element<E>(
    extension: impl Fn(String, BTreeMap<String, String>) -> E,
) -> BTreeMap<String, BTreeMap<String, Vec<E>>> {
    let element = extension("fh:archive".to_owned(), BTreeMap::new());
    BTreeMap::from([("fh".to_owned(), BTreeMap::from([("archive".to_owned(), vec![element])]))])
}
