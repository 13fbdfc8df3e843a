//! Which path shows what.

use std::io::Write;

use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use minijinja::{Value, context};
use url::Url;

use super::answer::Answer;
use super::article::{Article, Section, Template};
use super::press::{Press, words};
use super::{DISALLOWED_PATH, MISSING_PATH, REDIRECTING_PATH, SOFT_ERROR_PATH, images, view};

/// How many articles stand on one page of the listing.
const PER_PAGE: usize = 6;
/// How many of the newest articles the first of the two sitemaps has.
const RECENT: usize = 4;

const MISSING_TEXT: &str = "Sorry, the page that you are looking for could not be found. It may have been moved or \
    deleted. Please check the address, or try our search.";
/// Links of the listing that lead to no article: their place in it, what they promise, where they lead.
const TRAPS: &[(usize, &str, &str)] = &[
    (2, "Ten Recipes for the First Warm Evening of the Year", MISSING_PATH),
    (4, MEMBERS_TITLE, DISALLOWED_PATH),
    (6, "As It Happened: The Council Debates the Harbour Fee", SOFT_ERROR_PATH),
];
const MEMBERS_TITLE: &str = "Members Only: Inside the Archive of the Harbour Office";
const MEMBERS_TEXT: &str = "This tour of the archive is a present to the members of the Newspaper Society, who paid \
    for the shelves. Robots are asked not to read it, and those that do are not polite.";

/// The newspaper at one moment.
pub(super) struct Edition<'a> {
    pub(super) press: &'a Press,
    /// What can be read, newest first.
    pub(super) articles: &'a [Article],
    /// Where it is reachable.
    pub(super) base: &'a Url,
}

impl Edition<'_> {
    /// What `target`, a path with or without a query, answers.
    pub(super) fn answer(&self, target: &str) -> Answer {
        let target = without_tracking(target);
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        if let Some(article) =
            self.articles.iter().find(|article| article.path == target || article.path == path)
        {
            return self.article(article);
        }
        match path {
            "/" => Answer::html(self.press.print("front.html", context! {})),
            "/robots.txt" => Answer::ok("text/plain; charset=utf-8", self.robots()),
            "/world/" => self.world(query),
            "/business/" => self.business(),
            "/business/feed.xml" => self.feed(),
            "/science/" => Answer::html(self.press.print("science.html", context! {})),
            "/science/sitemap.xml" => self.sitemap_index(),
            "/science/sitemap-recent.xml" => {
                Answer::xml(self.sitemap(self.of(Section::Science).take(RECENT)))
            }
            "/science/sitemap-archive.xml.gz" => {
                let older = self.sitemap(self.of(Section::Science).skip(RECENT));
                Answer::ok("application/gzip", gzip(older.as_bytes()))
            }
            "/about" | "/subscribe" => self.notice("About us", "The Courier is the newspaper of Port Alder."),
            DISALLOWED_PATH => self.notice(MEMBERS_TITLE, MEMBERS_TEXT),
            SOFT_ERROR_PATH => self.notice("Page not found", MISSING_TEXT),
            REDIRECTING_PATH => self.redirect(),
            _ => match path.strip_prefix("/images/").and_then(images::answer) {
                Some(image) => image,
                None => self.missing(),
            },
        }
    }

    fn article(&self, article: &Article) -> Answer {
        // An old page is not changed by newer ones, so its neighbours are the oldest.
        let mut related: Vec<&Article> =
            self.of(article.section).filter(|other| other.slug != article.slug).collect();
        related.reverse();
        related.truncate(3);
        let values = context! {
            article => view::of(article, self.base),
            related => self.views(related),
            words => words(&article.language),
        };
        let answer = match article.template {
            Template::Harbour => Answer::html(self.press.print("harbour.html", values)),
            Template::Ledger => Answer::html(self.press.print("ledger.html", values)),
            Template::Lab => Answer::html(self.press.print("lab.html", values)),
            Template::Gazette => {
                let page = self.press.print("gazette.html", values);
                Answer::ok("text/html", encoding_rs::WINDOWS_1252.encode(&page).0.into_owned())
            }
        };
        answer.changed(article.changed().to_utc())
    }

    fn world(&self, query: &str) -> Answer {
        let page: usize = query.strip_prefix("page=").and_then(|page| page.parse().ok()).unwrap_or(1);
        let all: Vec<&Article> = self.of(Section::World).collect();
        let first = page.saturating_sub(1) * PER_PAGE;
        if first >= all.len() {
            return self.missing();
        }
        let mut teasers: Vec<Value> = all
            .iter()
            .skip(first)
            .take(PER_PAGE)
            .enumerate()
            .map(|(at, article)| self.teaser(article, at))
            .collect();
        if page == 1 {
            for (at, title, path) in TRAPS {
                teasers.insert(*at, bad_teaser(title, path));
            }
        }
        let link = |page: usize| format!("/world/?page={page}");
        let page_of_listing = self.press.print(
            "world.html",
            context! {
                page,
                teasers,
                most_read => self.views(all.iter().copied().skip(1).take(3)),
                previous => (page > 1).then(|| link(page - 1)),
                next => (first + PER_PAGE < all.len()).then(|| link(page + 1)),
            },
        );
        Answer::html(page_of_listing)
    }

    fn business(&self) -> Answer {
        let articles = self.views(self.of(Section::Business));
        Answer::html(self.press.print("business.html", context! { articles }))
    }

    fn feed(&self) -> Answer {
        let item = |article: &Article| {
            let (path, tracking) = match REDIRECTING_PATH.strip_prefix("/go/") {
                Some(slug) if slug == article.slug => (REDIRECTING_PATH, ""),
                _ => (article.path.as_str(), "?utm_source=rss&utm_medium=feed"),
            };
            let link = format!("{}{}{tracking}", self.base, path.trim_start_matches('/'));
            context! { link, ..view::of(article, self.base) }
        };
        let items: Vec<Value> = self.of(Section::Business).map(item).collect();
        let feed = self.press.print("feed.xml", context! { base => self.base.as_str(), items });
        Answer::ok("application/rss+xml; charset=utf-8", feed).changed(self.changed(Section::Business))
    }

    fn sitemap_index(&self) -> Answer {
        let modified = self.changed(Section::Science).map(|at| at.to_rfc3339()).unwrap_or_default();
        let map =
            |name: &str| context! { url => format!("{}science/{name}", self.base), modified => &modified };
        let maps = [map("sitemap-archive.xml.gz"), map("sitemap-recent.xml")];
        Answer::xml(self.press.print("sitemap_index.xml", context! { maps }))
    }

    fn sitemap<'b>(&self, articles: impl Iterator<Item = &'b Article>) -> String {
        self.press.print("sitemap.xml", context! { items => self.views(articles) })
    }

    fn robots(&self) -> String {
        let base = self.base;
        format!(
            "# Everyone is welcome, except in the members' room.\nUser-agent: *\nDisallow: /members/\n\
             Disallow: /subscribe\n\nSitemap: {base}science/sitemap.xml\n"
        )
    }

    fn notice(&self, title: &str, text: &str) -> Answer {
        Answer::html(self.press.print("notice.html", context! { title, text }))
    }

    fn missing(&self) -> Answer {
        self.notice("Page not found", MISSING_TEXT).with_status(404)
    }

    fn redirect(&self) -> Answer {
        let slug = REDIRECTING_PATH.trim_start_matches("/go/");
        match self.articles.iter().find(|article| article.slug == slug) {
            Some(article) => Answer::redirect(article.path.clone()),
            None => self.missing(),
        }
    }

    fn of(&self, section: Section) -> impl Iterator<Item = &Article> {
        self.articles.iter().filter(move |article| article.section == section)
    }

    fn views<'b>(&self, articles: impl IntoIterator<Item = &'b Article>) -> Vec<Value> {
        articles.into_iter().map(|article| view::of(article, self.base)).collect()
    }

    /// An article in the listing. Every second link says where it was clicked.
    fn teaser(&self, article: &Article, at: usize) -> Value {
        let mut link = article.path.clone();
        if at.is_multiple_of(2) {
            link.push(if link.contains('?') { '&' } else { '?' });
            link.push_str("utm_source=front&utm_medium=teaser");
        }
        context! { link, ..view::of(article, self.base) }
    }

    fn changed(&self, section: Section) -> Option<DateTime<Utc>> {
        self.of(section).map(|article| article.changed().to_utc()).max()
    }
}

/// A link in the listing that leads to no article.
fn bad_teaser(title: &str, link: &str) -> Value {
    context! {
        link,
        title,
        byline => "Courier Staff",
        date => "2025-05-06",
        day => "6 May 2025",
        image => "/images/blank.png",
        summary => "A story that is worth a click, if only it were there.",
    }
}

/// `target` without the parameters that say how a reader came.
fn without_tracking(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else { return target.to_owned() };
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("utm_")).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

pub(super) fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(plain).expect("memory takes every byte");
    packed.finish().expect("memory takes every byte")
}
