//! Reads JSON as pages write it: with comments, CDATA marks, trailing or missing commas, raw line breaks in strings, or cut
//! off in the middle.
//!
//! Well-formed JSON is read by `serde_json`; only what that refuses is read here, without recursion and within bounds.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::strict::{self, ENTRY, OBJECT, VALUE, affords, within};

/// The deepest nesting that is read, as it is `serde_json`'s.
const DEPTH: usize = 128;

/// The values in `text`, none if there is nothing to read, or they would take more memory than is left. Several documents
/// in a row are allowed.
pub(super) fn parse(text: &str, taken: &Cell<usize>) -> Vec<Value> {
    match strict::whole(text, taken) {
        Some(value) => vec![value],
        None => within(taken, || Lenient { bytes: text.as_bytes(), text, at: 0, taken }.values())
            .unwrap_or_default(),
    }
}

struct Lenient<'a, 't> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    taken: &'t Cell<usize>,
}

/// An array or object that is being read.
enum Open {
    Array(Vec<Value>),
    Object(Map<String, Value>, Option<String>),
}

impl Open {
    fn put(&mut self, value: Value) {
        match self {
            Open::Array(values) => values.push(value),
            Open::Object(map, key) => match (key.take(), value) {
                (Some(key), value) => {
                    map.entry(key).or_insert(value);
                }
                (None, Value::String(text)) => *key = Some(text),
                (None, _) => {}
            },
        }
    }

    fn close(self) -> Value {
        match self {
            Open::Array(values) => Value::Array(values),
            Open::Object(map, _) => Value::Object(map),
        }
    }
}

impl Lenient<'_, '_> {
    /// `None` if it is nested too deeply, or its values take too much.
    fn values(mut self) -> Option<Vec<Value>> {
        let mut done = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            let value = match byte {
                b'{' | b'[' if open.len() >= DEPTH => return None,
                b'{' => {
                    affords(self.taken, OBJECT).then_some(())?;
                    open.push(Open::Object(Map::new(), None));
                    continue;
                }
                b'[' => {
                    affords(self.taken, VALUE).then_some(())?;
                    open.push(Open::Array(Vec::new()));
                    continue;
                }
                b'}' | b']' => match open.pop() {
                    Some(closed) => closed.close(),
                    None => continue,
                },
                b'"' => Value::String(self.string()),
                b'/' => {
                    self.comment();
                    continue;
                }
                b'<' if self.text[self.at..].starts_with("![CDATA[") => {
                    self.at += "![CDATA[".len();
                    continue;
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => self.bare(),
                _ => continue,
            };
            let text = value.as_str().map_or(0, str::len);
            affords(self.taken, ENTRY + text).then_some(())?;
            match open.last_mut() {
                Some(container) => container.put(value),
                None if value.is_object() || value.is_array() => done.push(value),
                None => {}
            }
        }
        // What was cut off is closed.
        while let Some(closed) = open.pop() {
            let value = closed.close();
            match open.last_mut() {
                Some(container) => container.put(value),
                None => done.push(value),
            }
        }
        Some(done)
    }

    /// Reads a string whose opening quote was taken. A quote ends it only where the text goes on as JSON would.
    fn string(&mut self) -> String {
        let mut out = String::new();
        let mut from = self.at;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'"' if self.ends_a_string(self.at + 1) => {
                    out.push_str(&self.text[from..self.at]);
                    self.at += 1;
                    return out;
                }
                b'\\' => {
                    out.push_str(&self.text[from..self.at]);
                    self.escape(&mut out);
                    from = self.at;
                }
                _ => self.at += 1,
            }
        }
        out.push_str(&self.text[from..]);
        out
    }

    fn ends_a_string(&self, at: usize) -> bool {
        let rest = self.bytes.get(at..).unwrap_or_default().trim_ascii_start();
        match rest {
            [] | [b'}' | b']' | b':' | b'/', ..] => true,
            [b',', after @ ..] => {
                matches!(after.trim_ascii_start(), [] | [b'"' | b'{' | b'[' | b'}' | b']' | b'/' | b'-', ..])
                    || after.trim_ascii_start().first().is_some_and(u8::is_ascii_digit)
                    || [&b"true"[..], b"false", b"null"]
                        .iter()
                        .any(|word| after.trim_ascii_start().starts_with(word))
            }
            // A missing comma.
            [b'"', ..] => {
                self.bytes.get(at..).is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_whitespace))
            }
            _ => false,
        }
    }

    fn escape(&mut self, out: &mut String) {
        let Some(escaped) = self.text[self.at + 1..].chars().next() else {
            self.at += 1;
            return;
        };
        self.at += 1 + escaped.len_utf8();
        match escaped {
            'n' | 'r' | 't' | 'b' | 'f' => out.push(' '),
            'u' => {
                let unit = self.unit();
                if let Some(high) = unit.filter(|unit| (0xd800..0xdc00).contains(unit))
                    && self.text[self.at..].starts_with("\\u")
                {
                    self.at += 2;
                    let low = self.unit().unwrap_or_default();
                    let both = char::decode_utf16([high, low]).filter_map(Result::ok);
                    out.extend(both);
                } else {
                    out.extend(unit.and_then(|unit| char::from_u32(u32::from(unit))));
                }
            }
            other => out.push(other),
        }
    }

    fn unit(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let unit = u16::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(unit)
    }

    fn comment(&mut self) {
        let rest = &self.text[self.at..];
        self.at += match rest.as_bytes().first() {
            Some(b'/') => rest.find('\n').unwrap_or(rest.len()),
            Some(b'*') => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => 0,
        };
    }

    /// Reads a number, `true`, `false`, `null` or an unquoted key, whose first byte was taken.
    fn bare(&mut self) -> Value {
        let start = self.at - 1;
        while self
            .bytes
            .get(self.at)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.' | b'_'))
        {
            self.at += 1;
        }
        let word = &self.text[start..self.at];
        serde_json::from_str(word).unwrap_or_else(|_| Value::String(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(text: &str) -> Vec<Value> {
        super::parse(text, &Cell::new(0))
    }

    #[track_caller]
    fn check(text: &str, expected: Value) {
        assert_eq!(parse(text), [expected], "{text}");
    }

    #[test]
    fn what_pages_write_is_read() {
        check(r#"{"a": 1, "b": [true, null,],}"#, json!({"a": 1, "b": [true, null]}));
        check("<![CDATA[ {\"a\": \"b\"} ]]>", json!({"a": "b"}));
        check("/* x */ {\"a\": \"b\" // c\n}", json!({"a": "b"}));
        check("<!-- {\"a\": \"b\"} -->", json!({"a": "b"}));
        check("{\"a\": \"two\nlines\"}", json!({"a": "two\nlines"}));
        check(r#"{"a": "she said "no" to it", "b": 1}"#, json!({"a": "she said \"no\" to it", "b": 1}));
        check(r#"{"a": "b" "c": "d"}"#, json!({"a": "b", "c": "d"}));
        check(r#"{"a": "\u00e9\ud83d\ude00\q",}"#, json!({"a": "é😀q"}));
        check(r#"{"@type": "X", "name": "cut of"#, json!({"@type": "X", "name": "cut of"}));
        check(r#"{a: "b",}"#, json!({"a": "b"}));
    }

    #[test]
    fn several_documents_in_a_row_are_all_read() {
        assert_eq!(parse(r#"{"a": 1} {"b": 2};"#), [json!({"a": 1}), json!({"b": 2})]);
    }

    #[test]
    fn hostile_nesting_and_size_are_bounded() {
        let nested = |depth: usize| format!("{}1,{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(parse(&nested(DEPTH)).len(), 1);
        assert!(parse(&nested(10_000)).is_empty());
        let small = format!("[{}", "{a:0},".repeat(1_000_000));
        assert!(parse(&small).is_empty(), "its values would take a hundred times its bytes");
        assert!(parse("").is_empty());
    }
}
