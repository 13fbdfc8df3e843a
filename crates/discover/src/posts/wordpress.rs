//! Posts as WordPress's REST API gives them (developer.wordpress.org/rest-api/reference/posts).

use serde_json::Value;
use url::Url;

use super::{FeedItem, item, number, string, with_page};
use crate::discover::{Document, Settings, dates, feed, plain_text};
use crate::model::{Candidate, Moment};

/// What WordPress gives on a page if it is not told.
const A_PAGE: u64 = 10;
/// What is asked for: no more than is read.
const QUERY: &[(&str, &str)] = &[
    ("per_page", "20"),
    ("_embed", "author,wp:featuredmedia,wp:term"),
    ("_fields", "date,date_gmt,modified_gmt,guid,link,title,content,excerpt,_links,_embedded"),
];

/// Where the posts are of a site whose API begins at `root`.
pub(crate) fn posts_of(root: &Url) -> Option<Url> {
    // Without pretty addresses the path of the API is a parameter.
    let route =
        root.query_pairs().find(|(name, _)| name == "rest_route").map(|(_, value)| value.into_owned());
    let mut url = if route.is_some() { root.clone() } else { root.join("wp/v2/posts").ok()? };
    if let Some(route) = route {
        let route = format!("{}/wp/v2/posts", route.trim_end_matches('/'));
        url.query_pairs_mut().clear().append_pair("rest_route", &route);
    } else {
        url.set_query(None);
    }
    url.query_pairs_mut().extend_pairs(QUERY);
    Some(url)
}

pub(super) fn post(document: &Document<'_>, post: &Value, settings: &Settings) -> Option<FeedItem> {
    let url = document.url.join(string(post, "/link")?).ok().filter(Url::has_host)?;
    let image = string(post, "/_embedded/wp:featuredmedia/0/source_url");
    let image = image.or_else(|| string(post, "/jetpack_featured_media_url"));
    let authors = post.pointer("/_embedded/author").and_then(Value::as_array).map(Vec::as_slice);
    let date = |name: &str| date(post, name, document, settings);
    let candidate = Candidate {
        title: string(post, "/title/rendered").and_then(plain_text::line),
        published: date("/date"),
        modified: date("/modified"),
        summary: string(post, "/excerpt/rendered").and_then(plain_text::summary),
        image: image.and_then(|image| document.url.join(image).ok()),
        authors: authors
            .unwrap_or_default()
            .iter()
            .filter_map(|author| string(author, "/name").and_then(plain_text::line))
            .collect(),
        tags: tags(post),
        content: string(post, "/content/rendered").map(str::to_owned),
        ..Candidate::new(url)
    };
    Some(item(candidate, string(post, "/guid/rendered")))
}

/// The subjects: what is filed under `post_tag`. Categories are sections.
fn tags(post: &Value) -> Vec<String> {
    let groups = post.pointer("/_embedded/wp:term").and_then(Value::as_array).into_iter().flatten();
    let terms = groups.filter_map(Value::as_array).flatten();
    let is_tag = |term: &&Value| string(term, "/taxonomy") == Some("post_tag");
    feed::tags(terms.filter(is_tag).filter_map(|term| string(term, "/name")).map(str::to_owned))
}

/// A date: in UTC where it is known, else in the site's own time.
fn date(post: &Value, name: &str, document: &Document<'_>, settings: &Settings) -> Option<Moment> {
    // Drafts and old imports have zeros.
    let utc = string(post, &format!("{name}_gmt")).filter(|text| !text.starts_with("0000"));
    match utc {
        Some(text) if text.ends_with('Z') => dates::read(text, document, settings),
        Some(text) => dates::read(&format!("{text}Z"), document, settings),
        None => string(post, name).and_then(|text| dates::read(text, document, settings)),
    }
}

/// The page after this one, if it was full.
pub(super) fn page_after(url: &Url, posts: usize) -> Option<Url> {
    let whole = number(url, "per_page").unwrap_or(A_PAGE);
    (posts as u64 >= whole).then(|| with_page(url, number(url, "page").unwrap_or(1) + 1))
}
