//! What servers answered in this run, so that a request is sent once, however many sources want its answer. What is
//! under way is waited for; a failure is an answer too.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use tokio::sync::OnceCell;
use url::Url;

use super::Failure;
use super::exchange::Answer;
use super::headers::Outgoing;

/// Bytes of bodies that are kept for the next who asks. The longest known go first.
const MOST_BYTES: usize = 12 * 1024 * 1024;
/// What an answer costs beside its body.
const OVERHEAD: usize = 4 * 1024;

type Outcome = Result<Answer, Failure>;

/// The answers of one run.
#[derive(Default)]
pub(super) struct Answers(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    requests: HashMap<Url, Vec<Sent>>,
    /// What was answered, the longest known first, with its size.
    answered: VecDeque<(Url, Arc<OnceCell<Outcome>>, usize)>,
    bytes: usize,
}

/// A request and its answer, which may still be on the way.
struct Sent {
    headers: Arc<Outgoing>,
    answer: Arc<OnceCell<Outcome>>,
}

impl Sent {
    /// Whether its answer is one to a request with these `headers`. A page that came whole is an answer to whoever wants
    /// to know whether it changed.
    fn answers(&self, headers: &Outgoing) -> bool {
        self.headers.is_like(headers)
            && (self.headers.has_conditions_of(headers)
                || !self.headers.is_conditional()
                || matches!(self.answer.get(), Some(Ok(answer)) if (200..300).contains(&answer.status)))
    }
}

impl Answers {
    /// The answer to a request for `url` with these headers; `ask` is called if nobody asked yet.
    pub(super) async fn get(
        &self,
        url: &Url,
        headers: &Arc<Outgoing>,
        ask: impl Future<Output = Outcome>,
    ) -> Outcome {
        let cell = self.find(url, headers);
        let mut is_first = false;
        let asked = async {
            is_first = true;
            ask.await
        };
        let outcome = cell.get_or_init(|| asked).await.clone();
        if is_first {
            self.note(url, cell, &outcome);
        }
        outcome
    }

    fn find(&self, url: &Url, headers: &Arc<Outgoing>) -> Arc<OnceCell<Outcome>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sent = kept.requests.entry(url.clone()).or_default();
        if let Some(sent) = sent.iter().find(|sent| sent.answers(headers)) {
            return Arc::clone(&sent.answer);
        }
        let answer = Arc::default();
        sent.push(Sent { headers: Arc::clone(headers), answer: Arc::clone(&answer) });
        answer
    }

    /// Notes that `cell` has its answer, and forgets the longest known where there is too much.
    fn note(&self, url: &Url, cell: Arc<OnceCell<Outcome>>, outcome: &Outcome) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(outcome, Err(Failure::Postponed { .. })) {
            // Nothing was asked.
            kept.forget(url, &cell);
            return;
        }
        let cell = kept.detach(url, cell, outcome);
        let size = OVERHEAD + outcome.as_ref().map_or(0, Answer::size);
        kept.bytes += size;
        kept.answered.push_back((url.clone(), cell, size));
        while kept.bytes > MOST_BYTES
            && let Some((url, cell, size)) = kept.answered.pop_front()
        {
            kept.bytes -= size;
            kept.forget(&url, &cell);
        }
    }
}

impl Kept {
    /// Has the answer in `cell` take none of the room for bodies: what is kept is bounded by itself.
    fn detach(
        &mut self,
        url: &Url,
        cell: Arc<OnceCell<Outcome>>,
        outcome: &Outcome,
    ) -> Arc<OnceCell<Outcome>> {
        let Ok(Answer { body: Some(body), .. }) = outcome else { return cell };
        let mut detached = outcome.clone();
        if let Ok(answer) = &mut detached {
            answer.body = Some(Bytes::copy_from_slice(body));
        }
        let detached = Arc::new(OnceCell::new_with(Some(detached)));
        let sent = self.requests.get_mut(url).into_iter().flatten();
        for sent in sent.filter(|sent| Arc::ptr_eq(&sent.answer, &cell)) {
            sent.answer = Arc::clone(&detached);
        }
        detached
    }

    fn forget(&mut self, url: &Url, cell: &Arc<OnceCell<Outcome>>) {
        if let Some(sent) = self.requests.get_mut(url) {
            sent.retain(|sent| !Arc::ptr_eq(&sent.answer, cell));
            if sent.is_empty() {
                self.requests.remove(url);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use reqwest::header::HeaderValue;

    use super::*;
    use crate::SourceSettings;
    use crate::headers::SourceHeaders;
    use crate::model::Validators;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn answer(status: u16, body: &[u8]) -> Answer {
        let at = chrono::DateTime::UNIX_EPOCH;
        let body = Some(Bytes::copy_from_slice(body));
        Answer { status, headers: Vec::new(), body, at, retry_after: None, peer: None }
    }

    fn headers(etag: Option<&str>, cookie: Option<&str>) -> Arc<Outgoing> {
        let agent = HeaderValue::from_static("tearsheet/test");
        let source = SourceSettings::default();
        let validators = Validators { etag: etag.map(str::to_owned), last_modified: None };
        let cookies = cookie.into_iter().map(str::to_owned).collect();
        let to = url("https://a.example/");
        Arc::new(
            SourceHeaders::of(&source).unwrap().outgoing(&agent, &to, Some(&validators), cookies).unwrap(),
        )
    }

    /// Asks with the first headers, which are answered so, then with the second. Whether that was asked too.
    async fn asks_again(status: u16, first: Arc<Outgoing>, second: Arc<Outgoing>) -> bool {
        let (answers, page, asked) = (Answers::default(), url("https://a.example/1"), Cell::new(0));
        for headers in [first, second] {
            let ask = async {
                asked.set(asked.get() + 1);
                Ok(answer(status, b"x"))
            };
            answers.get(&page, &headers, ask).await.unwrap();
        }
        asked.get() == 2
    }

    #[tokio::test]
    async fn a_request_is_sent_once_and_another_one_too() {
        let plain = || headers(None, None);
        let conditional = |etag| headers(Some(etag), None);
        assert!(!asks_again(200, plain(), plain()).await);
        assert!(!asks_again(404, plain(), plain()).await, "a failure is an answer");
        assert!(!asks_again(200, plain(), conditional("1")).await, "it is the page as it is now");
        assert!(!asks_again(200, conditional("1"), conditional("2")).await, "as is this");
        assert!(asks_again(304, conditional("1"), conditional("2")).await);
        assert!(asks_again(304, conditional("1"), plain()).await, "not modified is no page");
        assert!(asks_again(412, conditional("1"), plain()).await, "the condition may be why it failed");
        assert!(asks_again(200, plain(), headers(None, Some("session=1"))).await, "another reader's page");
    }

    #[tokio::test]
    async fn what_is_kept_is_bounded() {
        let answers = Answers::default();
        let body = vec![0; MOST_BYTES / 3];
        for page in 0..9 {
            let page = url(&format!("https://a.example/{page}"));
            answers.get(&page, &headers(None, None), async { Ok(answer(200, &body)) }).await.unwrap();
        }
        let kept = answers.0.lock().unwrap();
        assert!(kept.bytes <= MOST_BYTES && !kept.answered.is_empty());
        assert_eq!(kept.requests.len(), kept.answered.len());
    }

    #[tokio::test]
    async fn what_was_postponed_was_not_asked() {
        let (answers, page) = (Answers::default(), url("https://a.example/1"));
        let postponed =
            || Failure::Postponed { host: "a.example".to_owned(), retry_at: chrono::DateTime::UNIX_EPOCH };
        let first = answers.get(&page, &headers(None, None), async { Err(postponed()) }).await;
        assert!(matches!(first, Err(Failure::Postponed { .. })));
        assert!(answers.get(&page, &headers(None, None), async { Ok(answer(200, b"x")) }).await.is_ok());
    }
}
