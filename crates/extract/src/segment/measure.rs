//! What can be counted in a block's text, in one pass over it.

/// Counts of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Measure {
    /// Words; a CJK character counts as half of one.
    pub(crate) words: u32,
    /// Words as runs of letters and digits, however long.
    pub(crate) runs: u32,
    /// Characters.
    pub(crate) chars: u32,
    /// Letters.
    pub(crate) letters: u32,
    /// Digits.
    pub(crate) digits: u32,
    /// Capital letters.
    pub(crate) capitals: u32,
    /// Words of at most three characters.
    pub(crate) short: u32,
    /// Parts between white space.
    pub(crate) parts: u32,
    /// Parts that begin with a capital letter.
    pub(crate) title_case: u32,
    /// Ends of sentences.
    pub(crate) sentences: u32,
    /// Commas of any script.
    pub(crate) commas: u32,
    /// Bars, bullets, arrows and slashes.
    pub(crate) separators: u32,
    /// CJK characters.
    pub(crate) cjk: u32,
    /// Signs of money.
    pub(crate) money: u32,
    /// Whether a sentence ends where the text does.
    pub(crate) ends_sentence: bool,
    /// A hash of its letters and digits in lower case.
    pub(crate) fingerprint: u64,
}

/// Whether `c` is written without spaces between words.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{e00}'..='\u{e7f}')
}

/// A word in lower case, as a hash.
pub(crate) type Word = u32;

/// Counts `text`, and adds its words to `words`.
pub(crate) fn measure(text: &str, words: &mut Vec<Word>) -> Measure {
    crate::effort::over(text);
    let mut m = Measure { fingerprint: SEED, ..Measure::default() };
    let mut word = OpenWord::default();
    let mut at_start_of_part = true;
    let mut stop = Stop::None;
    for c in text.chars() {
        m.chars += 1;
        if c == ' ' {
            m.parts += u32::from(!at_start_of_part);
            m.sentences += u32::from(stop == Stop::Seen);
            stop = Stop::None;
            at_start_of_part = true;
            m.end_word(&mut word, words);
            continue;
        }
        if c.is_ascii_alphabetic() {
            let upper = u32::from(c.is_ascii_uppercase());
            m.capitals += upper;
            m.title_case += if at_start_of_part { upper } else { 0 };
            m.letters += 1;
            word.add(c.to_ascii_lowercase());
            stop = Stop::None;
        } else if c.is_alphanumeric() || c == '_' {
            word.add(m.count_word_char(c, at_start_of_part));
            stop = Stop::None;
        } else {
            m.end_word(&mut word, words);
            m.count_sign(c, &mut stop);
        }
        at_start_of_part = false;
    }
    m.end_word(&mut word, words);
    m.parts += u32::from(!at_start_of_part);
    m.ends_sentence = stop != Stop::None;
    m.sentences += u32::from(stop == Stop::Seen);
    m.words = if m.cjk > 10 { m.runs + m.cjk / 2 } else { m.runs };
    m
}

/// Whether a sentence may have just ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    None,
    /// It did, if white space follows, closing quotes and brackets aside.
    Seen,
    /// It did, and is counted.
    Counted,
}

impl Measure {
    fn end_word(&mut self, word: &mut OpenWord, words: &mut Vec<Word>) {
        if word.length > 0 {
            self.runs += 1;
            self.short += u32::from(word.length <= 3);
            self.fingerprint = mix(self.fingerprint, word.hash);
            words.push(fold(word.hash));
            *word = OpenWord::default();
        }
    }

    /// Counts a character of a word that is no ASCII letter; its lower case.
    fn count_word_char(&mut self, c: char, at_start_of_part: bool) -> char {
        let upper = !c.is_ascii() && c.is_uppercase();
        self.capitals += u32::from(upper);
        self.title_case += u32::from(upper && at_start_of_part);
        if c.is_numeric() {
            self.digits += 1;
        } else if c != '_' {
            self.letters += 1;
        }
        self.cjk += u32::from(is_cjk(c));
        if upper { c.to_lowercase().next().unwrap_or(c) } else { c }
    }

    fn count_sign(&mut self, c: char, stop: &mut Stop) {
        match c {
            '.' | '!' | '?' | '…' | '؟' | '।' | '۔' => *stop = Stop::Seen,
            '。' | '！' | '？' => {
                // No space follows these.
                self.sentences += 1;
                *stop = Stop::Counted;
            }
            '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' => {}
            _ => *stop = Stop::None,
        }
        match c {
            ',' | '，' | '、' | '،' => self.commas += 1,
            '|' | '•' | '·' | '›' | '»' | '→' | '©' | '/' => self.separators += 1,
            '$' | '€' | '£' | '¥' | '₹' => self.money += 1,
            _ => {}
        }
    }
}

/// The start of an FNV-1a hash.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// A word that is being read.
struct OpenWord {
    length: u32,
    hash: u64,
}

impl Default for OpenWord {
    fn default() -> OpenWord {
        OpenWord { length: 0, hash: SEED }
    }
}

impl OpenWord {
    fn add(&mut self, lower: char) {
        self.length += 1;
        self.hash = mix(self.hash, u64::from(u32::from(lower)));
    }
}

fn mix(state: u64, value: u64) -> u64 {
    (state ^ value).wrapping_mul(0x0100_0000_01b3)
}

#[allow(clippy::cast_possible_truncation)] // the halves are folded
fn fold(hash: u64) -> Word {
    (hash ^ (hash >> 32)) as Word
}

/// The words of `text`.
pub(crate) fn words_of(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    measure(text, &mut words);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> Measure {
        measure(text, &mut Vec::new())
    }

    #[test]
    fn words_sentences_and_commas_are_counted() {
        let m = counted("Well, “he said so.” It cost $5, or €6! Did it");
        assert_eq!((m.words, m.sentences, m.commas, m.money), (11, 2, 2, 2));
        assert!(!m.ends_sentence);
        assert_eq!((m.parts, m.title_case), (11, 3));
    }

    #[test]
    fn cjk_characters_count_as_half_a_word() {
        let m = counted("今日は東京で大きな会議がありました。参加者は多数。");
        assert!(m.words >= 12 && m.ends_sentence && m.sentences == 2, "{m:?}");
    }

    #[test]
    fn the_fingerprint_ignores_case_and_punctuation() {
        assert_eq!(counted("Read More!").fingerprint, counted("read more").fingerprint);
        assert_ne!(counted("read more").fingerprint, counted("readmore").fingerprint);
    }
}
