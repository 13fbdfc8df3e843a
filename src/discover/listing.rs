//! Articles of an HTML page.

use scraper::Selector;

use super::{Document, Kind, Listing, Settings, plain_text};
use crate::model::{Candidate, parse_html};

pub(super) fn read(document: &Document<'_>, text: &str, _settings: &Settings) -> Listing {
    let page = parse_html(text);
    let links = Selector::parse("a[href]").expect("a literal selector");
    let mut listing = Listing::empty(Kind::Listing);
    for link in page.select(&links) {
        let Some(url) = link.attr("href").and_then(|href| document.url.join(href).ok()) else { continue };
        let title = plain_text::collapse(&link.text().collect::<String>());
        if title.split(' ').count() > 3 {
            listing.candidates.push(Candidate { title: Some(title), ..Candidate::new(url) });
        }
    }
    listing
}
