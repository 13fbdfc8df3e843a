//! Pieces of pages and the clean documents they become.

use std::borrow::Cow;

use tearsheet_html::cleaned_html;

use super::*;
use crate::render::heads::Heads;

fn render_with(html: &str, title: Option<&str>, kept: &dyn Fn(&str) -> bool) -> Rendered {
    let document = Html::parse_document(html);
    let url = Url::parse("https://a.example/news/1").unwrap();
    let is_kept = |id: NodeId| {
        let node = document.tree.get(id).unwrap();
        let is_hidden = node.ancestors().any(|node| {
            node.value()
                .as_element()
                .is_some_and(|e| matches!(e.name(), "script" | "style" | "noscript" | "head"))
        });
        !is_hidden && node.value().as_text().is_some_and(|text| kept(text))
    };
    article(
        &document,
        document.tree.root().id(),
        &is_kept,
        &RenderContext { url: &url, title, notes: &[], heads: &Heads::default(), watch: &|_| () },
    )
}

fn render(html: &str) -> Rendered {
    render_with(html, None, &|_| true)
}

/// The words that a reader of the HTML sees, captions left out where `text` leaves them out.
fn words_of_html(html: &str, text: &str) -> Vec<String> {
    let all = visible_words(html, &|_| false);
    if all == words(text) { all } else { visible_words(html, &|name| name == "figcaption") }
}

fn visible_words(html: &str, leaves_out: &dyn Fn(&str) -> bool) -> Vec<String> {
    let document = Html::parse_fragment(html);
    let mut text = String::new();
    for edge in document.tree.root().traverse() {
        let (ego_tree::iter::Edge::Open(node) | ego_tree::iter::Edge::Close(node)) = edge;
        let mut around = node.ancestors().filter_map(|node| node.value().as_element());
        if around.any(|element| leaves_out(element.name())) {
            continue;
        }
        match (node.value(), edge) {
            (Node::Text(run), ego_tree::iter::Edge::Open(_)) => text.push_str(run),
            (Node::Element(element), _) if is_block(element.name()) => text.push(' '),
            _ => {}
        }
    }
    words(&text)
}

fn is_block(name: &str) -> bool {
    tree::is_leaf(name)
        || tree::is_cell(name)
        || matches!(name, "br" | "ul" | "ol" | "dl" | "blockquote" | "table" | "tr" | "figure" | "div")
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn check(html: &str, expected: &str) {
    let rendered = render(html);
    assert_eq!(rendered.html, expected, "{html}");
    let again = render(&rendered.html);
    assert_eq!(again.html, rendered.html, "it renders to itself");
    assert_eq!(again.text, rendered.text, "its text too");
    assert_eq!(
        words(&rendered.text),
        words_of_html(&rendered.html, &rendered.text),
        "text and html have the same words"
    );
}

#[test]
fn soup_becomes_paragraphs() {
    check(
        "<div>One<br><br>two<div>three</div>four</div>",
        "<p>One</p>\n<p>two</p>\n<p>three</p>\n<p>four</p>",
    );
    check("<p>  One  <b> two </b> three<span> four</span></p>", "<p>One <strong>two</strong> three four</p>");
    check("<b><p>One</p><p>two</p></b>", "<p><strong>One</strong></p>\n<p><strong>two</strong></p>");
    check("<p></p><div><p>&nbsp;</p>One</div><p><b></b></p>", "<p>One</p>");
    let line = "One line that is longer than those of verse and ends in the middle of what it says.";
    check(&format!("{line}<br>&nbsp;&nbsp;&nbsp;Two"), &format!("<p>{line}</p>\n<p>Two</p>"));
    check("One<br>&nbsp;&nbsp;&nbsp;two", "<p>One<br>two</p>");
}

#[test]
fn headings_keep_their_level_and_end_nothing() {
    check(
        "<h1>A</h1>one<h3><div>B</div><span>b</span></h3><p>two</p><h2>End</h2>",
        "<h2>A</h2>\n<p>one</p>\n<h3>B b</h3>\n<p>two</p>",
    );
}

#[test]
fn the_title_is_not_in_the_body() {
    let rendered = render_with("<h1>The News</h1><p>One</p>", Some("The news"), &|_| true);
    assert_eq!((rendered.html.as_str(), rendered.text.as_str()), ("<p>One</p>", "One"));
}

#[test]
fn lists_nest() {
    check("<ul><li>a<ul><li>b</ul><li><p>c</p></ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>");
    check(
        "<ol start=3 type=a><li><p>a</p><p>b</p></ol>",
        "<ol start=\"3\" type=\"a\"><li><p>a</p><p>b</p></li></ol>",
    );
    check("<ul>a<li>b</li><ul><li>c</ul></ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>");
    check("<dl><dt>a<dd>b<dd>c</dl><li>d", "<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>\n<p>d</p>");
}

#[test]
fn data_tables_stay_and_layout_goes() {
    check(
        "<table><tr><th>Year<th>Seats<tr><td>2019<td><b>12</b><tr><td><td>15</table>",
        "<table><tbody><tr><th>Year</th><th>Seats</th></tr><tr><td>2019</td><td><strong>12</strong></td></tr><tr><td></td><td>15</td></tr></tbody></table>",
    );
    check("<table><tr><td><p>One</p><p>Two</p></table>", "<p>One</p>\n<p>Two</p>");
    assert_eq!(render("<table><tr><th>a<th>b<tr><td>c<td>d</table>").text, "a\tb\n\nc\td");
}

#[test]
fn code_keeps_its_lines_and_its_language() {
    check(
        "<div class='highlight'><pre class='language-rust'><code><span>fn</span> main() {\n    <b>x</b>\n}\n</code></pre></div>",
        "<pre><code class=\"language-rust\">fn main() {\n    x\n}</code></pre>",
    );
    check("<p>a</p><div><button>Copy</button><pre>b</pre></div>", "<p>a</p>\n<pre>b</pre>");
    check("<p>a <code>b  c</code></p>", "<p>a <code>b c</code></p>");
    check("<pre>plain\n  text</pre>", "<pre>plain\n  text</pre>");
    check(
        "<table><tr><td class=gutter><pre>1\n2</pre><td class=code><pre><code>a\nb</code></pre></table>",
        "<pre><code>a\nb</code></pre>",
    );
}

#[test]
fn quotations_hold_blocks() {
    check("<blockquote>One<p>two</p></blockquote>", "<blockquote><p>One</p><p>two</p></blockquote>");
}

#[test]
fn pictures_stand_in_figures_with_their_captions() {
    let figure =
        "<figure><img src=\"https://a.example/a.jpg\" alt=\"x\"><figcaption>A bridge</figcaption></figure>";
    check(&format!("<p>a</p>{figure}<p>b</p>"), &format!("<p>a</p>\n{figure}\n<p>b</p>"));
    check(
        "<p>a</p><div class='wp-caption'><a href=/a.html><img src=/a.jpg alt=x></a><p class=wp-caption-text>A bridge</p></div><p>b</p>",
        &format!("<p>a</p>\n{figure}\n<p>b</p>"),
    );
    check(
        "<p>a</p><div><img src=data:, data-src=/a.jpg alt=x></div><p>b</p>",
        "<p>a</p>\n<figure><img src=\"https://a.example/a.jpg\" alt=\"x\"></figure>\n<p>b</p>",
    );
    check(
        "<p>a <img src=/a.jpg> b</p><p>c</p>",
        "<p>a b</p>\n<figure><img src=\"https://a.example/a.jpg\" alt=\"\"></figure>\n<p>c</p>",
    );
}

#[test]
fn a_caption_and_a_credit_are_one() {
    check(
        "<p>a</p><figure><img src=/a.jpg><span class=credit>Photo: X</span><figcaption><p>A bridge</p></figcaption></figure><p>b</p>",
        "<p>a</p>\n<figure><img src=\"https://a.example/a.jpg\" alt=\"\"><figcaption><p>Photo: X</p><p>A bridge</p></figcaption></figure>\n<p>b</p>",
    );
}

#[test]
fn noscript_has_the_picture_that_a_script_would_load() {
    check(
        "<p>a</p><div><img src='data:,' class=lazy><noscript><img src=/a.jpg></noscript></div><p>b</p>",
        "<p>a</p>\n<figure><img src=\"https://a.example/a.jpg\" alt=\"\"></figure>\n<p>b</p>",
    );
    check(
        "<p>a</p><div><img data-src=/a.jpg><noscript><img src='/a.jpg?w=900'></noscript></div><p>b</p>",
        "<p>a</p>\n<figure><img src=\"https://a.example/a.jpg\" alt=\"\"></figure>\n<p>b</p>",
    );
}

#[test]
fn pictures_in_dropped_containers_go_with_them() {
    let html = "<p>a</p><div><a href=/x><img src=/x.jpg></a><span>DROP related</span></div><div><img src=/y.jpg></div><p>b</p><div><img src=/z.jpg></div>";
    let rendered = render_with(html, None, &|text| !text.starts_with("DROP"));
    assert_eq!(
        rendered.html,
        "<p>a</p>\n<figure><img src=\"https://a.example/y.jpg\" alt=\"\"></figure>\n<p>b</p>\n\
         <figure><img src=\"https://a.example/z.jpg\" alt=\"\"></figure>"
    );
    assert_eq!(rendered.images.len(), 2);
}

#[test]
fn captions_that_were_not_kept_stay_with_their_pictures() {
    let html = "<p>a</p><figure><a href=/x><img src=/x.jpg></a><span class=credit>DROP Ana</span><figcaption>DROP <b>A bridge</b></figcaption></figure><p>b</p>";
    let rendered = render_with(html, None, &|text| !text.starts_with("DROP") && text != "A bridge");
    assert_eq!(
        rendered.html,
        "<p>a</p>\n<figure><img src=\"https://a.example/x.jpg\" alt=\"\"><figcaption><p>DROP Ana</p><p>DROP <strong>A bridge</strong></p></figcaption></figure>\n<p>b</p>"
    );
}

#[test]
fn prompts_to_fill_in_go() {
    check(
        "<p>a</p><div>The news in your inbox<label>Email<input type=email></label><button>Sign up</button></div><p>b</p><p>c</p><p>d</p>",
        "<p>a</p>\n<p>b</p>\n<p>c</p>\n<p>d</p>",
    );
}

#[test]
fn players_become_links() {
    check(
        "<p>a</p><div><iframe src='https://v.example/embed/1' title='A film'></iframe></div><iframe src='https://ads.example/x'></iframe><p>b</p>",
        "<p>a</p>\n<p><a href=\"https://v.example/embed/1\">A film</a></p>\n<p>b</p>",
    );
    check(
        "<p>a</p><video><source src=/v.mp4>no video</video><p>b</p>",
        "<p>a</p>\n<p><a href=\"https://a.example/v.mp4\">v.mp4</a></p>\n<p>b</p>",
    );
}

#[test]
fn a_frame_is_a_player_by_its_figure_its_path_or_its_kind() {
    check(
        "<p>a</p><figure><iframe src='https://c.example/9/1/' title=Tides></iframe><figcaption>A chart</figcaption></figure><p>b</p>",
        "<p>a</p>\n<figure><p><a href=\"https://c.example/9/1/\">Tides</a></p><figcaption>A chart</figcaption></figure>\n<p>b</p>",
    );
    check(
        "<p>a</p><iframe src='/docs/report.pdf'></iframe><p>b</p>",
        "<p>a</p>\n<p><a href=\"https://a.example/docs/report.pdf\">report.pdf</a></p>\n<p>b</p>",
    );
    check(
        "<p>a</p><iframe src='https://m.example/EmbeddedPlayer/album=1/' title='Two songs'></iframe><p>b</p>",
        "<p>a</p>\n<p><a href=\"https://m.example/EmbeddedPlayer/album=1/\">Two songs</a></p>\n<p>b</p>",
    );
    for title in ["3rd party ad content", "Anzeige", "Cookie settings"] {
        check(
            &format!("<p>a</p><iframe src='https://x.example/embed/1' title='{title}'></iframe><p>b</p>"),
            "<p>a</p>\n<p>b</p>",
        );
    }
}

#[test]
fn an_object_that_is_a_picture_is_shown_as_one() {
    check(
        "<p>a</p><object data=/c.svg type=image/svg+xml><img src=/c.png alt=Tides></object><p>b</p>",
        "<p>a</p>\n<figure><img src=\"https://a.example/c.png\" alt=\"Tides\"></figure>\n<p>b</p>",
    );
    for html in ["<object data=/c.svg></object>", "<embed src='/c.svg?v=1'>"] {
        let url = if html.contains('?') { "c.svg?v=1" } else { "c.svg" };
        check(
            &format!("<p>a</p>{html}<p>b</p>"),
            &format!("<p>a</p>\n<figure><img src=\"https://a.example/{url}\" alt=\"\"></figure>\n<p>b</p>"),
        );
    }
}

#[test]
fn lines_of_a_listing_that_follow_at_once_stay_lines() {
    check(
        "<p>a</p><pre><span class=line>fn main() {</span><span class=line></span><span class=line>    go();</span>\
         <span class=line>}</span></pre><p>b</p>",
        "<p>a</p>\n<pre>fn main() {\n\n    go();\n}</pre>\n<p>b</p>",
    );
    check(
        "<p>a</p><pre><span class=line>x = 1\n</span><span class=line>y = 2\n</span></pre><p>b</p>",
        "<p>a</p>\n<pre>x = 1\ny = 2</pre>\n<p>b</p>",
    );
}

#[test]
fn films_that_only_move_show_nothing() {
    check("<p>a</p><video autoplay muted loop src=/v.mp4></video><p>b</p>", "<p>a</p>\n<p>b</p>");
}

#[test]
fn a_line_break_in_empty_mark_up_is_a_line_break() {
    check("<p><span>One</span><span><br></span><span>two</span></p>", "<p>One<br>two</p>");
}

#[test]
fn a_gutter_of_a_grid_is_no_column_of_line_numbers() {
    check("<div class='section gutter'><p>One</p></div>", "<p>One</p>");
}

#[test]
fn captions_stand_with_their_pictures_and_not_in_the_text() {
    let html = "<p>One river</p><figure><img src=/a.jpg><figcaption>A bridge</figcaption></figure><p>two</p>";
    let rendered = render(html);
    assert!(rendered.html.contains("<figcaption>A bridge</figcaption>"));
    assert_eq!(rendered.text, "One river\n\ntwo");
    let gallery =
        render("<figure><img src=/a.jpg><figcaption>A bridge at dawn</figcaption></figure><p>End.</p>");
    assert_eq!(gallery.text, "A bridge at dawn\n\nEnd.");
}

#[test]
fn verse_keeps_its_lines() {
    check(
        "<p>Rough winds<br>do shake<br><br>the <i>darling<br>buds</i></p>",
        "<p>Rough winds<br>do shake</p>\n<p>the <em>darling</em><br><em>buds</em></p>",
    );
    assert_eq!(render("<p>a<br>b</p>").text, "a\nb");
}

#[test]
fn long_lines_between_breaks_are_paragraphs() {
    let line = format!("So {}.", "word ".repeat(40).trim());
    check(&format!("<p>{line}<br>{line}</p>"), &format!("<p>{line}</p>\n<p>{line}</p>"));
}

#[test]
fn footnotes_lead_to_their_notes() {
    check(
        "<p>a<sup id=r1><a href='#n1'>1</a></sup> <a href='#gone'>b</a></p><ol><li id=n1>note <a href='/news/1#r1'>↩</a></ol>",
        "<p>a<sup id=\"note-r1\"><a href=\"#note-n1\">1</a></sup> <a href=\"https://a.example/news/1#gone\">b</a></p>\n<ol><li id=\"note-n1\">note <a href=\"#note-r1\">↩</a></li></ol>",
    );
}

#[test]
fn formulas_and_ruby_stay() {
    check(
        "<p>If <math display=inline><msup><mi>x</mi><mn>2</mn></msup></math> then</p>",
        "<p>If <math display=\"inline\"><msup><mi>x</mi><mn>2</mn></msup></math> then</p>",
    );
    check(
        "<p><ruby>漢字<rt>かんじ</rt></ruby>です</p>",
        "<p><ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>です</p>",
    );
    check(
        "<p><ruby>東<em><ruby>京<rt>きょう</rt></ruby></em><rt>とう</rt></ruby></p>",
        "<p><ruby>東<em>京(きょう)</em><rp>(</rp><rt>とう</rt><rp>)</rp></ruby></p>",
    );
}

#[test]
fn drop_caps_and_spaced_words_are_joined() {
    check("<p><span class=dropcap>T</span>he <span>end</span></p>", "<p>The end</p>");
    check("<div class='drop-cap'>T</div><p>he end</p>", "<p>The end</p>");
    check("<p><span class=dropcap>A</span> man</p>", "<p>A man</p>");
    check("<p>S P E C I A L</p><p>x</p>", "<p>SPECIAL</p>\n<p>x</p>");
}

#[test]
fn lines_of_verse_are_lines_however_they_are_marked_up() {
    check(
        "<div class=poem><div>Rough winds</div><div>do shake</div><div><br></div><div>the buds</div></div><p>End.</p>",
        "<p>Rough winds<br>do shake</p>\n<p>the buds</p>\n<p>End.</p>",
    );
    check(
        "<div class=poem-body><div class=stanza><span>One</span><div>two</div></div><div class=stanza>Three</div></div>",
        "<p>One<br>two</p>\n<p>Three</p>",
    );
    let line = "A line of verse that is long enough to be taken for a broken one";
    let rendered = render(&format!("<div class=verse><div>{line}</div><div>and goes on</div></div>"));
    assert_eq!(rendered.html, format!("<p>{line}<br>and goes on</p>"));
}

#[test]
fn lines_beneath_the_pictures_of_a_list_are_captions() {
    let rendered = render(
        "<p>Two of them, as they were:</p><ul><li><img src=/a.jpg><p>A</p><li><img src=/b.jpg><p>B</p></ul><p>c</p>",
    );
    assert!(rendered.html.contains("<figcaption>A</figcaption>"), "{}", rendered.html);
    assert_eq!(rendered.text, "Two of them, as they were:\n\nc");
}

#[test]
fn tools_beside_headings_go() {
    check(
        "<h2>One<a href=#one class=headerlink>¶</a></h2><p>a</p><h2 id=b><a href=#b>#</a>Two<span class=mw-editsection>[<a href=/e>edit</a>]</span></h2><p>b</p>",
        "<h2>One</h2>\n<p>a</p>\n<h2>Two</h2>\n<p>b</p>",
    );
}

#[test]
fn a_cell_of_a_sign_keeps_it() {
    check(
        "<table><tr><th>a<th>b<tr><td>c<td>–</table>",
        "<table><tbody><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>–</td></tr></tbody></table>",
    );
}

#[test]
fn the_title_of_a_box_is_bold() {
    check(
        "<p>a</p><div class=admonition><p class=admonition-title>Note</p><p>b</p></div>",
        "<p>a</p>\n<p><strong>Note</strong></p>\n<p>b</p>",
    );
}

#[test]
fn players_that_are_named_lead_to_what_they_play() {
    check(
        "<p>a</p><amp-youtube data-videoid=x1 title='A film'></amp-youtube><p>b</p>",
        "<p>a</p>\n<p><a href=\"https://www.youtube.com/watch?v=x1\">A film</a></p>\n<p>b</p>",
    );
}

#[test]
fn marks_stand_high_and_the_marks_of_notes_stand_in_them() {
    check(
        "<p>a street.<a id=r href=#n>1</a></p><div><a id=n href=#r>1</a><div><p>It slopes.</p></div></div>",
        "<p>a street.<sup id=\"note-r\"><a href=\"#note-n\">1</a></sup></p>\n<p id=\"note-n\"><a href=\"#note-r\">1</a> It slopes.</p>",
    );
}

#[test]
fn nothing_that_acts_gets_through() {
    check(
        "<p onclick=x style=y>a <a href='javascript:x'>b</a> <a href=/c onclick=x>c</a><script>x</script><style>y</style></p><form><input type=hidden value=z>d</form>",
        "<p>a b <a href=\"https://a.example/c\">c</a></p>\n<p>d</p>",
    );
    check("<p>a<svg><script>x</script></svg> &lt;script&gt;</p>", "<p>a &lt;script&gt;</p>");
}

#[test]
fn the_base_of_the_page_is_honoured() {
    let rendered = render("<base href='https://b.example/x/'><p>a <a href=c>c</a></p>");
    assert_eq!(rendered.html, "<p>a <a href=\"https://b.example/x/c\">c</a></p>");
}

#[test]
fn text_that_runs_right_to_left_says_so() {
    check("<div dir=rtl><p>שלום</p><p>עולם</p></div>", "<div dir=\"rtl\"><p>שלום</p>\n<p>עולם</p></div>");
}

#[test]
fn words_are_counted() {
    assert_eq!(count_words("Two words — 日本語です"), 2 + 3);
    assert_eq!(count_words("don’t stop"), 2);
    assert_eq!(count_words("สะพานเก่าปิดแล้ว"), 4, "sixteen letters of a script without spaces");
    assert_eq!(count_words("ตะพาน abc ၂၀၂၆"), 1 + 1 + 1);
}

#[test]
fn emoji_pictures_are_their_emoji() {
    check("<p>good <img class=emoji alt=🎉 src=/1f389.png></p>", "<p>good 🎉</p>");
}

#[test]
fn promotions_within_the_body_go() {
    let own = "<p>One sentence.</p>\n<p>Two sentences.</p>";
    for stray in [
        "<p>READ ALSO: Israel delegation to go</p>",
        "<p><a href=/x>READ ALSO: Israel delegation to go</a></p>",
        "<p><strong>Read also</strong> <a href=/x>Israel delegation to go</a></p>",
        "<p><strong>Read also Israel delegation to go</strong></p>",
        "<h3>Related articles</h3><ul><li><a href=/x>Israel delegation</a><li><a href=/y>Floods</a></ul>",
        "<p>You may also like</p><p><a href=/x>Israel delegation</a></p><p><a href=/y>Floods</a></p>",
        "<ul><li>Read also: <a href=/x>Israel</a><li>Read also: <a href=/y>Floods</a></ul>",
        "<p>Related: <a href=/x>Israel delegation</a></p>",
        "<ul><li><a href=/f>Facebook</a><li><a href=/t>Twitter</a><li>Share</ul>",
        "<p>Advertisement</p>",
        "<div>icon-facebook icon-twitter</div>",
    ] {
        check(&format!("<p>One sentence.</p>{stray}<p>Two sentences.</p>"), own);
    }
}

#[test]
fn headings_and_lists_of_the_article_s_own_stay() {
    check(
        "<p>a</p><h2>Related work</h2><p>Much was written.</p><h2>Comments</h2><p>They differ.</p>",
        "<p>a</p>\n<h2>Related work</h2>\n<p>Much was written.</p>\n<h2>Comments</h2>\n<p>They differ.</p>",
    );
    check(
        "<p>The menu has:</p><ul><li>Print<li>Save as…<li>Share</ul><p>Related: see the <a href=/x>manual</a> for all of it.</p>",
        "<p>The menu has:</p>\n<ul><li>Print</li><li>Save as…</li><li>Share</li></ul>\n<p>Related: see the <a href=\"https://a.example/x\">manual</a> for all of it.</p>",
    );
}

#[test]
fn lines_that_were_broken_to_fit_a_width_are_joined() {
    check(
        "<p>Gym equipment refers to the various machines and tools used in a<br>\nfitness facility to help people achieve <b>their goals. These</b><br>\nare designed to target muscles.</p>",
        "<p>Gym equipment refers to the various machines and tools used in a fitness facility to help people achieve <strong>their goals. These</strong> are designed to target muscles.</p>",
    );
}

#[test]
fn a_space_in_empty_mark_up_is_a_space() {
    check(
        "<p>purchase a<a href=/x> </a><a href=/y>consult</a></p>",
        "<p>purchase a <a href=\"https://a.example/y\">consult</a></p>",
    );
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    const TAGS: &[&str] = &[
        "p",
        "div",
        "span",
        "b",
        "i",
        "a href=/x",
        "a href='#n'",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h3",
        "blockquote",
        "pre",
        "code",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "figure",
        "figcaption",
        "sup id=n",
        "em",
        "q",
        "section",
        "center",
        "font",
        "button",
        "div class=caption",
        "div class='image'",
        "span class=dropcap",
        "math",
        "mi",
        "msup",
        "div dir=rtl",
        "p dir=rtl",
        "noscript",
        "picture",
        "summary",
        "ruby",
        "rt",
        "rp",
        "rb",
    ];

    /// Pages of the elements that matter, nested and closed anyhow.
    fn soup() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => prop::sample::select(TAGS.to_vec()).prop_map(|tag| format!("<{tag}>")),
            4 => prop::sample::select(TAGS.to_vec())
                .prop_map(|tag| format!("</{}>", tag.split(' ').next().unwrap_or_default())),
            5 => "[a-zA-Z0-9 .,:&é日\u{a0}\u{ad}\u{200b}]{0,12}",
            2 => Just("<br>".to_owned()),
            1 => Just("<hr>".to_owned()),
            1 => Just("<img src=/a.jpg alt=x>".to_owned()),
            1 => Just("<img src=/e.png width=20 alt=y>".to_owned()),
            1 => Just("<iframe src='https://v.example/embed/1'></iframe>".to_owned()),
            1 => Just("Read also: more".to_owned()),
            1 => Just("One long line that goes on and on until it is cut<br>in the middle of it".to_owned()),
            1 => Just("S P A C E D".to_owned()),
            1 => Just("<ruby>漢 字<rp>(</rp> <rt>kan <b>ji</b></rt></ruby>".to_owned()),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    fn holds(html: &str) {
        let first = render(html);
        let again = render(&first.html);
        assert_eq!(again.html, first.html, "it renders to itself: {html}");
        assert_eq!(again.text, first.text, "its text too: {html}");
        assert_eq!(
            words(&first.text),
            words_of_html(&first.html, &first.text),
            "text and html agree: {html}"
        );
        assert!(matches!(cleaned_html(&first.html), Cow::Borrowed(_)), "it is clean: {html}");
    }

    #[test]
    fn ruby_that_goes_on_renders_to_itself() {
        holds("<ruby><h1><ruby>漢 字<rp>(</rp> <rt>kan</rt></ruby><em><br>日 and more</em></h1>");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_rendered_body_renders_to_itself_and_its_text_agrees(html in soup()) {
            holds(&html);
        }

        #[test]
        fn no_page_makes_it_panic(html in "\\PC{0,300}", kept in any::<u8>()) {
            render_with(&html, Some("a"), &|text| text.len() % 3 != usize::from(kept % 3));
        }
    }
}
