//! Posts as forums mark them up.

use super::*;
use crate::render::heads::Head;
use crate::{dom, segment};

/// Author and time of each post, in order.
fn check(html: &str, expected: &[(&str, &str)]) {
    let scripting = dom::Scripting::Enabled;
    let document = dom::parse(html, scripting);
    let page = segment::segment(&document, scripting);
    let posts = posts(&page, &document);
    let all = document.tree.root().descendants().filter(|node| posts.contains(&node.id()));
    let heads: Vec<Head> = all.map(|post| head(post, &posts)).collect();
    let heads: Vec<(&str, &str)> = heads.iter().map(|head| (&*head.author, &*head.time)).collect();
    assert_eq!(heads, expected, "{html}");
}

#[test]
fn a_post_says_who_wrote_it_and_when() {
    check(
        "<div id=p1><a class=username>Ann</a><time datetime='2024-05-05T10:20:00Z'>2 days ago</time><p>x</div>",
        &[("Ann", "2024-05-05 10:20")],
    );
    check(
        "<article class=message--post data-author=Bo id=js-post-2><p>Joined: Mar 3, 2018</p><time>May 5, 2024</time></article>",
        &[("Bo", "May 5, 2024")],
    );
    check(
        "<div id=post7><td>05-01-2009, 08:12 AM<b class=bigusername>Cy</b> x</div>",
        &[("Cy", "05-01-2009, 08:12 AM")],
    );
}

#[test]
fn posts_within_posts_are_their_own_and_a_thread_is_none() {
    check(
        "<div class='thing comment'><a class=author>Ann</a>x<div class='thing comment'><a class=author>Bo</a>y</div></div>",
        &[("Ann", ""), ("Bo", "")],
    );
    check(
        "<div itemtype='http://schema.org/DiscussionForumPosting'><div id=post_1><i class=creator>Ann</i></div><div id=post_2><i class=creator>Bo</i></div></div>",
        &[("Ann", ""), ("Bo", "")],
    );
    check("<div id=edit901><div id=post901><i class=username>Ann</i></div></div>", &[("Ann", "")]);
    check("<article id=post-4 class=hentry><i class=author>Ann</i></article>", &[]);
}

/// The text of a thread once what stands beside its posts is gone.
fn left(html: &str) -> Vec<String> {
    let scripting = dom::Scripting::Enabled;
    let document = dom::parse(html, scripting);
    let page = segment::segment(&document, scripting);
    let mut selection = Selection {
        root: document.tree.root().id(),
        kept: FxHashSet::default(),
        noise: vec![None; page.blocks.len()],
        blocks: (0..page.blocks.len()).collect(),
        confidence: 1.0,
        by_rule: false,
        warnings: Vec::new(),
    };
    settle(&mut selection, &document, &page);
    selection.blocks.iter().map(|at| page.text(*at).to_owned()).collect()
}

#[test]
fn what_is_said_of_an_author_goes_and_a_post_that_begins_alike_stays() {
    let post = |number: u8, text: &str| {
        format!(
            "<div id=post{number}><a class=username>Ann</a><div>Senior Member</div><div>Posts: 12</div><p>{text}</p></div>"
        )
    };
    let (one, other) =
        ("Members of the club met on Monday and drank tea.", "Member or not, I was there too.");
    assert_eq!(left(&format!("{}{}", post(1, one), post(2, other))), [one, other]);
}

#[test]
fn a_line_says_who_posted_where_it_names_the_author_and_a_time_or_a_count() {
    let says_it = ["ed", "ed · 2 days ago", "#3 ed", "posted by ed on 5 may 2024", "mon 10:02 by ed » 3"];
    for line in says_it {
        assert!(says_who(line, "ed"), "{line}");
    }
    for line in ["i need 2 more screws", "reed 2", "as ed told me there are 2 of them left", "ask ed"] {
        assert!(!says_who(line, "ed"), "{line}");
    }
}
