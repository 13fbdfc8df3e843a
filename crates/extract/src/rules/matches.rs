//! What each selector matches on a page as it came, before anything is taken out: for explaining.

use scraper::Html;
use tearsheet_html::{Ground, Query};

use super::Rules;

/// For every selector of `rules` for what it is, its text, and how much of `document` it matches.
pub(crate) fn matches(document: &Html, rules: &Rules) -> Vec<(&'static str, String, usize)> {
    let ground = Ground::new(document);
    let fields = rules.fields().map(|(_, of, queries)| (of, queries));
    let others: [(&'static str, &[Query]); 5] = [
        ("remove", &rules.remove),
        ("keep", &rules.keep),
        ("unwrap", &rules.unwrap),
        ("next_page", &rules.next_page),
        ("single_page", &rules.single_page),
    ];
    let wraps = rules.wrap.iter().map(|(_, query)| ("wrap", query));
    let all = fields
        .into_iter()
        .chain(others)
        .flat_map(|(of, queries)| queries.iter().map(move |query| (of, query)));
    let count = |query: &Query| ground.select(query).map_or(0, |found| found.len());
    all.chain(wraps).map(|(of, query)| (of, query.to_string(), count(query))).collect()
}
