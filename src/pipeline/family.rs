//! The shape of articles' URLs, by which links of one kind are known.

use url::Url;

use crate::model::CanonicalUrl;

/// The shape of an article's URL: its host and the section in which it stands. Years are one section.
pub(super) fn family(url: &Url) -> Option<String> {
    let key = CanonicalUrl::of(url).ok()?.key();
    let path = key.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/');
    let host = parts.next().unwrap_or_default();
    let section = parts.next().filter(|_| parts.next().is_some()).unwrap_or_default();
    let is_number = !section.is_empty() && section.bytes().all(|byte| byte.is_ascii_digit());
    Some(format!("{host}/{}", if is_number { "#" } else { section }))
}
