use super::*;
use crate::dom::{Scripting, parse};
use crate::lang::noise;
use crate::segment::segment;
use crate::select::landmarks;

/// Settles the blocks of `html`: those that begin with `-` were not chosen and are unlikely, the others were and are likely.
/// Says which are kept.
fn settled(html: &str, unlikely: f32) -> Vec<String> {
    let document = parse(html, Scripting::Enabled);
    let page = segment(&document, Scripting::Enabled);
    let landmarks = landmarks::find(&page, "Tides");
    let mut noise = noise::of_page(&page);
    let mut kept: Vec<bool> = (0..page.blocks.len()).map(|at| !page.text(at).starts_with('-')).collect();
    let likely: Vec<f32> = kept.iter().map(|kept| if *kept { 0.9 } else { unlikely }).collect();
    let mut reasons = Reasons::new(Reason::Judge, &kept, likely.clone());
    let judged = Judged { page: &page, landmarks: &landmarks, likely: &likely, is_thread: false };
    settle(&judged, &mut noise, &mut kept, &mut reasons);
    (0..kept.len()).filter(|at| kept[*at]).map(|at| page.text(at).to_owned()).collect()
}

fn check(html: &str, expected: &[&str]) {
    assert_eq!(settled(html, 0.1), expected, "{html}");
}

const TEXT: &str =
    "The tide came in over the stones, and with it came the boats that had waited for the moon to rise.";

#[test]
fn a_hole_between_siblings_is_filled_and_the_ends_stay_open() {
    check("<p>- a</p><p>b</p><p>- c</p><p>d</p><p>- e</p>", &["b", "- c", "d"]);
    check("<p>a</p><aside><p>- note</p></aside><p>b</p>", &["a", "- note", "b"]);
    check(
        "<p>a</p><table><tr><th>- x<th>- y<tr><td>- 1<td>- 2</table><p>b</p>",
        &["a", "- x", "- y", "- 1", "- 2", "b"],
    );
}

#[test]
fn a_hole_of_any_size_is_filled() {
    let holes = "<p>- tide</p>".repeat(500);
    assert_eq!(settled(&format!("<article><p>a</p>{holes}<p>b</p></article>"), 0.05).len(), 502);
}

#[test]
fn what_is_named_as_something_else_is_no_hole() {
    check("<p>a</p><div class=related><p>- c</p></div><p>b</p>", &["a", "b"]);
    check("<p>a</p><nav><p>- c</p></nav><p>b</p>", &["a", "b"]);
    check("<p>a</p><form><p>- c</p></form><p>b</p>", &["a", "b"]);
    check("<p>a</p><p><a href=/x>- another story of ours</a></p><p>b</p>", &["a", "b"]);
    check("<p>a</p><p>- Sign up for our newsletter</p><p>b</p>", &["a", "b"]);
    assert_eq!(settled("<p>a</p><p>- c</p><p>b</p>", 0.0), ["a", "b"]);
}

#[test]
fn what_readers_wrote_goes_where_a_post_stands_outside_of_it() {
    let remarks = "<ol class=comment-list><li class=comment><p>- one</p><li class=comment><p>two</p></ol>";
    check(&format!("<article><p>post</p></article>{}", remarks.replace("two", "- two")), &["post"]);
    check(remarks, &["two"]);
    let typed = "<div itemtype='https://schema.org/Comment'><time>1 May</time><p>- one</p></div>";
    check(&format!("<p>post</p>{typed}"), &["post"]);
}

#[test]
fn what_is_hidden_stays_hidden_unless_it_is_a_panel_or_the_text() {
    check("<p>a</p><div style='display:none'><p>offer</p></div><p>b c</p>", &["a", "b c"]);
    check("<p>a</p><p hidden>aside</p><p>b c</p>", &["a", "b c"]);
    check(&format!("<p>a</p><div style='display:none'><p>{TEXT}</p></div>"), &["a", TEXT]);
    let panel = "<h3>How?</h3><div hidden><p>So.</p></div>";
    check(&format!("<p>{TEXT}</p>{panel}{panel}"), &[TEXT, "How?", "So.", "How?", "So."]);
}

#[test]
fn a_quotation_is_kept_with_what_says_whose_it_is() {
    check(
        "<p>a</p><blockquote class=twitter-tweet><p>The sea is back</p>- Ann (@ann) <a href=x>2 May 2024</a></blockquote><p>b</p>",
        &["a", "The sea is back", "- Ann (@ann) 2 May 2024", "b"],
    );
}

#[test]
fn an_article_that_follows_the_pages_own_is_another() {
    let article = |title: &str| {
        format!("<div class=single><h1>{title}</h1><div><p>{TEXT}</p><p>{TEXT} {TEXT}</p></div></div>")
    };
    let page =
        format!("<title>Tides</title><main>{}{}</main>", article("Tides"), article("Ebbs of the north"));
    check(&page, &["Tides", TEXT, &format!("{TEXT} {TEXT}")]);
}

#[test]
fn articles_that_a_heading_announces_are_others() {
    let card = "<div><a href=/x>Another story</a><p>It begins like this, and it goes on.</p></div>";
    check(
        &format!("<article><p>{TEXT}</p></article><section><h2>More stories</h2>{card}{card}</section>"),
        &[TEXT],
    );
}

#[test]
fn a_heading_goes_with_what_it_heads() {
    check(
        &format!("<main><h2>- One</h2><p>{TEXT}</p><h2>- Two</h2><p>b</p><h2>- Three</h2></main>"),
        &["- One", TEXT, "- Two", "b"],
    );
}

#[test]
fn a_row_of_signed_remarks_beside_an_article_is_what_readers_wrote() {
    let remark = |day: u8| format!("<div class=msg><p>Ann, {day} May 2024</p><p>So they say.</p></div>");
    let article = format!("<article><h1>Tides</h1><p>{TEXT}</p></article>");
    check(&format!("<title>Tides</title><main>{article}{}{}</main>", remark(1), remark(2)), &["Tides", TEXT]);
    let entries = format!("<article><h1>Tides</h1><p>{TEXT}</p>{}{}</article>", remark(1), remark(2));
    assert_eq!(settled(&format!("<title>Tides</title><main>{entries}</main>"), 0.1).len(), 6);
}
