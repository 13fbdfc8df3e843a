//! What is held back, read again. Pages of one source are judged together, as when they were held back.

use super::{Captured, Difference, Error, Rereading, Unreadable, apart};
use crate::archive::{HeldCapture, Seen, Sought};
use crate::model::{Article, CanonicalUrl, SourceId};
use crate::pipeline::context::Listed;
use crate::pipeline::page::{JudgedSource, Page, ReadArticle};

/// Pages of one source that are judged together, at most.
const PAGES: usize = 32;
/// Bytes of captures after which no further page is added to them.
const BYTES: usize = 4 * 1024 * 1024;

/// Held pages of one source that were read again.
#[derive(Default)]
struct HeldBatch {
    articles: Vec<ReadArticle>,
    /// Why each was held back.
    reasons: Vec<String>,
    bytes: usize,
}

impl Rereading<'_> {
    /// What was held back, source by source: there is little of it.
    pub(super) async fn held(&mut self) -> Result<(), Error> {
        let (mut batch, mut of) = (HeldBatch::default(), None);
        for url in self.desk.view().held_back()? {
            let page = match self.desk.view().held_at(&url) {
                Ok(Some(page)) => page,
                Ok(None) => continue,
                Err(error) if error.is_of_one_record() => {
                    self.reread.unreadable.push(error.to_string());
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            let is_full = batch.articles.len() >= PAGES || batch.bytes >= BYTES;
            if let Some(source) = of.replace(page.source.clone())
                && (source != page.source || is_full)
            {
                self.judge(&source, std::mem::take(&mut batch))?;
            }
            self.read_held(page, &mut batch).await?;
        }
        of.map_or(Ok(()), |source| self.judge(&source, batch))
    }

    async fn read_held(&mut self, page: HeldCapture, batch: &mut HeldBatch) -> Result<(), Error> {
        let settings = self.settings(&page.source);
        let view = self.desk.view();
        let waived = move |url: &CanonicalUrl, hold: &str| view.is_released(url, hold);
        let captured = Captured::held(&page);
        let read = apart(captured, &page.candidate, settings, self.config.max_size(), &waived).await?;
        // Its other pages are as they were before, and whether they still are, only its site knows.
        let is_joined =
            |article: &Article| page.held.hold == Unreadable::Joined.name() && article.cuts.len() > 1;
        let Some(article) = read.ok().filter(|article| !is_joined(article)) else {
            self.reread.held += 1;
            return Ok(());
        };
        let HeldCapture { held, candidate, capture, parts, .. } = page;
        let position = self.passed + i64::try_from(batch.articles.len()).unwrap_or_default();
        let seen = Seen { at: self.now, position, sought: Sought::News };
        let page = Page::new(candidate, seen);
        batch.bytes += capture.body.len();
        batch.reasons.push(held.reason);
        batch.articles.push(ReadArticle { page, capture, further: parts, article, next_try_at: None });
        Ok(())
    }

    fn judge(&mut self, id: &SourceId, batch: HeldBatch) -> Result<(), Error> {
        let HeldBatch { mut articles, reasons, .. } = batch;
        let source = self.config.sources.iter().find(|source| source.source.id == *id);
        let judged = JudgedSource {
            id: id.clone(),
            title: source.map(|source| source.source.title.clone()).unwrap_or_default(),
            listed: source.map(|source| Listed::of(source, &[], std::iter::empty())).unwrap_or_default(),
            now: self.now,
        };
        let judgements = judged.judge(self.desk.view(), &mut articles, 0)?;
        for ((read, judgement), reason) in articles.into_iter().zip(judgements).zip(reasons) {
            if judgement.doubt.is_some() {
                self.reread.held += 1;
                continue;
            }
            if let Some(archive) = self.desk.archive() {
                let verdict = archive.keep_article(&judged.kept(&read, judgement.alike))?;
                if verdict.is_news() {
                    archive.keep_parts(id, &verdict, &read.further)?;
                }
            }
            self.passed += 1;
            self.reread.passing += 1;
            (self.tell)(Difference::Passing { article: Box::new(read.article), reason });
        }
        Ok(())
    }
}
