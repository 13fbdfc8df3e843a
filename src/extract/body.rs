//! Which of a page's blocks are its article. The owner's rules win; else three judges are heard: rules of our own, a
//! learned one whose features include what the rules say, and what the page or the feed declares. How the blocks are
//! written out is left to others.

mod declared;
mod features;
mod landmarks;
mod learned;
mod noise;
mod reasons;
mod rules;
#[cfg(test)]
mod tests;
mod tidy;
mod trees;
mod witnesses;

use std::collections::HashSet;

use ego_tree::NodeId;
use scraper::Html;
use url::Url;

pub use self::reasons::Reason;
pub(crate) use self::reasons::Reasons;
use super::blocks::{Blocks, NONE};

/// Beneath this agreement of the judges, a body is doubted.
const DOUBTED: f32 = 0.5;

/// The agreement with the learned judge at which a body that the page declares is believed: with less, it is an excerpt
/// or another text; with more, they say the same, and the learned judge knows the headings too.
const BELIEVED: std::ops::Range<f32> = 0.8..0.95;

/// A page of more blocks is no article that anyone wrote by hand.
const MOST_BLOCKS: usize = 20_000;

/// What is known of a page before its body is looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// The URL that answered.
    pub(crate) url: &'a Url,
    /// The article's title: a block that only says it again is not part of the body.
    pub(crate) title: &'a str,
    /// The elements that are the body by the owner's rules.
    pub(crate) ruled: Option<&'a HashSet<NodeId>>,
    /// The article's HTML as a feed carries it: what is in it and on the page belongs to the body.
    pub(crate) hint: Option<&'a str>,
}

/// The blocks that are the article.
#[derive(Clone, Debug)]
#[allow(dead_code)] // the rendering reads the rest
pub(crate) struct Selection {
    /// The innermost element that holds all of it.
    pub(crate) root: NodeId,
    /// The text nodes that are kept.
    pub(crate) kept: HashSet<NodeId>,
    /// The kept blocks' places in [`Blocks::blocks`], in document order.
    pub(crate) blocks: Vec<usize>,
    /// From 0 to 1: how far the judges agree.
    pub(crate) confidence: f32,
    /// Whether the owner's rules say so.
    pub(crate) by_rule: bool,
    /// What is doubtful.
    pub(crate) warnings: Vec<String>,
}

/// The article's blocks of `page`, which was cut from `document`; none if nothing reads like an article. Why each block
/// is kept or not is written to `reasons`.
pub(crate) fn select(
    document: &Html,
    page: &Blocks,
    context: &Context<'_>,
    reasons: &mut Reasons,
) -> Option<Selection> {
    if let Some(selection) = context.ruled.and_then(|roots| selection(page, within(page, roots), 1.0)) {
        *reasons = Reasons::new(Reason::Rule, &vec![false; page.blocks.len()], Vec::new());
        reasons.note_blocks(Reason::Rule, &selection.blocks);
        return Some(Selection { by_rule: true, ..selection });
    }
    let findings = find(document, page, context.url);
    let likely = findings.likely();
    let mut kept = findings.choose(&likely);
    let judge = if likely.is_empty() { Reason::PlainRules } else { Reason::Judge };
    *reasons = Reasons::new(judge, &kept, likely);
    let confidence = agreement(page, &kept, findings.ruled());
    if let Some(declared) = witnesses::declared(page, &findings.declared.body, &kept)
        && BELIEVED.contains(&agreement(page, &kept, &declared))
    {
        kept = declared;
        reasons.note(Reason::DeclaredText, &kept);
    }
    if let Some(hint) = context.hint {
        witnesses::add_carried(page, hint, &mut kept);
        reasons.note(Reason::FeedText, &kept);
    }
    tidy::tidy(page, &findings.noise, context.title, &mut kept, reasons);
    let blocks = (0..kept.len()).filter(|at| kept[*at]).collect();
    let mut selection = selection(page, blocks, confidence)?;
    if confidence < DOUBTED {
        selection.warnings.push("it is doubtful where the body begins and ends".to_owned());
    }
    Some(selection)
}

/// What is found on a page before the learned judge is heard.
pub(crate) struct Findings<'a> {
    page: &'a Blocks,
    url: &'a Url,
    declared: declared::Declared,
    landmarks: landmarks::Landmarks,
    noise: Vec<bool>,
    verdict: rules::Verdict,
}

/// Looks at `page`, which was cut from `document`.
pub(crate) fn find<'a>(document: &Html, page: &'a Blocks, url: &'a Url) -> Findings<'a> {
    let declared = declared::read(document);
    let landmarks = landmarks::find(page, &declared.title);
    let noise = noise::find(page);
    let verdict = rules::judge(page, &landmarks, &noise);
    Findings { page, url, declared, landmarks, noise, verdict }
}

impl Findings<'_> {
    /// Of each block, whether the rules keep it.
    pub(crate) fn ruled(&self) -> &[bool] {
        &self.verdict.kept
    }

    /// Of each block, how likely the learned judge finds it. A page of very many blocks is left to the rules.
    fn likely(&self) -> Vec<f32> {
        let mut likely = Vec::new();
        if self.page.blocks.len() <= MOST_BLOCKS {
            self.each_row(|row| likely.push(learned::probability(row)));
        }
        likely
    }

    /// Of each block, whether it is kept by how `likely` it is.
    fn choose(&self, likely: &[f32]) -> Vec<bool> {
        if likely.len() < self.page.blocks.len() {
            return self.verdict.kept.clone();
        }
        learned::choose(self.page, likely)
    }

    /// Hands what the learned judge sees of each block to `judge`.
    pub(crate) fn each_row(&self, judge: impl FnMut(&[f32])) {
        features::each(&self.seen(), judge);
    }

    /// The names of what it sees.
    pub(crate) fn names(&self) -> Vec<String> {
        features::names(&self.seen())
    }

    fn seen(&self) -> features::Seen<'_> {
        features::Seen {
            page: self.page,
            landmarks: &self.landmarks,
            declared: &self.declared,
            noise: &self.noise,
            verdict: &self.verdict,
            url: self.url,
        }
    }
}

/// The F1 of the words that two judges keep.
fn agreement(page: &Blocks, one: &[bool], other: &[bool]) -> f32 {
    let (mut both, mut all) = (0, 0);
    for ((block, one), other) in page.blocks.iter().zip(one).zip(other) {
        both += if *one && *other { 2 * block.measure.words } else { 0 };
        all += block.measure.words * (u32::from(*one) + u32::from(*other));
    }
    both as f32 / all.max(1) as f32
}

/// Adds to `selection` what is in `roots`.
pub(crate) fn keep(selected: &mut Selection, page: &Blocks, roots: &HashSet<NodeId>) {
    if roots.is_empty() {
        return;
    }
    let mut blocks = within(page, roots);
    blocks.extend(&selected.blocks);
    blocks.sort_unstable();
    blocks.dedup();
    let (mut kept, by_rule) = (std::mem::take(&mut selected.kept), selected.by_rule);
    for at in within(page, roots) {
        kept.extend(&page.nodes[page.blocks[at].nodes.clone()]);
    }
    let warnings = std::mem::take(&mut selected.warnings);
    if let Some(root) = common_root(page, &blocks) {
        *selected = Selection { root, kept, blocks, confidence: selected.confidence, by_rule, warnings };
    }
}

/// The blocks that are in `roots`, elements or texts.
fn within(page: &Blocks, roots: &HashSet<NodeId>) -> Vec<usize> {
    let is_in = |at: &usize| {
        page.around(*at).any(|(_, element)| roots.contains(&element.id))
            || page.nodes[page.blocks[*at].nodes.clone()].iter().any(|text| roots.contains(text))
    };
    (0..page.blocks.len()).filter(is_in).collect()
}

fn selection(page: &Blocks, blocks: Vec<usize>, confidence: f32) -> Option<Selection> {
    let root = common_root(page, &blocks)?;
    let kept = blocks.iter().flat_map(|at| &page.nodes[page.blocks[*at].nodes.clone()]).copied().collect();
    Some(Selection { root, kept, blocks, confidence, by_rule: false, warnings: Vec::new() })
}

/// The innermost element around all of `blocks`.
fn common_root(page: &Blocks, blocks: &[usize]) -> Option<NodeId> {
    let mut root = page.blocks[*blocks.first()?].container;
    for at in blocks {
        let mut other = page.blocks[*at].container;
        while root != other {
            let (one, two) = (&page.elements[root as usize], &page.elements[other as usize]);
            if one.depth > two.depth {
                root = one.parent;
            } else {
                other = two.parent;
            }
            if root == NONE || other == NONE {
                return page.elements.first().map(|element| element.id);
            }
        }
    }
    Some(page.elements[root as usize].id)
}
