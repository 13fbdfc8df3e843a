//! Judges pages of one source together, and gives the archive those that can be believed. That is one piece of work: either
//! all of it becomes part of the archive, or nothing.

use chrono::{DateTime, Utc};

use super::Page;
use super::keeping::outcome;
use crate::archive::{self, Alike, Archive, Attempt, Claim, Failed, Kept, Neighbours, Reviewed, Sign, View};
use crate::extract::{self, PageRead, Rejection};
use crate::model::{Article, CanonicalUrl, Capture, Field, Past, Provenance, SourceId, TextSketch};
use crate::pipeline::PageOutcome;
use crate::pipeline::context::Listed;

/// Where the URL of an article came from whose canonical URL others claim too.
const DISPUTED: &str = "address, since others claim its canonical URL";

/// A page that was read as an article.
pub(in crate::pipeline) struct ReadArticle {
    pub(in crate::pipeline) page: Page,
    pub(in crate::pipeline) capture: Capture,
    /// The further pages on which it stands.
    pub(in crate::pipeline) further: Vec<Capture>,
    pub(in crate::pipeline) article: Article,
    /// When to try again, if it is held back and not known.
    pub(in crate::pipeline) next_try_at: Option<DateTime<Utc>>,
}

impl ReadArticle {
    /// Whether it is an item of a feed that has no page of its own.
    fn is_own_text(&self) -> bool {
        self.page.candidate.item.is_some() && !self.capture.is_exchange()
    }
}

/// A source, as its pages are judged.
pub(in crate::pipeline) struct JudgedSource {
    pub(in crate::pipeline) id: SourceId,
    /// What its owner calls it.
    pub(in crate::pipeline) title: String,
    pub(in crate::pipeline) listed: Listed,
    /// When the run began.
    pub(in crate::pipeline) now: DateTime<Utc>,
}

/// What a judgement says of a page.
pub(in crate::pipeline) struct Judgement {
    /// Why it cannot be believed.
    pub(in crate::pipeline) doubt: Option<Rejection>,
    /// What its change has in common with those of the others.
    pub(in crate::pipeline) alike: Alike,
}

impl JudgedSource {
    /// Keeps those of `articles` that can be believed; of the others, what is published stays. What came of each, in their
    /// order. Beside them, so many pages answered that they have not changed.
    pub(super) fn keep(
        &self,
        archive: &mut Archive,
        mut articles: Vec<ReadArticle>,
        not_modified: usize,
    ) -> Result<Vec<PageOutcome>, archive::Error> {
        let judgements = self.judge(archive.view(), &mut articles, not_modified)?;
        let mut outcomes = Vec::new();
        for (read, judgement) in articles.iter().zip(judgements) {
            outcomes.push(match judgement.doubt {
                Some(doubt) => self.hold(archive, read, &doubt)?,
                None => self.keep_one(archive, read, judgement.alike)?,
            });
        }
        Ok(outcomes)
    }

    /// Judges `articles` together, once their URLs are settled.
    pub(in crate::pipeline) fn judge(
        &self,
        view: &View,
        articles: &mut [ReadArticle],
        not_modified: usize,
    ) -> Result<Vec<Judgement>, archive::Error> {
        self.settle_claims(view, articles)?;
        let pasts = articles.iter().map(|read| self.past(view, read)).collect::<Result<Vec<_>, _>>()?;
        let reviewed: Vec<Reviewed<'_>> =
            articles.iter().zip(&pasts).map(|(read, past)| reviewed(read, past.as_ref())).collect();
        let alike = archive::changed_alike(&reviewed, not_modified);
        let judgement = |(doubt, alike)| Judgement { doubt, alike };
        Ok(self.doubts(articles, &pasts).into_iter().zip(alike).map(judgement).collect())
    }

    /// Gives a page its address for its URL where others claim its canonical URL too and say something else.
    fn settle_claims(&self, view: &View, articles: &mut [ReadArticle]) -> Result<(), archive::Error> {
        let claims: Vec<Claim<'_>> = articles.iter().map(claim).collect();
        let mut disputed = archive::disputed(&claims, &self.listed.documents);
        for ((claim, read), is_disputed) in claims.iter().zip(articles.iter()).zip(&mut disputed) {
            *is_disputed |= view.is_disputed(claim)?;
            // Items of a feed may share a URL: what they are called tells them apart.
            *is_disputed &= read.page.candidate.item.is_none();
        }
        for (read, _) in articles.iter_mut().zip(disputed).filter(|(_, is_disputed)| *is_disputed) {
            if let Ok(url) = CanonicalUrl::of(&read.capture.url) {
                read.article.url = url;
                read.article.provenance.insert(Field::Url, Provenance::of(DISPUTED));
            }
        }
        Ok(())
    }

    fn past(&self, view: &View, read: &ReadArticle) -> Result<Option<Past>, archive::Error> {
        let past = view.past(&self.kept(read, Alike::Not))?;
        Ok(past.map(|past| Past { site: Some(self.title.clone()), ..past }))
    }

    fn doubts(&self, articles: &[ReadArticle], pasts: &[Option<Past>]) -> Vec<Option<Rejection>> {
        let pages = articles.iter().zip(pasts).map(|(read, past)| PageRead {
            article: &read.article,
            link: &read.page.candidate,
            answered: &read.capture.url,
            past: past.as_ref(),
        });
        let mut doubts = extract::doubts(&pages.collect::<Vec<_>>(), &self.listed.documents);
        // What an item says itself is no wall and no other page; at most its feed says less of it than before.
        for (doubt, _) in doubts.iter_mut().zip(articles).filter(|(_, read)| read.is_own_text()) {
            *doubt = doubt.take().filter(|doubt| matches!(doubt, Rejection::Shrunk { .. }));
        }
        doubts
    }

    pub(in crate::pipeline) fn kept<'a>(&'a self, read: &'a ReadArticle, alike: Alike) -> Kept<'a> {
        Kept {
            source: &self.id,
            candidate: &read.page.candidate,
            capture: &read.capture,
            further: &read.further,
            article: &read.article,
            seen: read.page.seen,
            sign: Sign { known: read.page.known, guids: Some(&read.page.guids) },
            neighbours: Neighbours { listed: Some(&self.listed.links), alike },
        }
    }

    fn keep_one(
        &self,
        archive: &mut Archive,
        read: &ReadArticle,
        alike: Alike,
    ) -> Result<PageOutcome, archive::Error> {
        let verdict = archive.keep_article(&self.kept(read, alike))?;
        if verdict.is_news() {
            archive.keep_parts(&self.id, &verdict, &read.further)?;
        }
        Ok(outcome(verdict.outcome))
    }

    fn hold(
        &self,
        archive: &mut Archive,
        read: &ReadArticle,
        doubt: &Rejection,
    ) -> Result<PageOutcome, archive::Error> {
        let reason = doubt.to_string();
        if read.is_own_text() {
            // There is no page to try again; what its feed carries next is looked at.
            archive.note_not_modified(&read.page.candidate, self.now)?;
            return Ok(PageOutcome::Held { reason });
        }
        let is_news = archive.keep_failure(&Failed {
            source: &self.id,
            candidate: &read.page.candidate,
            reason: &reason,
            hold: Some(doubt.name()),
            sketch: Some(&TextSketch::of(&read.article.text)),
            capture: Some(&read.capture),
            at: self.now,
            next_try_at: read.next_try_at,
            attempt: Attempt::Made,
        })?;
        Ok(if is_news { PageOutcome::Held { reason } } else { PageOutcome::StillHeld { reason } })
    }
}

/// What was read again of an article: where its canonical URL was disputed when it was kept, it stays so.
pub(in crate::pipeline) fn read_again(before: &Article, article: Article) -> Article {
    match before.provenance.get(&Field::Url) {
        Some(origin) if origin.from == DISPUTED => {
            let mut provenance = article.provenance;
            provenance.insert(Field::Url, origin.clone());
            Article { url: before.url.clone(), provenance, ..article }
        }
        _ => article,
    }
}

fn claim(read: &ReadArticle) -> Claim<'_> {
    Claim { article: &read.article, asked: &read.page.candidate.url, answered: &read.capture.url }
}

fn reviewed<'a>(read: &'a ReadArticle, past: Option<&'a Past>) -> Reviewed<'a> {
    // What says what is kept already was looked at as well.
    let before = past.map_or(Some(&read.article), |past| past.before.as_ref());
    Reviewed { before, after: &read.article }
}
