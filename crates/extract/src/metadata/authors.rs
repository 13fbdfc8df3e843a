//! Who wrote it: people and organisations, from the one source that names them best.

use ego_tree::NodeId;
use scraper::ElementRef;

use super::author_sources::{LIBRARY_METAS, METAS, PROFILES, too_long};
use super::json_ld::{Entry, Item};
use super::material::{Line, Marked, Material, Property};
use super::name_lists::{spoken, turned};
use super::names::{Trust, begins_byline, clean, in_byline, people, says_written_by};
use super::preference::{prefer_people, without_site};
use super::{Context, Found};
use crate::choice::Choice;
use crate::dom::attribute;
use crate::text;

/// Reads the authors.
pub(super) fn read(
    found: &Found<'_, '_>,
    context: &Context<'_>,
    warnings: &mut Vec<String>,
) -> Choice<Vec<String>> {
    let material = found.material;
    let mut choice = Choice::new();
    if let Some(from) = too_long(found) {
        warnings.push(format!("what `{from}` says is too long to be names"));
    }
    choice.add("rule", by_rules(context));
    if let Some(article) = found.article {
        choice.add("json-ld author", of_json_ld(&article, "author"));
        choice.add("json-ld creator", of_json_ld(&article, "creator"));
    }
    choice.add("microdata author", of_properties(material, "author"));
    for name in METAS {
        choice.add(name, some(of_metas(material, name)));
    }
    choice.add("twitter:data1", written_by(material));
    choice.add_at("byline", of_bylines(found, |marked| is_near(found, marked)));
    choice.add_at("rel=author", of_links(material));
    choice.add_at("text", of_lines(found));
    choice.add_at("author box", of_bylines(found, |marked| !marked.place.aside && !marked.place.nested));
    choice.add_at("author box", of_bylines(found, |marked| marked.place.aside && !marked.place.nested));
    choice.add("json-ld contributor", found.article.and_then(|article| of_json_ld(&article, "contributor")));
    let hinted = context.hints.map(|hints| hints.authors.iter().flat_map(|name| people(name)).collect());
    choice.add("hint", hinted.and_then(some));
    if choice.values().is_empty() {
        choice.add("script state", some(found.state().authors.clone()));
    }
    choice.map(|names| without_site(found, names));
    prefer_people(found, &mut choice);
    choice
}

/// The names without repetition, if there are any.
fn some(names: Vec<String>) -> Option<Vec<String>> {
    let mut out: Vec<String> = Vec::new();
    for name in spoken(names.into_iter().take(50).collect()) {
        if out.iter().all(|known| text::bare(known) != text::bare(&name)) {
            out.push(name);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// The names in the `meta` elements called `name`. Those of libraries name one each, its last part first.
fn of_metas(material: &Material<'_>, name: &str) -> Vec<String> {
    if !LIBRARY_METAS.contains(&name) {
        return material.metas(name).flat_map(people).collect();
    }
    let one = |text: &str| turned(&text::plain(text)).and_then(|name| clean(&name)).map(|name| vec![name]);
    material.metas(name).flat_map(|text| one(text).unwrap_or_else(|| people(text))).collect()
}

/// The names in what the owner says to be authors: in which there is none, that is one.
fn by_rules(context: &Context<'_>) -> Option<Vec<String>> {
    const LONGEST: usize = 100;
    let texts = context.rules.authors()?;
    some(texts.iter().flat_map(|text| people(text)).collect())
        .or_else(|| some(texts.iter().filter(|text| text.chars().count() <= LONGEST).cloned().collect()))
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
            || property.is_of_another
            || is_of_open_graph(property)
            || property.of.is_some_and(|(kind, _)| kind.contains("Comment") || kind.contains("Review"))
    };
    let all = || material.properties.iter().filter(|property| property.name == name && !foreign(property));
    let named = material.properties.iter().filter(|property| {
        property.name == "name"
            && property.of.is_some_and(|(_, of)| of.eq_ignore_ascii_case(name))
            && !foreign(property)
    });
    some(named.flat_map(|property| named_by(property)).collect())
        .or_else(|| some(all().flat_map(|property| named_by(property)).collect()))
}

/// Whether a property is one of Open Graph's, which are read as such.
fn is_of_open_graph(property: &Property<'_>) -> bool {
    let name = property.element.attr("property").unwrap_or_default();
    property.element.value().name() == "meta" && (name.starts_with("article:") || name.starts_with("og:"))
}

/// The names in a property: of its content, else of its text, which may be a whole box about an author.
fn named_by(property: &Property<'_>) -> Vec<String> {
    match property.element.attr("content") {
        Some(content) => people(content),
        None => {
            let text = text::of_element(property.element);
            if text.chars().count() > 40 { of_byline(property.element) } else { people(&text) }
        }
    }
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

/// The names in the first element, among those that `wanted` accepts, that is marked as a byline and has any; and those
/// in the elements beside it that are marked alike.
fn of_bylines(found: &Found<'_, '_>, wanted: impl Fn(&Marked<'_>) -> bool) -> Option<(Vec<String>, NodeId)> {
    let mut marked = found.material.bylines.iter().filter(|marked| wanted(marked)).take(30);
    let (first, mut names) =
        marked.find_map(|marked| some(of_byline(marked.element)).map(|names| (marked, names)))?;
    if !first.class.is_empty() {
        let alike =
            marked.filter(|other| other.class == first.class && other.place.order < first.place.order + 30);
        for other in alike.take(10).filter(|other| other.element.parent() == first.element.parent()) {
            names.extend(of_byline(other.element));
        }
    }
    Some((some(names)?, first.element.id()))
}

/// Names in a byline: of its links to authors where it has any, else of its text.
fn of_byline(element: ElementRef<'_>) -> Vec<String> {
    if links_to_author(element) {
        return in_byline(&text::pieces(element, 600), Trust::Link);
    }
    let links = element
        .descendants()
        .inspect(crate::effort::step)
        .take(200)
        .filter_map(ElementRef::wrap)
        .filter(|inner| links_to_author(*inner));
    let names: Vec<String> =
        links.take(10).flat_map(|link| in_byline(&text::pieces(link, 200), Trust::Link)).collect();
    if !names.is_empty() {
        return names;
    }
    in_byline(&text::pieces(element, 600), Trust::Text)
}

fn links_to_author(element: ElementRef<'_>) -> bool {
    let value = element.value();
    value.name() == "a"
        && (attribute(value, "rel").is_some_and(|rel| rel.split_whitespace().any(|word| word == "author"))
            || attribute(value, "href").is_some_and(|href| PROFILES.iter().any(|part| href.contains(part))))
}

/// Whether something stands where a byline does: not in a list of other things, and not far from the headline.
fn is_near(found: &Found<'_, '_>, marked: &Marked<'_>) -> bool {
    !marked.place.aside
        && !marked.place.nested
        && found.headline_order.is_none_or(|order| marked.place.order + 60 > order)
}

fn of_links(material: &Material<'_>) -> Option<(Vec<String>, NodeId)> {
    let mut links = material.bylines.iter().filter(|marked| {
        marked.element.value().name() == "a"
            && !marked.place.aside
            && marked
                .element
                .attr("rel")
                .is_some_and(|rel| rel.split_whitespace().any(|word| word == "author"))
    });
    let first = links.next()?;
    let all = std::iter::once(first).chain(links.take(2));
    let names = some(all.flat_map(|marked| people(&text::of_element(marked.element))).collect())?;
    Some((names, first.element.id()))
}

/// A quick look at whether a line may say of whom it was written.
fn may_say_written_by(line: &str) -> bool {
    line.contains("by ") || line.ends_with("by") || line.contains([':', '：']) || !line.is_ascii()
}

/// A line near the headline that says "By" and a name, or one anywhere that says "Written by".
fn of_lines(found: &Found<'_, '_>) -> Option<(Vec<String>, NodeId)> {
    let order = found.headline_order.unwrap_or(0);
    let lines = &found.material.lines;
    let near = |line: &Line<'_>| line.place.order + 5 > order && line.place.order < order + 50;
    lines.iter().enumerate().filter(|(_, line)| !line.place.aside && !line.place.nested).find_map(
        |(at, line)| {
            if line.prose {
                return None;
            }
            let certain =
                line.text.len() <= 120 && may_say_written_by(line.text) && says_written_by(line.text);
            if !(certain || near(line) && begins_byline(line.text)) {
                return None;
            }
            let pieces: Vec<&str> = lines[at..]
                .iter()
                .take(4)
                .take_while(|next| next.place.order <= line.place.order + 6)
                .map(|line| line.text)
                .collect();
            let names = in_byline(&pieces, Trust::Text);
            // A line that says much more is a sentence.
            let said: usize = names.iter().map(String::len).sum();
            let whole = certain || said * 2 + 25 > text::fold(line.text).len();
            some(names).filter(|_| whole).map(|names| (names, line.parent.id()))
        },
    )
}
