//! Dates that a reader sees: in `time` elements, in elements whose class speaks of dates, and in short texts of their own.

use chrono::TimeDelta;
use ego_tree::NodeId;
use scraper::{ElementRef, Node};
use tearsheet_dates::{DateContext, find_dates};

use super::Found;
use super::date_labels::{DateRole, role_of, told};
use super::marked_dates::{of_element, says_changed};
use super::material::{Line, Marked, Place};
use crate::dom::attribute;
use crate::model::Moment;
use crate::text;

/// How many places are looked at.
pub(super) const MOST: usize = 80;
/// The most characters of a text that says when something was published.
const MOST_LABEL: usize = 100;
/// What it costs a place to be beside the article.
const ASIDE: usize = 150;

/// Somewhere a date may stand.
pub(super) enum Spot<'f, 'p> {
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
    /// Readers are told that it is the date of publication.
    pub(super) published: bool,
    /// It is a date, and not a time that passed until the page was read: `3 hours ago` is another moment at every look.
    pub(super) is_fixed: bool,
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
        let seen = match spot {
            Spot::Element(_, marked) => in_element(marked, dates),
            Spot::Line(line) => in_line(line, dates),
        };
        if let Some(told) = seen {
            let reach = if from == "time" || told.published { NEAR * 2 } else { NEAR };
            let near = distance < reach && found.headline_order.is_some();
            out.push(Seen { from, near, ..told });
        }
        if out.len() == 3 {
            break;
        }
    }
    out
}

fn in_element(marked: &Marked<'_>, dates: &DateContext<'_>) -> Option<Seen> {
    let moment = of_element(marked, dates)?;
    if is_of_today(marked.element) || says_much(marked) || is_quoted(marked.element) {
        return None;
    }
    let published = marks_published(marked);
    let is_fixed = of_element(marked, &a_day_later(dates)) == Some(moment);
    Some(Seen { from: "", moment, at: marked.element.id(), near: false, published, is_fixed })
}

/// Whether a line is the text of a link that says more than a date, as lists of other articles do: `3 May – Gulls return`.
fn is_of_another(line: &Line<'_>, dates: &DateContext<'_>) -> bool {
    let around = line.parent.ancestors().inspect(crate::effort::step).filter_map(ElementRef::wrap).take(2);
    let is_link = std::iter::once(line.parent).chain(around).any(|element| element.attr("href").is_some());
    let words = |text: &str| text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).count();
    is_link && find_dates(line.text, dates).iter().any(|date| words(&date.before) + words(&date.after) > 2)
}

fn in_line(line: &Line<'_>, dates: &DateContext<'_>) -> Option<Seen> {
    let moment = told(line.text, dates).best()?;
    if says_joined(line.text)
        || tells_of_somebody(line)
        || is_of_today(line.parent)
        || is_of_a_fact(line.parent)
        || is_quoted(line.parent)
        || is_of_another(line, dates)
    {
        return None;
    }
    let published = !line.prose && says_published(line.text);
    let is_fixed = told(line.text, &a_day_later(dates)).best() == Some(moment);
    Some(Seen { from: "", moment, at: line.parent.id(), near: false, published, is_fixed })
}

/// Whether an element is part of what somebody else says: a quotation, a comment, a post from elsewhere, a list of posts.
pub(super) fn is_quoted(element: ElementRef<'_>) -> bool {
    const DEPTH: usize = 12;
    const COMMENTS: &[&str] = &["comment", "comments", "comment-meta", "tweet", "twitter-tweet"];
    const LISTS: &[&str] = &["recent-post", "recentpost", "recent_entries", "latest-post", "popular-post"];
    let around = element.ancestors().inspect(crate::effort::step).filter_map(ElementRef::wrap).take(DEPTH);
    std::iter::once(element).chain(around).any(|element| {
        let class = element.attr("class").unwrap_or_default().to_ascii_lowercase();
        let is_comment = || class.split_ascii_whitespace().any(|name| COMMENTS.contains(&name));
        match element.value().name() {
            "blockquote" => true,
            "html" | "body" | "main" => false,
            "article" => is_comment(),
            _ => is_comment() || LISTS.iter().any(|list| class.contains(list)),
        }
    })
}

fn a_day_later<'a>(dates: &DateContext<'a>) -> DateContext<'a> {
    DateContext { now: dates.now.map(|now| now + TimeDelta::days(1)), ..*dates }
}

/// Whether an element shows the day on which the page is read, as mastheads do.
fn is_of_today(element: ElementRef<'_>) -> bool {
    let class = element.attr("class").or(element.attr("id")).unwrap_or_default().to_ascii_lowercase();
    ["today", "current-date", "currentdate", "current_date", "date-now", "server-time"]
        .iter()
        .any(|name| class.contains(name))
}

/// Whether an element that is not marked as a date's, but only as one of data, says more than a line.
pub(super) fn says_much(marked: &Marked<'_>) -> bool {
    let class = marked.class.to_ascii_lowercase();
    let names = ["date", "time", "publish", "posted", "datum", "fecha", "tarih"];
    let dated = names.iter().any(|name| class.contains(name)) || marked.element.attr("datetime").is_some();
    !dated
        && text::pieces(marked.element, 300).concat().chars().filter(|c| !c.is_whitespace()).count()
            > MOST_LABEL
}

/// Whether a text is what a list tells of something else than of publication: `<dt>Effective date</dt><dd>…</dd>`.
fn is_of_a_fact(element: ElementRef<'_>) -> bool {
    if element.value().name() != "dd" {
        return false;
    }
    let term = element
        .prev_siblings()
        .inspect(crate::effort::step)
        .filter_map(ElementRef::wrap)
        .find(|before| before.value().name() == "dt");
    term.is_some_and(|term| {
        let term = text::of_element(term).to_lowercase();
        let term = term.trim_end_matches([':', '：', ' ']);
        let date = [
            "date",
            "datum",
            "fecha",
            "data",
            "дата",
            "tarih",
            "dato",
            "dátum",
            "päivämäärä",
            "日期",
            "日付",
            "날짜",
        ];
        !(date.contains(&term) || says_published(term) || term.contains("post"))
    })
}

pub(super) fn spots<'f, 'p>(found: &'f Found<'p, '_>) -> Vec<(usize, Spot<'f, 'p>)> {
    let material = found.material;
    let headline = found.headline_order.unwrap_or(0);
    let of = |from: &'static str, marked: &'f Marked<'p>| {
        let class = marked.class;
        let mut distance = distance(&marked.place, headline);
        let label = if from == "time" { label(marked.element) } else { String::new() };
        if says_changed(class) || role_of(&label) == Some(DateRole::Modified) {
            distance += ASIDE * 2;
        }
        let named = class.contains("publish") || class.contains("entry-date") || class.contains("posted");
        if named || says_published(&label) {
            distance = distance.saturating_sub(20);
        }
        if attribute(marked.element.value(), "pubdate").is_some() {
            distance /= 3;
        }
        let precise = from == "time" || attribute(marked.element.value(), "datetime").is_some();
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

/// Whether an element is named as the place of the date of publication, and does not say otherwise.
fn marks_published(marked: &Marked<'_>) -> bool {
    let class = marked.class.to_ascii_lowercase();
    let names = ["publish", "pubdate", "pub-date", "pub_date", "release-date", "releasedate"];
    let named = names.iter().any(|name| class.contains(name));
    // `status-publish` is how WordPress names every article.
    let other = ["updated", "modified", "status-publish"].iter().any(|name| class.contains(name));
    (marked.element.attr("pubdate").is_some() || named && !other)
        && !says_updated(&text::pieces(marked.element, 300).concat())
}

/// The short text that stands right before an element, as its label does.
pub(super) fn label(element: ElementRef<'_>) -> String {
    const MOST: usize = 30;
    let before =
        element.prev_siblings().inspect(crate::effort::step).find_map(|before| match before.value() {
            Node::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Node::Element(_) => {
                ElementRef::wrap(before).map(|before| text::pieces(before, MOST * 8).concat())
            }
            _ => None,
        });
    let short = |text: &String| text.chars().count() <= MOST && !text.contains(char::is_numeric);
    before.map(|text| text::fold(&text)).filter(short).unwrap_or_default()
}

/// Whether a short text says that it gives the date of publication.
fn says_published(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.chars().count() <= MOST_LABEL
        && PUBLISHED.iter().any(|word| lower.contains(word))
        && !says_updated(text)
}

/// Words beside a date of publication, in lower case.
#[rustfmt::skip]
const PUBLISHED: &[&str] = &[
    "published", "date of publication", "publication date", "pubblicato", "publicado", "publicada", "publié",
    "veröffentlicht", "erschienen", "gepubliceerd", "publicerad", "publisert", "udgivet", "offentliggjort", "julkaistu",
    "opublikowano", "publikováno", "publikované", "publicat", "objavljeno", "közzétéve", "megjelent", "опубликован",
    "опубліковано", "публикувано", "објављено", "δημοσιεύ", "yayınlanma", "yayımlanma", "diterbitkan", "đăng lúc",
    "เผยแพร่", "प्रकाशित", "প্রকাশ", "نشر", "منتشر", "פורסם", "发布", "發布", "公開", "掲載", "입력", "게시",
];

/// How far a place is from the headline; what stands in front of it is three times as far.
fn distance(place: &Place, headline: usize) -> usize {
    let at = place.order;
    let distance = if at >= headline { at - headline } else { (headline - at) * 3 };
    distance + if place.aside { ASIDE } else { 0 } + if place.nested { ASIDE } else { 0 }
}

/// Whether a line stands in an element whose class says that it tells since when somebody is a member.
fn tells_of_somebody(line: &Line<'_>) -> bool {
    attribute(line.parent.value(), "class").is_some_and(|class| {
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
