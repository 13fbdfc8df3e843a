//! One answer of the server, before HTTP's own business: conditions, codings, `HEAD`.

use chrono::{DateTime, Utc};

/// What a path answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) body: Vec<u8>,
    /// When it last changed, where that is known.
    pub(super) modified: Option<DateTime<Utc>>,
    /// Where to go instead.
    pub(super) location: Option<String>,
}

impl Answer {
    pub(super) fn ok(content_type: &'static str, body: impl Into<Vec<u8>>) -> Answer {
        Answer { status: 200, content_type, body: body.into(), modified: None, location: None }
    }

    pub(super) fn html(body: impl Into<Vec<u8>>) -> Answer {
        Answer::ok("text/html; charset=utf-8", body)
    }

    pub(super) fn xml(body: impl Into<Vec<u8>>) -> Answer {
        Answer::ok("application/xml", body)
    }

    pub(super) fn redirect(location: String) -> Answer {
        Answer { status: 301, location: Some(location), ..Answer::html("Moved.") }
    }

    pub(super) fn with_status(self, status: u16) -> Answer {
        Answer { status, ..self }
    }

    pub(super) fn changed(self, modified: impl Into<Option<DateTime<Utc>>>) -> Answer {
        Answer { modified: modified.into(), ..self }
    }
}
