//! robots.txt (RFC 9309): one file a host and day, and what it lets tearsheet do.

mod escaping;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use texting_robots::Robot;
use tokio::sync::OnceCell;
use url::Url;

use super::Failure;
use super::exchange::Answer;
use crate::model::{CodingError, decode_content};

/// The name by which robots.txt files address the program.
pub(super) const PRODUCT_TOKEN: &str = "tearsheet";
/// What is read of a robots.txt; RFC 9309, section 2.5, asks for at least this.
pub(super) const MAX_SIZE: usize = 500 * 1024;
/// A longer `Crawl-delay` than this is not honoured: it would keep a run from ending.
const LONGEST_CRAWL_DELAY: Duration = Duration::from_secs(30);

/// A longer file is asked for in every run.
const MAX_REMEMBERED: usize = 16 * 1024;

/// The text of robots.txt files by scheme, host and port; none where the host has no such file. They hold for a day
/// (RFC 9309, section 2.4).
pub type RobotsFiles = BTreeMap<String, Option<String>>;

/// Every policy that was read in this run, by scheme, host and port.
#[derive(Default)]
pub(super) struct Robots {
    policies: Mutex<HashMap<String, Arc<OnceCell<Policy>>>>,
    /// What is known from earlier runs.
    known: RobotsFiles,
    /// What this run was answered.
    read: Mutex<RobotsFiles>,
}

/// What a host lets tearsheet do.
pub(super) enum Policy {
    /// Everything.
    AllowAll,
    /// What the rules allow.
    Rules(Box<Robot>),
    /// Nothing, since what it allows is not known.
    Unreachable(Arc<Failure>),
}

impl Robots {
    pub(super) fn knowing(known: RobotsFiles) -> Robots {
        Robots { known, ..Robots::default() }
    }

    /// What an earlier run was answered for `url`.
    pub(super) fn known(&self, url: &Url) -> Option<&Option<String>> {
        self.known.get(&url.origin().ascii_serialization())
    }

    /// Remembers the answer for the robots.txt that speaks for `url`, if it lasts.
    pub(super) fn remember(&self, url: &Url, answer: &Answer) {
        let Some(text) = lasting(answer) else { return };
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.insert(url.origin().ascii_serialization(), text);
    }

    /// What this run was answered.
    pub(super) fn read(&self) -> RobotsFiles {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The place of the policy for `url`: whoever comes first fills it, the others wait.
    pub(super) fn of(&self, url: &Url) -> Arc<OnceCell<Policy>> {
        let mut policies = self.policies.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(policies.entry(url.origin().ascii_serialization()).or_default())
    }
}

/// Whether the robots.txt `text` lets tearsheet fetch `url` (RFC 9309, section 2.2); not where it is too complex to be obeyed.
#[must_use]
pub fn robots_allow(text: &[u8], url: &Url) -> bool {
    Policy::parsed(url, text).check(url).is_ok()
}

impl Answer {
    /// The body, its content coding undone.
    fn text(&self) -> Result<Bytes, CodingError> {
        let coding = self.header("content-encoding").map(String::from_utf8_lossy);
        let body = self.body.clone().unwrap_or_default();
        decode_content(&body, coding.as_deref(), MAX_SIZE)
    }
}

impl Policy {
    /// What the answer for the robots.txt at `url` means (RFC 9309, section 2.3.1). Beyond the RFC, 429 is taken as
    /// the server's trouble and not as leave to fetch everything.
    pub(super) async fn of(url: &Url, answer: Answer) -> Policy {
        match answer.status {
            200..=299 => match answer.text() {
                Err(source) => Policy::unreachable(Failure::Coding { source: Arc::new(source) }),
                Ok(text) => Policy::of_text(url, text).await,
            },
            code @ (429 | 500..) => {
                Policy::unreachable(Failure::Status { code, retry_at: answer.retry_at(), capture: None })
            }
            _ => Policy::AllowAll,
        }
    }

    pub(super) fn unreachable(failure: Failure) -> Policy {
        Policy::Unreachable(Arc::new(failure))
    }

    /// What the text of the robots.txt at `url` lets tearsheet do.
    pub(super) async fn of_text(url: &Url, text: Bytes) -> Policy {
        let url = url.clone();
        // A hostile file takes a second to parse.
        tokio::task::spawn_blocking(move || Policy::parsed(&url, &text))
            .await
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))
    }

    fn parsed(url: &Url, text: &[u8]) -> Policy {
        match Robot::new(PRODUCT_TOKEN, &escaping::of_rules(whole_lines(text))) {
            Ok(robot) => Policy::Rules(Box::new(robot)),
            Err(_) => Policy::unreachable(Failure::RobotsTooComplex { url: url.clone() }),
        }
    }

    /// Whether `url` may be fetched.
    pub(super) fn check(&self, url: &Url) -> Result<(), Failure> {
        match self {
            Policy::Rules(robot) if !robot.allowed(escaping::of_url(url).as_str()) => {
                Err(Failure::RobotsDisallowed { url: url.clone() })
            }
            Policy::AllowAll | Policy::Rules(_) => Ok(()),
            // The page would fare no better: the reason is its own.
            Policy::Unreachable(failure) if failure.is_of_host() => Err(Failure::clone(failure)),
            Policy::Unreachable(failure) => Err(Failure::RobotsUnreachable {
                origin: url.origin().ascii_serialization(),
                source: Arc::clone(failure),
            }),
        }
    }

    /// The sitemaps that it names (RFC 9309, section 2.2.4) for the host of `url`, each once.
    pub(super) fn sitemaps(&self, url: &Url) -> Vec<Url> {
        let Policy::Rules(robot) = self else { return Vec::new() };
        let mut urls = Vec::new();
        for named in robot.sitemaps.iter().filter(|named| !named.is_empty()) {
            urls.extend(url_for(url).join(named).ok().filter(|named| !urls.contains(named)));
        }
        urls
    }

    /// The pause between two requests that the host asks for.
    pub(super) fn crawl_delay(&self) -> Duration {
        let Policy::Rules(robot) = self else { return Duration::ZERO };
        let delay = robot.delay.and_then(|seconds| Duration::try_from_secs_f32(seconds).ok());
        delay.unwrap_or_default().min(LONGEST_CRAWL_DELAY)
    }
}

/// The text that holds for a day, if the answer is one that does: a server's trouble may be over in an hour.
fn lasting(answer: &Answer) -> Option<Option<String>> {
    match answer.status {
        200..=299 => {
            let text = answer.text().ok().filter(|text| text.len() <= MAX_REMEMBERED)?;
            Some(Some(String::from_utf8_lossy(&text).into_owned()))
        }
        429 | 500.. => None,
        _ => Some(None),
    }
}

/// Where the robots.txt for `url` is.
pub(super) fn url_for(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_path("/robots.txt");
    url.set_query(None);
    url.set_fragment(None);
    url
}

/// A file that was cut may end within a rule, which would then forbid too much.
fn whole_lines(text: &[u8]) -> &[u8] {
    if text.len() < MAX_SIZE {
        return text;
    }
    let end = text.iter().rposition(|&byte| byte == b'\n').unwrap_or_default();
    &text[..end]
}

#[cfg(test)]
mod tests {
    use chrono::Utc;

    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    async fn policy(status: u16, text: impl Into<Bytes>) -> Policy {
        let body = Some(text.into());
        let answer =
            Answer { status, headers: Vec::new(), body, at: Utc::now(), retry_after: None, peer: None };
        Policy::of(&url("https://a.example/robots.txt"), answer).await
    }

    #[tokio::test]
    async fn rules_for_tearsheet_come_before_those_for_all() {
        let text =
            "User-agent: *\nDisallow: /\n\nUser-agent: Tearsheet\nDisallow: /private/\nCrawl-delay: 2.5\n";
        let policy = policy(200, text).await;
        assert!(policy.check(&url("https://a.example/news/1")).is_ok());
        let refused = policy.check(&url("https://a.example/private/1"));
        assert!(matches!(refused, Err(Failure::RobotsDisallowed { .. })));
        assert_eq!(policy.crawl_delay(), Duration::from_millis(2500));
    }

    #[tokio::test]
    async fn a_missing_file_allows_and_a_failing_server_forbids() {
        for (status, allowed) in
            [(404, true), (403, true), (410, true), (304, true), (429, false), (503, false)]
        {
            let policy = policy(status, "").await;
            assert_eq!(policy.check(&url("https://a.example/")).is_ok(), allowed, "{status}");
        }
    }

    #[tokio::test]
    async fn a_crawl_delay_is_honoured_within_reason() {
        for (text, seconds) in [("99999", 30), ("-1", 0), ("nan", 0), ("3", 3)] {
            let policy = policy(200, format!("User-agent: *\nCrawl-delay: {text}\n")).await;
            assert_eq!(policy.crawl_delay(), Duration::from_secs(seconds), "{text}");
        }
    }

    #[tokio::test]
    async fn a_rule_that_was_cut_is_none() {
        let mut text = b"User-agent: *\nDisallow: /private/\n".to_vec();
        text.resize(MAX_SIZE - 11, b'#');
        text.extend(b"\nDisallow: /");
        text.truncate(MAX_SIZE);
        let policy = policy(200, text).await;
        assert!(policy.check(&url("https://a.example/news/1")).is_ok());
        assert!(policy.check(&url("https://a.example/private/1")).is_err());
    }

    #[tokio::test]
    async fn sitemaps_are_read_from_any_group() {
        let text = "User-agent: *\nDisallow: /x\nSITEMAP: https://b.example/1.xml # one\nsitemap:/2.xml\nSitemap:\n\
                    Sitemap: /2.xml\n";
        let urls = policy(200, text).await.sitemaps(&url("https://a.example/news/?page=2"));
        assert_eq!(urls, [url("https://b.example/1.xml"), url("https://a.example/2.xml")]);
    }

    #[tokio::test]
    async fn an_escape_is_compared_as_what_it_stands_for() {
        for (rule, path) in
            [("/~joe", "/%7Ejoe"), ("/%7ejoe", "/~joe"), ("/a%3cd", "/a%3Cd"), ("/fähre", "/f%c3%a4hre")]
        {
            let policy = policy(200, format!("User-agent: *\nDisallow: {rule}\n")).await;
            assert!(policy.check(&url(&format!("https://a.example{path}"))).is_err(), "{rule} {path}");
        }
    }

    #[test]
    fn a_group_whose_rules_all_go_is_a_group_still() {
        let text = b"User-agent: *\nDisallow: uk/file\n\nUser-agent: other\nDisallow: /\n";
        assert!(robots_allow(text, &url("https://a.example/news")));
    }

    #[test]
    fn what_a_url_cannot_have_is_compared_as_it_is_sent() {
        for (rule, path) in [("/w/{image}", "/w/{image}"), ("/a\u{a0}", "/a"), ("/a|b^`", "/a%7Cb%5e%60")] {
            let text = format!("User-agent: *\nDisallow: {rule}\n");
            assert!(
                !robots_allow(text.as_bytes(), &url(&format!("https://a.example{path}"))),
                "{rule} {path}"
            );
        }
    }

    #[tokio::test]
    async fn another_program_with_a_like_name_is_not_meant() {
        for (name, allowed) in
            [("tearsheet", false), ("Tearsheet/1.0", false), ("tearsheetbot", true), ("tear", true)]
        {
            let policy = policy(200, format!("User-agent: {name}\nDisallow: /\n")).await;
            assert_eq!(policy.check(&url("https://a.example/")).is_ok(), allowed, "{name}");
        }
    }

    #[tokio::test]
    async fn a_page_instead_of_a_file_allows() {
        let policy = policy(200, "<!DOCTYPE html><p>Not found").await;
        assert!(policy.check(&url("https://a.example/news/1")).is_ok());
    }
}
