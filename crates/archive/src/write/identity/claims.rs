//! Whether a page is believed about its own URL. A canonical URL is a claim: templates that are not filled in, or that name
//! the section or the first article, give one URL to many articles. Nothing is merged by a claim that other texts dispute.

use url::Url;

use super::{key, numbers_agree};
use crate::error::Error;
use crate::model::{Article, TextSketch};
use crate::read::view::View;

/// A page, and what it says is its URL.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// What it says, its URL among that.
    pub article: &'a Article,
    /// The URL that was asked.
    pub asked: &'a Url,
    /// The URL that answered.
    pub answered: &'a Url,
}

impl Claim<'_> {
    fn claimed(&self) -> String {
        self.article.url.key()
    }

    /// Whether the page claims another URL than those by which it was reached.
    fn is_of_another_page(&self) -> bool {
        let claimed = self.claimed();
        claimed != key(self.answered) && claimed != key(self.asked)
    }
}

/// Which of these pages claim a URL that others claim with other texts, or that is one of `listings`, which list articles.
#[must_use]
pub fn disputed(claims: &[Claim<'_>], listings: &[Url]) -> Vec<bool> {
    let is_disputed = |claim: &Claim<'_>| {
        let claimed = claim.claimed();
        let is_rival =
            |other: &Claim<'_>| other.claimed() == claimed && !say_the_same(claim.article, other.article);
        let is_listing = || listings.iter().any(|listing| key(listing) == claimed);
        claim.is_of_another_page() && (is_listing() || claims.iter().any(is_rival))
    };
    claims.iter().map(is_disputed).collect()
}

/// Whether two pages are forms of one article: one for phones or for printers, say.
fn say_the_same(one: &Article, other: &Article) -> bool {
    TextSketch::of(&one.text).is_of_one_text(&TextSketch::of(&other.text))
        && numbers_agree(&one.title, &other.title)
}

impl View {
    /// Whether a page claims the URL of another article that is known and says something else.
    ///
    /// # Errors
    /// [`Error`] if the index or a WARC file cannot be read.
    pub fn is_disputed(&self, claim: &Claim<'_>) -> Result<bool, Error> {
        let article_at = |url: &str| self.index.article_at(url).map_err(self.in_index());
        let Some(known) = article_at(&claim.claimed())?.filter(|_| claim.is_of_another_page()) else {
            return Ok(false);
        };
        if [claim.asked, claim.answered]
            .into_iter()
            .any(|url| article_at(&key(url)).ok().flatten() == Some(known))
        {
            return Ok(false);
        }
        let prior = self.index.prior(known).map_err(self.in_index())?;
        Ok(!say_the_same(&self.text_of(&prior)?, claim.article))
    }
}
