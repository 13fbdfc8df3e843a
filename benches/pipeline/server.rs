//! Serves the pages from a process of its own, as several hosts: ports are hosts to whoever paces requests.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use url::Url;

use super::pages::Pages;

/// The pages are dealt out to so many hosts.
pub(crate) const HOSTS: usize = 20;
/// The first argument of a process that is to serve.
pub(crate) const SERVE: &str = "serve";

/// The process that serves; it ends with this value.
pub(crate) struct Server {
    process: Child,
    hosts: Vec<SocketAddr>,
}

impl Server {
    /// Starts a process that serves the pages that `arguments` name.
    pub(crate) fn start(arguments: &[String]) -> Server {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg(SERVE).args(arguments).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines().take(HOSTS);
        let hosts = lines.map(|line| line.unwrap().parse().unwrap()).collect();
        Server { process, hosts }
    }

    /// The URLs of the lists of each host's pages.
    pub(crate) fn lists(&self) -> Vec<String> {
        self.hosts.iter().map(|host| format!("http://{host}/list.txt")).collect()
    }

    /// The URL of page `at`.
    pub(crate) fn url(&self, pages: &Pages, at: usize) -> Url {
        Url::parse(&format!("http://{}{}", self.hosts[at % HOSTS], pages.path(at))).unwrap()
    }

    /// How many pages were asked for since the last call.
    pub(crate) fn take_page_requests(&self) -> usize {
        let mut stream = TcpStream::connect(self.hosts[0]).unwrap();
        stream.write_all(b"GET /taken HTTP/1.1\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.rsplit("\r\n").next().unwrap().parse().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Serves `pages` until the process is ended, and says where.
pub(crate) fn serve(pages: &Pages) {
    let taken = &AtomicUsize::new(0);
    thread::scope(|scope| {
        for host in 0..HOSTS {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            println!("{}", listener.local_addr().unwrap());
            scope.spawn(move || {
                for stream in listener.incoming() {
                    // Clients hang up as they like.
                    scope.spawn(move || drop(answer_all(&stream.unwrap(), host, pages, taken)));
                }
            });
        }
    });
}

fn answer_all(stream: &TcpStream, host: usize, pages: &Pages, taken: &AtomicUsize) -> io::Result<()> {
    let mut lines = BufReader::new(stream);
    loop {
        let mut head = String::new();
        while lines.read_line(&mut head)? > 2 {}
        let Some(path) = head.split(' ').nth(1) else { return Ok(()) };
        let (content_type, body) = match path {
            "/list.txt" => ("text/plain", list(host, pages).into_bytes()),
            "/taken" => ("text/plain", taken.swap(0, Ordering::Relaxed).to_string().into_bytes()),
            _ => match path[1..].split('/').next().and_then(|number| number.parse().ok()) {
                Some(at) => {
                    taken.fetch_add(1, Ordering::Relaxed);
                    ("text/html", pages.body(at))
                }
                None => {
                    (&*stream).write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")?;
                    continue;
                }
            },
        };
        let coding = if body.starts_with(b"\x1f\x8b") { "Content-Encoding: gzip\r\n" } else { "" };
        let length = body.len();
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n{coding}Content-Length: {length}\r\n\r\n"
        );
        (&*stream).write_all(&[head.as_bytes(), &body].concat())?;
        if path == "/taken" {
            return Ok(());
        }
    }
}

fn list(host: usize, pages: &Pages) -> String {
    (host..pages.len()).step_by(HOSTS).map(|at| pages.path(at) + "\n").collect()
}
