//! What kind of page it is.

use super::{Row, Seen, brief, near, share};
use crate::segment::groups::{self, Groups};
use crate::segment::tag::Tag;
use crate::select::declared::TYPES;

/// Blocks beyond these say nothing more of a page.
const MANY_BLOCKS: f32 = 400.0;

/// Adds the page's own features.
pub(super) fn add(seen: &Seen<'_>, row: &mut Row) {
    add_totals(seen, row);
    add_declared(seen, row);
    add_url(seen, row);
    add_elements(seen, row);
    add_repeats(seen, row);
    add_landmarks(seen, row);
}

fn add_totals(seen: &Seen<'_>, row: &mut Row) {
    let page = seen.page;
    let words = page.word_count() as f32;
    let paragraphs = page.blocks.iter().filter(|block| block.is_paragraph);
    let (count, longest) =
        paragraphs.fold((0u32, 0), |(count, longest), block| (count + 1, longest.max(block.measure.words)));
    row.add("page_words", brief(words).ln_1p());
    row.add("page_blocks", (page.blocks.len() as f32).min(MANY_BLOCKS).ln_1p());
    row.add("page_paragraphs", near(count as f32));
    row.add("page_link", page.elements.first().map_or(0.0, |outermost| outermost.totals.link_density()));
    row.add("page_paragraph_share", share(page.paragraph_words, words));
    row.add("page_paragraph_mean", share(page.paragraph_words, count));
    row.add("page_paragraph_longest", longest as f32);
    let ruled: u32 = seen
        .verdict
        .kept
        .iter()
        .zip(&page.blocks)
        .filter(|(kept, _)| **kept)
        .map(|(_, b)| b.measure.words)
        .sum();
    row.add("page_ruled", share(ruled, words));
    row.add("page_ruled_words", brief(ruled as f32));
}

fn add_declared(seen: &Seen<'_>, row: &mut Row) {
    let declared = seen.declared;
    row.add("page_kind", f32::from(declared.kind as u8));
    row.add_flag("page_published", declared.has_published);
    row.add("page_generator", f32::from(declared.generator));
    row.add_flag("page_body", declared.body.len() > 100);
    for (place, (name, _)) in TYPES.iter().enumerate() {
        row.add_of("page_type", name, ((declared.types >> place) & 1) as f32);
    }
}

fn add_url(seen: &Seen<'_>, row: &mut Row) {
    let path = seen.url.path().to_ascii_lowercase();
    let all = format!("{}{path}", seen.url.host_str().unwrap_or_default());
    let says = |words: &[&str]| words.iter().any(|word| all.contains(word));
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    let last = steps.last().copied().unwrap_or_default();
    row.add("url_steps", steps.len() as f32);
    row.add_flag("url_year", steps.iter().any(|step| is_year(step)));
    row.add_flag("url_blog", says(&["blog", "news", "article", "story", "stories", "post"]));
    row.add_flag("url_product", says(&["product", "shop", "/p/", "/dp/", "item"]));
    row.add_flag("url_forum", says(&["forum", "thread", "topic", "question", "discuss", "/t/", "comments"]));
    row.add_flag(
        "url_docs",
        says(&["docs", "documentation", "guide", "reference", "wiki", "manual", "/api", "learn", "tutorial"]),
    );
    row.add_flag("url_list", says(&["categor", "tag", "collection", "archive", "/c/", "listing", "search"]));
    row.add("url_hyphens", last.matches(['-', '_']).count() as f32);
    row.add("url_length", last.len() as f32);
    row.add_flag("url_number", last.bytes().filter(u8::is_ascii_digit).count() >= 4);
}

fn is_year(step: &str) -> bool {
    step.len() == 4 && (step.starts_with("19") || step.starts_with("20")) && step.parse::<u16>().is_ok()
}

fn add_elements(seen: &Seen<'_>, row: &mut Row) {
    let mut counts = [0u32; 256];
    let mut grouped = [0u32; 5];
    const COUNTED: [Groups; 5] =
        [groups::COMMENT, groups::PRODUCT, groups::REVIEW, groups::CARD, groups::FORUM];
    for element in &seen.page.elements {
        counts[element.tag as usize] += 1;
        for (count, group) in grouped.iter_mut().zip(COUNTED) {
            *count += u32::from(element.groups & group != 0);
        }
    }
    let tags = [
        ("h1", Tag::H1),
        ("h2", Tag::H2),
        ("h3", Tag::H3),
        ("article", Tag::Article),
        ("main", Tag::Main),
        ("time", Tag::Time),
        ("form", Tag::Form),
        ("table", Tag::Table),
        ("pre", Tag::Pre),
        ("code", Tag::Code),
        ("li", Tag::Li),
        ("p", Tag::P),
    ];
    for (name, tag) in tags {
        row.add_of("page_tags", name, near(counts[tag as usize] as f32));
    }
    for (name, count) in ["comment", "product", "review", "card", "forum"].iter().zip(grouped) {
        row.add_of("page_groups", name, near(count as f32));
    }
}

fn add_repeats(seen: &Seen<'_>, row: &mut Row) {
    let repeats = |wanted: &dyn Fn(&crate::segment::Element) -> bool| {
        let tags = [Tag::Div, Tag::Li, Tag::Article, Tag::Section];
        let found =
            seen.page.elements.iter().filter(|e| tags.contains(&e.tag) && e.totals.words > 5 && wanted(e));
        found.map(|element| element.repeats).max().unwrap_or_default() as f32
    };
    row.add("page_repeats", near(repeats(&|_| true)));
    row.add("page_card_repeats", near(repeats(&|element| element.totals.link_words > 0.0)));
    row.add("page_text_repeats", near(repeats(&|element| element.totals.paragraphs > 0)));
}

fn add_landmarks(seen: &Seen<'_>, row: &mut Row) {
    let (page, marks) = (seen.page, seen.landmarks);
    let words = page.word_count() as f32;
    for (name, place) in [("top", marks.top), ("60", marks.holds_60), ("85", marks.holds_85)] {
        let Some(element) = page.elements.get(place as usize) else { continue };
        row.add_of("page_share", name, share(element.totals.words, words));
        row.add_of("page_link", name, element.totals.link_density());
        row.add_of("page_paragraphs", name, near(element.totals.paragraphs as f32));
        row.add_of("page_depth", name, element.depth as f32);
    }
    row.add_flag("page_title", marks.title.is_some());
}
