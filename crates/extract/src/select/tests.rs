//! Whole pages, written for these tests.

use proptest::prelude::*;
use tearsheet_html::PageData;
use url::Url;

use super::{Reasons, Selection, SelectionContext, select};
use crate::dom::{Scripting, parse};
use crate::segment::{Blocks, segment};
use crate::stage::Probe;

const PARAGRAPHS: [&str; 6] = [
    "The harbour of Vessel Bay will close to large ships from Monday, the port authority said, after divers found \
     cracks in two of the pillars that carry the old coal pier.",
    "“We do not want to wait until something falls on somebody,” harbour master Ida Grünwald told reporters, adding \
     that the work would take at least until the end of the summer.",
    "The pier was built in 1911, and it was last inspected nine years ago. Since then, salt water has eaten deep \
     into the concrete, and some of the steel has lost a third of its thickness.",
    "Fishing boats may still land their catch at the southern quay. For them, little changes, although the ice \
     factory next to the pier has had to move its lorries to another gate.",
    "Shipping companies were less relaxed. One of them, which brings timber from the north twice a week, said that \
     the detour to the next port would cost it several thousand a day.",
    "The town council is to decide in May whether the pier is repaired or torn down. Both would be expensive, and \
     for either of them the town would have to borrow money.",
];

fn look<T>(
    html: &str,
    context: &SelectionContext<'_>,
    then: impl FnOnce(&Blocks, Option<Selection>) -> T,
) -> T {
    let document = parse(html, Scripting::Enabled);
    let page = segment(&document, Scripting::Enabled);
    let data = PageData::of(&document);
    let selection = select(&document, &data, &page, context, &mut Reasons::default());
    then(&page, selection)
}

fn texts(html: &str, context: &SelectionContext<'_>) -> Vec<String> {
    look(html, context, |page, selection| {
        let blocks = selection.map(|selection| selection.blocks).unwrap_or_default();
        blocks.iter().map(|at| page.text(*at).to_owned()).collect()
    })
}

fn url() -> Url {
    Url::parse("https://courier.example/harbour/pier-closes").unwrap()
}

fn context(url: &Url) -> SelectionContext<'_> {
    SelectionContext {
        url,
        title: "Old pier closes to large ships",
        ruled: None,
        hint: None,
        probe: Probe::NONE,
    }
}

/// A news page with the paragraphs in `wrap`, and everything that stands around an article.
fn news_page(open: &str, close: &str, wrap: (&str, &str)) -> String {
    let promotion = format!("{}READ ALSO: <a href=/x>Ferry line gets a second boat</a>{}", wrap.0, wrap.1);
    let mut body: Vec<String> = PARAGRAPHS.iter().map(|text| format!("{}{text}{}", wrap.0, wrap.1)).collect();
    body.insert(3, promotion);
    format!(
        r#"<!doctype html><title>Old pier closes to large ships – Courier</title><meta property=og:type content=article>
        <meta property=og:title content="Old pier closes to large ships">
        <body><header><nav><ul><li><a href=/>Home</a><li><a href=/w>World</a><li><a href=/s>Sport</a></ul></nav></header>
        {open}<h1>Old pier closes to large ships</h1><div class=meta>Wed May 08 2024</div>
        <div class=share-bar><span>icon-facebook icon-twitter icon-whatsapp</span></div>
        {}
        <div class=share-bar><span>icon-facebook icon-twitter icon-whatsapp</span></div>{close}
        <div class=newsletter><p>Sign up for our newsletter and get the news of the harbour every morning.</p></div>
        <section class=related><h2>Related stories</h2><ul><li><a href=/1>Ice factory turns eighty</a>
        <li><a href=/2>Council borrows for the school</a></ul></section>
        <section id=comments class=comments><h3>2 comments</h3><div class=comment><p>They should have looked at it
        years ago, everybody who has ever been down there knew what it looked like.</p></div></section>
        <footer><p>© 2024 Courier. All rights reserved.</p><a href=/i>Imprint</a></footer>"#,
        body.join("\n")
    )
}

#[test]
fn an_article_is_found_in_any_template() {
    let url = url();
    for (open, close, wrap) in [
        ("<main><article class=story>", "</article></main>", ("<p>", "</p>")),
        ("<div id=content><div class=entry-content>", "</div></div>", ("<p>", "</p>")),
        ("<div class=a><div class=b>", "</div></div>", ("<div>", "</div>")),
        ("<table><tr><td>", "</td></tr></table>", ("", "<br><br>")),
    ] {
        assert_eq!(texts(&news_page(open, close, wrap), &context(&url)), PARAGRAPHS, "{open}");
    }
}

#[test]
fn what_a_feed_carries_is_content() {
    let url = url();
    let note = "Correction: an earlier version of this text named another year, and another harbour master.";
    let html = news_page(
        "<article>",
        &format!("</article><aside class=widget><p>{note}</p></aside>"),
        ("<p>", "</p>"),
    );
    let hint = format!("<p>{}</p><p>{note}</p>", PARAGRAPHS.join("</p><p>"));
    let hinted = SelectionContext { hint: Some(&hint), ..context(&url) };
    assert!(texts(&html, &hinted).iter().any(|text| text == note));
}

#[test]
fn a_teaser_that_a_page_declares_as_its_body_takes_nothing_away() {
    let url = url();
    let html = news_page("<article>", "</article>", ("<p>", "</p>"));
    let teaser = serde_json::json!({"@type": "NewsArticle", "articleBody": PARAGRAPHS[0]}).to_string();
    let html = format!("<script type=application/ld+json>{teaser}</script>{html}");
    assert_eq!(texts(&html, &context(&url)), PARAGRAPHS);
}

#[test]
fn the_root_holds_what_is_kept_and_little_else() {
    let url = url();
    let html = news_page("<main><article class=story>", "</article></main>", ("<p>", "</p>"));
    let document = parse(&html, Scripting::Enabled);
    let page = segment(&document, Scripting::Enabled);
    let data = PageData::of(&document);
    let selection = select(&document, &data, &page, &context(&url), &mut Reasons::default()).unwrap();
    let root = document.tree.get(selection.root).unwrap();
    assert_eq!(root.value().as_element().unwrap().name(), "article");
    assert!(selection.kept.iter().all(|id| document.tree.get(*id).unwrap().value().is_text()));
    assert!(selection.confidence > 0.9 && selection.warnings.is_empty());
}

#[test]
fn a_page_without_text_has_no_article() {
    let url = url();
    for html in [
        "",
        "<p></p>",
        "<script>x()</script>",
        "<img src=x>",
        "<!-- x -->",
        "<frameset><frame src=x></frameset>",
    ] {
        assert!(look(html, &context(&url), |_, selection| selection.is_none()), "{html}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn tag_soup_never_panics(parts in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<div class='ad nav'>", "</div>", "<br>", "<br><br>", "<table><tr><td>", "</table>", "<a href=x>",
        "</a>", "<h1>", "</h2>", "<li>", "<ul>", "<svg>", "<math>", "<select>", "<noscript>", "<template>", "<body>",
        "text of some words, and a sentence.", "x", "关联新闻。", "\u{0}", "<script>", "<form>", "&amp;", "<pre>",
    ]), 0..60)) {
        let url = url();
        look(&parts.concat(), &context(&url), |page, selection| {
            if let Some(selection) = selection {
                assert!(selection.blocks.iter().all(|at| *at < page.blocks.len()));
            }
        });
    }
}
