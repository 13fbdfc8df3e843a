//! What is held back, read again.

use super::{Captured, Difference, Error, Rereading, Unreadable, apart};
use crate::archive::{HeldCapture, Kept, Seen, Sign, Sought};
use crate::extract;
use crate::model::CanonicalUrl;

impl Rereading<'_> {
    /// What was held back, page by page: there are few of them.
    pub(super) async fn held(&mut self) -> Result<(), Error> {
        for url in self.desk.view().held_back()? {
            match self.desk.view().held_at(&url) {
                Ok(Some(page)) => self.held_page(page).await?,
                Ok(None) => {}
                Err(error) if error.is_of_one_record() => self.reread.unreadable.push(error.to_string()),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    async fn held_page(&mut self, page: HeldCapture) -> Result<(), Error> {
        let HeldCapture { held, source, candidate, capture, parts } = &page;
        let settings = self.settings(source);
        let view = self.desk.view();
        let waived = |url: &CanonicalUrl, hold: &str| view.is_released(url, hold);
        let captured = Captured::held(&page);
        let read = apart(captured, candidate, settings, self.config.fetch.max_size, &waived).await?;
        let Ok(article) = read else {
            self.reread.held += 1;
            return Ok(());
        };
        // Its other pages are as they were before, and whether they still are, only its site knows.
        if held.hold == Unreadable::Joined.name() && article.cuts.len() > 1 {
            self.reread.held += 1;
            return Ok(());
        }
        let seen = Seen { at: self.now, position: self.passed, sought: Sought::News };
        let sign = Sign::default();
        let kept = Kept { source, candidate, capture, further: parts, article: &article, seen, sign };
        let past = view.past(&kept)?;
        if past.is_some_and(|past| extract::doubt(&article, candidate, &past).is_some()) {
            self.reread.held += 1;
            return Ok(());
        }
        if let Some(archive) = self.desk.archive() {
            let verdict = archive.keep_article(&kept)?;
            if verdict.is_news() {
                archive.keep_parts(source, &verdict, parts)?;
            }
        }
        self.passed += 1;
        self.reread.passing += 1;
        (self.tell)(Difference::Passing { article: Box::new(article), reason: held.reason.clone() });
        Ok(())
    }
}
