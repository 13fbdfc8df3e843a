//! HTTP messages as blocks of `request` and `response` records (`application/http`), and back.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use url::Url;

use tearsheet_model::{Capture, Header};

/// The block of a `request` record: the head, closed by an empty line.
pub fn request_block(head: &[u8]) -> Vec<u8> {
    let mut block = head.to_vec();
    while !block.ends_with(b"\r\n\r\n") {
        block.extend_from_slice(b"\r\n");
    }
    block
}

/// The head of a `response` record's block: status line, headers and an empty line. The body follows as it is.
/// Whatever the version on the wire was, it is written as HTTP/1.1, the one textual form.
pub fn response_head(capture: &Capture) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} {}\r\n", capture.status, reason(capture.status)).into_bytes();
    for header in &capture.headers {
        head.extend_from_slice(header.name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend(header.value.iter().map(|byte| if matches!(byte, b'\r' | b'\n') { b' ' } else { *byte }));
        head.extend_from_slice(b"\r\n");
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// Reads a `response` record's block; the request and the hops stand elsewhere and come back empty.
pub fn response_capture(url: Url, fetched_at: DateTime<Utc>, block: Vec<u8>) -> Option<Capture> {
    let block = Bytes::from(block);
    let end = block.windows(4).position(|window| window == b"\r\n\r\n")?;
    let mut lines =
        block[..end].split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let status = std::str::from_utf8(lines.next()?.split(|byte| *byte == b' ').nth(1)?).ok()?.parse().ok()?;
    let headers = lines.filter_map(header).collect();
    let body = block.slice(end + 4..);
    Some(Capture { url, hops: Vec::new(), fetched_at, request_head: Vec::new(), status, headers, body })
}

pub(super) fn header(line: &[u8]) -> Option<Header> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = std::str::from_utf8(&line[..colon]).ok()?.to_owned();
    Some(Header { name, value: line[colon + 1..].trim_ascii().to_vec() })
}

/// The reason phrases of RFC 9110, section 15, as far as pages come with them; it may be empty.
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        203 => "Non-Authoritative Information",
        206 => "Partial Content",
        304 => "Not Modified",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        429 => "Too Many Requests",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}
