//! The titles of a group's items: their links' own words, or where those say nothing the words at one place beside
//! them.

use super::card::Card;
use super::naming::{Item, Naming, naming};
use super::page::Page;
use super::texts::{DATE, Texts};
use super::title::{self, words};

/// Where a title is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TitleSource {
    /// The link's own words.
    Link,
    /// A label or a picture's label: nobody sees it.
    Label,
    /// A heading beside the link.
    Heading,
    /// A line beside the link.
    Line,
}

type Titled = (String, TitleSource);

/// The titles of `links`, each with its card.
pub(super) fn titles(page: &Page<'_>, texts: &Texts, links: &[usize], cards: &[Card]) -> Vec<Titled> {
    let element = |link: usize| page.links[link].element;
    let is_unseen = |link: usize| page.text_of(element(link)).is_empty();
    let poor = poor(texts, links);
    let blocks = links.iter().filter(|&&link| page.is_block(element(link)));
    let blocks: Vec<Item> = blocks.map(|&link| (page.inside(element(link)), None)).collect();
    let card = |at: usize| -> Item { (cards[at].elements.clone(), Some(element(links[at]))) };
    let beside: Vec<Item> =
        (0..links.len()).filter(|&at| poor[at] || is_unseen(links[at])).map(card).collect();
    let in_links = naming(page, &blocks);
    let in_cards = naming(page, &beside);
    let titles = (0..links.len()).map(|at| {
        let link = links[at];
        let own = of_block(page, link, in_links.as_ref());
        let is_poor = poor[at] && own.as_deref().map_or(0, words) < 3;
        let is_unseen = is_unseen(link);
        // "Week notes 12" says more than a line beside it; a heading says more than "12 comments".
        let is_own =
            texts.words[link] > 1 && texts.count(link) == 1 && texts.kinds[link] != DATE && !is_unseen;
        let may_name =
            |naming: &&Naming| (is_poor && !is_own) || (naming.is_heading && (is_poor || is_unseen));
        let named = in_cards.as_ref().filter(may_name).and_then(|naming| {
            let source = if naming.is_heading { TitleSource::Heading } else { TitleSource::Line };
            naming.of(page, &card(at)).map(|title| (title, source))
        });
        named.unwrap_or_else(|| {
            let own = own.unwrap_or_else(|| texts.titles[link].clone());
            (own, if is_unseen { TitleSource::Label } else { TitleSource::Link })
        })
    });
    without_prefix(titles.collect())
}

/// The title in a link that holds a whole card and no heading.
fn of_block(page: &Page<'_>, link: usize, naming: Option<&Naming>) -> Option<String> {
    let element = page.links[link].element;
    let naming = naming.filter(|_| page.is_block(element) && title::heading_in(page, element).is_none());
    naming?.of(page, &(page.inside(element), None))
}

/// Which of the links say nothing of the page they lead to.
fn poor(texts: &Texts, links: &[usize]) -> Vec<bool> {
    let many = links.len();
    let short = links.iter().filter(|&&link| texts.words[link] < 2).count();
    let is_poor = |&link: &usize| {
        let count = texts.count(link);
        let is_shared = count > 2 && count * 3 > many;
        let is_short = texts.words[link] < 2 && many > 2 && (short * 3 > many * 2 || texts.words[link] == 0);
        is_shared || is_short || title::is_address(&texts.titles[link]) || !texts.kinds[link].is_empty()
    };
    links.iter().map(is_poor).collect()
}

/// Without the word that all of them begin with: "Title:".
fn without_prefix(mut titles: Vec<Titled>) -> Vec<Titled> {
    let first = titles.first().and_then(|(title, _)| title.split_once(": "));
    let prefix = first
        .map(|(prefix, _)| format!("{prefix}: "))
        .filter(|prefix| titles.len() > 2 && titles.iter().all(|(title, _)| title.starts_with(prefix)));
    for (title, _) in titles.iter_mut().take_while(|_| prefix.is_some()) {
        title.drain(..prefix.as_ref().map_or(0, String::len));
    }
    titles
}
