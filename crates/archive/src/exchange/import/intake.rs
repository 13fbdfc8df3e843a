//! The records of one WARC file, sorted into what this program wrote and pages that others captured.
//!
//! A response says nothing of whose it is: it is held until the next record shows whether a group of this program's
//! own goes on, or the response stands alone.

use std::fmt;
use std::io::{self, BufRead};

use chrono::{DateTime, Datelike, NaiveDateTime, Utc};
use serde::Serialize;
use url::Url;

use super::own::Own;
use crate::model::{Capture, Header};
use crate::record::{ARTICLE, Format, NOTE, format};
use crate::warc::{Head, Message, Part, Raw, RecordType, Stream};

/// What one record may hold; more is a film.
const RECORD_LIMIT: u64 = 64 * 1024 * 1024;

/// The year of the first web site.
const FIRST_YEAR: i32 = 1990;

/// What a WARC file holds, as far as it can be used.
#[derive(Debug)]
pub enum Item {
    /// A group of this program's own records.
    Own(Box<Own>),
    /// A page that any program captured; its request and the redirects to it are left out.
    Page(Box<Capture>),
    /// What was passed over.
    Passed(Passed),
}

/// Why a record was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Passed {
    /// Bytes that are no whole record.
    Damaged,
    /// It is what a crash left of a group, or its digest says that it was changed.
    Incomplete,
    /// It says what no record of this program can: a date of no calendar, a number that nobody counts to.
    Unusable,
    /// It is of a source whose name cannot be used here, or of one too many.
    Source,
    /// It is larger than any page.
    TooLarge,
    /// When it was captured is not said, or not as a date.
    NoDate,
    /// What was captured is not said, or is no web address.
    NoAddress,
    /// A response that is none of HTTP.
    NoResponse,
    /// The capture was cut off.
    CutOff,
    /// A part of a record that goes on elsewhere.
    Segment,
    /// A newer format of this program.
    Newer,
    /// A response other than 200: a redirect, or an error.
    Status,
    /// No page: a picture, a script, a style sheet.
    NoPage,
    /// A capture that was like one before.
    Revisit,
    /// A record of another kind: a request, a name lookup, notes on the crawl.
    Other,
}

impl Passed {
    /// Whether that is nothing that a good WARC file has.
    #[must_use]
    pub fn is_odd(self) -> bool {
        !matches!(self, Passed::Status | Passed::NoPage | Passed::Revisit | Passed::Other)
    }
}

impl fmt::Display for Passed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Passed::Damaged => "damaged bytes that are no record",
            Passed::Incomplete => "records of a group that is not whole",
            Passed::Unusable => "records that say what no archive can hold",
            Passed::Source => "records of sources that cannot be made here",
            Passed::TooLarge => "records larger than any page",
            Passed::NoDate => "captures without a date",
            Passed::NoAddress => "captures without a web address",
            Passed::NoResponse => "responses that are none of HTTP",
            Passed::CutOff => "captures that were cut off",
            Passed::Segment => "parts of records that go on elsewhere",
            Passed::Newer => "records of a newer tearsheet",
            Passed::Status => "redirects and errors",
            Passed::NoPage => "pictures, scripts and the like",
            Passed::Revisit => "captures like one before",
            Passed::Other => "other records",
        })
    }
}

/// Sorts what one file holds.
pub struct Intake {
    /// A response of which it is not known yet whose it is, and its request.
    held: Option<(Raw, Option<Raw>)>,
    /// Whether the file says that this program wrote what follows.
    is_own: bool,
}

impl Intake {
    /// Whether more was wanted at the end.
    pub(super) fn stream(input: impl BufRead, take: &mut dyn FnMut(Item) -> bool) -> io::Result<bool> {
        let mut stream = Stream::new(input)?;
        let mut intake = Intake { held: None, is_own: false };
        while let Some(part) = stream.next(RECORD_LIMIT, is_wanted)? {
            let is_enough = match part {
                Part::Record(raw) => intake.record(raw, take),
                Part::Passed(head) => intake.let_go(take) && take(Item::Passed(not_wanted(&head))),
                Part::TooLarge => intake.let_go(take) && take(Item::Passed(Passed::TooLarge)),
                Part::Damaged => intake.let_go(take) && take(Item::Passed(Passed::Damaged)),
            };
            if !is_enough {
                return Ok(false);
            }
        }
        Ok(intake.let_go(take))
    }

    fn record(&mut self, raw: Raw, take: &mut dyn FnMut(Item) -> bool) -> bool {
        match raw.head.kind() {
            RecordType::Warcinfo => {
                let goes_on = self.let_go(take);
                self.is_own = raw.block.starts_with(b"software: tearsheet/");
                goes_on
            }
            RecordType::Request => {
                if let Some((response, request)) = &mut self.held
                    && names(&raw.head, "WARC-Concurrent-To", &response.head)
                {
                    *request = Some(raw);
                }
                true
            }
            RecordType::Response => {
                let goes_on = self.let_go(take);
                self.held = Some((raw, None));
                goes_on
            }
            RecordType::Conversion | RecordType::Metadata => self.fact(raw, take),
            // The note behind it names the bytes.
            RecordType::Revisit if self.is_own => true,
            RecordType::Revisit => self.let_go(take) && take(Item::Passed(Passed::Revisit)),
            RecordType::Other => self.let_go(take) && take(page(raw)),
        }
    }

    fn fact(&mut self, raw: Raw, take: &mut dyn FnMut(Item) -> bool) -> bool {
        let is_article = raw.head.kind() == RecordType::Conversion;
        match format(raw.head.content_type(), if is_article { ARTICLE } else { NOTE }) {
            Format::Ours => {
                let field = if is_article { "WARC-Refers-To" } else { "WARC-Concurrent-To" };
                let is_of = |(response, _): &mut (Raw, _)| names(&raw.head, field, &response.head);
                let exchange = self.held.take_if(is_of);
                let own = Own::new(exchange, raw).map_or_else(Item::Passed, Item::Own);
                self.let_go(take) && take(own)
            }
            Format::Newer => {
                self.held = None;
                take(Item::Passed(Passed::Newer))
            }
            Format::Foreign => self.let_go(take) && take(Item::Passed(Passed::Other)),
        }
    }

    /// A response behind which no record of this program came.
    fn let_go(&mut self, take: &mut dyn FnMut(Item) -> bool) -> bool {
        match self.held.take() {
            Some(_) if self.is_own => take(Item::Passed(Passed::Incomplete)),
            Some((response, _)) => take(page(response)),
            None => true,
        }
    }
}

/// Whether `field` of `head` names the record of `other`.
fn names(head: &Head, field: &str, other: &Head) -> bool {
    let bare = |id: &str| id.trim_matches(['<', '>', ' ']).to_owned();
    let id = other.get("WARC-Record-ID").map(bare);
    id.is_some() && head.get(field).map(bare) == id
}

fn is_wanted(head: &Head) -> bool {
    match head.kind() {
        RecordType::Other => head.get("WARC-Type") == Some("resource") && is_page(head.content_type()),
        RecordType::Response => head.get("WARC-Segment-Number").is_none(),
        _ => true,
    }
}

fn not_wanted(head: &Head) -> Passed {
    match head.get("WARC-Type") {
        Some("revisit") => Passed::Revisit,
        Some("resource") => Passed::NoPage,
        Some("response" | "continuation") => Passed::Segment,
        _ => Passed::Other,
    }
}

/// The page that a `response` or `resource` record holds.
fn page(raw: Raw) -> Item {
    read_page(raw).map_or_else(Item::Passed, |page| Item::Page(Box::new(page)))
}

fn read_page(raw: Raw) -> Result<Capture, Passed> {
    if raw.head.get("WARC-Truncated").is_some() {
        return Err(Passed::CutOff);
    }
    let is_response = raw.head.kind() == RecordType::Response;
    // wget adds notes on itself as resources.
    if target(&raw.head).is_some_and(|target| target.scheme() == "metadata") {
        return Err(Passed::Other);
    }
    let url = address(&raw.head).ok_or(Passed::NoAddress)?;
    let fetched_at = date(&raw.head).ok_or(Passed::NoDate)?;
    let message = if is_response { Message::parse(raw.block) } else { Some(as_sent(raw)) };
    let message = message.ok_or(Passed::NoResponse)?;
    let content_type = message.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-type"));
    let content_type =
        content_type.map(|header| String::from_utf8_lossy(&header.value).into_owned()).unwrap_or_default();
    if message.status != 200 {
        return Err(Passed::Status);
    }
    if !is_page(&content_type) || url.path() == "/robots.txt" {
        return Err(Passed::NoPage);
    }
    let Message { status, headers, body } = message;
    Ok(Capture { url, hops: Vec::new(), fetched_at, request_head: Vec::new(), status, headers, body })
}

/// A `resource` record as the response that would have brought it.
fn as_sent(raw: Raw) -> Message {
    let content_type =
        Header { name: "Content-Type".to_owned(), value: raw.head.content_type().as_bytes().to_vec() };
    Message { status: 200, headers: vec![content_type], body: raw.block.into() }
}

fn is_page(content_type: &str) -> bool {
    let bare = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(bare.as_str(), "" | "text/html" | "application/xhtml+xml" | "text/plain")
}

/// WARC 1.0 has the address in angle brackets in its grammar, and nowhere else.
fn target(head: &Head) -> Option<Url> {
    Url::parse(head.get("WARC-Target-URI")?.trim_matches(['<', '>', ' '])).ok()
}

fn address(head: &Head) -> Option<Url> {
    let url = target(head)?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// Some programs leave the zone out; it is UTC by the standard. Before the web there was nothing to be captured.
fn date(head: &Head) -> Option<DateTime<Utc>> {
    let text = head.get("WARC-Date")?;
    let naive = || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok().map(|at| at.and_utc());
    head.date().or_else(naive).filter(|at| (FIRST_YEAR..=9999).contains(&at.year()))
}
