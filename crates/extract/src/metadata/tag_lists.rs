//! The tags that a page shows its readers: a list that its class or a label calls so, or links that are called tags.

use ego_tree::NodeId;
use scraper::ElementRef;

use super::Found;
use super::material::{Line, Marked};
use crate::segment::{names, signs};
use crate::text::{fold, of_element};

/// The most links of a list, and the longest of them, in characters.
const MOST: usize = 30;
const LONGEST: usize = 50;
/// The most elements of a list, and the most lists, that are looked at.
const MOST_INSIDE: usize = 200;
const MOST_LISTS: usize = 10;
/// The most links of a list beside the article: more are those of the site.
const MOST_ASIDE: usize = 12;
/// Words in the addresses of pages of one tag.
const IN_ADDRESSES: &[&str] = &[
    "category:",
    "etiket",
    "etiqueta",
    "categoria:",
    "categoría:",
    "catégorie:",
    "kategorie:",
    "kategoria:",
    "keyword",
    "konu",
    "label",
    "schlagwort",
    "stichwort",
    "subject",
    "sujet",
    "tag",
    "tema",
    "thema",
    "theme",
    "topic",
];
/// What stands in front of tags, in lower case.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "argomenti", "avainsanat", "categories", "categorías", "catégories", "címkék", "emneord", "emner", "etichete",
    "etichette", "etiket", "etiketler", "etiquetas", "etiquetes", "filed under", "keywords", "klíčová slova",
    "kategorien", "labels", "mots clés", "mots-clés", "nyckelord", "onderwerpen", "palabras clave", "palavras-chave",
    "parole chiave", "post tags", "schlagworte", "schlagwörter", "stichworte", "stichwörter", "słowa kluczowe", "tag",
    "tagged", "tagged as", "tagged in", "tagged with", "taggar", "tagi", "tags", "temas", "thema's", "themen", "topics",
    "trefwoorden", "từ khóa", "tópicos", "étiquettes", "ämnen", "štítky", "ετικέτες", "ключевые слова", "ключові слова",
    "метки", "ознаке", "тагове", "теги", "תגיות", "الكلمات المفتاحية", "الوسوم", "وسوم", "برچسب‌ها", "टैग", "แท็ก", "キーワード",
    "タグ", "关键词", "關鍵字", "标签", "標籤", "태그", "키워드",
];

/// The first list of tags of the article, and where it stands.
pub(super) fn read(found: &Found<'_, '_>) -> Option<(Vec<String>, NodeId)> {
    let is_list = |marked: &&Marked<'_>| !marked.place.nested && marked.element.value().name() != "a";
    let lists = || found.material.tags.iter().filter(is_list);
    // What stands beside the article and before its headline is the site's menu, unless it is in the article itself.
    let menu = |marked: &Marked<'_>| {
        marked.place.aside
            && !marked.place.main
            && found.headline_order.is_none_or(|order| marked.place.order < order)
    };
    let in_place = lists().filter(|marked| !menu(marked)).take(MOST_LISTS);
    let of_article = lists().filter(|marked| menu(marked) && is_beside_who_or_when(marked.element));
    let listed = |marked: &Marked<'_>| Some((in_list(marked.element)?, marked.element.id()));
    in_place
        .filter_map(listed)
        .next()
        .or_else(|| labelled(found))
        .or_else(|| called_tags(found))
        .or_else(|| of_article.filter_map(listed).find(|(tags, _)| tags.len() <= MOST_ASIDE))
}

/// The links in an element that is marked as a list of tags, if most of them lead to a page of a tag; without links, what
/// it holds that is marked as a tag.
fn in_list(element: ElementRef<'_>) -> Option<Vec<String>> {
    let all = links(element);
    let leading: Vec<_> = all.iter().filter(|link| leads_to_a_tag(**link)).copied().collect();
    if all.is_empty() {
        let inside = element
            .descendants()
            .inspect(crate::effort::step)
            .skip(1)
            .take(MOST_INSIDE)
            .filter_map(ElementRef::wrap);
        return some(inside.filter(|inner| is_called_tag(*inner)).collect());
    }
    // A wiki's list begins with a link to all its categories.
    let listed: Vec<_> = all.iter().filter(|link| is_in_a_list(**link, element)).copied().collect();
    let wanted = if listed.is_empty() || listed.len() + 1 < all.len() { all.clone() } else { listed };
    (leading.len() * 2 > all.len()).then(|| some(wanted)).flatten()
}

fn is_in_a_list(link: ElementRef<'_>, list: ElementRef<'_>) -> bool {
    let mut around = link
        .ancestors()
        .inspect(crate::effort::step)
        .take_while(|outer| outer.id() != list.id())
        .filter_map(ElementRef::wrap);
    around.any(|outer| outer.value().name() == "li")
}

/// The links behind a label: in the element around it, or in the next.
fn labelled(found: &Found<'_, '_>) -> Option<(Vec<String>, NodeId)> {
    let labels = found
        .material
        .lines
        .iter()
        .filter(|line| !line.prose && !line.place.nested && !line.place.aside && is_label(line));
    labels.take(MOST_LISTS).find_map(|line| {
        let label = line.parent;
        let next = || label.next_siblings().inspect(crate::effort::step).find_map(ElementRef::wrap);
        let around = || label.parent().and_then(ElementRef::wrap).filter(|around| is_line(*around));
        let beside = [Some(label), around(), next()].into_iter().flatten();
        beside.filter_map(|holder| some(links(holder)).map(|tags| (tags, holder.id()))).next()
    })
}

fn is_label(line: &Line<'_>) -> bool {
    if line.text.len() > 60 || line.parent.value().name() == "a" {
        return false;
    }
    let text = fold(line.text).to_lowercase();
    let label =
        text.trim_end_matches([':', '：', ' ', '›', '»', '|', '-', '–', '—']).trim_start_matches(['#', ' ']);
    LABELS.contains(&label)
}

/// Whether an element is one line of the page, and no part of it.
fn is_line(element: ElementRef<'_>) -> bool {
    matches!(
        element.value().name(),
        "p" | "div" | "dl" | "footer" | "li" | "section" | "span" | "td" | "tr" | "ul"
    ) && of_element(element).chars().count() <= LONGEST * 10
}

/// Links that are called tags themselves and lead to pages of tags, beside one another.
fn called_tags(found: &Found<'_, '_>) -> Option<(Vec<String>, NodeId)> {
    let link = |marked: &&Marked<'_>| {
        !marked.place.aside
            && !marked.place.nested
            && marked.element.value().name() == "a"
            && leads_to_a_tag(marked.element)
    };
    let mut links = found.material.tags.iter().filter(link);
    let first = links.next()?;
    let near = links.take_while(|other| other.place.order < first.place.order + MOST);
    let alike = near.filter(|other| other.class == first.class).map(|other| other.element);
    Some((some(std::iter::once(first.element).chain(alike).collect())?, first.element.id()))
}

fn links(element: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let inside =
        element.descendants().inspect(crate::effort::step).take(MOST_INSIDE).filter_map(ElementRef::wrap);
    inside.filter(|inner| inner.value().name() == "a").take(MOST).collect()
}

fn leads_to_a_tag(link: ElementRef<'_>) -> bool {
    link.attr("href").is_some_and(|href| {
        let href = href.to_lowercase();
        IN_ADDRESSES.iter().any(|word| href.contains(word))
    })
}

fn is_called_tag(element: ElementRef<'_>) -> bool {
    let class = element.attr("class").unwrap_or_default();
    names::read(class).signs & signs::TAGS != 0 || class.to_ascii_lowercase().contains("tag")
}

/// Whether a list stands among what tells who wrote an article or when, as in a card about it.
fn is_beside_who_or_when(list: ElementRef<'_>) -> bool {
    let beside = list
        .prev_siblings()
        .inspect(crate::effort::step)
        .chain(list.next_siblings().inspect(crate::effort::step))
        .take(MOST)
        .filter_map(ElementRef::wrap);
    let named = |name: &str, element: ElementRef<'_>| {
        element.attr(name).is_some_and(|names| names::read(names).signs & (signs::BYLINE | signs::DATE) != 0)
    };
    beside.into_iter().any(|element| named("class", element) || named("id", element))
}

fn some(elements: Vec<ElementRef<'_>>) -> Option<Vec<String>> {
    let texts = elements.into_iter().map(of_element);
    let tags: Vec<String> = texts.filter(|tag| !tag.is_empty() && tag.chars().count() <= LONGEST).collect();
    (!tags.is_empty()).then_some(tags)
}
