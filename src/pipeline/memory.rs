//! What the newest articles of a source say, so that what they repeat is left out of the next.

use std::sync::Arc;

use super::Error;
use super::source::Context;
use crate::archive::{Selection, View};
use crate::config::SourceConfig;
use crate::extract::{self, SiteMemory};

/// `source` with what the archive knows of it. What a run adds is known to the next: the order in which pages are read
/// and kept within one changes nothing.
pub(super) async fn remembering(context: &Context<'_>, source: &SourceConfig) -> Result<SourceConfig, Error> {
    let id = source.source.id.clone();
    let learn = move |view: &View| {
        let mut memory = SiteMemory::default();
        let newest = Selection { sources: Some(&[id]), newest: Some(SiteMemory::ARTICLES) };
        // A record that cannot be read is told where it is published.
        view.entries(&newest).flatten().for_each(|entry| memory.learn(&entry.article));
        Ok(memory)
    };
    let memory = Arc::new(context.store.read(learn).await?);
    let extract = extract::Settings { memory, ..source.extract.clone() };
    Ok(SourceConfig { extract, ..source.clone() })
}
