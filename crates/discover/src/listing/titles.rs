//! The titles of a group's items: their links' own words, or where those say nothing the words at one place beside
//! them.

use super::badges::Badges;
use super::card::Card;
use super::naming::{Item, Naming, naming};
use super::page::Page;
use super::texts::{DATE, Texts, is_date};
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

/// What a link says before the title that it repeats has at most so many words: "Read more about".
const MORE: usize = 5;

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
    let badges = Badges::of(page, links);
    let titles = (0..links.len()).map(|at| {
        let link = links[at];
        let own = of_block(page, link, in_links.as_ref());
        let is_poor = poor[at] && own.as_deref().map_or(0, words) < 3;
        let is_unseen = is_unseen(link);
        // "Week notes 12" says more than a line beside it; a heading says more than "12 comments".
        let is_heading = page.elements[element(link)].region.heading;
        let is_own = says_something(texts, link) && (texts.count(link) == 1 || is_heading) && !is_unseen;
        let may_name =
            |naming: &&Naming| (is_poor && !is_own) || (naming.is_heading && (is_poor || is_unseen));
        let named = in_cards.as_ref().filter(may_name).and_then(|naming| {
            let source = if naming.is_heading { TitleSource::Heading } else { TitleSource::Line };
            naming.of(page, &card(at)).map(|title| (title, source))
        });
        named.unwrap_or_else(|| {
            let own = own.or_else(|| badges.as_ref().and_then(|badges| badges.without(page, element(link))));
            let own = own.unwrap_or_else(|| texts.titles[link].clone());
            let heading =
                (!is_unseen).then(|| heading_beside(page, element(link), &cards[at], &own)).flatten();
            match heading {
                Some(heading) => (heading, TitleSource::Heading),
                None if is_unseen => (own, TitleSource::Label),
                None => (own, TitleSource::Link),
            }
        })
    });
    without_dates(without_prefix(titles.collect()))
}

/// Whether the words of a link may be a title: not "7", and no date.
fn says_something(texts: &Texts, link: usize) -> bool {
    let text = &texts.titles[link];
    let is_word =
        || text.chars().count() > 2 && text.chars().all(|c| c.is_alphabetic() || "’'-!?".contains(c));
    texts.kinds[link] != DATE && (texts.words[link] > 1 || texts.words[link] == 1 && is_word())
}

/// The heading of a card that its link repeats: "Read more about Low tide".
fn heading_beside(page: &Page<'_>, link: usize, card: &Card, own: &str) -> Option<String> {
    let is_outside = |at: usize| !page.inside(at).contains(&link) && !page.inside(link).contains(&at);
    let headings = card.elements.clone().filter(|&at| page.elements[at].region.heading && is_outside(at));
    let mut texts = headings.map(|at| title::line(page.text_of(at))).filter(|text| words(text) > 0);
    texts.find(|heading| {
        let Some((before, after)) = own.split_once(heading.as_str()) else { return false };
        let is_apart =
            before.ends_with(|c: char| !c.is_alphanumeric()) && !after.starts_with(char::is_alphanumeric);
        is_apart && words(before) <= MORE && words(after) == 0
    })
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

/// Without the dates that most of them begin or end with: "16 November 2024 – Low tide".
fn without_dates(mut titles: Vec<Titled>) -> Vec<Titled> {
    let bare: Vec<Option<String>> = titles.iter().map(|(title, _)| without_date(title)).collect();
    let dated = bare.iter().flatten().count();
    if dated > 2 && dated * 3 > titles.len() * 2 {
        for ((title, _), bare) in titles.iter_mut().zip(bare) {
            *title = bare.unwrap_or_else(|| std::mem::take(title));
        }
    }
    titles
}

/// A title without a date that it begins or ends with; `None` if there is none, or nothing else.
pub(super) fn without_date(title: &str) -> Option<String> {
    let signs = [" – ", " — ", " - ", ": ", " | ", " · ", " • ", " / "];
    let is_rest = |rest: &&str| title::has_letters(rest) && !is_date(rest);
    let parted = signs.iter().find_map(|sign| {
        let first = title.split_once(sign).filter(|(date, _)| is_date(date)).map(|(_, rest)| rest);
        first.or_else(|| title.rsplit_once(sign).filter(|(_, date)| is_date(date)).map(|(rest, _)| rest))
    });
    let in_brackets = || {
        let (rest, date) = title.strip_suffix([')', ']'])?.rsplit_once(['(', '['])?;
        is_date(date).then_some(rest)
    };
    let begun = || {
        let (date, rest) = title.split_once(' ')?;
        let digits = date.bytes().filter(u8::is_ascii_digit).count();
        (digits >= 6 && is_date(date.trim_matches(['[', ']', '(', ')', ':']))).then_some(rest)
    };
    parted.or_else(in_brackets).or_else(begun).map(str::trim).filter(is_rest).map(str::to_owned)
}
