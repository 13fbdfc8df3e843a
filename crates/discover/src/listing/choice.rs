//! Which groups are the page's articles: the best of them, and those that are like it and not a part of it.

use rustc_hash::FxHashMap;

use super::address::family;
use super::group::{Group, Member};
use super::margin::is_margin;
use super::page::Page;
use super::title::words;
use super::titles::TitleSource;
use super::worth::{Worth, worth};
use super::{LEAST_QUALITY, LEAST_SCORE};

/// A group whose items are worth less than this part of the best group's is another thing.
const LIKE_THE_BEST: f32 = 0.6;
/// One or two links alone need more to be taken for articles.
const FEW: f32 = 0.9;

/// The articles found.
pub(super) struct Choice<'g> {
    /// In the page's order.
    pub(super) items: Vec<&'g Member>,
    /// The worth of the best group.
    pub(super) best: Option<Worth>,
    /// Whether the best group stands in the page's margin.
    pub(super) is_margin: bool,
}

pub(super) fn choose<'g>(page: &Page<'_>, groups: &'g [Group]) -> Choice<'g> {
    let mut ranked: Vec<(Worth, &Group)> = groups.iter().map(|group| (worth(page, group), group)).collect();
    ranked.sort_by(|a, b| b.0.score.total_cmp(&a.0.score));
    let mut taken = Taken::new(page);
    // What stands in the margin is the page's list only where nothing else is.
    if ranked.iter().any(|(worth, group)| is_list(worth) && !is_margin(page, group, worth)) {
        ranked.retain(|(worth, group)| !is_margin(page, group, worth));
    }
    let best = ranked.first().map(|(worth, _)| *worth);
    let in_margin = ranked.first().is_some_and(|(worth, group)| is_margin(page, group, worth));
    for (worth, group) in &ranked {
        let limit = best.map_or(0.0, |best| best.quality) * LIKE_THE_BEST;
        let is_few = group.members.len() < 3 && !taken.knows_family_of(page, group);
        if worth.quality > 0.0 && worth.quality >= if is_few { limit / LIKE_THE_BEST * FEW } else { limit } {
            taken.take(page, group);
        }
    }
    let mut items: Vec<&Member> = taken.items.into_values().collect();
    items.sort_by_key(|member| member.link);
    Choice { items, best, is_margin: in_margin }
}

/// Whether a group of this worth is a list of articles.
pub(super) fn is_list(worth: &Worth) -> bool {
    worth.quality >= LEAST_QUALITY && worth.score >= LEAST_SCORE
}

/// The links taken so far.
struct Taken<'g> {
    /// The item of each target.
    items: FxHashMap<usize, &'g Member>,
    /// For each element, the target in whose card it is.
    owners: Vec<Option<usize>>,
    families: FxHashMap<u64, usize>,
}

impl<'g> Taken<'g> {
    fn new(page: &Page<'_>) -> Taken<'g> {
        Taken {
            items: FxHashMap::default(),
            owners: vec![None; page.elements.len()],
            families: FxHashMap::default(),
        }
    }

    /// Takes the members of `group`, unless most of them are parts of what is taken.
    fn take(&mut self, page: &Page<'_>, group: &'g Group) {
        let news: Vec<&Member> = group.members.iter().filter(|member| self.is_new(page, member)).collect();
        for member in &group.members {
            self.improve(member);
        }
        if news.len() * 2 < group.members.len() {
            return;
        }
        for member in news {
            self.items.insert(member.target, member);
            *self.families.entry(family(&page.targets[member.target].url)).or_default() += 1;
            for owner in &mut self.owners[member.card.elements.clone()] {
                owner.get_or_insert(member.target);
            }
        }
    }

    fn is_new(&self, page: &Page<'_>, member: &Member) -> bool {
        let owner = self.owners[page.links[member.link].element];
        !self.items.contains_key(&member.target) && owner.is_none_or(|owner| owner == member.target)
    }

    /// A title that nobody sees gives way to one that is seen.
    fn improve(&mut self, member: &'g Member) {
        if let Some(known) = self.items.get_mut(&member.target)
            && (known.source == TitleSource::Label || words(&known.title) < 2)
            && member.source != TitleSource::Label
            && words(&member.title) >= 3
        {
            *known = member;
        }
    }

    fn knows_family_of(&self, page: &Page<'_>, group: &Group) -> bool {
        group
            .members
            .iter()
            .all(|member| self.families.contains_key(&family(&page.targets[member.target].url)))
    }
}
