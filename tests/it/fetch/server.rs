//! A server on loopback that answers as each test says, byte for byte, and remembers what it was asked.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// What a request gets.
pub(crate) enum Reply {
    /// These bytes, then the end of the connection.
    Bytes(Vec<u8>),
    /// These bytes, then the others again and again for as long as anyone reads.
    Endless(Vec<u8>, Vec<u8>),
    /// Nothing, while the connection stays open.
    Silence,
}

/// A running server; it ends with its test's runtime.
pub(crate) struct Server {
    address: SocketAddr,
    log: Arc<Log>,
}

#[derive(Default)]
struct Log {
    heads: Mutex<Vec<String>>,
    under_way: AtomicUsize,
    most_under_way: AtomicUsize,
}

impl Server {
    /// Starts a server; `answer` gets a request's path with its query, and how many requests for it came before.
    pub(crate) async fn start(answer: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (log, answer) = (Arc::new(Log::default()), Arc::new(answer));
        let server = Server { address, log: Arc::clone(&log) };
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                tokio::spawn(async move { serve(stream, &log, &*answer).await });
            }
        });
        server
    }

    /// A URL on this server.
    pub(crate) fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).unwrap()
    }

    /// The heads of all requests so far, but those for robots.txt.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.all_heads().into_iter().filter(|head| path_of(head) != "/robots.txt").collect()
    }

    /// The paths that were asked for so far, but robots.txt.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.heads().iter().map(|head| path_of(head).to_owned()).collect()
    }

    /// How often robots.txt was asked for.
    pub(crate) fn robots_requests(&self) -> usize {
        self.all_heads().len() - self.heads().len()
    }

    fn all_heads(&self) -> Vec<String> {
        self.log.heads.lock().unwrap().clone()
    }

    /// The most requests that were under way at once.
    pub(crate) fn most_under_way(&self) -> usize {
        self.log.most_under_way.load(Ordering::SeqCst)
    }
}

async fn serve(mut stream: TcpStream, log: &Log, answer: &(dyn Fn(&str, usize) -> Reply + Send + Sync)) {
    let Some(head) = read_head(&mut stream).await else { return };
    let under_way = log.under_way.fetch_add(1, Ordering::SeqCst) + 1;
    log.most_under_way.fetch_max(under_way, Ordering::SeqCst);
    // Others get the chance to come while this one is under way.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    let reply = {
        let path = path_of(&head).to_owned();
        let mut heads = log.heads.lock().unwrap();
        let before = heads.iter().filter(|head| path_of(head) == path).count();
        heads.push(head);
        answer(&path, before)
    };
    log.under_way.fetch_sub(1, Ordering::SeqCst);
    // Clients may hang up early.
    match reply {
        Reply::Bytes(bytes) => drop(stream.write_all(&bytes).await),
        Reply::Endless(first, rest) => {
            let mut open = stream.write_all(&first).await.is_ok();
            while open {
                open = stream.write_all(&rest).await.is_ok();
            }
        }
        Reply::Silence => std::future::pending().await,
    }
}

async fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    Some(String::from_utf8(head).unwrap())
}

fn path_of(head: &str) -> &str {
    head.split(' ').nth(1).unwrap()
}

/// A response with a `Content-Length`; `lines` are further headers.
pub(crate) fn response(status: &str, lines: &[&str], body: &[u8]) -> Reply {
    let mut bytes = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for line in lines {
        bytes.push_str(line);
        bytes.push_str("\r\n");
    }
    bytes.push_str("\r\n");
    Reply::Bytes([bytes.as_bytes(), body].concat())
}

/// A page that is there.
pub(crate) fn page(body: &str) -> Reply {
    response("200 OK", &[], body.as_bytes())
}

/// Nothing is there.
pub(crate) fn not_found() -> Reply {
    response("404 Not Found", &[], b"nothing here")
}

/// A redirect.
pub(crate) fn redirect(status: &str, location: &str) -> Reply {
    response(status, &[&format!("Location: {location}")], b"")
}
