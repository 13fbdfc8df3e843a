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
        names.iter().map(|name| article(archive.view(), name)).collect::<Result<_, _>>()?;
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

fn article(view: &View, name: &str) -> Result<Known, Error> {
    known(view, name)?.ok_or_else(|| Error::UnknownArticle { name: name.to_owned() })
}

/// The article that is called so, by its id or a URL.
pub(super) fn known(view: &View, name: &str) -> Result<Option<Known>, Error> {
    Ok(match (ArticleId::parse(name), CanonicalUrl::parse(name)) {
        (Some(id), _) => view.article(&id)?,
        (None, Ok(url)) => view.article_at(&url)?,
        (None, Err(_)) => None,
    })
}
