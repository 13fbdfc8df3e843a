//! Taking articles down: they leave feeds, pages and archive documents at once, and stay in the archive with a record that
//! says why.

use chrono::{DateTime, Utc};

use super::{Error, Progress, Published, announce, damaged, open, publishing};
use crate::archive::{Known, View};
use crate::config::Config;
use crate::model::{ArticleId, CanonicalUrl};

/// An article that was taken down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// Its identity.
    pub id: ArticleId,
    /// Its URL.
    pub url: CanonicalUrl,
    /// Whether it was taken down before.
    pub is_known: bool,
}

/// Takes these articles down, each named by its URL or its id. All of them, or none.
///
/// # Errors
/// [`Error`] if one is not known, or if the archive or the output fails.
pub async fn withdraw(
    config: &Config,
    names: &[String],
    reason: &str,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<(Vec<Withdrawn>, Published), Error> {
    let (mut archive, recovery) = open(config, now)?;
    let articles: Vec<Known> =
        names.iter().map(|name| find_article(archive.view(), name)).collect::<Result<_, _>>()?;
    let mut withdrawn = Vec::new();
    for Known { id, url, .. } in articles {
        let is_known = !archive.withdraw(&id, reason, now)?;
        withdrawn.push(Withdrawn { id, url, is_known });
    }
    archive.commit()?;
    let mut published = publishing::update(config, &mut archive, damaged(&recovery.problems), observer)?;
    archive.close()?;
    announce(config, &mut published).await;
    Ok((withdrawn, published))
}

/// The article of this name: its ID or a URL, which may be without `https://`.
///
/// # Errors
/// [`Error::UnknownArticle`]; [`Error::Archive`] if the archive cannot be read.
pub fn find_article(view: &View, name: &str) -> Result<Known, Error> {
    known(view, name)?.ok_or_else(|| Error::UnknownArticle { name: name.to_owned() })
}

/// The article of this name, if there is one.
pub(super) fn known(view: &View, name: &str) -> Result<Option<Known>, Error> {
    if let Some(id) = ArticleId::parse(name) {
        return Ok(view.article(&id)?);
    }
    let schemes: &[&str] = if name.contains("://") { &[""] } else { &["https://", "http://"] };
    for url in schemes.iter().filter_map(|scheme| CanonicalUrl::parse(&format!("{scheme}{name}")).ok()) {
        if let Some(known) = view.article_at(&url)? {
            return Ok(Some(known));
        }
    }
    Ok(None)
}
