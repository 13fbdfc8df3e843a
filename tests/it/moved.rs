//! Sources that moved: for good, by mistake, or to where nothing of them is.

use crate::follow::Followed;
use crate::small_site::{SmallSite, rss};

async fn site() -> SmallSite {
    let site = SmallSite::start().await;
    site.articles(1..=9);
    site.xml("/old.xml", &rss((1..=6).rev()));
    site
}

fn moved(site: &SmallSite, status: u16, to: &str) {
    site.give("/old.xml", status, &[("location", to)], "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_for_good_is_remembered_and_given_up_where_the_new_place_fails() {
    for status in [301, 308] {
        let site = site().await;
        moved(&site, status, "/new.xml");
        site.xml("/new.xml", &rss((1..=6).rev()));
        let followed = Followed::new(&site, "/old.xml");
        assert_eq!(followed.run_named(0).await.new, 6);
        site.asked();
        followed.run_named(1).await;
        assert_eq!(site.asked(), ["/new.xml"], "{status}");
        site.fail("/new.xml", 404);
        site.give_no_more("/old.xml");
        site.xml("/old.xml", &rss((1..=7).rev()));
        assert_eq!(followed.run_named(2).await.new, 1, "{status}");
        site.asked();
        followed.run_named(3).await;
        assert_eq!(site.asked(), ["/old.xml"], "it is back where it was");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_detour_is_never_remembered() {
    for status in [302, 303, 307] {
        let site = site().await;
        moved(&site, status, "/new.xml");
        site.xml("/new.xml", &rss((1..=6).rev()));
        let followed = Followed::new(&site, "/old.xml");
        followed.run_named(0).await;
        site.asked();
        followed.run_named(1).await;
        assert_eq!(site.asked(), ["/old.xml", "/new.xml"], "{status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_place_is_asked_once_a_month() {
    let site = site().await;
    moved(&site, 301, "/new.xml");
    site.xml("/new.xml", &rss((1..=6).rev()));
    let followed = Followed::new(&site, "/old.xml");
    followed.run_named(0).await;
    let mut asked = Vec::new();
    for day in 1..100 {
        site.asked();
        followed.run_named(day * 24).await;
        asked.extend(site.asked().contains(&"/old.xml".to_owned()).then_some(day));
    }
    assert_eq!(asked, [30, 60, 90]);
    site.give_no_more("/old.xml");
    site.xml("/old.xml", &rss((1..=8).rev()));
    assert_eq!(followed.run_named(121 * 24).await.new, 2, "what was moved by mistake is back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loop_at_the_new_place_is_told_and_is_over_when_the_old_one_answers() {
    let site = site().await;
    moved(&site, 301, "/new.xml");
    site.xml("/new.xml", &rss((1..=6).rev()));
    let followed = Followed::new(&site, "/old.xml");
    followed.run_named(0).await;
    site.give("/new.xml", 301, &[("location", "/old.xml")], "");
    let report = followed.run_named(1).await;
    assert!(report.failure.unwrap().contains("lead back"));
    site.give_no_more("/old.xml");
    site.xml("/old.xml", &rss((1..=7).rev()));
    assert_eq!(followed.run_named(2).await.new, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_became_the_home_page_is_told_and_nothing_is_taken_from_it() {
    let site = site().await;
    site.html("/", &crate::small_site::cards((8..=9).rev()));
    let followed = Followed::new(&site, "/old.xml");
    followed.run_named(0).await;
    moved(&site, 301, "/");
    let report = followed.run_named(1).await;
    assert!(report.failure.as_ref().is_some_and(|why| why.contains("the home page")), "{report:?}");
    assert_eq!((report.new, report.needs_a_look()), (0, true));
    site.asked();
    followed.run_named(2).await;
    assert!(site.asked().contains(&"/old.xml".to_owned()), "the move is not remembered");
    site.give_no_more("/old.xml");
    site.xml("/old.xml", &rss((1..=7).rev()));
    assert_eq!(followed.run_named(3).await.new, 1);
    assert_eq!(followed.events().len(), 2, "failing, recovered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_went_to_another_site_is_told_and_followed_for_what_is_known_there() {
    let (site, other) = (site().await, SmallSite::start().await);
    let followed = Followed::new(&site, "/old.xml");
    followed.run_named(0).await;
    other.xml("/feed.xml", &rss((1..=7).rev()).replace("<link>/", &format!("<link>{}", site.url)));
    moved(&site, 301, other.at("/feed.xml").as_str());
    let report = followed.run_named(1).await;
    assert!(report.drifted.as_ref().is_some_and(|why| why.contains("another site")), "{report:?}");
    assert_eq!(report.new, 1);
    site.asked();
    followed.run_named(2).await;
    assert!(site.asked().contains(&"/old.xml".to_owned()), "nobody has said yet that it is right");
    // It stays so for a week.
    followed.run_named(8 * 24).await;
    site.asked();
    assert!(followed.run_named(8 * 24 + 1).await.drifted.is_none());
    assert_eq!(site.asked(), [""; 0], "and then it is remembered");
}
