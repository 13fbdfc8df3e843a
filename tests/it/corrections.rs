//! A feed of corrections: what articles said differently than before, each change once.

use std::fs;

use feed_rs::model::Feed;

use crate::program::{ON_LOOPBACK, Program, files};
use crate::small_site::{SmallSite, cards, path, title};

const FEEDS: &str = "\n[[feed]]\nid = \"corrections\"\ntitle = \"What changed\"\nkind = \"corrections\"\n\
                     \n[[feed]]\nid = \"all\"\n";

async fn followed() -> (SmallSite, Program) {
    let site = SmallSite::start().await;
    site.articles(1..=3);
    for n in 1..=3 {
        site.put(&path(n), &site.page(&path(n)).replace("<title>The Gull", &format!("<title>{}", title(n))));
    }
    site.html("/", &cards(1..=3));
    let source = format!("url = \"{}\"\ntitle = \"The Gull\"\nkind = \"listing\"\n", site.url);
    (site, Program::new(&format!("{ON_LOOPBACK}{FEEDS}"), &[("gull", source)]))
}

/// Edits article 2, tells the listing, and runs.
fn edit(site: &SmallSite, program: &Program, from: &str, to: &str, listed: &str) {
    let page = site.page(&path(2));
    assert!(page.contains(from));
    site.put(&path(2), &page.replacen(from, to, 1));
    site.html("/", &cards(1..=3).replace("from the cliffs", listed));
    assert_eq!(program.call(&["run"]).code, Some(0));
}

fn feed(program: &Program, file: &str) -> Feed {
    let bytes = fs::read(program.path("public").join(file)).unwrap();
    feed_rs::parser::parse(bytes.as_slice()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_substantive_change_is_an_item_and_no_article_comes_twice() {
    let (site, program) = followed().await;
    assert_eq!(program.call(&["run"]).code, Some(0));
    assert_eq!(feed(&program, "corrections/atom.xml").entries.len(), 0);
    edit(&site, &program, "2 hundred", "3 hundred <b>&amp; more</b>", "of the cliffs");
    let first = feed(&program, "corrections/atom.xml").entries.remove(0);
    let title = &first.title.as_ref().unwrap().content;
    assert!(title.starts_with("Changed: Report 2 "), "{title}");
    let content = first.content.as_ref().unwrap().body.as_ref().unwrap();
    assert!(content.contains("<del>2</del> <ins>3</ins> hundred <ins>&amp; more</ins>"), "{content}");
    edit(&site, &program, "keeper", "keepre", "at the cliffs");
    assert_eq!(feed(&program, "corrections/atom.xml").entries.len(), 1, "a typing mistake is no correction");
    edit(&site, &program, "glad to see them", "sorry to see them go", "on the cliffs");
    for file in ["corrections/atom.xml", "corrections/rss.xml", "corrections/feed.json"] {
        let entries = feed(&program, file).entries;
        assert_eq!(entries.len(), 2, "{file}");
        assert!(
            entries[1].id == first.id && entries[0].id != first.id,
            "{file}: ids stay, the newest comes first"
        );
    }
    assert_eq!(feed(&program, "all/atom.xml").entries.len(), 3);
    let page = String::from_utf8(files(&program.path("public"))["corrections/index.html"].clone()).unwrap();
    assert_eq!(page.matches("<h3><a href=\"../articles/gull/").count(), 2, "{page}");
    assert!(
        page.contains("<del>2</del> <ins>3</ins> hundred")
            && page.contains("<del>glad</del> <ins>sorry</ins>")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn corrections_are_made_again_byte_for_byte() {
    let (site, program) = followed().await;
    assert_eq!(program.call(&["run"]).code, Some(0));
    edit(&site, &program, "2 hundred", "3 hundred", "of the cliffs");
    let public = files(&program.path("public"));
    assert_eq!(program.call(&["run"]).code, Some(0));
    assert_eq!(files(&program.path("public")), public);
    assert_eq!(program.call(&["rebuild"]).code, Some(0));
    assert_eq!(files(&program.path("public")), public);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_revision_that_was_corrected_has_a_page_that_stays() {
    let (site, program) = followed().await;
    assert_eq!(program.call(&["run"]).code, Some(0));
    let earlier = || {
        let mut pages = files(&program.path("public"));
        pages.retain(|path, _| path.starts_with("articles/gull/revisions/"));
        pages
    };
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert_eq!(earlier().len(), 0);
    edit(&site, &program, "2 hundred", "3 hundred <b>&amp; more</b>", "of the cliffs");
    let first = earlier();
    let (path, page) = first.iter().next().unwrap();
    assert!(path.ends_with("/1.html") && first.len() == 1, "{path}");
    let page = text(page);
    assert!(page.contains("2 hundred") && !page.contains("3 hundred"), "{page}");
    assert!(page.contains("earlier version") && page.contains("content=\"noindex\""), "{page}");
    edit(&site, &program, "glad to see them", "sorry to see them go", "on the cliffs");
    let second = earlier();
    assert_eq!(second.len(), 2);
    assert!(second[path] == first[path], "{path} stays");
    let (newest, _) = second.last_key_value().unwrap();
    assert!(text(&second[newest]).contains("3 hundred") && text(&second[newest]).contains("/1.html\""));
    let public = files(&program.path("public"));
    let pages = public.iter().filter(|(path, _)| path.ends_with("/index.html"));
    assert_eq!(
        pages.filter(|(_, page)| text(page).contains(newest.as_str())).count(),
        2,
        "article and corrections"
    );
    let url = site.at(&crate::small_site::path(2)).to_string();
    assert_eq!(program.call(&["withdraw", &url, "--reason", "asked for"]).code, Some(0));
    assert_eq!(earlier().len(), 0, "what is taken down has no page of what it said before");
    assert_eq!(program.call(&["release", &url]).code, Some(0));
    assert!(files(&program.path("public")) == public);
    assert_eq!(program.call(&["rebuild"]).code, Some(0));
    assert!(files(&program.path("public")) == public);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_an_article_tells_what_changed_in_it_newest_first() {
    let (site, program) = followed().await;
    assert_eq!(program.call(&["run"]).code, Some(0));
    let page = || {
        let head = format!("<h1>{}", title(2));
        let pages =
            files(&program.path("public")).into_iter().filter(|(path, _)| path.starts_with("articles/"));
        let mut pages = pages.map(|(_, bytes)| String::from_utf8(bytes).unwrap());
        pages.find(|page| page.contains(&head)).unwrap()
    };
    assert!(!page().contains("<details"));
    edit(&site, &program, "keeper", "keepre", "at the cliffs");
    assert!(!page().contains("<details"), "a mended typing mistake is no change");
    edit(&site, &program, "2 hundred", "3 hundred <b>&amp; more</b>", "of the cliffs");
    edit(&site, &program, "glad to see them", "sorry to see them go", "on the cliffs");
    let page = page();
    assert!(page.contains("<p class=\"corrected\"><a href=\"#changes\">"), "{page}");
    let changes = page.split("<details class=\"changes\" id=\"changes\">").nth(1).unwrap();
    let changes = changes.split("</details>").next().unwrap();
    assert_eq!(changes.matches("<section>").count(), 2, "{changes}");
    let (newest, first) = changes.split_once("</section>").unwrap();
    assert!(newest.contains("<del>glad</del> <ins>sorry</ins>"), "{changes}");
    assert!(first.contains("<del>2</del> <ins>3</ins> hundred <ins>&amp; more</ins>"), "{changes}");
}
