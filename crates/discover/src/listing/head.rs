//! What an HTML page says of itself and of its feeds.

use html5ever::local_name;
use scraper::Html;
use scraper::node::Element;
use url::Url;

use super::WORDPRESS;
use super::page::attribute;
use crate::discover::AnnouncedFeed;
use crate::discover::{plain_text, posts};

/// Types of feeds that a page may announce.
const FEED_TYPES: &[&str] = &["rss", "atom", "rdf", "feed+json"];

/// What stands in a page's head.
#[derive(Default)]
pub(super) struct Head {
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
    /// Feeds of comments come last.
    pub(super) feeds: Vec<AnnouncedFeed>,
    pub(super) next: Option<Url>,
    /// Where the site's software gives its posts as JSON.
    pub(super) apis: Vec<Url>,
}

impl Head {
    /// What the page says by its title, by `related`, its links with a `rel`, and by scripts that carry a key.
    pub(super) fn of(html: &Html, related: &[&Element], keys: &[&Element], base: &Url) -> Head {
        let mut head = Head::default();
        let root = html.root_element().value();
        head.language = attribute(root, "lang").filter(|tag| !tag.is_empty()).map(str::to_owned);
        head.title = title(html);
        related.iter().for_each(|element| head.add_link(element, base));
        head.apis.extend(keys.iter().find_map(|script| posts::of_ghost(script, base)));
        // Stable: otherwise they stay in the page's order.
        head.feeds.sort_by_key(is_of_comments);
        head
    }

    fn add_link(&mut self, element: &Element, base: &Url) {
        let rel = attribute(element, "rel").unwrap_or_default().to_ascii_lowercase();
        let has = |name| rel.split_ascii_whitespace().any(|known| known == name);
        let href = attribute(element, "href").map(str::trim).filter(|href| !href.is_empty());
        let url = || href.and_then(|href| base.join(href).ok()).filter(Url::has_host);
        if has(WORDPRESS) {
            self.apis.extend(url().and_then(|root| posts::of_wordpress(&root)));
        }
        if has("next") && self.next.is_none() {
            self.next = url();
        }
        let kind = attribute(element, "type").unwrap_or_default().to_ascii_lowercase();
        if has("alternate")
            && FEED_TYPES.iter().any(|known| kind.contains(known))
            && let Some(url) = url()
            && self.feeds.iter().all(|known| known.url != url)
        {
            let title =
                attribute(element, "title").map(plain_text::collapse).filter(|title| !title.is_empty());
            self.feeds.push(AnnouncedFeed { url, title });
        }
    }
}

/// The text of the first `title` that has any.
fn title(html: &Html) -> Option<String> {
    let is_title = |element: &Element| element.name.local == local_name!("title");
    let titles = html.tree.nodes().filter(|node| node.value().as_element().is_some_and(is_title));
    let mut texts = titles.map(|title| {
        let texts = title
            .children()
            .inspect(crate::effort::step)
            .filter_map(|child| child.value().as_text().map(|text| &**text));
        plain_text::collapse(&texts.collect::<String>())
    });
    texts.find(|title| !title.is_empty())
}

fn is_of_comments(feed: &AnnouncedFeed) -> bool {
    let title = feed.title.as_deref().unwrap_or_default().to_lowercase();
    feed.url.path().contains("comment") || title.contains("comment")
}
