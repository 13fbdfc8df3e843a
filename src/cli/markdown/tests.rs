//! What is written is read back by a Markdown parser with the same words.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::markdown;
use crate::html::parse_html;

fn check(html: &str, expected: &str) {
    let written = markdown(html);
    assert_eq!(written.trim_end(), expected);
    assert_eq!(words(&read_back(&written)), words(html), "{written}");
}

/// The HTML that a Markdown parser makes of it.
fn read_back(written: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(written, options).map(|event| match event {
        Event::SoftBreak => Event::Text(" ".into()),
        Event::Start(Tag::Image { .. }) => Event::InlineHtml("<!--".into()),
        Event::End(TagEnd::Image) => Event::InlineHtml("-->".into()),
        event => event,
    });
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

fn words(html: &str) -> Vec<String> {
    let text: Vec<String> = parse_html(html).root_element().text().map(str::to_owned).collect();
    text.join(" ").split_whitespace().map(|word| word.replace(['“', '”'], "")).collect()
}

#[test]
fn blocks_have_their_signs() {
    check(
        "<h2>One &amp; two</h2>\n<p>First.</p>\n<p>Second,<br>third.</p>",
        "## One \\& two\n\nFirst.\n\nSecond,\\\nthird.",
    );
    check("<blockquote><p>a</p><p>b</p></blockquote><hr><p>c</p>", "> a\n>\n> b\n\n---\n\nc");
    check(
        "<pre><code class=\"language-rust\">fn a() {\n\n    b();\n}\n</code></pre>",
        "```rust\nfn a() {\n\n    b();\n}\n```",
    );
    check("<dl><dt>Term</dt><dd>What it is.</dd></dl>", "**Term**\n\nWhat it is.");
}

#[test]
fn lists_nest() {
    check(
        "<ul><li>a</li><li>b<ol start=\"3\"><li>c</li><li><p>d</p><p>e</p></li></ol></li></ul><p>f</p>",
        "- a\n- b\n\n  3. c\n  4. d\n\n     e\n\nf",
    );
}

#[test]
fn inline_elements_keep_white_space_outside() {
    check(
        "<p>It <em>is </em>so, <strong>very</strong> <a href=\"https://a.example/b(c)\">so</a>: <code>a`b</code>, x<sup>2</sup>.</p>",
        "It *is* so, **very** [so](<https://a.example/b(c)>): ``a`b``, x<sup>2</sup>.",
    );
    check(
        "<figure><img src=\"https://a.example/1.png\" alt=\"[A] dog\"><figcaption>A dog.</figcaption></figure>",
        "![\\[A\\] dog](https://a.example/1.png)\n\nA dog.",
    );
}

#[test]
fn signs_that_mean_nothing_are_escaped() {
    check(
        "<p>1. A *star* &lt;b&gt; and a_b_c ~~no~~</p><p># 3</p><p>- x</p><p>a\\</p>",
        "1\\. A \\*star\\* \\<b\\> and a\\_b\\_c \\~\\~no\\~\\~\n\n\\# 3\n\n\\- x\n\na\\\\",
    );
}

#[test]
fn tables_are_tables() {
    check(
        "<table><thead><tr><th>a</th><th>b|c</th></tr></thead><tbody><tr><td>1</td><td><strong>2</strong></td></tr></tbody></table>",
        "| a | b\\|c |\n| --- | --- |\n| 1 | **2** |",
    );
    check("<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>", "|  |  |\n| --- | --- |\n| 1 | 2 |");
    let joined = "<table><tbody><tr><td colspan=\"2\">1</td></tr></tbody></table>";
    check(joined, joined);
}

#[test]
fn a_list_that_counts_beyond_all_numbers_stays_a_list() {
    check(
        "<ol start=18446744073709551615><li>a</li><li>b</li></ol><ol><li value=18446744073709551615>c</li></ol>",
        "999999999. a\n999999999. b\n\n999999999. c",
    );
}
