//! What the newest articles of a source say, so that what they repeat is left out of the next.

use std::sync::Arc;

use super::Error;
use super::source::Context;
use crate::archive::{Selection, View};
use crate::config::SourceConfig;
use crate::extract::{self, SiteMemory};
use crate::model::SourceId;

/// `source` with what the archive knows of it. What a run adds is known to the next: the order in which pages are read
/// and kept within one changes nothing.
pub(super) async fn remembering(context: &Context<'_>, source: &SourceConfig) -> Result<SourceConfig, Error> {
    let id = source.source.id.clone();
    let memory = Arc::new(context.store.read(move |view| Ok(of_source(view, id))).await?);
    let extract = extract::Settings { memory, ..source.extract.clone() };
    Ok(SourceConfig { extract, ..source.clone() })
}

/// What the newest articles of `source` say.
pub(super) fn of_source(view: &View, source: SourceId) -> SiteMemory {
    let mut memory = SiteMemory::default();
    let newest = Selection { sources: Some(&[source]), newest: Some(SiteMemory::ARTICLES) };
    // A record that cannot be read is told where it is published.
    view.entries(&newest).flatten().for_each(|entry| memory.learn(&entry.article));
    memory
}
