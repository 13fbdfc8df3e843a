//! Whether a link led to the article that it promised, or to another page of the site: its home page, a section, a list of
//! articles, a page about the site. None of these is wrong by itself; the link is what it is held against.

use rustc_hash::FxHashSet;
use url::Url;

use super::kinship::FIRST_IDEOGRAPH;
use super::kinship::telling;
use super::past::{are_related, letters};
use super::teasers::Teasers;
use crate::Rejection;
use crate::model::{Article, Candidate, CanonicalUrl, Field};

/// Telling words of a promise that can be broken.
const ENOUGH: usize = 2;
/// Telling words of a path that say what its page is about.
const SLUG: usize = 3;
/// First parts of paths below which sites list articles by a name: `/tag/ferries`.
const GROUPS: &[&str] =
    &["author", "authors", "categories", "category", "section", "tag", "tags", "topic", "topics"];
/// Paths at which sites list articles.
const INDEXES: &[&str] = &["archive", "archives", "blog", "news", "search", "shop", "store"];
/// Parameters with which sites are searched.
const SEARCHES: &[&str] = &["keyword", "keywords", "q", "query", "s", "search"];

/// A page that a link led to.
#[derive(Clone, Copy)]
pub(super) struct Destination<'a> {
    pub(super) article: &'a Article,
    pub(super) link: &'a Candidate,
    /// The URL that answered.
    pub(super) answered: &'a Url,
}

/// How a page keeps what its link promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Promise {
    /// Its title is the promised one, more or less.
    Kept,
    /// Its text says most of the promised words.
    InText,
    /// It says some of them.
    Doubtful,
    /// It says none of them.
    Broken,
    /// The link promised nothing.
    Unknown,
}

impl Destination<'_> {
    /// The page is one that a site has only once, whatever was promised.
    pub(super) fn is_no_article(&self, listings: &[Url]) -> Option<Rejection> {
        let is_home = is_home(self.answered) && !is_home(&self.link.url);
        let is_listing = || listings.iter().any(|listing| is_same_page(listing, self.answered));
        if is_home {
            return Some(Rejection::HomePage);
        }
        is_listing().then_some(Rejection::ListOfArticles)
    }

    /// The page lists articles, or is above the one that was asked for, and is not called what the link said.
    pub(super) fn is_index(&self, promise: Promise) -> Option<Rejection> {
        let is_moved = !is_same_page(&self.link.url, self.answered);
        let is_above = is_moved && is_ancestor(self.answered, &self.link.url);
        // A search and a tag have the words of what they find in their titles.
        let is_index = is_moved && self.is_index_address() && !self.has_promised_title();
        let teasers = Teasers::of(&self.article.html, self.answered);
        let is_section = || teasers.is_list() && self.is_called_like_a_section();
        let is_list = match promise {
            Promise::Kept => is_section(),
            Promise::Unknown => is_section() || teasers.is_only() || teasers.is_all() && !self.states_date(),
            _ => teasers.is_list(),
        };
        (is_list || is_index || is_above && promise != Promise::Kept).then_some(Rejection::ListOfArticles)
    }

    /// Whether the page has the very title that its link promised.
    fn has_promised_title(&self) -> bool {
        let title = self.link.title.as_deref().map(letters).unwrap_or_default();
        !title.is_empty() && self.is_own(Field::Title) && title == letters(&self.article.title)
    }

    /// Whether the address is one under which sites list articles, and the link's is none.
    fn is_index_address(&self) -> bool {
        let is_index = |url: &Url| {
            let is_search = url.query_pairs().any(|(name, _)| SEARCHES.contains(&name.as_ref()));
            let mut parts = url.path_segments().into_iter().flatten().filter(|part| !part.is_empty());
            let (first, more) = (parts.next().unwrap_or_default(), parts.count());
            is_search || GROUPS.contains(&first) && more < 2 || INDEXES.contains(&first) && more == 0
        };
        is_index(self.answered) && !is_index(&self.link.url)
    }

    /// Whether the page's title is a word or two, and the last part of its path: "World" at `/world/`.
    fn is_called_like_a_section(&self) -> bool {
        const WORDS: usize = 2;
        let last = last_part(self.answered);
        let is_directory = self.answered.path().ends_with('/');
        is_directory
            && self.article.title.split_whitespace().count() <= WORDS
            && last.is_some_and(|last| letters(last) == letters(&self.article.title))
    }

    /// Whether the page itself says when it was published.
    pub(super) fn states_date(&self) -> bool {
        self.article.published.is_some() && self.is_own(Field::Published)
    }

    /// Whether a field has what the page says, and not what its link said.
    fn is_own(&self, field: Field) -> bool {
        self.article.provenance.get(&field).is_none_or(|provenance| provenance.from != "hint")
    }

    pub(super) fn promise(&self) -> Promise {
        let title = self.link.title.as_deref().unwrap_or_default();
        let own_title = if self.is_own(Field::Title) { self.article.title.as_str() } else { "" };
        if !title.is_empty() && letters(title) == letters(own_title) {
            return Promise::Kept;
        }
        let in_title = |promised: &FxHashSet<String>| telling(own_title).intersection(promised).count();
        let (promised, slug) = (telling(title), telling(&slug(&self.link.url)));
        let is_in_slug = slug.len() >= SLUG && in_title(&slug) * 2 >= slug.len();
        if is_in_slug || are_related(title, own_title) {
            return Promise::Kept;
        }
        // A path may be written in other letters than its page, and says nothing where it does not agree.
        if promised.len() < ENOUGH || script(title) != script(&self.article.text) {
            return Promise::Unknown;
        }
        if in_title(&promised) * 2 >= promised.len() {
            return Promise::Kept;
        }
        let said = self.said();
        match promised.iter().filter(|word| said.contains(*word)).count() {
            0 => Promise::Broken,
            words if words * 2 >= promised.len() => Promise::InText,
            _ => Promise::Doubtful,
        }
    }

    /// The telling words of all that the page says.
    fn said(&self) -> FxHashSet<String> {
        let Article { title, text, description, authors, section, tags, site_name, .. } = self.article;
        let fields = [
            (Field::Title, vec![title]),
            (Field::Description, description.iter().collect()),
            (Field::Authors, authors.iter().collect()),
            (Field::Section, section.iter().collect()),
            (Field::Tags, tags.iter().collect()),
            (Field::SiteName, site_name.iter().collect()),
        ];
        let own = fields.into_iter().filter(|(field, _)| self.is_own(*field));
        let more = own.flat_map(|(_, values)| values).flat_map(|value| telling(value));
        telling(text).into_iter().chain(more).collect()
    }
}

/// The script in which most of a text is written, as a number; none for Latin.
fn script(text: &str) -> Option<u32> {
    const LATIN: char = '\u{370}';
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (latin, others): (Vec<char>, Vec<char>) = letters.partition(|c| *c < LATIN);
    // Japanese is written in several.
    let of = |c: char| if c >= FIRST_IDEOGRAPH { u32::from(FIRST_IDEOGRAPH) } else { u32::from(c) >> 8 };
    let mut scripts: Vec<u32> = others.iter().map(|c| of(*c)).collect();
    scripts.sort_unstable();
    scripts.get(scripts.len() / 2).copied().filter(|_| others.len() > latin.len())
}

/// What a link promises: its title, or else what its path says.
pub(super) fn promised(link: &Candidate) -> String {
    link.title.clone().unwrap_or_else(|| slug(&link.url))
}

fn last_part(url: &Url) -> Option<&str> {
    url.path_segments()?.rfind(|part| !part.is_empty())
}

/// What the last part of a path says in words.
fn slug(url: &Url) -> String {
    let last = last_part(url).unwrap_or_default();
    last.split_once('.').map_or(last, |(name, _)| name).replace(['-', '_', '+'], " ")
}

/// Whether both are the URL of one page.
pub(super) fn is_same_page(one: &Url, other: &Url) -> bool {
    let key = |url: &Url| CanonicalUrl::of(url).map(|url| url.key());
    key(one).ok().zip(key(other).ok()).is_some_and(|(one, other)| one == other)
}

/// Whether a URL is of a site's home page, perhaps in one of its languages.
pub(super) fn is_home(url: &Url) -> bool {
    let path = url.path().trim_matches('/');
    let is_language = || {
        let (language, region) = path.split_once(['-', '_']).unwrap_or((path, "xx"));
        language.len() == 2 && region.len() == 2 && path.chars().all(|c| !c.is_numeric())
    };
    let is_index = matches!(path, "" | "home") || path.starts_with("index.") && !path.contains('/');
    url.query().is_none() && (is_index || is_language())
}

/// Whether one page is above another of the same site by its path. A last part without words is no article of its own: a
/// page's number, or the name of another form of it.
fn is_ancestor(above: &Url, below: &Url) -> bool {
    fn parts(url: &Url) -> Vec<&str> {
        url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect()
    }
    let (above_parts, below_parts) = (parts(above), parts(below));
    let is_form =
        |part: &&str| part.len() < 4 || matches!(*part, "amp" | "print" | "index.html" | "comments" | "feed");
    let rest = below_parts.strip_prefix(&above_parts[..]);
    let is_number = |part: &&str| part.chars().any(char::is_numeric) && part.len() > 4;
    above.host() == below.host()
        && rest.is_some_and(|rest| !rest.is_empty() && !rest.iter().all(is_form))
        // `/123456/title` and `/123456` are often one page.
        && !above_parts.last().is_some_and(is_number)
}
