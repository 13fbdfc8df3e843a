//! The date of one element that is marked as one.

use tearsheet_dates::{DateContext, parse_date};

use super::date_labels::told;
use super::material::Marked;
use crate::dom::attribute;
use crate::model::Moment;
use crate::text;

/// Whether a class says that its date is that of a change.
pub(super) fn says_changed(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    class.contains("updated") && !class.contains("published") || class.contains("modified")
}

/// The date in an element's attributes, else in its text.
pub(super) fn of_element(marked: &Marked<'_>, dates: &DateContext<'_>) -> Option<Moment> {
    ["datetime", "content", "title", "data-date", "data-timestamp", "data-time"]
        .iter()
        .filter_map(|name| attribute(marked.element.value(), name))
        .find_map(|value| parse_date(value, dates))
        .or_else(|| {
            let text = text::pieces(marked.element, 300).join(" ");
            (text.len() < 400).then(|| told(&text, dates).best()).flatten()
        })
}
