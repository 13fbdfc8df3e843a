//! What a page that is no article says of itself: its owner sees what was turned away, and nothing publishes it.

use crate::metadata::Metadata;
use crate::model::Article;
use crate::rules::Ruled;
use crate::{Page, Rejection, Settings, read_article};

/// A page that is no article.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// Why it is none.
    pub why: Rejection,
    /// What it says of itself, without text; none where it could not be read that far.
    pub says: Option<Box<Article>>,
}

/// Reads the article of `page`.
///
/// # Errors
/// [`Rejected`] if the page is none.
pub fn article_or_rejected(page: &Page<'_>, settings: &Settings) -> Result<Article, Rejected> {
    let mut says = None;
    let read = read_article(page, settings, &mut Ruled::default(), &mut |seen| {
        if !seen.accepted {
            says = without_text(seen.metadata.clone()).map(Box::new);
        }
    });
    read.map_err(|why| Rejected { why, says })
}

/// The article that has what a page says of itself and no text; none if nothing says where it stands.
pub(crate) fn without_text(metadata: Metadata) -> Option<Article> {
    Some(Article {
        url: metadata.url?,
        title: metadata.title.unwrap_or_default(),
        authors: metadata.authors,
        published: metadata.published,
        modified: metadata.modified,
        site_name: metadata.site_name,
        language: metadata.language,
        description: metadata.description,
        image: metadata.image,
        section: metadata.section,
        tags: metadata.tags,
        access: metadata.access,
        license: metadata.license,
        robots: metadata.robots,
        html: String::new(),
        word_count: 0,
        text: String::new(),
        repeated: Vec::new(),
        cuts: Vec::new(),
        provenance: metadata.provenance,
        warnings: metadata.warnings,
    })
}
