//! What a block stands in: its containers, what they are, and what their classes say.

use super::{Row, Seen, brief, near, paragraph_share, share};
use crate::segment::groups::GROUPS;
use crate::segment::tag::{Role, Tag};
use crate::segment::{Blocks, Element, flags};

/// How many containers are looked at, outwards.
const LEVELS: usize = 5;
/// The distance of a group that is nowhere around.
const FAR: f32 = 20.0;
/// The flags that tell something; the training found nothing in the others.
const TOLD: u64 = !(flags::ARTICLE
    | flags::OL
    | flags::BLOCKQUOTE
    | flags::FIGURE
    | flags::DETAILS
    | flags::PRE
    | flags::A
    | flags::BUTTON
    | flags::ROLE_COMPLEMENTARY
    | flags::ROLE_BANNER
    | flags::LABEL);
const GROUP_NAMES: usize = GROUPS.len();

/// The element that holds a block, and those around it, outwards.
type Around<'a> = [(u32, &'a Element)];

/// Adds what block `at` stands in.
pub(super) fn add(seen: &Seen<'_>, at: usize, row: &mut Row) {
    let page = seen.page;
    let leaf = &page.elements[page.blocks[at].leaf as usize];
    let mut around = Vec::with_capacity(leaf.depth as usize + 1);
    around.extend(page.around(at));
    for (place, name) in flags::NAMES.iter().enumerate().filter(|(place, _)| (TOLD >> place) & 1 == 1) {
        row.add_of("is", name, ((leaf.flags >> place) & 1) as f32);
    }
    add_containers(page, &around, row);
    add_landmarks(seen, &around, row);
    add_repeats(&around, row);
    for (name, tag) in [("article", Tag::Article), ("main", Tag::Main), ("section", Tag::Section)] {
        add_nearest(page, at, &around, name, tag, row);
    }
    let lists = around.iter().filter(|(_, element)| matches!(element.tag, Tag::Ul | Tag::Ol)).count();
    row.add("lists", lists as f32);
    add_groups(&around, row);
}

fn containers<'a>(around: &Around<'a>) -> impl Iterator<Item = &'a Element> {
    around.iter().map(|(_, element)| *element).filter(|element| element.tag.role() == Role::Block)
}

fn add_containers(page: &Blocks, around: &Around<'_>, row: &mut Row) {
    let mut around = containers(around);
    for level in 0..LEVELS {
        let element = around.next();
        let value = |of: &dyn Fn(&Element) -> f32| element.map_or(-1.0, of);
        row.add_of("words", level, value(&|e| brief(e.totals.words as f32)));
        row.add_of("link", level, value(&|e| e.totals.link_density()));
        row.add_of("paragraphs", level, value(&|e| share(e.totals.paragraph_words, e.totals.words)));
        row.add_of("paragraph_share", level, value(&|e| paragraph_share(page, e)));
        row.add_of("paragraph_count", level, value(&|e| near(e.totals.paragraphs as f32)));
        row.add_of("blocks", level, value(&|e| near(e.totals.blocks as f32)));
        row.add_of("repeats", level, value(&|e| near(e.repeats as f32)));
        row.add_of("share", level, value(&|e| share(e.totals.words, page.elements[0].totals.words)));
    }
}

fn add_landmarks(seen: &Seen<'_>, around: &Around<'_>, row: &mut Row) {
    let marks = seen.landmarks;
    // How far up and down the way to the best candidate leads.
    let meets =
        around.iter().zip(0u16..).find_map(|((element, _), up)| Some((up, *marks.above_top.get(element)?)));
    row.add("top_up", meets.map_or(-1.0, |(up, _)| f32::from(up)));
    row.add("top_down", meets.map_or(-1.0, |(_, down)| down as f32));
    let is_in = |wanted: u32| around.iter().any(|(element, _)| *element == wanted);
    row.add_flag("in_top", meets.is_some_and(|(_, down)| down == 0));
    row.add_flag("in_60", is_in(marks.holds_60));
    row.add_flag("in_85", is_in(marks.holds_85));
}

fn add_repeats(around: &Around<'_>, row: &mut Row) {
    let (mut most, mut level, mut words) = (0, -1.0, 0);
    for (place, element) in (0u8..8).zip(containers(around)) {
        let can = matches!(
            element.tag,
            Tag::Div
                | Tag::Li
                | Tag::Article
                | Tag::Section
                | Tag::Tr
                | Tag::Td
                | Tag::Dd
                | Tag::Dl
                | Tag::Ul
        );
        if can && element.repeats >= 3 && element.repeats > most {
            (most, level, words) = (element.repeats, f32::from(place), element.totals.words);
        }
    }
    row.add("most_repeats", near(most as f32));
    row.add("most_repeats_level", level);
    row.add("most_repeats_words", brief(words as f32));
}

fn add_nearest(page: &Blocks, at: usize, around: &Around<'_>, name: &str, tag: Tag, row: &mut Row) {
    let nearest =
        around.iter().zip(0u16..).find(|((_, element), _)| element.tag == tag).map(|((_, e), up)| (e, up));
    let value = |of: &dyn Fn(&Element) -> f32| nearest.map_or(-1.0, |(element, _)| of(element));
    row.add_of(name, "up", nearest.map_or(-1.0, |(_, up)| f32::from(up)));
    row.add_of(name, "share", value(&|e| paragraph_share(page, e)));
    row.add_of(name, "link", value(&|e| e.totals.link_density()));
    row.add_of(name, "since_first", value(&|e| near(at as f32 - e.totals.first as f32)));
    row.add_of(name, "to_last", value(&|e| near(e.totals.last as f32 - at as f32)));
}

fn add_groups(around: &Around<'_>, row: &mut Row) {
    let mut distances = [FAR; GROUP_NAMES];
    for ((_, element), up) in around.iter().zip(0u8..20) {
        let mut groups = element.groups;
        while groups != 0 {
            let place = groups.trailing_zeros() as usize;
            groups &= groups - 1;
            if distances[place] >= FAR {
                distances[place] = f32::from(up);
            }
        }
    }
    for ((name, _), distance) in GROUPS.iter().zip(distances) {
        row.add_of("group", name, distance);
    }
}
