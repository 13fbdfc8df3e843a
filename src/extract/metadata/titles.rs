//! The headline: never the site's name, never the section.

use std::collections::HashSet;

use scraper::ElementRef;

use super::choice::Choice;
use super::material::Material;
use super::text::{self, bare, of_element, plain};
use super::{Context, Found};

/// The longest title, in characters.
const MOST: usize = 400;
/// `meta` elements that carry the title, the best first.
const METAS: &[&str] = &[
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "title",
];
/// What stands between a headline and the site's name.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " · ", " :: ", " » ", " « ", " • ", "｜", "ㅣ", "│", " / ", " ~ ", "_",
    " < ", "--", " ‹ ", " › ", " ⋆ ", " ‒ ", " |",
];

/// The titles of a page before any is chosen, by which other things about it are recognised.
pub(super) fn rough<'a>(material: &'a Material<'_>) -> Vec<&'a str> {
    material.meta("og:title").into_iter().chain(material.title.as_deref()).collect()
}

/// Reads the title, and tells where in the page it stands.
pub(super) fn read(found: &Found<'_, '_>, context: &Context<'_>) -> (Choice<String>, Option<usize>) {
    let (material, sites) = (found.material, found.sites.as_slice());
    let mut declared = Choice::new();
    let usable = |title: Option<String>| {
        title.and_then(|title| strip_site(&title, sites)).filter(|title| is_title(title, sites))
    };
    let article = found.article;
    declared.add("json-ld headline", usable(article.and_then(|article| article.text("headline"))));
    for name in METAS {
        declared.add(name, usable(material.meta(name).map(plain)));
    }
    declared.add("microdata headline", usable(of_property(material, "headline")));
    declared.add("json-ld name", usable(article.and_then(|article| article.text("name"))));
    declared.add("title as linked", as_linked(material.title.as_deref(), context));
    declared.add("title", usable(material.title.as_deref().map(plain)));

    let headings = headings(material, sites);
    let agreed = agreed(&headings, declared.values());
    let first = headings.iter().find(|(_, level, _)| *level == "h1");
    let agreed = agreed.or_else(|| only(&headings, material.elements / 2));

    let mut choice = Choice::new();
    choice.add("rule", context.rules.title());
    choice.add("h1", agreed.map(|(_, title)| without_kicker(title, declared.values())));
    for (from, title) in declared.values() {
        choice.add(from, Some(title.clone()));
    }
    choice.add("first h1", first.map(|(_, _, title)| title.clone()));
    choice.add("hint", context.hints.and_then(|hints| hints.title.clone()));
    choice.add("page title", material.title.as_deref().map(text::fold).filter(|title| !title.is_empty()));
    choice.add("h2", headings.first().map(|(_, _, title)| title.clone()));
    let order = agreed.map(|(order, _)| order).or(first.map(|(order, _, _)| *order));
    (choice, order)
}

/// The part of the page's title by which its listing links to it: where a page names its site nowhere else, nothing
/// else tells a site's name in a title from the headline.
fn as_linked(title: Option<&str>, context: &Context<'_>) -> Option<String> {
    let linked = context.hints?.title.as_deref()?;
    let (title, letters) = (bare(title?), bare(linked));
    let is_part = title != letters && (title.starts_with(&letters) || title.ends_with(&letters));
    (is_part && text::words(linked).len() >= 3).then(|| linked.to_owned())
}

/// The headings that can be titles, with their positions and levels.
fn headings<'a>(material: &Material<'a>, sites: &[String]) -> Vec<(usize, &'a str, String)> {
    let all = material.headings.iter().take(40).filter_map(|marked| {
        let level = if marked.place.aside { "aside" } else { marked.element.value().name() };
        let title = strip_site(&of_element(marked.element), sites).filter(|_| !leads_home(marked.element))?;
        Some((marked.place.order, level, title))
    });
    all.filter(|(_, _, title)| is_title(title, sites)).collect()
}

/// Whether a heading is a link to the site's home, and so the site's name.
fn leads_home(heading: ElementRef<'_>) -> bool {
    let link =
        heading.descendants().take(6).filter_map(ElementRef::wrap).find(|inner| inner.value().name() == "a");
    link.and_then(|link| link.attr("href")).is_some_and(|href| {
        let path = href
            .split_once("://")
            .map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        matches!(path.trim_matches('/'), "" | "index.html" | "index.php") && !href.starts_with('#')
    })
}

/// The heading that agrees best with what the page declares to be its title.
fn agreed<'h>(
    headings: &'h [(usize, &str, String)],
    declared: &[(&str, String)],
) -> Option<(usize, &'h String)> {
    let mut known: Vec<HashSet<String>> = Vec::new();
    for (_, title) in declared.iter().take(6) {
        let words = text::words(title);
        if !known.contains(&words) {
            known.push(words);
        }
    }
    let mut best: Option<(f64, usize, &String)> = None;
    for (order, level, title) in headings.iter().filter(|(_, _, title)| title.len() > 3).take(20) {
        let words = text::words(title);
        let likeness = known.iter().map(|known| text::overlap(known, &words)).fold(0.0, f64::max);
        let bar = if *level == "h1" { 0.3 } else { 0.8 };
        let weight = if *level == "h1" { likeness + 0.1 } else { likeness };
        if likeness >= bar && best.is_none_or(|(known, _, _)| weight > known) {
            best = Some((weight, *order, title));
        }
    }
    best.map(|(_, order, title)| (order, title))
}

/// The heading of the first level, if there is but one, before `end`, and it is more than a word or two.
fn only<'h>(headings: &'h [(usize, &str, String)], end: usize) -> Option<(usize, &'h String)> {
    let mut first = headings.iter().filter(|(_, level, _)| *level == "h1");
    let (order, _, title) = first.next()?;
    let alone = first.all(|(_, _, other)| bare(other) == bare(title));
    (alone && *order < end && text::words(title).len() >= 3).then_some((*order, title))
}

/// The heading without a section or date in front, or in its own letters where it is in capitals, as one of the
/// declared titles has it.
fn without_kicker(heading: &str, declared: &[(&str, String)]) -> String {
    let letters = bare(heading);
    let capitals = !heading.chars().any(char::is_lowercase);
    let same = declared.iter().find(|(_, title)| bare(title) == letters && capitals);
    let within = || {
        declared.iter().find(|(_, title)| {
            let kicker = heading.strip_suffix(title.as_str()).unwrap_or_default();
            !kicker.is_empty()
                && kicker.ends_with([' ', ':', '-', '/'])
                && kicker.split_whitespace().count() <= 5
                && text::words(title).len() >= 3
        })
    };
    // The same title with a kicker in front, in all that machines read.
    let above = || {
        let [(_, first), ..] = declared else { return None };
        let kicker = first.strip_suffix(heading)?.trim_end().strip_suffix(':')?;
        let agreed = declared.iter().take(3).filter(|(_, title)| title == first).count() == 3;
        (agreed && kicker.split_whitespace().count() <= 4).then_some(&declared[0])
    };
    same.or_else(within).or_else(above).map_or_else(|| heading.to_owned(), |(_, title)| title.clone())
}

fn of_property(material: &Material<'_>, name: &str) -> Option<String> {
    let property =
        material.properties.iter().find(|property| property.name == name && !property.place.aside)?;
    Some(property.element.attr("content").map_or_else(|| of_element(property.element), plain))
}

/// Whether a text can be a title: neither too long, nor the site's name alone.
fn is_title(title: &str, sites: &[String]) -> bool {
    let letters = bare(title);
    !letters.is_empty() && title.chars().count() <= MOST && sites.iter().all(|site| bare(site) != letters)
}

/// The parts of a title, cut at separators.
pub(super) fn segments(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    for separator in SEPARATORS {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Takes the site's name off the end or the beginning.
fn strip_site(title: &str, sites: &[String]) -> Option<String> {
    let mut title = title.trim();
    for _ in 0..3 {
        let last =
            SEPARATORS.iter().filter_map(|sign| title.rfind(sign).map(|at| (at, at + sign.len()))).max();
        let first = SEPARATORS
            .iter()
            .chain(&[": "])
            .filter_map(|sign| title.find(sign).map(|at| (at, at + sign.len())))
            .min();
        if let Some((before, after)) = last
            && names_site(&title[after..], sites)
        {
            title = title[..before].trim();
        } else if let Some((before, after)) = first
            && names_site(&title[..before], sites)
        {
            title = title[after..].trim();
        } else {
            break;
        }
    }
    (!title.is_empty()).then(|| title.to_owned())
}

fn names_site(part: &str, sites: &[String]) -> bool {
    let part = bare(part);
    !part.is_empty()
        && sites.iter().map(|site| bare(site)).any(|site| {
            site == part
                || site.chars().count() > 3
                    && part.chars().count() > 3
                    && (site.starts_with(&part) || part.starts_with(&site))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_name_is_taken_off() {
        let sites = ["The Courier".to_owned(), "courier.example".to_owned()];
        let check = |title: &str, expected: &str| assert_eq!(strip_site(title, &sites).unwrap(), expected);
        check("A bridge falls | The Courier", "A bridge falls");
        check("The Courier: A bridge falls", "A bridge falls");
        check("A bridge - and a river - falls", "A bridge - and a river - falls");
    }
}
