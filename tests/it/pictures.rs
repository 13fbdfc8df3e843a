//! Pictures that articles show: kept once, shown from here, and known when they are not.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::{ImageFormat, Rgb, RgbImage};
use tearsheet::archive::{self, Retention, Shape};
use tearsheet::pipeline;

use crate::follow::{Followed, after, gulls};
use crate::newspaper::files;
use crate::small_site::{SmallSite, path, rss};

/// A photo; another `seed` is another photo.
fn photo(width: u32, height: u32, seed: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| {
        let wave = |part: u32| ((x * part / 7 + y * (part + seed) / 5 + x * y / (90 + seed)) % 256) as u8;
        Rgb([wave(2), wave(5), wave(11)])
    });
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, ImageFormat::Jpeg).unwrap();
    out.into_inner()
}

fn figure(tag: &str) -> String {
    format!("<figure>{tag}<figcaption>The cliffs in the morning</figcaption></figure>")
}

/// Two articles with pictures in every way that pages have them.
async fn site() -> SmallSite {
    let site = SmallSite::start().await;
    let first = [
        "<img src=\"data:image/gif;base64,R0\" data-src=\"/p/cliffs.jpg\" alt=\"Cliffs\">",
        "<img srcset=\"/p/nest.jpg?w=400 400w, /p/nest.jpg?w=1300 1300w\" alt=\"A nest\">",
        "<img src=\"/p/gone.jpg\" alt=\"\"><img src=\"/p/pixel.gif\" width=1 height=1>",
    ];
    let second = [
        "<img src=\"/p/nest.jpg?w=900\" alt=\"The same nest\">",
        "<img src=\"/copies/cliffs-of-old.jpg\" alt=\"The same cliffs\"><img src=\"/p/lies.jpg\" alt=\"\">",
    ];
    site.articles_with(1..=1, &first.map(figure).concat());
    site.articles_with(2..=2, &second.map(figure).concat());
    site.xml("/feed.xml", &rss([2, 1].into_iter()));
    site.picture("/p/cliffs.jpg", "image/jpeg", photo(1800, 1000, 1));
    site.picture("/copies/cliffs-of-old.jpg", "image/jpeg", photo(1800, 1000, 1));
    for nest in ["/p/nest.jpg?w=1300", "/p/nest.jpg?w=900"] {
        site.picture(nest, "image/jpeg", photo(1300, 700, 2));
    }
    site.picture("/p/lies.jpg", "image/jpeg", b"<!doctype html><title>Log in</title>".to_vec());
    site
}

fn pictures_asked(site: &SmallSite) -> Vec<String> {
    let is_picture = |target: &String| target.starts_with("/p/") || target.starts_with("/copies/");
    let mut asked: Vec<String> = site.asked().into_iter().filter(is_picture).collect();
    asked.sort();
    asked
}

/// The page of the article with this number.
fn page(followed: &Followed, n: u32) -> String {
    let headline = format!("<h1>Report {n} from");
    let all = files(&followed.path("public/articles"));
    let mut pages = all.into_values().filter_map(|bytes| String::from_utf8(bytes).ok());
    pages.find(|page| page.contains(&headline)).unwrap()
}

fn shown(followed: &Followed) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = followed.path("public/assets/pictures");
    if Path::new(&folder).exists() { files(&folder) } else { BTreeMap::new() }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_picture_is_asked_for_once_and_shown_from_here() {
    let site = site().await;
    let followed = Followed::new(&site, "/feed.xml");
    let report = followed.run(0).await;
    let asked = pictures_asked(&site);
    let one_nest = asked.iter().filter(|target| target.starts_with("/p/nest.jpg")).count();
    assert_eq!((asked.len(), one_nest), (5, 1), "{asked:?}");
    assert_eq!((report.pictures.kept, report.pictures.failed), (3, 2), "{report:?}");
    assert!(!report.needs_a_look());
    let (first, second) = (page(&followed, 1), page(&followed, 2));
    for shown in
        ["-800.jpg 800w", "-1600.jpg 1600w", "width=\"1600\" height=\"889\"", "alt=\"A nest\"", "gone.jpg"]
    {
        assert!(first.contains(shown), "{shown} in {first}");
    }
    assert!(!first.contains("cliffs.jpg") && !first.contains("pixel") && second.contains("lies.jpg"));
    // Two photos in two widths, and a thumbnail of the first that each article shows.
    assert_eq!(shown(&followed).len(), 6);

    let before = files(&followed.path("public"));
    let again = followed.run(0).await;
    assert_eq!((again.pictures, pictures_asked(&site)), (pipeline::PictureReport::default(), Vec::new()));
    assert!(files(&followed.path("public")) == before);

    fs::remove_dir_all(followed.path("public")).unwrap();
    pipeline::rebuild(&followed.config, after(0), &|_| {}).unwrap();
    let rebuilt = files(&followed.path("public"));
    for (path, bytes) in &before {
        assert!(rebuilt.get(path) == Some(bytes), "{}", path.display());
    }
    assert_eq!(rebuilt.len(), before.len());
    followed.run(0).await;
    assert_eq!(pictures_asked(&site), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_failed_is_tried_again_and_then_shown() {
    let site = site().await;
    let followed = Followed::new(&site, "/feed.xml");
    followed.run(0).await;
    assert!(page(&followed, 1).contains("gone.jpg"));
    site.asked();
    followed.run_named(0).await;
    assert_eq!(pictures_asked(&site).len(), 0, "not before its time");
    site.picture("/p/gone.jpg", "image/jpeg", photo(300, 200, 3));
    let report = followed.run_named(25).await;
    assert_eq!(pictures_asked(&site), ["/p/gone.jpg", "/p/lies.jpg"]);
    assert_eq!(report.pictures.kept, 1);
    assert!(!page(&followed, 1).contains("gone.jpg"));
    for hours in [100, 400, 700, 1000] {
        followed.run_named(hours).await;
    }
    assert!(pictures_asked(&site).len() < 5, "it is given up");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_is_let_go_and_the_page_says_so() {
    let site = site().await;
    let source = format!("url = \"{}\"\n[pictures]\nmax_size = \"20 KB\"\n", site.at("/feed.xml"));
    let followed = Followed::with(&[("gulls", source)], "");
    let report = followed.run(0).await;
    assert_eq!((report.pictures.kept, report.pictures.let_go), (0, 3), "{report:?}");
    let first = page(&followed, 1);
    assert!(first.contains("Pictures that are not kept here:"), "{first}");
    assert!(shown(&followed).is_empty());
    let count = followed.view().picture_count(&gulls()).unwrap();
    assert_eq!((count.kept, count.let_go), (0, 3));
    let source = format!("url = \"{}\"\n[pictures]\nkeep = false\n", site.at("/feed.xml"));
    let without = Followed::with(&[("gulls", source)], "");
    site.asked();
    without.run(0).await;
    assert_eq!(pictures_asked(&site).len(), 0);
    let config = tearsheet::config::Config { ..Followed::new(&site, "/feed.xml").config };
    let mut kept = without.config.clone();
    kept.sources.clone_from(&config.sources);
    pipeline::backfill_pictures(&kept, &[], after(24 * 60), &|_| {}).await.unwrap();
    assert_eq!(pictures_asked(&site).len(), 5, "what is older is fetched when it is asked for");
    assert!(page(&without, 1).contains("srcset"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_of_an_article_that_is_taken_down_go_unless_another_shows_them() {
    let site = site().await;
    let followed = Followed::new(&site, "/feed.xml");
    followed.run(0).await;
    assert_eq!(shown(&followed).len(), 6);
    for (n, left) in [(1, 6), (2, 0)] {
        let url = site.at(&path(n)).to_string();
        pipeline::withdraw(&followed.config, &[url], "wrong", after(1), &|_| {}).await.unwrap();
        assert_eq!(shown(&followed).len(), left, "after {n}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_show_pictures_where_their_owner_wants_them() {
    let site = site().await;
    let feed = |images: &str| format!("[[feed]]\nid = \"{images}\"\nimages = \"{images}\"\n");
    let settings = format!("{}{}{}", feed("original"), feed("local"), feed("none"));
    let source = format!("url = \"{}\"\n", site.at("/feed.xml"));
    let followed = Followed::with(&[("gulls", source)], &settings);
    followed.run(0).await;
    let read = |feed: &str| fs::read_to_string(followed.path(&format!("public/{feed}/atom.xml"))).unwrap();
    assert!(read("original").contains("/p/cliffs.jpg") && read("gulls").contains("/p/cliffs.jpg"));
    let local = read("local");
    assert!(local.contains("https://feeds.example/assets/pictures/") && !local.contains("/p/cliffs.jpg"));
    assert!(!read("none").contains("&lt;img"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_archive_knows_its_pictures() {
    let site = site().await;
    let followed = Followed::new(&site, "/feed.xml");
    followed.run(0).await;
    let settings = followed.config.archive.clone();
    let verified = archive::verify(&settings, &|_, _| ()).unwrap();
    assert!(verified.findings.is_empty(), "{:?}", verified.findings);

    let file = followed.path("all.warc.gz");
    let what = archive::Exporting { sources: Some(&[gulls()]), title: "Gulls" };
    followed.view().export(&what, Shape::Warc, &file, &mut |_, _| ()).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(
        &mut LossyWarc(flate2::read::MultiGzDecoder::new(fs::File::open(&file).unwrap())),
        &mut text,
    )
    .unwrap();
    assert_eq!(text.matches("WARC-Type: revisit").count(), 1);
    assert_eq!(
        text.matches("Content-Type: image/jpeg").count() + text.matches("content-type: image/jpeg").count(),
        3
    );

    let config = tearsheet::config::Config {
        retention: Retention { max_size: Some(0), ..Retention::default() },
        ..followed.config.clone()
    };
    let before = shown(&followed);
    pipeline::prune(&config, after(1), &|_| {}).unwrap();
    fs::remove_dir_all(followed.path("public")).unwrap();
    pipeline::rebuild(&config, after(1), &|_| {}).unwrap();
    assert!(shown(&followed) == before, "pruning takes no picture that is shown");
}

/// Bytes as text, whatever they are.
struct LossyWarc<R>(R);

impl<R: std::io::Read> std::io::Read for LossyWarc<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let count = self.0.read(out)?;
        out[..count].iter_mut().filter(|byte| !byte.is_ascii()).for_each(|byte| *byte = b'?');
        Ok(count)
    }
}
