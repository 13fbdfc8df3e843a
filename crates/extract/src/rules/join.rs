//! Joins an article that is told on several pages.

use crate::model::Article;

/// `first`, with the bodies of the pages that follow it. A page that says only what one before it says adds nothing.
#[must_use]
pub fn join(mut first: Article, further: Vec<Article>) -> Article {
    let mut texts = vec![first.text.clone()];
    for page in further {
        if texts.contains(&page.text) {
            continue;
        }
        append(&mut first.html, "\n", &page.html);
        append(&mut first.text, "\n\n", &page.text);
        first.word_count = first.word_count.saturating_add(page.word_count);
        for warning in page.warnings {
            if !first.warnings.contains(&warning) {
                first.warnings.push(warning);
            }
        }
        first.cuts.extend(page.cuts);
        texts.push(page.text);
    }
    first
}

fn append(text: &mut String, between: &str, more: &str) {
    if !text.is_empty() && !more.is_empty() && !text.ends_with(between) {
        text.push_str(between);
    }
    text.push_str(more);
}
