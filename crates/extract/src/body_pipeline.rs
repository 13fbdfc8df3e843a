//! From a page's blocks to its body: what is selected is cleared, written out and judged.

use scraper::Html;
use tearsheet_dates::DateContext;
use tearsheet_html::PageData;

use super::metadata::Metadata;
use super::render::{self, Rendered};
use super::rules::Ruled;
use super::{Page, Rejection, Settings, gate};
use crate::model::Reason;
use crate::refine::footnotes_and_headers;
use crate::refine::{boilerplate, furniture, signs};
use crate::segment::Blocks;
use crate::select::{self, Reasons, Selection};
use crate::stage::{Probe, Stage};

/// What is known of a page once its body is looked for.
#[derive(Clone, Copy)]
pub(super) struct BodyContext<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) settings: &'a Settings,
    pub(super) ruled: &'a Ruled,
    pub(super) metadata: &'a Metadata,
    pub(super) dates: &'a DateContext<'a>,
    pub(super) probe: Probe<'a>,
    /// The page as it came, by which is judged whether it is an article.
    pub(super) shown: &'a Html,
    /// What its scripts hold.
    pub(super) data: &'a PageData<'a>,
}

impl BodyContext<'_> {
    pub(super) fn title(&self) -> &str {
        self.metadata.title.as_deref().unwrap_or_default()
    }
}

/// A body that is written out.
pub(super) struct Body {
    pub(super) selection: Selection,
    pub(super) rendered: Rendered,
    /// The lines that other articles of the source have too.
    pub(super) repeated: Vec<String>,
}

/// Finds the body and writes it out.
pub(super) fn read_body(
    document: &Html,
    blocks: &Blocks,
    context: &BodyContext<'_>,
    reasons: &mut Reasons,
) -> Result<Body, Rejection> {
    let BodyContext { page, ruled, probe, data, .. } = *context;
    let hint = page.hints.and_then(|hints| hints.content.as_deref());
    let sought =
        select::SelectionContext { url: page.url, title: context.title(), ruled: ruled.body(), hint, probe };
    let Some(selection) = select::select(document, data, blocks, &sought, reasons) else {
        gate::judge(document, &Rendered::default(), &[])?;
        return Err(Rejection::NoArticle);
    };
    write_body(selection, document, blocks, context, reasons)
}

/// Clears what was selected, and writes it out.
pub(super) fn write_body(
    mut selection: Selection,
    document: &Html,
    blocks: &Blocks,
    context: &BodyContext<'_>,
    reasons: &mut Reasons,
) -> Result<Body, Rejection> {
    let BodyContext { page, settings, ruled, metadata, dates, probe, shown, data: _ } = *context;
    let title = context.title();
    if selection.is_of_pictures() {
        let roots = ruled.body().cloned().unwrap_or_default();
        let rendered = render::pictures(document, &roots, page.url, title);
        return Ok(Body { selection, rendered, repeated: Vec::new() });
    }
    furniture::settle(&mut selection, document, blocks, metadata, dates);
    reasons.note_blocks(Reason::Furniture, &selection.blocks);
    let apart = footnotes_and_headers::settle(&mut selection, document, blocks, page.url, reasons);
    let repeated = boilerplate::forget(&mut selection, document, blocks, &settings.memory, title);
    reasons.note_blocks(Reason::SiteMemory, &selection.blocks);
    select::keep(&mut selection, blocks, &ruled.keep);
    reasons.note_blocks(Reason::KeepRule, &selection.blocks);
    signs::keep(&mut selection, blocks);
    (probe.watch)(Stage::Choice);
    let (notes, heads) = (&apart.notes, &apart.heads);
    let context =
        render::RenderContext { url: page.url, title: Some(title), notes, heads, watch: probe.watch };
    let rendered = render::article(document, selection.root, &|id| selection.kept.contains(&id), &context);
    let mut waived = settings.waived.clone();
    if selection.by_rule && !rendered.images.is_empty() {
        // The owner says that it is the article, and pictures need no words.
        waived.extend(["short", "links"].map(str::to_owned));
    }
    gate::judge(shown, &rendered, &waived)?;
    (probe.watch)(Stage::Gate);
    Ok(Body { selection, rendered, repeated })
}
