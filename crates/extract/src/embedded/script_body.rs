//! The body of a page whose scripts would draw it: what [`embedded`] finds is read as a page of its own, and taken if
//! the page as it came shows none, or much less of it.

use scraper::Html;

use crate::body_pipeline::{Body, BodyContext, write_body};
use crate::rules::Ruled;
use crate::segment::{self, Blocks};
use crate::select::{self, Reasons};
use crate::{Rejection, dom, embedded};

/// How the source of such a body is called.
pub(crate) const FROM: &str = "script state";

/// A body out of a page's data, and the page that was made for it.
pub(crate) struct Drawn {
    pub(crate) document: Html,
    pub(crate) blocks: Blocks,
    pub(crate) reasons: Reasons,
    /// Where in the page's data it stands.
    pub(crate) place: String,
    pub(crate) body: Body,
}

/// The body out of the data of a page, if it is better than what is `shown` of the `visible` text. What is doubtful goes to `warnings`.
pub(crate) fn better(
    shown: &Result<Body, Rejection>,
    visible: &Blocks,
    context: &BodyContext<'_>,
    warnings: &mut Vec<String>,
) -> Option<Drawn> {
    let is_ruled = shown.as_ref().is_ok_and(|body| body.selection.by_rule);
    let rendered = shown.as_ref().map(|body| &body.rendered);
    if is_ruled || !embedded::is_wanted(rendered, context.metadata) {
        return None;
    }
    let search = embedded::search(context.shown, context.page.url, context.metadata);
    if search.too_large > 0 {
        warnings.push(format!("{} of its scripts hold too much data to be read", search.too_large));
    }
    let drawn = draw(search.found?, context)?;
    let is_better = embedded::is_better(&drawn.body.rendered, rendered.ok(), &visible.text);
    is_better.then(|| {
        warnings.push(format!("the page does not show its text, which is from its scripts: {}", drawn.place));
        drawn
    })
}

fn draw(found: embedded::Found, context: &BodyContext<'_>) -> Option<Drawn> {
    let document = dom::parse(&found.html, dom::Scripting::Disabled);
    let blocks = segment::segment(&document, dom::Scripting::Disabled);
    let mut reasons = Reasons::default();
    let selection = select::whole(&blocks, context.title(), &mut reasons)?;
    // The owner's rules are about the page as it came.
    let ruled = Ruled::default();
    let context = BodyContext { ruled: &ruled, ..*context };
    let body = write_body(selection, &document, &blocks, &context, &mut reasons).ok()?;
    Some(Drawn { document, blocks, reasons, place: found.place, body })
}
