//! On what terms an article may be read and passed on: who may read it, and under which licence.

use scraper::{ElementRef, Html, Selector};
use url::{Position, Url};

use super::Found;
use super::json_ld::{Entry, Item};
use super::material::Property;
use crate::choice::Choice;
use crate::model::{Access, License};
use crate::text::of_element;

/// Elements around a link in which what is quoted or shown has a licence of its own.
const OF_OTHERS: [&str; 4] = ["figure", "figcaption", "blockquote", "picture"];
/// How far around a link these are looked for.
const MOST_AROUND: usize = 8;
/// The longest selector of a part, in bytes, and the most parts.
const MOST_SELECTOR: usize = 200;
const MOST_PARTS: usize = 20;

/// Reads who may read it. A tier says more than a yes or no: what is metered is declared as not free.
pub(super) fn access(found: &Found<'_, '_>) -> Choice<Access> {
    let mut choice = Choice::new();
    choice.add("article:content_tier", found.material.meta("article:content_tier").and_then(of_tier));
    if parts_for_subscribers(found).next().is_some() {
        choice.add("json-ld hasPart", Some(Access::Subscribers));
    }
    let declared = found.article.and_then(|article| article.truth("isAccessibleForFree"));
    choice.add("json-ld isAccessibleForFree", declared.map(of_truth));
    let marked = found.material.properties.iter().filter(|property| !property.place.nested);
    let mut marked = marked.filter(|property| property.name.eq_ignore_ascii_case("isAccessibleForFree"));
    let marked = marked.find_map(|property| Some((of_truth(says(property)?), property.element.id())));
    choice.add_at("isAccessibleForFree", marked);
    choice
}

/// What the page asks of search engines, of what concerns copies (RFC 9309 leaves this to pages themselves; the words are
/// those that search engines document).
pub(super) fn robots(found: &Found<'_, '_>) -> Vec<String> {
    let asked: Vec<String> = found
        .material
        .metas("robots")
        .flat_map(|content| content.split(','))
        .map(|word| word.trim().to_ascii_lowercase())
        .collect();
    let asks = |words: &[&str]| words.iter().any(|word| asked.iter().any(|asked| asked == word));
    let heeded = [("noarchive", &["noarchive", "nocache"][..]), ("noindex", &["noindex", "none"][..])];
    heeded.into_iter().filter(|(_, words)| asks(words)).map(|(name, _)| name.to_owned()).collect()
}

fn of_tier(tier: &str) -> Option<Access> {
    match tier.to_ascii_lowercase().as_str() {
        "free" => Some(Access::Free),
        "metered" => Some(Access::Metered),
        "locked" => Some(Access::Subscribers),
        _ => None,
    }
}

fn of_truth(is_free: bool) -> Access {
    if is_free { Access::Free } else { Access::Subscribers }
}

fn says(property: &Property<'_>) -> Option<bool> {
    let element = property.element;
    match element.attr("content").or_else(|| element.attr("href")) {
        Some(text) => truth(text),
        None => truth(&of_element(element)),
    }
}

/// `true`, `False`, `http://schema.org/False`
pub(super) fn truth(text: &str) -> Option<bool> {
    let word = text.trim().rsplit(['/', '#', ':']).next()?;
    match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        _ => None,
    }
}

/// The parts of the article that it declares as not free.
fn parts_for_subscribers<'a>(found: &'a Found<'_, '_>) -> impl Iterator<Item = Item<'a, 'a>> {
    let parts = found.article.map(|article| article.items("hasPart")).unwrap_or_default();
    parts.into_iter().take(MOST_PARTS).filter(|part| part.truth("isAccessibleForFree") == Some(false))
}

/// Says so where a part for subscribers, whose place the page names, is not in it.
pub(super) fn missing_part(found: &Found<'_, '_>, document: &Html) -> Option<String> {
    parts_for_subscribers(found).find_map(|part| {
        let selector = part.text("cssSelector").filter(|selector| selector.len() <= MOST_SELECTOR)?;
        let query = Selector::parse(&selector).ok()?;
        let has_text = |element: ElementRef<'_>| element.text().any(|text| !text.trim().is_empty());
        (!document.select(&query).any(has_text))
            .then(|| format!("a part of it is for subscribers and is not in the page: `{selector}`"))
    })
}

/// Reads the licence.
pub(super) fn license(found: &Found<'_, '_>) -> Choice<License> {
    let material = found.material;
    let mut choice = Choice::new();
    let at = |href: &str| found.absolute(href).filter(|url| !is_here(found, url)).map(License::at);
    let says_license =
        |rel: &str| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("license"));
    let link = material.links.iter().filter(|(rel, _)| says_license(rel)).find_map(|(_, href)| at(href));
    choice.add("link license", link);
    choice.add("json-ld license", found.article.and_then(|article| of_json_ld(&article, &at)));
    let own = material.licenses.iter().filter(|marked| !marked.place.nested && !is_of_others(marked.element));
    let linked = own.filter_map(|marked| Some((at(marked.element.attr("href")?)?, marked.element.id())));
    choice.add_at("rel=license", linked.take(1).next());
    for name in
        ["dcterms.license", "dc.rights.license", "dc.license", "dcterms.rights", "dc.rights", "rights"]
    {
        choice.add(name, material.meta(name).and_then(|text| written(text, &at)));
    }
    choice
}

/// A licence in a text that is its URL, or that names one of Creative Commons. A reservation of rights is none.
fn written(text: &str, at: &impl Fn(&str) -> Option<License>) -> Option<License> {
    let text = text.trim();
    if text.starts_with("http://") || text.starts_with("https://") {
        return at(text);
    }
    License::named(text)
}

fn of_json_ld(article: &Item<'_, '_>, at: &impl Fn(&str) -> Option<License>) -> Option<License> {
    article.entries("license").into_iter().find_map(|entry| match entry {
        Entry::Text(text) => written(text, at),
        Entry::Item(item) => ["url", "@id", "name"].iter().find_map(|key| written(&item.text(key)?, at)),
    })
}

/// Whether `url` is a place in the page itself.
fn is_here(found: &Found<'_, '_>, url: &Url) -> bool {
    found.urls.iter().any(|page| page[..Position::AfterQuery] == url[..Position::AfterQuery])
}

fn is_of_others(element: ElementRef<'_>) -> bool {
    let around =
        element.ancestors().inspect(crate::effort::step).take(MOST_AROUND).filter_map(ElementRef::wrap);
    around.map(|element| element.value().name()).any(|name| OF_OTHERS.contains(&name))
}

#[cfg(test)]
mod tests;
