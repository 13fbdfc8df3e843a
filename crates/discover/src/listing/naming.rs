//! Where the items of a group say what they are called, when their links do not: "Full story", "PDF", a bare picture.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::page::Page;
use super::tag::Tag;
use super::texts::is_date;
use super::title::{has_letters, is_address, line, words};

/// Items that are looked at to find the place.
const SAMPLE: usize = 60;
/// Lines of an item among which its name is.
const LINES: usize = 12;
/// Elements of an item among which its lines are.
const ELEMENTS: usize = 3_000;
/// A longer line is no title.
const LONGEST: usize = 400;

/// A place in the items of a group, the same in most of them.
pub(super) struct Naming {
    place: Place,
    /// Whether a heading stands there.
    pub(super) is_heading: bool,
}

/// The path of an element, and how many lines of the same path are before it in its item. Headings are not counted:
/// of several the nearest to the link names it.
type Place = (u64, usize);

/// An item: its elements, and the element of its link, which does not name it.
pub(super) type Item = (Range<usize>, Option<usize>);

/// What speaks for a place.
#[derive(Default)]
struct Case<'p> {
    worth: f32,
    items: usize,
    is_heading: bool,
    texts: FxHashSet<&'p str>,
}

/// Finds the place that names most of `items`.
pub(super) fn naming(page: &Page<'_>, items: &[Item]) -> Option<Naming> {
    let mut cases: FxHashMap<Place, Case<'_>> = FxHashMap::default();
    for item in items.iter().take(SAMPLE) {
        let mut known = FxHashSet::default();
        for (nth, (at, place)) in places(page, item).take(LINES).enumerate() {
            let text = page.text_of(at);
            if text.len() > LONGEST || is_address(text) || !known.insert(place) {
                continue;
            }
            let is_heading = page.elements[at].region.heading;
            let case = cases.entry(place).or_default();
            case.worth += length(text) * if is_heading { 3.0 } else { 1.0 } / (1.0 + 0.3 * nth as f32);
            case.items += 1;
            case.is_heading = is_heading;
            case.texts.insert(text);
        }
    }
    // A text that most of them share is no name.
    let worth = |case: &Case<'_>| case.worth * case.texts.len() as f32 / case.items as f32;
    let best = cases.iter().max_by(|a, b| worth(a.1).total_cmp(&worth(b.1)).then(b.0.cmp(a.0)))?;
    if best.1.worth <= 0.0 {
        return None;
    }
    Some(Naming { place: *best.0, is_heading: best.1.is_heading })
}

/// How much a line is of a title's length.
fn length(text: &str) -> f32 {
    match words(text) {
        0 => 0.0,
        _ if is_date(text) => 0.0,
        1 => 1.0,
        2 => 2.5,
        3 | 13..=20 => 4.0,
        4..=12 => 5.0,
        _ => 2.0,
    }
}

impl Naming {
    /// What `item` is called: the text at this place that comes last before its link, or first after it.
    pub(super) fn of(&self, page: &Page<'_>, item: &Item) -> Option<String> {
        let mut found = None;
        for (at, _) in places(page, item).filter(|(_, place)| *place == self.place) {
            if found.is_some() && item.1.is_none_or(|link| at > link) {
                break;
            }
            found = Some(at);
        }
        found.map(|at| line(page.text_of(at)))
    }
}

/// The lines of an item with their places.
fn places<'p>(page: &'p Page<'_>, item: &'p Item) -> impl Iterator<Item = (usize, Place)> + 'p {
    let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
    lines(page, item).map(move |at| {
        let element = &page.elements[at];
        let count = counts.entry(element.class_path).or_default();
        let nth = if element.region.heading { 0 } else { *count };
        *count += 1;
        (at, (element.class_path, nth))
    })
}

/// The elements of an item that hold one line of text, outermost first; of the link's own line, what is emphasised.
fn lines<'p>(page: &'p Page<'_>, item: &'p Item) -> impl Iterator<Item = usize> + 'p {
    let mut at = item.0.start;
    let end = item.0.end.min(item.0.start + ELEMENTS);
    let mut own_line = 0..0;
    std::iter::from_fn(move || {
        while at < end {
            let this = at;
            let text = page.text_of(this);
            let is_line = has_letters(text) && !page.is_block(this);
            let is_own = is_line && item.1.is_some_and(|link| page.inside(this).contains(&link));
            let is_emphasis = page.elements[this].tag == Tag::Emphasis;
            if is_own && own_line.end <= this {
                own_line = page.inside(this);
            }
            let is_taken = is_line && !is_own && (!own_line.contains(&this) || is_emphasis);
            at = if is_taken || text.is_empty() { page.elements[this].end } else { this + 1 };
            if is_taken {
                return Some(this);
            }
        }
        None
    })
}
