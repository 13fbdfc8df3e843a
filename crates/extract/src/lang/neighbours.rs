//! The commonest words of some languages: by them a text is known to be in one, or in its neighbour that the detector
//! does not know.

/// The share of a text's words that the commonest ones have at least.
const SHARE: f64 = 0.12;

/// Languages, and their commonest words.
#[rustfmt::skip]
const COMMON: &[(&str, &str)] = &[
    ("en", "the of and to in a is that for on was with as by"),
    ("de", "der die und in das den von zu mit ist im des auf dem"),
    ("fr", "le la les de des et en du un une est pour que dans"),
    ("es", "de la que el en y los se del las un por con una"),
    ("it", "di e che la il un a per del in una della sono con"),
    ("pt", "de que e o a do da em um para com os no uma"),
    ("nl", "de van het een en in is dat op te zijn voor met die"),
    ("ru", "и в не на что с по это как к из от за его"),
];

/// A language that the detector knows, its neighbour that it takes for it, and words that only one of them has.
#[rustfmt::skip]
const NEIGHBOURS: &[(&str, &str, &str, &str)] = &[
    ("zu", "xh",
        "ukuthi futhi ngoba uma noma kanye lapho ngesikhathi umuntu izinto khona lokhu",
        "ukuba kwaye kuba xa okanye kunye apho ngexesha umntu izinto khona oku kwi kwakhona"),
    ("id", "ms",
        "adalah karena bisa uang mobil mau bahwa kantor tersebut ingin",
        "ialah kerana boleh wang kereta mahu bahawa pejabat beliau sesiapa jambatan"),
];

/// Whether the commonest words of `language` fill a text as they fill one in it; not where they are not known.
pub(super) fn writes(language: &str, text: &str) -> bool {
    let Some((_, common)) = COMMON.iter().find(|(known, _)| *known == language) else { return false };
    let all = text.split_whitespace().count();
    all > 0 && count(text, common) as f64 >= all as f64 * SHARE
}

/// `language`, or the neighbour of which a text has more words.
pub(super) fn told_apart(language: &'static str, text: &str) -> &'static str {
    match NEIGHBOURS.iter().find(|(known, ..)| *known == language) {
        Some((_, neighbour, own, other)) if count(text, other) > count(text, own) => neighbour,
        _ => language,
    }
}

/// How many words of `text` are among `words`.
fn count(text: &str, words: &str) -> usize {
    let lower = text.to_lowercase();
    let bare = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    bare.filter(|word| words.split(' ').any(|known| known == *word)).count()
}
