//! Hosts in trouble are left alone from one run to the next, and only as far as they are in trouble.

use tearsheet::pipeline::FoundBy;

use crate::follow::Followed;
use crate::program::{ON_LOOPBACK, Program};
use crate::small_site::{SmallSite, path, rss};

fn feed_of(site: &SmallSite, target: &str) -> String {
    format!("url = \"{}\"\n", site.at(target))
}

/// How often the feed is asked for in runs of each hour of a day.
async fn asked_in_a_day(status: u16, headers: &[(&'static str, &str)]) -> usize {
    let site = SmallSite::start().await;
    site.articles(1..=2);
    site.xml("/feed.xml", &rss([2, 1].into_iter()));
    let followed = Followed::new(&site, "/feed.xml");
    followed.run(0).await;
    site.asked();
    site.give("/feed.xml", status, headers, "enough");
    for hour in 7..31 {
        followed.run(hour).await;
    }
    site.asked().iter().filter(|target| *target == "/feed.xml").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_asks_for_a_day_is_left_alone_for_a_day() {
    assert_eq!(asked_in_a_day(429, &[("retry-after", "86400")]).await, 1);
    assert_eq!(asked_in_a_day(503, &[("retry-after", "86400")]).await, 1);
    let without = asked_in_a_day(429, &[]).await;
    assert!((4..12).contains(&without), "{without}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_route_that_is_busy_does_not_close_the_others_of_its_host() {
    let site = SmallSite::start().await;
    site.articles(1..=2);
    site.xml("/well.xml", &rss([2, 1].into_iter()));
    site.give("/busy.xml", 503, &[("retry-after", "36000")], "busy");
    let sources = [("busy", feed_of(&site, "/busy.xml")), ("well", feed_of(&site, "/well.xml"))];
    let followed = Followed::with(&sources, "");
    let run = |hours| {
        let config = followed.config.clone();
        async move {
            tearsheet::pipeline::run(&config, &[], crate::follow::after(hours), &|_| {})
                .await
                .unwrap()
                .sources
        }
    };
    let first = run(0).await;
    assert!(first[0].failure.is_some() && first[1].new == 2, "{first:?}");
    site.asked();
    let second = run(7).await;
    assert_eq!(site.asked(), ["/well.xml"]);
    assert_eq!((second[0].found_by, second[0].needs_a_look()), (FoundBy::Postponed, false), "{second:?}");
    site.give_no_more("/busy.xml");
    site.xml("/busy.xml", &rss([2, 1].into_iter()));
    assert!(run(11).await[0].failure.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_behind_a_busy_server_cost_a_few_requests_and_then_none() {
    let site = SmallSite::start().await;
    site.articles(1..=12);
    site.xml("/feed.xml", &rss((1..=12).rev()));
    (1..=12).for_each(|n| site.give(&path(n), 429, &[], "slowly"));
    let followed = Followed::new(&site, "/feed.xml");
    let articles = |asked: Vec<String>| asked.iter().filter(|target| target.starts_with("/reports/")).count();
    followed.run(0).await;
    assert_eq!(articles(site.asked()), 4, "one that never failed may show that the host is well");
    followed.run(0).await;
    assert_eq!(articles(site.asked()), 0);
    (1..=12).for_each(|n| site.give_no_more(&path(n)));
    assert_eq!(followed.run_named(30).await.new, 12, "one answer opens it again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_whose_host_is_left_alone_is_neither_well_nor_newly_in_trouble() {
    let site = SmallSite::start().await;
    site.articles(1..=2);
    site.xml("/feed.xml", &rss([2, 1].into_iter()));
    let followed = Followed::new(&site, "/feed.xml");
    followed.run(0).await;
    site.give("/feed.xml", 429, &[("retry-after", "86400")], "enough");
    followed.run(7).await;
    for hours in 8..12 {
        followed.run(hours).await;
    }
    let failing: Vec<_> = followed.events().iter().map(|event| event.name()).collect();
    assert_eq!(failing, ["failing"]);
    site.give_no_more("/feed.xml");
    followed.run(32).await;
    let events: Vec<_> = followed.events().iter().map(|event| event.name()).collect();
    assert_eq!(events, ["failing", "recovered"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_names_what_a_run_would_ask_and_asks_for_nothing() {
    let site = SmallSite::start().await;
    let feed = feed_of(&site, "/feed.xml");
    let program = Program::new(ON_LOOPBACK, &[("gulls", feed)]);
    let plan = || program.call(&["run", "--plan", "--json"]).json()[0].clone();
    assert_eq!(plan()["list"], site.at("/feed.xml").as_str());
    assert!(site.asked().is_empty() && !program.path("archive").exists());
    site.give("/feed.xml", 429, &[("retry-after", "86400")], "");
    program.call(&["run"]);
    site.asked();
    let planned = plan();
    assert!(planned["list"].is_null() && planned["left_alone_until"].is_string(), "{planned}");
    assert!(site.asked().is_empty());
}
