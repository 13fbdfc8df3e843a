//! The headline: never the site's name, never the section.

mod affixes;
mod headings;
mod shown;
mod slug;
pub(super) mod standing;

use ego_tree::NodeId;

use self::affixes::Affixes;
pub(super) use self::affixes::segments;
use self::headings::Heading;
use self::slug::Slug;
use super::material::Material;
use super::{Context, Found, subjects};
use crate::choice::{Choice, Said};
use crate::site_memory::UNTRUSTED;
use crate::text::{self, bare, of_element, plain_of_markup};

/// The longest title, in characters.
const MOST: usize = 2000;
/// `meta` elements that carry the title, the best first.
const METAS: &[&str] = &[
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dc:title",
    "dcterms.title",
    "dcterms:title",
    "citation_title",
    "title",
];
/// The titles of a page before any is chosen, by which other things about it are recognised.
pub(super) fn rough<'a>(material: &'a Material<'_>) -> Vec<&'a str> {
    material.meta("og:title").into_iter().chain(material.title.as_deref()).collect()
}

/// Reads the title, and tells where in the page it stands.
pub(super) fn read(found: &Found<'_, '_>, context: &Context<'_>) -> (Choice<String>, Option<usize>) {
    let material = found.material;
    let affixes = Affixes::new(&found.sites, &subjects::sections(found), context.url);
    let headings = headings::read(material, &affixes);
    let slug = Slug::of(context.url);
    let declared = declared(found, context, |title| {
        let title = affixes.strip(title)?;
        let parts = || segments(&title).into_iter().chain([title.as_str()]).map(bare);
        let is_shown = headings.iter().any(|heading| parts().any(|part| part == bare(&heading.title)));
        Some(slug.part(&title).filter(|_| !is_shown).map_or(title.clone(), str::to_owned))
    });
    let declared = declared.filter_map(|title| is_title(&title, &affixes).then_some(title));
    let first = headings::first(&headings);
    let mut linked = Choice::new();
    linked.add("hint", context.hints.and_then(|hints| hints.title.clone()));
    let agreed = headings::agreed(&headings, declared.values())
        .or_else(|| headings::agreed(&headings, linked.values()))
        .or_else(|| headings::addressed(&headings, declared.values(), &slug))
        .or_else(|| headings::only(&headings, declared.values(), material.elements / 2));
    let of_site = agreed.is_some_and(|heading| headings::is_all_the_site(heading, declared.values(), &slug));
    let agreed = if of_site { first.or(agreed) } else { agreed };

    let mut choice = Choice::new();
    let bare = |heading: &Heading<'_>| headings::bare_title(heading, declared.values());
    choice.add_at("h1", agreed.map(|heading| (bare(heading), heading.element.id())));
    declared.values().iter().for_each(|said| choice.add_said(said.clone()));
    choice.add_at("first h1", first.map(|heading| (heading.title.clone(), heading.element.id())));
    choice.add("hint", context.hints.and_then(|hints| hints.title.clone()));
    choice.add("page title", material.title.as_deref().map(text::fold).filter(|title| !title.is_empty()));
    choice.add_at(UNTRUSTED, headings.first().map(|heading| (heading.title.clone(), heading.element.id())));
    if choice.values().is_empty() {
        choice.add("script state", found.state().title.clone().filter(|title| is_title(title, &affixes)));
    }
    doubt_standing(&mut choice, context);
    choice.lead("rule", context.rules.title());
    (choice, agreed.or(first).map(|heading| heading.order))
}

/// Doubts a title that most pages of the source share, if the page has another. A title that the listing shows too is not
/// doubted: the posts of a series may share one.
fn doubt_standing(choice: &mut Choice<String>, context: &Context<'_>) {
    let is_standing = |title: &String| context.memory.has_standing_title(title);
    let is_linked = context.hints.and_then(|hints| hints.title.as_ref()).is_some_and(is_standing);
    let is_better = |said: &Said<String>| said.from != UNTRUSTED && !is_standing(&said.value);
    if !is_linked && choice.values().iter().any(is_better) {
        choice.doubt(is_standing);
    }
}

/// The titles that the page gives itself for machines, the best source first.
fn declared(
    found: &Found<'_, '_>,
    context: &Context<'_>,
    headline: impl Fn(&str) -> Option<String>,
) -> Choice<String> {
    let (material, article) = (found.material, found.article);
    let usable = |title: Option<String>| title.and_then(|title| headline(&title));
    let mut declared = Choice::new();
    declared.add("json-ld headline", usable(article.and_then(|article| article.text("headline"))));
    for name in METAS {
        declared.add(name, usable(material.meta(name).map(plain_of_markup)));
    }
    let marked = of_property(material, "headline");
    declared.add_at("microdata headline", marked.and_then(|(title, at)| Some((usable(Some(title))?, at))));
    declared.add("json-ld name", usable(article.and_then(|article| article.text("name"))));
    declared.add("title as linked", as_linked(material.title.as_deref(), context));
    declared.add("title", usable(material.title.as_deref().map(plain_of_markup)));
    declared
}

/// The part of the page's title by which its listing links to it: where a page names its site nowhere else, nothing
/// else tells a site's name in a title from the headline.
fn as_linked(title: Option<&str>, context: &Context<'_>) -> Option<String> {
    let linked = context.hints?.title.as_deref()?;
    let (title, letters) = (bare(title?), bare(linked));
    let is_part = title != letters && (title.starts_with(&letters) || title.ends_with(&letters));
    (is_part && text::words(linked).len() >= 3).then(|| linked.to_owned())
}

fn of_property(material: &Material<'_>, name: &str) -> Option<(String, NodeId)> {
    let property =
        material.properties.iter().find(|property| property.name == name && !property.place.aside)?;
    let title =
        property.element.attr("content").map_or_else(|| of_element(property.element), plain_of_markup);
    Some((title, property.element.id()))
}

/// Whether a text can be a title: neither too long, nor the site's name alone.
fn is_title(title: &str, affixes: &Affixes) -> bool {
    title.chars().any(char::is_alphanumeric) && title.chars().count() <= MOST && !affixes.are(title)
}
