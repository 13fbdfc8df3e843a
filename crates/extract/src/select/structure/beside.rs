//! What stands beside an article and is judged as a whole: what readers wrote, articles that follow, and those that a
//! heading announces.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Judged;
use crate::segment::measure::Word;
use crate::segment::tag::Tag;
use crate::segment::{Element, flags, groups, signs};

use crate::lang::noise::Noise;

/// What readers wrote is beside a post if it is less likely than this, or less likely than the post by so much: in a forum
/// the first post is as likely as the others.
const UNLIKELY: f32 = 0.35;
const LESS_LIKELY: f32 = 0.2;
/// By so much, if they are comments by their type: pages that say so say more than names do.
const TYPED_LESS_LIKELY: f32 = 0.1;
/// The share of a title's words that a heading says again which is the article's own.
const SAME_TITLE: f32 = 0.5;
/// What says that an element is an article, beside its name.
const ARTICLE: u64 = flags::BODY_ITEM | flags::ARTICLE_ITEM;
/// A following article has so many words of paragraphs.
const FURTHER_WORDS: u32 = 30;
/// It is no longer than so many of the page's own: an article may have a part that is called as it is.
const LONGER: u32 = 3;
/// One part in so many of what is kept stands outside of it, at least.
const OUTSIDE: u32 = 3;
/// A line that signs a remark has no more words than this.
const SIGNATURE: u32 = 12;
/// How far outwards of its heading a section of announced articles reaches.
const SECTION: usize = 4;

/// Drops what readers wrote, if a post stands outside of it.
pub(super) fn drop_remarks(judged: &Judged<'_>, kept: &mut [bool]) {
    let remarks = remarks(judged);
    let is_post = |at: &usize| kept[*at] && !remarks[*at] && !judged.is_heading(*at);
    let post: Vec<usize> = (0..kept.len()).filter(is_post).collect();
    let written = judged.mean((0..kept.len()).filter(|at| remarks[*at] && judged.likely(*at) > 0.0));
    let flags = |at: usize| judged.page.elements[judged.page.blocks[at].leaf as usize].flags;
    let is_typed = (0..kept.len()).any(|at| remarks[at] && flags(at) & flags::COMMENT_ITEM != 0);
    let less = if is_typed { TYPED_LESS_LIKELY } else { LESS_LIKELY };
    let is_beside = written < UNLIKELY || written < judged.mean(post.iter().copied()) - less;
    if !post.is_empty() && (is_beside || stands_apart(judged, &post, &remarks)) {
        for (keep, is_remark) in kept.iter_mut().zip(remarks) {
            *keep &= !is_remark;
        }
    }
}

/// Whether all of a post stands in an element that is an article, and what readers wrote neither in it nor in one that is
/// like it: a thread's posts are alike.
fn stands_apart(judged: &Judged<'_>, post: &[usize], remarks: &[bool]) -> bool {
    let page = judged.page;
    let is_article = |element: &Element| element.tag == Tag::Article || element.flags & ARTICLE != 0;
    let (Some(first), Some(last)) = (post.first(), post.last()) else { return false };
    let article = page.around(*first).filter(|(_, element)| is_article(element)).find(|(_, element)| {
        let (from, to) = (element.totals.first as usize, element.totals.last as usize);
        from <= *first && *last <= to && !remarks[from..=to].contains(&true)
    });
    article.is_some_and(|(_, own)| {
        let is_like =
            |(_, element): (u32, &Element)| element.tag == own.tag && element.signature == own.signature;
        !(0..remarks.len()).filter(|at| remarks[*at]).any(|at| page.around(at).any(is_like))
    })
}

/// Drops a row of siblings that each begin or end with a name and a day, where the page's article stands beside it: it
/// needs no name to be known for remarks. Entries of a live blog stand in the article.
pub(super) fn drop_signed_rows(judged: &Judged<'_>, kept: &mut [bool]) {
    let page = judged.page;
    let Some(title) = judged.landmarks.title else { return };
    let article =
        page.outwards(page.blocks[title].container).find(|(_, element)| element.tag == Tag::Article);
    let Some((place, article)) = article.filter(|(_, article)| article.totals.last as usize > title) else {
        return;
    };
    let is_kept = (article.totals.first..=article.totals.last).any(|at| kept[at as usize]);
    let mut rows: FxHashMap<u64, Vec<&Element>> = FxHashMap::default();
    for other in &page.elements[place as usize + 1..] {
        if other.parent == article.parent && other.totals.blocks > 1 && is_signed(judged, other) {
            rows.entry(other.signature).or_default().push(other);
        }
    }
    for row in rows.into_values().filter(|row| is_kept && row.len() > 1) {
        for remark in row {
            kept[remark.totals.first as usize..=remark.totals.last as usize].fill(false);
        }
    }
}

/// Whether an element begins or ends with a short line that has a name and a year.
fn is_signed(judged: &Judged<'_>, element: &Element) -> bool {
    let signs = |at: u32| {
        let at = at as usize;
        let text = judged.page.text(at);
        let is_year = |number: &str| {
            number.len() == 4 && number.parse().is_ok_and(|year: u16| (1990..2100).contains(&year))
        };
        let is_short = judged.page.blocks[at].measure.words <= SIGNATURE;
        is_short
            && text.split(|c: char| !c.is_ascii_digit()).any(is_year)
            && text.contains(char::is_alphabetic)
    };
    signs(element.totals.first) || signs(element.totals.last)
}

/// Of each block, whether it stands in what is named as readers' remarks. An element that holds the title holds more.
fn remarks(judged: &Judged<'_>) -> Vec<bool> {
    let page = judged.page;
    let title = judged.landmarks.title.and_then(|title| u32::try_from(title).ok());
    let holds_title = |element: &Element| {
        title.is_some_and(|title| (element.totals.first..=element.totals.last).contains(&title))
    };
    let mut inside = vec![false; page.elements.len()];
    for (at, element) in page.elements.iter().enumerate() {
        let around = inside.get(element.parent as usize).copied().unwrap_or(false);
        let is_page = matches!(element.tag, Tag::Html | Tag::Body);
        let is_remark = || element.groups & groups::COMMENT != 0 || is_signed_item(judged, at);
        inside[at] = around || !is_page && is_remark() && !holds_title(element);
    }
    page.blocks.iter().map(|block| inside[block.leaf as usize]).collect()
}

/// Whether an element is a comment or an answer by its type, and says who wrote it or when. The answers of a page of
/// frequent questions say neither.
fn is_signed_item(judged: &Judged<'_>, at: usize) -> bool {
    let elements = &judged.page.elements;
    let depth = elements[at].depth;
    let within = || elements[at + 1..].iter().take_while(|element| element.depth > depth);
    let around = elements.get(elements[at].parent as usize).map_or(0, |parent| parent.flags);
    elements[at].flags & !around & flags::COMMENT_ITEM != 0
        && within()
            .any(|element| element.tag == Tag::Time || element.signs & (signs::BYLINE | signs::DATE) != 0)
}

/// Drops articles that follow the page's own: siblings of what holds its title, marked up alike, with headings of the same
/// rank that say something else.
pub(super) fn drop_further_articles(judged: &Judged<'_>, kept: &mut [bool]) {
    let page = judged.page;
    let Some(title) = judged.landmarks.title else { return };
    let rank = page.elements[page.blocks[title].container as usize].tag;
    if rank != Tag::H1 {
        return;
    }
    let said: FxHashSet<Word> = page.words(title).iter().copied().collect();
    let holders =
        page.outwards(page.blocks[title].container).skip(1).filter(|(_, element)| element.repeats > 1);
    let Some((place, own)) =
        holders.into_iter().find(|(_, element)| element.totals.paragraph_words >= FURTHER_WORDS)
    else {
        return;
    };
    for other in &page.elements[place as usize + 1..] {
        let is_like = other.parent == own.parent && other.signature == own.signature;
        let is_as_long =
            (FURTHER_WORDS..=own.totals.paragraph_words * LONGER).contains(&other.totals.paragraph_words);
        if !is_like || !is_as_long {
            continue;
        }
        let blocks = other.totals.first as usize..other.totals.last as usize + 1;
        let heading =
            blocks.clone().find(|at| page.elements[page.blocks[*at].container as usize].tag == rank);
        let says_other = heading.is_some_and(|heading| {
            let shared = page.words(heading).iter().filter(|word| said.contains(word)).count();
            (shared as f32) < SAME_TITLE * said.len() as f32
        });
        if says_other {
            kept[blocks].fill(false);
        }
    }
}

/// Drops what stands in one container with a heading that announces other articles, after it, if it leads there.
pub(super) fn drop_announced_sections(judged: &Judged<'_>, noise: &[Option<Noise>], kept: &mut [bool]) {
    let page = judged.page;
    let all: u32 = (0..kept.len()).filter(|at| kept[*at]).map(|at| page.blocks[at].measure.words).sum();
    for (heading, noise) in noise.iter().enumerate() {
        let is_label = *noise == Some(Noise::PromotionLabel);
        if !is_label || !judged.is_heading(heading) {
            continue;
        }
        let starts_with = |element: &Element| element.totals.first as usize == heading;
        let around = page.outwards(page.blocks[heading].container).skip(1).take(SECTION);
        let Some((_, section)) = around.take_while(|(_, element)| starts_with(element)).last() else {
            continue;
        };
        let blocks = heading..section.totals.last as usize + 1;
        let said: u32 = blocks.clone().filter(|at| kept[*at]).map(|at| page.blocks[at].measure.words).sum();
        let links = blocks.clone().filter(|at| page.blocks[*at].link > 0.9).count();
        let begins_before = (0..heading).any(|at| kept[at] && page.blocks[at].is_paragraph);
        if begins_before && said * OUTSIDE < all * (OUTSIDE - 1) && links > 1 {
            kept[blocks].fill(false);
        }
    }
}
