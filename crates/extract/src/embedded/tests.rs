//! Data of pages, written for these tests.

use super::*;
use crate::choice::Said;
use crate::dom::{Scripting, parse};

const TITLE: &str = "The old coal pier is closed";
const SENTENCE: &str =
    "Divers found cracks in two of the pillars that carry the pier, and nobody may walk on it until spring. ";

fn metadata() -> Metadata {
    let said = Said { from: "title", value: TITLE.to_owned(), at: None, doubted: false };
    Metadata { said: [(Field::Title, vec![said])].into(), ..Metadata::default() }
}

fn searched(page: &str) -> Search {
    let url = Url::parse("https://courier.example/news/pier-7731").unwrap();
    search(&parse(page, Scripting::Enabled), &url, &metadata())
}

fn found(page: &str) -> Option<Found> {
    searched(page).found
}

fn state(json: &str) -> String {
    format!("<script>window.S = {json};</script>")
}

fn text(times: usize) -> String {
    SENTENCE.repeat(times)
}

#[test]
fn the_place_of_a_text_is_told_as_a_way_to_it() {
    let page = state(&format!(
        r#"{{"pages": [{{"story": {{"title": "{TITLE}", "content": {{"body": "{}"}}}}}}]}}"#,
        text(3)
    ));
    assert_eq!(found(&page).unwrap().place, "script window.S pages[0].story.content.body");
}

#[test]
fn a_title_beside_the_text_tells_whose_it_is() {
    let text = text(3);
    let page = state(&format!(
        r#"{{"a": {{"headlines": {{"basic": "{TITLE}"}}, "content_elements": [{{"type": "text", "content": "{text}"}}]}}}}"#
    ));
    assert!(found(&page).unwrap().html.contains(SENTENCE));
    let page = state(&format!(r#"{{"a": {{"seo": {{"title": "{TITLE}"}}, "html": "<p>{text}</p>"}}}}"#));
    assert!(found(&page).unwrap().html.contains(SENTENCE));
}

#[test]
fn the_number_in_the_address_tells_whose_a_text_is() {
    let page = state(&format!(
        r#"{{"posts": [{{"id": 7730, "body": "{0}"}}, {{"id": 7731, "body": "It is. {0}"}}]}}"#,
        text(3)
    ));
    assert!(found(&page).unwrap().html.contains("It is. "));
}

#[test]
fn texts_of_others_are_not_taken() {
    let text = text(5);
    for json in [
        format!(r#"{{"title": "Gulls", "slug": "gulls", "x": "{TITLE}", "body": "{text}"}}"#),
        format!(r#"{{"title": "{TITLE}", "related": [{{"title": "Gulls", "body": "{text}"}}]}}"#),
        format!(
            r#"{{"title": "{TITLE}", "author": {{"bio": "{text}"}}, "comments": [{{"body": "{text}"}}]}}"#
        ),
        format!(r#"{{"title": "{TITLE}", "more": {{"title": "Gulls", "body": "{text}"}}}}"#),
        format!(
            r#"{{"title": "{TITLE}", "stories": [{{"title": "Gulls", "url": "/gulls", "text": "{text}"}}]}}"#
        ),
        format!(
            r#"{{"title": "{TITLE}", "delivery": "{text}", "specs": [{{"name": "Colour", "value": "red"}}]}}"#
        ),
        format!(r#"{{"title": "{TITLE}", "cookieConsent": {{"text": "{text}"}}}}"#),
        format!(r#"{{"title": "{TITLE}", "body": "Too short to be one."}}"#),
    ] {
        assert!(found(&state(&json)).is_none(), "{json}");
    }
}

#[test]
fn a_question_and_its_answers_are_a_thread() {
    let page = format!(
        r#"<script type="application/ld+json">{{"@type": "QAPage", "mainEntity": {{"@type": "Question", "name": "{TITLE}",
        "text": "{SENTENCE}", "author": {{"name": "Ann"}}, "acceptedAnswer": {{"text": "Yes. {SENTENCE}", "author": {{"name": "Bo"}}}},
        "suggestedAnswer": [{{"text": "No. {SENTENCE}", "author": {{"name": "Cy"}}}}]}}}}</script>"#
    );
    let html = found(&page).unwrap().html;
    let at = |name: &str| html.find(&format!("data-username=\"{name}\"")).unwrap();
    assert!(at("Ann") < at("Bo") && at("Bo") < at("Cy"));
}

#[test]
fn the_blocks_of_each_editor_are_written_as_html() {
    let long = "Divers found cracks in two of the pillars.";
    for (json, expected) in [
        (
            format!(
                r#"{{"type":"doc","content":[{{"type":"paragraph","content":[{{"type":"text","text":"{long} "}},{{"type":"text","text":"Two","marks":[{{"type":"bold"}}]}}]}}]}}"#
            ),
            format!("<p>{long} <strong>Two</strong></p>"),
        ),
        (
            format!(
                r#"{{"nodeType":"document","content":[{{"nodeType":"heading-3","content":[{{"nodeType":"text","value":"Cracks"}}]}},{{"nodeType":"paragraph","content":[{{"nodeType":"text","value":"{long}"}},{{"nodeType":"hyperlink","data":{{"uri":"/x"}},"content":[{{"nodeType":"text","value":"here"}}]}}]}}]}}"#
            ),
            format!("<h3>Cracks</h3>|<p>{long}<a href=\"/x\">here</a></p>"),
        ),
        (
            format!(
                r#"{{"root":{{"type":"root","children":[{{"type":"paragraph","children":[{{"type":"text","format":2,"text":"{long}"}}]}}]}}}}"#
            ),
            format!("<p><em>{long}</em></p>"),
        ),
        (
            format!(
                r#"{{"blocks":[{{"type":"header","data":{{"text":"Cracks","level":2}}}},{{"type":"paragraph","data":{{"text":"{long} <b>Two</b>"}}}},{{"type":"list","data":{{"style":"ordered","items":["one","two"]}}}}]}}"#
            ),
            format!("<h2>Cracks</h2>|<p>{long} <b>Two</b></p>|<ol><li>one</li>|<li>two</li>|</ol>"),
        ),
        (
            format!(
                r#"[{{"_type":"block","style":"h2","children":[{{"_type":"span","text":"Cracks"}}]}},{{"_type":"block","style":"normal","children":[{{"_type":"span","text":"{long}"}}]}},{{"_type":"block","listItem":"bullet","children":[{{"_type":"span","text":"one"}}]}}]"#
            ),
            format!("<h2>Cracks</h2>|<p>{long}</p>|<ul><li>one</li>|</ul>"),
        ),
        (
            format!(
                r#"[{{"name":"core/paragraph","attributes":{{"content":"{long}"}}}},{{"name":"core/image","attributes":{{"url":"/a.jpg","caption":"A pier"}}}}]"#
            ),
            format!(
                "<p>{long}</p>|<figure><img src=\"/a.jpg\" alt=\"\"><figcaption>A pier</figcaption></figure>"
            ),
        ),
        (
            format!(
                r#"[["$","p",null,{{"children":["{long} ",["$","a",null,{{"href":"/x","children":"here"}}]]}}],["$","script",null,{{"children":"x()"}}]]"#
            ),
            format!("<p>{long} <a href=\"/x\">here</a></p>"),
        ),
        (format!(r#"["{long}", "{long}"]"#), format!("<p>{long}</p>|<p>{long}</p>")),
        (format!(r#""{long} A &amp; B & C <i>d</i>""#), format!("<p>{long} A &amp; B & C <i>d</i></p>")),
    ] {
        let mut graph = graph::Graph::default();
        let read = literal::read(&json, 0, &mut graph).unwrap();
        let html = markup::html(&graph, read.root);
        assert_eq!(html.trim().replace('\n', "|"), expected, "{json}");
    }
}

#[test]
fn what_is_too_large_is_told_once_and_the_next_source_is_used() {
    let next = state(&format!(r#"{{"title": "{TITLE}", "body": "{}"}}"#, text(5)));
    let filled =
        format!(r#"<script>window.A = {{"title": "{TITLE}", "x": "{}"}}</script>"#, "x".repeat(5 << 20));
    let nested = format!(
        r#"<script id=__NEXT_DATA__ type=application/json>{{"t": "{TITLE}", "x": {}</script>"#,
        "[".repeat(10_000)
    );
    let crowded = format!("<script>window.B = [\"{TITLE}\", {}1]</script>", "0,".repeat(1 << 20));
    for (large, count) in [(&filled, 1), (&nested, 1), (&crowded, 1), (&[&*filled, &*nested].concat(), 2)] {
        let search = searched(&[large, &*next].concat());
        assert_eq!(search.too_large, count);
        assert!(search.found.is_some());
    }
}

#[test]
fn a_body_is_given_up_only_for_one_that_is_clearly_longer_and_not_on_the_page() {
    let body = |text: String| Rendered { word_count: count_words(&text), text, ..Rendered::default() };
    let told: String = (0..200).map(|n| format!("word{n} ")).collect();
    let teaser: String = (0..50).map(|n| format!("word{n} ")).collect();
    let other: String = (0..50).map(|n| format!("other{n} ")).collect();
    let check =
        |shown: &str, visible: &str| is_better(&body(told.clone()), Some(&body(shown.to_owned())), visible);
    assert!(check(&teaser, &teaser));
    assert!(!check(&teaser, &told), "it stands on the page");
    assert!(!check(&other, &other), "it is another text");
    assert!(check("Subscribe now", ""));
    assert!(!check(&told[..told.len() * 2 / 3], ""), "it is not much longer");
}

#[test]
fn rows_that_each_stand_for_the_next_one_twice_are_written_within_bounds() {
    let row =
        |at: usize| format!(r#"{at:x}:{{\"title\":\"{TITLE}\",\"body\":[\"${0:x}\",\"${0:x}\"]}}\n"#, at + 1);
    let rows: String = (1..4000).map(row).collect();
    let page = format!("<script>self.__next_f.push([1,\"{rows}\"])</script>");
    assert!(found(&page).is_none());
}
