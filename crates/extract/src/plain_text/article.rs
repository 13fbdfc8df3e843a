//! An article of plain text: what its lines tell of it, and what is known beside them.

use std::collections::BTreeMap;

use tearsheet_dates::parse_date;

use crate::model::{Article, CanonicalUrl, Field, Moment, Provenance};
use crate::{Page, Rejection, Settings, charset, date_context, plain_text};

/// Reads the article of `page`, whose text was `decoded`.
///
/// # Errors
/// [`Rejection::NoArticle`] if it is too short, or none.
pub(crate) fn article(
    page: &Page<'_>,
    settings: &Settings,
    decoded: &charset::Decoded<'_>,
) -> Result<Article, Rejection> {
    let dates = date_context(page, settings, None, None);
    let read_date = |line: &str| -> Option<Moment> { parse_date(line, &dates) };
    let plain = plain_text::article(&decoded.text, &read_date)
        .filter(|plain| plain.body.word_count >= plain_text::FEWEST_WORDS)
        .ok_or(Rejection::NoArticle)?;
    let hinted = || page.hints.and_then(|hints| hints.title.clone());
    let title_from = match (&plain.title, hinted()) {
        (Some(_), _) => "first line",
        (None, Some(_)) => "hint",
        (None, None) => "first words",
    };
    let mut provenance = BTreeMap::from([
        (Field::Title, Provenance::of(title_from)),
        (Field::Body, Provenance::of("plain text")),
    ]);
    if plain.published.is_some() {
        provenance.insert(Field::Published, Provenance::of("date line"));
    }
    Ok(Article {
        url: CanonicalUrl::of(page.url).map_err(|_| Rejection::NoArticle)?,
        title: plain.title.or_else(hinted).unwrap_or_else(|| opening(&plain.body.text)),
        authors: plain.byline.into_iter().collect(),
        published: plain.published,
        modified: None,
        site_name: None,
        language: settings.language.clone(),
        description: None,
        image: None,
        section: None,
        tags: Vec::new(),
        access: None,
        license: None,
        robots: Vec::new(),
        html: plain.body.html,
        word_count: plain.body.word_count,
        text: plain.body.text,
        repeated: Vec::new(),
        cuts: Vec::new(),
        provenance,
        warnings: decoded.warning.iter().map(ToString::to_string).collect(),
    })
}

/// The first words of a text that nobody gave a title.
pub(crate) fn opening(text: &str) -> String {
    const MOST: usize = 80;
    let line = text.lines().next().unwrap_or_default();
    let mut title = String::new();
    for word in line.split_inclusive(' ') {
        if !title.is_empty() && title.chars().count() + word.chars().count() > MOST {
            return title.trim_end().to_owned() + "…";
        }
        title.push_str(word);
    }
    title.chars().take(2 * MOST).collect()
}
