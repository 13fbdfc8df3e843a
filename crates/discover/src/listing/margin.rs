//! Lists in a page's margin: what is read most, what else there is.

use super::group::Group;
use super::page::Page;
use super::worth::Worth;

/// Elements before a group among which its heading is looked for.
const BEFORE: usize = 40;
/// Lists whose items have less beside their titles are bare links.
const BARE: f32 = 0.2;
/// Lists whose items have so much are cards of articles, whatever their heading says.
const FURNISHED: f32 = 0.25;
/// A longer heading says more than what a list is of.
const LONGEST: usize = 60;

/// What the headings of such lists say, in lower case.
const HEADINGS: &[&str] = &[
    "am meisten gelesen",
    "beliebt",
    "das könnte",
    "editor's picks",
    "el más leído",
    "i più letti",
    "le più lette",
    "les plus lus",
    "lo más",
    "lo más leído",
    "mais lidas",
    "meest gelezen",
    "meistgelesen",
    "mest læst",
    "mest läst",
    "mest lest",
    "most commented",
    "most popular",
    "most read",
    "most shared",
    "most viewed",
    "más leídas",
    "más leídos",
    "najczęściej czytane",
    "plus lus",
    "popular",
    "popular posts",
    "popular stories",
    "populair",
    "più letti",
    "recommended",
    "related",
    "top stories this week",
    "trending",
    "you may also like",
    "çok okunanlar",
    "самое читаемое",
    "популярное",
    "найчитаніше",
    "الأكثر قراءة",
    "הנקראות ביותר",
    "人気記事",
    "アクセスランキング",
    "热门文章",
    "熱門文章",
    "많이 본 뉴스",
];

/// Whether a group stands bare in the margin, or under a heading that says that it is a choice from the page's articles.
pub(super) fn is_margin(page: &Page<'_>, group: &Group, worth: &Worth) -> bool {
    let is_aside = |link: usize| page.elements[page.links[link].element].region.aside;
    let aside = group.members.iter().filter(|member| is_aside(member.link)).count();
    let is_aside = aside * 2 > group.members.len();
    is_aside && worth.furniture < BARE || (is_aside || worth.furniture < FURNISHED) && is_choice(page, group)
}

fn is_choice(page: &Page<'_>, group: &Group) -> bool {
    let (Some(first), Some(last)) = (group.members.first(), group.members.last()) else { return false };
    let (first, last) = (page.links[first.link].element, page.links[last.link].element);
    let heading = (first.saturating_sub(BEFORE)..first).rev().find(|&at| page.elements[at].region.heading);
    heading.is_some_and(|at| {
        let text = page.text_of(at);
        let top = page.ancestors(at).find(|&around| page.text_of(around) != text).unwrap_or(at);
        text.len() <= LONGEST
            && page.inside(top).contains(&last)
            && !page.inside(at).contains(&first)
            && HEADINGS.iter().any(|heading| says(text, heading))
    })
}

/// Whether `text` begins with `words`.
fn says(text: &str, words: &str) -> bool {
    let lower = text.trim().to_lowercase();
    lower.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}
