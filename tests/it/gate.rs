//! What must not be published is held back, keeps its capture, and goes out when it passes or its owner says so.

use serde_json::Value;
use tearsheet::archive::View;
use tearsheet::model::CanonicalUrl;

use crate::program::{Ended, ON_LOOPBACK, Program, files};
use crate::small_site::{SmallSite, cards, path, title};

const LOGIN: &str = "<h1>Log in</h1><form><input name=user><input type=password></form>";
/// A stub that asks to pay, of an article that is all there is.
const STUB: &str = "<article><h1>A gull is ringed</h1><p>The keeper of the lighthouse ringed a gull on Monday, the first \
                    of the year.</p><p>Subscribe to continue reading.</p></article>";

/// A site of these many reports, followed by its listing, and its first run.
async fn followed(reports: u32) -> (SmallSite, Program) {
    let site = SmallSite::start().await;
    site.articles(1..=reports);
    site.html("/", &cards(1..=reports));
    let source = format!("url = \"{}\"\nkind = \"listing\"\n", site.url);
    let program = Program::new(ON_LOOPBACK, &[("gull", source)]);
    (site, program)
}

fn run(program: &Program) -> Value {
    let ended = program.call(&["run", "--json"]);
    ended.json()["sources"][0].clone()
}

fn release(program: &Program, page: &str) -> Ended {
    program.call(&["release", page])
}

fn held(program: &Program) -> Vec<Value> {
    program.call(&["status", "--json"]).json()["sources"][0]["held"].as_array().unwrap().clone()
}

/// Has the listing say something else of every article, so that all of them are asked for again.
fn relist(site: &SmallSite, reports: u32, word: &str) {
    site.html("/", &cards(1..=reports).replace("from the cliffs", word));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_held_back_is_released_by_its_url_and_survives_a_rebuild() {
    let (site, program) = followed(3).await;
    site.html(&path(2), STUB);
    let report = run(&program);
    assert_eq!((&report["new"], report["troubles"].as_array().unwrap().len()), (&2.into(), 1));
    let url = site.at(&path(2)).to_string();
    assert_eq!(held(&program)[0]["hold"], "paywall");
    let released = release(&program, &url);
    assert_eq!(released.code, Some(0), "{released:?}");
    assert!(released.stderr.contains("A gull is ringed"), "{released:?}");
    assert_eq!((held(&program), program.entries().len()), (Vec::new(), 3));
    let feed = String::from_utf8(files(&program.path("public"))["gull/atom.xml"].clone()).unwrap();
    assert!(feed.contains("A gull is ringed"));
    let public = files(&program.path("public"));
    assert_eq!(program.call(&["rebuild"]).code, Some(0));
    assert_eq!(files(&program.path("public")), public);
    assert_eq!(release(&program, &url).code, Some(2), "it is held back no longer");
    // Read again, it passes for what it was released for, and for nothing else.
    site.html(&path(2), &STUB.replace("Monday", "Tuesday"));
    relist(&site, 3, "of the cliffs");
    assert_eq!(run(&program)["revised"], 1);
    site.html(&path(2), LOGIN);
    relist(&site, 3, "on the cliffs");
    run(&program);
    assert_eq!(
        (&held(&program)[0]["hold"], &held(&program)[0]["is_revision"]),
        (&"login".into(), &true.into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_any_article_cannot_be_released() {
    let (site, program) = followed(1).await;
    site.html(&path(1), "<div></div>");
    run(&program);
    let ended = release(&program, held(&program)[0]["id"].as_str().unwrap());
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.stderr.contains("no text that reads like an article"), "{ended:?}");
    assert_eq!(release(&program, "nonsense").code, Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_shrinks_is_held_back_until_it_grows_again_or_is_released() {
    let (site, program) = followed(3).await;
    run(&program);
    let good = files(&program.path("public"));
    let short =
        format!("<article><h1>{}</h1><p>Nothing is left of this report but a line.</p></article>", title(2));
    site.html(&path(2), &short);
    relist(&site, 3, "of the cliffs");
    run(&program);
    let shrunk = &held(&program)[0];
    assert_eq!((&shrunk["hold"], &shrunk["is_revision"]), (&"shrunk".into(), &true.into()));
    let now = files(&program.path("public"));
    for (file, bytes) in &good {
        let is_health = ["health.xml", "status.html", "status.json"].contains(&file.as_str());
        assert!(is_health || now[file] == *bytes, "{file}: the last good revision stays published");
    }
    site.articles(2..=2);
    relist(&site, 3, "on the cliffs");
    run(&program);
    assert_eq!(held(&program), Vec::<Value>::new(), "it says again what it said");
    site.html(&path(2), &short);
    relist(&site, 3, "by the cliffs");
    run(&program);
    assert_eq!(release(&program, held(&program)[0]["id"].as_str().unwrap()).code, Some(0));
    let view = View::open(&program.archive_settings()).unwrap();
    let url = CanonicalUrl::of(&site.at(&path(2))).unwrap();
    let id = view.article_at(&url).unwrap().unwrap().id;
    assert_eq!(view.revisions(&id).unwrap(), [1, 2]);
    assert!(view.revision(&id, 2).unwrap().unwrap().article.text.contains("Nothing is left"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_text_under_many_links_is_no_article() {
    let (site, program) = followed(3).await;
    run(&program);
    let wall = "<article><h1>Dear reader</h1><p>The gulls have moved to a new cliff, and so have we. Please find us \
                there, where every report that was ever written is kept for whoever likes to read it.</p></article>";
    let cards: String = [
        "Storks nest on the mill",
        "Rain after seven dry weeks",
        "A boat is missing at sea",
        "Bread costs twice as much",
    ]
    .iter()
    .enumerate()
    .map(|(at, title)| {
        site.html(&format!("/reports/moved-away-{at}"), wall);
        format!("<div class=card><h3><a href=\"/reports/moved-away-{at}\">{title}</a></h3></div>")
    })
    .collect();
    let older = crate::small_site::cards(1..=3);
    site.html("/", &format!("{cards}{older}"));
    let report = run(&program);
    assert_eq!(report["new"], 0, "{report}");
    assert!(held(&program).iter().all(|held| held["hold"] == "shared"), "{:?}", held(&program));
    assert_eq!(held(&program).len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_title_that_became_the_sites_name_is_held_back() {
    let (site, program) = followed(3).await;
    std::fs::write(
        program.path("config/sources/gull.toml"),
        format!("url = \"{}\"\ntitle = \"The Gull\"\nkind = \"listing\"\n", site.url),
    )
    .unwrap();
    run(&program);
    let page = site.page(&path(2));
    site.put(&path(2), &page.replace(&format!("<h1>{}</h1>", title(2)), "").replace("gulls", "seagulls"));
    relist(&site, 3, "of the cliffs");
    run(&program);
    assert_eq!(held(&program).len(), 1, "{:?}", program.entries()[0].article.title);
    assert_eq!(held(&program)[0]["hold"], "title");
    assert!(program.entries().iter().all(|entry| entry.article.title.starts_with("Report")));
}

const CASINO: &str = "<article><h1>Play now and win</h1><p>Claim your welcome bonus of five hundred free spins today. \
    Roulette, blackjack and hundreds of slot machines are waiting for new players, and deposits are doubled during the \
    whole month. Register with an e-mail address and start within one minute.</p><p>Our \
    editors compare every licensed operator and rank them by payout, speed of withdrawal and support. Verified members \
    receive cashback every weekend and an invitation to the jackpot tournament.</p></article>";

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_became_another_changes_no_article_and_is_told_once() {
    let (site, program) = followed(5).await;
    run(&program);
    let good = files(&program.path("public"));
    (1..=5).for_each(|report| site.html(&path(report), CASINO));
    relist(&site, 5, "of the cliffs");
    let first = program.call(&["run", "--json"]);
    assert_eq!(first.code, Some(1));
    assert_eq!(first.json()["sources"][0]["troubles"].as_array().unwrap().len(), 5);
    assert!(held(&program).iter().all(|held| held["hold"] == "replaced" && held["is_revision"] == true));
    let changed: Vec<String> = files(&program.path("public"))
        .into_iter()
        .filter(|(file, bytes)| good.get(file) != Some(bytes))
        .map(|(file, _)| file)
        .collect();
    assert_eq!(changed, ["health.xml", "status.html", "status.json"]);
    relist(&site, 5, "on the cliffs");
    let again = program.call(&["run", "--json"]);
    assert_eq!((again.code, held(&program).len()), (Some(0), 5), "it is told once: {again:?}");
    // The archive alone says the same, and reading it again lets nothing pass.
    let public = files(&program.path("public"));
    assert_eq!(program.call(&["rebuild"]).code, Some(0));
    assert_eq!(files(&program.path("public")), public);
    program.call(&["rebuild", "--extract"]);
    assert_eq!((held(&program).len(), program.entries().len()), (5, 5));
    assert!(program.entries().iter().all(|entry| entry.article.title.starts_with("Report")));
    // Its owner may want it all the same.
    let url = site.at(&path(2)).to_string();
    assert_eq!(release(&program, &url).code, Some(0));
    assert!(program.entries().iter().any(|entry| entry.article.text.contains("welcome bonus")));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_text_in_place_of_several_is_held_back_however_late_each_is_looked_at() {
    let (site, program) = followed(4).await;
    run(&program);
    let offer = |report: u32| {
        let rest = CASINO.split_once("</h1>").unwrap().1;
        format!("<article><h1>{}</h1>{rest}", title(report))
    };
    (1..=2).for_each(|report| site.html(&path(report), &offer(report)));
    relist(&site, 4, "of the cliffs");
    run(&program);
    assert_eq!(held(&program).len(), 2, "{:?}", held(&program));
    site.html(&path(3), &offer(3));
    relist(&site, 4, "on the cliffs");
    run(&program);
    assert_eq!(held(&program).len(), 3, "the two others say the same: {:?}", held(&program));
    program.call(&["rebuild", "--extract"]);
    assert_eq!(held(&program).len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_site_adds_to_all_of_its_articles_moves_none_of_them() {
    let (site, program) = followed(4).await;
    run(&program);
    for report in 1..=4 {
        let promotion = "<p>Our app brings you every gull first. Install it today.</p></article>";
        let page = site.page(&path(report)).replace("</article>", promotion);
        // One of them has news of its own.
        site.put(&path(report), &if report == 2 { page.replace("gulls", "terns") } else { page });
    }
    relist(&site, 4, "of the cliffs");
    let report = run(&program);
    assert_eq!((&report["revised"], &report["unchanged"]), (&1.into(), &3.into()), "{report}");
    assert!(
        program.entries().iter().all(|entry| entry.revision == 2 && entry.article.text.contains("Our app"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_that_claim_one_url_stay_as_many_as_they_are() {
    let (site, program) = followed(4).await;
    for report in 1..=4 {
        let claim = "<link rel=canonical href=\"/reports/\"></head>";
        let page = site.page(&path(report)).replace("</head>", claim);
        site.put(&path(report), &page);
    }
    assert_eq!(run(&program)["new"], 4);
    let urls: Vec<String> = program.entries().iter().map(|entry| entry.url.as_str().to_owned()).collect();
    assert!((1..=4).all(|report| urls.contains(&site.at(&path(report)).to_string())), "{urls:?}");
    let again = run(&program);
    assert_eq!((&again["new"], &again["revised"]), (&0.into(), &0.into()));
    let read_again = program.call(&["rebuild", "--extract"]);
    assert_eq!(read_again.code, Some(0));
    assert!(
        program.entries().iter().all(|entry| entry.revision == 1),
        "a claim is no better for being read again"
    );
}
