//! What links say beside their titles: "NEW", a category, "3 comments".

use rustc_hash::{FxHashMap, FxHashSet};

use super::page::Page;
use super::tag::Tag;
use super::texts::is_date;
use super::title::{has_letters, line, template};

/// Fewer links show no pattern.
const FEW: usize = 3;

/// The places in a group's links at which something else than a title stands.
pub(super) struct Badges {
    places: FxHashSet<u64>,
}

impl Badges {
    /// A place is a badge's if the links say little there that differs, or dates.
    pub(super) fn of(page: &Page<'_>, links: &[usize]) -> Option<Badges> {
        let mut said: FxHashMap<u64, Vec<&str>> = FxHashMap::default();
        for &link in links.iter().filter(|_| links.len() >= FEW) {
            for part in parts(page, page.links[link].element) {
                said.entry(page.elements[part].class_path).or_default().push(page.text_of(part));
            }
        }
        let is_badge = |texts: &[&str]| {
            let different: FxHashSet<String> = texts.iter().map(|text| template(text)).collect();
            texts.len() >= FEW
                && (different.len() * 2 <= texts.len() || texts.iter().all(|text| is_date(text)))
        };
        let places: FxHashSet<u64> =
            said.into_iter().filter(|(_, texts)| is_badge(texts)).map(|(place, _)| place).collect();
        (!places.is_empty()).then_some(Badges { places })
    }

    /// What the link says beside its badges; `None` if it has none, or nothing else.
    pub(super) fn without(&self, page: &Page<'_>, link: usize) -> Option<String> {
        let mut text = String::new();
        let mut from = page.elements[link].text.start;
        for part in parts(page, link).filter(|&part| self.places.contains(&page.elements[part].class_path)) {
            text.push_str(page.text.get(from..page.elements[part].text.start)?);
            text.push(' ');
            from = page.elements[part].text.end;
        }
        if from == page.elements[link].text.start {
            return None;
        }
        text.push_str(page.text.get(from..page.elements[link].text.end)?);
        let text = line(text.replace("  ", " ").trim());
        has_letters(&text).then_some(text)
    }
}

/// The inline parts of a link of one line.
fn parts<'p>(page: &'p Page<'_>, link: usize) -> impl Iterator<Item = usize> + 'p {
    let is_part = move |at: &usize| {
        let element = &page.elements[*at];
        element.parent == link
            && matches!(element.tag, Tag::Inline | Tag::Emphasis | Tag::Time | Tag::OtherTime)
            && has_letters(page.text_of(*at))
    };
    page.inside(link).skip(1).filter(move |_| !page.is_block(link)).filter(is_part)
}
