//! Serves each source's feed, with an entity tag. Each source is a host of its own, on this machine's loopback network.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::fill;

/// What was asked for.
#[derive(Default)]
pub(crate) struct Asked {
    /// Conditional requests that were answered with 304.
    pub(crate) unchanged: AtomicUsize,
    pub(crate) feeds: AtomicUsize,
    pub(crate) robots: AtomicUsize,
    pub(crate) others: AtomicUsize,
}

/// Serves until the process ends, and gives the port.
pub(crate) fn start(articles: usize) -> (u16, Arc<Asked>) {
    let listener = TcpListener::bind("0.0.0.0:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(Asked::default());
    let counts = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let counts = Arc::clone(&counts);
            // Clients hang up as they like.
            thread::spawn(move || drop(answer_all(&stream.unwrap(), articles, &counts)));
        }
    });
    (port, asked)
}

/// The address of a source: hosts are told apart by it.
pub(crate) fn host(source: usize) -> String {
    format!("127.1.{}.{}", source / 200, source % 200 + 1)
}

fn answer_all(stream: &TcpStream, articles: usize, asked: &Asked) -> io::Result<()> {
    let mut lines = BufReader::new(stream);
    loop {
        let mut head = String::new();
        while lines.read_line(&mut head)? > 2 {}
        let Some(path) = head.split(' ').nth(1) else { return Ok(()) };
        let is_conditional = head.to_lowercase().contains("if-none-match");
        let (count, answer) = match path.strip_prefix("/feed-").and_then(|number| number.parse().ok()) {
            Some(_) if is_conditional => (&asked.unchanged, "HTTP/1.1 304 Not Modified\r\n\r\n".to_owned()),
            Some(source) => (&asked.feeds, feed(source, articles)),
            None if path == "/robots.txt" => {
                let rules = "User-agent: *\nDisallow: /private\n";
                (&asked.robots, ok("text/plain", rules))
            }
            None => (&asked.others, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned()),
        };
        count.fetch_add(1, Ordering::Relaxed);
        (&*stream).write_all(answer.as_bytes())?;
    }
}

fn ok(kind: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nETag: \"1\"\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

/// The newest articles of a source, newest first.
fn feed(source: usize, articles: usize) -> String {
    let numbers: Vec<usize> = (source..articles).step_by(fill::SOURCES).collect();
    let items: String = numbers
        .iter()
        .rev()
        .take(20)
        .map(|number| {
            let (title, url) = (fill::title(*number), fill::url(*number));
            format!("<item><title>{title}</title><link>{url}</link></item>")
        })
        .collect();
    let title = fill::source_id(source);
    ok(
        "application/rss+xml",
        &format!("<rss version=\"2.0\"><channel><title>{title}</title>{items}</channel></rss>"),
    )
}
