//! What it is about: description, section and tags.

use std::collections::BTreeSet;

use ego_tree::NodeId;

use super::json_ld::{Entry, Item};
use super::material::{Marked, Material};
use super::{Context, Found, canonical, tag_lists};
use crate::choice::Choice;
use crate::lang::noise;
use crate::text::{self, bare, of_element, plain};

/// The most tags, and the longest.
const MOST_TAGS: usize = 60;
const MOST_TAG: usize = 80;
/// The longest description, in characters.
const MOST_DESCRIPTION: usize = 3000;

/// What ends a sentence of a description, and the most words of a call to read on behind it.
const ENDS: [char; 8] = ['.', '!', '?', '…', '。', '！', '？', '”'];
const CALL_WORDS: usize = 5;
/// Where systems file what has no subject, in lower case.
#[rustfmt::skip]
const FILED: &[&str] = &[
    "allgemein", "article", "articles", "blog post", "non classé", "post", "posts", "senza categoria", "sin categoría",
    "uncategorised", "uncategorized", "без рубрики", "未分类", "未分類",
];

/// Reads the description.
pub(super) fn description(found: &Found<'_, '_>, context: &Context<'_>) -> Choice<String> {
    let mut choice = Choice::new();
    let usable = |text: String| {
        let text = without_call(&text);
        let length = text.chars().count();
        let is_usable = length > 15 && length <= MOST_DESCRIPTION && noise::of_line(text).is_none();
        is_usable.then(|| text.to_owned())
    };
    let meta = |name: &str| found.material.meta(name).map(plain).and_then(usable);
    for name in ["description", "og:description"] {
        choice.add(name, meta(name));
    }
    choice.add(
        "json-ld description",
        found.article.and_then(|article| article.text("description")).and_then(usable),
    );
    for name in ["twitter:description", "dc.description", "dcterms.description", "sailthru.description"] {
        choice.add(name, meta(name));
    }
    choice.add("hint", context.hints.and_then(|hints| hints.summary.clone()).and_then(usable));
    choice
}

/// `text` without what asks to read on behind its last sentence.
fn without_call(text: &str) -> &str {
    let Some((end, mark)) = text.char_indices().rev().find(|(_, c)| ENDS.contains(c)) else { return text };
    let (said, call) = text.split_at(end + mark.len_utf8());
    let call = call.trim();
    let is_short = call.split_whitespace().count() <= CALL_WORDS;
    if is_short && noise::of_line(call).is_some() { said } else { text }
}

/// Reads the section.
pub(super) fn section(found: &Found<'_, '_>) -> Choice<String> {
    let mut choice = Choice::new();
    let usable = |text: String| {
        (!text.is_empty() && text.chars().count() <= MOST_TAG && !text.contains("://")).then_some(text)
    };
    let meta = |name: &str| found.material.meta(name).map(plain).and_then(usable);
    choice.add("article:section", meta("article:section"));
    choice.add(
        "json-ld articleSection",
        found.article.and_then(|article| article.text("articleSection")).and_then(usable),
    );
    for name in
        ["parsely-section", "section", "cxenseparse:category", "category", "content_category", "dc.subject"]
    {
        choice.add(name, meta(name));
    }
    choice
}

/// All sections that the page declares itself to be of.
pub(super) fn sections(found: &Found<'_, '_>) -> Vec<String> {
    section(found).values().iter().map(|said| said.value.clone()).collect()
}

/// Reads the tags. A section is none.
pub(super) fn tags(found: &Found<'_, '_>, context: &Context<'_>) -> Choice<Vec<String>> {
    let material = found.material;
    let mut choice = Choice::new();
    let list = |name: &str| some(material.metas(name).flat_map(split).collect());
    choice.add("news_keywords", list("news_keywords"));
    choice.add("json-ld keywords", found.article.and_then(|article| some(of_json_ld(&article, "keywords"))));
    choice.add("article:tag", some(material.metas("article:tag").flat_map(split).collect()));
    for name in ["keywords", "parsely-tags", "sailthru.tags", "cxenseparse:keywords", "article:tags", "tags"]
    {
        choice.add(name, list(name));
    }
    choice.add_at("rel=tag", of_links(material));
    choice.add_at("tag list", tag_lists::read(found).and_then(|(tags, at)| Some((some(tags)?, at))));
    choice.add("hint", context.hints.and_then(|hints| some(hints.tags.clone())));
    let mut choice = choice.filter_map(|tags| without_site(found, context, tags));
    choice.lead("rule", context.rules.tags());
    // A list that has but the section is none.
    let section = section(found).first().map(|section| bare(section));
    choice.doubt(|tags: &Vec<String>| matches!(tags.as_slice(), [one] if Some(bare(one)) == section));
    if let Some(at) = agreed(&choice) {
        choice.prefer(at);
    }
    choice
}

/// The links of `rel=tag`. Those of `rel="category tag"` lead to sections, as WordPress writes them.
fn of_links(material: &Material<'_>) -> Option<(Vec<String>, NodeId)> {
    let has = |marked: &Marked<'_>, word: &str| {
        marked.element.attr("rel").is_some_and(|rel| rel.split_whitespace().any(|known| known == word))
    };
    let links = material.tags.iter().filter(|marked| !marked.place.aside && has(marked, "tag"));
    let links: Vec<_> = links.filter(|marked| !has(marked, "category")).take(MOST_TAGS).collect();
    let tags = some(links.iter().map(|marked| of_element(marked.element)).collect())?;
    Some((tags, links.first()?.element.id()))
}

/// Of what a page shows as tags, the source that says the same as `article:tag`, or that has nothing in common with
/// keywords which are the site's own on every page.
fn agreed(choice: &Choice<Vec<String>>) -> Option<usize> {
    let values = choice.values();
    let winner = values.first()?;
    let at = |wanted: &[&str]| values.iter().position(|said| !said.doubted && wanted.contains(&said.from));
    let shown = at(&["rel=tag", "tag list"])?;
    let set = |at: usize| values[at].value.iter().map(|tag| bare(tag)).collect::<BTreeSet<_>>();
    let (won, seen) = (set(0), set(shown));
    let same = || at(&["article:tag"]).is_some_and(|declared| set(declared) == seen);
    let general = || winner.from == "keywords" && won.is_disjoint(&seen);
    (winner.from != "rule" && (same() || general())).then_some(shown)
}

/// The tags without the site's own name, which is no subject.
fn without_site(found: &Found<'_, '_>, context: &Context<'_>, tags: Vec<String>) -> Option<Vec<String>> {
    let host = canonical::site(context.url.host_str().unwrap_or_default());
    let label = bare(host.split('.').next().unwrap_or_default());
    let sites: Vec<String> = found.sites.iter().take(1).map(|site| bare(site)).chain([label]).collect();
    let is_site = |tag: &String| sites.contains(&bare(tag));
    some(tags.into_iter().filter(|tag| !is_site(tag)).collect())
}

/// Those of `tags` that are for readers.
pub(crate) fn tags_for_readers(tags: Vec<String>) -> Vec<String> {
    some(tags).unwrap_or_default()
}

fn of_json_ld(article: &Item<'_, '_>, key: &str) -> Vec<String> {
    let entries = article.entries(key);
    let several = entries.len() > 1;
    entries
        .into_iter()
        .flat_map(|entry| match entry {
            Entry::Text(text) if several => vec![plain(text)],
            Entry::Text(text) => split(text),
            Entry::Item(item) => item.text("name").into_iter().collect(),
        })
        .collect()
}

fn split(list: &str) -> Vec<String> {
    let list = plain(&list[..list.floor_char_boundary(8000)]);
    if !list.contains([',', ';', '、', '，', '،', '|']) && list.chars().any(text::is_ideograph) {
        return list.split(' ').map(str::to_owned).collect();
    }
    let separator =
        [';', '、', '|'].into_iter().find(|sign| list.contains(*sign) && !list.contains(',')).unwrap_or(',');
    list.split([separator, '，', '،']).map(|tag| tag.trim().to_owned()).collect()
}

/// Where a system writes its tags as `key: value`, the values of the keys that speak of the subject.
fn of_subjects(tags: Vec<String>) -> Vec<String> {
    if tags.iter().filter(|tag| tag.contains(": ")).count() < 3 {
        return tags;
    }
    let value = |tag: String| match tag.split_once(": ") {
        Some((key, value)) => {
            matches!(key.to_lowercase().as_str(), "subject" | "topic" | "keyword").then(|| value.to_owned())
        }
        None => Some(tag),
    };
    tags.into_iter().filter_map(value).collect()
}

/// Whether a tag is a code of capitals and digits.
fn is_code(tag: &str) -> bool {
    tag.len() <= 10 && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b":-".contains(&b))
}

/// Whether a tag is for readers: no number, identifier, address, or entry of a system's own table.
fn is_tag(tag: &str) -> bool {
    let length = tag.chars().count();
    let spaced = tag.contains(' ');
    let identifier = tag.contains('_') && !spaced
        || length >= 24 && !spaced && tag.bytes().any(|b| b.is_ascii_digit())
        || length > 4 && tag.bytes().all(|b| b.is_ascii_digit());
    let keyed = tag.split_once(": ").is_some_and(|(key, _)| {
        let key = key.to_lowercase();
        ["category", "nlp", "type", "tag", "section"].iter().any(|word| key.starts_with(word))
    });
    let host = !spaced
        && tag.contains('.')
        && [".com", ".org", ".net", ".de", ".co.uk"].iter().any(|top| tag.ends_with(top));
    let lettered =
        tag.chars().any(char::is_alphabetic) || tag.chars().filter(char::is_ascii_digit).count() > 1;
    !host && lettered && length > 0 && length <= MOST_TAG && !tag.contains("://") && !identifier && !keyed
}

/// The tags without repetition, if there are any.
fn some(tags: Vec<String>) -> Option<Vec<String>> {
    let tags = of_subjects(tags);
    let codes = tags.iter().filter(|tag| is_code(tag)).count();
    if tags.len() > 7 && codes * 2 > tags.len() {
        return None;
    }
    let mut out: Vec<String> = Vec::new();
    let written = tags.into_iter().map(|tag| tag.trim_start_matches(['#', '＃', ' ']).to_owned());
    for tag in written.filter(|tag| is_tag(tag) && !FILED.contains(&tag.to_lowercase().as_str())) {
        if out.len() < MOST_TAGS && out.iter().all(|known| bare(known) != bare(&tag)) {
            out.push(tag);
        }
    }
    (!out.is_empty()).then_some(out)
}
