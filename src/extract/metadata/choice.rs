//! One field's sources in their order: the first that has a value wins, and the others are remembered.

use crate::model::Provenance;

/// The most sources that a field remembers to have beaten.
const MOST: usize = 12;
/// Characters of a beaten value that are kept.
const MOST_TEXT: usize = 200;

/// The values that sources gave for one field, best first.
#[derive(Debug)]
pub(in crate::extract) struct Choice<T> {
    values: Vec<(&'static str, T)>,
}

impl<T> Choice<T> {
    pub(in crate::extract) fn new() -> Choice<T> {
        Choice { values: Vec::new() }
    }

    /// Adds what the next best source says, if it says anything.
    pub(in crate::extract) fn add(&mut self, from: &'static str, value: Option<T>) {
        self.values.extend(value.map(|value| (from, value)));
    }

    /// Adds, before all others, what a better source says, if it says anything.
    pub(in crate::extract) fn lead(&mut self, from: &'static str, value: Option<T>) {
        self.values.splice(0..0, value.map(|value| (from, value)));
    }

    /// Adds several values of one source.
    pub(in crate::extract) fn add_all(&mut self, from: &'static str, values: impl IntoIterator<Item = T>) {
        self.values.extend(values.into_iter().map(|value| (from, value)));
    }

    /// Writes the first value in another way.
    pub(in crate::extract) fn replace_first(&mut self, value: T) {
        if let Some(first) = self.values.first_mut() {
            first.1 = value;
        }
    }

    pub(in crate::extract) fn values(&self) -> &[(&'static str, T)] {
        &self.values
    }

    /// Changes every value.
    pub(in crate::extract) fn map(&mut self, change: impl Fn(T) -> T) {
        let values = std::mem::take(&mut self.values);
        self.values = values.into_iter().map(|(from, value)| (from, change(value))).collect();
    }

    /// Puts the value at `at` first.
    pub(in crate::extract) fn prefer(&mut self, at: usize) {
        self.values[..=at].rotate_right(1);
    }

    /// Puts values that are doubted behind all others; whether the first of those left is one.
    pub(in crate::extract) fn doubt(&mut self, doubted: impl Fn(&T) -> bool) -> bool {
        self.values.sort_by_key(|(_, value)| doubted(value));
        self.values.first().is_some_and(|(_, value)| doubted(value))
    }

    /// The winner, where it came from and what it beat, as `shown`.
    pub(in crate::extract) fn decide(self, shown: impl Fn(&T) -> String) -> Option<(T, Provenance)> {
        let mut values = self.values.into_iter();
        let (from, value) = values.next()?;
        let beat = values
            .take(MOST)
            .map(|(from, value)| (from.to_owned(), shown(&value).chars().take(MOST_TEXT).collect()))
            .collect();
        Some((value, Provenance { from: from.to_owned(), beat }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_source_wins_and_the_others_are_remembered() {
        let mut choice = Choice::new();
        choice.add("a", None);
        choice.add("b", Some("x".to_owned()));
        choice.add("c", Some("y".repeat(300)));
        let (value, provenance) = choice.decide(Clone::clone).unwrap();
        assert_eq!((value.as_str(), provenance.from.as_str()), ("x", "b"));
        assert_eq!(provenance.beat, [("c".to_owned(), "y".repeat(MOST_TEXT))]);
    }

    #[test]
    fn what_is_doubted_comes_last() {
        let mut choice = Choice::new();
        choice.add_all("a", [3, 8, 4]);
        assert!(!choice.doubt(|value| *value == 3));
        assert_eq!(choice.values(), [("a", 8), ("a", 4), ("a", 3)]);
    }
}
