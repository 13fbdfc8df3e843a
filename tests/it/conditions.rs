//! Servers that stumble over conditional requests, or say for ever that nothing has changed; feeds that are cut off.

use crate::follow::Followed;
use crate::small_site::{SmallSite, path, rss};

async fn site() -> SmallSite {
    let site = SmallSite::start().await.with_etags();
    site.articles(1..=9);
    site.xml("/feed.xml", &rss((1..=3).rev()));
    site
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_takes_offence_at_a_condition_is_asked_without_one() {
    for status in [400, 412, 500] {
        let site = site().await;
        let followed = Followed::new(&site, "/feed.xml");
        followed.run_named(0).await;
        site.answer_conditions("/feed.xml", status);
        site.xml("/feed.xml", &rss((1..=4).rev()));
        let report = followed.run_named(1).await;
        assert_eq!((report.new, report.failure), (1, None), "{status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_never_changes_is_looked_at_whole_and_no_longer_believed_if_it_did() {
    let site = site().await;
    let followed = Followed::new(&site, "/feed.xml");
    followed.run_named(0).await;
    site.answer_conditions("/feed.xml", 304);
    site.xml("/feed.xml", &rss((1..=4).rev()));
    assert_eq!(followed.run_named(24).await.new, 0);
    assert_eq!(followed.run_named(73).await.new, 1);
    site.xml("/feed.xml", &rss((1..=5).rev()));
    assert_eq!(followed.run_named(74).await.new, 1, "it was caught");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_really_does_not_change_is_asked_for_whole_every_three_days() {
    let site = site().await;
    let followed = Followed::new(&site, "/feed.xml");
    followed.run_named(0).await;
    site.asked();
    let mut asked = Vec::new();
    for hours in [24, 48, 72] {
        followed.run_named(hours).await;
        asked.push(site.asked().into_iter().filter(|target| target == "/feed.xml").count());
    }
    assert_eq!(asked, [1, 1, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_was_cut_off_is_asked_for_again_whole() {
    let site = site().await;
    let followed = Followed::new(&site, "/feed.xml");
    followed.run_named(0).await;
    let whole = rss((1..=5).rev());
    let half = &whole[..whole.find(&path(4)).unwrap() + 8];
    site.give("/feed.xml", 200, &[("content-type", "application/rss+xml"), ("etag", "\"2\"")], half);
    let report = followed.run_named(1).await;
    assert_eq!((report.new, report.troubles.len()), (1, 0), "half a link is none: {report:?}");
    assert!(report.warnings.iter().any(|warning| warning.contains("cut off")), "{report:?}");
    site.answer_conditions("/feed.xml", 304);
    site.give_no_more("/feed.xml");
    site.xml("/feed.xml", &whole);
    assert_eq!(followed.run_named(2).await.new, 1);
}
