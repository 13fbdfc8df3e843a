//! What the classes and ids of a page say, each read once: a page repeats its names a hundred times, and the words in
//! them in other names.

use std::ops::BitOr;

use rustc_hash::FxHashMap;

/// What names were found to say.
#[derive(Debug, Default)]
pub(crate) struct ClassWords<'a, T> {
    names: FxHashMap<&'a str, T>,
    words: FxHashMap<&'a str, T>,
}

impl<'a, T: Copy + Default + BitOr<Output = T>> ClassWords<'a, T> {
    /// What the words in `names`, a class or an id, say together, each as `of_word` reads it.
    pub(crate) fn read(&mut self, names: &'a str, of_word: impl Fn(&str) -> T) -> T {
        if names.is_empty() {
            return T::default();
        }
        if let Some(said) = self.names.get(names) {
            return *said;
        }
        let mut of = |word: &'a str| *self.words.entry(word).or_insert_with(|| of_word(word));
        let said = names.split_ascii_whitespace().fold(T::default(), |said, word| said | of(word));
        self.names.insert(names, said);
        said
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_word_is_read_once_in_whatever_names_it_stands() {
        let (mut known, read) = (ClassWords::default(), Cell::new(0));
        let of_word = |word: &str| {
            read.set(read.get() + 1);
            word.len()
        };
        for (names, said) in
            [("a bb", 1 | 2), ("bb a", 1 | 2), ("a bb", 1 | 2), (" bb  cccc", 2 | 4), ("", 0)]
        {
            assert_eq!(known.read(names, of_word), said, "{names}");
        }
        assert_eq!(read.get(), 3);
    }
}
