//! A run publishes what it has: sources that are done do not wait for one that is slow, and a deadline ends it.

use std::fs;
use std::sync::Mutex;

use tearsheet::pipeline::{self, Progress, RunMode, Stop};

use crate::follow::{Followed, after};
use crate::program::{Ended, Program, files};
use crate::small_site::{SmallSite, path, rss};

fn feed_of(site: &SmallSite, target: &str) -> String {
    format!("url = \"{}\"\n", site.at(target))
}

/// Two sites, each with a feed of three articles.
async fn sites() -> (SmallSite, SmallSite) {
    let (quick, slow) = (SmallSite::start().await, SmallSite::start().await);
    for site in [&quick, &slow] {
        site.articles(1..=3);
        site.xml("/feed.xml", &rss((1..=3).rev()));
    }
    (quick, slow)
}

const MERGED: &str = "[[feed]]\nid = \"all\"\nsources = [\"*\"]\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_is_done_is_published_while_another_is_not() {
    let (quick, slow) = sites().await;
    let sources = [("quick", feed_of(&quick, "/feed.xml")), ("slow", feed_of(&slow, "/feed.xml"))];
    let (stepwise, at_once) = (Followed::with(&sources, MERGED), Followed::with(&sources, MERGED));
    let held = Mutex::new(Some(slow.hold(&path(2))));
    let seen = Mutex::new(None);
    let observer = |progress: Progress| {
        if matches!(progress, Progress::Published) {
            let public = files(&stepwise.path("public"));
            *seen.lock().unwrap() = Some(public);
            if let Some(held) = held.lock().unwrap().take() {
                held.send(false).unwrap();
            }
        }
    };
    let at = after(0);
    pipeline::run(&stepwise.config, &[], at, &observer).await.unwrap();
    pipeline::run(&at_once.config, &[], at, &|_| {}).await.unwrap();
    let seen = seen.into_inner().unwrap().expect("a step was made");
    let in_step = |name: &str| String::from_utf8(seen[name].clone()).unwrap().matches("<entry>").count();
    assert_eq!((in_step("quick/atom.xml"), in_step("all/atom.xml")), (3, 3));
    assert_eq!(in_step("slow/atom.xml"), 0, "nothing of a source is shown before it is done");
    assert_eq!(files(&stepwise.path("public")), files(&at_once.path("public")), "steps leave no trace");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_ends_a_run_in_good_order_and_the_next_one_goes_on() {
    let (quick, slow) = sites().await;
    let sources = [("quick", feed_of(&quick, "/feed.xml")), ("slow", feed_of(&slow, "/feed.xml"))];
    let followed = Followed::with(&sources, "[run]\ndeadline = \"4s\"\n");
    let held = slow.hold(&path(2));
    let report = pipeline::run(&followed.config, &[], after(0), &|_| {}).await.unwrap();
    let [quick, slow] = &report.sources[..] else { panic!("{report:?}") };
    assert_eq!((quick.new, quick.needs_a_look()), (3, false), "{report:?}");
    assert_eq!((slow.new, slow.unread), (1, 2), "{report:?}");
    assert!(slow.left_out[0].contains("2 of its pages are left for the next"), "{report:?}");
    let feed = |name: &str| fs::read_to_string(followed.path(&format!("public/{name}/atom.xml"))).unwrap();
    assert_eq!(feed("quick").matches("<entry>").count(), 3);
    assert_eq!(feed("slow").matches("<entry>").count(), 1, "what is there is published");
    held.send(false).unwrap();
    let report = pipeline::run(&followed.config, &[], after(1), &|_| {}).await.unwrap();
    assert_eq!(report.sources[1].new, 2, "{report:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_asked_to_stop_keeps_what_it_has() {
    let (site, stop) = (SmallSite::start().await, Stop::default());
    site.articles(1..=3);
    site.xml("/feed.xml", &rss((1..=3).rev()));
    let followed = Followed::new(&site, "/feed.xml");
    let held = site.hold(&path(2));
    let observer = |progress: Progress| {
        if matches!(progress, Progress::Fetched(_)) {
            stop.ask();
        }
    };
    let config = &followed.config;
    let report = pipeline::run_until(&stop, config, &[], RunMode::News, after(0), &observer).await.unwrap();
    assert_eq!((report.sources[0].new, report.sources[0].unread), (1, 2), "{report:?}");
    assert_eq!(report.sources[0].left_out, ["the run was stopped: 2 of its pages are left for the next"]);
    let feed = fs::read_to_string(followed.path("public/gulls/atom.xml")).unwrap();
    assert_eq!(feed.matches("<entry>").count(), 1, "what is there is published");
    held.send(false).unwrap();
    assert_eq!(followed.run(1).await.new, 2, "the next run does not fetch the first again");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_first_interrupt_ends_a_run_in_good_order() {
    let site = SmallSite::start().await;
    site.articles(1..=3);
    site.xml("/feed.xml", &rss((1..=3).rev()));
    let program = Program::new(crate::program::ON_LOOPBACK, &[("gulls", feed_of(&site, "/feed.xml"))]);
    let held = site.hold(&path(2));
    let child = program.command(&["run"]).spawn().unwrap();
    let process = rustix::process::Pid::from_child(&child);
    let ended = tokio::task::spawn_blocking(move || Ended::of(child.wait_with_output().unwrap()));
    // The first is answered; the next one is not.
    while !site.asked().contains(&path(1)) {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    rustix::process::kill_process(process, rustix::process::Signal::INT).unwrap();
    let ended = ended.await.unwrap();
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.contains("stopping: what was fetched is archived"), "{ended:?}");
    assert!(ended.stderr.contains("of its pages are left for the next"), "{ended:?}");
    held.send(false).unwrap();
    let next = program.call(&["run", "gulls"]);
    assert_eq!((next.code, program.entries().len()), (Some(0), 3), "{ended:?} {next:?}");
}
