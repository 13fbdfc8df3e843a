//! When readers are told that a page was changed.

use ego_tree::NodeId;
use scraper::ElementRef;
use tearsheet_dates::DateContext;

use super::Found;
use super::date_labels::{DateRole, ToldDates, role_of, told};
use super::marked_dates::{of_element, says_changed};
use super::material::Marked;
use super::visible::{MOST, Spot, is_quoted, label, says_much, spots};
use crate::model::Moment;
use crate::text;

/// The date of the last change that readers see nearest to the headline, and the element that says it.
pub(super) fn modified(found: &Found<'_, '_>, dates: &DateContext<'_>) -> Option<(Moment, NodeId)> {
    let mut spots = spots(found);
    let place = |spot: &Spot<'_, '_>| match spot {
        Spot::Element(_, marked) => marked.place,
        Spot::Line(line) => line.place,
    };
    spots.retain(|(_, spot)| !place(spot).aside && !place(spot).nested);
    spots.sort_by_key(|(distance, _)| *distance);
    spots.into_iter().take(MOST).find_map(|(_, spot)| match spot {
        Spot::Element(_, marked) => modified_in_element(marked, dates),
        Spot::Line(line) if line.prose || is_quoted(line.parent) => None,
        Spot::Line(line) => {
            let told = labelled(line.text, line.parent, dates);
            Some((told.modified?, line.parent.id()))
        }
    })
}

fn modified_in_element(marked: &Marked<'_>, dates: &DateContext<'_>) -> Option<(Moment, NodeId)> {
    if is_quoted(marked.element) || says_much(marked) {
        return None;
    }
    let is_of_change =
        says_changed(marked.class) || role_of(&label(marked.element)) == Some(DateRole::Modified);
    let text = text::pieces(marked.element, 300).join(" ");
    let moment = match told(&text, dates).modified {
        Some(told) => Some(told),
        None => of_element(marked, dates).filter(|_| is_of_change),
    };
    Some((moment?, marked.element.id()))
}

/// What a text tells, with the label that stands before its element where it has none of its own.
fn labelled(text: &str, element: ElementRef<'_>, dates: &DateContext<'_>) -> ToldDates {
    let own = told(text, dates);
    if own.modified.is_some()
        || own.published.is_some()
        || role_of(&label(element)) != Some(DateRole::Modified)
    {
        return own;
    }
    ToldDates { modified: own.best(), ..ToldDates::default() }
}
