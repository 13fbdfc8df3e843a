//! What stands in or about a text and is none of it, whichever judge kept it: lines at its head and foot that say
//! again who wrote it and when, rows of buttons, links that a label announces. And what belongs to it as a whole: a
//! table whose rows were judged apart.

mod tools;

use std::ops::Range;
use std::sync::LazyLock;

use ego_tree::{NodeId, NodeRef};
use rustc_hash::FxHashSet;
use scraper::{ElementRef, Html, Node};
use tearsheet_dates::{DateContext, parse_date};

use crate::lang::noise::{self, Noise};
use crate::metadata::Metadata;
use crate::model::Moment;
use crate::segment::lines::lines;
use crate::segment::tag::Tag;
use crate::segment::{Block, Blocks, Element};
use crate::select::Selection;

/// Kept blocks at the head, and at the foot, whose lines are looked at.
const HEAD: usize = 6;
const FOOT: usize = 4;
const MAX_WORDS: usize = 24;
/// Words that a date may have beside its numbers: weekday, month, zone, `at`.
const MAX_DATE_WORDS: usize = 4;
/// From this share of linked words on, a block is a link.
const LINKED: f32 = 0.9;
/// The most words of a row of buttons, and how many elements there are at most around the text in a label.
const BUTTON_WORDS: u32 = 12;
const LABEL_DEPTH: usize = 3;
/// Words that a cell of a table of data has on average, at most.
const CELL_WORDS: u32 = 12;
/// Blocks beside a table that may be its captions.
const CAPTIONS: u32 = 2;
/// One cell in so many is kept of a table at the head of a text, if it belongs to it.
const HEAD_SHARE: usize = 3;
/// Tenths of the words around a table that are kept if it stands amid text.
const AMID: usize = 6;

/// Words that lead a name or a date, or stand between two.
#[rustfmt::skip]
const LEADS: &[&str] = &[
    "by", "and", "published", "posted", "updated", "modified", "written", "words", "text", "story", "author",
    "authors", "on", "at", "last", "first", "date",
    "von", "und", "veröffentlicht", "aktualisiert", "am", "um", "uhr", "stand", "autor", "autorin",
    "par", "et", "publié", "le", "mis", "à", "jour", "por", "y", "e", "publicado", "actualizado", "el",
    "di", "da", "pubblicato", "aggiornato", "il", "door", "en", "gepubliceerd", "op", "bijgewerkt",
    "av", "og", "och", "af", "publicerad", "uppdaterad", "publisert", "oppdatert", "udgivet", "opdateret",
    "autorzy", "opublikowano", "aktualizacja", "oraz", "автор", "автора", "опубликовано", "обновлено", "и",
    "текст", "опубліковано", "оновлено", "та", "yazan", "ve", "yayınlanma", "güncelleme", "oleh", "dan",
];

static LEADING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| LEADS.iter().copied().collect());

/// Clears `selection` of furniture, and makes its tables whole.
pub(crate) fn settle(
    selection: &mut Selection,
    document: &Html,
    page: &Blocks,
    metadata: &Metadata,
    dates: &DateContext<'_>,
) {
    let mut kept = vec![false; page.blocks.len()];
    for at in &selection.blocks {
        kept[*at] = true;
    }
    complete_tables(page, &mut kept);
    drop_announced(page, &selection.noise, &mut kept);
    drop_buttons(document, page, &mut kept);
    let blocks: Vec<usize> = (0..kept.len()).filter(|at| kept[*at]).collect();
    if blocks.is_empty() {
        return;
    }
    selection.kept =
        blocks.iter().flat_map(|at| &page.nodes[page.blocks[*at].nodes.clone()]).copied().collect();
    selection.blocks = blocks;
    drop_lines(selection, document, page, metadata, dates);
    tools::drop(selection, page);
}

/// Keeps all of a table of data if most of it is kept, or some of it and what stands before or after it, or if it
/// stands in the midst of kept text.
fn complete_tables(page: &Blocks, kept: &mut [bool]) {
    let first = kept.iter().position(|kept| *kept).unwrap_or(kept.len());
    let last = kept.iter().rposition(|kept| *kept).unwrap_or_default();
    let words = Words::of(page, kept);
    for (at, table) in page.elements.iter().enumerate().filter(|(_, element)| element.tag == Tag::Table) {
        let totals = &table.totals;
        let is_data = totals.blocks > 3
            && totals.paragraphs == 0
            && totals.link_density() < 0.3
            && totals.words <= totals.blocks * CELL_WORDS;
        let cells = totals.first as usize..totals.last as usize + 1;
        if !is_data || cells.end > kept.len() {
            continue;
        }
        let inside = kept[cells.clone()].iter().filter(|kept| **kept).count();
        let is_kept = |at: Option<usize>| at.is_some_and(|at| kept.get(at) == Some(&true));
        let (before, after) = (is_kept(cells.start.checked_sub(1)), is_kept(Some(cells.end)));
        let goes_on = inside > 0 || first < cells.start && cells.end <= last;
        if before && after
            // Nothing leads a table at the head of a text, which may be a list of files or a row of links.
            || (before || after && inside * HEAD_SHARE >= cells.len()) && inside > 0
            || inside * 2 > cells.len()
            || goes_on && is_amid(page, at, &cells, &words)
        {
            kept[cells].fill(true);
        }
    }
}

/// Whether most of what stands around a table's `cells` is kept, in the innermost element that holds more than it.
fn is_amid(page: &Blocks, table: usize, cells: &Range<usize>, words: &Words) -> bool {
    let is_larger = |element: &Element| element.totals.blocks > page.elements[table].totals.blocks + CAPTIONS;
    let Ok(table) = u32::try_from(table) else { return false };
    let Some((_, around)) = page.outwards(table).find(|(_, element)| is_larger(element)) else {
        return false;
    };
    let around = around.totals.first as usize..around.totals.last as usize + 1;
    let [all, kept] = [&words.all, &words.kept].map(|sums| sum(sums, &around) - sum(sums, cells));
    kept > 0 && kept * 10 >= all * AMID
}

/// How many words stand before each block, and after the last: of all blocks, and of the kept ones. Tables may be many, and
/// each asks about all that is around it.
struct Words {
    all: Vec<usize>,
    kept: Vec<usize>,
}

impl Words {
    fn of(page: &Blocks, kept: &[bool]) -> Words {
        let mut words = Words { all: vec![0], kept: vec![0] };
        for (block, is_kept) in page.blocks.iter().zip(kept) {
            let said = block.measure.words as usize;
            words.all.push(words.all[words.all.len() - 1] + said);
            words.kept.push(words.kept[words.kept.len() - 1] + if *is_kept { said } else { 0 });
        }
        words
    }
}

/// The words of the blocks in `range`.
fn sum(sums: &[usize], range: &Range<usize>) -> usize {
    sums[range.end.min(sums.len() - 1)] - sums[range.start.min(sums.len() - 1)]
}

/// Drops links that follow the label of a promotion.
fn drop_announced(page: &Blocks, noise: &[Option<Noise>], kept: &mut [bool]) {
    let mut announced = false;
    for (at, block) in page.blocks.iter().enumerate().skip(1) {
        announced = block.link >= LINKED && (announced || noise[at - 1] == Some(Noise::PromotionLabel));
        kept[at] &= !announced;
    }
}

/// Drops rows of buttons, and of labels of tabs. A heading that is a button opens the text beneath it.
fn drop_buttons(document: &Html, page: &Blocks, kept: &mut [bool]) {
    for (at, block) in page.blocks.iter().enumerate() {
        if !kept[at] || block.measure.words > BUTTON_WORDS {
            continue;
        }
        let is_heading = || page.around(at).any(|(_, element)| element.tag.is_heading());
        let is_button = block.button >= LINKED || is_of_labels(document, page, block);
        kept[at] = !is_button || is_heading();
    }
}

/// Whether a text stands right before what a reader sets by it.
fn is_before_control(node: NodeRef<'_, Node>) -> bool {
    let next = node.next_siblings().inspect(crate::effort::step).find_map(ElementRef::wrap);
    next.is_some_and(|next| matches!(next.value().name(), "select" | "textarea"))
}

/// Whether all that a block says is the label of a control.
fn is_of_labels(document: &Html, page: &Blocks, block: &Block) -> bool {
    let mut texts = page.nodes[block.nodes.clone()].iter().filter_map(|node| document.tree.get(*node));
    texts.all(|node| {
        let mut above =
            node.ancestors().inspect(crate::effort::step).filter_map(ElementRef::wrap).take(LABEL_DEPTH);
        let is_blank = node.value().as_text().is_some_and(|text| text.trim().is_empty());
        is_blank || above.any(|element| element.value().name() == "label") || is_before_control(node)
    })
}

/// Drops lines at head and foot that are credits, the title again, or noise by what they say.
fn drop_lines(
    selection: &mut Selection,
    document: &Html,
    page: &Blocks,
    metadata: &Metadata,
    dates: &DateContext<'_>,
) {
    let title = metadata.title.as_deref().map(str::to_lowercase).unwrap_or_default();
    let blocks = selection.blocks.clone();
    let foot = blocks.len().saturating_sub(FOOT).max(HEAD.min(blocks.len()));
    let ends = blocks.iter().take(HEAD).chain(&blocks[foot..]);
    let before = selection.kept.clone();
    let credits = Credits::of(metadata, dates);
    for at in ends {
        for line in lines(document, &page.nodes[page.blocks[*at].nodes.clone()]) {
            let text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let is_title = blocks.iter().take(HEAD).any(|head| head == at) && text.to_lowercase() == title;
            if is_title || credits.is_one(&text) || is_noise(&text) {
                for node in line.nodes {
                    selection.kept.remove(node);
                }
            }
        }
    }
    if selection.kept.is_empty() {
        selection.kept = before;
    }
    let is_left = |at: &usize| has_any(&page.nodes, page.blocks[*at].nodes.clone(), selection);
    let left: Vec<usize> = blocks.iter().copied().filter(is_left).collect();
    selection.blocks = left;
}

/// Whether each part of a line is noise: `Print | Send to a friend`.
fn is_noise(line: &str) -> bool {
    let is_noise = |part: &str| noise::of_line(part).is_some_and(|noise| noise != Noise::Label);
    is_noise(line) || line.contains(['|', '•', '·']) && line.split(['|', '•', '·']).all(is_noise)
}

fn has_any(nodes: &[NodeId], range: Range<usize>, selection: &Selection) -> bool {
    nodes[range].iter().any(|node| selection.kept.contains(node))
}

/// Whether `line` says who wrote an article or when, and nothing else.
pub(crate) fn is_credit(line: &str, metadata: &Metadata, dates: &DateContext<'_>) -> bool {
    Credits::of(metadata, dates).is_one(line)
}

/// Who wrote an article, and when.
struct Credits<'a> {
    /// The authors, in lower case.
    authors: Vec<String>,
    metadata: &'a Metadata,
    dates: &'a DateContext<'a>,
}

impl<'a> Credits<'a> {
    fn of(metadata: &'a Metadata, dates: &'a DateContext<'a>) -> Credits<'a> {
        let authors = metadata.authors.iter().map(|author| author.to_lowercase()).collect();
        Credits { authors, metadata, dates }
    }

    /// Whether `line` says who wrote it or when, and nothing else.
    fn is_one(&self, line: &str) -> bool {
        if line.split_whitespace().count() > MAX_WORDS {
            return false;
        }
        let mut rest = line.to_lowercase();
        let mut names = 0;
        for author in &self.authors {
            if rest.contains(author.as_str()) {
                rest = rest.replace(author.as_str(), " ");
                names += 1;
            }
        }
        let is_lead = |word: &&str| LEADING.contains(word.trim_matches(|c: char| !c.is_alphanumeric()));
        let left: Vec<&str> = rest.split_whitespace().filter(|word| !is_lead(word)).collect();
        if left.iter().all(|word| !word.contains(char::is_alphanumeric)) {
            return names > 0;
        }
        self.says_when(&left.join(" "))
    }

    /// Whether `text` is the day of publication or change and nothing else.
    fn says_when(&self, text: &str) -> bool {
        let words = text.split_whitespace().filter(|word| !word.contains(|c: char| c.is_numeric())).count();
        let is_stated = |moment: Moment| {
            let stated = [self.metadata.published, self.metadata.modified];
            stated.iter().flatten().any(|stated| stated.date() == moment.date())
        };
        words <= MAX_DATE_WORDS
            && text.contains(char::is_numeric)
            && parse_date(text, self.dates).is_some_and(is_stated)
    }
}

#[cfg(test)]
mod tests;
