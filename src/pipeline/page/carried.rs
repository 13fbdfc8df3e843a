//! The text that a feed carries of an item: read in place of its page where the item has none of its own, where its owner
//! wants it so, and where the page gives none and the feed carries all of it.

use super::{Answer, Page, Unreadable, is_waived};
use crate::config::SourceConfig;
use crate::extract::{self, Rejection, TextSource};
use crate::fetch::Failure;
use crate::model::{Article, Capture};
use crate::pipeline::context::Context;
use crate::pipeline::reading;

/// Reads what the feed carries of `page`.
pub(super) async fn read(context: &Context<'_>, source: &SourceConfig, page: &Page) -> Answer {
    match article(context, source, page).await {
        Ok(answer) => answer,
        Err((capture, why)) => Answer::Rejected(capture, why),
    }
}

/// What the feed carries of `page` where that is better than `answer`, or else `answer`.
pub(super) async fn or_carried(
    context: &Context<'_>,
    source: &SourceConfig,
    page: &Page,
    answer: Answer,
) -> Answer {
    if source.extract.text != TextSource::Auto {
        return answer;
    }
    let need = match &answer {
        Answer::Article(read) => Need::Whole(&read.1),
        Answer::Failed(failure) if is_refusal(failure) => Need::Full,
        Answer::Rejected(_, why) if is_waived(&source.extract, why) => return answer,
        Answer::Rejected(capture, _) if is_no_page(capture) => Need::Any,
        Answer::Rejected(_, Unreadable::Rejected(why)) => match need(why) {
            Some(need) => need,
            None => return answer,
        },
        Answer::NotModified | Answer::Failed(_) | Answer::Rejected(..) => return answer,
    };
    if page.is_as_before && matches!(need, Need::Full) {
        return Answer::NotModified;
    }
    if !need.may_be_met_by(page) {
        return answer;
    }
    match article(context, source, page).await {
        Ok(Answer::Article(read)) if need.is_met_by(&read.1) => Answer::Article(read),
        _ => answer,
    }
}

/// What the feed's text has to be, so that it is taken in place of the page's.
enum Need<'a> {
    /// Anything: the link leads to no page.
    Any,
    /// All of the article.
    Full,
    /// All of an article of which the page shows only this.
    Whole(&'a Article),
}

impl Need<'_> {
    fn may_be_met_by(&self, page: &Page) -> bool {
        let candidate = &page.candidate;
        candidate.content.is_some() || matches!(self, Need::Any) && candidate.is_carried()
    }

    fn is_met_by(&self, carried: &Article) -> bool {
        match self {
            Need::Any => true,
            Need::Full => extract::is_whole(carried),
            Need::Whole(shown) => extract::is_whole(carried) && extract::is_beginning(shown, carried),
        }
    }
}

/// Whether what was answered says of itself that it is a picture, a recording or a document of another kind.
fn is_no_page(capture: &Capture) -> bool {
    let kind = capture.content_type().unwrap_or_default().trim().to_ascii_lowercase();
    ["image/", "audio/", "video/", "application/pdf"].iter().any(|other| kind.starts_with(other))
}

/// Whether the page is refused to this program or this reader, rather than away.
fn is_refusal(failure: &Failure) -> bool {
    match failure {
        Failure::RobotsDisallowed { .. }
        | Failure::RobotsUnreachable { .. }
        | Failure::RobotsTooComplex { .. }
        | Failure::TooLarge { .. } => true,
        Failure::Status { code, .. } => matches!(code, 401 | 402 | 403 | 405 | 406 | 429 | 451),
        _ => false,
    }
}

fn need(why: &Rejection) -> Option<Need<'static>> {
    match why {
        Rejection::Binary(_) | Rejection::Data => Some(Need::Any),
        Rejection::Empty
        | Rejection::Challenge
        | Rejection::Consent
        | Rejection::Login
        | Rejection::Paywall
        | Rejection::NeedsScripts
        | Rejection::OnlyLinks
        | Rejection::TooShort { .. }
        | Rejection::TooCostly
        | Rejection::NoArticle => Some(Need::Full),
        _ => None,
    }
}

async fn article(
    context: &Context<'_>,
    source: &SourceConfig,
    page: &Page,
) -> Result<Answer, (Box<Capture>, Unreadable)> {
    let (candidate, settings) = (page.candidate.clone(), source.extract.clone());
    let content = extract::carried_html(&candidate).unwrap_or_default();
    let capture = Capture::of_item(candidate.url.clone(), &content, context.now);
    let at = capture.fetched_at;
    let read = reading::apart(move || extract::carried(&candidate, at, &settings)).await;
    let read = read.map_err(Unreadable::from).and_then(|read| read.map_err(Unreadable::from));
    match read {
        Ok(article) => Ok(Answer::Article(Box::new((capture, article, Vec::new())))),
        Err(why) => Err((Box::new(capture), why)),
    }
}
