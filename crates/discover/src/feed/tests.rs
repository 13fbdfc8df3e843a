//! Feeds as broken as they are.

use url::Url;

use crate::discover::{Document, Listing, Settings, candidates};

fn read(text: &str) -> Listing {
    let url = Url::parse("https://courier.example/feed.xml").unwrap();
    let bytes = text.as_bytes();
    let document = Document { url: &url, content_type: None, link: None, bytes, fetched_at: None };
    candidates(&document, &Settings::default()).unwrap()
}

/// An item of RSS in a feed of RSS, read.
#[track_caller]
fn item(fields: &str) -> crate::model::Candidate {
    let feed = format!(
        "<rss version='2.0'><channel><title>Courier</title><link>https://courier.example/</link><item>{fields}</item></channel></rss>"
    );
    read(&feed).candidates.remove(0)
}

fn urls(listing: &Listing) -> Vec<&str> {
    listing.candidates.iter().map(|candidate| candidate.url.as_str()).collect()
}

#[test]
fn one_bad_byte_costs_one_character() {
    let mut bytes = "<rss><channel><item><title>Über die Brücke, größer</title><link>https://courier.example/1</link><description>Caf"
        .as_bytes()
        .to_vec();
    bytes.extend(b"\xC3</description></item></channel></rss>");
    let url = Url::parse("https://courier.example/feed.xml").unwrap();
    let document = Document {
        url: &url,
        content_type: Some("text/xml; charset=utf-8"),
        link: None,
        bytes: &bytes,
        fetched_at: None,
    };
    let listing = candidates(&document, &Settings::default()).unwrap();
    assert_eq!(listing.candidates[0].title.as_deref(), Some("Über die Brücke, größer"));
    assert_eq!(listing.candidates[0].summary.as_deref(), Some("Caf\u{FFFD}"));
}

#[test]
fn titles_are_text_where_the_format_says_so() {
    let title = |title: &str| {
        let entry = format!("<entry>{title}<link href='https://courier.example/1'/></entry>");
        let feed = format!("<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>");
        read(&feed).candidates.remove(0).title.unwrap()
    };
    assert_eq!(
        title("<title type='text'>The &lt;b&gt; and &lt;/b&gt; tags, &amp;amp;</title>"),
        "The <b> and </b> tags, &amp;"
    );
    assert_eq!(title("<title>Vec&lt;String&gt; at last</title>"), "Vec<String> at last");
    assert_eq!(title("<title type='html'>&lt;b&gt;Rope&lt;/b&gt; &amp;amp; ice</title>"), "Rope & ice");
    let rss = |title: &str| item(&format!("<title>{title}</title><link>/1</link>")).title.unwrap();
    assert_eq!(rss("Use of &lt;figure&gt; in HTML"), "Use of <figure> in HTML");
    assert_eq!(rss("it&#146;s x < y"), "it’s x < y");
    assert_eq!(rss("<b>Rope</b> and ice"), "Rope and ice");
}

#[test]
fn relations_are_read_in_any_case() {
    for rel in ["alternate", "Alternate", " ALTERNATE ", "http://www.iana.org/assignments/relation/alternate"]
    {
        let feed = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><link rel='self' href='/self'/>\
             <link rel='{rel}' href='/page'/></entry></feed>"
        );
        assert_eq!(urls(&read(&feed)), ["https://courier.example/page"], "{rel}");
    }
}

#[test]
fn links_are_relative_to_what_their_elements_say() {
    let feed = "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://b.example/blog/'>\
        <entry><title>A</title><link href='a'/></entry>\
        <entry xml:base='2024/'><title>B</title><link href='b'/></entry>\
        <entry><title>C</title><link xml:base='https://c.example/' href='c'/>\
        <content xml:base='https://d.example/x/' type='html'>&lt;img src='p.png'&gt;</content></entry></feed>";
    let listing = read(feed);
    assert_eq!(
        urls(&listing),
        ["https://b.example/blog/a", "https://b.example/blog/2024/b", "https://c.example/c"]
    );
    let content = listing.candidates[2].content.as_deref().unwrap();
    assert!(content.starts_with("<base href=\"https://d.example/x/\">"), "{content}");
    let rss = "<rss><channel xml:base='https://b.example/x/'><item><title>A</title><link>a</link></item></channel></rss>";
    assert_eq!(urls(&read(rss)), ["https://b.example/x/a"]);
}

#[test]
fn links_without_a_scheme_and_guids_that_are_no_links_lead_somewhere() {
    assert_eq!(
        item("<title>A</title><link>www.courier.example/a</link>").url.as_str(),
        "https://www.courier.example/a"
    );
    assert_eq!(item("<title>A</title><link>//b.example/a</link>").url.as_str(), "https://b.example/a");
    let guid = "<title>A</title><guid isPermaLink='false'>https://courier.example/?p=7</guid>";
    assert_eq!(item(guid).url.as_str(), "https://courier.example/?p=7");
    let both = "<title>A</title><guid isPermaLink='false'>https://courier.example/?p=7</guid><link>/a</link>";
    assert_eq!(item(both).url.as_str(), "https://courier.example/a");
}

#[test]
fn a_second_date_is_read_where_the_first_cannot_be() {
    let dated =
        "<title>A</title><link>/a</link><pubDate>soon</pubDate><dc:date>2024-11-06T08:00:00Z</dc:date>";
    assert_eq!(item(dated).published.unwrap().to_string(), "2024-11-06T08:00:00+00:00");
}

#[test]
fn what_is_attached_travels_with_its_item() {
    let files = |fields: &str| -> Vec<(String, Option<String>, Option<u64>)> {
        let item = item(&format!("<title>A</title><link>/a</link>{fields}"));
        let files = item.enclosures.into_iter();
        files.map(|file| (file.url.to_string(), file.media_type, file.length)).collect()
    };
    let sound = || Some("audio/mpeg".to_owned());
    assert_eq!(
        files(
            "<enclosure url='/a.mp3' length='12' type='audio/mpeg'/><media:content url='/a.mp3' type='audio/mpeg'/>"
        ),
        [("https://courier.example/a.mp3".to_owned(), sound(), Some(12))]
    );
    assert_eq!(
        files("<enclosure url='/b' length='0' type=''/>"),
        [("https://courier.example/b".to_owned(), None, None)]
    );
    assert_eq!(
        files(
            "<media:group><media:content url='/c' fileSize='9' type='audio/mpeg'/><media:content url='/d.jpg' type='image/jpeg'/></media:group>"
        ),
        [("https://courier.example/c".to_owned(), sound(), Some(9))]
    );
}

#[test]
fn episodes_of_one_page_are_told_apart_by_what_is_attached() {
    let episode = |n: u8| {
        format!(
            "<item><title>Show</title><link>https://courier.example/show</link><enclosure url='/{n}.mp3' type='audio/mpeg'/></item>"
        )
    };
    let feed = format!(
        "<rss><channel><link>https://courier.example/</link>{}{}</channel></rss>",
        episode(1),
        episode(2)
    );
    let listing = read(&feed);
    assert_eq!(listing.candidates.len(), 2);
    assert_ne!(listing.candidates[0].item, listing.candidates[1].item);
    assert!(listing.candidates[0].content.as_deref().unwrap().contains("/1.mp3"));
}

#[test]
fn a_feed_in_a_page_is_a_feed() {
    let feed = "<html><head></head><body><rss version='2.0'><channel><item><title>A</title><link>/a</link></item></channel></rss></body></html>";
    assert_eq!(urls(&read(feed)), ["https://courier.example/a"]);
}

#[test]
fn a_json_feed_that_is_not_quite_json_is_read() {
    let feed = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [\
        {\"id\": \"1\", \"url\": \"/a\", \"title\": \"Vec<T> and\nropes\", \"attachments\": [{\"url\": \"/a.mp3\", \"mime_type\": \"audio/mpeg\"}],},\
        {\"id\": \"2\", \"url\": \"https://courier.example/cut";
    let listing = read(feed);
    assert_eq!(urls(&listing), ["https://courier.example/a"]);
    assert_eq!(listing.candidates[0].title.as_deref(), Some("Vec<T> and ropes"));
    assert_eq!(listing.candidates[0].enclosures.len(), 1);
    assert!(listing.is_cut);
}

#[test]
fn a_feed_decides_once_whether_the_day_comes_first() {
    let days = |dates: [&str; 3]| -> Vec<String> {
        let items = (1..).zip(dates).map(|(at, date)| {
            format!("<item><title>Story {at}</title><link>https://courier.example/{at}</link><pubDate>{date}</pubDate></item>")
        });
        let items: String = items.collect();
        let feed = format!(
            "<rss version='2.0'><channel><title>Courier</title><language>en-US</language>{items}</channel></rss>"
        );
        let found = read(&feed).candidates;
        found.iter().map(|item| item.published.unwrap().to_string()).collect()
    };
    assert_eq!(
        days(["16/11/2024", "05/11/2024", "Wed, 06 Nov 24 24:00:00 CST"]),
        ["2024-11-16", "2024-11-05", "2024-11-07T00:00:00-06:00"]
    );
    assert_eq!(days(["11/16/2024", "11/05/2024", "11/04/2024"]), ["2024-11-16", "2024-11-05", "2024-11-04"]);
}

#[test]
fn subjects_are_read_in_every_format() {
    let tags = |fields: &str| item(&format!("<title>A</title><link>/1</link>{fields}")).tags;
    let categories =
        "<category>Harbour</category><category domain='x'><![CDATA[Nets &amp; ropes]]></category>";
    assert_eq!(tags(categories), ["Harbour", "Nets & ropes"]);
    assert_eq!(tags("<category term='tide' label='The tide'/><category term='ice'/>"), ["The tide", "ice"]);
    assert_eq!(tags("<itunes:keywords>wreck, low tide,wreck</itunes:keywords>"), ["wreck", "low tide"]);
    assert!(tags("<category> </category><category>https://courier.example/tags/x</category>").is_empty());
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Courier",
        "items": [{"id": "1", "url": "https://courier.example/1", "tags": ["Harbour", 7, "ice"]}]}"#;
    assert_eq!(read(json).candidates.remove(0).tags, ["Harbour", "ice"]);
}
