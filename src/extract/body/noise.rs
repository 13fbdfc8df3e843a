//! Blocks that stand inside an article's text and are no part of it, known by their own words: promotions of other
//! articles, share bars and icon names, newsletter prompts, counters, labels of advertisements, lists of tags.

mod phrases;

use super::landmarks::words;
use crate::extract::blocks::tag::Tag;
use crate::extract::blocks::{Block, Blocks};

/// A promotion or prompt has this many words at most.
const LONGEST: u32 = 45;

/// Whether block `at` is noise wherever it stands.
pub(crate) fn is_noise(page: &Blocks, at: usize) -> bool {
    let block = &page.blocks[at];
    // A table that has a row for advertising says so.
    let is_data = matches!(page.elements[block.container as usize].tag, Tag::Td | Tag::Th | Tag::Pre);
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

/// Whether block `at` is a heading.
pub(crate) fn is_heading(page: &Blocks, at: usize) -> bool {
    page.around(at).any(|(_, element)| element.tag.is_heading())
        || matches!(page.elements[page.blocks[at].container as usize].tag, Tag::Summary)
}

/// `text` without the signs that lead it.
fn lead_of(text: &str) -> &str {
    text.trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// Whether `text` is nothing but one of the labels.
fn is_label(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    phrases::LABELS.contains(&bare)
}

/// "Read also: …": the phrase, then a sign or a link.
fn is_promotion(text: &str, block: &Block) -> bool {
    let follows =
        phrases::PROMOTIONS.iter().filter_map(|phrase| text.strip_prefix(phrase)).max_by_key(|rest| {
            // The longest phrase leaves the shortest rest.
            usize::MAX - rest.len()
        });
    follows.is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.is_empty()
            || rest.starts_with([':', '：', '|', '–', '—', '-', '>', '»', '→', '•', '.'])
            || block.link > 0.3
    })
}

/// "Subscribe to our newsletter …".
fn is_prompt(text: &str, block: &Block) -> bool {
    let begins = |phrase: &&str| {
        text.strip_prefix(*phrase)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) || is_unspaced(phrase))
    };
    phrases::PROMPTS.iter().any(|phrase| begins(&phrase)) && (block.measure.words <= 30 || block.link > 0.2)
}

/// Whether a phrase is in a script that puts no space after a word.
fn is_unspaced(phrase: &str) -> bool {
    phrase.chars().next_back().is_some_and(crate::extract::blocks::measure::is_cjk)
}

/// "icon-facebook icon-twitter", "Facebook X E-Mail Copy link".
fn is_share_bar(text: &str) -> bool {
    let (mut count, mut named) = (0usize, 0usize);
    for word in words(text) {
        count += 1;
        named += usize::from(phrases::SERVICES.contains(&word.as_str()));
    }
    let icons =
        text.split_whitespace().filter(|word| word.starts_with("icon-") || word.starts_with("fa-")).count();
    (named >= 2 && named * 3 >= count * 2) || (icons > 0 && icons * 2 > text.split_whitespace().count())
}

/// "5 min read", "1,204 views", "Lesezeit: 3 Minuten".
fn is_counter(text: &str, block: &Block) -> bool {
    if block.measure.words > 6 || block.measure.digits == 0 {
        return false;
    }
    let mut counts = false;
    let all = words(text).all(|word| {
        let is_number = word.starts_with(|c: char| c.is_numeric());
        let is_unit = phrases::COUNTED.contains(&word.as_str());
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
        let page = blocks::segment(&dom::parse(html, dom::Scripting::Enabled));
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
