//! WARC 1.1 (ISO 28500:2017): records, written and read. One gzip member holds one record, and says in its extra
//! field how long it is, so that a reader can pass over a body without unpacking it.
//! What the records mean is left to the caller.
//!
//! ```
//! use tearsheet_warc::{Reader, Record, RecordType, Step, Writer};
//!
//! let file = tempfile::tempfile()?;
//! let mut writer = Writer::new(file.try_clone()?, "example.warc.gz".to_owned());
//! let (id, span) = writer.write(&Record {
//!     kind: RecordType::Metadata,
//!     date: chrono::DateTime::UNIX_EPOCH,
//!     content_type: "text/plain",
//!     target: Some("https://courier.example/"),
//!     concurrent_to: None,
//!     refers_to: None,
//!     repeats: None,
//!     payload: None,
//!     block: &[b"low tide at noon"],
//! })?;
//! writer.flush()?;
//!
//! let mut reader = Reader::new(file, span.offset)?;
//! let Step::Record(record) = reader.step(|_| true)? else { panic!("one record was written") };
//! assert_eq!(record.head.id(), Some(id));
//! assert_eq!(record.block.as_deref(), Some(b"low tide at noon".as_slice()));
//! # Ok::<(), std::io::Error>(())
//! ```

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
