//! Words that the texts of a language are full of and that few others have: they confirm a language that a page declares
//! at a fraction of what it costs to tell one among seventy.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

#[rustfmt::skip]
const COMMON: &[(&str, &str)] = &[
    ("en", "the of and to that is was for with as on at by this from are be have not which his they has were"),
    ("de", "der die und das ist nicht ein eine den von zu mit sich auf für dem des im als auch werden aus hat dass"),
    ("fr", "le la les et des du une est que dans pour pas sur qui au par il plus sont avec ce cette"),
    ("es", "el los las del y por con para una se su lo como más al"),
];
/// A text of a language has one of them among so many words.
const ONE_IN: usize = 6;
/// The fewest bytes that confirm anything.
const LEAST: usize = 400;

static WORDS: LazyLock<Vec<(&str, FxHashSet<&str>)>> =
    LazyLock::new(|| COMMON.iter().map(|(tag, words)| (*tag, words.split(' ').collect())).collect());

/// The language that a page declares first, if its text is long enough and full of that language's own words; and that
/// it is sure.
pub(super) fn confirmed(sample: &str, declared: &[(&'static str, String)]) -> Option<(String, bool)> {
    let language = declared.first()?.1.split('-').next()?;
    let (_, common) = WORDS.iter().find(|(tag, _)| *tag == language)?;
    let (mut words, mut known) = (0, 0);
    for word in sample.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words += 1;
        known += usize::from(common.contains(word));
    }
    (sample.len() >= LEAST && known * ONE_IN >= words).then(|| (language.to_owned(), true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_confirmed_by_its_own_words_alone() {
        let check = |language: &str, text: &str, expected: bool| {
            let confirmed = confirmed(&text.repeat(8), &[("html lang", language.to_owned())]);
            assert_eq!(confirmed.is_some(), expected, "{language}: {text}");
        };
        let german = "Der Fluss ist in der Nacht gestiegen, und die Brücke wurde gesperrt. ";
        check("de-AT", german, true);
        check("en", german, false);
        check("es", "A ponte caeu de noite, e o concello pechou a estrada da costa. ", false);
        check("de", "De brug is in de nacht gevallen, en de weg werd gesloten. ", false);
        check("fr", "El pont va caure de nit, i la carretera que porta al poble és tancada. ", false);
        assert_eq!(confirmed(german, &[("html lang", "de".to_owned())]), None);
    }
}
