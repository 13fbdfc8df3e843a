use super::*;
use crate::extract::{Page, Settings, explain};

const TITLE: &str =
    "The old coal pier of Vessel Bay is closed to large ships from Monday until somebody pays for it";

fn explained(width: usize) -> String {
    let paragraph =
        format!("<p>{}</p>", "Divers found cracks in two of the pillars that carry the old pier. ".repeat(6));
    let html = format!(
        "<meta property=og:title content='{TITLE}'><meta property=og:image content='/{0}.jpg'>
         <meta property=og:image:alt content='A pier'><meta property=og:image:width content=1200>
         <article class={0}><h1>{TITLE}</h1>{paragraph}{paragraph}</article>",
        "a-name-without-end-".repeat(9),
    );
    let url = url::Url::parse("https://courier.example/pier").unwrap();
    let page = Page { url: &url, content_type: None, bytes: html.as_bytes(), captured_at: None, hints: None };
    let explanation = explain(&page, &Settings::default());
    text(
        &Printed { version: 1, read_from: ReadFrom::File, captured_at: None, explanation },
        Some(width),
        false,
    )
}

#[test]
fn a_winner_is_shown_whole_in_any_width_and_no_line_is_wider() {
    for width in [60, 80, 120] {
        let text = explained(width);
        assert!(text.lines().all(|line| measure_text_width(line) <= width), "{text}");
        assert!(folded(&text).contains(&format!("title {TITLE} h1")), "{text}");
        assert!(text.contains("            1200 wide, “A pier”\n"), "{text}");
    }
}
