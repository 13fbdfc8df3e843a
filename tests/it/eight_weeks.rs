//! Eight weeks of a site: what is published on it, in bursts and with long silences, is edited, put in another order and
//! taken off again; the site is built anew once, and once it is out of order for a day. Time is what the runs are told.

use std::collections::BTreeSet;
use std::fs;

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use tearsheet::config::{self, Config};
use tearsheet::pipeline;

use crate::newspaper::now;
use crate::program::ON_LOOPBACK;
use crate::small_site::{SmallSite, cards, date, path, title};

const HOURS: i64 = 8 * 7 * 24;
/// Hours between two runs.
const BETWEEN: usize = 2;
/// Articles on one page of the listing.
const PER_PAGE: usize = 12;
const REDESIGN: i64 = 30 * 24;
/// When the site is out of order.
const OUTAGE: std::ops::Range<i64> = 41 * 24..42 * 24;
/// When far more is published than a page of the listing holds.
const BURST: std::ops::Range<i64> = 17 * 24 + 9..17 * 24 + 12;

/// Numbers that are the same at every start (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

struct Site {
    site: SmallSite,
    random: Random,
    published: u32,
    /// The articles of the listing, newest first but for what was put elsewhere.
    listed: Vec<u32>,
    edited: BTreeSet<u32>,
    is_new_design: bool,
}

impl Site {
    async fn start() -> Site {
        let site = SmallSite::start().await;
        let mut site = Site {
            site,
            random: Random(0x9E37_79B9_7F4A_7C15),
            published: 0,
            listed: Vec::new(),
            edited: BTreeSet::new(),
            is_new_design: false,
        };
        (0..20).for_each(|_| site.publish());
        site.write();
        site
    }

    fn publish(&mut self) {
        self.published += 1;
        self.site.articles(self.published..=self.published);
        self.listed.insert(0, self.published);
    }

    /// What happens in the hour `hour`.
    fn live(&mut self, hour: i64) {
        let weekend = (hour / 24) % 7 >= 5;
        let at_work = (8..18).contains(&(hour % 24)) && !weekend;
        let new = match self.random.below(100) {
            _ if BURST.contains(&hour) => 9,
            0..20 if at_work => 1,
            20..23 if at_work => 3,
            0..2 => 1,
            _ => 0,
        };
        (0..new).for_each(|_| self.publish());
        match self.random.below(40) {
            0 => self.edit(),
            1 => self.reorder(),
            2 => self.take_off(),
            _ if new == 0 && hour != REDESIGN => return,
            _ => {}
        }
        self.is_new_design |= hour >= REDESIGN;
        self.write();
    }

    /// One of the newer articles gets another title, on the listing too.
    fn edit(&mut self) {
        let at = self.pick(PER_PAGE);
        let n = self.listed[at];
        self.edited.insert(n);
        let text = "<p>The keeper of the lighthouse has counted the gulls of the northern cliffs once more, and asks \
                    us to say that there are some more of them than she wrote at first, which she is glad of.</p>";
        let page = format!(
            "<article><h1>{}</h1><p>By Ada Keeper, <time datetime=\"{}\">then</time></p>{}</article>",
            self.title(n),
            date(n),
            text.repeat(3)
        );
        self.site.html(&path(n), &page);
    }

    /// An older one comes first again.
    fn reorder(&mut self) {
        let at = self.pick(PER_PAGE);
        let n = self.listed.remove(at);
        self.listed.insert(0, n);
    }

    /// One that was there for long is gone.
    fn take_off(&mut self) {
        if self.listed.len() > 3 * PER_PAGE {
            let at = 2 * PER_PAGE + self.pick(PER_PAGE);
            let n = self.listed.remove(at);
            self.site.fail(&path(n), 404);
        }
    }

    fn pick(&mut self, most: usize) -> usize {
        usize::try_from(self.random.below(most.min(self.listed.len()) as u64)).unwrap()
    }

    fn title(&self, n: u32) -> String {
        if self.edited.contains(&n) { format!("{}, counted again", title(n)) } else { title(n) }
    }

    fn write(&self) {
        for (page, articles) in self.listed.chunks(PER_PAGE).enumerate().take(6) {
            let list: String = articles.iter().map(|&n| self.item(n)).collect();
            let next = format!("<nav><a rel=next href=\"/?page={}\">Older reports</a></nav>", page + 2);
            let target = if page == 0 { "/".to_owned() } else { format!("/?page={}", page + 1) };
            self.site.html(&target, &format!("<main>{list}</main>{next}"));
        }
    }

    fn item(&self, n: u32) -> String {
        if self.is_new_design {
            let (path, title, date) = (path(n), self.title(n), date(n));
            format!("<section><a href=\"{path}\"><h2>{title}</h2><span>{date}</span></a></section>")
        } else {
            cards(n..=n).replace(&title(n), &self.title(n))
        }
    }
}

fn follow(site: &SmallSite) -> (tempfile::TempDir, Config) {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("config/sources")).unwrap();
    fs::write(root.path().join("config/tearsheet.toml"), ON_LOOPBACK).unwrap();
    let source = format!("url = \"{}\"\nkind = \"listing\"\n[feed]\nsize = 5\n", site.url);
    fs::write(root.path().join("config/sources/gulls.toml"), source).unwrap();
    let config = config::load(root.path()).unwrap();
    (root, config)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_article_is_missed_and_none_comes_twice() {
    let mut site = Site::start().await;
    let (_root, config) = follow(&site.site);
    let begin: DateTime<Utc> = now();
    let (mut asked, mut new) = (0, 0);
    for hour in (0..HOURS).step_by(BETWEEN) {
        (hour..hour + BETWEEN as i64).for_each(|hour| site.live(hour));
        if hour == OUTAGE.start {
            site.site.fail("/", 500);
        } else if hour == OUTAGE.end {
            site.site.mend("/");
        }
        let report = pipeline::run(&config, &[], begin + TimeDelta::hours(hour), &|_| {}).await.unwrap();
        new += report.sources[0].new;
        asked += site.site.asked().iter().filter(|target| !target.starts_with("/reports/")).count();
    }
    let entries = pipeline::entries(&config).unwrap();
    let numbers: Vec<u32> =
        entries.iter().map(|entry| entry.article.published.unwrap().date().ordinal()).collect();
    let archived: BTreeSet<u32> = numbers.iter().copied().collect();
    let missed: Vec<u32> = (1..=site.published).filter(|n| !archived.contains(n)).collect();
    assert_eq!(missed, Vec::<u32>::new(), "missed");
    assert_eq!(numbers.len(), archived.len(), "twice");
    assert_eq!(new, numbers.len());
    let runs = HOURS as usize / BETWEEN;
    let each = |requests: usize| requests as f64 / f64::from(site.published);
    println!(
        "{} articles in {runs} runs: {:.2} requests for each, {:.2} if each run asked",
        site.published,
        each(asked),
        each(runs)
    );
    assert!(asked < runs, "{asked} requests in {runs} runs");
}
