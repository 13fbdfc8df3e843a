//! Which of a page's blocks are its article: what the owner's rules say, else what reads like it.

mod landmarks;
mod noise;
mod rules;

use std::collections::HashSet;

use ego_tree::NodeId;
use scraper::{Html, Selector};

use super::blocks::{Blocks, NONE};

/// What is known of a page before its body is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Context<'a> {
    /// The page's title: a block that only says it again is not part of the body.
    pub(crate) title: &'a str,
    /// The owner's selectors for the body; the first that matches wins.
    pub(crate) rules: &'a [Selector],
}

/// The blocks that are the article.
#[derive(Clone, Debug)]
#[allow(dead_code)] // the learned judge and the rendering read the rest
pub(crate) struct Selection {
    /// The innermost element that holds all of it.
    pub(crate) root: NodeId,
    /// The text nodes that are kept.
    pub(crate) kept: HashSet<NodeId>,
    /// The kept blocks' places in [`Blocks::blocks`], in document order.
    pub(crate) blocks: Vec<usize>,
    /// From 0 to 1: how sure it is.
    pub(crate) confidence: f32,
    /// What is doubtful.
    pub(crate) warnings: Vec<String>,
}

/// The article's blocks of `page`, which was cut from `document`; none if nothing reads like an article.
pub(crate) fn select(document: &Html, page: &Blocks, context: &Context<'_>) -> Option<Selection> {
    if let Some(blocks) = ruled(document, page, context.rules) {
        return selection(page, blocks, 1.0);
    }
    let landmarks = landmarks::find(page, context.title);
    selection(page, rules::select(page, &landmarks), 0.5)
}

/// The blocks in what the first matching of `rules` matches.
fn ruled(document: &Html, page: &Blocks, rules: &[Selector]) -> Option<Vec<usize>> {
    let roots: HashSet<NodeId> = rules
        .iter()
        .map(|rule| document.select(rule).map(|element| element.id()).collect::<HashSet<NodeId>>())
        .find(|matches| !matches.is_empty())?;
    let is_in = |at: &usize| page.around(*at).any(|(_, element)| roots.contains(&element.id));
    Some((0..page.blocks.len()).filter(is_in).collect())
}

fn selection(page: &Blocks, blocks: Vec<usize>, confidence: f32) -> Option<Selection> {
    let root = common_root(page, &blocks)?;
    let kept = blocks.iter().flat_map(|at| &page.nodes[page.blocks[*at].nodes.clone()]).copied().collect();
    Some(Selection { root, kept, blocks, confidence, warnings: Vec::new() })
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
