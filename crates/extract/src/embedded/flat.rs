//! Values that were flattened into one list, in which numbers stand for places: `__NUXT_DATA__` as devalue writes it, and
//! the stream of React Router, where keys are places too.

use super::graph::{At, Graph, Node};

/// Names of what devalue wraps around a single value.
const WRAPPERS: &[&str] =
    &["Ref", "ShallowRef", "Reactive", "ShallowReactive", "EmptyRef", "EmptyShallowRef"];

/// Gives the values of the list at `root` their places back, and tells the first of them. A list that is no flattened
/// value is left as it is.
pub(super) fn raise(graph: &mut Graph, root: At) -> Option<At> {
    let places = graph.items(root).to_vec();
    if places.len() < 2 || !looks_flat(graph, &places) {
        return None;
    }
    for at in &places {
        let node = match graph.node(*at) {
            Node::Object(fields) => Node::Object(
                fields
                    .iter()
                    .map(|(key, at)| (key_of(graph, &places, key), place(graph, &places, *at)))
                    .collect(),
            ),
            Node::List(items) => raised_list(graph, &places, items),
            _ => continue,
        };
        if let Some(known) = graph.raw_mut(*at) {
            *known = node;
        }
    }
    places.first().copied()
}

/// Whether the first values are lists and objects of places.
fn looks_flat(graph: &Graph, places: &[At]) -> bool {
    let is_place = |at: &At| matches!(graph.node(*at), Node::Bare(number) if number.parse::<i64>().is_ok());
    let is_name = |at: &At| graph.text(*at).is_some();
    let first = match graph.node(places[0]) {
        Node::Object(fields) => !fields.is_empty() && fields.iter().all(|(_, at)| is_place(at)),
        Node::List(items) => {
            items.len() == 2 && is_name(&items[0]) && is_place(&items[1])
                || !items.is_empty() && items.iter().all(is_place)
        }
        _ => false,
    };
    first && places.iter().any(is_name)
}

/// The value that the number at `at` stands for; negative ones are holes and the like.
fn place(graph: &Graph, places: &[At], at: At) -> At {
    let Node::Bare(number) = graph.node(at) else { return at };
    number.parse::<usize>().ok().and_then(|place| places.get(place).copied()).unwrap_or(at)
}

/// A key, which React Router writes as `_` and the place of its text.
fn key_of(graph: &Graph, places: &[At], key: &str) -> String {
    let named = key.strip_prefix('_').and_then(|place| places.get(place.parse::<usize>().ok()?));
    named.and_then(|at| graph.text(*at)).unwrap_or(key).to_owned()
}

fn raised_list(graph: &Graph, places: &[At], items: &[At]) -> Node {
    let rest = items.get(1..).unwrap_or_default();
    match items.first().and_then(|first| graph.text(*first)) {
        Some(name) if WRAPPERS.contains(&name) && rest.len() == 1 => {
            Node::Alias(place(graph, places, rest[0]))
        }
        Some("Date") if rest.len() == 1 => Node::Alias(rest[0]),
        Some("null") => {
            let pairs = rest.chunks_exact(2);
            let key = |at: At| graph.text(at).unwrap_or_default().to_owned();
            Node::Object(pairs.map(|pair| (key(pair[0]), place(graph, places, pair[1]))).collect())
        }
        Some(_) => Node::List(rest.iter().map(|at| place(graph, places, *at)).collect()),
        None => Node::List(items.iter().map(|at| place(graph, places, *at)).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded::literal::read;

    fn raised(text: &str) -> (Graph, Option<At>) {
        let mut graph = Graph::default();
        let literal = read(text, 0, &mut graph).unwrap();
        let root = raise(&mut graph, literal.root);
        (graph, root)
    }

    #[test]
    fn numbers_become_the_values_at_their_places() {
        let (graph, root) = raised(
            r#"[["ShallowReactive",1],{"data":2,"n":6},{"post":3},{"title":4,"tags":5},"The pier",[4,-1],7]"#,
        );
        let post = ["data", "post"].iter().try_fold(root.unwrap(), |at, key| graph.field(at, key)).unwrap();
        assert_eq!(graph.text_in(post, "title"), Some("The pier"));
        let tags = graph.items(graph.field(post, "tags").unwrap()).to_vec();
        assert_eq!((graph.text(tags[0]), tags.len()), (Some("The pier"), 2));
        assert_eq!(graph.word(graph.field(root.unwrap(), "n").unwrap()), Some("7"));
    }

    #[test]
    fn keys_may_be_places_too() {
        let (graph, root) = raised(r#"[{"_1":2},"loaderData",{"_3":4},"title","The pier"]"#);
        let data = graph.field(root.unwrap(), "loaderData").unwrap();
        assert_eq!(graph.text_in(data, "title"), Some("The pier"));
    }

    #[test]
    fn an_ordinary_list_and_one_that_points_at_itself_do_no_harm() {
        assert_eq!(raised(r#"[{"title":"The pier"},{"title":"Gulls"}]"#).1, None);
        assert_eq!(raised("[1,2]").1, None);
        let (graph, root) = raised(r#"[{"a":0},"x"]"#);
        assert!(graph.field(root.unwrap(), "a").is_some());
        let (graph, root) = raised(r#"[["Ref",0],"x"]"#);
        assert!(graph.text(root.unwrap()).is_none());
    }
}
