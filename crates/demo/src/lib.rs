//! A small newspaper of the project's own, The Courier of Port Alder: a site to make feeds from on a machine without
//! any network, as messy as real ones. Its three sections are found in three ways: `world` is a listing without a feed,
//! `business` a page that announces a feed of summaries, `science` a sitemap that robots.txt names. It can be made to
//! publish one more article and to correct one, and knows the truth about all of them.
//!
//! It shares nothing with the rest of the program: what tearsheet reads here it has to find as on any other site.

mod answer;
mod article;
mod configuration;
mod edition;
mod images;
mod pages;
mod press;
mod server;
mod view;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use article::{Article, Block, Section};
pub use configuration::{settings_file, source_files};
pub use server::{Request, Server};

/// The path that robots.txt disallows, and that `world` links to as if it were an article.
pub const DISALLOWED_PATH: &str = "/members/inside-the-harbour-archive";
/// The path that `world` links to and that does not exist.
pub const MISSING_PATH: &str = "/world/2025/05/spring-recipes";
/// The path that `world` links to and that answers with an error page and status 200.
pub const SOFT_ERROR_PATH: &str = "/world/2025/05/harbour-fee-live";
/// The path that the feed of `business` names for one article, and that redirects to it for good.
pub const REDIRECTING_PATH: &str = "/go/wool-prices";

/// The newspaper as it stands now. Clones are the same newspaper.
#[derive(Clone, Debug)]
pub struct Site {
    articles: Arc<Mutex<Vec<Article>>>,
}

impl Default for Site {
    fn default() -> Site {
        Site::new()
    }
}

impl Site {
    /// The newspaper with its first 24 articles.
    #[must_use]
    pub fn new() -> Site {
        Site { articles: Arc::new(Mutex::new(edition::articles())) }
    }

    /// What can be read at the moment, newest first, with every correction so far.
    #[must_use]
    pub fn articles(&self) -> Vec<Article> {
        let mut articles: Vec<Article> =
            self.lock().iter().filter(|article| !article.held).cloned().collect();
        articles.sort_by_key(|article| std::cmp::Reverse(article.published));
        articles
    }

    /// Publishes one more article, which is returned; `None` once there are no more.
    #[must_use]
    pub fn publish_one_more(&self) -> Option<Article> {
        let mut articles = self.lock();
        let next =
            articles.iter_mut().filter(|article| article.held).min_by_key(|article| article.published)?;
        next.held = false;
        Some(next.clone())
    }

    /// Corrects a paragraph of one article, which is returned as it is now; `None` once there is nothing to correct.
    #[must_use]
    pub fn edit_one(&self) -> Option<Article> {
        let mut articles = self.lock();
        let next = articles
            .iter_mut()
            .filter(|article| article.correction.is_some())
            .max_by_key(|article| article.correction.as_ref().map(|correction| correction.at))?;
        next.correct();
        Some(next.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Article>> {
        // A change is made in one step, so a panic elsewhere leaves the articles whole.
        self.articles.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_24_articles_in_three_sections_at_first() {
        let articles = Site::new().articles();
        assert_eq!(articles.len(), 24);
        for (section, count) in [(Section::World, 10), (Section::Business, 7), (Section::Science, 7)] {
            assert_eq!(articles.iter().filter(|article| article.section == section).count(), count);
        }
        assert!(articles.is_sorted_by_key(|article| std::cmp::Reverse(article.published)));
    }

    #[test]
    fn every_article_is_worth_reading() {
        let site = Site::new();
        while site.publish_one_more().is_some() {}
        let articles = site.articles();
        assert_eq!(articles.len(), 27);
        for article in &articles {
            let count = article.paragraphs().len();
            assert!((6..=14).contains(&count), "{} has {count} paragraphs", article.slug);
            assert!(!article.authors.is_empty() && !article.summary.is_empty(), "{}", article.slug);
            let same = articles.iter().filter(|other| other.path == article.path).count();
            assert_eq!(same, 1, "{}", article.path);
        }
    }

    #[test]
    fn a_correction_changes_one_paragraph_and_the_date_of_change() {
        let site = Site::new();
        let before = site.articles();
        let edited = site.edit_one().unwrap();
        let was = before.iter().find(|article| article.slug == edited.slug).unwrap();
        let changed =
            was.paragraphs().iter().zip(edited.paragraphs()).filter(|(was, is)| **was != *is).count();
        assert_eq!((changed, was.modified), (1, None));
        assert!(edited.modified.unwrap() > edited.published);
        assert_eq!(
            (site.edit_one().is_some(), site.edit_one().is_some(), site.edit_one()),
            (true, true, None)
        );
    }
}
