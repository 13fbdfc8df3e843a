//! One page, from its URL to the archive.

mod batch;
mod carried;
mod judging;
mod keeping;

use std::collections::BTreeSet;
use std::sync::Arc;

use url::Url;

pub(super) use self::batch::Batch;
pub(super) use self::judging::{JudgedSource, ReadArticle, read_again};
pub(super) use self::keeping::keep;
use super::Error;
use super::context::Context;
use super::extraction::{Unreadable, reading};
use super::parts::{self, Manner, Web};
use super::reading;
use super::visit::visit;
use crate::archive::{FurtherPage, Seen};
use crate::config::SourceConfig;
use crate::extract::{self, Idle, Rejection, TextSource};
use crate::fetch::{Failure, Fetched, Request};
use crate::model::{Article, ArticleId, Candidate, CanonicalUrl, Capture, Validators};

/// How many bytes the text of an article may have; "War and Peace" has 3.2 million.
const MAX_TEXT: usize = 4 << 20;
const TOO_LONG: Unreadable = Unreadable::TooLong { limit: MAX_TEXT };

/// A page to fetch.
pub(super) struct Page {
    pub(super) candidate: Candidate,
    pub(super) validators: Option<Validators>,
    /// The further pages on which its article stands, as the archive has it.
    pub(super) further: Vec<FurtherPage>,
    /// How often it has failed in a row.
    pub(super) failures: u32,
    /// Whether its source still lists it.
    pub(super) is_listed: bool,
    /// How this run came upon it.
    pub(super) seen: Seen,
    /// The article that it is, if its URL does not tell.
    pub(super) known: Option<ArticleId>,
    /// What its listing calls its items.
    pub(super) guids: Arc<BTreeSet<String>>,
    /// Where its text is read.
    pub(super) from: TextOrigin,
    /// Whether its feed carries the text that it carried when it was last looked at.
    pub(super) is_as_before: bool,
}

/// Where the text of an article is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextOrigin {
    /// On its page, and in its feed only where there is none to be had.
    Page,
    /// In its feed.
    Feed,
}

impl TextOrigin {
    /// Where the text of a candidate is read that is listed now.
    pub(super) fn of(candidate: &Candidate, text: TextSource) -> TextOrigin {
        let is_own = candidate.item.is_some() || text == TextSource::Feed && candidate.is_carried();
        if is_own { TextOrigin::Feed } else { TextOrigin::Page }
    }

    /// The same of one that was listed once.
    pub(super) fn of_known(candidate: &Candidate, text: TextSource) -> TextOrigin {
        let is_own = text == TextSource::Feed && candidate.content.is_some();
        if is_own { TextOrigin::Feed } else { TextOrigin::Page }
    }
}

impl Page {
    /// A page of which nothing more is known.
    pub(super) fn new(candidate: Candidate, seen: Seen) -> Page {
        let (further, guids) = (Vec::new(), Arc::default());
        Page {
            candidate,
            validators: None,
            further,
            failures: 0,
            is_listed: true,
            seen,
            known: None,
            guids,
            from: TextOrigin::Page,
            is_as_before: false,
        }
    }
}

/// A page that was fetched and read.
pub(super) struct Read {
    page: Page,
    answer: Answer,
    /// The edits of its rules that changed nothing.
    idle: Vec<Idle>,
}

enum Answer {
    NotModified,
    /// With the captures of the further pages on which it stands.
    Article(Box<(Capture, Article, Vec<Capture>)>),
    Rejected(Box<Capture>, Unreadable),
    Failed(Failure),
}

impl Answer {
    /// Whether it says that there is no such page.
    fn is_gone(&self) -> bool {
        match self {
            Answer::Failed(Failure::Status { code, .. }) => matches!(code, 404 | 410),
            Answer::Rejected(_, Unreadable::Rejected(why)) => matches!(why, Rejection::Missing),
            _ => false,
        }
    }
}

impl Read {
    /// The article, and the URL that answered.
    pub(super) fn article(&self) -> Option<(&Url, &Article)> {
        match &self.answer {
            Answer::Article(read) => Some((&read.0.url, &read.1)),
            _ => None,
        }
    }

    /// The edits of its rules that changed nothing on its first page.
    pub(super) fn idle(&self) -> &[Idle] {
        &self.idle
    }

    pub(super) fn url(&self) -> &Url {
        &self.page.candidate.url
    }
}

/// Fetches and reads one page. It never fails: what went wrong is part of the answer. Nor does it ask the archive: pages
/// are read ahead, and one that waited for the archive while another is kept would be given it and never wake.
pub(super) async fn read(context: &Context<'_>, source: &SourceConfig, page: Page) -> Read {
    if page.from == TextOrigin::Feed {
        let answer = carried::read(context, source, &page).await;
        return Read { page, answer, idle: Vec::new() };
    }
    let mut web = Web::new(&context.client, &source.fetch);
    let ask = |validators| Request { url: &page.candidate.url, validators, source: &source.fetch };
    let mut answered = visit(&context.client, &ask(page.validators.as_ref())).await;
    if matches!(answered, Ok(Fetched::NotModified { .. })) && web.find_changed(&page.further).await {
        answered = visit(&context.client, &ask(None)).await;
    }
    let (answer, idle) = match answered {
        Ok(Fetched::NotModified { .. }) => (Answer::NotModified, Vec::new()),
        Ok(Fetched::Captured(capture)) => {
            let manner = Manner { settings: &source.extract, max_size: context.max_size };
            extract(&web, manner, &page, capture).await
        }
        Err(failure) => (Answer::Failed(failure), Vec::new()),
    };
    let answer = carried::or_carried(context, source, &page, answer).await;
    Read { page, answer, idle }
}

async fn extract(web: &Web<'_>, manner: Manner<'_>, page: &Page, capture: Capture) -> (Answer, Vec<Idle>) {
    let Manner { settings, max_size } = manner;
    let (first, hints, given) = (capture.clone(), page.candidate.clone(), settings.clone());
    let read =
        reading::page_apart(&capture, max_size, move || reading(&first, max_size, &given, &hints)).await;
    let mut read = match read.unwrap_or_else(|defect| Err(defect.into())) {
        Ok(read) => read,
        Err(why) => return (Answer::Rejected(Box::new(capture), why), Vec::new()),
    };
    let idle = std::mem::take(&mut read.idle);
    let whole = parts::complete(web, manner, &capture.url, read).await;
    let answer = match whole.article.map_err(Unreadable::from) {
        // What is known already does not lose a page because that cannot be had today.
        Ok(_)
            if whole.missing.is_some()
                && !page.further.is_empty()
                && !is_waived(settings, &Unreadable::Joined) =>
        {
            Answer::Rejected(Box::new(capture), Unreadable::Joined)
        }
        Ok(article) if is_too_long(&article) && !is_waived(settings, &TOO_LONG) => {
            Answer::Rejected(Box::new(capture), TOO_LONG)
        }
        Ok(article) => Answer::Article(Box::new((capture, article, whole.captures))),
        Err(why) => Answer::Rejected(Box::new(capture), why),
    };
    (answer, idle)
}

/// Whatever has to look at an article looks at all of it.
fn is_too_long(article: &Article) -> bool {
    article.text.len() > MAX_TEXT || article.html.len() > 2 * MAX_TEXT
}

fn is_waived(settings: &extract::Settings, why: &Unreadable) -> bool {
    settings.waived.iter().any(|waived| waived == why.name())
}

/// Reads a page that its owner let pass once more, without what is held against it.
async fn pass_released(
    context: &Context<'_>,
    source: &SourceConfig,
    page: &Page,
    mut answer: Answer,
) -> Result<Answer, Error> {
    let mut settings = source.extract.clone();
    while let Answer::Rejected(capture, why) = answer {
        if !is_released(context, &page.candidate.url, &why, &settings).await? {
            return Ok(Answer::Rejected(capture, why));
        }
        settings.waived.push(why.name().to_owned());
        let web = Web::new(&context.client, &source.fetch);
        let manner = Manner { settings: &settings, max_size: context.max_size };
        (answer, _) = extract(&web, manner, page, *capture).await;
    }
    Ok(answer)
}

/// Whether the page's owner let it pass whatever is held against it now, and it was not read so yet.
async fn is_released(
    context: &Context<'_>,
    url: &Url,
    why: &Unreadable,
    settings: &extract::Settings,
) -> Result<bool, Error> {
    let (Ok(url), name) = (CanonicalUrl::of(url), why.name()) else { return Ok(false) };
    let released = context.store.read(move |archive| archive.is_released(&url, name)).await?;
    Ok(released && !is_waived(settings, why))
}
