//! `tearsheet extract`: a JSON line a page.

use std::fs;

use serde_json::{Value, json};

use crate::program::Program;

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>The pier is closed</title>
<link rel="license" href="http://creativecommons.org/licenses/by-sa/4.0/deed.de">
<meta property="article:content_tier" content="metered">
<meta property="og:image" content="/pier.jpg"><meta property="og:image:alt" content="A pier">
<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630"></head>
<body><main><h1>The old coal pier is closed</h1><p class="byline">By Tom Harrow</p>
<p>The harbour of Vessel Bay will close to large ships from Monday, the port authority said, after divers found cracks
in two of the pillars that carry the old coal pier.</p>
<p>The pier was built in 1911, and it was last inspected nine years ago. Since then, salt water has eaten deep into the
concrete, and some of the steel has lost a third of its thickness, which nobody had expected.</p></main></body></html>"#;

/// What `extract` says of [`PAGE`], saved from courier.example, in a root with these rules and these arguments more.
fn extract(program: &Program, arguments: &[&str]) -> Value {
    fs::write(program.path("page.html"), PAGE).unwrap();
    let file = program.path("page.html");
    let page = ["extract", file.to_str().unwrap(), "--url", "https://courier.example/harbour/pier"];
    let ended = program.call(&[&page, arguments].concat());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    ended.json()
}

#[test]
fn a_line_has_each_field_in_its_form() {
    let line = extract(&Program::new("", &[]), &[]);
    let keys: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "access",
            "authors",
            "description",
            "html",
            "id",
            "image",
            "image_alt",
            "image_height",
            "image_width",
            "is_accessible_for_free",
            "language",
            "license",
            "modified",
            "published",
            "reading_minutes",
            "section",
            "site_name",
            "tags",
            "text",
            "title",
            "url",
            "warnings",
            "word_count"
        ]
    );
    assert_eq!(line["image"], "https://courier.example/pier.jpg");
    assert_eq!((&line["image_alt"], &line["image_width"]), (&json!("A pier"), &json!(1200)));
    assert_eq!(line["image_height"], 630);
    assert_eq!((&line["access"], &line["is_accessible_for_free"]), (&json!("metered"), &json!(false)));
    assert_eq!(line["license"], "https://creativecommons.org/licenses/by-sa/4.0/");
    assert_eq!(line["reading_minutes"], 1);
    assert_eq!(line["word_count"], line["text"].as_str().unwrap().split_whitespace().count());
}
