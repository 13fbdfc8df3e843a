//! A site on loopback whose pages a test writes down, and what it was asked for.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tearsheet::model::Digest;
use tokio::sync::watch;
use url::Url;

type Given = (u16, Vec<(&'static str, String)>, String);
type Files = BTreeMap<String, (&'static str, Vec<u8>)>;
type Pages = BTreeMap<String, (&'static str, String)>;

/// A running site; it ends with its test's runtime. Clones are the same site.
#[derive(Clone)]
pub(crate) struct SmallSite {
    pub(crate) url: Url,
    pages: Arc<Mutex<Pages>>,
    failing: Arc<Mutex<BTreeMap<String, u16>>>,
    moved: Arc<Mutex<BTreeMap<String, String>>>,
    held: Arc<Mutex<BTreeMap<String, watch::Receiver<bool>>>>,
    has_etags: Arc<AtomicBool>,
    /// Answers that are given whatever else is known of a target: status, headers, body.
    given: Arc<Mutex<BTreeMap<String, Given>>>,
    /// Statuses with which conditional requests are answered.
    to_conditions: Arc<Mutex<BTreeMap<String, u16>>>,
    asked: Arc<Mutex<Vec<String>>>,
    /// Pictures, which are given only to who says that a page of this machine shows them.
    files: Arc<Mutex<Files>>,
}

impl SmallSite {
    pub(crate) async fn start() -> SmallSite {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let site = SmallSite {
            url,
            pages: Arc::default(),
            failing: Arc::default(),
            moved: Arc::default(),
            held: Arc::default(),
            has_etags: Arc::default(),
            given: Arc::default(),
            to_conditions: Arc::default(),
            asked: Arc::default(),
            files: Arc::default(),
        };
        let served = site.clone();
        let router = Router::new().fallback(move |uri: Uri, headers: HeaderMap| {
            let target = uri.path_and_query().unwrap().as_str().to_owned();
            let held = served.held.lock().unwrap().get(&target).cloned();
            let site = served.clone();
            async move {
                if let Some(mut held) = held {
                    // Its sender is gone once the test is over.
                    let _ = held.wait_for(|held| !held).await;
                }
                let before = headers.get(header::IF_NONE_MATCH).and_then(|tag| tag.to_str().ok());
                let referer = headers.get(header::REFERER).and_then(|page| page.to_str().ok());
                match site.file(&target, before, referer.unwrap_or_default()) {
                    Some(file) => file,
                    None => site.answer(target, before),
                }
            }
        });
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        site
    }

    fn file(&self, target: &str, before: Option<&str>, referer: &str) -> Option<Response> {
        let (kind, bytes) = self.files.lock().unwrap().get(target).cloned()?;
        self.asked.lock().unwrap().push(target.to_owned());
        if !referer.starts_with("http://127.0.0.1:") {
            return Some((StatusCode::FORBIDDEN, "no hot-linking").into_response());
        }
        let tag = format!("\"{}\"", Digest::of(&bytes));
        if before == Some(tag.as_str()) {
            return Some(StatusCode::NOT_MODIFIED.into_response());
        }
        Some(([(header::CONTENT_TYPE, kind), (header::ETAG, tag.as_str())], bytes).into_response())
    }

    /// Puts a picture at this target.
    pub(crate) fn picture(&self, target: &str, kind: &'static str, bytes: Vec<u8>) {
        self.files.lock().unwrap().insert(target.to_owned(), (kind, bytes));
    }

    fn answer(&self, target: String, before: Option<&str>) -> Response {
        let page = self.pages.lock().unwrap().get(&target).cloned();
        let failure = self.failing.lock().unwrap().get(&target).copied();
        let moved = self.moved.lock().unwrap().get(&target).cloned();
        let given = self.given.lock().unwrap().get(&target).cloned();
        let to_condition = self.to_conditions.lock().unwrap().get(&target).copied();
        self.asked.lock().unwrap().push(target);
        if let Some(status) = to_condition.filter(|_| before.is_some()) {
            return StatusCode::from_u16(status).unwrap().into_response();
        }
        if let Some((status, headers, body)) = given {
            let mut response = (StatusCode::from_u16(status).unwrap(), body).into_response();
            for (name, value) in headers {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            return response;
        }
        let plain = [(header::CONTENT_TYPE, "text/plain")];
        match (failure, moved, page) {
            (Some(status), ..) => {
                (StatusCode::from_u16(status).unwrap(), plain, "Out of order").into_response()
            }
            (_, Some(to), _) => (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response(),
            (.., Some((kind, body))) if self.has_etags.load(Ordering::Relaxed) => {
                let tag = format!("\"{}\"", Digest::of(body.as_bytes()));
                if before == Some(tag.as_str()) {
                    return StatusCode::NOT_MODIFIED.into_response();
                }
                ([(header::CONTENT_TYPE, kind), (header::ETAG, tag.as_str())], body).into_response()
            }
            (.., Some((kind, body))) => ([(header::CONTENT_TYPE, kind)], body).into_response(),
            _ => (StatusCode::NOT_FOUND, plain).into_response(),
        }
    }

    /// From now on, it says which state of a page it answers with, and when that has not changed.
    pub(crate) fn with_etags(self) -> SmallSite {
        self.has_etags.store(true, Ordering::Relaxed);
        self
    }

    /// From now on, this target redirects to another for good.
    pub(crate) fn move_to(&self, from: &str, to: &str) {
        self.moved.lock().unwrap().insert(from.to_owned(), to.to_owned());
    }

    /// From now on, answers this target in this way.
    pub(crate) fn give(&self, target: &str, status: u16, headers: &[(&'static str, &str)], body: &str) {
        let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        self.given.lock().unwrap().insert(target.to_owned(), (status, headers, body.to_owned()));
    }

    /// From now on, answers this target as its pages say again.
    pub(crate) fn give_no_more(&self, target: &str) {
        self.given.lock().unwrap().remove(target);
    }

    /// From now on, answers requests for this target that carry an `ETag` with this status.
    pub(crate) fn answer_conditions(&self, target: &str, status: u16) {
        self.to_conditions.lock().unwrap().insert(target.to_owned(), status);
    }

    /// This target is not answered until `false` is sent.
    pub(crate) fn hold(&self, target: &str) -> watch::Sender<bool> {
        let (sender, receiver) = watch::channel(true);
        self.held.lock().unwrap().insert(target.to_owned(), receiver);
        sender
    }

    pub(crate) fn at(&self, target: &str) -> Url {
        self.url.join(target).unwrap()
    }

    pub(crate) fn html(&self, target: &str, body: &str) {
        let page = format!(
            "<!doctype html><html lang=en><head><title>The Gull</title></head><body>{body}</body></html>"
        );
        self.pages.lock().unwrap().insert(target.to_owned(), ("text/html", page));
    }

    /// The page at this target as it is now.
    pub(crate) fn page(&self, target: &str) -> String {
        self.pages.lock().unwrap()[target].1.clone()
    }

    /// Puts back what [`SmallSite::page`] gave.
    pub(crate) fn put(&self, target: &str, page: &str) {
        self.pages.lock().unwrap().insert(target.to_owned(), ("text/html", page.to_owned()));
    }

    pub(crate) fn text(&self, target: &str, body: &str) {
        self.pages.lock().unwrap().insert(target.to_owned(), ("text/plain", body.to_owned()));
    }

    pub(crate) fn xml(&self, target: &str, body: &str) {
        self.pages.lock().unwrap().insert(target.to_owned(), ("application/xml", body.to_owned()));
    }

    pub(crate) fn json(&self, target: &str, body: &str) {
        self.pages.lock().unwrap().insert(target.to_owned(), ("application/json", body.to_owned()));
    }

    /// From now on, answers this target with an error.
    pub(crate) fn fail(&self, target: &str, status: u16) {
        self.failing.lock().unwrap().insert(target.to_owned(), status);
    }

    pub(crate) fn mend(&self, target: &str) {
        self.failing.lock().unwrap().remove(target);
    }

    /// How often robots.txt was asked for since what was asked for was last told.
    pub(crate) fn robots_asked(&self) -> usize {
        self.asked.lock().unwrap().iter().filter(|target| *target == "/robots.txt").count()
    }

    /// What was asked for since the last call, robots.txt left out.
    pub(crate) fn asked(&self) -> Vec<String> {
        let asked = std::mem::take(&mut *self.asked.lock().unwrap());
        asked.into_iter().filter(|target| target != "/robots.txt").collect()
    }

    /// Writes the pages of these articles. Article n is of day n of the year 2025.
    pub(crate) fn articles(&self, numbers: impl Iterator<Item = u32>) {
        self.articles_with(numbers, "");
    }

    /// Writes the pages of these articles, with `foot` beneath the text of each.
    pub(crate) fn articles_with(&self, numbers: impl Iterator<Item = u32>, foot: &str) {
        numbers.for_each(|n| self.article_at(&path(n), n, foot));
    }

    /// Writes the page of an article at an address of its own.
    pub(crate) fn article_at(&self, address: &str, n: u32, foot: &str) {
        let paragraph = |part: &str| {
            format!(
                "<p>In {part} of report {n} the keeper of the lighthouse writes about gulls, of which \
                 {n} hundred came back to the northern cliffs after a winter that nobody there will forget. \
                 They built their nests where they always do, and the fishermen were glad to see them.</p>"
            )
        };
        self.html(
            address,
            &format!(
                "<article><h1>{}</h1><p class=byline>By Ada Keeper, <time datetime=\"{}\">then</time></p>{}{}{}{foot}</article>",
                title(n),
                date(n),
                paragraph("the first part"),
                paragraph("the second part"),
                paragraph("the last part"),
            ),
        );
    }
}

pub(crate) fn path(n: u32) -> String {
    format!("/reports/gulls-of-the-cliffs-{n}")
}

pub(crate) fn title(n: u32) -> String {
    format!("Report {n} from the cliffs: the gulls are back again")
}

pub(crate) fn date(n: u32) -> String {
    chrono::NaiveDate::from_yo_opt(2025, n).unwrap().to_string()
}

/// A listing of these articles, in this order.
pub(crate) fn cards(numbers: impl Iterator<Item = u32>) -> String {
    numbers.fold(String::new(), |mut list, n| {
        let (path, title, date) = (path(n), title(n), date(n));
        write!(
            list,
            "<div class=card><h3><a href=\"{path}\">{title}</a></h3><time datetime=\"{date}\">{date}</time>\
             <p>What the keeper of the lighthouse saw when she went out to the cliffs for report {n}.</p></div>"
        )
        .unwrap();
        list
    })
}

/// An RSS feed of these articles.
pub(crate) fn rss(numbers: impl Iterator<Item = u32>) -> String {
    let items = numbers.fold(String::new(), |mut items, n| {
        let (path, title) = (path(n), title(n));
        let date = chrono::NaiveDate::from_yo_opt(2025, n).unwrap().format("%a, %d %b %Y 08:00:00 +0000");
        write!(items, "<item><title>{title}</title><link>{path}</link><pubDate>{date}</pubDate></item>")
            .unwrap();
        items
    });
    format!("<rss version=\"2.0\"><channel><title>The Gull</title>{items}</channel></rss>")
}

/// A sitemap of these articles.
pub(crate) fn sitemap(numbers: impl Iterator<Item = u32>) -> String {
    let urls = numbers.fold(String::new(), |mut urls, n| {
        write!(urls, "<url><loc>{}</loc><lastmod>{}</lastmod></url>", path(n), date(n)).unwrap();
        urls
    });
    format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{urls}</urlset>")
}
