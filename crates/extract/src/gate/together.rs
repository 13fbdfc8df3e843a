//! Judges the pages that a run read of one source together: what happened to many of them at once did not happen to any
//! of their stories. One text in place of several articles is a page of the site's; so is a title. And how the other pages
//! keep the promises of their links says how much such a promise is worth.

use url::Url;

use super::destination::{Destination, Promise, is_same_page, promised};
use super::kinship::Vocabulary;
use super::past::{are_related, doubt, letters, marks};
use super::teasers::Teasers;
use crate::Rejection;
use crate::model::{Article, Candidate, HeldText, Past, TextSketch, Twin};

/// Pages whose links keep what they promise, beside one that does not.
const NORM: usize = 3;

/// A page that a run read, with what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct PageRead<'a> {
    /// What it says.
    pub article: &'a Article,
    /// The link that led to it.
    pub link: &'a Candidate,
    /// The URL that answered.
    pub answered: &'a Url,
    /// What bears on whether it can be believed; `None` if it says what is kept already.
    pub past: Option<&'a Past>,
}

impl PageRead<'_> {
    /// What is published in its place.
    fn before(&self) -> Option<&Article> {
        self.past.and_then(|past| past.asked.as_ref().or(past.before.as_ref()))
    }

    fn destination(&self) -> Destination<'_> {
        Destination { article: self.article, link: self.link, answered: self.answered }
    }
}

/// Why each of `pages`, of one source, cannot be believed; `listings` are pages that list the source's articles.
#[must_use]
pub fn doubts(pages: &[PageRead<'_>], listings: &[Url]) -> Vec<Option<Rejection>> {
    let seen: Vec<JudgedPage<'_>> = pages.iter().map(|page| JudgedPage::of(*page)).collect();
    let norm = Norm::of(&seen);
    let judge = |(at, page): (usize, &JudgedPage<'_>)| {
        let past = page.read.past?;
        let place = page.read.destination();
        let reasons: [&dyn Fn() -> Option<Rejection>; 6] = [
            &|| place.is_no_article(listings),
            &|| doubt(page.read.article, page.read.link, &page.with_twins(past, &seen, at)),
            &|| page.became_another_of(&seen, at).then_some(Rejection::Shared),
            &|| page.became_list().then_some(Rejection::ListOfArticles),
            &|| page.is_new().then(|| place.is_index(page.promise)).flatten(),
            &|| (page.is_new() && page.is_astray(norm)).then_some(Rejection::NotAsPromised),
        ];
        let is_held = |rejection: &Rejection| {
            !rejection.is_of_page() || !past.released.iter().any(|name| name == rejection.name())
        };
        reasons.iter().filter_map(|reason| reason()).find(is_held)
    };
    seen.iter().enumerate().map(judge).collect()
}

/// How the pages of a source are, as far as this run read them.
#[derive(Clone, Copy)]
struct Norm {
    /// Most of them keep what their links promise.
    keeps_promises: bool,
    /// And say when they were published.
    is_dated: bool,
}

impl Norm {
    fn of(all: &[JudgedPage<'_>]) -> Norm {
        let count = |is: &dyn Fn(&&JudgedPage<'_>) -> bool| all.iter().filter(is).count();
        let keeps = |seen: &JudgedPage<'_>| matches!(seen.promise, Promise::Kept | Promise::InText);
        let (kept, dated) = (count(&|seen| keeps(seen)), count(&|seen| keeps(seen) && seen.is_dated()));
        let broken = count(&|seen| matches!(seen.promise, Promise::Broken | Promise::Doubtful));
        let is_most = |pages: usize| pages >= NORM && broken * 2 <= pages;
        Norm { keeps_promises: is_most(kept), is_dated: is_most(dated) }
    }
}

/// A page, and what is asked of it more than once.
struct JudgedPage<'a> {
    read: PageRead<'a>,
    sketch: TextSketch,
    promise: Promise,
    /// Whether it tells another story than what is published in its place.
    is_turned: bool,
}

impl<'a> JudgedPage<'a> {
    fn of(read: PageRead<'a>) -> JudgedPage<'a> {
        let is_unlike =
            |before: &Article| Vocabulary::of(&before.text).is_unlike(&Vocabulary::of(&read.article.text));
        JudgedPage {
            sketch: TextSketch::of(&read.article.text),
            promise: read.destination().promise(),
            is_turned: read.before().is_some_and(is_unlike),
            read,
        }
    }

    fn is_dated(&self) -> bool {
        self.read.destination().states_date()
    }

    fn is_new(&self) -> bool {
        self.read.before().is_none()
    }

    /// Whether an article turned into a list of articles, perhaps with itself among them.
    fn became_list(&self) -> bool {
        let Some(before) = self.read.before() else { return false };
        let teasers = |article: &Article| Teasers::of(&article.html, self.read.answered);
        let is_released = self.read.past.is_some_and(|past| !past.released.is_empty());
        !is_released
            && !are_related(&before.title, &self.read.article.title)
            && teasers(self.read.article).is_all()
            && !teasers(before).is_list()
    }

    /// Whether an article turned into what others of its source say, said, or were held back for.
    fn became_another_of(&self, all: &[JudgedPage<'_>], at: usize) -> bool {
        let Some((before, past)) = self.read.before().zip(self.read.past) else { return false };
        let has_its_text = |other: &JudgedPage<'_>| {
            let was = other.read.before().map(|before| TextSketch::of(&before.text));
            self.sketch.is_of_one_text(&other.sketch)
                || was.is_some_and(|was| self.sketch.is_of_one_text(&was))
        };
        let has_its_title = |other: &JudgedPage<'_>| {
            let title = &self.read.article.title;
            other.read.before().is_some_and(|was| {
                letters(title) == letters(&other.read.article.title)
                    && !are_related(title, &was.title)
                    && !are_related(title, &before.title)
            })
        };
        // What the page itself was held back for alone may be good by now.
        let counts = |held: &&HeldText| !held.is_own || held.hold == Rejection::Shared.name();
        let is_held = || past.held.iter().filter(counts).any(|held| self.sketch.is_of_one_text(&held.sketch));
        let is_of_twin = || past.twins.iter().any(|twin| marks(&twin.html) == marks(&self.read.article.html));
        self.is_turned && (self.others(all, at).any(has_its_text) || is_held() || is_of_twin())
            || self.others(all, at).any(has_its_title)
    }

    /// The pages of other articles.
    fn others<'b>(
        &'b self,
        all: &'b [JudgedPage<'b>],
        at: usize,
    ) -> impl Iterator<Item = &'b JudgedPage<'b>> {
        let others = all.iter().enumerate().filter(move |(other, _)| *other != at);
        others.map(|(_, other)| other).filter(|other| !self.is_same_article(other))
    }

    /// Whether both are pages of one article: a story may be listed under two links.
    fn is_same_article(&self, other: &JudgedPage<'_>) -> bool {
        let url = |seen: &JudgedPage<'_>| {
            seen.read.before().map_or(&seen.read.article.url, |before| &before.url).key()
        };
        url(self) == url(other)
    }

    /// What is known of a new page, with the other new ones that say the same: none of them was first.
    fn with_twins(&self, past: &Past, all: &[JudgedPage<'_>], at: usize) -> Past {
        let mut past = past.clone();
        if self.is_new() {
            let others = all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other);
            let same = others.filter(|other| other.is_new() && self.is_one_page(other));
            past.twins.extend(same.map(|other| Twin {
                title: other.read.article.title.clone(),
                told: other.read.link.title.clone(),
                html: other.read.article.html.clone(),
            }));
        }
        past
    }

    /// Whether two new pages say the same under links that promised different articles. One article may have two links.
    fn is_one_page(&self, other: &JudgedPage<'_>) -> bool {
        let text = |seen: &JudgedPage<'_>| letters(&seen.read.article.text);
        let is_one_answer = is_same_page(self.read.answered, other.read.answered);
        let (one, other_promise) = (promised(self.read.link), promised(other.read.link));
        letters(&one) != letters(&other_promise)
            && !are_related(&one, &other_promise)
            && (is_one_answer && self.promise != Promise::Kept || !is_one_answer && text(self) == text(other))
    }

    /// Whether the page has nothing to do with what its link promised. A title may be a joke and a listing may call an
    /// article by its section: so the others are asked, or else whether the page says when it was published.
    fn is_astray(&self, norm: Norm) -> bool {
        let is_dated = self.is_dated();
        match self.promise {
            Promise::Broken => norm.keeps_promises || !is_dated,
            Promise::Doubtful => norm.is_dated && !is_dated,
            Promise::Kept | Promise::InText | Promise::Unknown => false,
        }
    }
}
