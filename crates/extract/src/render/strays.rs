//! Takes out blocks that pages put among an article's own, by what they say: promotions of other articles with the
//! lists they announce, share bars, labels, counters and prompts. What says so in a listing, table, definition or
//! caption belongs there.

use rustc_hash::FxHashSet;

use super::tree::{Content, Id, ROOT, Tree, is_heading};
use crate::lang::noise::{self, Noise};

/// From this share of linked letters on, a block leads elsewhere.
const LINKED: f32 = 0.6;

/// Empties the blocks of `tree` that are strays.
pub(super) fn drop_strays(tree: &mut Tree) {
    let holders: Vec<Id> =
        tree.subtree(ROOT).filter(|id| *id == ROOT || tree.tag(*id) == "blockquote").collect();
    for holder in holders {
        drop_among(tree, &tree.node(holder).children.clone());
    }
    drop_second_credits(tree);
}

/// Whose a text is, it says once.
fn drop_second_credits(tree: &mut Tree) {
    let mut said = FxHashSet::default();
    for block in tree.node(ROOT).children.clone() {
        if tree.tag(block) == "p"
            && let Some(agencies) = noise::agencies(&tree.text(block))
            && !said.insert(agencies)
        {
            clear(tree, block);
        }
    }
}

fn drop_among(tree: &mut Tree, blocks: &[Id]) {
    let mut at = 0;
    while let Some(block) = blocks.get(at).copied() {
        at += 1;
        match tree.tag(block) {
            "p" => {
                let Some(is_label) = stray_paragraph(tree, block) else { continue };
                clear(tree, block);
                if is_label {
                    at += drop_announced(tree, &blocks[at..]);
                }
            }
            "ul" | "ol" if is_stray_list(tree, block) => clear(tree, block),
            tag if is_heading(tag) => {
                let noise = noise::of_heading(&tree.text(block), linked_share(tree, block));
                let announces = noise == Some(Noise::PromotionLabel)
                    && blocks.get(at).is_some_and(|next| leads_elsewhere(tree, *next));
                if announces || matches!(noise, Some(Noise::Share | Noise::Advertisement | Noise::Promotion))
                {
                    clear(tree, block);
                    at += drop_announced(tree, &blocks[at..]);
                }
            }
            _ => {}
        }
    }
}

fn clear(tree: &mut Tree, id: Id) {
    tree.node_mut(id).children.clear();
}

/// Whether a paragraph is a stray, and if so whether it announces others.
fn stray_paragraph(tree: &Tree, id: Id) -> Option<bool> {
    let text = tree.text(id);
    if text.len() > 600 {
        return None;
    }
    match noise::of_line(&text) {
        Some(Noise::PromotionLabel) => Some(true),
        Some(Noise::Label) => None,
        Some(Noise::Consent) => (text.len() * 4 < tree.text(ROOT).len()).then_some(false),
        Some(Noise::MaybePromotion) => (linked_share(tree, id) >= LINKED / 2.0).then_some(false),
        Some(_) => Some(false),
        None => {
            let is_marked_up = tree.node(id).children.iter().any(|child| !tree.tag(*child).is_empty());
            let stands_out = is_marked_up && share_within(tree, id, &["a", "strong", "em"]) > 0.9;
            (stands_out && noise::is_set_off_promotion(&text)).then_some(false)
        }
    }
}

/// Whether every item of a list is noise by itself.
fn is_stray_list(tree: &Tree, id: Id) -> bool {
    let items = &tree.node(id).children;
    items.iter().all(|item| {
        let text = tree.text(*item);
        let is_promotion = linked_share(tree, *item) > 0.9 && noise::is_set_off_promotion(&text);
        is_promotion
            || match noise::of_line(&text) {
                Some(Noise::MaybePromotion) => linked_share(tree, *item) >= LINKED / 2.0,
                Some(Noise::Prompt | Noise::Tags) => items.len() == 1,
                noise => noise.is_some() || is_lone_network(&text),
            }
    })
}

fn is_lone_network(text: &str) -> bool {
    noise::of_line(&format!("share {text}")) == Some(Noise::Share)
}

/// Empties what a label announced: a list or paragraphs that lead elsewhere. Says how many blocks that were.
fn drop_announced(tree: &mut Tree, blocks: &[Id]) -> usize {
    let mut dropped = 0;
    for block in blocks {
        if !leads_elsewhere(tree, *block) {
            break;
        }
        clear(tree, *block);
        dropped += 1;
        if tree.tag(*block) != "p" {
            break;
        }
    }
    dropped
}

fn leads_elsewhere(tree: &Tree, id: Id) -> bool {
    matches!(tree.tag(id), "p" | "ul" | "ol" | "h3" | "h4" | "h5" | "h6") && linked_share(tree, id) >= LINKED
}

/// The share of a block's letters that stand in links.
fn linked_share(tree: &Tree, id: Id) -> f32 {
    share_within(tree, id, &["a"])
}

/// The share of a block's letters that stand in elements of these names.
fn share_within(tree: &Tree, id: Id, tags: &[&str]) -> f32 {
    let (mut linked, mut all) = (0_usize, 0_usize);
    let mut waiting = vec![(id, false)];
    while let Some((node, is_linked)) = waiting.pop() {
        if let Content::Text(text) = &tree.node(node).content {
            let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
            all += letters;
            linked += if is_linked { letters } else { 0 };
        }
        let is_linked = is_linked || tags.contains(&tree.tag(node));
        waiting.extend(tree.node(node).children.iter().map(|child| (*child, is_linked)));
    }
    if all == 0 { 0.0 } else { linked as f32 / all as f32 }
}
