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

pub use gzip::{Seal, repack, sealed};
pub use http::{request_block, response_capture, response_head};
pub use message::Message;
pub use reader::Damage;
pub use reader::{Found, Reader, Step, read_at};
pub use record::{Head, Record, RecordId, RecordType};
pub use stream::{Part, Raw, Stream};
pub use writer::{Span, Writer};
