//! The class names of a page: which of them are shared by elements of a kind, and hashes of names.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

/// The values of `class` on a page, each numbered once, and how often each name in them is used.
#[derive(Default)]
pub(super) struct Classes<'a> {
    numbers: FxHashMap<&'a str, u32>,
    /// Of each value, how often it is used, and its names.
    values: Vec<(u32, &'a str)>,
}

impl<'a> Classes<'a> {
    /// The number of a value, which is used once more.
    pub(super) fn add(&mut self, value: &'a str) -> u32 {
        if self.values.is_empty() {
            self.values.push((0, ""));
        }
        if value.is_empty() {
            return 0;
        }
        let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(value).or_insert(next);
        if number == next {
            self.values.push((0, value));
        }
        self.values[number as usize].0 += 1;
        number
    }

    /// For each value a hash of those of its names that are used more than twice. A class that is used once or twice is
    /// an item's own, as `post-1234` is.
    pub(super) fn common(&self) -> Vec<u64> {
        let mut uses: FxHashMap<u64, u32> = FxHashMap::default();
        let names = |value: &'a str| value.split_ascii_whitespace().map(|name| mix(0, name));
        for &(times, value) in &self.values {
            names(value).for_each(|name| *uses.entry(name).or_default() += times);
        }
        let common = |value| names(value).filter(|name| uses[name] > 2).fold(0, u64::wrapping_add);
        self.values.iter().map(|&(_, value)| common(value)).collect()
    }
}

/// A hash of `text` that goes on from `seed`. What collides is taken for the same place, no more.
pub(super) fn mix(seed: u64, text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(seed);
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// A hash that goes on from `seed` with another hash.
pub(super) fn mix_hash(seed: u64, hash: u64) -> u64 {
    (seed.rotate_left(5) ^ hash).wrapping_mul(0x517C_C1B7_2722_0A95)
}
