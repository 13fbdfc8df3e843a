//! The stream in which a server that renders React's components sends what they show, as Next.js writes it into a page:
//! `self.__next_f.push([1,"…"])` in many scripts, whose strings are one text of rows.
//!
//! A row is an id in hexadecimal digits, a colon and JSON up to the end of the line; or `T`, a length in bytes, a comma
//! and so many bytes of text. A string of JSON that is `$` and an id stands for that row.

use rustc_hash::FxHashMap;

use super::graph::{At, Graph, Node};
use super::literal::{self, Unread};

/// How a script hands a part of the stream on.
pub(super) const PUSH: &str = "__next_f.push(";

/// The text of which `script` hands on a part.
pub(super) fn pushed(script: &str, stream: &mut String) {
    for (at, _) in script.match_indices(PUSH) {
        let mut part = Graph::default();
        let Ok(read) = literal::read(script, at + PUSH.len(), &mut part) else { continue };
        if let [kind, text] = part.items(read.root)
            && part.word(*kind) == Some("1")
            && let Some(text) = part.text(*text)
        {
            stream.push_str(text);
        }
    }
}

/// Reads the rows of `stream` into `graph`: the values that have a name of their own, in the stream's order.
pub(super) fn read(stream: &str, graph: &mut Graph) -> Result<Vec<(String, At)>, Unread> {
    let mut rows = Rows { graph, named: Vec::new(), referring: Vec::new() };
    let mut rest = stream;
    while let Some((id, row)) = rest.split_once(':') {
        let id = id.trim_start_matches('\n');
        rest = match row.strip_prefix('T').and_then(sized) {
            Some((text, rest)) => {
                rows.text(id, text)?;
                rest
            }
            None => {
                let (row, rest) = row.split_once('\n').unwrap_or((row, ""));
                rows.json(id, row)?;
                rest
            }
        };
    }
    rows.refer();
    Ok(rows.named)
}

/// The text behind its length, and what follows it.
fn sized(row: &str) -> Option<(&str, &str)> {
    let (length, rest) = row.split_once(',')?;
    let length = usize::from_str_radix(length, 16).ok()?;
    rest.split_at_checked(length)
}

struct Rows<'a> {
    graph: &'a mut Graph,
    named: Vec<(String, At)>,
    /// Where values stand in which a text may stand for a row.
    referring: Vec<std::ops::Range<usize>>,
}

impl Rows<'_> {
    fn text(&mut self, id: &str, text: &str) -> Result<(), Unread> {
        let at = self.graph.add(Node::Text(text.to_owned())).ok_or(Unread::TooLarge)?;
        self.named.push((id.to_owned(), at));
        Ok(())
    }

    /// Rows of code, hints and errors have a letter before their JSON, and no values.
    fn json(&mut self, id: &str, row: &str) -> Result<(), Unread> {
        let from = self.graph.len();
        if !row.starts_with(['{', '[', '"']) {
            return Ok(());
        }
        match literal::read(row, 0, self.graph) {
            Ok(read) => {
                self.named.push((id.to_owned(), read.root));
                self.referring.push(from..self.graph.len());
                Ok(())
            }
            Err(Unread::TooLarge) => Err(Unread::TooLarge),
            Err(Unread::Broken) => Ok(()),
        }
    }

    /// Puts rows where texts stand for them.
    fn refer(&mut self) {
        let rows: FxHashMap<&str, At> = self.named.iter().map(|(id, at)| (id.as_str(), *at)).collect();
        for at in self.referring.iter().cloned().flatten() {
            let Ok(at) = At::try_from(at) else { return };
            let told = self.graph.text(at).and_then(|text| text.strip_prefix('$'));
            let Some(told) = told.filter(|told| !told.is_empty()) else { continue };
            let node = match told.as_bytes()[0] {
                b'$' => Some(Node::Text(told.to_owned())),
                b'D' => Some(Node::Text(told[1..].to_owned())),
                b'u' | b'N' | b'I' => Some(Node::Nothing),
                _ => None,
            };
            let node = node.or_else(|| {
                let mut path = told.trim_start_matches(['L', '@', 'Q', 'W']).split(':');
                let row = *rows.get(path.next()?)?;
                path.try_fold(row, |at, step| part(self.graph, at, step)).map(Node::Alias)
            });
            if let (Some(node), Some(known)) = (node, self.graph.raw_mut(at)) {
                *known = node;
            }
        }
    }
}

/// The part of a value that `step` names.
fn part(graph: &Graph, at: At, step: &str) -> Option<At> {
    let item = || graph.items(at).get(step.parse::<usize>().ok()?).copied();
    graph.field(at, step).or_else(item)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(rows: &str) -> (Graph, Vec<(String, At)>) {
        let mut graph = Graph::default();
        let named = read(rows, &mut graph).unwrap();
        (graph, named)
    }

    #[test]
    fn a_text_row_has_so_many_bytes_and_stands_where_its_id_does() {
        let text = "Möwen: 3\nund mehr";
        let rows =
            format!("1:I[12,[],\"x\"]\na:T{:x},{text}b:{{\"body\":\"$a\",\"price\":\"$$5\"}}\n", text.len());
        let (graph, named) = stream(&rows);
        assert_eq!(named.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(graph.text_in(named[1].1, "body"), Some(text));
        assert_eq!(graph.text_in(named[1].1, "price"), Some("$5"));
    }

    #[test]
    fn a_part_of_a_row_is_found_and_what_points_at_itself_does_no_harm() {
        let (graph, named) = stream("1:{\"a\":[\"x\"]}\n2:{\"b\":\"$1:a:0\",\"c\":\"$2\",\"d\":\"$L9\"}\n");
        assert_eq!(graph.text_in(named[1].1, "b"), Some("x"));
        let inner = graph.field(named[1].1, "c").unwrap();
        assert_eq!(graph.text_in(inner, "b"), Some("x"));
        assert_eq!(graph.text_in(inner, "d"), Some("$L9"));
    }

    #[test]
    fn the_parts_of_a_stream_are_joined_wherever_they_were_cut() {
        let mut joined = String::new();
        pushed("(self.__next_f=self.__next_f||[]).push([0])", &mut joined);
        pushed(r#"self.__next_f.push([1,"a:T6,dr"])"#, &mut joined);
        pushed(r#"self.__next_f.push([1,"ei\n5"]);self.__next_f.push([2,null])"#, &mut joined);
        let (graph, named) = stream(&joined);
        assert_eq!(graph.text(named[0].1), Some("drei\n5"));
    }

    #[test]
    fn a_row_that_cannot_be_read_is_passed_over_and_those_after_it_are_read() {
        for rows in [":", "a:", "zz", "a:T,x", "a:{\"c\":"] {
            let (graph, named) = stream(&format!("{rows}\nb:{{\"c\":\"whole\"}}\n"));
            let (_, last) = named.last().unwrap_or_else(|| panic!("{rows}: nothing is read"));
            assert_eq!(graph.text_in(*last, "c"), Some("whole"), "{rows}");
        }
    }

    #[test]
    fn a_text_whose_length_passes_the_end_or_cuts_a_character_gives_no_more_than_is_there() {
        for (rows, texts) in [("a:Tffffffff,short", vec![]), ("a:T2,é1", vec!["é"]), ("a:T1,é", vec![])] {
            let (graph, named) = stream(rows);
            let read: Vec<&str> = named.iter().filter_map(|(_, at)| graph.text(*at)).collect();
            assert_eq!(read, texts, "{rows}");
        }
    }
}
