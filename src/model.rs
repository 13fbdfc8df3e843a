//! The values that the stages hand to one another. Nothing here does I/O, and nothing here knows a stage.

mod access;
mod article;
pub mod bounded;
mod candidate;
mod canonical_url;
mod capture;
mod content_coding;
mod correction;
mod dates;
mod digest;
mod entry;
mod health;
mod host;
mod html;
mod identity;
mod license;
mod moment;
mod past;
mod provenance;
mod query;
mod source;

pub use access::Access;
pub use article::{Article, Field, Image};
pub use candidate::Candidate;
pub use canonical_url::{CanonicalUrl, NotCanonical};
pub use capture::{Capture, Header, Hop, Validators};
pub use content_coding::{CodingError, decode_content};
pub use correction::{Correction, Piece};
pub use dates::{DateContext, find_date, parse_date};
pub use digest::Digest;
pub use entry::{Entry, EventKind, Rank};
pub use health::{Condition, HealthEvent, HealthKind, Held, HeldPage, Trouble, TroubleKind};
pub use host::{HostPattern, InvalidHost, bare_host};
pub use html::{
    MATHML, Scripting, allows_attribute, allows_element, cleaned_html, parse_html, parse_html_with,
};
pub use identity::ArticleId;
pub use license::License;
pub use moment::{Moment, NotAMoment};
pub use past::{Past, Twin};
pub use provenance::{Cut, Provenance, Reason, RuleUse, Run};
pub use query::{CssFault, Fault, Ground, Match, Query, QueryError, Refused};
pub use source::{InvalidSourceId, Source, SourceId};
