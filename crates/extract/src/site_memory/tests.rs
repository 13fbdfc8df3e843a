use std::sync::Arc;

use url::Url;

use super::SiteMemory;
use crate::model::{Article, Candidate, Field};
use crate::{Page, Settings, article};

fn page(headline: &str, picture: &str) -> String {
    let text = format!(
        "<p>{headline}: the council of the harbour heard from its skippers, who said that the catch of herring has fallen \
                since the winter, and that they would rather sell their boats than wait for another year like it.</p>"
    );
    format!(
        "<html lang=en><head><title>Pictures and words of the quay</title><meta property=og:title content='Pictures \
         and words of the quay'><meta property=og:image content='{picture}'></head><body><div>Pictures and words of the \
         quay</div><h1>Pictures and words of the quay</h1><article><h1>{headline}</h1>{}</article></body></html>",
        text.repeat(4),
    )
}

fn read(html: &str, n: usize, memory: &SiteMemory, linked: Option<&str>) -> Article {
    let url = Url::parse(&format!("https://quay.example/p/{n}")).unwrap();
    let hints = Candidate { title: linked.map(str::to_owned), ..Candidate::new(url.clone()) };
    let bytes = html.as_bytes();
    let page =
        Page { url: &url, content_type: Some("text/html"), bytes, captured_at: None, hints: Some(&hints) };
    article(&page, &Settings { memory: Arc::new(memory.clone()), ..Settings::default() }).unwrap()
}

const HEADLINES: [&str; 6] =
    ["Low tide", "Rope for sale", "The old net loft burns", "Geese", "A letter", "No ferry on Sunday"];
const LOGO: &str = "https://quay.example/share.png";

/// What is known of the site once these pages were read with what `memory` knew.
fn learnt(memory: &SiteMemory, linked: Option<&str>) -> (SiteMemory, Vec<Article>) {
    let articles: Vec<Article> =
        (0..).zip(HEADLINES).map(|(n, headline)| read(&page(headline, LOGO), n, memory, linked)).collect();
    let mut memory = SiteMemory::default();
    articles.iter().for_each(|article| memory.learn(article));
    (memory, articles)
}

#[test]
fn a_title_that_stands_on_every_page_is_the_sites_and_stays_known() {
    let (mut memory, articles) = learnt(&SiteMemory::default(), None);
    assert_eq!(articles[0].title, "Pictures and words of the quay");
    assert!(memory.knows_of(&articles[0]));
    for _ in 0..3 {
        let (next, articles) = learnt(&memory, None);
        assert_eq!(articles.iter().map(|article| article.title.as_str()).collect::<Vec<_>>(), HEADLINES);
        assert!(articles.iter().all(|article| !memory.knows_of(article)));
        memory = next;
    }
}

#[test]
fn a_series_goes_by_one_title() {
    let name = "Pictures and words of the quay";
    let (memory, _) = learnt(&SiteMemory::default(), Some(name));
    assert_eq!(read(&page("Low tide", LOGO), 0, &memory, Some(name)).title, name);
}

#[test]
fn a_picture_that_stands_for_every_page_is_none_of_the_articles() {
    let (mut memory, articles) = learnt(&SiteMemory::default(), None);
    assert_eq!(articles[0].image.as_ref().unwrap().url.as_str(), LOGO);
    for _ in 0..3 {
        let (next, articles) = learnt(&memory, None);
        assert!(articles.iter().all(|article| article.image.is_none()));
        assert_eq!(articles[0].provenance[&Field::Image].beat[0].1, LOGO);
        let own = read(&page("Ice", "https://quay.example/ice.jpg"), 9, &memory, None);
        assert_eq!(own.image.unwrap().url.as_str(), "https://quay.example/ice.jpg");
        memory = next;
    }
}
