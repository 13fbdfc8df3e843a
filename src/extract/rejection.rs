//! Why a page gives no article, in words for people.

use super::Binary;

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
    /// It is a feed, JSON, a script, a style sheet or a table: what only programs read.
    #[error("the page is data for programs, not text")]
    Data,
    /// No text on it reads like an article.
    #[error("the page has no text that reads like an article")]
    NoArticle,
}
