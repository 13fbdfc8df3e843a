//! Why a page gives no article, in words for people.

use crate::Binary;

/// Why a page is no article.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// It has no bytes, or only white space.
    #[error("the page is empty")]
    Empty,
    /// Its bytes are no text.
    #[error("the page is {0}, not text")]
    Binary(Binary),
    /// It asks whether a human reads it, or refuses to be read.
    #[error("the page is a challenge or refuses access")]
    Challenge,
    /// It asks for consent to cookies before it shows anything.
    #[error("the page asks for consent and shows no article")]
    Consent,
    /// It asks to log in.
    #[error("the page asks to log in and shows no article")]
    Login,
    /// It shows less than a paragraph of an article that must be paid for.
    #[error("the article is behind a paywall and its page shows next to none of it")]
    Paywall,
    /// It says that there is no such page, whatever its status.
    #[error("the page says that it does not exist")]
    Missing,
    /// It says that the site is away: maintenance, a failure, a domain for sale.
    #[error("the page says that the site is not available")]
    Unavailable,
    /// It shows nothing unless scripts run.
    #[error("the page shows nothing without scripts")]
    NeedsScripts,
    /// Next to all of it is links.
    #[error("the page is a list of links")]
    OnlyLinks,
    /// It has a word or three.
    #[error("the page has {words} words of text")]
    TooShort {
        /// How many.
        words: u32,
    },
    /// Other articles of its source have the same body.
    #[error("the page has the same text or title as other pages of its source")]
    Shared,
    /// Neither its text nor its title has anything to do with what was published.
    #[error("the page became another page: it shares next to nothing with what is published")]
    Replaced,
    /// It is the site's home page, where the link was of another page.
    #[error("the link leads to the site's home page")]
    HomePage,
    /// It is a section, a list of articles, or what a search gives.
    #[error("the page is a list of articles, not an article")]
    ListOfArticles,
    /// It says nothing of what its link promised.
    #[error("the page has nothing to do with the title of its link")]
    NotAsPromised,
    /// It speaks another language than its source, or than it did.
    #[error("the language changed from `{before}` to `{now}`")]
    OtherLanguage {
        /// The usual one, as a tag of BCP 47.
        before: String,
        /// The page's.
        now: String,
    },
    /// Little is left of a text that was published.
    #[error("the text shrank from {before} words to {now}")]
    Shrunk {
        /// Words of what is published.
        before: u32,
        /// Words of what is there now.
        now: u32,
    },
    /// Its title is the site's name, where it was, or should be, the article's.
    #[error("the title became the site's name")]
    SiteTitle,
    /// It is a feed, JSON, a script, a style sheet or a table: what only programs read.
    #[error("the page is data for programs, not text")]
    Data,
    /// It takes more work to read than any page should.
    #[error("the page takes more work to read than any page should")]
    TooCostly,
    /// No text on it reads like an article.
    #[error("the page has no text that reads like an article")]
    NoArticle,
}

impl Rejection {
    /// Whether the reason is what the page is, rather than how it changed: what is released for it stays so.
    #[must_use]
    pub fn is_of_page(&self) -> bool {
        use Rejection::{HomePage, ListOfArticles, NotAsPromised, Shared};
        matches!(self, HomePage | ListOfArticles | NotAsPromised | Shared)
    }

    /// The reason as one word: what an owner's release of a page holds good for.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Rejection::Empty => "empty",
            Rejection::Binary(_) => "binary",
            Rejection::Challenge => "challenge",
            Rejection::Consent => "consent",
            Rejection::Login => "login",
            Rejection::Paywall => "paywall",
            Rejection::Missing => "missing",
            Rejection::Unavailable => "unavailable",
            Rejection::NeedsScripts => "scripts",
            Rejection::OnlyLinks => "links",
            Rejection::TooShort { .. } => "short",
            Rejection::Shared => "shared",
            Rejection::Replaced => "replaced",
            Rejection::HomePage => "home",
            Rejection::ListOfArticles => "listing",
            Rejection::NotAsPromised => "promise",
            Rejection::OtherLanguage { .. } => "language",
            Rejection::Shrunk { .. } => "shrunk",
            Rejection::SiteTitle => "title",
            Rejection::Data => "data",
            Rejection::TooCostly => "costly",
            Rejection::NoArticle => "none",
        }
    }
}
