//! Blocks that stand inside an article's text and are no part of it, known by their own words: promotions of other
//! articles, share bars and icon names, newsletter prompts, counters, labels of advertisements, lists of tags.

mod phrases;

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::extract::blocks::tag::Tag;
use crate::extract::blocks::{Block, Blocks};

/// A promotion or prompt has this many words at most.
const LONGEST: u32 = 45;

/// Of each block of `page`, whether it is noise wherever it stands.
pub(super) fn find(page: &Blocks) -> Vec<bool> {
    (0..page.blocks.len()).map(|at| is_noise(page, at)).collect()
}

fn is_noise(page: &Blocks, at: usize) -> bool {
    let block = &page.blocks[at];
    // A table that has a row for advertising says so; a cell that holds more than that is one of a layout.
    let container = &page.elements[block.container as usize];
    let is_data = matches!(container.tag, Tag::Td | Tag::Th | Tag::Pre) && container.totals.blocks == 1;
    if block.measure.words > LONGEST || is_data {
        return false;
    }
    let text = lead_of(page.text(at)).to_lowercase();
    is_label(&text)
        || is_promotion(&text, block)
        || is_prompt(&text, block)
        || is_share_bar(&text)
        || is_counter(&text, block)
}

/// Phrases by their first character.
type Index = FxHashMap<char, Vec<&'static str>>;

fn index(phrases: &[&'static str]) -> Index {
    let mut index = Index::default();
    for phrase in phrases {
        index.entry(phrase.chars().next().unwrap_or_default()).or_default().push(phrase);
    }
    index
}

static PROMOTIONS: LazyLock<Index> = LazyLock::new(|| index(phrases::PROMOTIONS));
static PROMPTS: LazyLock<Index> = LazyLock::new(|| index(phrases::PROMPTS));
static LABELS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| phrases::LABELS.iter().copied().collect());
static SERVICES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| phrases::SERVICES.iter().copied().collect());
static COUNTED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| phrases::COUNTED.iter().copied().collect());

/// What follows the phrases of `index` with which `text` begins.
fn rests<'a>(index: &'a Index, text: &'a str) -> impl Iterator<Item = (&'static str, &'a str)> {
    let phrases = text.chars().next().and_then(|first| index.get(&first));
    phrases.into_iter().flatten().filter_map(|phrase| Some((*phrase, text.strip_prefix(phrase)?)))
}

/// `text` without the signs that lead it.
fn lead_of(text: &str) -> &str {
    text.trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// Whether `text` is nothing but one of the labels.
fn is_label(text: &str) -> bool {
    LABELS.contains(text.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// "Read also: …": the phrase, then a sign or a link.
fn is_promotion(text: &str, block: &Block) -> bool {
    // The longest phrase leaves the shortest rest.
    let rest = rests(&PROMOTIONS, text).map(|(_, rest)| rest.trim_start()).min_by_key(|rest| rest.len());
    rest.is_some_and(|rest| {
        rest.is_empty()
            || rest.starts_with([':', '：', '|', '–', '—', '-', '>', '»', '→', '•', '.'])
            || block.link > 0.3
    })
}

/// "Subscribe to our newsletter …".
fn is_prompt(text: &str, block: &Block) -> bool {
    let is_whole =
        |(phrase, rest): (&str, &str)| !rest.starts_with(char::is_alphanumeric) || is_unspaced(phrase);
    (block.measure.words <= 30 || block.link > 0.2) && rests(&PROMPTS, text).any(is_whole)
}

/// Whether a phrase is in a script that puts no space after a word.
fn is_unspaced(phrase: &str) -> bool {
    phrase.chars().next_back().is_some_and(crate::extract::blocks::measure::is_cjk)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// "icon-facebook icon-twitter", "Facebook X E-Mail Copy link".
fn is_share_bar(text: &str) -> bool {
    let (mut count, mut named) = (0usize, 0usize);
    for word in words(text) {
        count += 1;
        named += usize::from(SERVICES.contains(word));
    }
    if named >= 2 && named * 3 >= count * 2 {
        return true;
    }
    let icons =
        || text.split(' ').filter(|part| part.starts_with("icon-") || part.starts_with("fa-")).count();
    (text.contains("icon-") || text.contains("fa-")) && icons() * 2 > text.split(' ').count()
}

/// "5 min read", "1,204 views", "Lesezeit: 3 Minuten".
fn is_counter(text: &str, block: &Block) -> bool {
    if block.measure.words > 6 || block.measure.digits == 0 {
        return false;
    }
    let mut counts = false;
    let all = words(text).all(|word| {
        let is_number = word.starts_with(|c: char| c.is_numeric());
        let is_unit = COUNTED.contains(word);
        counts |= is_unit;
        is_number || is_unit
    });
    all && counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{blocks, dom};

    fn check(html: &str, expected: bool) {
        let page = blocks::segment(&dom::parse(html, dom::Scripting::Enabled), dom::Scripting::Enabled);
        assert_eq!(is_noise(&page, 0), expected, "{html}");
    }

    #[test]
    fn promotions_are_noise_in_many_languages() {
        for phrase in [
            "READ ALSO: Delegation to Go to Mediators",
            "Read more: <a href=x>How it began</a>",
            "Lesen Sie auch: Was nun geschieht",
            "À lire aussi : les autres",
            "LIRE AUSSI &gt; les autres",
            "Lea también: otra historia",
            "También te puede interesar: otra historia",
            "Leia também: outra",
            "Leggi anche: un'altra",
            "Lees ook: iets anders",
            "Läs också: något annat",
            "Les også: noe annet",
            "Læs også: noget andet",
            "Lue myös: jotain muuta",
            "Czytaj także: coś innego",
            "Читайте также: другое",
            "Читайте також: інше",
            "Čtěte také: něco",
            "Okumak için: <a href=x>başka</a>",
            "Baca juga: yang lain",
            "Διαβάστε επίσης: άλλο",
            "関連記事：別の話",
            "اقرأ أيضا: شيء آخر",
            "यह भी पढ़ें: कुछ और",
        ] {
            check(&format!("<p>{phrase}</p>"), true);
        }
    }

    #[test]
    fn a_sentence_that_begins_like_a_promotion_is_text() {
        check("<p>Read more books, she told them, and they did what she had said.</p>", false);
        check("<p>Related work has been done in the north, he said.</p>", false);
        check("<p>Share prices fell by 5 percent on Monday.</p>", false);
    }

    #[test]
    fn share_bars_and_icon_names_are_noise() {
        check("<p>icon-facebook icon-twitter icon-whatsapp</p>", true);
        check("<div>Facebook X WhatsApp E-Mail</div>", true);
        check("<p>Facebook and Twitter said that they had removed the posts.</p>", false);
    }

    #[test]
    fn counters_labels_and_prompts_are_noise() {
        check("<p>5 min read</p>", true);
        check("<p>1,204 views</p>", true);
        check("<p>Advertisement</p>", true);
        check("<p>– Anzeige –</p>", true);
        check("<p>Sign up for our newsletter to get the news every morning.</p>", true);
        check("<p>12 men</p>", false);
    }
}
