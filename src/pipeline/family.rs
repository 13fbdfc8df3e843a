//! The shape of articles' URLs, by which links of one kind are known.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use crate::model::CanonicalUrl;

/// The families of a source's articles. Where they stand in several sections of one host, articles of its other sections
/// whose addresses have the same form belong to it too.
pub(super) fn families<'a>(articles: impl Iterator<Item = &'a Url>) -> BTreeSet<String> {
    let mut families = BTreeSet::new();
    let mut forms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for url in articles {
        let Some(family) = family(url) else { continue };
        if is_in_a_section(&family) {
            forms.entry(form(url)).or_default().insert(family.clone());
        }
        families.insert(family);
    }
    families.extend(forms.into_iter().filter(|(_, sections)| sections.len() > 1).map(|(form, _)| form));
    families
}

/// Whether an article is of one of these `families`.
pub(super) fn is_of(url: &Url, families: &BTreeSet<String>) -> bool {
    family(url).is_some_and(|family| {
        families.contains(&family) || is_in_a_section(&family) && families.contains(&form(url))
    })
}

fn is_in_a_section(family: &str) -> bool {
    !family.ends_with(['/', '#'])
}

/// The form of an address of some section: its host, how deep it is, and how it ends.
fn form(url: &Url) -> String {
    let path = url.path().trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default();
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    format!("{}/*/{} {end}", url.host_str().unwrap_or_default(), path.matches('/').count())
}

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
