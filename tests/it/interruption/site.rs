//! A site of three sections that can kill who reads it.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::thread;

use crate::program::{ON_LOOPBACK, Program};

pub(crate) const SECTIONS: [&str; 3] = ["arts", "science", "world"];
const ARTICLES_OF_A_SECTION: usize = 10;
pub(crate) const ARTICLES: usize = SECTIONS.len() * ARTICLES_OF_A_SECTION;

/// A server on loopback; its thread ends with the tests.
pub(crate) struct Site {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    requests: usize,
    /// Articles that each section has published.
    articles: usize,
    /// Who is killed, and at which request.
    victim: Option<(Child, usize)>,
}

impl Site {
    pub(crate) fn start() -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let state = State { articles: ARTICLES_OF_A_SECTION, ..State::default() };
        let site = Site { address: listener.local_addr().unwrap(), state: Arc::new(Mutex::new(state)) };
        let state = Arc::clone(&site.state);
        thread::spawn(move || {
            // One at a time, as the program asks; the client may be dead.
            for stream in listener.incoming() {
                let _ = answer(stream.unwrap(), &state);
            }
        });
        site
    }

    /// From now on each section has so many articles.
    pub(crate) fn show(&self, articles: usize) {
        self.state.lock().unwrap().articles = articles;
    }

    /// A new root that follows every section.
    pub(crate) fn program(&self) -> Program {
        let settings = format!("{ON_LOOPBACK}[[feed]]\nid = \"all\"\nsources = [\"*\"]\n");
        let source = |section| format!("url = \"http://{}/{section}\"\nkind = \"feed\"\n", self.address);
        Program::new(&settings, &SECTIONS.map(|section| (section, source(section))))
    }

    /// How many requests came since the last call.
    pub(crate) fn take_requests(&self) -> usize {
        std::mem::take(&mut self.state.lock().unwrap().requests)
    }

    /// Runs `program`, and kills it at its request number `at`. Gives its exit code; `None` if it was killed.
    pub(crate) fn run_and_kill(&self, program: &Program, at: usize) -> Option<i32> {
        let mut output = {
            let mut state = self.state.lock().unwrap();
            state.requests = 0;
            let mut child = program.command(&["run", "--quiet"]).spawn().unwrap();
            let output = child.stderr.take().unwrap();
            state.victim = Some((child, at));
            output
        };
        // Its end is the program's end.
        output.read_to_string(&mut String::new()).unwrap();
        let (mut child, _) = self.state.lock().unwrap().victim.take().unwrap();
        child.wait().unwrap().code()
    }
}

fn answer(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut head = String::new();
    let mut lines = BufReader::new(&stream);
    while lines.read_line(&mut head)? > 2 {}
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let articles = {
        let mut state = state.lock().unwrap();
        state.requests += 1;
        let requests = state.requests;
        if let Some((victim, at)) = &mut state.victim
            && *at == requests
        {
            victim.kill()?;
            return Ok(());
        }
        state.articles
    };
    let (status, body) = match path.strip_prefix('/').unwrap_or_default().split_once('/') {
        None if path == "/robots.txt" => ("404 Not Found", String::new()),
        None => ("200 OK", feed(&path, articles)),
        Some((section, number)) => ("200 OK", article(section, number)),
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nConnection: close\r\nETag: \"{articles}\"\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

/// A section's feed, newest first, without texts.
fn feed(path: &str, articles: usize) -> String {
    let mut items = String::new();
    for number in (1..=articles).rev() {
        let _ = write!(
            items,
            "<item><title>Report {number} of {path}</title><link>{path}/{number}</link></item>"
        );
    }
    format!("<rss version=\"2.0\"><channel><title>{path}</title>{items}</channel></rss>")
}

fn article(section: &str, number: &str) -> String {
    let mut text = String::new();
    for paragraph in ["first", "second", "third", "fourth"] {
        let _ = write!(
            text,
            "<p>The {paragraph} thing that the {section} desk found out for its report number {number} was that those \
             who had been asked about it gave answers which nobody in the room had expected to hear that day.</p>"
        );
    }
    format!(
        "<!DOCTYPE html><title>Report {number} of {section}</title><article><h1>Report {number} of {section}</h1>{text}</article>"
    )
}
