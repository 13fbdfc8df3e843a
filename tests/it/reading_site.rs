//! The reading site as a whole: every article can be reached, months that are over stay as they are, and what changes is
//! what has to.

use std::collections::{BTreeMap, BTreeSet};

use tearsheet::pipeline;

use crate::feed_history::{BASE, Cliffs};
use crate::follow::after;
use crate::program::files;
use crate::small_site::{path, title};

type Public = BTreeMap<String, Vec<u8>>;

fn text<'p>(public: &'p Public, path: &str) -> &'p str {
    let bytes = public.get(path).unwrap_or_else(|| panic!("{path} is not there"));
    std::str::from_utf8(bytes).unwrap()
}

/// The files below the output folder to which the page at `path` links, each with the words of the link.
fn links(public: &Public, path: &str) -> Vec<(String, String)> {
    let page = scraper::Html::parse_document(text(public, path));
    let anchors = scraper::Selector::parse("a[href]").unwrap();
    let base = url::Url::parse(BASE).unwrap().join(path).unwrap();
    let target = |link: scraper::ElementRef<'_>| {
        let mut url = base.join(link.attr("href")?).ok()?;
        url.set_fragment(None);
        let target = url.as_str().strip_prefix(BASE)?.to_owned();
        Some((target, link.text().collect::<String>().trim().to_owned()))
    };
    page.select(&anchors).filter_map(target).collect()
}

/// The pages that can be reached from the front page, each with how many links that takes.
fn reached(public: &Public) -> BTreeMap<String, usize> {
    let mut reached = BTreeMap::from([("index.html".to_owned(), 0)]);
    let mut ahead = std::collections::VecDeque::from(["index.html".to_owned()]);
    while let Some(page) = ahead.pop_front() {
        let clicks = reached[&page];
        for (target, _) in links(public, &page) {
            assert!(public.contains_key(&target), "{page} links to {target}, which is not there");
            if target.ends_with(".html") && !reached.contains_key(&target) {
                reached.insert(target.clone(), clicks + 1);
                ahead.push_back(target);
            }
        }
    }
    reached
}

fn pages_of_articles(public: &Public) -> BTreeSet<&String> {
    public.keys().filter(|path| path.starts_with("articles/")).collect()
}

/// The page of article `n`.
fn page_of(public: &Public, n: u32) -> String {
    let name = format!("/gulls-of-the-cliffs-{n}-");
    public.keys().find(|path| path.contains(&name)).unwrap_or_else(|| panic!("no page of {n}")).clone()
}

/// Everything made again from the archive is what the runs left.
fn assert_is_as_built_anew(cliffs: &Cliffs) {
    let before = files(&cliffs.followed.path("public"));
    std::fs::remove_dir_all(cliffs.followed.path("public")).unwrap();
    pipeline::build(&cliffs.followed.config, after(cliffs.hours), &|_| {}).unwrap();
    let anew = files(&cliffs.followed.path("public"));
    let names = |public: &Public| public.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&before), names(&anew));
    for (path, bytes) in &before {
        assert!(anew[path] == *bytes, "{path} differs:\n{}", String::from_utf8_lossy(&anew[path]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_article_can_be_reached_from_the_front_page_in_a_few_clicks() {
    let mut cliffs = Cliffs::new("[[feed]]\nid = \"all\"\n").await;
    let public = cliffs.lists(1..=131).await;
    let reached = reached(&public);
    for page in pages_of_articles(&public) {
        assert!(reached.get(page).is_some_and(|clicks| *clicks <= 3), "{page}: {:?}", reached.get(page));
    }
    assert_eq!(pages_of_articles(&public).len(), 131);
    let pages: Vec<&String> = public.keys().filter(|path| path.ends_with(".html")).collect();
    for page in pages {
        assert!(reached.contains_key(page), "{page} is linked from nowhere");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_articles_of_the_demo_can_be_reached_from_its_front_page() {
    let press = crate::newspaper::Press::start();
    press.run(crate::newspaper::now()).await;
    let public = files(&press.output());
    let (reached, articles) = (reached(&public), pages_of_articles(&public));
    assert_eq!(articles.len(), press.site.articles().len());
    for article in articles {
        assert!(reached.contains_key(article), "no page leads to {article}");
    }
    assert!(reached.contains_key("status.html"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_that_is_over_stays_as_it_is() {
    let mut cliffs = Cliffs::new("").await;
    let first = cliffs.lists(1..=70).await;
    let closed = ["months/2025-01.html", "months/2025-02.html", "gulls/months/2025-02.html"];
    let second = cliffs.lists(1..=100).await;
    for page in closed.iter().chain(&["sitemaps/2025-01-1.xml"]) {
        assert!(first[*page] == second[*page], "{page} changed");
    }
    assert!(first["gulls/months/2025-03.html"] != second["gulls/months/2025-03.html"], "it gained articles");
    assert!(text(&second, "gulls/months/2025-03.html").contains(&title(90)));
    // An article that its site publishes later is of its own month, not of that in which it was found.
    assert!(!text(&second, "months/2025-04.html").contains(&title(90)));
    let of = |page: &str| links(&second, page).into_iter().map(|(target, _)| target).collect::<Vec<_>>();
    let march = of("gulls/months/2025-03.html");
    for beside in ["gulls/months/2025-02.html", "gulls/months/2025-04.html", "gulls/index.html"] {
        assert!(march.contains(&beside.to_owned()), "{beside}");
    }
    assert_is_as_built_anew(&cliffs);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_that_one_page_cannot_show_is_cut_and_what_is_full_stays() {
    let mut cliffs = Cliffs::new("").await;
    // Two hundred and ten articles of one month.
    let in_january = |cliffs: &Cliffs, numbers: std::ops::RangeInclusive<u32>| {
        for n in numbers {
            let page = cliffs.site.page(&path(n));
            let day = 1 + (n - 1) / 9;
            let dated = page.replace(&crate::small_site::date(n), &format!("2025-01-{day:02}"));
            cliffs.site.put(&path(n), &dated);
        }
    };
    cliffs.site.articles(1..=219);
    in_january(&cliffs, 1..=219);
    cliffs.site.xml("/feed.xml", &undated(1..=210));
    let first = cliffs.run().await;
    assert!(first.contains_key("gulls/months/2025-01-1.html"));
    assert!(!first.contains_key("months/2025-01-1.html"), "a long month of the site names its sources");
    assert!(links(&first, "months/2025-01.html").iter().any(|(to, _)| to == "gulls/months/2025-01.html"));
    let clicks = reached(&first);
    assert!(pages_of_articles(&first).iter().all(|page| clicks.contains_key(*page)));
    cliffs.site.xml("/feed.xml", &undated(1..=219));
    let second = cliffs.run().await;
    assert!(first["gulls/months/2025-01-1.html"] == second["gulls/months/2025-01-1.html"]);
    assert!(first["months/2025-01.html"] == second["months/2025-01.html"]);
    assert!(first["gulls/months/2025-01.html"] != second["gulls/months/2025-01.html"]);
    assert_is_as_built_anew(&cliffs);
}

fn undated(numbers: std::ops::RangeInclusive<u32>) -> String {
    let items: String = numbers
        .rev()
        .map(|n| format!("<item><title>{}</title><link>{}</link></item>", title(n), path(n)))
        .collect();
    format!("<rss version=\"2.0\"><channel><title>The Gull</title>{items}</channel></rss>")
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_lead_to_those_beside_them_and_a_withdrawn_one_is_passed_over() {
    let mut cliffs = Cliffs::new("").await;
    let public = cliffs.lists(1..=5).await;
    let around = |public: &Public, n: u32| {
        let page = page_of(public, n);
        let all = links(public, &page);
        let of =
            |n: u32| all.iter().any(|(to, words)| *to == page_of(public, n) && words.contains(&title(n)));
        (1..=6)
            .filter(|other| {
                *other != n && public.keys().any(|path| path.contains(&format!("-{other}-"))) && of(*other)
            })
            .collect::<Vec<_>>()
    };
    assert_eq!([around(&public, 1), around(&public, 3), around(&public, 5)], [vec![2], vec![2, 4], vec![4]]);
    let url = cliffs.site.at(&path(3)).to_string();
    pipeline::withdraw(&cliffs.followed.config, &[url], "it names a child", after(30), &|_| {})
        .await
        .unwrap();
    let without = files(&cliffs.followed.path("public"));
    assert_eq!([around(&without, 2), around(&without, 4)], [vec![1, 4], vec![2, 5]]);
    for (path, bytes) in &without {
        assert!(!String::from_utf8_lossy(bytes).contains(&title(3)), "{path}");
    }
    assert_is_as_built_anew(&cliffs);
    let more = cliffs.lists(1..=6).await;
    assert_eq!(around(&more, 5), [4, 6], "the page before learns of what comes");
    assert_is_as_built_anew(&cliffs);
}

/// Gives article `n` these tags.
fn tag(cliffs: &Cliffs, n: u32, tags: &[&str]) {
    let metas: String =
        tags.iter().map(|tag| format!("<meta property=\"article:tag\" content=\"{tag}\">")).collect();
    let page = cliffs.site.page(&path(n)).replace("</head>", &format!("{metas}</head>"));
    cliffs.site.put(&path(n), &page);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_has_a_page_once_two_articles_carry_it() {
    let mut cliffs = Cliffs::new("").await;
    cliffs.site.articles(1..=3);
    tag(&cliffs, 1, &["Sea Birds", "C++"]);
    tag(&cliffs, 2, &["sea-birds"]);
    tag(&cliffs, 3, &["C++"]);
    cliffs.site.xml("/feed.xml", &crate::small_site::rss([2, 1].into_iter()));
    let first = cliffs.run().await;
    let tags = |public: &Public| {
        public
            .keys()
            .filter(|path| path.starts_with("tags/") && *path != "tags/index.html")
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(tags(&first), ["tags/sea-birds/index.html"]);
    let page = text(&first, "tags/sea-birds/index.html");
    assert!(page.contains("Sea Birds") && page.contains(&title(1)) && page.contains(&title(2)));
    let to = |public: &Public, n: u32| links(public, &page_of(public, n));
    assert!(
        to(&first, 2).iter().any(|(to, words)| to == "tags/sea-birds/index.html" && words == "sea-birds")
    );
    assert!(!to(&first, 1).iter().any(|(_, words)| words == "C++"));
    assert!(links(&first, "tags/index.html").iter().any(|(to, _)| to == "tags/sea-birds/index.html"));
    cliffs.site.xml("/feed.xml", &crate::small_site::rss([3, 2, 1].into_iter()));
    let second = cliffs.run().await;
    assert_eq!(tags(&second).len(), 2);
    assert!(to(&second, 1).iter().any(|(_, words)| words == "C++"), "its page leads to the new one");
    assert!(text(&second, "tags/index.html").contains("C++"));
    assert!(text(&second, "authors/ada-keeper/index.html").contains(&title(3)));
    assert_is_as_built_anew(&cliffs);
    // And it loses it with the second last.
    let url = cliffs.site.at(&path(3)).to_string();
    pipeline::withdraw(&cliffs.followed.config, &[url], "wrong", after(90), &|_| {}).await.unwrap();
    let third = files(&cliffs.followed.path("public"));
    assert_eq!(tags(&third), ["tags/sea-birds/index.html"]);
    assert!(!text(&third, "tags/index.html").contains("C++"));
    assert!(!to(&third, 1).iter().any(|(_, words)| words == "C++"));
    assert_is_as_built_anew(&cliffs);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sitemap_has_what_search_engines_may_see() {
    let mut cliffs =
        Cliffs::new("[[feed]]\nid = \"hidden\"\nunlisted = \"0123456789abcdef0123456789abcdef\"\n").await;
    cliffs.site.articles(1..=40);
    let page = cliffs.site.page(&path(7)).replace("</head>", "<meta name=robots content=\"noindex\"></head>");
    cliffs.site.put(&path(7), &page);
    // Alone in its month.
    cliffs.site.articles(41..=41);
    let old = "<meta name=robots content=\"noindex\"><meta property=\"article:published_time\" content=\"2021-03-04\">";
    let page = cliffs.site.page(&path(41)).replace("</head>", &format!("{old}</head>"));
    cliffs.site.put(&path(41), &page);
    cliffs.site.xml("/feed.xml", &crate::small_site::rss((1..=41).rev()));
    let public = cliffs.run().await;
    assert_eq!(
        text(&public, "robots.txt"),
        format!("User-agent: *\nDisallow:\nSitemap: {BASE}sitemap.xml\n")
    );
    let index = roxmltree::Document::parse(text(&public, "sitemap.xml")).unwrap();
    let locations = |document: &roxmltree::Document<'_>| -> Vec<String> {
        let of = document.descendants().filter(|node| node.tag_name().name() == "loc");
        of.map(|node| node.text().unwrap().strip_prefix(BASE).unwrap().to_owned()).collect()
    };
    let mut listed = BTreeSet::new();
    for file in locations(&index) {
        let document = roxmltree::Document::parse(text(&public, &file)).unwrap();
        assert!(!locations(&document).is_empty(), "{file} has no page");
        listed.extend(locations(&document));
    }
    assert!(
        public.contains_key("months/2021-03/index.html") || !text(&public, "sitemap.xml").contains("2021-03")
    );
    assert!(!public.keys().any(|file| file.starts_with("sitemaps/2021")));
    let hidden = [7, 41].map(|n| page_of(&public, n).trim_end_matches("index.html").to_owned());
    for page in pages_of_articles(&public) {
        let page = page.trim_end_matches("index.html").to_owned();
        assert_eq!(listed.contains(&page), !hidden.contains(&page), "{page}");
    }
    assert!(listed.contains("gulls/") && listed.contains("months/"));
    for (path, bytes) in public.iter().filter(|(path, _)| !path.starts_with("0123")) {
        assert!(
            !String::from_utf8_lossy(bytes).contains("0123456789abcdef"),
            "{path} names what is not listed"
        );
    }
    assert!(text(&public, "_headers").contains("default-src 'self'") && public.contains_key(".nojekyll"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_base_url_there_is_no_sitemap() {
    let mut cliffs = Cliffs::new("").await;
    cliffs.followed.config.site.base_url = None;
    let public = cliffs.lists(1..=5).await;
    assert_eq!(text(&public, "robots.txt"), "User-agent: *\nDisallow:\n");
    assert!(!public.keys().any(|path| path.starts_with("sitemap")));
    assert_eq!(reached(&public).keys().filter(|page| page.starts_with("articles/")).count(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_title_that_changes_changes_where_it_is_shown() {
    let mut cliffs = Cliffs::new("").await;
    cliffs.lists(1..=40).await;
    let corrected = format!("{}, and one seal", title(35));
    let page = cliffs.site.page(&path(35)).replace(&title(35), &corrected);
    let page =
        page.replace("came back to the northern cliffs", "stayed away: the harbour master counted none");
    cliffs.site.put(&path(35), &page);
    let feed = cliffs.site.page("/feed.xml").replace(&title(35), &corrected);
    cliffs.site.xml("/feed.xml", &feed);
    let public = cliffs.run().await;
    for page in ["gulls/months/2025-02.html", "months/2025-02.html", "authors/ada-keeper/index.html"] {
        assert!(text(&public, page).contains(&corrected), "{page}");
    }
    assert!(text(&public, &page_of(&public, 34)).contains(&corrected));
    assert_is_as_built_anew(&cliffs);
}

/// The files that differ between two states of the output, or are in one of them only.
fn changed(before: &Public, now: &Public) -> Vec<String> {
    let all: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    all.into_iter().filter(|path| before.get(*path) != now.get(*path)).cloned().collect()
}

/// Writes a source's file, or removes it, and reads the configuration again.
fn configure(cliffs: &mut Cliffs, name: &str, text: Option<String>) {
    let file = cliffs.followed.path(&format!("config/sources/{name}.toml"));
    match text {
        Some(text) => std::fs::write(file, text).unwrap(),
        None => std::fs::remove_file(file).unwrap(),
    }
    cliffs.followed.config = tearsheet::config::load(cliffs.followed.root.path()).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_comes_changes_or_goes_touches_only_what_shows_it() {
    let mut cliffs =
        Cliffs::new("[[feed]]\nid = \"all\"\n[[feed]]\nid = \"g\"\nsources = [\"gulls\"]\n").await;
    let first = cliffs.lists(1..=60).await;
    cliffs.site.articles(101..=104);
    cliffs.site.xml("/terns.xml", &crate::small_site::rss((101..=104).rev()));
    let terns = |more: &str| Some(format!("url = \"{}\"\n{more}", cliffs.site.at("/terns.xml")));
    let (plain, called) = (terns(""), terns("title = \"Terns of the pier\"\n"));
    let is_of_gulls = |path: &String| {
        path.starts_with("gulls/") || path.starts_with("articles/gulls/") || path.starts_with("g/")
    };

    configure(&mut cliffs, "terns", plain);
    let second = cliffs.run().await;
    let touched = changed(&first, &second);
    assert!(touched.iter().any(|path| path.starts_with("articles/terns/")));
    assert_eq!(touched.iter().filter(|path| is_of_gulls(path)).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(!touched.contains(&"all/history/0001.xml".to_owned()), "a full document stays: {touched:?}");
    assert_is_as_built_anew(&cliffs);

    configure(&mut cliffs, "terns", called);
    let third = cliffs.run().await;
    let touched = changed(&second, &third);
    for page in ["terns/index.html", "terns/atom.xml", "months/2025-04.html", "index.html", "feeds.opml"] {
        assert!(touched.contains(&page.to_owned()), "{page}: {touched:?}");
    }
    assert_eq!(touched.iter().filter(|path| is_of_gulls(path)).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_is_as_built_anew(&cliffs);

    configure(&mut cliffs, "terns", None);
    let fourth = cliffs.run().await;
    assert_eq!(changed(&first, &fourth), Vec::<String>::new(), "nothing is left of it");
    assert_is_as_built_anew(&cliffs);

    let gulls = format!("url = \"{}\"\nlimit = 300\n[feed]\nsize = 10\n", cliffs.site.at("/feed.xml"));
    configure(&mut cliffs, "gulls", Some(gulls));
    let fifth = cliffs.run().await;
    let expected = ["atom.xml", "feed.json", "index.html", "rss.xml"].map(|name| format!("gulls/{name}"));
    assert_eq!(changed(&fourth, &fifth), expected, "a size is that of one feed");
}
