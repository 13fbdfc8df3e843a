//! Selectors that find again what was found without any: for a person who wants to pin it.

use std::collections::{HashMap, HashSet};

use scraper::{Html, Selector};

use super::group::Member;
use super::page::Page;

/// Ancestors of a link that a selector names at most.
const MAX_DEPTH: usize = 6;

/// The selector of the links of most of `items`, which matches these and no other link; none if there is no such.
pub(super) fn link(page: &Page<'_>, html: &Html, items: &[&Member]) -> Option<String> {
    let links = most_alike(page, items);
    if links.len() * 2 < items.len() || links.len() < 2 {
        return None;
    }
    let mut level = links.clone();
    let mut selector = String::new();
    for _ in 0..MAX_DEPTH {
        let name = common_name(page, &level);
        selector = if selector.is_empty() { name } else { format!("{name} > {selector}") };
        // A bare `a` fits today's page by chance.
        if selector != "a" && matches_only(page, html, &selector, &links) {
            return Some(selector);
        }
        level = level.iter().map(|&element| page.elements[element].parent).collect();
    }
    None
}

/// The link elements of those items whose links stand at the place that is most common.
fn most_alike(page: &Page<'_>, items: &[&Member]) -> Vec<usize> {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for member in items {
        let element = page.links[member.link].element;
        places.entry(page.elements[element].path).or_default().push(element);
    }
    places.into_values().max_by_key(|links| (links.len(), std::cmp::Reverse(links[0]))).unwrap_or_default()
}

/// The tag of these elements, which they share, with the class names that they share.
fn common_name(page: &Page<'_>, elements: &[usize]) -> String {
    let classes = |element: usize| {
        let names = page.elements[element].data.attr("class").unwrap_or_default().split_ascii_whitespace();
        names.filter(|name| is_plain(name)).collect::<Vec<_>>()
    };
    let mut name = page.name(elements[0]).to_owned();
    let all: Vec<Vec<&str>> = elements.iter().map(|&element| classes(element)).collect();
    for class in &all[0] {
        if all.iter().all(|classes| classes.contains(class)) {
            name.push('.');
            name.push_str(class);
        }
    }
    name
}

/// Whether a class name needs no escapes in a selector.
fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

fn matches_only(page: &Page<'_>, html: &Html, selector: &str, links: &[usize]) -> bool {
    let Ok(parsed) = Selector::parse(selector) else { return false };
    let wanted: HashSet<_> = links.iter().map(|&link| page.elements[link].id).collect();
    let mut matched = 0;
    let only = html.select(&parsed).all(|element| {
        matched += 1;
        wanted.contains(&element.id())
    });
    only && matched == wanted.len()
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::super::{choose, groups};
    use super::*;
    use crate::discover::listing::texts::Texts;
    use crate::model::parse_html;

    fn check(body: &str, expected: Option<&str>) {
        let url = Url::parse("https://a.example/").unwrap();
        let html = parse_html(body);
        let page = Page::new(&html, &url);
        let groups = groups(&page, &Texts::of(&page));
        assert_eq!(link(&page, &html, &choose(&page, &groups).items).as_deref(), expected);
    }

    fn cards(from: usize, card: impl Fn(usize) -> String) -> String {
        (from..from + 5).map(card).collect()
    }

    #[test]
    fn the_shortest_selector_that_matches_nothing_else_is_named() {
        let list = cards(1, |n| {
            format!(
                "<article class='teaser t{n}'><h2><a href='/2025/story-{n}'>The harbour office counts its eels, part {n}</a></h2>\
                 <p>In the summer of the year {n} nobody knew how many of them there were.</p></article>"
            )
        });
        check(&format!("<nav><a href='/about'>About</a></nav><main>{list}</main>"), Some("h2 > a"));
        let other = "<aside><div class='box'><h2><a href='/shop'>Our shop</a></h2></div></aside>";
        check(&format!("<main>{list}</main>{other}"), Some("article.teaser > h2 > a"));
    }

    #[test]
    fn a_bare_tag_is_not_enough() {
        let list = cards(1, |n| {
            format!(
                "<div class=card><h3><a href='/2025/story-{n}'>The harbour office counts its eels, part {n}</a></h3>\
                 <p>In the summer of the year {n} nobody knew how many of them there were.</p></div>"
            )
        });
        check(&list, Some("h3 > a"));
    }

    #[test]
    fn a_page_without_a_list_has_none() {
        check("<p>Nothing here but <a href='/x'>a link</a>.</p>", None);
    }
}
