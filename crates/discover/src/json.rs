//! JSON as it is found: with line breaks in its strings, commas before a closing bracket, text after its end, or its
//! end missing.

use serde_json::Value;

/// The value of `text`, and whether its end is missing: what was being written there is left out.
pub(super) fn read(text: &str) -> Result<(Value, bool), serde_json::Error> {
    let text = text.trim();
    match serde_json::from_str(text) {
        Ok(value) => Ok((value, false)),
        Err(error) => {
            let (mended, is_cut) = mended(text);
            serde_json::from_str(&mended).map(|value| (value, is_cut)).map_err(|_| error)
        }
    }
}

/// Lists of a document's items are at this depth at most: `{"items": [`.
const LIST: usize = 2;

fn mended(text: &str) -> (String, bool) {
    let mut writer = Writer { out: String::with_capacity(text.len()), open: Vec::new(), whole: None };
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        match c {
            '"' => match string(&text[at + 1..]) {
                Some((string, length)) => {
                    writer.out.push_str(&string);
                    while rest.next_if(|(next, _)| *next < at + 1 + length).is_some() {}
                }
                None => return (writer.closed(), true),
            },
            '{' | '[' => {
                writer.out.push(c);
                writer.open.push(if c == '{' { '}' } else { ']' });
            }
            '}' | ']' if writer.open.last() != Some(&c) => return (writer.closed(), true),
            '}' | ']' => {
                writer.close();
                if writer.open.is_empty() {
                    return (writer.out, false);
                }
            }
            _ => writer.out.push(c),
        }
    }
    (writer.closed(), true)
}

struct Writer {
    out: String,
    /// The brackets that will close what is open.
    open: Vec<char>,
    /// How much is written where the last whole item ends, and what is open there.
    whole: Option<(usize, Vec<char>)>,
}

impl Writer {
    fn close(&mut self) {
        let written = self.out.trim_end().trim_end_matches(',').len();
        self.out.truncate(written);
        self.out.extend(self.open.pop());
        if self.open.len() <= LIST {
            self.whole = Some((self.out.len(), self.open.clone()));
        }
    }

    /// What is written, up to the end of the last whole item, with its end.
    fn closed(mut self) -> String {
        if let Some((length, open)) = self.whole {
            self.out.truncate(length);
            self.out.extend(open.iter().rev());
        }
        self.out
    }
}

/// The string that goes on with `text`, with both its quotation marks, and its length in `text` with the second.
fn string(text: &str) -> Option<(String, usize)> {
    let mut out = String::from('"');
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => {
                out.push('"');
                return Some((out, at + 1));
            }
            '\\' => match chars.next()?.1 {
                c @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') => out.extend(['\\', c]),
                c => out.push(c),
            },
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => out.push(' '),
            c => out.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(text: &str, expected: Value, is_cut: bool) {
        assert_eq!(read(text).unwrap(), (expected, is_cut), "{text}");
    }

    #[test]
    fn what_is_json_is_read_as_it_is() {
        check(r#" {"a": "x\n\u00e9, ]"} "#, json!({"a": "x\né, ]"}), false);
    }

    #[test]
    fn small_faults_cost_nothing() {
        check("{\"a\": \"x\n\ty\",}", json!({"a": "x\n\ty"}), false);
        check(r#"{"a": [1, 2, ], "b": {"c": 1,},}"#, json!({"a": [1, 2], "b": {"c": 1}}), false);
        check(r#"{"a": "it\'s,]", "b": "{,"} <!-- cached -->"#, json!({"a": "it's,]", "b": "{,"}), false);
        check("{\"a\": \"\u{1}x\"}", json!({"a": " x"}), false);
    }

    #[test]
    fn a_missing_end_costs_the_last_item() {
        let whole =
            r#"{"items": [{"id": 1, "by": [{"n": 1}]}, {"id": 2, "by": [{"n": 2}], "url": "https://a.exa"#;
        check(whole, json!({"items": [{"id": 1, "by": [{"n": 1}]}]}), true);
        check(r#"{"items": [{"id": 1}"#, json!({"items": [{"id": 1}]}), true);
        check(r#"[{"id": 1}, {"id""#, json!([{"id": 1}]), true);
        assert!(read(r#"{"items": ["#).is_err());
        assert!(read(r#"{"items": [}"#).is_err());
        assert!(read("{nothing}").is_err());
    }
}
