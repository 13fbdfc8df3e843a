//! Lines that pages put among an article's own: labels of share buttons, promotions of other articles, advertisement
//! labels, reading times, counters, prompts. A line is judged by itself, in any of some forty languages; a block of a
//! page also by how much of it is a link.

#[rustfmt::skip]
mod phrases;

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use self::phrases::{
    BUTTONS, COUNTED, EXACT, LOOSE_PROMPTS, NETWORKS, PROMOTIONS, PROMPTS, SHARE_WORDS, TAGS, UNITS, WEAK,
};
use super::blocks::measure::is_cjk;
use super::blocks::tag::Tag;
use super::blocks::{Block, Blocks};

/// Longer lines are text, whatever they begin with; in characters.
const MAX_PROMOTION: usize = 260;
const MAX_PROMPT: usize = 200;
const MAX_LABEL: usize = 80;
const MAX_COUNTER: usize = 48;
const MAX_SHARE_WORDS: usize = 24;
/// A block of more words is text.
const MAX_WORDS: u32 = 45;
/// A block of more words is no loose prompt, unless it has links.
const MAX_LOOSE_WORDS: u32 = 30;
/// The share of a promotion that is a link, at least, if nothing sets its label off.
const LINKED: f32 = 0.3;
/// How names of icons begin.
const ICONS: &[&str] = &["icon-", "icon_", "fa-", "icofont-", "ico-"];

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
    /// The name of a part of the page or of a button, if it is a block of its own.
    Label,
}

/// Of each block of `page`, what noise it is wherever it stands.
pub(crate) fn of_page(page: &Blocks) -> Vec<Option<Noise>> {
    let mut plain = String::new();
    (0..page.blocks.len()).map(|at| of_block(page, at, &mut plain)).collect()
}

fn of_block(page: &Blocks, at: usize, plain: &mut String) -> Option<Noise> {
    let block = &page.blocks[at];
    // A table that has a row for advertising says so; a cell that holds more than that is one of a layout.
    let container = &page.elements[block.container as usize];
    let is_data = matches!(container.tag, Tag::Td | Tag::Th | Tag::Pre) && container.totals.blocks == 1;
    if block.measure.words > MAX_WORDS || is_data {
        return None;
    }
    fold(page.text(at), plain);
    match of_plain(plain) {
        Some(Noise::MaybePromotion) if block.link > LINKED => Some(Noise::Promotion),
        Some(Noise::MaybePromotion) => None,
        None => in_block(plain, block),
        noise => noise,
    }
}

/// What is noise in a block of its own, and may open an honest line elsewhere.
fn in_block(plain: &str, block: &Block) -> Option<Noise> {
    let is_whole = |(phrase, rest): (&str, &str)| {
        !rest.starts_with(char::is_alphanumeric) || phrase.chars().next_back().is_some_and(is_cjk)
    };
    if block.link > LINKED && label_of(plain).is_some_and(is_whole) {
        return Some(Noise::Promotion);
    }
    let may_be_prompt = block.measure.words <= MAX_LOOSE_WORDS || block.link > 0.2;
    (may_be_prompt && LOOSE.starts(plain).any(is_whole)).then_some(Noise::Prompt)
}

/// What noise `line` is, if it is any.
pub(crate) fn of_line(line: &str) -> Option<Noise> {
    let line = line.trim();
    if line.is_empty() || line.len() > MAX_PROMOTION * 2 {
        return None;
    }
    let mut plain = String::new();
    // A longer line can only be a promotion, and that shows at its beginning.
    if line.len() > MAX_PROMPT * 2 {
        fold(&line[..line.floor_char_boundary(2 * MAX_LABEL)], &mut plain);
        label_of(&plain)?;
    }
    fold(line, &mut plain);
    of_plain(&plain)
}

/// What noise a folded line is.
fn of_plain(plain: &str) -> Option<Noise> {
    if plain.is_empty() {
        return None;
    }
    promotion(plain)
        .or_else(|| is_share(plain).then_some(Noise::Share))
        .or_else(|| exact(plain))
        .or_else(|| is_counter(plain).then_some(Noise::Counter))
        .or_else(|| prompt(plain))
        .or_else(|| tags(plain))
}

/// Whether a line that is wholly a link, or stands out in bold, promotes another article: its label need not be set off.
pub(crate) fn is_set_off_promotion(line: &str) -> bool {
    let mut plain = String::new();
    fold(line.trim(), &mut plain);
    let label = label_of(&plain).filter(|(label, _)| !WEAK.contains(label));
    plain.chars().count() <= MAX_PROMOTION
        && label.is_some_and(|(_, rest)| !rest.starts_with(char::is_alphanumeric))
}

/// Writes `line` to `plain`: lower case, one space between words, apostrophes of one kind, nothing before the first
/// letter or digit.
fn fold(line: &str, plain: &mut String) {
    plain.clear();
    for c in line.chars() {
        if c.is_ascii_alphanumeric() {
            plain.push(c.to_ascii_lowercase());
        } else if c.is_ascii() {
            push(c, plain);
        } else {
            c.to_lowercase().for_each(|c| push(c, plain));
        }
    }
    plain.truncate(plain.trim_end().len());
}

fn push(c: char, plain: &mut String) {
    let c = match c {
        '’' | '‘' | 'ʼ' => '\'',
        '\u{307}' | '\u{200b}' | '\u{ad}' => return,
        'ё' => 'е',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let is_opening = plain.is_empty() && !c.is_alphanumeric();
    let is_second_space = c == ' ' && plain.ends_with(' ');
    if !is_opening && !is_second_space {
        plain.push(c);
    }
}

/// Phrases by their first bytes.
struct Beginnings(FxHashMap<[u8; 4], Vec<&'static str>>);

static LABELS: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::of(PROMOTIONS));
static STRICT: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::of(PROMPTS));
static LOOSE: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::of(LOOSE_PROMPTS));

impl Beginnings {
    fn of(phrases: &[&'static str]) -> Beginnings {
        let mut index: FxHashMap<[u8; 4], Vec<&'static str>> = FxHashMap::default();
        for phrase in phrases {
            let first = phrase.as_bytes().first_chunk().expect("no phrase is shorter");
            index.entry(*first).or_default().push(phrase);
        }
        Beginnings(index)
    }

    /// The phrases with which `plain` begins, and what follows them.
    fn starts<'a>(&'a self, plain: &'a str) -> impl Iterator<Item = (&'static str, &'a str)> {
        let phrases = plain.as_bytes().first_chunk().and_then(|first| self.0.get(first));
        phrases.into_iter().flatten().filter_map(|phrase| Some((*phrase, plain.strip_prefix(phrase)?)))
    }
}

/// The promotion's label with which the line begins, and what follows it.
fn label_of(plain: &str) -> Option<(&'static str, &str)> {
    LABELS.starts(plain).max_by_key(|(label, _)| label.len())
}

fn promotion(plain: &str) -> Option<Noise> {
    let (label, rest) = label_of(plain)?;
    let rest = rest.trim_start();
    let is_short = |limit| plain.chars().count() <= limit;
    if !rest.contains(char::is_alphanumeric) {
        return is_short(MAX_LABEL).then_some(Noise::PromotionLabel);
    }
    let is_set_off = rest
        .starts_with([':', '：', '|', '»', '>', '→', '–', '—', '▶', '►', '›', ']', ')', '•'])
        || rest.starts_with("- ");
    let noise = if WEAK.contains(&label) { Noise::MaybePromotion } else { Noise::Promotion };
    (is_set_off && is_short(MAX_PROMOTION)).then_some(noise)
}

/// What a word may be on a share bar.
#[derive(Clone, Copy, Default)]
struct ShareWord {
    is_network: bool,
    is_button: bool,
}

/// Whether every word names a network, a share button or an icon.
fn is_share(plain: &str) -> bool {
    static WORDS: LazyLock<FxHashMap<&str, ShareWord>> = LazyLock::new(|| {
        let word = |word: &&'static str| {
            (*word, ShareWord { is_network: NETWORKS.contains(word), is_button: BUTTONS.contains(word) })
        };
        NETWORKS.iter().chain(BUTTONS).chain(SHARE_WORDS).map(word).collect()
    });
    let is_sign = |c: char| c.is_whitespace() || ",|/•·:()+.".contains(c);
    let (mut icons, mut networks, mut others, mut buttons) = (0, 0, 0, 0);
    for (count, word) in plain.split(is_sign).filter(|word| !word.is_empty()).enumerate() {
        if ICONS.iter().any(|prefix| word.starts_with(prefix)) {
            icons += 1;
            continue;
        }
        let Some(known) = WORDS.get(word).filter(|_| count <= MAX_SHARE_WORDS) else { return false };
        networks += usize::from(known.is_network);
        others += usize::from(!known.is_network);
        buttons += usize::from(known.is_button);
    }
    icons > 0 || networks > 1 || (networks == 1 && others > 0) || buttons > 1
}

fn exact(plain: &str) -> Option<Noise> {
    static LINES: LazyLock<FxHashMap<&str, Noise>> = LazyLock::new(|| {
        EXACT.iter().flat_map(|(noise, lines)| lines.iter().map(|line| (*line, *noise))).collect()
    });
    let plain =
        plain.trim_end_matches(['.', ':', '!', '…', ' ', '↓', '▼', '»', '>', ')', ']', '-', '–', '—', '*']);
    LINES.get(plain).copied()
}

/// Whether the line counts or times something and says no more.
fn is_counter(plain: &str) -> bool {
    static PHRASES: LazyLock<FxHashMap<&str, bool>> = LazyLock::new(|| {
        let units = UNITS.iter().map(|phrase| (*phrase, false));
        units.chain(COUNTED.iter().map(|phrase| (*phrase, true))).collect()
    });
    const LONGEST: usize = 4;
    if plain.len() > 2 * MAX_COUNTER || !plain.contains(char::is_numeric) {
        return false;
    }
    let is_apart = |c: char| !(c.is_alphabetic() || c == '-');
    let joined = plain.replace(is_apart, " ");
    let words: Vec<&str> = joined.split_ascii_whitespace().collect();
    let (mut at, mut counted) = (0, false);
    while at < words.len() {
        let known = (1..=LONGEST.min(words.len() - at)).rev().find_map(|length| {
            PHRASES.get(words[at..at + length].join(" ").as_str()).map(|counts| (length, *counts))
        });
        let Some((length, counts)) = known else { return false };
        at += length;
        counted |= counts;
    }
    counted
}

fn prompt(plain: &str) -> Option<Noise> {
    (plain.len() <= 2 * MAX_PROMPT && STRICT.starts(plain).next().is_some()).then_some(Noise::Prompt)
}

fn tags(plain: &str) -> Option<Noise> {
    static LABELS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| TAGS.iter().copied().collect());
    let (label, rest) = plain.split_once([':', '：'])?;
    let is_list = rest.split_whitespace().count() <= 30 && !rest.trim_end().ends_with('.');
    (LABELS.contains(label.trim()) && is_list).then_some(Noise::Tags)
}

#[cfg(test)]
mod tests;
