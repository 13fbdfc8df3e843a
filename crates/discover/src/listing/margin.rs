//! Lists in a page's margin: what is read most, what else there is.

use std::ops::Range;

use super::group::Group;
use super::page::Page;
use super::tag::Tag;
use super::worth::Worth;

/// Lists whose items have less beside their titles are bare links.
const BARE: f32 = 0.2;
/// Lists whose items have so much are cards of articles, whatever their heading says.
const FURNISHED: f32 = 0.25;
/// A longer heading says more than what a list is of.
const LONGEST: usize = 60;

/// What the headings of such lists say, in lower case.
const CHOICES: &[&str] = &[
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
/// What the headings of lists of events say.
const FUTURE: &[&str] = &[
    "coming soon",
    "coming up",
    "kommende termine",
    "kommende veranstaltungen",
    "nadchodzące wydarzenia",
    "nächste termine",
    "prochains rendez-vous",
    "prochains événements",
    "prossimi eventi",
    "próximos eventos",
    "upcoming",
    "upcoming events",
    "предстоящие события",
    "今後のイベント",
];

/// Whether a group stands bare in the margin, or under a heading that says that it is a choice from the page's articles,
/// or what is still to come.
pub(super) fn is_margin(page: &Page<'_>, group: &Group, worth: &Worth) -> bool {
    let is_aside = |link: usize| page.elements[page.links[link].element].region.aside;
    let aside = group.members.iter().filter(|member| is_aside(member.link)).count();
    let is_aside = aside * 2 > group.members.len();
    is_aside && worth.furniture < BARE
        || match group.section {
            Section::Choice => is_aside || worth.furniture < FURNISHED,
            Section::Future => true,
            Section::Other => false,
        }
}

/// What the heading above a link says of the list in which it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Section {
    /// Some of the articles that are or were elsewhere.
    Choice,
    /// What is to come.
    Future,
    #[default]
    Other,
}

/// The parts of a page under such headings, in its order.
pub(super) struct Sections(Vec<(Range<usize>, Section)>);

impl Sections {
    pub(super) fn of(page: &Page<'_>) -> Sections {
        let is_heading = |at: &usize| page.elements[*at].tag == Tag::Heading;
        let headings: Vec<usize> = (0..page.elements.len()).filter(is_heading).collect();
        let parts = headings.iter().enumerate().filter_map(|(nth, &at)| {
            let text = page.text_of(at);
            let section = section(text)?;
            let top = page.ancestors(at).find(|&around| page.text_of(around) != text)?;
            // Up to a heading of the same rank: those below it are its items'.
            let same = headings[nth + 1..].iter().find(|&&other| page.name(other) <= page.name(at));
            let end = page.elements[top].end.min(same.copied().unwrap_or(usize::MAX));
            Some((page.elements[at].end..end, section))
        });
        Sections(parts.collect())
    }

    pub(super) fn at(&self, element: usize) -> Section {
        let part = self.0.iter().find(|(part, _)| part.contains(&element));
        part.map(|(_, section)| *section).unwrap_or_default()
    }
}

fn section(text: &str) -> Option<Section> {
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let lower = text.to_lowercase();
    let says = |words: &&str| {
        lower.strip_prefix(*words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    if CHOICES.iter().any(&says) {
        return Some(Section::Choice);
    }
    FUTURE.iter().any(says).then_some(Section::Future)
}
