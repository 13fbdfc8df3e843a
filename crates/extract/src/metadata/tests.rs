use super::*;
use crate::Rules;
use crate::rules::{self, Ruled};
use tearsheet_html::Query;

const URL: &str = "https://www.courier.example/2024/05/08/bridge-falls";

fn read_with(html: &str, change: impl FnOnce(&mut Context<'_>)) -> Metadata {
    read_at(URL, html, change)
}

/// What a page at `url` says, captured two days after it was published.
pub(super) fn read_at(url: &str, html: &str, change: impl FnOnce(&mut Context<'_>)) -> Metadata {
    let url = Url::parse(url).unwrap();
    let rules = Ruled::default();
    let document = Html::parse_document(html);
    let data = PageData::of(&document);
    let mut context = Context {
        url: &url,
        data: &data,
        captured_at: Some("2024-05-10T12:00:00Z".parse().unwrap()),
        timezone: None,
        language: None,
        rules: &rules,
        elements: &[],
        hints: None,
        memory: &SiteMemory::default(),
    };
    change(&mut context);
    read(&document, &context)
}

/// The day on which a page at `url` was published.
fn published_at(url: &str, html: &str) -> Option<String> {
    let metadata = read_at(url, html, |context| context.captured_at = None);
    metadata.published.map(|day| day.to_string())
}

fn page(html: &str) -> Metadata {
    read_with(html, |_| {})
}

fn json_ld(json: &str) -> Metadata {
    page(&format!("<title>A bridge falls</title><script type='application/ld+json'>{json}</script>"))
}

fn from(metadata: &Metadata, field: Field) -> &str {
    &metadata.provenance[&field].from
}

#[test]
fn the_article_about_this_page_is_read_and_its_references_followed() {
    let metadata = json_ld(
        r##"{"@graph": [
            {"@type": "NewsArticle", "headline": "Another", "url": "https://www.courier.example/other", "datePublished": "2024-01-01"},
            {"@type": "NewsArticle", "headline": "A bridge falls", "mainEntityOfPage": {"@id": "https://www.courier.example/2024/05/08/bridge-falls/"},
             "author": [{"@id": "#ann"}, {"@type": "Person", "name": "Bo Ek"}], "datePublished": "2024-05-08T10:00:00+02:00",
             "publisher": {"@id": "#paper"}},
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
            {"@type": "Organization", "@id": "#paper", "name": "The Courier"}
        ]}"##,
    );
    assert_eq!(metadata.title.as_deref(), Some("A bridge falls"));
    assert_eq!(metadata.authors, ["Ann Lee", "Bo Ek"]);
    assert_eq!(metadata.published.unwrap().to_string(), "2024-05-08T10:00:00+02:00");
    assert_eq!(metadata.site_name.as_deref(), Some("The Courier"));
}

/// A page that has one source for a field, the source's name, and what it says.
type Alone<'a> = (Field, &'a str, &'a str, &'a str);

#[track_caller]
fn check_alone(table: &[Alone<'_>]) {
    let url = Url::parse("https://courier.example/x").unwrap();
    let mut wrong = Vec::new();
    for (field, source, value, html) in table {
        let html = format!("<html><body>{html}<p>Text.</p></body></html>");
        let metadata = read_with(&html, |context| context.url = Box::leak(Box::new(url.clone())));
        let got = metadata.said.get(field).map(|said| (said[0].from, said[0].value.clone()));
        if got != Some((source, (*value).to_owned())) {
            wrong.push(format!("{field:?} of `{html}` is {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn in_json(inner: &str) -> String {
    format!("<script type=application/ld+json>{{\"@type\": \"NewsArticle\", {inner}}}</script>")
}

#[test]
fn each_source_of_a_title_is_read() {
    let (headline, name) =
        (in_json("\"headline\": \"A bridge falls\""), in_json("\"name\": \"A bridge falls\""));
    let title = "A bridge falls";
    check_alone(&[
        (Field::Title, "json-ld headline", title, &headline),
        (Field::Title, "og:title", title, "<meta property=og:title content='A bridge falls'>"),
        (Field::Title, "twitter:title", title, "<meta name=twitter:title content='A bridge falls'>"),
        (Field::Title, "parsely-title", title, "<meta name=parsely-title content='A bridge falls'>"),
        (Field::Title, "sailthru.title", title, "<meta name=sailthru.title content='A bridge falls'>"),
        (Field::Title, "dc.title", title, "<meta name=DC.Title content='A bridge falls'>"),
        (Field::Title, "citation_title", title, "<meta name=citation_title content='A bridge falls'>"),
        (
            Field::Title,
            "microdata headline",
            title,
            "<div itemscope itemtype=https://schema.org/Article><b itemprop=headline>A bridge falls</b></div>",
        ),
        (
            Field::Title,
            "microdata headline",
            title,
            "<div vocab=https://schema.org/ typeof=Article><b property=headline>A bridge falls</b></div>",
        ),
        (Field::Title, "json-ld name", title, &name),
        (Field::Title, "title", title, "<title>A bridge falls</title>"),
        (Field::Title, "first h1", title, "<h1>A bridge falls</h1>"),
    ]);
}

#[test]
fn each_source_of_authors_is_read() {
    let author = in_json("\"author\": {\"name\": \"Ann Lee\"}");
    let (creator, parts) = (
        in_json("\"creator\": [\"Ann Lee\"]"),
        in_json("\"author\": {\"givenName\": \"Ann\", \"familyName\": \"Lee\"}"),
    );
    let written =
        "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ann Lee'>";
    let name = "Ann Lee";
    check_alone(&[
        (Field::Authors, "json-ld author", name, &author),
        (Field::Authors, "json-ld author", name, &parts),
        (Field::Authors, "json-ld creator", name, &creator),
        (
            Field::Authors,
            "microdata author",
            name,
            "<div itemprop=author itemscope itemtype=https://schema.org/Person><b itemprop=name>Ann Lee</b></div>",
        ),
        (
            Field::Authors,
            "microdata author",
            name,
            "<div typeof=Article><div property=author typeof=Person><b property=name>Ann Lee</b></div></div>",
        ),
        (Field::Authors, "author", name, "<meta name=author content='Ann Lee'>"),
        (Field::Authors, "article:author", name, "<meta property=article:author content='Ann Lee'>"),
        (Field::Authors, "parsely-author", name, "<meta name=parsely-author content='Ann Lee'>"),
        (Field::Authors, "sailthru.author", name, "<meta name=sailthru.author content='Ann Lee'>"),
        (Field::Authors, "dc.creator", name, "<meta name=DC.creator content='Ann Lee'>"),
        (Field::Authors, "citation_author", name, "<meta name=citation_author content='Ann Lee'>"),
        (Field::Authors, "twitter:data1", name, written),
        (Field::Authors, "byline", name, "<h1>A bridge falls</h1><p class=byline>By Ann Lee</p>"),
        (Field::Authors, "byline", name, "<h1>A bridge falls</h1><a rel=author href=/ann>Ann Lee</a>"),
        (Field::Authors, "text", name, "<h1>A bridge falls</h1><p>By Ann Lee</p>"),
        (Field::Authors, "text", "王小明", "<h1>大桥倒塌</h1><p>作者：王小明</p>"),
    ]);
}

#[test]
fn each_source_of_a_date_is_read() {
    let (first, last) =
        (in_json("\"datePublished\": \"2024-05-08\""), in_json("\"dateModified\": \"2024-05-08\""));
    let created = in_json("\"dateCreated\": \"2024-05-08\"");
    let day = "2024-05-08";
    check_alone(&[
        (Field::Published, "json-ld datePublished", day, &first),
        (
            Field::Published,
            "article:published_time",
            day,
            "<meta property=article:published_time content=2024-05-08>",
        ),
        (Field::Published, "parsely-pub-date", day, "<meta name=parsely-pub-date content=2024-05-08>"),
        (Field::Published, "sailthru.date", day, "<meta name=sailthru.date content=2024-05-08>"),
        (Field::Published, "dcterms.created", day, "<meta name=DCTERMS.created content=2024-05-08>"),
        (
            Field::Published,
            "citation_publication_date",
            day,
            "<meta name=citation_publication_date content=2024/05/08>",
        ),
        (
            Field::Published,
            "microdata datePublished",
            day,
            "<meta itemprop=datePublished content=2024-05-08>",
        ),
        (
            Field::Published,
            "microdata datePublished",
            day,
            "<div typeof=schema:Article><span property=schema:datePublished content=2024-05-08>May</span></div>",
        ),
        (Field::Published, "json-ld dateCreated", day, &created),
        (Field::Published, "time", day, "<h1>A bridge falls</h1><time datetime=2024-05-08>May</time>"),
        (Field::Published, "class", day, "<h1>A bridge falls</h1><p class=date>8 May 2024</p>"),
        (Field::Published, "text", day, "<h1>A bridge falls</h1><p>8 May 2024</p>"),
        (Field::Published, "dc.date", day, "<meta name=DC.date content=2024-05-08>"),
        (Field::Published, "script", day, "<script>var page = {datePublished: '2024-05-08'};</script>"),
        (Field::Modified, "json-ld dateModified", day, &last),
        (
            Field::Modified,
            "article:modified_time",
            day,
            "<meta property=article:modified_time content=2024-05-08>",
        ),
        (Field::Modified, "og:updated_time", day, "<meta property=og:updated_time content=2024-05-08>"),
        (Field::Modified, "dcterms.modified", day, "<meta name=DCTERMS.modified content=2024-05-08>"),
        (Field::Modified, "microdata dateModified", day, "<meta itemprop=dateModified content=2024-05-08>"),
        (
            Field::Modified,
            "time",
            day,
            "<h1>A bridge falls</h1><time class=updated datetime=2024-05-08>May</time>",
        ),
    ]);
}

#[test]
fn each_source_of_the_other_fields_is_read() {
    let site = in_json("\"publisher\": {\"name\": \"The Courier\"}");
    let about = in_json(
        "\"description\": \"What became of the bridge\", \"articleSection\": \"World\", \"keywords\": [\"Bridges\"]",
    );
    let text = "What became of the bridge";
    check_alone(&[
        (
            Field::SiteName,
            "og:site_name",
            "The Courier",
            "<meta property=og:site_name content='The Courier'>",
        ),
        (Field::SiteName, "json-ld publisher", "The Courier", &site),
        (
            Field::SiteName,
            "application-name",
            "The Courier",
            "<meta name=application-name content='The Courier'>",
        ),
        (Field::SiteName, "dc.publisher", "The Courier", "<meta name=DC.publisher content='The Courier'>"),
        (Field::SiteName, "host", "courier.example", ""),
        (
            Field::Description,
            "description",
            text,
            "<meta name=description content='What became of the bridge'>",
        ),
        (
            Field::Description,
            "og:description",
            text,
            "<meta property=og:description content='What became of the bridge'>",
        ),
        (Field::Description, "json-ld description", text, &about),
        (Field::Section, "article:section", "World", "<meta property=article:section content=World>"),
        (Field::Section, "json-ld articleSection", "World", &about),
        (Field::Section, "parsely-section", "World", "<meta name=parsely-section content=World>"),
        (Field::Tags, "news_keywords", "Bridges", "<meta name=news_keywords content=Bridges>"),
        (Field::Tags, "json-ld keywords", "Bridges", &about),
        (Field::Tags, "article:tag", "Bridges", "<meta property=article:tag content=Bridges>"),
        (Field::Tags, "keywords", "Bridges", "<meta name=keywords content=Bridges>"),
        (Field::Tags, "parsely-tags", "Bridges", "<meta name=parsely-tags content=Bridges>"),
        (Field::Tags, "sailthru.tags", "Bridges", "<meta name=sailthru.tags content=Bridges>"),
        (Field::Tags, "rel=tag", "Bridges", "<a rel=tag href=/t/bridges>Bridges</a>"),
        (
            Field::Tags,
            "tag list",
            "Bridges",
            "<h1>A bridge</h1><div class=tags><a href=/tag/b>Bridges</a></div>",
        ),
        (Field::Language, "meta", "de-AT", "<meta http-equiv=content-language content=de-at>"),
        (Field::Language, "meta", "de-AT", "<meta property=og:locale content=de_AT>"),
    ]);
}

#[test]
fn one_source_wins_and_the_others_are_remembered() {
    let metadata = page(
        "<meta name=author content='Ann Lee'><script type='application/ld+json'>\
         {\"@type\": \"Article\", \"headline\": \"X y z\", \"author\": {\"name\": \"Bo Ek\"}}</script>",
    );
    assert_eq!(metadata.authors, ["Bo Ek"]);
    assert_eq!(from(&metadata, Field::Authors), "json-ld author");
    assert_eq!(metadata.provenance[&Field::Authors].beat, [("author".to_owned(), "Ann Lee".to_owned())]);
}

#[test]
fn the_title_is_neither_the_sites_name_nor_carries_it() {
    let head = "<meta property=og:site_name content='The Courier'><title>A bridge falls in the night | The Courier</title>";
    let with = |body: &str| page(&format!("{head}{body}")).title.unwrap();
    assert_eq!(with("<h1><a href='/'>The Courier</a></h1>"), "A bridge falls in the night");
    assert_eq!(
        with("<h1>The Courier</h1><h1>A bridge falls in the night</h1>"),
        "A bridge falls in the night"
    );
    assert_eq!(
        with("<h1><small>World</small> A bridge falls in the night</h1>"),
        "A bridge falls in the night"
    );
    assert_eq!(with("<h1>A BRIDGE FALLS IN THE NIGHT</h1>"), "A bridge falls in the night");
}

#[test]
fn the_headline_is_the_first_heading_that_is_about_what_the_page_declares() {
    let head = "<meta property=og:title content='Seven bridges that fell in 2026'><title>Seven bridges that fell</title>";
    let with = |body: &str| page(&format!("{head}{body}")).title.unwrap();
    assert_eq!(with("<h1>Bridges that fell</h1><h2>Seven bridges fell</h2>"), "Bridges that fell");
    assert_eq!(
        with("<h1>Bridges that fell</h1><h1>Where seven bridges were that fell</h1>"),
        "Bridges that fell"
    );
    assert_eq!(with("<h1>Stay in touch with us</h1>"), "Seven bridges that fell in 2026");
    assert_eq!(
        with("<h1>Bridges</h1><h2>Seven bridges that fell in 2026</h2>"),
        "Seven bridges that fell in 2026"
    );
}

#[test]
fn a_kicker_goes_where_the_page_declares_the_headline_without_it() {
    let with = |declared: &str, heading: &str| {
        page(&format!("<meta property=og:title content='{declared}'><h1>{heading}</h1>")).title.unwrap()
    };
    let title = "A bridge falls in the night";
    assert_eq!(with(title, "Opinion A bridge falls in the night"), title);
    assert_eq!(with(title, "A bridge falls in the night <i>Nov 2026</i>"), title);
    assert_eq!(
        with("Watch: A bridge falls in the night", "Watch: A bridge falls in the night"),
        "Watch: A bridge falls in the night"
    );
}

#[test]
fn a_declared_day_that_is_but_that_of_the_last_change_yields_to_the_day_that_is_shown() {
    let with = |published: &str, modified: &str| {
        let head = format!(
            "<meta property=article:published_time content='{published}'>\
             <meta property=article:modified_time content='{modified}'>"
        );
        let body = "<h1>A bridge falls in the night</h1><p>March 9, 2024</p>";
        page(&format!("{head}{body}")).published.unwrap().to_string()
    };
    assert_eq!(with("2024-05-01", "2024-05-01"), "2024-03-09");
    assert_eq!(with("2024-05-04", "2024-05-01"), "2024-03-09", "it was not changed before it was published");
    assert_eq!(with("2024-05-01", "2024-05-04"), "2024-05-01");
    assert_eq!(with("2024-05-01T10:00:00Z", "2024-05-01T10:00:00Z"), "2024-05-01T10:00:00+00:00");
}

#[test]
fn an_address_may_name_the_month() {
    let day = |url: &str| published_at(url, "<h1>A bridge falls</h1>");
    assert_eq!(day("https://a.example/2023/october/03/x").as_deref(), Some("2023-10-03"));
    assert_eq!(day("https://a.example/world/2023/Oct/3/x").as_deref(), Some("2023-10-03"));
    assert_eq!(day("https://a.example/2023/octopus/03/x"), None);
    let shown = "<h1>A bridge falls</h1><p class=date>03/10/2023</p><p>03/10/2023</p>";
    assert_eq!(published_at("https://a.example/2023/october/03/x", shown).as_deref(), Some("2023-10-03"));
}

#[test]
fn since_when_somebody_is_a_member_is_no_date_of_the_article() {
    let published = |class: &str| {
        let line = format!("<h1>A bridge falls</h1><dl><dd class='{class}'>Since 18.09.2008</dd></dl>");
        published_at("https://a.example/x", &line)
    };
    assert_eq!(published("profile-joined"), None);
    assert!(published("line").is_some());
}

#[test]
fn a_page_that_gives_its_title_as_its_sites_name_names_no_site() {
    let title =
        "<title>How to build: a bridge</title><meta property=og:site_name content='How to build: a bridge'>";
    let metadata = page(&format!("{title}<h1>How to build: a bridge</h1>"));
    assert_eq!(metadata.title.as_deref(), Some("How to build: a bridge"));
    assert_eq!(metadata.site_name.as_deref(), Some("courier.example"));
}

#[test]
fn entities_of_entities_are_read() {
    let metadata = page("<meta property=og:title content='Bridges &amp;amp;#x26; rivers fall'>");
    assert_eq!(metadata.title.as_deref(), Some("Bridges & rivers fall"));
    let metadata = page("<h1>Why &amp;amp;nbsp; keeps bridges together</h1>");
    assert_eq!(metadata.title.as_deref(), Some("Why &nbsp; keeps bridges together"));
}

#[test]
fn the_time_that_passed_since_is_no_other_date_than_the_declared_one() {
    let metadata = page(
        "<meta property=article:published_time content='2024-05-02T08:00:00Z'><h1>A bridge falls</h1>\
         <p class=meta>Published 31 minutes ago</p>",
    );
    assert_eq!(metadata.published.unwrap().to_string(), "2024-05-02T08:00:00+00:00");
}

#[test]
fn a_title_may_be_long() {
    let long = format!("A {}long bridge", "very ".repeat(200));
    let metadata = page(&format!("<title>{long}</title><h1>{long}</h1>"));
    assert_eq!(metadata.title, Some(long));
}

#[test]
fn a_byline_in_the_text_is_read_where_nothing_else_names_an_author() {
    let authors = |body: &str| page(&format!("<h1>A bridge falls at night</h1>{body}")).authors;
    assert_eq!(
        authors("<p class=byline>By <a href='/author/ann'>Ann Lee</a> and Bo Ek, Staff Writer</p>"),
        ["Ann Lee"]
    );
    assert_eq!(authors("<p>By Ann Lee and Bo Ek</p>"), ["Ann Lee", "Bo Ek"]);
    assert_eq!(
        authors("<div class=author-name>Ann Lee</div><div class=role>Chief Architect</div>"),
        ["Ann Lee"]
    );
    assert_eq!(authors("<aside><p class=author>Cy Fox</p></aside><p class=author>Ann Lee</p>"), ["Ann Lee"]);
    assert!(authors("<p class=author>ann@courier.example</p><p>By the way, it rained.</p>").is_empty());
}

#[test]
fn a_person_is_believed_before_the_sites_own_name() {
    let metadata = page(
        "<meta property=og:site_name content='Courier'><meta name=author content='Courier'>\
         <h1>A bridge falls at night</h1><p class=byline>By Ann Lee</p>",
    );
    assert_eq!(metadata.authors, ["Ann Lee"]);
}

#[test]
fn an_impossible_date_leaves_the_field_to_the_next_source() {
    for wrong in ["0000-00-00", "31/02/2024", "soon", "2024-13-45T10:00"] {
        let metadata = page(&format!(
            "<meta property=article:published_time content='{wrong}'><time datetime='2024-05-08T10:00:00Z'></time>"
        ));
        assert_eq!(metadata.published.unwrap().to_string(), "2024-05-08T10:00:00+00:00", "{wrong}");
    }
}

#[test]
fn a_date_of_the_future_is_doubted_and_comes_last() {
    let future = "<meta property=article:published_time content='2025-05-08'>";
    let metadata =
        read_with(future, |context| context.captured_at = Some("2024-05-10T12:00:00Z".parse().unwrap()));
    assert_eq!(metadata.published.unwrap().to_string(), "2024-05-08", "the address is believed");
    let url = Url::parse("https://courier.example/x").unwrap();
    let metadata = read_with(future, |context| context.url = Box::leak(Box::new(url)));
    assert_eq!(metadata.published.unwrap().to_string(), "2025-05-08");
    assert!(metadata.warnings[0].contains("doubtful"));
}

#[test]
fn a_date_before_1990_is_doubted_unless_readers_see_it_too() {
    let declared = "<meta property=article:published_time content=1987-06-12><h1>A bridge falls</h1>";
    let url = Url::parse("https://courier.example/x").unwrap();
    let read = |shown: &str| {
        read_with(&format!("{declared}{shown}"), |context| context.url = Box::leak(Box::new(url.clone())))
    };
    assert!(read("").warnings[0].contains("before 1990"));
    let told = read("<p class=date>June 12, 1987</p>");
    assert_eq!((told.published.unwrap().to_string().as_str(), told.warnings.len()), ("1987-06-12", 0));
}

#[test]
fn the_date_of_a_change_never_stands_in_for_that_of_publication() {
    let url = Url::parse("https://courier.example/x").unwrap();
    let metadata = read_with("<meta property=article:modified_time content='2024-05-09'>", |context| {
        context.url = Box::leak(Box::new(url));
    });
    assert_eq!(metadata.published, None);
    assert_eq!(metadata.modified.unwrap().to_string(), "2024-05-09");
}

#[test]
fn a_day_stays_a_day_unless_a_time_of_this_day_is_known() {
    let day = "<h1>A bridge falls at night</h1><p class=date>8 May 2024</p>";
    assert_eq!(page(day).published.unwrap().to_string(), "2024-05-08");
    let time = "<h1>A bridge falls at night</h1><p class=date>8 May 2024, 10:30</p>";
    assert_eq!(page(time).published.unwrap().to_string(), "2024-05-08T10:30:00");
}

#[test]
fn the_picture_in_the_page_is_taken_in_its_largest_form() {
    let metadata = page(
        "<meta property=og:image content='/social/bridge-4711942-share.jpg'><h1>A bridge falls at night</h1>\
         <img src='/img/logo.png'><img alt='The bridge' width=800 height=450 src='/img/bridge-4711942-400x225.jpg' \
         srcset='/img/bridge-4711942-800x450.jpg 800w, /img/bridge-4711942-1600x900.jpg 1600w'>",
    );
    let image = metadata.image.unwrap();
    assert_eq!(image.url.as_str(), "https://www.courier.example/img/bridge-4711942-1600x900.jpg");
    assert_eq!((image.alt.as_deref(), image.width, image.height), (Some("The bridge"), Some(800), Some(450)));
}

#[test]
fn the_declared_image_is_taken_where_the_page_shows_another() {
    let metadata = page(
        "<meta property=og:image content='/a-bridge.jpg'><h1>A bridge falls</h1><img src=/teaser-of-another.jpg>",
    );
    assert_eq!(metadata.image.unwrap().url.path(), "/a-bridge.jpg");
}

#[test]
fn tags_are_for_readers_and_a_section_is_none() {
    let metadata = page(
        "<meta property=article:section content=World><meta name=keywords \
         content='Bridges, River, bridges, 8f507083-bac4-423a-9015-2eb31e1bce50, editors_pick, NLP Category: News'>",
    );
    assert_eq!(metadata.tags, ["Bridges", "River"]);
    assert_eq!(metadata.section.as_deref(), Some("World"));
}

#[test]
fn the_sites_own_name_and_its_sections_are_no_tags() {
    let metadata = page(
        "<meta property=og:site_name content='The Daily Courier'><meta name=keywords content='Bridges, Courier, \
         The Daily Courier, (1), River'>",
    );
    assert_eq!(metadata.tags, ["Bridges", "River"]);
    let metadata = page(
        "<h1>A bridge falls</h1><a rel='category tag' href=/world>World</a><a rel=tag href=/t/bridges>Bridges</a>",
    );
    assert_eq!(metadata.tags, ["Bridges"]);
}

#[test]
fn tags_that_the_page_shows_outweigh_longer_keywords_and_those_of_every_page() {
    let shown = "<h1>A bridge falls</h1><ul class=tags><li><a href=/tag/bridges>Bridges</a><li><a href=/tag/rivers>Rivers</a></ul>";
    let with = |head: &str| page(&format!("{head}{shown}")).tags;
    let declared = "<meta property=article:tag content=Bridges><meta property=article:tag content=Rivers>";
    assert_eq!(
        with(&format!("<meta name=news_keywords content='Bridges, Rivers, World'>{declared}")),
        ["Bridges", "Rivers"]
    );
    assert_eq!(with("<meta name=keywords content='Newspaper, Breaking, World'>"), ["Bridges", "Rivers"]);
    assert_eq!(with("<meta name=keywords content='Bridges, Steel'>"), ["Bridges", "Steel"]);
    let menu = "<nav class=topics><a href=/topic/war>War</a><a href=/topic/peace>Peace</a></nav><h1>A bridge falls</h1>";
    assert!(page(menu).tags.is_empty());
}

#[test]
fn what_readers_are_told_to_be_the_day_of_publication_is_it() {
    let with = |shown: &str| {
        let head = "<meta property=article:published_time content='2024-01-02T10:00:00Z'>";
        let metadata = page(&format!("{head}<h1>A bridge falls in the night</h1>{shown}"));
        metadata.published.unwrap().date().to_string()
    };
    assert_eq!(with("<time class=publish-date datetime=2024-03-09>9 March</time>"), "2024-03-09");
    assert_eq!(with("<p>Published on March 9, 2024</p>"), "2024-03-09");
    assert_eq!(with("<p>Veröffentlicht am 9. März 2024</p>"), "2024-03-09");
    let changed = "<time class=publish-date datetime=2024-03-09>Last updated: March 9, 2024</time>";
    assert_eq!(with(changed), "2024-01-02");
    assert_eq!(with("<p class=date>March 9, 2024</p>"), "2024-01-02");
    assert_eq!(with("<div class='post status-publish'><p>March 9, 2024</p></div>"), "2024-01-02");
}

#[test]
fn of_two_dates_that_are_shown_the_label_tells_which_is_that_of_publication() {
    let times = "<p><span>Updated</span> <time datetime=2024-04-01>April 1</time> <span>Published:</span> \
                 <time datetime=2024-03-09>March 9</time></p>";
    let published = published_at("https://a.example/x", &format!("<h1>A bridge falls</h1>{times}"));
    assert_eq!(published.as_deref(), Some("2024-03-09"));
}

#[test]
fn the_day_of_reading_and_the_facts_of_a_list_are_no_dates_of_the_article() {
    let published = |body: &str| published_at("https://a.example/x", body);
    assert_eq!(published("<div class=today>Wednesday, May 8, 2024</div><h1>A bridge falls</h1>"), None);
    let facts = |term: &str| format!("<h1>A bridge falls</h1><dl><dt>{term}</dt><dd>May 8, 2024</dd></dl>");
    assert_eq!(published(&facts("Effective date")), None);
    assert_eq!(published(&facts("Date:")).as_deref(), Some("2024-05-08"));
    assert_eq!(published(&facts("Published")).as_deref(), Some("2024-05-08"));
    let data = |more: &str| {
        format!(
            "<h1>A bridge falls</h1><ul class=half-data><li>{more}</li><li>Opened:<b>May</b> 8, 2024</ul>"
        )
    };
    assert_eq!(published(&data("short")).as_deref(), Some("2024-05-08"));
    assert_eq!(published(&data(&"a long table ".repeat(10))), None);
}

#[test]
fn a_date_of_publication_after_the_last_change_is_doubted() {
    let metadata = json_ld(
        r#"{"@type": "Article", "headline": "A bridge falls", "datePublished": "2024-05-08", "dateModified": "2024-05-01"}"#,
    );
    assert!(metadata.said[&Field::Published][0].doubted);
    assert_eq!(metadata.warnings, ["the date of publication is after that of the last change"]);
}

#[test]
fn an_overline_is_left_out_of_the_headline_unless_a_colon_ties_it() {
    let title = |heading: &str| page(&format!("<h1>{heading}</h1>")).title.unwrap();
    let inside = |mark: &str| {
        title(&format!(
            "<span class=title__overline>The harbour</span>{mark}<span>A bridge falls at night</span>"
        ))
    };
    assert_eq!(inside(" "), "A bridge falls at night");
    assert_eq!(inside(" <i>-</i> "), "A bridge falls at night");
    assert_eq!(inside("<i>:</i> "), "The harbour: A bridge falls at night");
}

#[test]
fn numbers_in_front_of_a_headline_are_its_own() {
    let declared = "<meta property=og:title content='Bridges that fell in the night'>";
    let with = |heading: &str| page(&format!("{declared}<h1>{heading}</h1>")).title.unwrap();
    assert_eq!(with("12 Bridges that fell in the night"), "12 Bridges that fell in the night");
    assert_eq!(with("May 8 2024 Bridges that fell in the night"), "Bridges that fell in the night");
}

#[test]
fn the_first_heading_of_any_level_is_the_headline_where_none_is_of_the_first() {
    let declared = "<title>Ten bridges that fell in one night</title>";
    let metadata = page(&format!("{declared}<h2>The ten bridges that fell in a single night</h2>"));
    assert_eq!(metadata.title.as_deref(), Some("The ten bridges that fell in a single night"));
    let metadata = page(&format!(
        "{declared}<h1>Bridges that fell</h1><h2>The ten bridges that fell in a single night</h2>"
    ));
    assert_eq!(metadata.title.as_deref(), Some("Bridges that fell"));
}

#[test]
fn a_title_of_one_part_names_no_site() {
    let metadata = page("<title>What the Courier writes of bridges</title><h1>Courier</h1>");
    assert_eq!(metadata.site_name.as_deref(), Some("courier.example"));
    let metadata = page("<title>What the Courier writes | Courier</title>");
    assert_eq!(metadata.site_name.as_deref(), Some("Courier"));
}

#[test]
fn the_state_of_the_scripts_is_the_last_source() {
    let state = r#"<script id=__NEXT_DATA__ type=application/json>{"props": {"post": {"title": "A bridge falls",
        "author": {"name": "Ann Lee"}, "publishedAt": "2024-03-09T10:00:00Z"},
        "more": [{"title": "A gull returns", "author": {"name": "Bo Ek"}, "publishedAt": "2020-01-01"}]}}</script>"#;
    let url = Url::parse("https://courier.example/x").unwrap();
    let read = |html: &str| read_with(html, |context| context.url = Box::leak(Box::new(url.clone())));
    let metadata = read(&format!("<title>A bridge falls</title>{state}"));
    assert_eq!(metadata.authors, ["Ann Lee"]);
    assert_eq!(from(&metadata, Field::Authors), "script state");
    assert_eq!(metadata.published.unwrap().to_string(), "2024-03-09T10:00:00+00:00");
    let metadata = read(&format!("<meta name=author content='Cy Fox'><title>A bridge falls</title>{state}"));
    assert_eq!(metadata.authors, ["Cy Fox"]);
    let untitled =
        state.replace("\"title\": \"A bridge falls\"", "\"url\": \"/x\", \"headline\": \"A bridge falls\"");
    assert_eq!(read(&untitled).title.as_deref(), Some("A bridge falls"));
}

#[test]
fn a_day_that_a_short_script_writes_is_read_where_nothing_else_says_it() {
    let published = |script: &str| {
        published_at("https://a.example/x", &format!("<h1>A bridge</h1><script>{script}</script>"))
    };
    assert_eq!(published("showDate(\"2024/05/08\")").as_deref(), Some("2024-05-08"));
    assert_eq!(published("load('v2', '2024/05/08')"), None);
}

#[test]
fn hints_come_before_what_is_only_seen_and_rules_before_everything() {
    let mut candidate = Candidate::new(Url::parse(URL).unwrap());
    candidate.published = Some(Moment::parse("2024-05-05").unwrap());
    candidate.authors = vec!["Ann Lee".to_owned()];
    let rules = Rules {
        title: vec![Query::parse(".head").unwrap()],
        author: vec![Query::parse(".who").unwrap()],
        ..Rules::default()
    };
    let html = "<meta name=author content='Bo Ek'><h1>Not this</h1><b class=head>This one</b><i class=who>Cy Fox</i><p class=date>6 May 2024</p>";
    let url = Url::parse(URL).unwrap();
    let page = rules::Page { url: &url, captured_at: None, language: None, timezone: None };
    let ruled = Ruled::read(&mut Html::parse_document(html), &rules, &page);
    let metadata = read_with(html, |context| {
        context.hints = Some(Box::leak(Box::new(candidate)));
        context.rules = Box::leak(Box::new(ruled));
    });
    assert_eq!(metadata.title.as_deref(), Some("This one"));
    assert_eq!(metadata.authors, ["Cy Fox"]);
    assert_eq!(
        (metadata.published.unwrap().to_string().as_str(), from(&metadata, Field::Published)),
        ("2024-05-05", "hint")
    );
}

#[test]
fn a_heading_that_says_what_the_link_said_is_the_title() {
    let mut candidate = Candidate::new(Url::parse(URL).unwrap());
    candidate.title = Some("The gulls are back on the cliffs".to_owned());
    let html =
        "<title>Notes of a keeper</title><article><h1>The gulls are back on the cliffs</h1><p>Text</article>";
    let metadata = read_with(html, |context| context.hints = Some(Box::leak(Box::new(candidate))));
    assert_eq!(metadata.title.as_deref(), Some("The gulls are back on the cliffs"));
}

#[test]
fn hostile_pages_are_read_within_bounds() {
    let deep =
        format!("{{\"@type\": \"Article\", \"headline\": {}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(json_ld(&deep).title.as_deref(), Some("A bridge falls"));
    let large = format!("{{\"@type\": \"Article\", \"headline\": \"{}\"}}", "x".repeat(6 << 20));
    assert_eq!(json_ld(&large).warnings, ["1 of its JSON-LD scripts could not be read"]);
    let author = format!("<meta name=author content='{}'>", "Ann Lee, ".repeat(20_000));
    assert!(page(&author).authors.is_empty());
    let nested = "<div class='date author tags'>".repeat(1500) + "8 May 2024";
    assert_eq!(page(&nested).published.unwrap().to_string(), "2024-05-08");
    assert_eq!(page("").title, None);
}

/// Pieces of pages and of what stands in them, cut anywhere.
fn nearly_a_page() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let pieces = vec![
        "<script type=application/ld+json>",
        "</script>",
        "{\"@type\":\"Article\",\"author\":",
        "[\"By ",
        "\\u00",
        "\"}",
        "/*",
        "<h1>",
        "</h1>",
        "<time datetime=",
        "<p class=byline>By ",
        "Ann Lée",
        " and ",
        "written by ",
        "@x ",
        "2024-05-",
        "08 May",
        "<meta name=author content='",
        "'>",
        "<img srcset='",
        " 800w, ",
        "<article>",
        "</article>",
        "<div itemprop=author itemscope>",
        "</div>",
        "Ⱥﬁİß",
        " | ",
        ", MD",
    ];
    let piece = prop_oneof![
        prop::sample::select(pieces).prop_map(str::to_owned),
        any::<char>().prop_map(String::from)
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest::proptest! {
    #[test]
    fn any_page_is_read(html in nearly_a_page()) {
        let metadata = page(&html);
        proptest::prop_assert!(metadata.authors.iter().all(|name| !name.trim().is_empty() && name.chars().count() <= 90));
    }
}

#[test]
fn a_heading_over_the_headline_that_ends_the_pages_title_is_the_sites_name() {
    let read = |title: &str, headings: &str| {
        let metadata = page(&format!("<title>{title}</title>{headings}<p>Text"));
        (metadata.title.unwrap(), metadata.site_name.unwrap())
    };
    let told = |title: &str, site: &str| (title.to_owned(), site.to_owned());
    let squeak = "<h1>Handcart Forum</h1><h2>A squeak from the axle</h2>";
    assert_eq!(
        read("A squeak from the axle - Handcart Forum", squeak),
        told("A squeak from the axle", "Handcart Forum")
    );
    let below = "<h2>Handcart Forum</h2><h1>How to mend an axle</h1>";
    assert_eq!(read("Handcart Forum - How to mend an axle", below).0, "How to mend an axle");
    let twice = "<h1>A squeak from the axle</h1><h2>Handcart Forum</h2>";
    assert_eq!(read("A squeak from the axle - Handcart Forum", twice).0, "A squeak from the axle");
}

#[test]
fn a_description_is_sentences() {
    for (said, read) in [
        ("The bridge fell. Nobody was on it. Read more", Some("The bridge fell. Nobody was on it.")),
        ("The bridge fell at noon. Continue reading →", Some("The bridge fell at noon.")),
        ("Die Brücke fiel um zwölf. Weiterlesen", Some("Die Brücke fiel um zwölf.")),
        ("The bridge fell, as it had to", Some("The bridge fell, as it had to")),
        (
            "The bridge fell. Read more books, said the mayor",
            Some("The bridge fell. Read more books, said the mayor"),
        ),
        ("This website uses cookies. Accept all", None),
        ("Sign up for our newsletter and never miss a story", None),
    ] {
        let metadata = page(&format!("<meta name=description content='{said}'>"));
        assert_eq!(metadata.description.as_deref(), read, "{said}");
    }
}

#[test]
fn names_that_are_written_last_first_are_turned_where_a_list_shows_it() {
    let authors = |head: &str| page(&format!("<h1>A bridge falls</h1>{head}")).authors;
    assert_eq!(authors("<meta name=author content='Lee, Ann; Ek, Bo'>"), ["Ann Lee", "Bo Ek"]);
    assert_eq!(authors("<meta name=citation_author content='van Ek, Bo'>"), ["Bo van Ek"]);
    assert_eq!(authors("<meta name=author content='Ann Lee, Bo Ek'>"), ["Ann Lee", "Bo Ek"]);
}

#[test]
fn who_is_named_in_an_item_of_another_kind_is_no_author() {
    let inner = |kind: &str| {
        page(&format!(
            "<article itemscope itemtype='https://schema.org/Article'><h1>A bridge falls</h1><p class=byline>By Ann Lee</p>\
             <div itemprop=x itemscope itemtype='https://schema.org/{kind}'><span itemprop=author>Bo Ek</span></div>"
        ))
        .authors
    };
    for kind in ["Comment", "ImageObject", "Answer"] {
        assert_eq!(inner(kind), ["Ann Lee"], "{kind}");
    }
}

#[test]
fn a_sites_name_is_what_its_home_link_says_with_any_sign_on_either_side() {
    let at = "https://www.lowquay.example/a/bridge";
    let home = "<div class=logo><a href='/'><img alt='Quayside Gazette logo'></a></div>";
    for title in [
        "A bridge falls → Quayside Gazette",
        "Quayside Gazette：A bridge falls",
        "【Quayside Gazette】A bridge falls",
        "A bridge falls (Quayside Gazette)",
        "A bridge falls - Gazette",
        "Quayside Gazette_A bridge falls",
    ] {
        let html = format!("<title>{title}</title>{home}<article><p>Text</article>");
        let metadata = read_at(at, &html, |_| {});
        assert_eq!(metadata.title.as_deref(), Some("A bridge falls"), "{title}");
    }
    for title in
        ["Anti-Quayside Gazette march", "Quayside Gazette's new presses", "Quayside Gazette wins a prize"]
    {
        let html = format!("<title>{title}</title>{home}<article><p>Text</article>");
        assert_eq!(read_at(at, &html, |_| {}).title.as_deref(), Some(title));
    }
}

#[test]
fn the_address_tells_a_headline_from_a_name_beside_it() {
    let at = "https://www.lowquay.example/town/ropeworks-burn-nine-hours.html";
    let title = |html: &str| read_at(at, html, |_| {}).title.unwrap();
    let headline = "Ropeworks burn for nine hours";
    assert_eq!(title(&format!("<title>Boats & Ropes | {headline}</title>")), headline);
    assert_eq!(title(&format!("<title>{headline} – Boats & Ropes</title>")), headline);
    let og = "<title>Town App</title><meta property=og:title content='Town App'>";
    assert_eq!(title(&format!("{og}<article><h1>{headline}</h1></article>")), headline);
    let whole = "Ropeworks burn for nine hours – and nobody was hurt";
    assert_eq!(title(&format!("<title>{whole}</title>")), whole);
    let whole = "Ropeworks burn for nine hours - Town Mourns";
    assert_eq!(title(&format!("<title>{whole}</title><h1>{whole}</h1>")), whole);
}

#[test]
fn a_heading_of_the_frame_never_beats_what_is_called_the_title() {
    let site = "Quayside Gazette";
    for frame in [
        format!("<header><h1>{site}</h1><nav>News</nav></header>"),
        format!("<div class=masthead><h1>{site}</h1></div>"),
        "<div class=cookie-consent><h1>We value your privacy</h1></div>".to_owned(),
        "<div class=menu><h1>Main menu</h1></div>".to_owned(),
        format!("<h1 hidden>{site} and more</h1>"),
    ] {
        let html = format!(
            "<title>{site}</title>{frame}<div><div class=entry-title>A bridge falls</div><p>Text</div>"
        );
        assert_eq!(page(&html).title.as_deref(), Some("A bridge falls"), "{frame}");
    }
}

#[test]
fn links_to_itself_readings_and_lines_below_are_no_part_of_a_headline() {
    let title = |inner: &str| page(&format!("<article><h1>{inner}</h1></article>")).title.unwrap();
    assert_eq!(title("A bridge falls<a class=headerlink href='#x'>#</a>"), "A bridge falls");
    assert_eq!(title("A bridge falls <a class=anchor href='#x'>Link here</a>"), "A bridge falls");
    assert_eq!(title("A bridge falls <small>Nobody was hurt</small>"), "A bridge falls");
    assert_eq!(title("A bridge falls <time>3 Feb</time>"), "A bridge falls");
    assert_eq!(title("<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>の朝"), "港の朝");
    assert_eq!(title("What is new in C#"), "What is new in C#");
    assert_eq!(title("The <small>small</small> bridge"), "The small bridge");
}

#[test]
fn a_heading_without_capitals_is_not_lengthened_to_the_pages_title() {
    let metadata = page("<title>港の朝と古い時計台 – The Quay</title><h1>港の朝と古い時計台</h1>");
    assert_eq!(metadata.title.as_deref(), Some("港の朝と古い時計台"));
}

#[test]
fn tags_are_read_from_lists_labels_and_links_that_are_called_so() {
    let tags =
        |inner: &str| page(&format!("<article><h1>A bridge falls</h1><p>Text</p>{inner}</article>")).tags;
    for list in [
        "<p>tags: <a href=/t/rope>Rope</a>, <a href=/t/fire>Fire</a></p>",
        "<div><b>Schlagwörter:</b> <a href=/x/rope>Rope</a> <a href=/x/fire>Fire</a></div>",
        "<dl><dt>Tagged with</dt><dd><a href=/x/1>Rope</a> <a href=/x/2>Fire</a></dd></dl>",
        "<nav class=md-tags><span class=md-tag>Rope</span><span class=md-tag>Fire</span></nav>",
        "<p><a class=post-tag href=/q/tagged/rope>Rope</a> <a class=post-tag href=/q/tagged/fire>Fire</a></p>",
        "<div class=tags><a href=/tag/rope>#Rope</a> <a href=/tag/fire>#Fire</a> <a href=/tag/posts>posts</a></div>",
        "<div id=catlinks><a href=/w/Special:Categories>Categories</a>: <ul><li><a href=/w/Category:Rope>Rope</a></li>\
         <li><a href=/w/Category:Fire>Fire</a></li></ul></div>",
    ] {
        assert_eq!(tags(list), ["Rope", "Fire"], "{list}");
    }
    assert!(tags("<p>Topics: <b>none</b></p>").is_empty());
}

#[test]
fn what_a_feed_says_of_its_subjects_counts_where_the_page_names_none() {
    let mut candidate = Candidate::new(Url::parse(URL).unwrap());
    candidate.tags = vec!["Rope".to_owned(), "Uncategorized".to_owned(), "Fire".to_owned()];
    let hints: &Candidate = Box::leak(Box::new(candidate));
    let tags = |html: &str| read_with(html, |context| context.hints = Some(hints)).tags;
    assert_eq!(tags("<article><h1>A bridge falls</h1><p>Text</article>"), ["Rope", "Fire"]);
    assert_eq!(tags("<meta name=keywords content='ice, tide'><article><p>Text</article>"), ["ice", "tide"]);
}

#[test]
fn a_date_is_read_in_the_order_in_which_its_listing_read_it() {
    let published = |listed: &str| {
        let mut candidate = Candidate::new(Url::parse(URL).unwrap());
        candidate.published = Moment::parse(listed).ok();
        let hints: &Candidate = Box::leak(Box::new(candidate));
        let html = "<article><h1>A bridge falls</h1><p class=date>5/11/2024</p><p>Text</article>";
        let metadata = read_with(html, |context| context.hints = Some(hints));
        metadata.day_order
    };
    assert_eq!(published("2024-11-05"), Some(DayOrder::DayFirst));
    assert_eq!(published("2024-05-11"), Some(DayOrder::MonthFirst));
}

#[test]
fn a_title_may_be_one_short_word() {
    let metadata =
        page("<title>Fog - The Ferryman</title><header><a href=/>The Ferryman</a></header><h1>Fog</h1>");
    assert_eq!(metadata.title.as_deref(), Some("Fog"));
    let metadata = page("<title>Fog - The Ferryman</title><article><h1>Fog</h1><p>Text</article>");
    assert_eq!(metadata.title.as_deref(), Some("Fog"), "where nothing else names the site");
}

#[test]
fn more_from_a_section_is_no_byline() {
    let metadata = page(
        "<td><b>More from World</b></td><h1>A bridge falls at night</h1><font>Monday<br>By Ann Lee</font>",
    );
    assert_eq!(metadata.authors, ["Ann Lee"]);
}
