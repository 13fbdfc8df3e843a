//! Links that leave the page and links within it.

use std::collections::HashSet;

use url::Url;

use super::tree::{Id, ROOT, Tree};

/// What a fragment in the clean document begins with, so that it meets no other on the page that shows it.
const PREFIX: &str = "note-";

/// Makes a page's links absolute.
#[derive(Clone, Debug)]
pub(super) struct Links {
    page: Url,
    base: Url,
}

impl Links {
    /// For a page at `page` whose `<base>` says `base`.
    pub(super) fn new(page: &Url, base: Option<&str>) -> Links {
        let base = base
            .and_then(|base| page.join(base.trim()).ok())
            .filter(|base| matches!(base.scheme(), "http" | "https"))
            .unwrap_or_else(|| page.clone());
        Links { page: page.clone(), base }
    }

    /// The `http` or `https` URL that `reference` names.
    pub(super) fn resource(&self, reference: &str) -> Option<Url> {
        let reference = reference.trim();
        if reference.is_empty() {
            return None;
        }
        let url = self.base.join(reference).ok()?;
        (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
    }

    /// What a link to `reference` should say: a local fragment, or an absolute URL that a reader may follow.
    pub(super) fn href(&self, reference: &str) -> Option<String> {
        let reference = reference.trim();
        if let Some(fragment) = reference.strip_prefix('#') {
            return local(fragment);
        }
        if reference.is_empty() {
            return None;
        }
        let url = self.base.join(reference).ok()?;
        match url.scheme() {
            "http" | "https" if url.has_host() => {
                if let Some(fragment) = url.fragment()
                    && !fragment.is_empty()
                    && same_document(&url, &self.page)
                {
                    return local(fragment);
                }
                Some(url.into())
            }
            "mailto" | "tel" => Some(url.into()),
            _ => None,
        }
    }
}

fn same_document(one: &Url, other: &Url) -> bool {
    let (mut one, mut other) = (one.clone(), other.clone());
    one.set_fragment(None);
    other.set_fragment(None);
    one == other
}

fn local(fragment: &str) -> Option<String> {
    (!fragment.is_empty()).then(|| format!("#{}", anchor(fragment)))
}

/// The id in the clean document of the element that is called `id` on the page.
pub(super) fn anchor(id: &str) -> String {
    let id: String = id.split_whitespace().collect();
    if id.starts_with(PREFIX) { id } else { format!("{PREFIX}{id}") }
}

/// Keeps an id only where a link leads to it, and a link within the page only where its target is; the others lead to
/// the page itself.
pub(super) fn settle(tree: &mut Tree, links: &Links) {
    let mut targets = HashSet::new();
    let mut references = HashSet::new();
    for id in tree.subtree(ROOT) {
        if let Some(target) = tree.attribute(id, "id") {
            targets.insert(target.to_owned());
        }
        if let Some(fragment) = tree.attribute(id, "href").and_then(|href| href.strip_prefix('#')) {
            references.insert(fragment.to_owned());
        }
    }
    let mut seen = HashSet::new();
    let all: Vec<Id> = tree.subtree(ROOT).collect();
    for id in all {
        for (name, value) in &mut tree.node_mut(id).attributes {
            if *name == "href"
                && let Some(fragment) = value.strip_prefix('#')
                && !targets.contains(fragment)
            {
                let mut url = links.page.clone();
                url.set_fragment(Some(fragment.strip_prefix(PREFIX).unwrap_or(fragment)));
                *value = url.into();
            }
        }
        tree.node_mut(id).attributes.retain(|(name, value)| {
            *name != "id" || (references.contains(value) && seen.insert(value.clone()))
        });
    }
}
