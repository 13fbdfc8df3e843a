use super::*;
use crate::{dom, segment};

fn check(line: &str, expected: bool) {
    let metadata = Metadata {
        authors: vec!["Sunniva Dale".to_owned(), "Dr Hanna Vogt".to_owned()],
        published: Moment::parse("2025-05-16T09:20:00+00:00").ok(),
        ..Metadata::default()
    };
    let dates = DateContext::default();
    assert_eq!(Credits::of(&metadata, &dates).is_one(line), expected, "{line}");
}

#[test]
fn names_and_dates_that_metadata_has_are_credits() {
    check("By Sunniva Dale", true);
    check("Sunniva Dale and Dr Hanna Vogt", true);
    check("Published 16 May 2025", true);
    check("By SUNNIVA DALE | Updated: May 16, 2025, 10:20 GMT", true);
    check("Von Sunniva Dale, veröffentlicht am 16.05.2025 um 9:20 Uhr", true);
}

#[test]
fn sentences_other_days_and_other_names_are_text() {
    check("Sunniva Dale was born in the valley.", false);
    check("By Tom Harrow", false);
    check("3 January 1912", false);
    check("16 May 2025: the day on which the bog began to breathe out again", false);
}

/// What is left of `html`, all of which was kept.
fn left(html: &str) -> Vec<String> {
    let scripting = dom::Scripting::Enabled;
    let document = dom::parse(html, scripting);
    let page = segment::segment(&document, scripting);
    let mut selection = Selection {
        root: document.tree.root().id(),
        kept: page.nodes.iter().copied().collect(),
        blocks: (0..page.blocks.len()).collect(),
        confidence: 1.0,
        by_rule: false,
        noise: vec![None; page.blocks.len()],
        warnings: Vec::new(),
    };
    settle(&mut selection, &document, &page, &Metadata::default(), &DateContext::default());
    selection.blocks.iter().map(|at| page.text(*at).to_owned()).collect()
}

#[test]
fn links_that_come_again_and_again_or_lead_the_text_are_tools() {
    let part = |name: &str| format!("<h3>{name}</h3><a href=#x>Source</a><p>The tide came in, {name}</p>");
    let page = format!("<main>{}{}{}</main>", part("one"), part("two"), part("three"));
    assert!(!left(&page).contains(&"Source".to_owned()));
    let page = "<table><tr><td><a href=mail>Mail this story</a></table><p>The tide came in <a href=a>at noon</a></p>\
                <p><a href=b>The pilot's log</a></p>";
    assert_eq!(left(page), ["The tide came in at noon", "The pilot's log"]);
}

#[test]
fn labels_of_tabs_are_buttons() {
    let page = "<p>The same in a shell:</p><input type=radio id=a><input type=radio id=b><div><label for=a>Bash</label> \
                <label for=b><b>Zsh</b></label></div><pre>ls -l</pre><p><label>Name</label> is what it is called</p>";
    assert_eq!(left(page), ["The same in a shell:", "ls -l", "Name is what it is called"]);
    let page =
        "<h2>2 answers</h2><div>Sorted by: <select><option>Votes</select></div><p>Tar it twice a year.</p>";
    assert_eq!(left(page), ["2 answers", "Tar it twice a year."]);
}

/// Which blocks of `html` that begin with `-` are kept once those without are.
fn check_table(html: &str, expected: &[&str]) {
    let scripting = dom::Scripting::Enabled;
    let document = dom::parse(html, scripting);
    let page = segment::segment(&document, scripting);
    let is_left = |at: &usize| page.text(*at).starts_with('-');
    let mut kept: Vec<bool> = (0..page.blocks.len()).map(|at| !is_left(&at)).collect();
    complete_tables(&page, &mut kept);
    let added: Vec<&str> =
        (0..kept.len()).filter(|at| kept[*at] && is_left(at)).map(|at| page.text(at)).collect();
    assert_eq!(added, expected, "{html}");
}

#[test]
fn a_table_of_data_amid_text_is_kept_whole() {
    let table = "<table><tr><td>- a<td>- 1<tr><td>- b<td>- 2</table>";
    let text =
        "<p>The harvest of the year was weighed on the first dry day, and this is what it came to.</p>";
    let cells = ["- a", "- 1", "- b", "- 2"];
    let caption = "<figcaption>- In tons</figcaption>";
    check_table(&format!("{text}<figure>{table}{caption}</figure>{text}"), &cells);
    check_table(&format!("<nav>- Home</nav><main>{text}{table}</main><footer>- Imprint</footer>"), &[]);
    let aside =
        "<p>- Of all that is for sale in this market today, much is cheap and none of it is any good.</p>";
    check_table(&format!("{text}<div>{aside}{aside}{aside}{table}</div>{text}"), &[]);
    check_table(&format!("{text}{}{text}", format!("<p>- x</p>{table}").repeat(10_000)), &[]);
}
