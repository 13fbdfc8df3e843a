//! Posts as Ghost's Content API gives them (docs.ghost.org/content-api).

use scraper::node::Element;
use serde_json::Value;
use url::Url;

use super::{FeedItem, item, string, with_page};
use crate::discover::{Document, Settings, dates, feed, plain_text};
use crate::model::Candidate;

/// What is asked for: no more than is read.
const QUERY: &[(&str, &str)] = &[
    ("limit", "20"),
    ("include", "authors,tags"),
    ("fields", "id,url,title,published_at,updated_at,custom_excerpt,excerpt,feature_image,html"),
];

/// Where the posts are of the site whose page has this `script`. Ghost puts the address of its API into each page, and
/// a key that opens what everyone may read.
pub(crate) fn posts_of(script: &Element, base: &Url) -> Option<Url> {
    let said = |name: &str| script.attrs().find(|(known, _)| *known == name).map(|(_, value)| value.trim());
    let key =
        said("data-key").filter(|key| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    let site = || ["data-ghost", "data-sodo-search"].iter().find_map(|name| base.join(said(name)?).ok());
    let api = match said("data-api") {
        Some(api) => base.join(api).ok()?,
        None => site()?.join("ghost/api/content/").ok()?,
    };
    let mut url = api.join("posts/").ok().filter(Url::has_host)?;
    url.query_pairs_mut().clear().append_pair("key", key).extend_pairs(QUERY);
    Some(url)
}

pub(super) fn post(document: &Document<'_>, post: &Value, settings: &Settings) -> Option<FeedItem> {
    let url = document.url.join(string(post, "/url")?).ok().filter(Url::has_host)?;
    let authors = post.get("authors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let date = |name| string(post, name).and_then(|text| dates::read(text, document, settings));
    let candidate = Candidate {
        title: string(post, "/title").and_then(plain_text::line),
        published: date("/published_at"),
        modified: date("/updated_at"),
        summary: ["/custom_excerpt", "/excerpt"]
            .iter()
            .find_map(|name| string(post, name).and_then(plain_text::summary)),
        image: string(post, "/feature_image").and_then(|image| document.url.join(image).ok()),
        authors: authors
            .iter()
            .filter_map(|author| string(author, "/name").and_then(plain_text::line))
            .collect(),
        tags: tags(post),
        content: string(post, "/html").map(str::to_owned),
        ..Candidate::new(url)
    };
    Some(item(candidate, string(post, "/id")))
}

/// The subjects. What Ghost calls internal begins with `#`.
fn tags(post: &Value) -> Vec<String> {
    let tags = post.get("tags").and_then(Value::as_array).into_iter().flatten();
    let names = tags.filter_map(|tag| string(tag, "/name")).filter(|name| !name.starts_with('#'));
    feed::tags(names.map(str::to_owned))
}

/// The page that the answer names as the next one.
pub(super) fn page_after(url: &Url, answer: &Value) -> Option<Url> {
    let next = answer.pointer("/meta/pagination/next")?.as_u64()?;
    Some(with_page(url, next))
}
