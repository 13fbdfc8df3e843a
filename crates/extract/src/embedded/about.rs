//! Which of the objects in a page's data are about the page itself: they have its title, its address or its number. What
//! lists beside them tell of is others.

use rustc_hash::FxHashMap;
use url::Url;

use super::graph::{At, Graph};
use super::sources::Source;
use crate::text::{bare, is_same_page};

/// How deep objects are looked for.
const MOST_DEPTH: u32 = 60;
/// A title of so many letters may be told by its beginning.
const LONG_TITLE: usize = 12;

const TITLES: &[&str] = &[
    "headline",
    "headlines",
    "title",
    "name",
    "webTitle",
    "headlineText",
    "articleTitle",
    "fancy_title",
    "subject",
];
const WRAPPED: &[&str] = &["rendered", "basic", "default", "text", "main", "value", "en", "title"];
const ADDRESSES: &[&str] = &[
    "url",
    "canonicalUrl",
    "canonical_url",
    "canonicalURL",
    "canonical",
    "permalink",
    "link",
    "path",
    "href",
    "uri",
    "website_url",
    "webUrl",
    "web_url",
    "fullUrl",
    "full_url",
    "pathname",
    "mainEntityOfPage",
    "@id",
    "slug",
];
const NUMBERS: &[&str] = &[
    "id",
    "_id",
    "articleId",
    "article_id",
    "contentId",
    "content_id",
    "postId",
    "post_id",
    "storyId",
    "story_id",
    "documentId",
    "databaseId",
    "nid",
    "uuid",
    "newsId",
    "news_id",
    "topic_id",
    "code",
];

/// What is known of the page.
pub(super) struct Wanted<'a> {
    url: &'a Url,
    /// The titles that it gives itself, their letters and digits alone.
    titles: Vec<String>,
    /// The parts of its path, and the values of its query.
    parts: Vec<String>,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(url: &'a Url, titles: &[&str]) -> Wanted<'a> {
        let path = url.path_segments().into_iter().flatten().map(str::to_owned);
        let query = url.query_pairs().map(|(_, value)| value.into_owned());
        let stem = |part: String| part.rsplit_once('.').map_or(part.clone(), |(stem, _)| stem.to_owned());
        let parts = path.chain(query).map(stem).filter(|part| !part.is_empty()).collect();
        let titles = titles.iter().map(|title| bare(title)).filter(|title| title.len() > 3).collect();
        Wanted { url, titles, parts }
    }

    /// How surely the object at `at` is about the page: 0 if nothing says so.
    fn weigh(&self, graph: &Graph, at: At) -> u32 {
        let title = title(graph, at).map(bare);
        let is_titled = title.as_ref().is_some_and(|title| self.is_title(title));
        let addresses =
            ADDRESSES.iter().filter_map(|key| graph.text_in(at, key)).filter(|text| text.len() > 1);
        let (here, elsewhere): (Vec<&str>, Vec<&str>) = addresses.partition(|text| self.is_address(text));
        let is_elsewhere =
            here.is_empty() && elsewhere.iter().any(|text| text.contains('/') && self.url.path().len() > 1);
        let mut numbers = NUMBERS.iter().filter_map(|key| graph.word(graph.field(at, key)?));
        let is_numbered = numbers.any(|number| self.is_number(number));
        match (is_titled, !here.is_empty(), is_numbered) {
            (true, true, _) => 8,
            (true, false, true) => 7,
            (true, false, false) if is_elsewhere => 3,
            (true, false, false) => 6,
            (false, true, _) | (false, _, true) if title.is_none() => 4,
            (false, true, true) => 4,
            (false, true, false) => 3,
            (false, false, true) => 2,
            _ => 0,
        }
    }

    /// Whether `title`, bare, is one of the page's, or the beginning of one behind which the site's name stands.
    fn is_title(&self, title: &str) -> bool {
        let begins = |known: &String| {
            title.len() >= LONG_TITLE
                && (known.starts_with(title) && title.len() * 2 > known.len()
                    || title.starts_with(known.as_str()) && known.len() * 3 > title.len() * 2)
        };
        title.len() > 3 && self.titles.iter().any(|known| known == title || begins(known))
    }

    fn is_address(&self, text: &str) -> bool {
        let is_slug = || text.len() >= 6 && !text.contains('/') && self.parts.iter().any(|part| part == text);
        (self.url.path().len() > 1 || text.contains('?'))
            && text.contains('/')
            && is_same_page(self.url, text)
            || is_slug()
    }

    /// Whether `number` stands in the address, as a part or at the end of one.
    fn is_number(&self, number: &str) -> bool {
        let ends = |part: &String| {
            part.strip_suffix(number).is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_digit()))
                || part
                    .strip_prefix(number)
                    .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        let has_digit = number.bytes().any(|byte| byte.is_ascii_digit());
        number.len() >= 4 && has_digit && self.parts.iter().any(ends)
    }
}

/// The title of an object, or what a system wraps around one.
pub(super) fn title(graph: &Graph, at: At) -> Option<&str> {
    let text_of = |key: &&str| {
        let at = graph.field(at, key)?;
        graph.text(at).or_else(|| WRAPPED.iter().find_map(|key| graph.text_in(at, key)))
    };
    TITLES.iter().filter_map(text_of).find(|title| title.chars().any(char::is_alphabetic))
}

/// An object that is about the page.
#[derive(Clone, Debug)]
pub(super) struct About {
    pub(super) at: At,
    /// How surely.
    pub(super) weight: u32,
    /// The source in which it stands, and the way to it.
    pub(super) source: usize,
    pub(super) path: String,
}

/// A value on the way, and the one in which it was found.
struct Step {
    at: At,
    /// The place of the step before it, none at a root.
    from: Option<usize>,
    source: usize,
    key: Key,
    depth: u32,
}

enum Key {
    Root,
    Field(usize),
    Item(usize),
}

/// The objects about the page that `sources` have, in their order. What holds such an object and says nothing else of
/// itself is about it too: many keep the title in one object and the text beside it.
pub(super) fn find(graph: &Graph, sources: &[Source], wanted: &Wanted<'_>) -> Vec<About> {
    let steps = steps(graph, sources);
    let mut weights: FxHashMap<usize, u32> = FxHashMap::default();
    for (place, step) in steps.iter().enumerate() {
        let weight = wanted.weigh(graph, step.at);
        if weight == 0 {
            continue;
        }
        raise(&mut weights, place, weight);
        let mut inner = place;
        for less in 1..=2 {
            let (Key::Field(_), Some(around)) = (&steps[inner].key, steps[inner].from) else { break };
            if weight <= less + 2 || title(graph, steps[around].at).is_some() {
                break;
            }
            raise(&mut weights, around, weight - less);
            inner = around;
        }
    }
    let mut found: Vec<(usize, u32)> = weights.into_iter().collect();
    found.sort_unstable();
    let about = |(place, weight): (usize, u32)| About {
        at: steps[place].at,
        weight,
        source: steps[place].source,
        path: path(graph, &steps, place),
    };
    found.into_iter().map(about).collect()
}

fn raise(weights: &mut FxHashMap<usize, u32>, place: usize, weight: u32) {
    let known = weights.entry(place).or_default();
    *known = weight.max(*known);
}

/// All objects and lists, each once.
fn steps(graph: &Graph, sources: &[Source]) -> Vec<Step> {
    let mut seen = vec![false; graph.len()];
    let mut steps: Vec<Step> = Vec::new();
    for (source, root) in sources.iter().enumerate() {
        let mut waiting = vec![Step { at: root.root, from: None, source, key: Key::Root, depth: 0 }];
        while let Some(step) = waiting.pop() {
            let at = graph.resolve(step.at);
            if step.depth > MOST_DEPTH || std::mem::replace(&mut seen[at as usize], true) {
                continue;
            }
            let (place, depth) = (Some(steps.len()), step.depth + 1);
            let own = graph.fields(at).iter().enumerate().filter(|(_, (key, _))| !tells_of_others(key));
            let fields = own.map(|(nth, (_, at))| (Key::Field(nth), *at));
            let items = graph.items(at).iter().enumerate().map(|(nth, at)| (Key::Item(nth), *at));
            let inner: Vec<(Key, At)> = fields.chain(items).collect();
            if inner.is_empty() {
                continue;
            }
            let inner = inner.into_iter().rev();
            waiting.extend(inner.map(|(key, at)| Step { at, from: place, source, key, depth }));
            steps.push(Step { at, ..step });
        }
    }
    steps
}

/// Whether a field of this name holds what is beside an article, or what others say of it.
fn tells_of_others(key: &str) -> bool {
    const BESIDE: &[&str] = &[
        "related",
        "recommend",
        "comment",
        "review",
        "translation",
        "trending",
        "mostread",
        "suggested",
        "similar",
    ];
    let key = key.to_lowercase();
    BESIDE.iter().any(|part| key.contains(part))
}

/// The way from a root to the value of `steps` at `place`.
fn path(graph: &Graph, steps: &[Step], place: usize) -> String {
    let mut parts = Vec::new();
    let mut place = place;
    while let Some(from) = steps[place].from {
        parts.push(match steps[place].key {
            Key::Field(nth) => {
                graph.fields(steps[from].at).get(nth).map_or(String::new(), |(key, _)| format!(".{key}"))
            }
            Key::Item(nth) => format!("[{nth}]"),
            Key::Root => String::new(),
        });
        place = from;
    }
    parts.reverse();
    parts.concat().trim_start_matches('.').to_owned()
}
