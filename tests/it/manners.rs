//! A site that logs what it is asked for: a day of hourly runs breaks none of its rules, and costs it few requests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tearsheet::pipeline;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::follow::{Followed, after};
use crate::small_site::{path, rss, title};

/// A new article comes so often.
const HOURS_AN_ARTICLE: u32 = 3;
/// The run of the last hour.
const LAST: u32 = 24;
/// robots.txt forbids this article.
const FORBIDDEN: u32 = 4;
/// This one is busy when it is asked for first.
const BUSY: u32 = 6;
const DELAY: Duration = Duration::from_millis(60);
const ROBOTS: &str =
    "User-agent: *\nDisallow: /reports/gulls-of-the-cliffs-4\nDisallow: /%7Ejoe\nCrawl-delay: 0.06\n";

#[derive(Default)]
struct Log {
    hour: u32,
    requests: usize,
    under_way: usize,
    ended: Option<Instant>,
    /// Targets that gave an `ETag`.
    tagged: BTreeSet<String>,
    /// The hour before which a target is not to be asked for again.
    not_before: BTreeMap<String, u32>,
    /// What was asked for in this hour.
    asked: BTreeSet<String>,
    robots: Vec<u32>,
    violations: Vec<String>,
}

impl Log {
    /// Looks at a request, and says what breaks a rule.
    fn begin(&mut self, head: &str) -> String {
        let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let lower = head.to_ascii_lowercase();
        let hour = self.hour;
        let mut says = |broken: bool, what: &str| {
            if broken {
                self.violations.push(format!("hour {hour}, {target}: {what}"));
            }
        };
        says(!head.starts_with("GET "), "another method");
        says(!lower.contains("user-agent: tearsheet/"), "no name");
        says(self.under_way > 0, "two requests at once");
        says(self.ended.is_some_and(|ended| ended.elapsed() < DELAY), "no pause");
        says(target == path(FORBIDDEN) || target.contains("joe"), "robots.txt forbids it");
        says(self.not_before.get(&target).is_some_and(|until| hour < *until), "asked to come later");
        says(!self.asked.insert(target.clone()), "twice in a run");
        says(self.tagged.contains(&target) && !lower.contains("if-none-match:"), "without a condition");
        if target == "/robots.txt" {
            says(self.robots.last().is_some_and(|last| hour < last + 24), "again within a day");
            self.robots.push(hour);
        }
        self.requests += 1;
        self.under_way += 1;
        target
    }

    /// The answer, and whatever is to be remembered of it.
    fn answer(&mut self, target: &str, is_conditional: bool) -> String {
        let newest = 1 + self.hour / HOURS_AN_ARTICLE;
        let busy = |seconds: u32| format!("HTTP/1.1 429 Too Many Requests\r\nRetry-After: {seconds}\r\n");
        let (head, body) = match target {
            "/robots.txt" => {
                ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n".to_owned(), ROBOTS.to_owned())
            }
            "/busy.xml" => {
                self.not_before.insert(target.to_owned(), self.hour + 24);
                (busy(24 * 3600), String::new())
            }
            _ if target == path(BUSY) && !self.not_before.contains_key(target) => {
                self.not_before.insert(target.to_owned(), self.hour + 2);
                (busy(2 * 3600), String::new())
            }
            "/feed.xml" => {
                let tag = format!("\"{newest}\"");
                let is_new =
                    self.tagged.insert(target.to_owned()) || self.hour.is_multiple_of(HOURS_AN_ARTICLE);
                match is_conditional && !is_new {
                    true => ("HTTP/1.1 304 Not Modified\r\n".to_owned(), String::new()),
                    false => (tagged(&tag), rss((1..=newest).rev())),
                }
            }
            _ => match (1..=newest).find(|n| path(*n) == target) {
                Some(_) if is_conditional => ("HTTP/1.1 304 Not Modified\r\n".to_owned(), String::new()),
                Some(n) => {
                    self.tagged.insert(target.to_owned());
                    (tagged("\"1\""), article(n))
                }
                None => ("HTTP/1.1 404 Not Found\r\n".to_owned(), String::new()),
            },
        };
        self.under_way -= 1;
        self.ended = Some(Instant::now());
        format!("{head}Connection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len())
    }
}

fn tagged(tag: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: {tag}\r\n")
}

fn article(n: u32) -> String {
    let paragraph = |part: u32| {
        format!(
            "<p>In part {part} of report {n} the keeper of the lighthouse writes about gulls, of which {n} hundred came back \
             to the northern cliffs after a winter that nobody there will forget, and about the boats of the harbour.</p>"
        )
    };
    let title = title(n);
    let text: String = (0..4).map(paragraph).collect();
    format!(
        "<html lang=en><title>{title}</title><article><h1>{title}</h1>{text}<a href=/~joe>Joe</a></article></html>"
    )
}

async fn serve(mut stream: TcpStream, log: Arc<Mutex<Log>>) {
    let mut head = vec![0; 16 * 1024];
    let Ok(read) = stream.read(&mut head).await else { return };
    let head = String::from_utf8_lossy(&head[..read]).into_owned();
    let target = log.lock().unwrap().begin(&head);
    // Whoever sends more requests at once has the time to.
    tokio::time::sleep(Duration::from_millis(2)).await;
    let answer = log.lock().unwrap().answer(&target, head.to_ascii_lowercase().contains("if-none-match:"));
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_of_runs_breaks_no_rule_of_a_site_and_costs_it_few_requests() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let log = Arc::new(Mutex::new(Log::default()));
    let logged = Arc::clone(&log);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, Arc::clone(&logged)));
        }
    });
    let feed = |name: &str| format!("url = \"http://{address}/{name}.xml\"\n");
    let followed = Followed::with(&[("gulls", feed("feed")), ("busy", feed("busy"))], "");
    let mut new = 0;
    for hour in 0..=LAST {
        {
            let mut log = log.lock().unwrap();
            (log.hour, log.asked) = (hour, BTreeSet::new());
        }
        // In truth an hour lies between two runs.
        tokio::time::sleep(DELAY).await;
        let report = pipeline::run(&followed.config, &[], after(i64::from(hour)), &|_| {}).await.unwrap();
        new += report.sources.iter().map(|source| source.new).sum::<usize>();
    }
    let log = log.lock().unwrap();
    let (violations, requests, robots) = (&log.violations, log.requests, &log.robots);
    assert!(violations.is_empty(), "{} violations: {violations:#?}", violations.len());
    assert_eq!(*robots, [0, 24], "robots.txt is asked for once a day");
    let listed = 1 + (LAST / HOURS_AN_ARTICLE) as usize;
    assert_eq!(new, listed - 1, "all but the one that robots.txt forbids");
    println!("{requests} requests for {new} new articles: {:.1} each", requests as f64 / new as f64);
    assert!(requests <= 8 * new, "{requests} requests for {new} articles");
}
