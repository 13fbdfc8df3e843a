//! Articles of an HTML page.

use scraper::{Html, Selector};

use super::{Document, Kind, Listing, Settings};
use crate::model::Candidate;

pub(super) fn read(document: &Document<'_>, settings: &Settings) -> Listing {
    let page = Html::parse_document(&String::from_utf8_lossy(document.bytes));
    let links = Selector::parse("a[href]").expect("a literal selector");
    let mut candidates: Vec<Candidate> = Vec::new();
    for link in page.select(&links) {
        let Some(url) = link.attr("href").and_then(|href| document.url.join(href).ok()) else { continue };
        let title = link.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
        if title.split(' ').count() > 3 && candidates.iter().all(|known| known.url != url) {
            candidates.push(Candidate { title: Some(title), ..Candidate::new(url) });
        }
    }
    candidates.truncate(settings.limit);
    Listing {
        kind: Kind::Listing,
        title: None,
        candidates,
        next_page: None,
        sitemaps: Vec::new(),
        feeds: Vec::new(),
        warnings: Vec::new(),
    }
}
