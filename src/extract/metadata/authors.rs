//! Who wrote it: people and organisations, from the one source that names them best.

use scraper::ElementRef;

use super::choice::Choice;
use super::json_ld::{Entry, Item};
use super::material::{Marked, Material, Property};
use super::names::{clean, in_byline, people};
use super::text;
use super::{Context, Found};

/// `meta` elements that name authors, the best first.
const METAS: &[&str] = &[
    "author",
    "article:author",
    "authors",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dc:creator",
    "dcterms.creator",
    "dcterm.creator",
    "citation_author",
    "byl",
    "cxenseparse:author",
    "og:author",
    "og:article:author",
    "book:author",
    "article.author",
    "vr:author",
    "mediator_author",
    "shareaholic:article_author_name",
];

/// Reads the authors.
pub(super) fn read(found: &Found<'_, '_>, context: &Context<'_>) -> Choice<Vec<String>> {
    let material = found.material;
    let mut choice = Choice::new();
    choice.add("rule", by_rules(found, context));
    if let Some(article) = found.article {
        choice.add("json-ld author", of_json_ld(&article, "author"));
        choice.add("json-ld creator", of_json_ld(&article, "creator"));
    }
    choice.add("microdata author", of_properties(material, "author"));
    for name in METAS {
        choice.add(name, some(material.metas(name).flat_map(people).collect()));
    }
    choice.add("twitter:data1", written_by(material));
    choice.add("byline", of_bylines(found));
    choice.add("rel=author", of_links(material));
    choice.add("text", of_lines(found));
    choice.add("json-ld contributor", found.article.and_then(|article| of_json_ld(&article, "contributor")));
    choice.add(
        "hint",
        context.hints.and_then(|hints| some(hints.authors.iter().flat_map(|name| people(name)).collect())),
    );
    choice
}

/// The names without repetition, if there are any.
fn some(names: Vec<String>) -> Option<Vec<String>> {
    let mut out: Vec<String> = Vec::new();
    for name in names.into_iter().take(50) {
        if out.iter().all(|known| text::bare(known) != text::bare(&name)) {
            out.push(name);
        }
    }
    (!out.is_empty()).then_some(out)
}

fn by_rules(found: &Found<'_, '_>, context: &Context<'_>) -> Option<Vec<String>> {
    let texts = context.rules.author.iter().map(|selector| {
        let matches = found.document.select(selector).take(50);
        some(matches.flat_map(|element| people(&text::of_element(element))).collect())
    });
    texts.flatten().next()
}

fn of_json_ld(article: &Item<'_, '_>, key: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for entry in article.entries(key) {
        match entry {
            Entry::Text(text) => names.extend(people(text)),
            Entry::Item(item) => match item.entries("name").as_slice() {
                [] => {
                    let parts = (item.text("givenName"), item.text("familyName"));
                    if let (Some(given), Some(family)) = parts {
                        names.extend(clean(&format!("{given} {family}")));
                    }
                }
                several => names.extend(several.iter().flat_map(|name| match name {
                    Entry::Text(text) if item.is("Organization") => clean(text).into_iter().collect(),
                    Entry::Text(text) => people(text),
                    Entry::Item(_) => Vec::new(),
                })),
            },
        }
    }
    some(names)
}

fn of_properties(material: &Material<'_>, name: &str) -> Option<Vec<String>> {
    let foreign = |property: &Property<'_>| {
        property.place.aside
            || property.of.is_some_and(|(kind, _)| kind.contains("Comment") || kind.contains("Review"))
    };
    let all = || material.properties.iter().filter(|property| property.name == name && !foreign(property));
    let named = material.properties.iter().filter(|property| {
        property.name == "name"
            && property.of.is_some_and(|(_, of)| of.eq_ignore_ascii_case(name))
            && !foreign(property)
    });
    some(named.flat_map(|property| people(&value(property))).collect())
        .or_else(|| some(all().flat_map(|property| people(&value(property))).collect()))
}

fn value(property: &Property<'_>) -> String {
    property.element.attr("content").map_or_else(|| text::of_element(property.element), text::plain)
}

/// The pair `twitter:label1` "Written by" and `twitter:data1`.
fn written_by(material: &Material<'_>) -> Option<Vec<String>> {
    (1..=2).find_map(|number| {
        let label = material.meta(&format!("twitter:label{number}"))?.to_lowercase();
        let speaks =
            ["by", "autor", "verfasst", "écrit", "escrito", "scritto", "geschreven", "автор", "author"];
        if label.contains("time") || !speaks.iter().any(|word| label.contains(word)) {
            return None;
        }
        some(people(material.meta(&format!("twitter:data{number}"))?))
    })
}

fn of_bylines(found: &Found<'_, '_>) -> Option<Vec<String>> {
    let near = found.material.bylines.iter().filter(|marked| is_near(found, marked)).take(20);
    near.filter_map(|marked| {
        if marked.element.children().count() == 0 {
            return None;
        }
        some(of_byline(marked.element))
    })
    .next()
}

/// Names in a byline: of its links to authors where it has any, else of its text.
fn of_byline(element: ElementRef<'_>) -> Vec<String> {
    let pieces = text::pieces(element, 600);
    in_byline(&pieces)
}

/// Whether something stands where a byline does: not in a list of other things, and not far from the headline.
fn is_near(found: &Found<'_, '_>, marked: &Marked<'_>) -> bool {
    !marked.place.aside
        && !marked.place.nested
        && found.headline_order.is_none_or(|order| marked.place.order + 60 > order)
}

fn of_links(material: &Material<'_>) -> Option<Vec<String>> {
    let links = material.bylines.iter().filter(|marked| {
        marked.element.value().name() == "a"
            && !marked.place.aside
            && marked
                .element
                .attr("rel")
                .is_some_and(|rel| rel.split_whitespace().any(|word| word == "author"))
    });
    some(links.take(3).flat_map(|marked| people(&text::of_element(marked.element))).collect())
}

/// A line near the headline that says "By" and a name.
fn of_lines(found: &Found<'_, '_>) -> Option<Vec<String>> {
    let order = found.headline_order?;
    let near = |line: &&super::material::Line<'_>| {
        !line.place.aside && line.place.order + 5 > order && line.place.order < order + 80
    };
    let lines: Vec<&str> = found.material.lines.iter().filter(near).map(|line| line.text).collect();
    lines.iter().enumerate().find_map(|(at, line)| {
        super::names::begins_byline(line)
            .then(|| some(in_byline(&lines[at..lines.len().min(at + 3)])))
            .flatten()
    })
}
