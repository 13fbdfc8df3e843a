//! An index of captures in the form of CDXJ: a line a response, sorted by its address turned around, in gzip members of
//! many lines each, with a second index that says where each member begins ("ZipNum").

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use url::Url;

use super::groups::Member;
use super::sorted::Lines;
use crate::model::Digest;
use crate::warc::{Message, RecordType};

/// Lines in one member.
const MEMBER: usize = 1024;
pub(super) const NAME: &str = "index.cdx.gz";

/// What a line says of a capture; other programs take the numbers as texts.
#[derive(Serialize)]
struct Entry<'a> {
    url: &'a str,
    mime: String,
    status: String,
    digest: &'a str,
    length: String,
    offset: String,
    filename: &'a str,
}

/// The line of a response that stands at `offset` of the file called `filename`. `None` if it is no capture.
pub(super) fn line(response: &Member, filename: &str, offset: u64) -> Option<String> {
    let url = response.head.get("WARC-Target-URI")?;
    let message = Message::parse(response.block.clone())?;
    let content_type = message.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-type"));
    let mime = content_type.map(|header| String::from_utf8_lossy(&header.value).into_owned());
    let mime = mime.as_deref().and_then(|mime| mime.split(';').next()).unwrap_or_default().trim();
    let is_revisit = response.head.kind() == RecordType::Revisit;
    let mime = if is_revisit { "warc/revisit" } else { mime };
    let entry = Entry {
        url,
        mime: if mime.is_empty() { "unk".to_owned() } else { mime.to_ascii_lowercase() },
        status: message.status.to_string(),
        digest: response.head.get("WARC-Payload-Digest").unwrap_or_default(),
        length: response.raw.len().to_string(),
        offset: offset.to_string(),
        filename,
    };
    let entry = serde_json::to_string(&entry).expect("plain values serialise");
    Some(format!("{} {} {entry}", turned(&Url::parse(url).ok()?), timestamp(response.head.date()?)))
}

fn timestamp(at: DateTime<Utc>) -> String {
    at.format("%Y%m%d%H%M%S").to_string()
}

/// The address as indexes sort it ("SURT"): lower case, the host's names the other way round and without `www.`, the
/// query's parts in order.
fn turned(url: &Url) -> String {
    let mut names: Vec<&str> = url.host_str().unwrap_or_default().split('.').rev().collect();
    if names.len() > 1 && names.last().is_some_and(|first| is_www(first)) {
        names.pop();
    }
    let host = names.join(",");
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    // One slash at the end says nothing.
    let path = match url.path() {
        "/" => "/",
        path => path.strip_suffix('/').unwrap_or(path),
    };
    let query = url.query().filter(|query| !query.is_empty()).map(|query| {
        let mut parts: Vec<&str> = query.split('&').collect();
        parts.sort_unstable();
        format!("?{}", parts.join("&"))
    });
    format!("{host}{port}){path}{}", query.unwrap_or_default()).to_lowercase()
}

fn is_www(name: &str) -> bool {
    name.strip_prefix("www").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Where a member of the index begins.
#[derive(Serialize)]
struct Block<'a> {
    offset: u64,
    length: usize,
    digest: String,
    filename: &'a str,
}

/// Writes the lines to `output`, and gives the second index.
pub(super) fn write(lines: Lines, output: &mut dyn Write) -> io::Result<String> {
    let mut second = format!("!meta 0 {{\"format\": \"cdxj-gzip-1.0\", \"filename\": \"{NAME}\"}}\n");
    let mut lines = lines.peekable();
    let mut offset = 0;
    while let Some(first) = lines.peek() {
        let first = first.as_ref().map_or_else(|_| String::new(), |line| key(line).to_owned());
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        for line in lines.by_ref().take(MEMBER) {
            writeln!(packer, "{}", line?)?;
        }
        let member = packer.finish()?;
        output.write_all(&member)?;
        let digest = format!("sha256:{}", data_encoding::HEXLOWER.encode(Digest::of(&member).as_bytes()));
        let block = Block { offset, length: member.len(), digest, filename: NAME };
        let block = serde_json::to_string(&block).expect("plain values serialise");
        second.push_str(&format!("{first} {block}\n"));
        offset += member.len() as u64;
    }
    Ok(second)
}

/// What a line is sorted by: the address and the time.
fn key(line: &str) -> &str {
    line.match_indices(' ').nth(1).map_or(line, |(end, _)| &line[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_turned_around_as_other_programs_do() {
        for (url, expected) in [
            ("https://www.example.org/", "org,example)/"),
            ("http://www2.Example.org/A/b/?z=1&a=2", "org,example)/a/b?a=2&z=1"),
            ("http://127.0.0.1:8080/x", "1,0,0,127:8080)/x"),
            ("https://sub.example.co.uk:444/", "uk,co,example,sub:444)/"),
        ] {
            assert_eq!(turned(&Url::parse(url).unwrap()), expected);
        }
    }
}
