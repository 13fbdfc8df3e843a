//! Which of a page's blocks are its article. The owner's rules win; else three judges are heard: rules of our own, a
//! learned one whose features include what the rules say, and what the page or the feed declares. How the blocks are
//! written out is left to others.

mod declared;
mod features;
mod landmarks;
mod learned;
mod question;
mod reasons;
mod rules;
mod structure;
#[cfg(test)]
mod tests;
mod tidy;
mod trees;
mod witnesses;

use std::collections::HashSet;

use ego_tree::NodeId;
use rustc_hash::FxHashSet;
use scraper::Html;
use tearsheet_html::PageData;
use url::Url;

use self::learned::ChosenBlocks;
pub(crate) use self::reasons::Reasons;
use super::render;
use crate::lang::noise::{self, Noise};
use crate::model::Reason;
use crate::segment::{Blocks, NONE};
use crate::stage::{Probe, Stage, Watch};

/// Beneath this confidence, a body is doubted: out of fold, that tells of 74 % of the texts with an F1 beneath .8, and of
/// 4 % of those above .95 (`training/MODEL_CARD.md`).
const DOUBTED: f32 = 0.85;
/// What the rules alone come to, out of fold.
const RULES_ALONE: f32 = 0.8;

/// A page of more blocks is no article that anyone wrote by hand.
const MOST_BLOCKS: usize = 20_000;

/// What is known of a page before its body is looked for.
#[derive(Clone, Copy)]
pub(crate) struct SelectionContext<'a> {
    /// The URL that answered.
    pub(crate) url: &'a Url,
    /// The article's title: a block that only says it again is not part of the body.
    pub(crate) title: &'a str,
    /// The elements that are the body by the owner's rules.
    pub(crate) ruled: Option<&'a HashSet<NodeId>>,
    /// The article's HTML as a feed carries it: what is in it and on the page belongs to the body.
    pub(crate) hint: Option<&'a str>,
    pub(crate) probe: Probe<'a>,
}

/// The blocks that are the article.
#[derive(Clone, Debug)]
pub(crate) struct Selection {
    /// The innermost element that holds all of it.
    pub(crate) root: NodeId,
    /// The text nodes that are kept.
    pub(crate) kept: FxHashSet<NodeId>,
    /// The kept blocks' places in [`Blocks::blocks`], in document order.
    pub(crate) blocks: Vec<usize>,
    /// From 0 to 1: the F1 that the words of the selection are expected to have.
    pub(crate) confidence: f32,
    /// Whether the owner's rules say so.
    pub(crate) by_rule: bool,
    /// What noise each of the page's blocks is.
    pub(crate) noise: Vec<Option<Noise>>,
    /// What is doubtful.
    pub(crate) warnings: Vec<String>,
}

impl Selection {
    /// No text, but what the owner's rules say is in `root`: pictures.
    fn of_pictures(root: NodeId, page: &Blocks) -> Selection {
        Selection {
            root,
            kept: FxHashSet::default(),
            blocks: Vec::new(),
            confidence: 1.0,
            by_rule: true,
            noise: vec![None; page.blocks.len()],
            warnings: Vec::new(),
        }
    }

    /// Whether pictures are all of it.
    pub(crate) fn is_of_pictures(&self) -> bool {
        self.by_rule && self.blocks.is_empty()
    }
}

/// The article's blocks of `page`, which was cut from `document`; none if nothing reads like an article. Why each block
/// is kept or not is written to `reasons`.
pub(crate) fn select(
    document: &Html,
    data: &PageData<'_>,
    page: &Blocks,
    context: &SelectionContext<'_>,
    reasons: &mut Reasons,
) -> Option<Selection> {
    if let Some(selection) = context.ruled.and_then(|roots| ruled(page, roots)) {
        *reasons = Reasons::new(Reason::Rule, &vec![false; page.blocks.len()], Vec::new());
        reasons.note_blocks(Reason::Rule, &selection.blocks);
        return Some(selection);
    }
    if let Some(root) = context.ruled.and_then(|roots| render::pictured(document, roots)) {
        *reasons = Reasons::new(Reason::Rule, &vec![false; page.blocks.len()], Vec::new());
        return Some(Selection::of_pictures(root, page));
    }
    let findings = find(document, data, page, context.url);
    (context.probe.watch)(Stage::Rules);
    let likely = match context.probe.likely {
        Some(likely) => likely.to_vec(),
        None => findings.likely(context.probe.watch),
    };
    let ChosenBlocks { mut kept, expected: confidence } = findings.choose(&likely);
    let judge = if likely.is_empty() { Reason::PlainRules } else { Reason::Judge };
    *reasons = Reasons::new(judge, &kept, likely.clone());
    witnesses::add_declared(page, &findings.declared.body, &likely, &mut kept);
    reasons.note(Reason::DeclaredText, &kept);
    if let Some(hint) = context.hint {
        witnesses::add_carried(page, hint, &mut kept);
        reasons.note(Reason::FeedText, &kept);
    }
    let mut noise = findings.noise.clone();
    let judged = structure::Judged {
        page,
        landmarks: &findings.landmarks,
        likely: &likely,
        is_thread: findings.declared.is_thread,
    };
    structure::settle(&judged, &mut noise, &mut kept, reasons);
    tidy::tidy(page, &noise, context.title, &mut kept, reasons);
    let blocks = (0..kept.len()).filter(|at| kept[*at]).collect();
    let mut selection = selection(page, blocks, confidence, noise)?;
    if confidence < DOUBTED {
        selection.warnings.push("it is doubtful where the body begins and ends".to_owned());
    }
    Some(selection)
}

/// All blocks of `page`, which holds an article called `title` and nothing else, but for what no article says.
pub(crate) fn whole(page: &Blocks, title: &str, reasons: &mut Reasons) -> Option<Selection> {
    let mut kept = vec![true; page.blocks.len()];
    *reasons = Reasons::new(Reason::ScriptData, &kept, Vec::new());
    let noise = noise::of_page(page);
    for (at, keep) in kept.iter_mut().enumerate() {
        *keep = !noise::is_placeholder(page.text(at));
    }
    reasons.note(Reason::Noise, &kept);
    tidy::tidy(page, &noise, title, &mut kept, reasons);
    selection(page, (0..kept.len()).filter(|at| kept[*at]).collect(), 1.0, noise)
}

/// What is found on a page before the learned judge is heard.
pub(crate) struct Findings<'a> {
    page: &'a Blocks,
    url: &'a Url,
    declared: declared::Declared,
    landmarks: landmarks::Landmarks,
    noise: Vec<Option<Noise>>,
    verdict: rules::Verdict,
}

/// Looks at `page`, which was cut from `document`.
pub(crate) fn find<'a>(document: &Html, data: &PageData<'_>, page: &'a Blocks, url: &'a Url) -> Findings<'a> {
    let declared = declared::read(document, data);
    let landmarks = landmarks::find(page, &declared.title);
    let noise = noise::of_page(page);
    let verdict = rules::judge(page, &landmarks, &noise);
    Findings { page, url, declared, landmarks, noise, verdict }
}

impl Findings<'_> {
    /// Of each block, whether the rules keep it.
    pub(crate) fn ruled(&self) -> &[bool] {
        &self.verdict.kept
    }

    /// Of each block, how likely the learned judge takes it to be the article's. A page of very many blocks is left to
    /// the rules.
    fn likely(&self, watch: Watch<'_>) -> Vec<f32> {
        let blocks = self.page.blocks.len();
        if blocks > MOST_BLOCKS {
            return Vec::new();
        }
        let asked = self.asked();
        let mut probabilities = Vec::with_capacity(asked.len());
        let mut leaning = None;
        self.each_rows(&asked, |rows| {
            watch(Stage::Features);
            learned::judge(rows, &mut probabilities);
            leaning = leaning.or_else(|| Some(learned::leaning(rows)));
            watch(Stage::Trees);
        });
        learned::lean(&mut probabilities, leaning.unwrap_or_default());
        let mut likely = vec![0.0; blocks];
        for (at, probability) in asked.iter().zip(probabilities) {
            likely[*at] = probability;
        }
        likely
    }

    /// The blocks that are kept by how `likely` they are.
    fn choose(&self, likely: &[f32]) -> ChosenBlocks {
        if likely.len() < self.page.blocks.len() {
            return ChosenBlocks { kept: self.verdict.kept.clone(), expected: RULES_ALONE };
        }
        learned::choose(self.page, likely)
    }

    /// The places of the blocks that stand in the text which the page declares; none if it declares none.
    pub(crate) fn declared(&self) -> Option<Vec<usize>> {
        let nothing = vec![false; self.page.blocks.len()];
        let held = witnesses::held(self.page, &self.declared.body, &nothing)?;
        Some((0..held.len()).filter(|at| held[*at]).collect())
    }

    /// The places of the blocks about which the learned judge is asked.
    pub(crate) fn asked(&self) -> Vec<usize> {
        question::open(self.page, &self.landmarks, &self.verdict)
    }

    /// Hands what the learned judge sees of the blocks at `asked` to `judge`, some rows at once.
    pub(crate) fn each_rows(&self, asked: &[usize], judge: impl FnMut(&[f32])) {
        features::each(&self.seen(), asked, judge);
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

/// What is in `roots`, by the owner's rules.
fn ruled(page: &Blocks, roots: &HashSet<NodeId>) -> Option<Selection> {
    let selection = selection(page, within(page, roots), 1.0, noise::of_page(page))?;
    // All of one element, with the pictures around its text.
    let root = roots.iter().next().copied().filter(|_| roots.len() == 1).unwrap_or(selection.root);
    Some(Selection { by_rule: true, root, ..selection })
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
    for at in within(page, roots) {
        selected.kept.extend(&page.nodes[page.blocks[at].nodes.clone()]);
    }
    if let Some(root) = common_root(page, &blocks) {
        (selected.root, selected.blocks) = (root, blocks);
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

fn selection(
    page: &Blocks,
    blocks: Vec<usize>,
    confidence: f32,
    noise: Vec<Option<Noise>>,
) -> Option<Selection> {
    let root = common_root(page, &blocks)?;
    let kept = blocks.iter().flat_map(|at| &page.nodes[page.blocks[*at].nodes.clone()]).copied().collect();
    Some(Selection { root, kept, blocks, confidence, by_rule: false, noise, warnings: Vec::new() })
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
