//! Rules at work over HTTP: where heuristics would fail, over several pages, and where they no longer match.

use std::fs;

use flate2::read::MultiGzDecoder;
use tearsheet::config::{self, Config};
use tearsheet::extract;
use tearsheet::html::Query;
use tearsheet::model::Field;
use tearsheet::pipeline::{self, Mode, SourceReport};
use tempfile::TempDir;
use url::Url;

use crate::newspaper::{files, now};
use crate::program::{ON_LOOPBACK, Program};
use crate::small_site::SmallSite;

const SENTENCE: &str = "The ferry to the islands will leave an hour later from next week on, the company said, \
                        because fewer people travel before breakfast than did a year ago.";

fn story(aside: &str) -> String {
    format!(
        "<article><h1>Weather</h1><p>{SENTENCE} Rain is likely in the north, and the wind will turn west.</p>\
         <p>Tomorrow will be dry in most places, and cold for the time of the year.</p></article>{aside}"
    )
}

fn part(n: u32, next: &str) -> String {
    story(&format!("<aside class=story><h2>Ferry leaves later</h2><p>Part {n}. {SENTENCE}</p>{next}</aside>"))
}

fn follow(site: &SmallSite, rule: &str) -> (TempDir, Config) {
    let root = tempfile::tempdir().unwrap();
    for folder in ["config/sources", "config/rules"] {
        fs::create_dir_all(root.path().join(folder)).unwrap();
    }
    fs::write(root.path().join("config/tearsheet.toml"), ON_LOOPBACK).unwrap();
    let source = format!("url = \"{}\"\nkind = \"urls\"\n", site.at("/list"));
    fs::write(root.path().join("config/sources/ferry.toml"), source).unwrap();
    fs::write(root.path().join("config/rules/127.0.0.1.toml"), rule).unwrap();
    let config = config::load(root.path()).unwrap();
    (root, config)
}

async fn run(config: &Config) -> SourceReport {
    pipeline::run(config, &[], now(), &|_| {}).await.unwrap().sources.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_wins_where_the_heuristics_would_take_another_text_and_pages_are_joined() {
    let site = SmallSite::start().await;
    site.text("/list", site.at("/ferry").as_str());
    site.html("/ferry", &part(1, "<a class=next href=/ferry/2>2</a>"));
    site.html("/ferry/2", &part(2, "<a class=next href=/ferry/3>3</a>"));
    site.html("/ferry/3", &part(3, "<a class=next href=/ferry>1</a>"));
    let rule = "body = \"//aside[@class='story']/p\"\ntitle = \"aside h2\"\nnext_page = \"a.next\"\n";
    let (root, config) = follow(&site, rule);
    let report = run(&config).await;
    assert_eq!((report.new, report.warnings.len()), (1, 0), "{report:?}");
    let article = pipeline::entries(&config).unwrap().remove(0).article;
    assert_eq!(article.title, "Ferry leaves later");
    let parts = (1..=3).map(|n| format!("Part {n}. {SENTENCE}")).collect::<Vec<_>>();
    assert_eq!(article.text, parts.join("\n\n"));
    assert_eq!(article.provenance[&Field::Body].from, "rule //aside[@class='story']/p");
    assert_eq!(site.asked(), ["/list", "/ferry", "/ferry/2", "/ferry/3"]);
    let mut warc = String::new();
    for (name, bytes) in files(&root.path().join("archive/warc")) {
        assert!(name.to_string_lossy().ends_with(".warc.gz"));
        std::io::Read::read_to_string(&mut MultiGzDecoder::new(&*bytes), &mut warc).unwrap();
    }
    assert_eq!(
        warc.matches("\"note\":\"part\"").count(),
        2,
        "each further page is kept, and says whose it is"
    );
    assert_eq!(run(&config).await.new, 0);
    let mut verify = std::process::Command::new(env!("CARGO_BIN_EXE_tearsheet"));
    let verified = verify.arg("--root").arg(root.path()).arg("verify").output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    pipeline::rebuild(&config, now(), &|_| {}).unwrap();
    assert_eq!(pipeline::entries(&config).unwrap().remove(0).article, article);
    let reread = pipeline::reread(&config, Mode::Keep, now(), &|_| {}, &mut |_| {}).await.unwrap().0;
    assert_eq!((reread.same, reread.changed), (1, 0), "it is joined again of what the archive has");
    assert_eq!(pipeline::entries(&config).unwrap().remove(0).article, article);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_all_of_it_is_read_in_place_of_the_first_and_too_many_pages_are_not() {
    let site = SmallSite::start().await;
    site.text("/list", &format!("{}\n{}", site.at("/whole"), site.at("/endless")));
    site.html("/whole", &part(1, "<a class=print href=/print>Print</a><a class=next href=/whole/2>2</a>"));
    site.html("/print", &part(9, ""));
    site.html("/endless", &part(4, "<a class=next href=/endless/2>2</a>"));
    site.html("/endless/2", &part(5, "<a class=next href=/endless/3>3</a>"));
    site.html("/endless/3", &part(6, ""));
    let rule = "body = \"aside p\"\nnext_page = \"a.next\"\nmax_pages = 2\nsingle_page = \"a.print\"\n";
    let (_root, config) = follow(&site, rule);
    assert_eq!(run(&config).await.new, 2);
    let entries = pipeline::entries(&config).unwrap();
    let text = |path: &str| {
        let entry = entries.iter().find(|entry| entry.url.as_url().path() == path).unwrap();
        (entry.article.text.clone(), entry.article.warnings.clone())
    };
    assert_eq!(text("/whole"), (format!("Part 9. {SENTENCE}"), Vec::new()));
    let (endless, warnings) = text("/endless");
    assert_eq!(endless, format!("Part 4. {SENTENCE}\n\nPart 5. {SENTENCE}"));
    assert_eq!(warnings, ["truncated at 2 pages; the article has more"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_matches_nothing_is_told_with_the_run_and_the_text_is_found_without_it() {
    let site = SmallSite::start().await;
    site.text("/list", site.at("/weather").as_str());
    site.html("/weather", &story(""));
    let (_root, config) = follow(&site, "body = \".gone\"\ntitle = \"h1\"\n");
    let report = run(&config).await;
    let said = format!(
        "the rule for `body` (`.gone`) matched nothing on 1 of 1 pages, such as {}; there `body` was found without it",
        site.at("/weather")
    );
    assert_eq!(report.warnings, [said]);
    let article = pipeline::entries(&config).unwrap().remove(0).article;
    assert!(article.text.contains("wind will turn west"), "{}", article.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_finds_nothing_on_many_pages_is_told_and_one_that_finds_something_on_one_is_not() {
    let site = SmallSite::start().await;
    let paths: Vec<String> = (1..=5).map(|n| format!("/{n}")).collect();
    site.text("/list", &paths.iter().map(|path| site.at(path).to_string()).collect::<Vec<_>>().join("\n"));
    for (path, n) in paths.iter().zip(1..) {
        site.html(path, &part(n, if n == 3 { "<p class=promo>Subscribe</p>" } else { "" }));
    }
    let rule = "body = \"aside p\"\nremove = [\".promo\", \".gone\", \"//x\", \".a\", \".b\"]\n\
                replace = [{ find = \"<br>\", with = \"<hr>\" }]\n";
    let (_root, config) = follow(&site, rule);
    let report = run(&config).await;
    assert_eq!(report.new, 5, "{report:?}");
    assert_eq!(
        report.warnings,
        [
            "the rule's `remove` found nothing on any of 5 pages of 127.0.0.1: `.a`, `.b`, `.gone` and 1 more",
            "the rule's `replace` found nothing on any of 5 pages of 127.0.0.1: `<br>`",
        ]
    );
}

#[test]
fn what_is_imported_is_written_once_and_told() {
    let program = Program::new(ON_LOOPBACK, &[]);
    let pack = program.path("pack");
    fs::create_dir_all(&pack).unwrap();
    fs::write(pack.join("a.example.txt"), "body: //p\ntitl: //h1\ntidy: no\n").unwrap();
    fs::write(pack.join("b.example.txt"), "body: //p\nrequires_login: yes\n").unwrap();
    fs::write(pack.join("www.a.example.txt"), "body: //div\n").unwrap();
    fs::write(pack.join("LICENSE.txt"), "You may use it.").unwrap();
    let pack = pack.to_str().unwrap();

    let dry = program.call(&["import", pack, "--dry-run"]);
    assert_eq!(dry.code, Some(1), "something is unsupported");
    assert!(!program.path("config/rules").exists());
    assert!(dry.stdout.contains("warning      line 2: titl: //h1: taken as `title`"), "{}", dry.stdout);
    assert!(dry.stdout.contains("unsupported  line 2: requires_login: yes"), "{}", dry.stdout);

    program.call(&["import", pack]);
    let rule = program.path("config/rules/a.example.toml");
    let written = fs::read_to_string(&rule).unwrap();
    assert!(written.ends_with("body = \"//p\"\ntitle = \"//h1\"\n"), "{written}");
    assert_eq!(program.call(&["check"]).code, Some(0));

    fs::write(&rule, "body = 'p'").unwrap();
    let again = program.call(&["import", pack]);
    assert!(again.stdout.contains("it is there already; --force writes over it"), "{}", again.stdout);
    assert_eq!(fs::read_to_string(&rule).unwrap(), "body = 'p'");
}

#[test]
fn a_pack_is_imported_as_it_was_downloaded_and_writes_nothing_elsewhere() {
    let program = Program::new(ON_LOOPBACK, &[]);
    let mut pack = zip::ZipWriter::new(fs::File::create(program.path("pack.zip")).unwrap());
    for (path, text) in [
        ("pack-main/README.md", "Rules."),
        ("pack-main/.github/a.yml", "on: push"),
        ("pack-main/a.example.txt", "body: //p\ntitle: //h1\n"),
        ("../../b.example.txt", "body: //div\n"),
        ("pack-main/notes.txt", "What else there is to say of them."),
    ] {
        pack.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut pack, text.as_bytes()).unwrap();
    }
    pack.finish().unwrap();
    let path = program.path("pack.zip");
    let ended = program.call(&["import", path.to_str().unwrap()]);
    assert_eq!(ended.code, Some(1), "one of its files is no rule: {ended:?}");
    assert!(ended.stdout.contains("unsupported  the file: not a rule"), "{}", ended.stdout);
    let mut written: Vec<String> = fs::read_dir(program.path("config/rules"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    written.sort_unstable();
    assert_eq!(written, ["a.example.toml", "b.example.toml"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn check_proves_each_rule_on_its_pages_the_further_ones_too() {
    let site = SmallSite::start().await;
    site.html("/ferry", &part(1, "<a class=next href=/ferry/2>2</a>"));
    site.html("/ferry/2", &part(2, ""));
    site.html("/weather", &story(""));
    let program = Program::new(ON_LOOPBACK, &[]);
    let rule = |path: &str, contains: &str| {
        format!(
            "host = \"127.0.0.1\"\nbody = \"aside.story p\"\nnext_page = \"a.next\"\n[[test]]\nurl = \"{}\"\n\
             contains = [\"{contains}\"]\n",
            site.at(path)
        )
    };
    fs::create_dir_all(program.path("config/rules")).unwrap();
    let path = program.path("config/rules/ferry.toml");
    fs::write(&path, rule("/ferry", "Part 2.")).unwrap();
    fs::write(program.path("config/rules/b.example.toml"), "title = \"h1\"\n").unwrap();
    let check = async |arguments: &'static [&'static str]| {
        let mut command = program.command(arguments);
        tokio::task::spawn_blocking(move || crate::program::Ended::of(command.output().unwrap()))
            .await
            .unwrap()
    };

    let sound = check(&["check", "--prove"]).await;
    assert_eq!(sound.code, Some(0), "{sound:?}");
    let line = format!("holds          ferry.toml      {}\n", site.at("/ferry"));
    assert!(sound.stdout.contains(&line), "{}", sound.stdout);
    assert!(sound.stdout.contains("no page        b.example.toml  it names none"), "{}", sound.stdout);

    fs::write(&path, rule("/weather", "Part 1.")).unwrap();
    let broken = check(&["check", "--prove", "--quiet"]).await;
    assert_eq!(broken.code, Some(1));
    let told: Vec<&str> = broken.stdout.lines().collect();
    assert!(told[0].starts_with("does not hold  ferry.toml"), "{told:?}");
    assert!(told[1].starts_with("               body: no selector matches; without it: "), "{told:?}");
    assert_eq!(told[2], "               its text does not have: Part 1.");
    let json = check(&["check", "--prove", "--json"]).await.json();
    assert_eq!(json["rules"][1]["proofs"][0]["holds"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_proved_on_the_page_that_it_names() {
    let site = SmallSite::start().await;
    site.html("/ferry", &part(1, ""));
    let program = Program::new(ON_LOOPBACK, &[]);
    let rule = format!(
        "body: //aside[@class='story']\nauthor: //b[@class='gone']\ntest_url: {}\ntest_contains: Part 1.\n",
        site.at("/ferry")
    );
    fs::write(program.path("127.0.0.1.txt"), rule).unwrap();
    let path = program.path("127.0.0.1.txt");
    let arguments = ["import", path.to_str().unwrap(), "--prove", "--dry-run", "--json"];
    let mut command = program.command(&arguments);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let proof = &answer["files"][0]["proofs"][0];
    assert_eq!(proof["missing"], serde_json::json!([]), "{answer}");
    assert_eq!(proof["fields"][0]["selector"], "//aside[@class='story']");
    assert_eq!(proof["fields"][1]["selector"], serde_json::Value::Null);
    assert_eq!(output.status.code(), Some(1), "a selector that matches nothing needs a look");
}

#[test]
fn a_selector_that_matches_a_picture_without_text_is_the_article() {
    let html = "<title>Strip 12</title><nav><a href=/a>Archive</a></nav><h1>Strip 12</h1><div id=comic><a href=/13><img \
                src=/strips/12.png alt='A fish rows a boat'></a></div><p>Everything on this site belongs to those who \
                drew it.</p>";
    let gallery = "<title>Nine boats</title><h1>Nine boats</h1><div id=comic><figure><img src=/1.jpg></figure><figure>\
                   <img src=/2.jpg><figcaption>Two</figcaption></figure></div>";
    let read = |html: &str| {
        let mut settings = extract::Settings::default();
        settings.rules.body = vec![Query::parse("#comic").unwrap()];
        let url = Url::parse("https://comic.example/12").unwrap();
        let page = extract::Page {
            url: &url,
            content_type: None,
            bytes: html.as_bytes(),
            captured_at: None,
            hints: None,
        };
        extract::article(&page, &settings).unwrap()
    };
    let strip = read(html);
    let picture =
        "<figure><img src=\"https://comic.example/strips/12.png\" alt=\"A fish rows a boat\"></figure>";
    assert_eq!((strip.html.as_str(), strip.text.as_str()), (picture, "A fish rows a boat"));
    assert_eq!(strip.warnings, [""; 0]);
    let gallery = read(gallery);
    assert!(
        gallery.html.contains("1.jpg") && gallery.html.contains("<figcaption>Two</figcaption>"),
        "{}",
        gallery.html
    );
}
