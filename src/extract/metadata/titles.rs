//! The headline: never the site's name, never the section.

use super::choice::Choice;
use super::material::Material;
use super::text::{self, bare, of_element, plain, similarity};
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
    " | ", " - ", " – ", " — ", " · ", " :: ", " » ", " « ", " • ", "｜", " / ", " ~ ", "_", " < ", "--",
    " ‹ ", " › ", " ⋆ ", " ‒ ", " |",
];

/// The titles of a page before any is chosen, by which other things about it are recognised.
pub(super) fn rough<'a>(material: &'a Material<'_>) -> Vec<&'a str> {
    material.meta("og:title").into_iter().chain(material.title.as_deref()).collect()
}

/// Reads the title, and tells where in the page it stands.
pub(super) fn read(
    found: &Found<'_, '_>,
    context: &Context<'_>,
    sites: &[String],
) -> (Choice<String>, Option<usize>) {
    let material = found.material;
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
    declared.add("title", usable(material.title.as_deref().map(text::fold)));

    let headings: Vec<(usize, &str, String)> = material
        .headings
        .iter()
        .take(40)
        .map(|marked| (marked.place.order, marked.element.value().name(), marked))
        .map(|(order, level, marked)| {
            (order, if marked.place.aside { "aside" } else { level }, of_element(marked.element))
        })
        .filter(|(_, _, title)| is_title(title, sites))
        .collect();
    let agreed = agreed(&headings, declared.values());
    let first = headings.iter().find(|(_, level, _)| *level == "h1");

    let mut choice = Choice::new();
    let by_rule = context.rules.title.iter().find_map(|selector| found.document.select(selector).next());
    choice.add("rule", by_rule.map(of_element).filter(|title| !title.is_empty()));
    choice.add("h1", agreed.map(|(_, title)| title.clone()));
    for (from, title) in declared.values() {
        choice.add(from, Some(title.clone()));
    }
    choice.add("h1", first.map(|(_, _, title)| title.clone()));
    choice.add("hint", context.hints.and_then(|hints| hints.title.clone()));
    choice.add("page title", material.title.as_deref().map(text::fold).filter(|title| !title.is_empty()));
    choice.add("h2", headings.first().map(|(_, _, title)| title.clone()));
    let order = agreed.map(|(order, _)| order).or(first.map(|(order, _, _)| *order));
    (choice, order)
}

/// The heading that agrees best with what the page declares to be its title.
fn agreed<'h>(
    headings: &'h [(usize, &str, String)],
    declared: &[(&str, String)],
) -> Option<(usize, &'h String)> {
    let mut best: Option<(f64, usize, &String)> = None;
    for (order, level, title) in headings {
        let likeness = declared.iter().take(6).map(|(_, known)| similarity(known, title)).fold(0.0, f64::max);
        let bar = if *level == "h1" { 0.5 } else { 0.8 };
        let weight = if *level == "h1" { likeness + 0.1 } else { likeness };
        if likeness >= bar && best.is_none_or(|(known, _, _)| weight > known) {
            best = Some((weight, *order, title));
        }
    }
    best.map(|(_, order, title)| (order, title))
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
