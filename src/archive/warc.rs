//! WARC 1.1 (ISO 28500:2017): records, written and read. One gzip member holds one record, and says in its extra
//! field how long it is, so that a reader can pass over a body without unpacking it.
//! What the records mean is for the rest of the archive to know.

mod gzip;
mod http;
mod message;
mod reader;
mod record;
mod stream;
#[cfg(test)]
mod tests;
mod unpacked;
mod writer;

pub(crate) use gzip::{Seal, repack, sealed};
pub(crate) use http::{request_block, response_capture, response_head};
pub(crate) use message::Message;
pub use reader::Damage;
pub(crate) use reader::{Found, Reader, Step, read_at};
pub(crate) use record::{Head, Record, RecordId, RecordType};
pub(crate) use stream::{Part, Raw, Stream};
pub(crate) use writer::{Span, Writer};
