//! Dates that a reader sees: in `time` elements, in elements whose class speaks of dates, and in short texts of their own.

use ego_tree::NodeId;

use super::Found;
use super::dates::{of_element, says_changed};
use super::material::{Line, Marked, Place};
use crate::model::{DateContext, Moment, find_date};

/// How many places are looked at.
const MOST: usize = 80;
/// What it costs a place to be beside the article.
const ASIDE: usize = 150;

/// Somewhere a date may stand.
enum Spot<'f, 'p> {
    Element(&'static str, &'f Marked<'p>),
    Line(&'f Line<'p>),
}

/// A date that readers see.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) from: &'static str,
    pub(super) moment: Moment,
    /// The element or text that says it.
    pub(super) at: NodeId,
    /// So close to the headline that it speaks of the article.
    pub(super) near: bool,
}

/// What is near the headline, counted in elements.
const NEAR: usize = 25;

/// The dates that are nearest to the headline, at most one of each kind, the nearest first.
pub(super) fn read(found: &Found<'_, '_>, dates: &DateContext<'_>) -> Vec<Seen> {
    let mut spots = spots(found);
    spots.sort_by_key(|(distance, _)| *distance);
    let mut out: Vec<Seen> = Vec::new();
    for (distance, spot) in spots.into_iter().take(MOST) {
        let from = match spot {
            Spot::Element(from, _) => from,
            Spot::Line(_) => "text",
        };
        if out.iter().any(|seen| seen.from == from) {
            continue;
        }
        let (moment, at) = match spot {
            Spot::Element(_, marked) => (of_element(marked, dates), marked.element.id()),
            Spot::Line(line) => {
                let text = Some(line.text).filter(|text| !says_joined(text) && !tells_of_somebody(line));
                (text.and_then(|text| find_date(text, dates)), line.parent.id())
            }
        };
        let reach = if from == "time" { NEAR * 2 } else { NEAR };
        let near = distance < reach && found.headline_order.is_some();
        out.extend(moment.map(|moment| Seen { from, moment, at, near }));
        if out.len() == 3 {
            break;
        }
    }
    out
}

fn spots<'f, 'p>(found: &'f Found<'p, '_>) -> Vec<(usize, Spot<'f, 'p>)> {
    let material = found.material;
    let headline = found.headline_order.unwrap_or(0);
    let of = |from: &'static str, marked: &'f Marked<'p>| {
        let class = marked.class;
        let mut distance = distance(&marked.place, headline);
        if says_changed(class) {
            distance += ASIDE * 2;
        }
        if class.contains("publish") || class.contains("entry-date") || class.contains("posted") {
            distance = distance.saturating_sub(20);
        }
        if marked.element.attr("pubdate").is_some() {
            distance /= 3;
        }
        let precise = from == "time" || marked.element.attr("datetime").is_some();
        (if precise { distance / 2 } else { distance }, Spot::Element(from, marked))
    };
    let times = material.times.iter().map(|marked| of("time", marked));
    let marked = material.dates.iter().map(|marked| of("class", marked));
    let dated = |text: &str| text.len() < 160 && text.bytes().any(|b| b.is_ascii_digit() || b > 127);
    let lines = material.lines.iter().filter(|line| dated(line.text)).map(|line| {
        let far = distance(&line.place, headline);
        let changed = if far < ASIDE && says_updated(line.text) { ASIDE } else { 0 };
        // A long text has dates of other things in it.
        let prose = if line.prose { 60 } else { usize::from(line.text.chars().count() > 50) * 25 };
        (far + changed + prose + 2, Spot::Line(line))
    });
    times.chain(marked).chain(lines).collect()
}

/// How far a place is from the headline; what stands in front of it is three times as far.
fn distance(place: &Place, headline: usize) -> usize {
    let at = place.order;
    let distance = if at >= headline { at - headline } else { (headline - at) * 3 };
    distance + if place.aside { ASIDE } else { 0 } + if place.nested { ASIDE } else { 0 }
}

/// Whether a line stands in an element whose class says that it tells since when somebody is a member.
fn tells_of_somebody(line: &Line<'_>) -> bool {
    line.parent.attr("class").is_some_and(|class| {
        let class = class.to_ascii_lowercase();
        ["joined", "member-since", "registered"].iter().any(|word| class.contains(word))
    })
}

/// Whether a text says since when somebody is a member, or whose rights something is.
fn says_joined(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["joined", "member since", "registriert", "registered", "mitglied seit", "dabei seit", "inscrit"]
        .iter()
        .any(|word| lower.contains(word))
}

/// Whether a text says that it gives the date of a change.
fn says_updated(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = [
        "updated",
        "modified",
        "aktualisiert",
        "zuletzt",
        "geändert",
        "mis à jour",
        "actualizado",
        "aggiornat",
        "atualizado",
        "bijgewerkt",
        "oppdatert",
        "opdateret",
        "uppdaterad",
        "zaktualizowano",
        "обновлено",
        "оновлено",
        "güncelle",
        "更新",
        "last reviewed",
        "ažurirano",
        "aktualizováno",
    ];
    words.iter().any(|word| lower.contains(word))
}
