//! What tells a feed's items apart, decided once for the feed as a whole. Mostly each has a page of its own, and its link
//! says it all. Where several stand at one URL (release notes, incidents, episodes of one show), or an item has no link,
//! its guid, its fragment or what it says tells it from the others, and its text is its own.

use std::collections::HashMap;

use url::Url;

use super::plain_text;
use crate::model::{Candidate, CanonicalUrl, Digest, bare_host};

/// A longer guid is kept as its digest.
const LONGEST_GUID: usize = 300;
/// What is looked at and has no words.
const MEDIA: &[&str] = &["<img", "<video", "<audio", "<iframe", "<object", "<embed"];

/// An item as its feed has it.
pub(super) struct FeedItem {
    /// Without guid, item and digest. Where the item has no link, its URL is that of its feed's home.
    pub(super) candidate: Candidate,
    /// As the feed writes it.
    pub(super) guid: Option<String>,
    pub(super) has_link: bool,
    /// What the feed says in place of the content, as HTML.
    pub(super) description: Option<String>,
}

/// An item, looked at more closely.
struct Known {
    candidate: Candidate,
    has_link: bool,
    /// The key of its URL.
    key: String,
    description: Option<String>,
    /// What its feed carries of it, as plain text.
    text: String,
    is_dropped: bool,
}

/// The candidates of a feed whose own page is `home`, in the feed's order.
pub(super) fn told_apart(items: Vec<FeedItem>, home: &Url) -> Vec<Candidate> {
    let mut items: Vec<Known> = items.into_iter().filter_map(known).collect();
    doubt_guids(&mut items);
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, item) in items.iter().enumerate().filter(|(_, item)| item.has_link) {
        by_key.entry(item.key.clone()).or_default().push(at);
    }
    for mut members in by_key.into_values().filter(|members| members.len() > 1) {
        drop_repeated(&mut items, &mut members);
        if members.len() > 1 {
            tell_apart(&mut items, &members, home);
        }
    }
    for item in items.iter_mut().filter(|item| !item.has_link) {
        if item.has_text() { item.stand_alone() } else { item.is_dropped = true }
    }
    items.into_iter().filter(|item| !item.is_dropped).map(|item| item.candidate).collect()
}

fn known(item: FeedItem) -> Option<Known> {
    let FeedItem { mut candidate, guid, has_link, description } = item;
    let key = CanonicalUrl::of(&candidate.url).ok()?.key();
    let shown = candidate.content.as_deref().or(description.as_deref());
    let text = shown.map(plain_text::plain).unwrap_or_default();
    candidate.text_digest = (!text.is_empty()).then(|| Digest::of(text.as_bytes()));
    candidate.guid = guid.as_deref().and_then(|guid| read_guid(guid, &key));
    let mut known = Known { candidate, has_link, key, description, text, is_dropped: false };
    if known.text.is_empty() && known.candidate.content.is_none() && known.has_text() {
        // What is only looked at is all that there is of it.
        known.candidate.content = known.description.clone();
    }
    Some(known)
}

/// A guid in its one spelling, if it says more than the link with this key.
fn read_guid(text: &str, link: &str) -> Option<String> {
    let text = plain_text::collapse(text);
    let url = Url::parse(&text).ok().map(|mut url| {
        if url.fragment().is_some_and(is_of_any_page) {
            url.set_fragment(None);
        }
        url
    });
    let guid = match url.and_then(|url| CanonicalUrl::with_fragment(&url).ok()) {
        Some(url) if url.key() == link => return None,
        Some(url) => url.as_str().to_owned(),
        None => text,
    };
    match guid.len() {
        0 => None,
        1..=LONGEST_GUID => Some(guid),
        _ => Some(Digest::of(guid.as_bytes()).to_string()),
    }
}

/// A guid that is said of several items says nothing of any of them.
fn doubt_guids(items: &mut [Known]) {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut doubted: Vec<String> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Some(guid) = &item.candidate.guid else { continue };
        match first.get(guid) {
            Some(known) if !items[*known].is_again(item) => doubted.push(guid.clone()),
            Some(_) => {}
            None => drop(first.insert(guid.clone(), at)),
        }
    }
    for item in items {
        item.candidate.guid.take_if(|guid| doubted.contains(guid));
    }
}

/// Leaves out of `members`, which are at one URL, those that are another once more.
fn drop_repeated(items: &mut [Known], members: &mut Vec<usize>) {
    let mut kept: Vec<usize> = Vec::new();
    for at in members.drain(..) {
        let item = &items[at];
        let is_repeated = kept.iter().any(|known| {
            let known = &items[*known];
            known.candidate.guid.is_some() && known.candidate.guid == item.candidate.guid
                || known.fragment() == item.fragment()
                    && (known.is_again(item) && (known.text == item.text || item.text.is_empty())
                        || known.says_the_same(item))
        });
        if is_repeated { items[at].is_dropped = true } else { kept.push(at) }
    }
    *members = kept;
}

/// Tells `members` apart, which are at one URL. One at most is the page there.
fn tell_apart(items: &mut [Known], members: &[usize], home: &Url) {
    let whole: Vec<usize> = members.iter().copied().filter(|at| items[*at].fragment().is_none()).collect();
    // A link log may name a page twice: the story is there, and not what is said of it here. Where most items name the
    // same page it is no story.
    let is_most = members.len() > 2 && members.len() * 2 > items.len();
    let is_elsewhere = !is_most && !is_same_site(&items[members[0]].candidate.url, home);
    let mut page = (whole.len() == 1 && whole.len() < members.len()).then(|| whole[0]);
    for at in members {
        if page == Some(*at) {
            continue;
        }
        if !is_elsewhere && items[*at].has_text() {
            items[*at].stand_alone();
        } else if page.is_none() {
            page = Some(*at);
        } else {
            items[*at].is_dropped = true;
        }
    }
}

fn is_same_site(url: &Url, home: &Url) -> bool {
    let (host, home) = (bare_host(url), bare_host(home));
    let is_below =
        |lower: &str, upper: &str| lower.strip_suffix(upper).is_some_and(|rest| rest.ends_with('.'));
    host == home || is_below(host, home) || is_below(home, host)
}

/// Whether a fragment names a part that each page has.
fn is_of_any_page(fragment: &str) -> bool {
    matches!(fragment, "" | "comments" | "respond" | "content" | "top" | "disqus_thread")
        || fragment.strip_prefix("more-").is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Known {
    /// What its link names in its page, if that is not a part that each page has.
    fn fragment(&self) -> Option<&str> {
        self.candidate.url.fragment().filter(|fragment| !is_of_any_page(fragment))
    }

    /// Whether `other`, which neither guid nor fragment tells from it, says the same at the same time.
    fn says_the_same(&self, other: &Known) -> bool {
        let (one, other) = (&self.candidate, (&other.candidate, &other.text));
        one.guid.is_none()
            && other.0.guid.is_none()
            && !self.text.is_empty()
            && self.text == *other.1
            && one.published.is_some()
            && one.published == other.0.published
            && one.enclosures == other.0.enclosures
    }

    fn has_text(&self) -> bool {
        let shown = self.candidate.content.as_deref().or(self.description.as_deref()).unwrap_or_default();
        !self.text.is_empty()
            || !self.candidate.enclosures.is_empty()
            || MEDIA.iter().any(|media| shown.contains(media))
    }

    /// Whether `other` is the same item once more, as far as link and title tell.
    fn is_again(&self, other: &Known) -> bool {
        self.key == other.key
            && self.candidate.title == other.candidate.title
            && self.candidate.published == other.candidate.published
            && self.candidate.enclosures == other.candidate.enclosures
    }

    /// From now on its text is its own.
    fn stand_alone(&mut self) {
        let fragment = self.fragment().map(str::to_owned);
        let told = self.candidate.guid.clone().or(fragment);
        self.candidate.item = Some(told.unwrap_or_else(|| self.digest()));
        if self.candidate.content.is_none() {
            let description = self.description.take().filter(|html| !html.trim().is_empty());
            self.candidate.content = description.or_else(|| self.attached());
        }
    }

    /// What is attached to it, as HTML: all that there is of an item that says nothing.
    fn attached(&self) -> Option<String> {
        let enclosure = self.candidate.enclosures.first()?;
        let title = self.candidate.title.as_deref().unwrap_or(enclosure.url.as_str());
        let url = enclosure.url.as_str().replace('&', "&amp;").replace('"', "&quot;");
        let title = title.replace('&', "&amp;").replace('<', "&lt;");
        Some(format!("<p><a href=\"{url}\">{title}</a></p>"))
    }

    /// What tells an item that has no name.
    fn digest(&self) -> String {
        let published = self.candidate.published.map(|at| at.to_string()).unwrap_or_default();
        let told = self.candidate.title.as_deref().unwrap_or(&self.text);
        // Undated episodes of one show differ in what they attach, if in anything.
        let file = self.candidate.enclosures.first().filter(|_| published.is_empty());
        let file = file.map(|file| format!("\n{}", file.url)).unwrap_or_default();
        let digest = Digest::of(format!("{published}\n{told}{file}").as_bytes());
        digest.to_string().chars().rev().take(16).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    /// An item with this link (none for none), guid, title and text.
    fn item(link: &str, guid: &str, title: &str, text: &str) -> FeedItem {
        let has_link = !link.is_empty();
        let at = if has_link { url(link) } else { url("https://a.example/") };
        FeedItem {
            candidate: Candidate { title: Some(title.to_owned()), ..Candidate::new(at) },
            guid: (!guid.is_empty()).then(|| guid.to_owned()),
            has_link,
            description: (!text.is_empty()).then(|| text.to_owned()),
        }
    }

    /// The guid and item of each that stays, `-` for none.
    #[track_caller]
    fn check(items: Vec<FeedItem>, expected: &[(&str, &str)]) {
        let found = told_apart(items, &url("https://a.example/"));
        let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        let found: Vec<_> = found.iter().map(|found| (shown(&found.guid), shown(&found.item))).collect();
        let expected: Vec<_> =
            expected.iter().map(|(guid, item)| ((*guid).to_owned(), (*item).to_owned())).collect();
        assert_eq!(found, expected);
    }

    const ONE: &str = "https://a.example/1";
    const TWO: &str = "https://a.example/2";

    #[test]
    fn items_with_pages_of_their_own_are_told_by_their_links() {
        check(vec![item(ONE, "g1", "One", "x"), item(TWO, "g2", "Two", "y")], &[("g1", "-"), ("g2", "-")]);
        check(vec![item(ONE, "", "One", ""), item("https://a.example/1#more", "", "One", "")], &[("-", "-")]);
    }

    #[test]
    fn a_guid_that_is_the_link_says_nothing() {
        for guid in [
            ONE,
            "http://www.a.example/1/",
            "https://a.example/1?utm_source=rss",
            "https://a.example/1#comments",
            " https://a.example/1?PHPSESSID=8 ",
            " ",
        ] {
            check(vec![item(ONE, guid, "One", "")], &[("-", "-")]);
        }
        check(vec![item(ONE, "https://A.example/?p=1", "One", "")], &[("https://a.example/?p=1", "-")]);
    }

    #[test]
    fn a_guid_that_all_items_have_says_nothing() {
        let all =
            vec![item(ONE, "feed", "One", "x"), item(TWO, "feed", "Two", "y"), item(ONE, "g", "One", "x")];
        check(all, &[("-", "-"), ("-", "-")]);
        let show = "https://a.example/show";
        let episodes = vec![item(show, "show", "One", "x"), item(show, "show", "Two", "y")];
        let found = told_apart(episodes, &url("https://a.example/"));
        assert_eq!(found.len(), 2);
        assert_ne!(found[0].item, found[1].item);
        assert!(found.iter().all(|found| found.guid.is_none() && found.item.is_some()));
    }

    #[test]
    fn items_at_one_url_stand_alone_where_they_carry_a_text() {
        let log = "https://a.example/log";
        let part = |n: u8| format!("{log}#v{n}");
        check(vec![item(log, "g1", "One", "x"), item(log, "g2", "Two", "y")], &[("g1", "g1"), ("g2", "g2")]);
        check(
            vec![item(&part(1), "", "One", "x"), item(&part(2), "", "Two", "y")],
            &[("-", "v1"), ("-", "v2")],
        );
        let mixed = vec![item(log, "", "All of it", "z"), item(&part(1), "", "One", "x")];
        check(mixed, &[("-", "-"), ("-", "v1")]);
        check(vec![item(log, "g1", "One", ""), item(log, "g2", "Two", "")], &[("g1", "-")]);
    }

    #[test]
    fn a_page_elsewhere_that_most_items_name_is_no_story() {
        let there = "https://b.example/";
        let shirts = (1..5).map(|n| item(there, "", &format!("Shirt {n}"), &format!("Blue {n}"))).collect();
        let found = told_apart(shirts, &url("https://a.example/"));
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn an_address_with_the_same_text_at_the_same_time_is_one_item() {
        let at = "2024-11-06T08:00:00Z".parse::<chrono::DateTime<chrono::FixedOffset>>().unwrap();
        let dated = |link: &str, title: &str, text: &str| {
            let mut item = item(link, "", title, text);
            item.candidate.published = Some(crate::model::Moment::zoned(at));
            item
        };
        let twice = [
            dated("http://www.a.example/1", "One", "x"),
            dated("https://a.example/1#comments", "One again", "x"),
        ];
        check(twice.into(), &[("-", "-")]);
        let releases = [
            dated("https://a.example/1#v2", "Two", "Mends"),
            dated("https://a.example/1#v1", "One", "Mends"),
        ];
        check(releases.into(), &[("-", "v2"), ("-", "v1")]);
    }

    #[test]
    fn an_item_that_comes_twice_is_one() {
        check(vec![item(ONE, "g1", "One", "x"), item(ONE, "g1", "One", "x")], &[("g1", "-")]);
        check(vec![item(ONE, "g1", "One", "x"), item(ONE, "g2", "One", "x")], &[("g1", "-")]);
        check(vec![item("", "n1", "One", "x"), item("", "", "Two", "")], &[("n1", "n1")]);
    }

    #[test]
    fn a_page_elsewhere_that_is_named_twice_is_one_story() {
        let there = "https://b.example/story";
        check(vec![item(there, "g1", "One", "x"), item(there, "g2", "Again", "y")], &[("g1", "-")]);
    }
}
