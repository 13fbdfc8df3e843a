//! Lines that pages put among an article's own: labels of share buttons, promotions of other articles, advertisement
//! labels, reading times, counters, prompts. A line is judged by itself, in any of some forty languages; a block of a
//! page also by how much of it is a link.

mod bars;
mod counters;
#[rustfmt::skip]
mod phrases;
mod placeholders;
mod stamps;

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use self::bars::is_share;
use self::counters::{is_counter, is_row};
use self::phrases::{
    CONSENT, CONSENT_SIGNS, EXACT, FOLLOWED_ON, FOLLOWS, LOOSE_PROMPTS, MEDIA, ON, PROMOTIONS, PROMPTS, TAGS,
    WEAK,
};
pub(crate) use self::placeholders::is_placeholder;
pub(crate) use self::stamps::agencies;
use crate::segment::measure::is_cjk;
use crate::segment::tag::Tag;
use crate::segment::{Block, Blocks};

/// Longer lines are text, whatever they begin with; in characters.
const MAX_PROMOTION: usize = 260;
const MAX_PROMPT: usize = 200;
const MAX_LABEL: usize = 80;
/// A block of more words is text.
const MAX_WORDS: u32 = 45;
/// A block of more words is no loose prompt, unless it has links.
const MAX_LOOSE_WORDS: u32 = 30;
/// A page of fewer words may be a wall.
const WALL_WORDS: usize = 300;
/// The share of a promotion that is a link, at least, if nothing sets its label off.
const LINKED: f32 = 0.3;

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
    /// When the page was made or changed.
    Timestamp,
    /// An offer to subscribe, follow, print, comment or listen; a request for payment.
    Prompt,
    /// A request for consent.
    Consent,
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
    let text = page.text(at);
    if opens_quotation(text) {
        return None;
    }
    fold(text, plain);
    match of_plain(plain) {
        // What asks for consent and little else is a wall, which is told by what it says.
        Some(Noise::Consent) if page.word_count() < WALL_WORDS => None,
        Some(Noise::Promotion) if container.tag.is_heading() && !leads_away(text, plain, block.link) => None,
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
    let may_be_prompt =
        (block.measure.words <= MAX_LOOSE_WORDS || block.link > 0.2) && !is_sentence(plain, block);
    (may_be_prompt && LOOSE.starts(plain).any(is_whole)).then_some(Noise::Prompt)
}

/// Whether a block that begins like an offer is a sentence that offers nothing.
fn is_sentence(plain: &str, block: &Block) -> bool {
    const FEW: u32 = 6;
    block.link == 0.0
        && block.measure.words > FEW
        && plain.ends_with(['.', '?', '”', '"', '»', '…'])
        && !MEDIA.iter().any(|part| plain.contains(part))
}

/// Whether a heading that begins like a promotion is one: `Read also: how Latin died out` may head a section. A link
/// leads away, and a label in capitals was set by the page.
fn leads_away(heading: &str, plain: &str, linked: f32) -> bool {
    let label = label_of(plain).map_or(0, |(label, _)| label.chars().count());
    let mut letters = heading.chars().filter(|c| c.is_alphabetic()).take(label.saturating_sub(1));
    let is_shouted = letters.clone().any(char::is_uppercase) && !letters.any(char::is_lowercase);
    linked > LINKED || is_shouted
}

/// What is said in quotation marks is somebody's words.
fn opens_quotation(line: &str) -> bool {
    line.trim_start().starts_with(['“', '„', '«', '"', '「', '『', '‚', '‹'])
}

/// What noise a heading is, of which a share is `linked`.
pub(crate) fn of_heading(heading: &str, linked: f32) -> Option<Noise> {
    let noise = of_line(heading)?;
    let mut plain = String::new();
    fold(heading, &mut plain);
    (noise != Noise::Promotion || leads_away(heading, &plain, linked)).then_some(noise)
}

/// What noise `line` is, if it is any.
pub(crate) fn of_line(line: &str) -> Option<Noise> {
    let line = line.trim();
    if line.is_empty() || line.len() > MAX_PROMOTION * 2 || opens_quotation(line) {
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
        .or_else(|| (is_counter(plain) || is_row(plain)).then_some(Noise::Counter))
        .or_else(|| stamps::is_timestamp(plain).then_some(Noise::Timestamp))
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
    if is_plain_ascii(line.as_bytes()) {
        plain.push_str(line.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()));
        plain.make_ascii_lowercase();
    } else {
        for c in line.chars() {
            if c.is_ascii_alphanumeric() {
                plain.push(c.to_ascii_lowercase());
            } else {
                c.to_lowercase().for_each(|c| push(c, plain));
            }
        }
    }
    plain.truncate(plain.trim_end().len());
}

/// Whether a line is ASCII with single spaces.
fn is_plain_ascii(line: &[u8]) -> bool {
    let mut before = b'a';
    line.iter().all(|byte| {
        let plain = matches!(byte, b' '..=b'~') && (*byte != b' ' || before != b' ');
        before = *byte;
        plain
    })
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
static REQUESTS: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::of(CONSENT));
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

fn exact(plain: &str) -> Option<Noise> {
    static LINES: LazyLock<FxHashMap<&str, Noise>> = LazyLock::new(|| {
        EXACT.iter().flat_map(|(noise, lines)| lines.iter().map(|line| (*line, *noise))).collect()
    });
    let plain =
        plain.trim_end_matches(['.', ':', '!', '…', ' ', '↓', '▼', '»', '>', ')', ']', '-', '–', '—', '*']);
    if plain.len() > MAX_LABEL { None } else { LINES.get(plain).copied() }
}

fn prompt(plain: &str) -> Option<Noise> {
    let is_short = plain.len() <= 2 * MAX_PROMPT;
    let is_prompt = is_short && (STRICT.starts(plain).next().is_some() || is_follow(plain));
    is_prompt.then_some(Noise::Prompt).or_else(|| is_consent(plain).then_some(Noise::Consent))
}

/// Whether a line asks to follow somebody on a network, whoever that is.
fn is_follow(plain: &str) -> bool {
    let names_network = || {
        FOLLOWED_ON.iter().flat_map(|network| plain.match_indices(network)).any(|(at, _)| {
            let before = plain[..at].trim_end();
            ON.contains(&before.rsplit(' ').next().unwrap_or_default())
        })
    };
    let verb = plain.split(' ').next().unwrap_or_default();
    FOLLOWS.contains(&verb) && names_network()
}

/// Whether a line asks for consent: it says so, or says nothing else.
fn is_consent(plain: &str) -> bool {
    const FEW: usize = 5;
    REQUESTS.starts(plain).next().is_some()
        && (plain.split_whitespace().count() <= FEW || CONSENT_SIGNS.iter().any(|sign| plain.contains(sign)))
}

fn tags(plain: &str) -> Option<Noise> {
    static LABELS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| TAGS.iter().copied().collect());
    let end = plain[..plain.floor_char_boundary(MAX_LABEL)].find([':', '：'])?;
    let (label, rest) = plain.split_at(end);
    let rest = rest.strip_prefix([':', '：'])?;
    let is_list = rest.split_whitespace().count() <= 30 && !rest.trim_end().ends_with('.');
    (LABELS.contains(label.trim()) && is_list).then_some(Noise::Tags)
}

#[cfg(test)]
mod tests;
