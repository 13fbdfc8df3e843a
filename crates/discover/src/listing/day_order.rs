//! Whether a list writes the day or the month first: one decision, for all its items.

use chrono::{DateTime, Utc};
use scraper::Html;
use tearsheet_dates::{DayOrder, OrderEvidence};

use super::fields::is_date_attribute;
use super::page::{Page, attribute};

/// A line with a date in it is at most so long, in bytes.
const LINE: usize = 120;

/// The order that everything on the page speaks for; `now` is when it was fetched.
pub(super) fn decide(
    page: &Page<'_>,
    html: &Html,
    language: Option<&str>,
    now: Option<DateTime<Utc>>,
) -> Option<DayOrder> {
    let mut evidence = OrderEvidence::default();
    language.into_iter().chain(locale(html)).for_each(|tag| evidence.language(tag));
    page.text.lines().filter(|line| line.len() <= LINE).for_each(|line| evidence.text(line));
    for element in page.elements.iter().filter(|element| element.has_stamp) {
        let stamps = element.data.attrs().filter(|(name, _)| is_date_attribute(name));
        stamps.for_each(|(_, value)| evidence.text(value));
    }
    page.targets.iter().for_each(|target| evidence.path(target.url.path()));
    evidence.address(page.url.host_str().unwrap_or_default(), page.url.path());
    evidence.decide(now)
}

fn locale(html: &Html) -> Option<&str> {
    let head = html
        .root_element()
        .children()
        .inspect(crate::effort::step)
        .take(4)
        .flat_map(|child| child.children().inspect(crate::effort::step));
    let metas = head.filter_map(|node| node.value().as_element()).filter(|element| element.name() == "meta");
    let named = |name: &str| matches!(name, "og:locale" | "content-language");
    metas
        .filter(|meta| attribute(meta, "property").or(attribute(meta, "http-equiv")).is_some_and(named))
        .find_map(|meta| attribute(meta, "content"))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use crate::discover::{Document, Settings, candidates};

    const TITLES: [&str; 6] = [
        "Ferry stays through the winter",
        "Market clock stops again at noon",
        "Rowers win by a length",
        "Choir looks for tenors",
        "Goose rescued from the weir",
        "New rope for the old landing",
    ];

    /// The days of a list that shows `dates` under titles, on `host`.
    fn days(host: &str, head: &str, dates: [&str; 6]) -> Vec<String> {
        let url = Url::parse(&format!("https://{host}/news/")).unwrap();
        let cards = (0..).zip(TITLES).zip(dates).map(|((at, title), date)| {
            format!("<div class=card><a href=/news/story-{at}.html><h3>{title}</h3></a><span class=date>{date}</span></div>")
        });
        let html = format!("{head}<main>{}</main>", cards.collect::<String>());
        let document =
            Document { url: &url, content_type: None, link: None, bytes: html.as_bytes(), fetched_at: None };
        let listing = candidates(&document, &Settings::default()).unwrap();
        listing.candidates.iter().map(|item| item.published.unwrap().to_string()).collect()
    }

    #[test]
    fn numbers_above_twelve_decide_for_all_items() {
        let dates = ["14/11/2024", "13/11/2024", "12/11/2024", "11/11/2024", "10/11/2024", "09/11/2024"];
        let expected = ["2024-11-14", "2024-11-13", "2024-11-12", "2024-11-11", "2024-11-10", "2024-11-09"];
        assert_eq!(days("pier.com", "<html lang=en-US>", dates), expected);
    }

    #[test]
    fn the_sequence_decides_where_no_number_does() {
        let dates = ["05/11/2024", "04/11/2024", "02/11/2024", "12/10/2024", "11/10/2024", "10/10/2024"];
        let expected = ["2024-11-05", "2024-11-04", "2024-11-02", "2024-10-12", "2024-10-11", "2024-10-10"];
        assert_eq!(days("pier.com", "<html lang=en>", dates), expected);
    }

    #[test]
    fn an_american_list_stays_american() {
        let dates = ["11/05/2024", "11/05/2024", "11/04/2024", "11/04/2024", "11/04/2024", "11/03/2024"];
        assert_eq!(days("pier.com", "<html lang=en-US>", dates)[..2], ["2024-11-05", "2024-11-05"]);
        let british = "<html lang=en><head><meta property=og:locale content=en_GB></head><body>";
        assert_eq!(days("pier.com", british, dates)[..2], ["2024-05-11", "2024-05-11"]);
    }
}
