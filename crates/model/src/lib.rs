//! The values that the stages exchange. Nothing here does I/O, and nothing here knows a stage.
//!
//! ```
//! use tearsheet_model::CanonicalUrl;
//!
//! let url = CanonicalUrl::parse("https://Courier.example/low-tide?utm_source=feed#top")?;
//! assert_eq!(url.as_str(), "https://courier.example/low-tide");
//! # Ok::<(), tearsheet_model::NotCanonical>(())
//! ```

mod access;
mod article;
pub mod bounded;
mod candidate;
mod canonical_url;
mod capture;
mod content_coding;
mod correction;
mod digest;
mod entry;
mod health;
mod host;
mod identity;
mod license;
mod moment;
mod past;
mod picture;
mod provenance;
mod shelf;
mod source;
mod text_sketch;

pub use access::Access;
pub use article::{Article, Field, Image};
pub use candidate::{Candidate, Enclosure, item_key};
pub use canonical_url::{CanonicalUrl, NotCanonical};
pub use capture::{Capture, Header, Hop, Validators};
pub use content_coding::{CodingError, decode_content};
pub use correction::{Correction, Piece};
pub use digest::Digest;
pub use entry::{Entry, EventKind, Rank};
pub use health::{Condition, HealthEvent, HealthKind, Held, HeldPage, Trouble, TroubleKind};
pub use host::{HostPattern, InvalidHost, bare_host};
pub use identity::ArticleId;
pub use license::License;
pub use moment::{Moment, NotAMoment};
pub use past::{HeldText, Past, Twin};
pub use picture::{Picture, PictureKind, PictureLook, picture_key};
pub use provenance::{Cut, Provenance, Reason, RuleUse, Run};
pub use shelf::{Card, Month, Shelf, label_key, shown_at};
pub use source::{InvalidSourceId, Source, SourceId};
pub use text_sketch::TextSketch;
