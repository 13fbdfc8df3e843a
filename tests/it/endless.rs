//! Documents without end, loops and bombs among a site's lists: each is bounded and told, and the rest of the run goes
//! on.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use tearsheet::config::{self, Config};
use tearsheet::discover::{Document, Kind, Listing, Settings, candidates};
use tearsheet::pipeline::{self, RunReport};
use url::Url;

use crate::newspaper::now;
use crate::program::ON_LOOPBACK;
use crate::small_site::{SmallSite, cards, path, rss, sitemap};

fn follow(sources: &[(&str, String)]) -> (tempfile::TempDir, Config) {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("config/sources")).unwrap();
    fs::write(root.path().join("config/tearsheet.toml"), ON_LOOPBACK).unwrap();
    for (id, text) in sources {
        fs::write(root.path().join(format!("config/sources/{id}.toml")), text).unwrap();
    }
    let config = config::load(root.path()).unwrap();
    (root, config)
}

async fn run(config: &Config) -> RunReport {
    pipeline::run(config, &[], now(), &|_| {}).await.unwrap()
}

/// A source of nine articles that does well, beside the other.
fn well(site: &SmallSite) -> String {
    site.articles(1..=9);
    site.xml("/feed.xml", &rss((1..=9).rev()));
    format!("url = \"{}\"\nkind = \"feed\"\n", site.at("/feed.xml"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_of_500_sitemaps_of_50_000_urls_with_a_loop_is_bounded() {
    let site = SmallSite::start().await;
    let parts = (0..500).fold(String::new(), |mut parts, n| {
        let part = if n == 0 { "/index.xml".to_owned() } else { format!("/part-{n}.xml") };
        write!(parts, "<sitemap><loc>{part}</loc></sitemap>").unwrap();
        parts
    });
    site.xml("/index.xml", &format!("<sitemapindex>{parts}</sitemapindex>"));
    site.xml("/part-1.xml", "<sitemapindex><sitemap><loc>/index.xml</loc></sitemap></sitemapindex>");
    let urls = (0..50_000).fold(String::new(), |mut urls, n| {
        write!(urls, "<url><loc>/old/{n}</loc></url>").unwrap();
        urls
    });
    site.xml("/part-2.xml", &format!("<urlset>{}{urls}</urlset>", sitemap(10..=18)));
    let source = format!("url = \"{}\"\nkind = \"sitemap\"\nlimit = 9\n", site.at("/index.xml"));
    let (_root, config) = follow(&[("endless", source), ("well", well(&site))]);
    site.articles(10..=18);
    let report = run(&config).await;
    assert_eq!((report.sources[0].candidates, report.sources[0].new), (9, 9), "{:?}", report.sources[0]);
    assert_eq!(report.sources[1].new, 9);
    let asked = site.asked();
    assert_eq!(asked.iter().filter(|target| target.ends_with(".xml")).count(), 4, "{asked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pager_that_never_ends_ends_a_run_and_is_told() {
    let site = SmallSite::start().await;
    site.articles(1..=6);
    site.html("/news", &format!("<main>{}</main>", cards((1..=6).rev())));
    let source = format!("url = \"{}\"\nkind = \"listing\"\nlimit = 1000\n", site.at("/news"));
    let (_root, config) = follow(&[("endless", source), ("well", well(&site))]);
    run(&config).await;
    // From now on each page has six others, none of which was known.
    for page in 1..=50 {
        let target = if page == 1 { "/news".to_owned() } else { format!("/news?page={page}") };
        let numbers = page * 6 + 1..=page * 6 + 6;
        let next = format!("<nav><a rel=next href=\"/news?page={}\">Older</a></nav>", page + 1);
        site.html(&target, &format!("<main>{}</main>{next}", cards(numbers)));
    }
    site.asked();
    let report = run(&config).await;
    let pages = site.asked().iter().filter(|target| target.starts_with("/news")).count();
    assert_eq!(pages, 10);
    assert!(
        report.sources[0].left_out[0].contains("nothing that it lists was known before"),
        "{:?}",
        report.sources[0].left_out
    );
    assert!(report.sources[1].failure.is_none());
}

fn read(bytes: &[u8], kind: Kind) -> Listing {
    let url = Url::parse("https://a.example/map.xml.gz").unwrap();
    let settings = Settings { kind, ..Settings::default() };
    candidates(&Document { url: &url, content_type: None, link: None, bytes, fetched_at: None }, &settings)
        .unwrap()
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_gzipped_sitemap_of_a_gigabyte_is_read_as_far_as_64_megabytes_go() {
    let mut bytes = gzip(format!("<urlset><url><loc>{}</loc></url>", path(1)).as_bytes());
    let spaces = gzip(&vec![b' '; 1 << 20]);
    (0..1024).for_each(|_| bytes.extend(&spaces));
    let listing = read(&bytes, Kind::Sitemap);
    assert_eq!(listing.candidates.len(), 1);
    assert_eq!(listing.warnings, ["the document unpacks to more than 64 MiB; the rest was not read"]);
}

#[test]
fn a_bomb_of_entities_in_a_feed_stays_small() {
    let entities: String =
        (1..10).map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10))).collect();
    let feed = format!(
        "<!DOCTYPE rss [<!ENTITY e0 \"boom\">{entities}]><rss><channel><item><title>&e9; Eels</title>\
         <link>/eels</link></item></channel></rss>"
    );
    let listing = read(feed.as_bytes(), Kind::Feed);
    let title = listing.candidates[0].title.as_ref().unwrap();
    assert!(title.len() < 100 && title.contains("Eels"), "{title}");
}

#[test]
fn a_feed_that_declares_no_encoding_is_read_in_the_one_it_is_in() {
    let text = "<rss><channel><item><title>Рыбаки вернулись домой с большим уловом, и город был рад</title><link>/1</link></item>\
                <item><title>Выставка открылась в городском музее на набережной</title><link>/2</link></item></channel></rss>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    let listing = read(&bytes, Kind::Feed);
    assert!(listing.candidates[0].title.as_ref().unwrap().starts_with("Рыбаки вернулись"), "{listing:?}");
}
