//! Pages that could not be had: when they are tried again, and what is said of them.

use tearsheet::pipeline::{self, PageOutcome};

use crate::follow::{Followed, after, gulls};
use crate::program::{ON_LOOPBACK, Program};
use crate::small_site::{SmallSite, path, rss};

/// A site whose feed names article 1, which answers with `status`.
async fn site_with_a_missing_page(status: u16) -> SmallSite {
    let site = SmallSite::start().await;
    site.articles(1..=2);
    site.xml("/feed.xml", &rss([2, 1].into_iter()));
    site.fail(&path(1), status);
    site
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_announced_too_early_is_there_an_hour_later() {
    for status in [401, 402, 403, 404, 405, 410, 451, 500] {
        let site = site_with_a_missing_page(status).await;
        let followed = Followed::new(&site, "/feed.xml");
        let report = followed.run_named(0).await;
        assert_eq!((report.new, report.troubles.len()), (1, 1), "{status}");
        site.mend(&path(1));
        assert_eq!(followed.run_named(1).await.new, 1, "{status}");
        assert_eq!(followed.view().failed_pages(&gulls()).unwrap(), []);
    }
}

/// The hours at which article 1 is asked for, in runs every three hours.
async fn tries(site: &SmallSite, followed: &Followed, hours: std::ops::Range<i64>) -> Vec<i64> {
    let mut tries = Vec::new();
    for hour in hours.step_by(3) {
        site.asked();
        followed.run_named(hour).await;
        tries.extend(site.asked().contains(&path(1)).then_some(hour));
    }
    tries
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_listed_is_never_given_up() {
    let site = site_with_a_missing_page(404).await;
    let followed = Followed::new(&site, "/feed.xml");
    let weeks = |weeks: i64| weeks * 7 * 24;
    let tried = tries(&site, &followed, 0..weeks(2)).await;
    assert_eq!(tried, [0, 3, 9, 33, 33 + weeks(1)]);
    let mut at = weeks(2);
    // Two months of it, and then a run a week for the rest of the year.
    for week in 2..52 {
        at = weeks(week);
        followed.run_named(at).await;
    }
    let failed = followed.view().failed_pages(&gulls()).unwrap();
    assert_eq!(failed.len(), 1);
    assert!(failed[0].next_try_at.is_some_and(|next| next > after(at) && next <= after(at + weeks(1))));
    assert!(failed[0].failures > 50, "{failed:?}");
    site.mend(&path(1));
    assert_eq!(followed.run_named(at + weeks(1)).await.new, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_no_longer_listed_is_given_up_and_tried_again_once_it_is() {
    let site = site_with_a_missing_page(404).await;
    let followed = Followed::new(&site, "/feed.xml");
    followed.run_named(0).await;
    site.xml("/feed.xml", &rss([2].into_iter()));
    for week in 1..20 {
        followed.run_named(week * 7 * 24).await;
    }
    assert_eq!(followed.view().failed_pages(&gulls()).unwrap(), [], "nothing listed is missing");
    let tried = tries(&site, &followed, 20 * 7 * 24..22 * 7 * 24).await;
    assert_eq!(tried, [0; 0]);
    site.xml("/feed.xml", &rss([2, 1].into_iter()));
    site.mend(&path(1));
    assert_eq!(followed.run_named(23 * 7 * 24).await.new, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_says_nothing_new_does_not_hide_what_it_lists() {
    let site = site_with_a_missing_page(404).await.with_etags();
    let followed = Followed::new(&site, "/feed.xml");
    for hours in [0, 1, 7, 31, 31 + 168, 31 + 2 * 168, 31 + 9 * 168, 31 + 20 * 168] {
        followed.run_named(hours).await;
    }
    site.mend(&path(1));
    assert_eq!(followed.run_named(31 + 21 * 168).await.new, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_due_makes_its_quiet_source_due() {
    let site = site_with_a_missing_page(200).await;
    site.mend(&path(1));
    let followed = Followed::new(&site, "/feed.xml");
    followed.run(0).await;
    let quiet = 60 * 24;
    followed.run(quiet).await;
    site.articles(3..=3);
    site.fail(&path(3), 404);
    site.xml("/feed.xml", &rss((1..=3).rev()));
    followed.run(quiet + 6).await;
    site.mend(&path(3));
    assert_eq!(followed.run(quiet + 7).await.new, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_tries_all_that_failed_at_once() {
    let site = site_with_a_missing_page(404).await;
    let followed = Followed::new(&site, "/feed.xml");
    followed.run_named(0).await;
    site.asked();
    followed.run_named(0).await;
    assert!(!site.asked().contains(&path(1)), "it is not due");
    site.mend(&path(1));
    let mut report = pipeline::retry(&followed.config, &[], after(0), &|_| {}).await.unwrap();
    assert_eq!(report.sources.remove(0).new, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn status_names_what_failed_and_why_and_when_it_is_tried_again() {
    let site = site_with_a_missing_page(410).await;
    let source = format!("url = \"{}\"\n", site.at("/feed.xml"));
    let program = Program::new(ON_LOOPBACK, &[("gulls", source)]);
    let url = site.at(&path(1)).to_string();
    let calls = tokio::task::spawn_blocking(move || {
        let run = program.call(&["run"]);
        let (shown, told) = (program.call(&["status"]), program.call(&["status", "--json"]));
        site.mend(&path(1));
        (run, shown, told, program.call(&["run", "--retry"]), program.call(&["status"]))
    });
    let (run, shown, told, retry, after) = calls.await.unwrap();
    assert_eq!(
        (run.code, shown.code, retry.code, after.code),
        (Some(1), Some(1), Some(0), Some(0)),
        "{retry:?}"
    );
    for part in
        ["incomplete: 1 page could not be fetched", url.as_str(), "410 (Gone); next try 20", "run --retry"]
    {
        assert!(shown.stdout.contains(part), "{part}: {shown:?}");
    }
    let source = &told.json()["sources"][0];
    assert_eq!(source["state"], "incomplete");
    assert_eq!(source["failed"][0]["url"], url.as_str());
    assert!(after.stdout.contains(" ok"), "{after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_a_host_that_is_left_alone_has_not_failed() {
    let site = SmallSite::start().await;
    site.articles(1..=9);
    site.xml("/feed.xml", &rss((1..=9).rev()));
    for n in 1..=9 {
        site.give(&path(n), 429, &[("retry-after", "7200")], "slowly");
    }
    let followed = Followed::new(&site, "/feed.xml");
    let report = followed.run(0).await;
    assert_eq!((report.troubles.len(), report.postponed), (3, 6), "{report:?}");
    assert!(report.troubles.iter().all(|trouble| matches!(trouble.outcome, PageOutcome::Failed { .. })));
    let failures: Vec<u32> =
        followed.view().failed_pages(&gulls()).unwrap().iter().map(|page| page.failures).collect();
    assert_eq!(failures.iter().sum::<u32>(), 3, "{failures:?}");
    (1..=9).for_each(|n| site.give_no_more(&path(n)));
    assert_eq!(followed.run(3).await.new, 9);
}
