//! How much a group looks like a list of articles.

use memchr::memmem;

use super::address::{is_service, is_specific};
use super::classes::mix;
use super::fields::positions;
use super::group::{Group, Member};
use super::page::Page;
use super::texts::{is_date, line_share, stands_alone};
use super::title::{heading_in, words};
use super::titles::TitleSource;

/// Bytes of a card's text in which a year is looked for.
const TEXT: usize = 400;
/// Items beyond which a longer list is no better.
const ENOUGH: usize = 40;

/// A group's worth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worth {
    /// Of its items in the mean, from 0 to about 3.
    pub(super) quality: f32,
    /// Of the whole group.
    pub(super) score: f32,
    /// How much its items have beside their titles, from 0 to 1.6.
    pub(super) furniture: f32,
}

pub(super) fn worth(page: &Page<'_>, group: &Group) -> Worth {
    let count = group.members.len() as f32;
    let mut sum = Signs::default();
    for member in &group.members {
        sum.add(&signs(page, member));
    }
    let mut titles: Vec<u64> = group.members.iter().map(|member| mix(0, &member.title)).collect();
    titles.sort_unstable();
    titles.dedup();
    let furniture = (0.6 * sum.dated + 0.3 * sum.pictured + 0.4 * sum.headed + 0.3 * sum.summed_up) / count;
    let furnished = 1.0 + furniture + 0.3 * sum.specific / count;
    let quality = (sum.title / count)
        * (titles.len() as f32 / count)
        * furnished
        * (sum.region / count)
        * (1.0 - 0.8 * sum.service / count);
    Worth { quality, score: quality * (group.members.len().min(ENOUGH) as f32).powf(0.7), furniture }
}

/// What speaks for an item, each from 0 to 1.
#[derive(Default)]
struct Signs {
    title: f32,
    dated: f32,
    pictured: f32,
    headed: f32,
    summed_up: f32,
    specific: f32,
    region: f32,
    service: f32,
}

impl Signs {
    fn add(&mut self, other: &Signs) {
        self.title += other.title;
        self.dated += other.dated;
        self.pictured += other.pictured;
        self.headed += other.headed;
        self.summed_up += other.summed_up;
        self.specific += other.specific;
        self.region += other.region;
        self.service += other.service;
    }
}

fn signs(page: &Page<'_>, member: &Member) -> Signs {
    let element = page.links[member.link].element;
    let region = page.elements[element].region;
    let url = &page.targets[member.target].url;
    let text = member.card.text(page);
    let text = &text[..text.floor_char_boundary(TEXT)];
    let title_words = words(&member.title);
    let has = |elements: &[usize]| !positions(elements, &member.card.elements).is_empty();
    let around = text.replacen(&member.title, "", 1);
    let is_dated = has(&page.times) || has_year(&around);
    let headed =
        region.heading || member.source == TitleSource::Heading || heading_in(page, element).is_some();
    Signs {
        title: title(page, member, (title_words, least_for(headed, is_dated))),
        dated: bit(is_dated || has_year(text)),
        pictured: bit(has(&page.pictures)),
        headed: bit(headed),
        summed_up: bit(words(text) > title_words + 8),
        specific: bit(is_specific(url)),
        region: region.weight(),
        service: bit(is_service(url, page.url)),
    }
}

/// How much its title looks like one.
fn title(page: &Page<'_>, member: &Member, (words, least): (usize, f32)) -> f32 {
    let source = match member.source {
        // A link within prose is none of a list's.
        TitleSource::Link if stands_alone(page, page.links[member.link].element) => 1.0,
        TitleSource::Link => (0.2 + 1.2 * line_share(page, page.links[member.link].element)).min(1.0),
        TitleSource::Heading => 0.9,
        // A picture's label is all that a wall of pictures says.
        TitleSource::Label if words > 2 => 0.6,
        TitleSource::Line | TitleSource::Label => 0.4,
    };
    let length: f32 = match words {
        0 => 0.0,
        1 => 0.15,
        2 => 0.4,
        3 => 0.7,
        4..=25 => 1.0,
        _ => 0.5,
    };
    let length = if words == 0 { length } else { length.max(least) };
    if is_date(&member.title) { 0.1 * source } else { length * source }
}

/// What a title is worth at least, however short it is: a heading or a date beside it says that it is one.
fn least_for(headed: bool, is_dated: bool) -> f32 {
    match (headed, is_dated) {
        (true, true) => 0.7,
        (false, true) => 0.6,
        (true, false) => 0.4,
        (false, false) => 0.0,
    }
}

/// Whether there is a year in the beginning of a card's text, or a span of time that ends today.
fn has_year(text: &str) -> bool {
    let mut digits = text.as_bytes().split(|byte| !byte.is_ascii_digit());
    digits.any(|run| run.len() == 4 && (run.starts_with(b"19") || run.starts_with(b"20")))
        || memmem::find(text.as_bytes(), b" ago").is_some()
        || (!text.is_ascii() && text.contains(['年', '月']))
}

fn bit(is: bool) -> f32 {
    f32::from(u8::from(is))
}
