//! A proxy on loopback for one command: it connects to what the guard lets through, and to nothing else. Names are looked up
//! here, and the address that was looked at is the one that is connected to.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use url::{Position, Url};

use crate::resolver;

/// The most bytes of a request's head.
const HEAD: usize = 64 * 1024;
/// The most bytes that one connection brings.
const MOST_BYTES: u64 = 64 << 20;
/// Connections of one command, at once.
const CONNECTIONS: usize = 64;
/// Headers that are between the program and the proxy alone.
const OWN_HEADERS: [&str; 4] = ["connection", "proxy-connection", "proxy-authorization", "keep-alive"];

/// A proxy that runs until it is dropped.
pub(super) struct GuardedProxy {
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Drop for GuardedProxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl GuardedProxy {
    pub(super) async fn start(allow_private: bool) -> io::Result<GuardedProxy> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let serving = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                while connections.try_join_next().is_some() {}
                if connections.len() >= CONNECTIONS {
                    connections.join_next().await;
                }
                // A connection that breaks is the program's to notice.
                connections.spawn(async move { drop(serve(stream, allow_private).await) });
            }
        });
        Ok(GuardedProxy { address, serving })
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// What a program asks the proxy for.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    target: Url,
    /// What the server is sent at first; nothing where the program speaks with it itself.
    head: Option<Vec<u8>>,
}

async fn serve(mut stream: TcpStream, allow_private: bool) -> io::Result<()> {
    let (mut received, mut chunk) = (Vec::new(), [0; 4096]);
    let end = loop {
        let read = stream.read(&mut chunk).await?;
        received.extend_from_slice(&chunk[..read]);
        if let Some(at) = received.windows(4).position(|end| end == b"\r\n\r\n") {
            break at + 4;
        }
        if read == 0 || received.len() > HEAD {
            return refuse(&mut stream, "400 Bad Request").await;
        }
    };
    let rest = received.split_off(end);
    let Some(asked) = asked(&received) else { return refuse(&mut stream, "400 Bad Request").await };
    let Ok(addresses) = resolver::guarded(&asked.target, allow_private).await else {
        return refuse(&mut stream, "403 Forbidden").await;
    };
    let Ok(mut server) = TcpStream::connect(addresses.as_slice()).await else {
        return refuse(&mut stream, "502 Bad Gateway").await;
    };
    match asked.head {
        Some(head) => server.write_all(&head).await?,
        None => stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?,
    }
    server.write_all(&rest).await?;
    let ((from_program, mut to_program), (from_server, mut to_server)) = (stream.split(), server.split());
    let (mut from_program, mut from_server) = (from_program.take(MOST_BYTES), from_server.take(MOST_BYTES));
    let up = async {
        tokio::io::copy(&mut from_program, &mut to_server).await?;
        to_server.shutdown().await
    };
    let down = async {
        tokio::io::copy(&mut from_server, &mut to_program).await?;
        to_program.shutdown().await
    };
    tokio::try_join!(up, down).map(|_| ())
}

async fn refuse(stream: &mut TcpStream, status: &str) -> io::Result<()> {
    let answer = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

/// What `head`, a request to a proxy (RFC 9112, section 3.2), asks for.
fn asked(head: &[u8]) -> Option<Asked> {
    let text = std::str::from_utf8(head).ok()?;
    let (line, headers) = text.split_once("\r\n")?;
    let mut words = line.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    if method == "CONNECT" {
        let target = Url::parse(&format!("https://{target}/")).ok()?;
        return Some(Asked { target, head: None });
    }
    let target = Url::parse(target).ok().filter(|target| target.scheme() == "http" && target.has_host())?;
    let mut head = format!("{method} {} {version}\r\n", &target[Position::BeforePath..Position::AfterQuery]);
    for header in headers.split("\r\n").filter(|header| !header.is_empty()) {
        let name = header.split(':').next().unwrap_or_default().trim();
        if !OWN_HEADERS.iter().any(|own| name.eq_ignore_ascii_case(own)) {
            head.push_str(header);
            head.push_str("\r\n");
        }
    }
    // One request a connection: the next may be for another host.
    head.push_str("Connection: close\r\n\r\n");
    Some(Asked { target, head: Some(head.into_bytes()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_sent_on_as_its_server_wants_it() {
        let head = b"GET http://a.example:8080/x?y HTTP/1.1\r\nHost: a.example:8080\r\nProxy-Connection: keep-alive\r\n\r\n";
        let asked = asked(head).unwrap();
        assert_eq!(asked.target.as_str(), "http://a.example:8080/x?y");
        let sent = String::from_utf8(asked.head.unwrap()).unwrap();
        assert_eq!(sent, "GET /x?y HTTP/1.1\r\nHost: a.example:8080\r\nConnection: close\r\n\r\n");
    }

    #[test]
    fn what_is_no_request_to_a_proxy_is_refused() {
        assert_eq!(
            asked(b"CONNECT a.example:443 HTTP/1.1\r\n\r\n").unwrap().target.as_str(),
            "https://a.example/"
        );
        for head in
            [&b"GET / HTTP/1.1\r\n\r\n"[..], b"GET ftp://a.example/ HTTP/1.1\r\n\r\n", b"\xff", b"x\r\n\r\n"]
        {
            assert_eq!(asked(head), None);
        }
    }

    #[tokio::test]
    async fn nothing_private_is_connected_to() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let server = listener.local_addr().unwrap();
        for (allow_private, status) in [(false, "403"), (true, "200")] {
            let proxy = GuardedProxy::start(allow_private).await.unwrap();
            let mut stream = TcpStream::connect(proxy.address).await.unwrap();
            stream.write_all(format!("CONNECT {server} HTTP/1.1\r\n\r\n").as_bytes()).await.unwrap();
            let mut answer = [0; 12];
            stream.read_exact(&mut answer).await.unwrap();
            assert_eq!(std::str::from_utf8(&answer).unwrap(), format!("HTTP/1.1 {status}"));
        }
    }
}
