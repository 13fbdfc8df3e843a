//! The posts of a thread, as the data of a forum lists them, each with its author and its time.

use super::bodies::Text;
use super::graph::{At, Graph};
use super::{markup, plain_words};
use crate::render::escaped;

/// How deep in an object its posts may lie.
const MOST_DEPTH: u32 = 3;
/// The most objects that are looked at for them.
const MOST_OBJECTS: usize = 200;
/// The most posts that are written.
const MOST_POSTS: usize = 500;

/// Fields that list posts. Comments are none: they are about an article.
const LISTS: &[&str] = &["posts", "replies", "answers", "acceptedAnswer", "suggestedAnswer", "answer"];
const TEXTS: &[&str] =
    &["cooked", "bodyHtml", "body_html", "contentHtml", "html", "body", "content", "text", "message", "raw"];
const AUTHORS: &[&str] = &["username", "author", "user", "creator", "owner", "postedBy", "userName"];
const NAMES: &[&str] = &["username", "name", "displayName", "display_name", "login", "nickname"];
const TIMES: &[&str] = &[
    "created_at",
    "createdAt",
    "dateCreated",
    "datePublished",
    "published_at",
    "publishedAt",
    "postedAt",
    "date",
];

struct Post<'a> {
    author: &'a str,
    time: Option<&'a str>,
    text: At,
}

/// The thread that the object at `at` has, if it lists posts by authors.
pub(super) fn thread(graph: &Graph, at: At) -> Option<Text> {
    let (path, lists) = lists(graph, at)?;
    let answers = lists.iter().flat_map(|list| match graph.items(*list) {
        [] => std::slice::from_ref(list),
        items => items,
    });
    let mut posts: Vec<Post<'_>> = answers.filter_map(|at| post(graph, *at)).take(MOST_POSTS).collect();
    // A question stands in the object that has its answers.
    if let Some(first) = post(graph, at).filter(|first| posts.iter().all(|post| post.text != first.text)) {
        posts.insert(0, first);
    }
    let mut html = String::new();
    for (number, post) in posts.iter().enumerate() {
        html += &written(graph, number + 1, post);
    }
    Some(Text { words: plain_words(&html), html, path })
}

/// The lists of posts that are found first, and the way to them.
fn lists(graph: &Graph, at: At) -> Option<(String, Vec<At>)> {
    let mut waiting = std::collections::VecDeque::from([(at, String::new(), 0)]);
    for _ in 0..MOST_OBJECTS {
        let (object, path, depth) = waiting.pop_front()?;
        let lists = LISTS.iter().filter_map(|key| Some((*key, graph.field(object, key)?)));
        let lists: Vec<(&str, At)> = lists.filter(|(_, at)| has_posts(graph, *at)).collect();
        if let Some((key, _)) = lists.first() {
            return Some((format!("{path}{key}"), lists.into_iter().map(|(_, at)| at).collect()));
        }
        for (key, value) in graph.fields(object).iter().take(MOST_OBJECTS).filter(|_| depth < MOST_DEPTH) {
            if !graph.fields(*value).is_empty() {
                waiting.push_back((*value, format!("{path}{key}."), depth + 1));
            }
        }
    }
    None
}

fn has_posts(graph: &Graph, at: At) -> bool {
    let first = graph.items(at).first().copied().unwrap_or(at);
    post(graph, first).is_some()
}

fn post(graph: &Graph, at: At) -> Option<Post<'_>> {
    let text = TEXTS.iter().find_map(|key| graph.field(at, key))?;
    let named = |at: At| graph.text(at).or_else(|| NAMES.iter().find_map(|key| graph.text_in(at, key)));
    let author =
        AUTHORS.iter().filter_map(|key| named(graph.field(at, key)?)).find(|name| !name.is_empty())?;
    let time = TIMES.iter().find_map(|key| graph.text_in(at, key));
    Some(Post { author, time, text })
}

/// A post as forums write theirs.
fn written(graph: &Graph, number: usize, post: &Post<'_>) -> String {
    let author = escaped(post.author);
    let time = post.time.map(|time| escaped(&minute(time))).map(|time| format!("<time>{time}</time>"));
    let text = markup::html(graph, post.text);
    format!(
        "<article id=\"post_{number}\" class=\"topic-post\" data-username=\"{author}\"><header><b class=\"username\">{author}</b> \
         {}</header><div class=\"cooked\">{text}</div></article>\n",
        time.unwrap_or_default()
    )
}

/// A time as readers see it: `2024-03-10 09:00`.
fn minute(time: &str) -> String {
    match time.get(..16).filter(|minute| minute.as_bytes()[10] == b'T') {
        Some(minute) => minute.replace('T', " "),
        None => time.to_owned(),
    }
}
