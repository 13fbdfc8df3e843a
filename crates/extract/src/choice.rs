//! One field's sources in their order: the first that has a value wins, and the others are remembered.

use ego_tree::NodeId;

/// The most sources that a field remembers to have beaten.
const MOST: usize = 12;
/// Characters of a beaten value that are kept.
const MOST_TEXT: usize = 200;

/// What one source says of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said<T> {
    /// The source.
    pub(crate) from: &'static str,
    pub(crate) value: T,
    /// The element that says it, where it is one.
    pub(crate) at: Option<NodeId>,
    /// Whether it is hard to believe.
    pub(crate) doubted: bool,
}

/// The values that sources gave for one field, best first.
#[derive(Debug)]
pub(crate) struct Choice<T> {
    values: Vec<Said<T>>,
}

impl<T> Choice<T> {
    pub(crate) fn new() -> Choice<T> {
        Choice { values: Vec::new() }
    }

    /// Adds what the next best source says, if it says anything.
    pub(crate) fn add(&mut self, from: &'static str, value: Option<T>) {
        self.values.extend(value.map(|value| Said { from, value, at: None, doubted: false }));
    }

    /// Adds what an element says, if it says anything.
    pub(crate) fn add_at(&mut self, from: &'static str, said: Option<(T, NodeId)>) {
        self.values.extend(said.map(|(value, at)| Said { from, value, at: Some(at), doubted: false }));
    }

    /// Adds what was said elsewhere.
    pub(crate) fn add_said(&mut self, said: Said<T>) {
        self.values.push(said);
    }

    /// Adds, before all others, what a better source says, if it says anything.
    pub(crate) fn lead(&mut self, from: &'static str, value: Option<T>) {
        self.values.splice(0..0, value.map(|value| Said { from, value, at: None, doubted: false }));
    }

    /// Adds several values of one source.
    pub(crate) fn add_all(&mut self, from: &'static str, values: impl IntoIterator<Item = T>) {
        values.into_iter().for_each(|value| self.add(from, Some(value)));
    }

    /// Writes the first value in another way.
    pub(crate) fn replace_first(&mut self, value: T) {
        if let Some(first) = self.values.first_mut() {
            first.value = value;
        }
    }

    pub(crate) fn values(&self) -> &[Said<T>] {
        &self.values
    }

    /// The value that wins as things stand.
    pub(crate) fn first(&self) -> Option<&T> {
        self.values.first().map(|said| &said.value)
    }

    /// Changes every value.
    pub(crate) fn map(&mut self, change: impl Fn(T) -> T) {
        let values = std::mem::take(&mut self.values);
        self.values = values.into_iter().map(|said| Said { value: change(said.value), ..said }).collect();
    }

    /// Changes every value, and leaves those out of which nothing is left.
    pub(crate) fn filter_map(self, change: impl Fn(T) -> Option<T>) -> Choice<T> {
        let change = |said: Said<T>| {
            Some(Said { value: change(said.value)?, from: said.from, at: said.at, doubted: said.doubted })
        };
        Choice { values: self.values.into_iter().filter_map(change).collect() }
    }

    /// Puts the value at `at` first.
    pub(crate) fn prefer(&mut self, at: usize) {
        self.values[..=at].rotate_right(1);
    }

    /// Puts values that are doubted behind all others; whether the first of those left is one.
    pub(crate) fn doubt(&mut self, doubted: impl Fn(&T) -> bool) -> bool {
        for said in &mut self.values {
            said.doubted = doubted(&said.value);
        }
        self.values.sort_by_key(|said| said.doubted);
        self.values.first().is_some_and(|said| said.doubted)
    }

    /// Says of the first value that it is hard to believe.
    pub(crate) fn doubt_first(&mut self) {
        if let Some(first) = self.values.first_mut() {
            first.doubted = true;
        }
    }

    /// All that was said, as `shown`.
    fn shown(&self, shown: impl Fn(&T) -> String) -> Vec<Said<String>> {
        let cut = |value: &T| shown(value).chars().take(MOST_TEXT).collect();
        let shown = |said: &Said<T>| Said {
            from: said.from,
            value: cut(&said.value),
            at: said.at,
            doubted: said.doubted,
        };
        self.values.iter().take(MOST + 1).map(shown).collect()
    }

    /// The winner, and all that was said, as `shown`.
    pub(crate) fn decide(self, shown: impl Fn(&T) -> String) -> Option<(T, Vec<Said<String>>)> {
        let said = self.shown(shown);
        Some((self.values.into_iter().next()?.value, said))
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
        let (value, said) = choice.decide(Clone::clone).unwrap();
        assert_eq!((value.as_str(), said[0].from), ("x", "b"));
        assert_eq!((said[1].from, &said[1].value), ("c", &"y".repeat(MOST_TEXT)));
    }

    #[test]
    fn what_is_doubted_comes_last() {
        let mut choice = Choice::new();
        choice.add_all("a", [3, 8, 4]);
        assert!(!choice.doubt(|value| *value == 3));
        let values: Vec<(i32, bool)> =
            choice.values().iter().map(|said| (said.value, said.doubted)).collect();
        assert_eq!(values, [(8, false), (4, false), (3, true)]);
    }
}
