//! What training and measuring see of the reading of a page, which nobody else needs.

use super::rules::{Ruled, Rules};
use tearsheet_html::PageData;

use super::{Page, Rejection, Settings, charset, parse, read_probed, rule_page};
use crate::model::Article;
use crate::select;
use crate::stage::{Probe, Stage};

/// Reads the article of `page`, and tells `watch` of each stage when a part of its work is done.
///
/// # Errors
/// [`Rejection`] if the page is none.
pub fn article_watched(
    page: &Page<'_>,
    settings: &Settings,
    watch: &dyn Fn(Stage),
) -> Result<Article, Rejection> {
    let probe = Probe { watch, ..Probe::NONE };
    read_probed(page, settings, &mut Ruled::default(), &mut |_| (), probe)
}

/// Reads the article of `page` as if the learned judge had said `likely` of its blocks, a probability for each of those
/// that [`observe`] lists: so that its training can be judged by what readers would get.
///
/// # Errors
/// [`Rejection`] if the page is none.
pub fn article_judged(page: &Page<'_>, likely: &[f32]) -> Result<Article, Rejection> {
    let probe = Probe { likely: Some(likely), ..Probe::NONE };
    read_probed(page, &Settings::default(), &mut Ruled::default(), &mut |_| (), probe)
}

/// What the body's learned judge sees of a page, for its training.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    /// The page's blocks of text, in document order.
    pub blocks: Vec<String>,
    /// The places of those that the rules keep.
    pub ruled: Vec<usize>,
    /// The places of those that stand in the text which the page declares; none if it declares none.
    pub declared: Option<Vec<usize>>,
    /// The names of the features.
    pub names: Vec<String>,
    /// The places of the blocks about which it is asked.
    pub asked: Vec<usize>,
    /// The features of those, block by block.
    pub features: Vec<f32>,
}

/// Observes `page`.
#[must_use]
pub fn observe(page: &Page<'_>) -> Observed {
    let html = charset::decode(page.bytes, page.content_type).map(|decoded| decoded.text).unwrap_or_default();
    let rules = Rules::default();
    let (document, blocks, _) = parse(&html, &rules, &rule_page(page, &Settings::default()), Probe::NONE);
    let findings = select::find(&document, &PageData::of(&document), &blocks, page.url);
    let (asked, mut features) = (findings.asked(), Vec::new());
    findings.each_rows(&asked, |rows| features.extend_from_slice(rows));
    let places = 0..blocks.blocks.len();
    Observed {
        ruled: places.clone().filter(|at| findings.ruled()[*at]).collect(),
        declared: findings.declared(),
        asked,
        features,
        blocks: places.map(|at| blocks.text(at).to_owned()).collect(),
        names: findings.names(),
    }
}
