//! Sitemaps and sitemap indexes (sitemaps.org, with the news and image extensions).

mod posts;

use url::Url;

use super::{Document, Kind, LeftOut, Listing, Settings, dates, plain_text, xml};
use crate::model::{Candidate, Moment};

/// The most records of one sitemap: the protocol's own limit.
const MOST: usize = 50_000;

const SHAPE: xml::Shape = xml::Shape {
    records: &["url", "sitemap"],
    is_field: |name| {
        matches!(
            name,
            "loc"
                | "lastmod"
                | "news:title"
                | "news:publication_date"
                | "image:loc"
                | "news:name"
                | "news:publication"
        )
    },
    most: MOST,
};

/// Reads a sitemap. Where its entries are dated the newest come first, so that a limit takes those.
pub(super) fn read(document: &Document<'_>, text: &str, settings: &Settings) -> Listing {
    let mut listing = Listing::empty(Kind::Sitemap);
    let sitemap = xml::read(text, SHAPE);
    listing.is_cut = sitemap.is_cut;
    if sitemap.truncated {
        listing.warnings.push(format!("the sitemap has more than {MOST} entries; the rest was not read"));
    }
    let mut maps: Vec<(Option<Moment>, Url)> = Vec::new();
    for record in &sitemap.records {
        let Some(url) = value(record, "loc").and_then(|loc| document.url.join(loc).ok()) else { continue };
        let modified = value(record, "lastmod").and_then(|text| dates::read(text, document, settings));
        if record.head.name == "sitemap" {
            maps.push((modified, url));
        } else {
            listing.candidates.push(candidate(document, record, url, modified, settings));
        }
    }
    leave_out(&mut listing);
    listing.candidates.sort_by_key(|candidate| {
        std::cmp::Reverse(candidate.published.or(candidate.modified).map(|at| at.to_utc()))
    });
    maps.sort_by_key(|(modified, _)| std::cmp::Reverse(modified.map(|at| at.to_utc())));
    let maps = maps.into_iter().map(|(_, url)| url).filter(|url| url != document.url).collect();
    listing.sitemaps = posts::with_posts(maps);
    if sitemap.records.is_empty() {
        listing.warnings.push("the sitemap has no entries".to_owned());
    }
    listing
}

/// Leaves out what is no post, where the sitemap says no more of it than its URL.
fn leave_out(listing: &mut Listing) {
    let urls: Vec<&Url> = listing.candidates.iter().map(|candidate| &candidate.url).collect();
    let reasons = posts::no_posts(&urls);
    let found = std::mem::take(&mut listing.candidates);
    for (candidate, reason) in found.into_iter().zip(reasons) {
        match reason.filter(|_| candidate.title.is_none() && candidate.published.is_none()) {
            Some(reason) => listing.left_out.push(LeftOut { url: candidate.url, reason }),
            None => listing.candidates.push(candidate),
        }
    }
}

fn candidate(
    document: &Document<'_>,
    record: &xml::Record,
    url: Url,
    modified: Option<Moment>,
    settings: &Settings,
) -> Candidate {
    Candidate {
        title: value(record, "news:title").and_then(plain_text::line),
        published: value(record, "news:publication_date")
            .and_then(|text| dates::read(text, document, settings)),
        modified,
        image: value(record, "image:loc").and_then(|loc| document.url.join(loc).ok()),
        ..Candidate::new(url)
    }
}

fn value<'a>(record: &'a xml::Record, name: &str) -> Option<&'a str> {
    record
        .fields
        .iter()
        .find(|field| field.name == name)
        .map(|field| field.text.trim())
        .filter(|text| !text.is_empty())
}
