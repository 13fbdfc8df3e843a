//! The values that a script gives to variables or hands to functions: `window.__STATE__ = {…}`, `JSON.parse("…")`,
//! `hydrate({…})`, and Nuxt's function whose arguments stand in its result.

use rustc_hash::FxHashMap;

use super::graph::{At, Graph, Node};
use super::literal::{self, Unread};

/// Shorter literals are no data.
const LEAST: usize = 200;
/// How many beginnings of literals are tried in a script.
const MOST_TRIES: usize = 200;

/// A value and what it is given to, empty if that has no name.
pub(super) type Named = (String, At);

/// Reads the values of `script` into `graph`. `Err` tells that one of them was too large; the others are `found`.
pub(super) fn read(script: &str, graph: &mut Graph, found: &mut Vec<Named>) -> Result<(), Unread> {
    let whole = script.trim_start();
    if whole.starts_with(['{', '[']) {
        let literal = literal::read(script, script.len() - whole.len(), graph);
        return literal.map(|literal| found.push((String::new(), literal.root)));
    }
    let (mut at, mut outcome) = (0, Ok(()));
    for _ in 0..MOST_TRIES {
        let Some(next) = memchr::memchr2(b'=', b'(', &script.as_bytes()[at..]).map(|next| at + next) else {
            break;
        };
        let start = next + 1;
        at = start;
        if script.len() - start < LEAST {
            break;
        }
        match value(script, start, graph) {
            Ok(Some((root, end))) if end - start >= LEAST => {
                found.push((variable(&script[..next]), root));
                at = end;
            }
            Err(Unread::TooLarge) => outcome = Err(Unread::TooLarge),
            _ => {}
        }
    }
    outcome
}

/// The value that begins behind `start`, and where it ends.
fn value(script: &str, start: usize, graph: &mut Graph) -> Result<Option<(At, usize)>, Unread> {
    let rest = &script[start..];
    let begun = rest.trim_start();
    let at = script.len() - begun.len();
    let behind = |lead: &str| begun.strip_prefix(lead).map(|rest| script.len() - rest.len());
    if begun.starts_with(['{', '[']) {
        let literal = literal::read(script, at, graph)?;
        return Ok(Some((literal.root, literal.end)));
    }
    if let Some(at) = behind("function(").or_else(|| behind("(function(")) {
        return called(script, at, graph);
    }
    let quoted = behind("JSON.parse(").unwrap_or(at);
    let decoded = ["decodeURIComponent(", "unescape(", "decodeURI("];
    let encoded = decoded.iter().find_map(|lead| script[quoted..].strip_prefix(lead));
    let quoted = encoded.map_or(quoted, |rest| script.len() - rest.len());
    let Some(quote @ (b'"' | b'\'' | b'`')) = script.as_bytes().get(quoted).copied() else { return Ok(None) };
    let Some((text, end)) = literal::string(script, quoted + 1, quote) else { return Ok(None) };
    let text = if encoded.is_some() || text.starts_with("%7B") { percent_decoded(&text) } else { text };
    if !text.trim_start().starts_with(['{', '[']) {
        return Ok(None);
    }
    Ok(Some((literal::read(&text, text.len() - text.trim_start().len(), graph)?.root, end)))
}

/// What a function gives back that is called where it stands: its parameters begin at `at`.
fn called(script: &str, at: usize, graph: &mut Graph) -> Result<Option<(At, usize)>, Unread> {
    let Some((parameters, body)) = script[at..].split_once(')') else { return Ok(None) };
    let Some((_, result)) =
        body.split_once("return").filter(|(_, result)| result.trim_start().starts_with('{'))
    else {
        return Ok(None);
    };
    let literal = literal::read(script, script.len() - result.len(), graph)?;
    let behind = script[literal.end..].trim_start_matches([';', '}', ')', ' ', '\n']);
    let mut arguments = FxHashMap::default();
    let mut end = script.len() - behind.len();
    if let Some(rest) = behind.strip_prefix('(') {
        // Read as the list that it is but for its brackets.
        if let Ok(read) = literal::read(&format!("[{rest}"), 0, graph) {
            let values = graph.items(read.root).to_vec();
            arguments = parameters.split(',').map(str::trim).zip(values).collect();
        }
        end = script.len();
    }
    for (name, at) in &literal.names {
        if let (Some(argument), Some(node)) = (arguments.get(name.as_str()), graph.raw_mut(*at)) {
            *node = Node::Alias(*argument);
        }
    }
    Ok(Some((literal.root, end)))
}

/// The name at the end of `code`.
fn variable(code: &str) -> String {
    let code = code.trim_end();
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '[' | ']' | '"' | '\'');
    let start = code
        .rfind(|c| !is_of_name(c))
        .map_or(0, |at| at + code[at..].chars().next().map_or(1, char::len_utf8));
    code[start..].to_owned()
}

fn percent_decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.as_bytes();
    while let Some((byte, rest)) = bytes.split_first() {
        let code = rest.get(..2).filter(|_| *byte == b'%');
        let code = code.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        out.push(code.unwrap_or(*byte));
        bytes = if code.is_some() { &rest[2..] } else { rest };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(script: &str) -> (Graph, Vec<Named>) {
        let mut graph = Graph::default();
        let mut found = Vec::new();
        let _ = read(script, &mut graph, &mut found);
        (graph, found)
    }

    #[test]
    fn what_a_script_gives_to_names_is_read_in_each_way_of_writing() {
        let long = "The ferry is late again. ".repeat(10);
        let json = format!("{{\"title\": \"The \\u00e9cole\", \"body\": \"{long}\"}}");
        let quoted = format!("{json:?}");
        let escaped: String = json.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for (script, name) in [
            (format!("{{\"title\": \"The école\", \"body\": \"{long}\"}}"), ""),
            (
                format!("var a = 1; window.__INITIAL_STATE__ = {json};\nstart(a == 2);"),
                "window.__INITIAL_STATE__",
            ),
            (format!("window[\"state\"]=JSON.parse({quoted});"), "window[\"state\"]"),
            (format!("window.S = {quoted}"), "window.S"),
            (format!("S = JSON.parse(decodeURIComponent('{escaped}'))"), "S"),
            (format!("app.hydrate({json})"), "app.hydrate"),
            (format!("N=(function(a,b){{return {{title:a,body:b}}}}(\"The école\",\"{long}\"));"), "N"),
        ] {
            let (graph, found) = values(&script);
            let [(known, at)] = &found[..] else { panic!("{script}: {found:?}") };
            assert_eq!(known, name);
            assert_eq!(graph.text_in(*at, "title"), Some("The école"), "{script}");
            assert_eq!(graph.text_in(*at, "body"), Some(long.as_str()), "{script}");
        }
    }

    #[test]
    fn code_is_no_data() {
        let code =
            "if (a == b) { return [1, c(2)] } x = { get: function () { return 1 } }; y = (z => z)(\"[\");";
        assert!(values(&code.repeat(50)).1.is_empty());
        assert!(values(&"(".repeat(100_000)).1.is_empty());
        assert!(values(&format!("a = \"é{}", "é".repeat(300))).1.is_empty());
    }
}
