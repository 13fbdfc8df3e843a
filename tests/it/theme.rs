//! A theme: templates and assets of the owner's in the place of the program's own.

use std::fs;

use crate::program::{ON_LOOPBACK, Program, files};
use crate::small_site::{SmallSite, cards};

async fn followed() -> (SmallSite, Program) {
    let site = SmallSite::start().await;
    site.articles(1..=3);
    site.html("/", &cards(1..=3));
    let source = format!("url = \"{}\"\n", site.url);
    let program = Program::new(ON_LOOPBACK, &[("gulls", source)]);
    fs::create_dir(program.path("config/theme")).unwrap();
    (site, program)
}

fn put(program: &Program, name: &str, text: &str) {
    fs::write(program.path(&format!("config/theme/{name}")), text).unwrap();
}

fn text(program: &Program, path: &str) -> String {
    String::from_utf8(files(&program.path("public"))[path].clone()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_theme_overrides_file_by_file_and_what_it_does_not_name_stays() {
    let (_site, program) = followed().await;
    assert_eq!(program.call(&["run"]).code, Some(0));
    let before = files(&program.path("public"));
    let own =
        "{% extends \"default/page.html\" %}{% block masthead %}<p>Our {{ site_title }}</p>{% endblock %}";
    put(&program, "page.html", own);
    put(&program, "site.css", "body { color: teal }");
    assert_eq!(program.call(&["check"]).code, Some(0));
    assert_eq!(program.call(&["run"]).code, Some(0));
    assert!(text(&program, "gulls/index.html").contains("<p>Our "));
    assert_eq!(text(&program, "assets/site.css"), "body { color: teal }");
    assert!(text(&program, "index.html").contains("nameplate"), "index.html has a masthead of its own");
    fs::remove_dir_all(program.path("config/theme")).unwrap();
    assert_eq!(program.call(&["run"]).code, Some(0));
    assert!(files(&program.path("public")) == before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_template_is_told_by_check_and_what_fails_is_made_by_the_built_in_one() {
    let (_site, program) = followed().await;
    put(&program, "page.html", "<p>\n{% if x %}");
    put(&program, "layout.html", "");
    let wrong = program.call(&["check"]);
    assert_eq!(wrong.code, Some(2));
    for told in ["theme/page.html", "line 2", "theme/layout.html", "no template or asset has this name"] {
        assert!(wrong.stderr.contains(told), "{told}: {}", wrong.stderr);
    }
    fs::remove_file(program.path("config/theme/layout.html")).unwrap();
    fs::remove_file(program.path("config/theme/page.html")).unwrap();
    put(&program, "feed.html", "{{ title }} {{ nothing.of.this }}");
    let run = program.call(&["run"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stderr.contains("config/theme/feed.html, line 1: "), "{run:?}");
    assert!(text(&program, "gulls/index.html").contains("<h1>"));
}
