//! One WARC record: what it is, and the lines of its head.

use std::fmt::{self, Write as _};

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

use tearsheet_model::{Digest, bounded};

/// The kinds of records that this archive knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordType {
    /// About the file.
    Warcinfo,
    /// What was asked.
    Request,
    /// What was answered.
    Response,
    /// What was made of a response.
    Conversion,
    /// What else is known of a response.
    Metadata,
    /// An answer whose body is in another record.
    Revisit,
    /// Another kind.
    Other,
}

const NAMES: &[(RecordType, &str)] = &[
    (RecordType::Warcinfo, "warcinfo"),
    (RecordType::Request, "request"),
    (RecordType::Response, "response"),
    (RecordType::Conversion, "conversion"),
    (RecordType::Metadata, "metadata"),
    (RecordType::Revisit, "revisit"),
];

/// Of a `revisit`: the body is that of the record to which it refers (WARC 1.1, section 6.7.2).
const SAME_PAYLOAD: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

impl RecordType {
    fn parse(name: &str) -> RecordType {
        NAMES.iter().find(|(_, known)| *known == name).map_or(RecordType::Other, |(kind, _)| *kind)
    }

    fn name(self) -> &'static str {
        NAMES.iter().find(|(kind, _)| *kind == self).map_or("resource", |(_, name)| name)
    }
}

/// A record's name in the world: `<urn:uuid:…>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RecordId(Uuid);

impl RecordId {
    /// Derived from what the record says and where it stands, so that nothing about a file is left to chance.
    fn of(record: &Record<'_>, block: &Digest, file: &str, offset: u64) -> RecordId {
        let name =
            format!("{file}#{offset} {} {} {block}", record.kind.name(), record.target.unwrap_or_default());
        RecordId(Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()))
    }

    /// Parses `<urn:uuid:…>`.
    pub fn parse(text: &str) -> Option<RecordId> {
        let bare = text.trim().trim_start_matches('<').trim_end_matches('>');
        Uuid::parse_str(bare).ok().map(RecordId)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "<{}>", self.0.urn())
    }
}

/// A record that is to be written.
#[derive(Debug)]
pub struct Record<'a> {
    /// What kind of record it is.
    pub kind: RecordType,
    /// When what it holds was captured or made.
    pub date: DateTime<Utc>,
    /// The media type of its block.
    pub content_type: &'a str,
    /// The URL that the record is about.
    pub target: Option<&'a str>,
    /// The response to which a request or a metadata record belongs.
    pub concurrent_to: Option<RecordId>,
    /// The response from which a conversion was made.
    pub refers_to: Option<RecordId>,
    /// The response that has the body of a revisit: its URL, and when it was captured.
    pub repeats: Option<(&'a str, DateTime<Utc>)>,
    /// The digest of the body in its block, if there is one.
    pub payload: Option<Digest>,
    /// The block, in pieces that follow one another.
    pub block: &'a [&'a [u8]],
}

impl Record<'_> {
    /// The head as it stands in the file, empty line included, and the id in it. `block` is the block's digest.
    pub fn head(&self, block: &Digest, file: &str, offset: u64) -> (RecordId, String) {
        let id = RecordId::of(self, block, file, offset);
        let mut head = String::with_capacity(640);
        let mut line = |name: &str, value: &dyn fmt::Display| {
            let _ = write!(head, "{name}: {value}\r\n");
        };
        line("WARC-Type", &self.kind.name());
        line("WARC-Record-ID", &id);
        line("WARC-Date", &instant(self.date));
        if self.kind == RecordType::Warcinfo {
            line("WARC-Filename", &file);
        }
        if let Some(target) = self.target {
            line("WARC-Target-URI", &target);
        }
        if let Some(other) = self.concurrent_to {
            line("WARC-Concurrent-To", &other);
        }
        if let Some(other) = self.refers_to {
            line("WARC-Refers-To", &other);
        }
        if let Some((target, date)) = self.repeats {
            line("WARC-Profile", &SAME_PAYLOAD);
            line("WARC-Refers-To-Target-URI", &target);
            line("WARC-Refers-To-Date", &instant(date));
        }
        line("WARC-Block-Digest", &labelled(block));
        if let Some(payload) = &self.payload {
            line("WARC-Payload-Digest", &labelled(payload));
        }
        line("Content-Type", &self.content_type);
        line("Content-Length", &self.block.iter().map(|piece| piece.len()).sum::<usize>());
        (id, format!("WARC/1.1\r\n{head}\r\n"))
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A digest as every reader of WARC files understands it: base 32, which some of them take for granted.
fn labelled(digest: &Digest) -> String {
    format!("sha256:{}", data_encoding::BASE32.encode(digest.as_bytes()))
}

/// The head of a record that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    fields: Vec<(String, String)>,
}

impl Head {
    /// Parses `WARC/1.x` and the lines after it, up to and without the empty line.
    pub fn parse(bytes: &[u8]) -> Option<Head> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut lines = text.split("\r\n");
        lines.next()?.strip_prefix("WARC/1.")?;
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in lines.filter(|line| !line.is_empty()) {
            if line.starts_with([' ', '\t']) {
                let (_, value) = fields.last_mut()?;
                value.push(' ');
                value.push_str(line.trim());
            } else {
                let (name, value) = line.split_once(':')?;
                fields.push((name.to_owned(), value.trim().to_owned()));
            }
        }
        Some(Head { fields })
    }

    /// The same of a record that anyone wrote: of any version, with any ends of lines and any bytes.
    pub fn parse_foreign(bytes: &[u8]) -> Head {
        let text = String::from_utf8_lossy(bytes);
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in text.lines().skip(1).filter(|line| !line.trim().is_empty()) {
            match (line.split_once(':'), fields.last_mut()) {
                (_, Some((_, value))) if line.starts_with([' ', '\t']) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                (Some((name, value)), _) => fields.push((name.trim().to_owned(), value.trim().to_owned())),
                (None, _) => {}
            }
        }
        Head { fields }
    }

    /// The first value of the field called `name` in any case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// What kind of record it is.
    pub fn kind(&self) -> RecordType {
        self.get("WARC-Type").map_or(RecordType::Other, RecordType::parse)
    }

    /// The record's ID, if it is a UUID.
    pub fn id(&self) -> Option<RecordId> {
        self.get("WARC-Record-ID").and_then(RecordId::parse)
    }

    /// Its date, if it has one that can be read.
    pub fn date(&self) -> Option<DateTime<Utc>> {
        let at = DateTime::parse_from_rfc3339(self.get("WARC-Date")?).ok()?.with_timezone(&Utc);
        Some(at).filter(|at| bounded::is_in_calendar(*at))
    }

    /// The media type of its block; empty if the head names none.
    pub fn content_type(&self) -> &str {
        self.get("Content-Type").unwrap_or_default()
    }

    /// The length of its block in bytes.
    pub fn content_length(&self) -> Option<usize> {
        self.get("Content-Length")?.parse().ok()
    }

    /// Whether the digest in `field` is not that of `bytes`. One of another kind than this archive's is left to those
    /// who wrote it.
    pub fn denies(&self, field: &str, bytes: &[u8]) -> bool {
        let Some((algorithm, value)) = self.get(field).and_then(|label| label.split_once(':')) else {
            return false;
        };
        if !matches!(algorithm.to_ascii_lowercase().as_str(), "sha256" | "sha-256") {
            return false;
        }
        let value = value.to_ascii_uppercase();
        let said = data_encoding::BASE32.decode(value.as_bytes());
        let said = said.or_else(|_| data_encoding::HEXUPPER.decode(value.as_bytes()));
        said.map_or(true, |said| said != Digest::of(bytes).as_bytes())
    }
}
