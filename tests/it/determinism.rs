//! What is published depends on what was captured and on nothing else: not on which answer came first, nor on where and
//! how the program runs.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::TimeDelta;
use tearsheet::config;
use tearsheet::model::Digest;
use tearsheet::pipeline::{self, Progress};
use tempfile::TempDir;

use crate::newspaper::{files, now};
use crate::program::{ON_LOOPBACK, Program};
use crate::small_site::{SmallSite, cards, path, title};

const SOURCES: [&str; 3] = ["a", "b", "c"];
const SETTINGS: &str = "[[feed]]\nid = \"all\"\nsources = [\"*\"]\nsize = 9\n";

fn published(root: &Path) -> BTreeMap<PathBuf, Digest> {
    files(&root.join("public")).into_iter().map(|(path, bytes)| (path, Digest::of(&bytes))).collect()
}

/// Three sites with articles of their own, each of which also lists some of a fourth.
struct Sites {
    own: [SmallSite; 3],
    shared: SmallSite,
}

impl Sites {
    async fn start() -> Sites {
        let own = [SmallSite::start().await, SmallSite::start().await, SmallSite::start().await];
        for (site, first) in own.iter().zip([1, 11, 21]) {
            site.articles(first..first + 6);
        }
        let shared = SmallSite::start().await;
        shared.articles(31..=36);
        let sites = Sites { own, shared };
        sites.list(0);
        sites
    }

    /// What they list, so many articles later.
    fn list(&self, later: u32) {
        for (at, (site, first)) in self.own.iter().zip([1, 11, 21]).enumerate() {
            let shared = (31..34 + later).filter(|n| *n as usize % 3 != at).fold(String::new(), |list, n| {
                let (url, title) = (self.shared.at(&path(n)), title(n));
                list + &format!("<div class=card><h3><a href=\"{url}\">{title}, says {at}</a></h3></div>")
            });
            let own = cards((first..first + 4 + later).rev());
            site.html("/", &format!("<main>{shared}{own}</main>"));
        }
    }
}

fn follow(sites: &Sites) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("config/sources")).unwrap();
    fs::write(root.path().join("config/tearsheet.toml"), format!("{ON_LOOPBACK}{SETTINGS}")).unwrap();
    for (id, site) in SOURCES.iter().zip(&sites.own) {
        let text = format!("url = \"{}\"\nkind = \"listing\"\n", site.url);
        fs::write(root.path().join(format!("config/sources/{id}.toml")), text).unwrap();
    }
    root
}

/// Runs, with one source beginning only when the one before it in `order` is done; all at once without an order.
async fn run(root: &Path, sites: &Sites, order: Option<[usize; 3]>, hours: i64) {
    let config = config::load(root).unwrap();
    let held: Vec<_> = sites.own.iter().map(|site| site.hold("/")).collect();
    let release = |at: usize| held[at].send(false).unwrap();
    match order {
        Some([first, ..]) => release(first),
        None => (0..3).for_each(release),
    }
    let observer = |progress: Progress| {
        let (Progress::Source(report), Some(order)) = (progress, order) else { return };
        let done = SOURCES.iter().position(|id| *id == report.source.as_str());
        let place = order.iter().position(|at| Some(*at) == done).unwrap();
        if let Some(next) = order.get(place + 1) {
            release(*next);
        }
    };
    let begun = "2025-02-01T08:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let report = pipeline::run(&config, &[], begun + TimeDelta::hours(hours), &observer).await.unwrap();
    assert!(!report.needs_a_look(), "{report:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_published_byte_depends_on_the_order_of_answers() {
    let sites = Sites::start().await;
    let orders = [Some([0, 1, 2]), Some([2, 1, 0]), Some([1, 2, 0]), None];
    let roots = orders.map(|_| follow(&sites));
    let mut before = BTreeMap::new();
    for (later, hours) in [(0, 0), (2, 30)] {
        sites.list(later);
        for (root, order) in roots.iter().zip(orders) {
            run(root.path(), &sites, order, hours).await;
        }
        let first = published(roots[0].path());
        for (root, order) in roots.iter().zip(orders) {
            assert_eq!(published(root.path()), first, "{order:?}, run {later}");
        }
        assert_ne!(first, before);
        before = first;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_machines_publish_the_same_bytes_of_the_same_archive() {
    let sites = Sites::start().await;
    let site = &sites.own[0];
    let program = Program::new(ON_LOOPBACK, &[("a", format!("url = \"{}\"\n", site.url))]);
    assert_eq!(program.call(&["run"]).code, Some(0));
    let first = published(program.root());
    let machines = [
        ("/", [("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")], "1"),
        ("/tmp", [("TZ", "America/St_Johns"), ("LC_ALL", "C"), ("LANG", "ar_EG")], "7"),
    ];
    for (folder, variables, threads) in machines {
        let other = tempfile::tempdir().unwrap();
        for part in ["config", "archive/warc"] {
            copy(&program.path(part), &other.path().join(part));
        }
        let mut command = Command::new(program.command(&[]).get_program());
        command.arg("--root").arg(other.path()).arg("rebuild");
        command.envs(variables).env("TOKIO_WORKER_THREADS", threads).current_dir(folder);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        assert_eq!(published(other.path()), first, "{variables:?}");
    }
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let to = to.join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
}

/// Of each published file, what would make a synchroniser or a repository take it for another.
fn touched(root: &Path) -> BTreeMap<PathBuf, (u64, i64, i64)> {
    let output = root.join("public");
    let about = |path: PathBuf| {
        let about = fs::metadata(output.join(&path)).unwrap();
        (path, (about.ino(), about.mtime(), about.mtime_nsec()))
    };
    files(&output).into_keys().map(about).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_with_nothing_new_touches_no_published_file() {
    let sites = Sites::start().await;
    let root = follow(&sites);
    let config = config::load(root.path()).unwrap();
    pipeline::run(&config, &[], now(), &|_| {}).await.unwrap();
    let before = (published(root.path()), touched(root.path()));
    for minutes in [10, 20] {
        let report = pipeline::run(&config, &[], now() + TimeDelta::minutes(minutes), &|_| {}).await.unwrap();
        assert_eq!((report.published.written, report.published.removed), (0, 0));
    }
    pipeline::build(&config, now(), &|_| {}).unwrap();
    assert!((published(root.path()), touched(root.path())) == before, "nor does a build of the same");
}

/// What git says about the folder; nothing where there is no git.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]);
    command.args(arguments).current_dir(folder);
    command.envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")]);
    // Set where the tests run from a hook, of the repository that has it.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    let output = command.output().ok()?;
    assert!(output.status.success(), "{output:?}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_with_nothing_new_leaves_a_repository_clean() {
    let sites = Sites::start().await;
    let root = follow(&sites);
    let output = root.path().join("public");
    run(root.path(), &sites, None, 0).await;
    if git(&output, &["init", "-q"]).is_none() {
        return;
    }
    git(&output, &["add", "-A"]).unwrap();
    git(&output, &["commit", "-q", "-m", "Published"]).unwrap();
    for hours in [1, 30] {
        run(root.path(), &sites, None, hours).await;
        assert_eq!(git(&output, &["status", "--porcelain"]).unwrap(), "", "after {hours} hours");
    }
    sites.list(2);
    run(root.path(), &sites, None, 60).await;
    assert_ne!(git(&output, &["status", "--porcelain"]).unwrap(), "", "there is news");
}
