//! The class names of a page: which of them are shared by elements of a kind, and hashes of names.

use scraper::Html;

use super::page::attribute;

/// How often each class name is used, by its hash.
pub(super) struct Classes(Vec<u64>);

impl Classes {
    pub(super) fn of(html: &Html) -> Classes {
        let elements = html.tree.nodes().filter_map(|node| node.value().as_element());
        let classes = elements.filter_map(|element| attribute(element, "class"));
        let mut names: Vec<u64> =
            classes.flat_map(str::split_ascii_whitespace).map(|name| mix(0, name)).collect();
        names.sort_unstable();
        Classes(names)
    }

    /// Whether a name is used more than twice.
    pub(super) fn is_common(&self, name: u64) -> bool {
        let at = self.0.partition_point(|known| *known < name);
        self.0.get(at + 2) == Some(&name)
    }
}

/// A hash of `text` that goes on from `seed` (FNV-1a). What collides is taken for the same place, no more.
pub(super) fn mix(seed: u64, text: &str) -> u64 {
    let start = seed.rotate_left(5) ^ 0xCBF2_9CE4_8422_2325;
    text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
