//! What a text says, in a few numbers: enough to tell whether another text is the same, when the first is not at hand.

use serde::{Deserialize, Serialize};

/// Numbers of a sketch. The error of an estimated likeness is about 1/√32, a sixth.
const SLOTS: usize = 32;
/// Words of a run.
const RUN: usize = 3;
/// Ideographs and syllables are written without spaces: each counts as a word.
const FIRST_IDEOGRAPH: char = '\u{2e80}';

/// A `MinHash` sketch (Broder 1997) of the runs of three words in a text. It is part of records: what it is of a text
/// never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TextSketch([u32; SLOTS]);

impl TextSketch {
    /// The sketch of `text`: case, punctuation and white space don't count.
    #[must_use]
    pub fn of(text: &str) -> TextSketch {
        let words = hashed_words(text);
        let mut slots = [u32::MAX; SLOTS];
        for run in words.windows(RUN.min(words.len().max(1))) {
            let run = run.iter().fold(0, |hash: u64, word| mix(hash ^ word));
            let mut salted = run;
            for slot in &mut slots {
                salted = mix(salted);
                *slot = (*slot).min((salted >> 32) as u32);
            }
        }
        TextSketch(slots)
    }

    /// Reads what [`TextSketch::to_bytes`] wrote; `None` for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<TextSketch> {
        let (numbers, rest) = bytes.as_chunks::<4>();
        let slots: Vec<u32> = numbers.iter().map(|number| u32::from_be_bytes(*number)).collect();
        if rest.is_empty() { slots.try_into().ok().map(TextSketch) } else { None }
    }

    /// Its numbers, four bytes each.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|slot| slot.to_be_bytes()).collect()
    }

    /// Whether both are sketches of one text, perhaps with other words here and there: half of their runs are the same.
    #[must_use]
    pub fn is_of_one_text(&self, other: &TextSketch) -> bool {
        let equal = self.0.iter().zip(&other.0).filter(|(one, other)| one == other).count();
        equal * 2 >= SLOTS
    }
}

impl TryFrom<String> for TextSketch {
    type Error = String;

    fn try_from(text: String) -> Result<TextSketch, String> {
        let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
        let sketch = bytes.and_then(|bytes| TextSketch::from_bytes(&bytes));
        sketch.ok_or_else(|| format!("`{text}` is not a sketch of a text"))
    }
}

impl From<TextSketch> for String {
    fn from(sketch: TextSketch) -> String {
        data_encoding::HEXLOWER.encode(&sketch.to_bytes())
    }
}

/// The words of `text` in lower case, each as a number.
fn hashed_words(text: &str) -> Vec<u64> {
    let mut words = Vec::new();
    let mut open = None;
    for c in text.chars().flat_map(char::to_lowercase) {
        if c >= FIRST_IDEOGRAPH && c.is_alphanumeric() {
            words.extend(open.take());
            words.push(add(START, c));
        } else if c.is_alphanumeric() {
            open = Some(add(open.unwrap_or(START), c));
        } else {
            words.extend(open.take());
        }
    }
    words.extend(open);
    words
}

/// FNV-1a, a character at a time.
const START: u64 = 0xcbf2_9ce4_8422_2325;

fn add(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3)
}

/// The finaliser of `SplitMix64` (Steele and others 2014).
fn mix(hash: u64) -> u64 {
    let hash = hash.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The ferry to the island was late again on Monday, and thirty people waited on the quay in the \
        rain for two hours. Its captain said that the engine had failed once more.";

    #[test]
    fn a_text_with_another_word_is_one_text_and_another_text_is_not() {
        let sketch = TextSketch::of(TEXT);
        assert!(sketch.is_of_one_text(&TextSketch::of(&TEXT.replace("thirty", "forty"))));
        assert!(sketch.is_of_one_text(&TextSketch::of(&TEXT.to_uppercase().replace(' ', "\n"))));
        let other = "A stork nests on the old mill for the first time in forty years, and the miller will not have \
            it moved before the young ones fly.";
        assert!(!sketch.is_of_one_text(&TextSketch::of(other)));
    }

    #[test]
    fn a_sketch_is_read_back_as_it_was_written_and_is_the_same_in_every_version() {
        let sketch = TextSketch::of(TEXT);
        assert_eq!(TextSketch::from_bytes(&sketch.to_bytes()), Some(sketch.clone()));
        let written = serde_json::to_string(&sketch).unwrap();
        assert_eq!(serde_json::from_str::<TextSketch>(&written).unwrap(), sketch);
        assert!(written.starts_with("\"008353e6025c93870095745a0cdfac99"), "{written}");
        assert!(serde_json::from_str::<TextSketch>("\"00ff\"").is_err());
    }
}
