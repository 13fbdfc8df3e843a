//! Lines that news pages put among an article's own: labels of share buttons, promotions of other articles,
//! advertisement labels, reading times, counters, prompts. A line is judged by itself, in any of some forty languages.

#[rustfmt::skip]
mod phrases;

use std::collections::HashMap;
use std::sync::LazyLock;

use self::phrases::{BUTTONS, COUNTED, EXACT, NETWORKS, PROMOTIONS, PROMPTS, SHARE_WORDS, TAGS, UNITS, WEAK};

/// Longer lines are text, whatever they begin with.
const MAX_PROMOTION: usize = 260;
const MAX_PROMPT: usize = 200;
const MAX_LABEL: usize = 80;
const MAX_COUNTER: usize = 48;
const MAX_SHARE_WORDS: usize = 24;
/// How names of icons begin.
const ICONS: &[&str] = &["icon-", "icon_", "fa-", "icofont-", "ico-"];

/// Phrases by their first letter.
type Index = HashMap<char, Vec<&'static str>>;

/// What a line is that is none of the article's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noise {
    /// Names of share buttons or of their icons.
    Share,
    /// The label of a promotion; what it promotes follows.
    PromotionLabel,
    /// A promotion of another article, with its title.
    Promotion,
    /// A promotion if what follows its label leads elsewhere: honest sentences begin so too.
    MaybePromotion,
    /// The label of an advertisement.
    Advertisement,
    /// A reading time, or a number of views, shares or comments.
    Counter,
    /// An offer to subscribe, follow, print, comment or listen.
    Prompt,
    /// A list of tags.
    Tags,
}

/// What noise `line` is, if it is any.
pub(crate) fn of_line(line: &str) -> Option<Noise> {
    let line = line.trim();
    if line.is_empty() || line.len() > MAX_PROMOTION * 2 {
        return None;
    }
    // A longer line can only be a promotion, and that shows at its beginning.
    if line.len() > MAX_PROMPT * 2 {
        let head: String = line.chars().take(MAX_LABEL).collect();
        label_of(&folded(&head))?;
    }
    let plain = folded(line);
    if plain.is_empty() {
        return None;
    }
    promotion(&plain)
        .or_else(|| is_share(&plain).then_some(Noise::Share))
        .or_else(|| exact(&plain))
        .or_else(|| is_counter(&plain).then_some(Noise::Counter))
        .or_else(|| prompt(&plain))
        .or_else(|| tags(&plain))
}

/// Whether a line that is wholly a link, or stands out in bold, promotes another article: its label need not be set off.
pub(crate) fn is_set_off_promotion(line: &str) -> bool {
    let plain = folded(line.trim());
    let label = label_of(&plain).filter(|(label, _)| !WEAK.contains(label));
    plain.chars().count() <= MAX_PROMOTION
        && label.is_some_and(|(_, rest)| !rest.starts_with(char::is_alphanumeric))
}

/// Lower case, one space between words, apostrophes and quotation marks of one kind, nothing before the first letter
/// or digit.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    for c in line.chars().flat_map(char::to_lowercase) {
        let c = match c {
            '’' | '‘' | 'ʼ' => '\'',
            '\u{307}' | '\u{200b}' | '\u{ad}' => continue,
            'ё' => 'е',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        let is_opening = folded.is_empty() && !c.is_alphanumeric();
        let is_second_space = c == ' ' && folded.ends_with(' ');
        if !is_opening && !is_second_space {
            folded.push(c);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The promotion's label with which the line begins, and what follows it.
fn label_of(plain: &str) -> Option<(&'static str, &str)> {
    static LABELS: LazyLock<Index> = LazyLock::new(|| index(PROMOTIONS));
    let labels = LABELS.get(&plain.chars().next()?)?.iter();
    labels.filter_map(|label| Some((*label, plain.strip_prefix(label)?))).max_by_key(|(label, _)| label.len())
}

fn promotion(plain: &str) -> Option<Noise> {
    let (label, rest) = label_of(plain)?;
    let rest = rest.trim_start();
    let is_short = |limit| plain.chars().count() <= limit;
    if !rest.contains(char::is_alphanumeric) {
        return is_short(MAX_LABEL).then_some(Noise::PromotionLabel);
    }
    let is_set_off = rest.starts_with([':', '：', '|', '»', '>', '→', '–', '—', '▶', '►', '›', ']', ')'])
        || rest.starts_with("- ");
    let noise = if WEAK.contains(&label) { Noise::MaybePromotion } else { Noise::Promotion };
    (is_set_off && is_short(MAX_PROMOTION)).then_some(noise)
}

/// Whether every word names a network, a share button or an icon.
fn is_share(plain: &str) -> bool {
    let is_sign = |c: char| c.is_whitespace() || ",|/•·:()+.".contains(c);
    let (mut icons, mut networks, mut others, mut buttons) = (0, 0, 0, 0);
    for (count, word) in plain.split(is_sign).filter(|word| !word.is_empty()).enumerate() {
        if ICONS.iter().any(|prefix| word.starts_with(prefix)) {
            icons += 1;
        } else if NETWORKS.contains(&word) {
            networks += 1;
        } else if SHARE_WORDS.contains(&word) {
            others += 1;
        } else {
            return false;
        }
        buttons += usize::from(BUTTONS.contains(&word));
        if count > MAX_SHARE_WORDS {
            return false;
        }
    }
    icons > 0 || networks > 1 || (networks == 1 && others > 0) || buttons > 1
}

fn exact(plain: &str) -> Option<Noise> {
    static LINES: LazyLock<HashMap<&str, Noise>> = LazyLock::new(|| EXACT.iter().copied().collect());
    let plain =
        plain.trim_end_matches(['.', ':', '!', '…', ' ', '↓', '▼', '»', '>', ')', ']', '-', '–', '—', '*']);
    LINES.get(plain).copied()
}

/// Whether the line counts or times something and says no more.
fn is_counter(plain: &str) -> bool {
    if plain.chars().count() > MAX_COUNTER || !plain.contains(char::is_numeric) {
        return false;
    }
    let words: String = plain.chars().map(|c| if c.is_alphabetic() || c == '-' { c } else { ' ' }).collect();
    let mut rest = format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut counted = false;
    for (phrases, counts) in [(COUNTED, true), (UNITS, false)] {
        for phrase in phrases {
            while let Some(at) = rest.find(&format!(" {phrase} ")) {
                rest.replace_range(at..=at + phrase.len(), "");
                counted |= counts;
            }
        }
    }
    counted && rest.trim().is_empty()
}

fn prompt(plain: &str) -> Option<Noise> {
    static STARTS: LazyLock<Index> = LazyLock::new(|| index(PROMPTS));
    let starts = STARTS.get(&plain.chars().next()?)?;
    let is_prompt = starts.iter().any(|start| plain.starts_with(start));
    (is_prompt && plain.chars().count() <= MAX_PROMPT).then_some(Noise::Prompt)
}

fn tags(plain: &str) -> Option<Noise> {
    let (label, rest) = plain.split_once([':', '：'])?;
    let is_list = rest.split_whitespace().count() <= 30 && !rest.trim_end().ends_with('.');
    (TAGS.contains(&label.trim()) && is_list).then_some(Noise::Tags)
}

fn index(phrases: &[&'static str]) -> Index {
    let mut index = Index::new();
    for phrase in phrases {
        if let Some(first) = phrase.chars().next() {
            index.entry(first).or_default().push(phrase);
        }
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<Noise>) {
        assert_eq!(of_line(line), expected, "{line}");
    }

    #[test]
    fn promotions_are_known_in_many_languages() {
        for line in [
            "READ ALSO: Israel Delegation to Go to Mediators to Discuss ‘Hamas Proposal’",
            "Read also | Floods reach the capital",
            "Lesen Sie auch: Der Streit um die Rente",
            "À lire aussi : La grève continue",
            "Lire aussi – Un été sans pluie",
            "Читайте также: Что известно о выборах",
            "Читайте також: Що відомо про вибори",
            "También te puede interesar: La reforma",
            "Leia também: O que muda",
            "Leggi anche > Il governo",
            "Lees ook: De stikstofcrisis",
            "Czytaj także: Wybory",
            "Čtěte také: Volby",
            "Läs också: Valet",
            "Les også: Valget",
            "Lue myös: Vaalit",
            "Διαβάστε επίσης: Οι εκλογές",
            "اقرأ أيضا: الانتخابات",
            "קראו גם: הבחירות",
            "यह भी पढ़ें: चुनाव",
            "Baca juga: Pemilu",
            "Xem thêm: Bầu cử",
            "関連記事：選挙",
            "延伸阅读：选举",
            "관련기사: 선거",
            "İlgili haber: Seçim",
        ] {
            check(line, Some(Noise::Promotion));
        }
    }

    #[test]
    fn a_label_alone_announces_promotions() {
        for line in [
            "READ ALSO",
            "You may also like",
            "Related articles:",
            "Mehr zum Thema",
            "関連記事",
            "Voir aussi",
        ] {
            check(line, Some(Noise::PromotionLabel));
        }
    }

    #[test]
    fn share_buttons_and_their_icons_are_noise() {
        check("icon-facebook icon-twitter icon-whatsapp", Some(Noise::Share));
        check("Facebook Twitter WhatsApp", Some(Noise::Share));
        check("Share on Facebook", Some(Noise::Share));
        check("Share | Tweet | Email", Some(Noise::Share));
    }

    #[test]
    fn what_may_be_a_promotion_says_so() {
        check("Related: The flood in pictures", Some(Noise::MaybePromotion));
        assert!(is_set_off_promotion("Read also The flood in pictures"));
        assert!(!is_set_off_promotion("Watch the flood in pictures"));
    }

    #[test]
    fn labels_counters_and_prompts_are_noise() {
        check("Advertisement", Some(Noise::Advertisement));
        check("– Anzeige –", Some(Noise::Advertisement));
        check("3 min read", Some(Noise::Counter));
        check("Lesezeit: 4 Minuten", Some(Noise::Counter));
        check("1,204 views • 12 comments", Some(Noise::Counter));
        check("Sign up for our newsletter and never miss a story", Some(Noise::Prompt));
        check("Leave a comment", Some(Noise::Prompt));
        check("Tags: migration, Guatemala", Some(Noise::Tags));
    }

    #[test]
    fn an_article_s_own_lines_are_none() {
        for line in [
            "Read the report and weep, the minister said.",
            "Related costs rose by a third.",
            "Facebook and Twitter removed the posts.",
            "Facebook",
            "Print is not dead.",
            "He said that 12 people had shared it.",
            "Three minutes later the goal fell.",
            "More than 3,000 people took part.",
            "Watch for ice on the roads, the police warned.",
            "Twitter, Facebook: what the ruling means",
            "GUATEMALA CITY, Guatemala: Washington is redoubling efforts.",
            "Email is dead",
            "Tags: they are everywhere, and yet nobody reads them any longer.",
            "Share prices fell 3%",
            "10M+",
            "4 min",
            "Mehr als 3000 Menschen kamen.",
        ] {
            check(line, None);
        }
    }
}
