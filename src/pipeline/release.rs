//! Publishing a page that was held back, since its owner says that it is good.

use chrono::{DateTime, Utc};

use super::captured::Captured;
use super::parts::Manner;
use super::unknown_source;
use super::withdraw::known;
use super::{Error, Progress, Published, announce, damaged, open, publishing};
use crate::archive::{HeldCapture, Outcome, View};
use crate::config::Config;
use crate::model::{Article, ArticleId, CanonicalUrl};

/// What was let pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released {
    /// The article's identity.
    pub id: ArticleId,
    /// Its URL.
    pub url: CanonicalUrl,
    /// Its title.
    pub title: String,
    /// Whether it is a revision of an article that was published before.
    pub is_revision: bool,
}

/// Keeps and publishes these pages that are held back, and publishes those again that were taken down, each named by its
/// URL or its id. All of them, or none.
///
/// # Errors
/// [`Error`] if one is not held back, holds no article, is of no source, or goes on on a page that the archive does not
/// have; if the archive or the output fails.
pub async fn release(
    config: &Config,
    names: &[String],
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<(Vec<Released>, Published), Error> {
    let (mut archive, recovery) = open(config, now)?;
    let (mut pages, mut released) = (Vec::new(), Vec::new());
    for name in names {
        if let Some(article) = taken_down(archive.view(), name)? {
            released.push(article);
            continue;
        }
        let page = find(archive.view(), name)?;
        pages.push((read(config, &page).await?, page));
    }
    for article in &released {
        archive.restore(&article.id, now)?;
    }
    for (article, page) in pages {
        let verdict = archive.release(&page, &article, now)?;
        let is_revision = verdict.outcome != Outcome::New;
        released.push(Released { id: verdict.id, url: article.url, title: article.title, is_revision });
    }
    archive.commit()?;
    let mut published = publishing::update(config, &mut archive, damaged(&recovery.problems), observer)?;
    archive.close()?;
    announce(config, &mut published).await;
    Ok((released, published))
}

/// The article of this name, if its owner took it down.
fn taken_down(view: &View, name: &str) -> Result<Option<Released>, Error> {
    let Some(known) = known(view, name)? else { return Ok(None) };
    if view.withdrawn(&known.id)?.is_none() {
        return Ok(None);
    }
    let title = view.entry(&known.id)?.map(|entry| entry.article.title).unwrap_or_default();
    Ok(Some(Released { id: known.id, url: known.url, title, is_revision: false }))
}

fn find(view: &View, name: &str) -> Result<HeldCapture, Error> {
    let held = match (ArticleId::parse(name), CanonicalUrl::parse(name)) {
        (Some(id), _) => view.held_with(&id)?,
        (None, Ok(url)) => view.held_at(&url)?,
        (None, Err(_)) => None,
    };
    held.ok_or_else(|| Error::NotHeld { name: name.to_owned() })
}

/// Reads the page as it was captured, with its parts, whatever is held against it.
async fn read(config: &Config, page: &HeldCapture) -> Result<Article, Error> {
    let source = config.sources.iter().find(|source| source.source.id == page.source);
    let source = source.ok_or_else(|| unknown_source(config, page.source.as_str()))?;
    let mut settings = source.extract.clone();
    settings.waived.push(page.held.hold.clone());
    let refused = |reason: String| Error::NothingToRelease { url: page.held.url.clone(), reason };
    let manner = Manner { settings: &settings, max_size: config.max_size() };
    let whole = Captured::held(page).whole(&page.candidate, manner).await;
    let whole = whole.map_err(|source| refused(source.to_string()))?;
    if let Some(missing) = whole.missing {
        let help = "without the link to it in its rules, the page is released alone";
        return Err(refused(format!("{missing}; {help}")));
    }
    whole.article.map_err(|rejection| refused(rejection.to_string()))
}
