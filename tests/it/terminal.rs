//! What pages, headers, file names and archives say never reaches a terminal or a log as more than text.

use std::fs;

use crate::program::{Ended, ON_LOOPBACK, Program};
use crate::small_site::SmallSite;

/// Colours, a cursor's way, a title, a clipboard, C1, and the ways of Unicode to turn text around.
const ACTIVE: &str = "\u{1b}[31mred\u{1b}[2J\u{1b}]0;owned\u{7}\u{1b}]52;c;aGk=\u{7}\u{9b}31m\u{90}q\u{202e}live\u{2066}\u{200f}\u{8}\u{7f}";

/// Whether a terminal would show all of it as text.
#[track_caller]
fn check(ended: &Ended) {
    for text in [&ended.stdout, &ended.stderr] {
        let active = text.chars().find(|c| {
            (c.is_control() && *c != '\n' && *c != '\t')
                || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        assert_eq!(active, None, "{text}");
    }
}

fn page(n: u32) -> String {
    let text = format!(
        "<p>The keeper of lighthouse {n} wrote {ACTIVE} about gulls, of which a hundred came back to the northern cliffs \
         after a winter that nobody there will forget. The cliffs were quiet for {n} weeks, he says, until the herring came.</p>"
    );
    format!(
        "<h1>Gulls {ACTIVE} return to lighthouse {n}</h1><p class=byline>By Ada {ACTIVE} Keel</p>\
         <time datetime=2025-01-0{n}>2 January 2025</time><article>{}</article>",
        text.repeat(4)
    )
}

fn feed(site: &SmallSite) -> String {
    let item =
        |n: u32| format!("<item><title>Gulls {n}</title><link>{}</link></item>", site.at(&format!("/{n}")));
    format!(
        "<rss><channel><title>Gulls &#x202e;</title>{}</channel></rss>",
        (1..=4).map(item).collect::<String>()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn no_command_passes_on_what_a_terminal_obeys() {
    let site = SmallSite::start().await;
    (1..=2).for_each(|n| site.html(&format!("/{n}"), &page(n)));
    site.give("/3", 500, &[("content-type", "text/html")], "broken");
    site.give("/4", 301, &[("location", "http://evil\u{9b}.example/\u{85}")], "");
    site.xml("/feed.xml", &feed(&site));
    let program = Program::new(ON_LOOPBACK, &[("gulls", format!("url = \"{}\"\n", site.at("/feed.xml")))]);
    let call = |arguments: &[&str]| {
        let ended = program.call(arguments);
        check(&ended);
        ended
    };
    call(&["run"]);
    let url = site.at("/1").to_string();
    assert!(call(&["show", &url]).stdout.contains("[31mred"), "it is shown as text");
    for format in ["markdown", "html", "json"] {
        call(&["show", &url, "--format", format]);
    }
    call(&["show", &url, "--why"]);
    site.html("/1", &page(1).replace("herring", "mackerel came, and then the herring"));
    call(&["run", "--json"]);
    for command in ["explain", "history"] {
        call(&[command, &url]);
        call(&[command, &url, "--json"]);
    }
    for command in ["status", "verify", "build"] {
        call(&[command]);
    }
    call(&["rebuild", "--extract", "--dry-run"]);
    call(&["add", site.at("/feed.xml").as_str(), "--dry-run"]);
}

#[cfg(unix)]
#[test]
fn names_of_files_and_what_they_hold_are_text() {
    let program = Program::new("", &[]);
    let name = format!("a{ACTIVE}.html").replace('/', "");
    let path = program.path(&name);
    fs::write(&path, format!("<!doctype html><title>{ACTIVE}</title>{}", page(1))).unwrap();
    let missing = program.path(&format!("no\nerror: forged line{ACTIVE}"));
    for command in ["extract", "discover", "explain"] {
        check(&program.call(&[command, path.to_str().unwrap()]));
        let ended = program.call(&[command, missing.to_str().unwrap()]);
        check(&ended);
        assert!(!ended.stderr.contains("\nerror: forged"), "{ended:?}");
    }
    let extracted = program.call(&["extract", path.to_str().unwrap()]).json();
    assert!(
        extracted["text"].as_str().unwrap().contains('\u{1b}')
            || extracted["text"].as_str().unwrap().contains("red")
    );
    let opml = format!(
        "<opml><body><outline type='rss' text='x&#x202e;' xmlUrl='nonsense{}'/></body></opml>",
        "&#x9b;"
    );
    fs::write(program.path("list.opml"), opml).unwrap();
    check(&program.call(&["import", program.path("list.opml").to_str().unwrap()]));
    let rules = format!("config/sources/{}", "bad\u{1b}[31m.toml");
    fs::write(program.path(&rules), format!("url = 'x' # {ACTIVE}\n[fetch]\nkey{ACTIVE} = 1")).unwrap();
    check(&program.call(&["check"]));
    check(&program.call(&["run"]));
}
