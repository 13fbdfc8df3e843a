//! The part of a page that belongs to one link.

use std::ops::Range;

use super::page::Page;
use super::tag::Tag;

/// A link as a landmark: its element, and the number of the page it links to.
pub(super) type Anchor = (usize, usize);

/// The elements that belong to one link: one element with all that is in it, or several siblings in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) elements: Range<usize>,
    /// The first of the siblings that has the link in it.
    pub(super) top: usize,
}

impl Card {
    /// Its text, with line breaks between blocks.
    pub(super) fn text<'p>(&self, page: &'p Page<'_>) -> &'p str {
        let start = page.elements[self.elements.start].text.start;
        let end = page.elements.get(self.elements.end).map_or(page.text.len(), |after| after.text.start);
        page.text[start..end.max(start)].trim_ascii()
    }
}

/// The cards of `members`, in document order. A card is the highest element in which neither another member nor
/// another of `landmarks` is, together with the siblings after it up to the next of them.
pub(super) fn cards(page: &Page<'_>, members: &[Anchor], landmarks: &[Anchor]) -> Vec<Card> {
    let mut cards = Vec::with_capacity(members.len());
    for &anchor in members {
        let before = last_before(members, anchor).max(last_before(landmarks, anchor));
        let after = match (first_after(members, anchor), first_after(landmarks, anchor)) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let mut top = anchor.0;
        for ancestor in page.ancestors(anchor.0) {
            let holds_another = before.is_some_and(|other| other >= ancestor)
                || after.is_some_and(|other| other < page.elements[ancestor].end);
            if holds_another || is_page(page, ancestor) {
                break;
            }
            top = ancestor;
        }
        cards.push(Card { elements: top..end_of(page, top, after), top });
    }
    shift(page, &mut cards);
    cards
}

fn last_before(anchors: &[Anchor], (element, target): Anchor) -> Option<usize> {
    let at = anchors.partition_point(|anchor| anchor.0 < element);
    anchors[..at].iter().rev().find(|anchor| anchor.1 != target).map(|anchor| anchor.0)
}

fn first_after(anchors: &[Anchor], (element, target): Anchor) -> Option<usize> {
    let at = anchors.partition_point(|anchor| anchor.0 <= element);
    anchors[at..].iter().find(|anchor| anchor.1 != target).map(|anchor| anchor.0)
}

/// Where the siblings after `top` end in which no other anchor is.
fn end_of(page: &Page<'_>, top: usize, after: Option<usize>) -> usize {
    let parent_end = page.elements[page.elements[top].parent].end;
    let mut end = page.elements[top].end;
    // Only up to an anchor that follows in the same parent: after the last item comes something else.
    if let Some(after) = after.filter(|after| *after < parent_end) {
        while end < parent_end && page.elements[end].end <= after {
            end = page.elements[end].end;
        }
    }
    end
}

/// In a flat list an item's heading or date may stand before the element with its link. It shows where the elements
/// before the links are alike, and the last link has fewer elements after it than the others.
fn shift(page: &Page<'_>, cards: &mut [Card]) {
    let mut from = 0;
    while from < cards.len() {
        let parent = page.elements[cards[from].top].parent;
        let until =
            from + cards[from..].iter().take_while(|card| page.elements[card.top].parent == parent).count();
        let lead = lead(page, parent, &cards[from..until]);
        if lead > 0 {
            move_up(page, parent, &mut cards[from..until], lead);
        }
        complete_last(page, parent, &mut cards[from..until]);
        from = until;
    }
}

/// Lets each card begin `lead` siblings before its link, where the one before it ends.
fn move_up(page: &Page<'_>, parent: usize, cards: &mut [Card], lead: usize) {
    let starts: Vec<usize> = cards
        .iter()
        .map(|card| siblings_before(page, parent, card.top, lead).last().copied().unwrap_or(card.top))
        .collect();
    for (at, card) in cards.iter_mut().enumerate() {
        let own_end = page.elements[card.top].end;
        card.elements = starts[at]..starts.get(at + 1).copied().unwrap_or(own_end).max(own_end);
    }
}

/// Gives the last of the cards as many siblings as the one before it has.
fn complete_last(page: &Page<'_>, parent: usize, cards: &mut [Card]) {
    let [.., before, last] = cards else { return };
    let mut more = count_siblings(page, page.elements[before.top].end, before.elements.end);
    let end = page.elements[parent].end;
    while more > 0 && last.elements.end < end {
        last.elements.end = page.elements[last.elements.end].end;
        more -= 1;
    }
}

/// How many of the siblings before each link belong to it.
fn lead(page: &Page<'_>, parent: usize, cards: &[Card]) -> usize {
    let [first, .., last] = cards else { return 0 };
    let period = 1 + count_siblings(page, page.elements[first.top].end, cards[1].top);
    if period < 2 {
        return 0;
    }
    let tail = count_siblings(page, page.elements[last.top].end, page.elements[parent].end).min(period);
    let most = (period - 1).saturating_sub(tail).min(6);
    let before: Vec<Vec<usize>> =
        cards.iter().take(8).map(|card| siblings_before(page, parent, card.top, most)).collect();
    (0..most)
        .take_while(|&at| {
            let mut names =
                before.iter().map(|siblings| siblings.get(at).map(|&s| page.elements[s].data.name()));
            names.next().flatten().is_some_and(|name| names.all(|other| other == Some(name)))
        })
        .count()
}

fn count_siblings(page: &Page<'_>, from: usize, until: usize) -> usize {
    let mut count = 0;
    let mut at = from;
    while at < until && count < 20 {
        at = page.elements[at].end;
        count += 1;
    }
    count
}

/// Up to `most` siblings before `element`, the nearest first.
fn siblings_before(page: &Page<'_>, parent: usize, element: usize, most: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = element;
    while found.len() < most && at > parent + 1 {
        // The element before may be deep inside the sibling before.
        let mut sibling = at - 1;
        while page.elements[sibling].parent != parent {
            sibling = page.elements[sibling].parent;
        }
        found.push(sibling);
        at = sibling;
    }
    found
}

fn is_page(page: &Page<'_>, element: usize) -> bool {
    matches!(page.elements[element].tag, Tag::Page | Tag::Main)
}
