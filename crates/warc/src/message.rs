//! HTTP responses as any program keeps them: chunks still in the body or only in the headers, codings undone whose
//! header was left, heads with bare line feeds.

use bytes::Bytes;

use super::http;
use tearsheet_model::Header;

/// A response, its body without chunks.
#[derive(Debug)]
pub struct Message {
    /// The status code.
    pub status: u16,
    /// The headers, in their order.
    pub headers: Vec<Header>,
    /// The body, its transfer coding undone.
    pub body: Bytes,
}

impl Message {
    /// Reads the block of a `response` record.
    pub fn parse(block: Vec<u8>) -> Option<Message> {
        let (head, body) = split(&block)?;
        let body_at = block.len() - body.len();
        let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
        let status_line = lines.next()?;
        if !status_line.starts_with(b"HTTP/") {
            return None;
        }
        let status = status_line.split(|byte| *byte == b' ').filter(|part| !part.is_empty()).nth(1)?;
        let status = std::str::from_utf8(status).ok()?.parse().ok()?;
        let headers = lines.filter_map(http::header).collect();
        let body = Bytes::from(block).slice(body_at..);
        Some(Message { status, headers, body }.plain())
    }

    /// Takes the chunks out of the body, and what no longer holds out of the headers.
    fn plain(mut self) -> Message {
        let is_chunked = self.headers.iter().any(|header| is_called(header, "transfer-encoding"));
        if is_chunked && let Some(body) = without_chunks(&self.body) {
            self.body = body;
        }
        self.headers.retain(|header| !is_called(header, "transfer-encoding"));
        if starts_like_text(&self.body) {
            self.headers.retain(|header| !is_called(header, "content-encoding"));
        }
        self
    }
}

fn is_called(header: &Header, name: &str) -> bool {
    header.name.eq_ignore_ascii_case(name)
}

fn split(block: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = |end: &[u8]| block.windows(end.len()).position(|window| window == end).map(|at| (at, end.len()));
    let (end, length) = match (at(b"\r\n\r\n"), at(b"\n\n")) {
        (Some(crlf), Some(lf)) => crlf.min(lf),
        (crlf, lf) => crlf.or(lf)?,
    };
    Some((&block[..end], &block[end + length..]))
}

/// Whether it is markup that is not packed: no coding's data begins so.
fn starts_like_text(body: &[u8]) -> bool {
    body.trim_ascii_start().first() == Some(&b'<')
}

/// Undoes the chunked transfer coding (RFC 9112, section 7.1). `None` if the body is not in it from end to end.
fn without_chunks(body: &[u8]) -> Option<Bytes> {
    let (mut rest, mut plain) = (body, Vec::with_capacity(body.len()));
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(Bytes::from(plain));
        }
        plain.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(block: &str) -> Message {
        Message::parse(block.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn chunks_are_taken_out_where_there_are_any() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nA: b\r\n\r\n";
        let chunked = parse(&format!("{head}5;x=y\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"));
        assert_eq!(chunked.body, "hello world");
        assert_eq!(chunked.headers.len(), 1);
        assert_eq!(parse(&format!("{head}hello world")).body, "hello world");
        assert_eq!(parse(&format!("{head}5\r\nhello\r\n9\r\ncut")).body, "5\r\nhello\r\n9\r\ncut");
    }

    #[test]
    fn a_coding_that_was_undone_before_is_no_longer_named() {
        let undone =
            parse("HTTP/1.0 200\nContent-Encoding: gzip\nContent-Type: text/html\n\n <!doctype html>");
        assert_eq!(undone.headers.len(), 1);
        assert_eq!((undone.status, undone.body), (200, Bytes::from_static(b" <!doctype html>")));
    }

    #[test]
    fn what_is_no_response_is_none() {
        for block in ["", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 what\r\n\r\n", "HTTP/1.1 200 OK\r\nno end"] {
            assert!(Message::parse(block.as_bytes().to_vec()).is_none(), "{block}");
        }
    }
}
