//! Reads well-formed JSON, as long as its values take no more memory than they may.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Deserializer, Map, Value};

use super::MOST_MEMORY;

/// What a value takes in a list, an entry in an object, and an object beside its entries, in bytes: the nodes of
/// `serde_json`'s maps have room for eleven entries.
pub(super) const VALUE: usize = 32;
pub(super) const ENTRY: usize = 64;
pub(super) const OBJECT: usize = 640;

/// The value that `text` is. `None` if it is not well-formed, or its values take too much.
pub(super) fn whole(text: &str, taken: &Cell<usize>) -> Option<Value> {
    let mut json = Deserializer::from_str(text);
    within(taken, || Bounded(taken).deserialize(&mut json).ok().filter(|_| json.end().is_ok()))
}

/// The first value of `text`, whatever follows it.
pub(super) fn first(text: &str, taken: &Cell<usize>) -> Option<Value> {
    within(taken, || Bounded(taken).deserialize(&mut Deserializer::from_str(text)).ok())
}

/// What was not read takes nothing.
pub(super) fn within<T>(taken: &Cell<usize>, read: impl FnOnce() -> Option<T>) -> Option<T> {
    let before = taken.get();
    let found = read();
    if found.is_none() {
        taken.set(before);
    }
    found
}

/// Counts `bytes` more, if they are still free.
pub(super) fn affords(taken: &Cell<usize>, bytes: usize) -> bool {
    let after = taken.get() + bytes;
    let affords = after <= MOST_MEMORY;
    if affords {
        taken.set(after);
    }
    affords
}

/// Makes a [`Value`], and counts what it takes.
#[derive(Clone, Copy)]
struct Bounded<'t>(&'t Cell<usize>);

impl Bounded<'_> {
    fn take<E: Error>(self, bytes: usize) -> Result<(), E> {
        if affords(self.0, bytes) { Ok(()) } else { Err(E::custom("too many values")) }
    }
}

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.take(VALUE).map(|()| Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.take(VALUE).map(|()| value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.take(VALUE).map(|()| value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.take(VALUE).map(|()| value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.take(VALUE).map(|()| value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.take(VALUE + value.len()).map(|()| value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.take(VALUE + value.len()).map(|()| value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        self.take(VALUE)?;
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.take(OBJECT)?;
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            self.take(ENTRY + key.len())?;
            object.insert(key, entries.next_value_seed(self)?);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_serde_json() {
        let taken = Cell::new(0);
        for text in [
            r#"{"a": [1, -2, 3.5, true, null, "é\n\ud83d\ude00"], "b": {"c": {}}, "a2": []}"#,
            "[[[]]]",
            "\"text\"",
            "18446744073709551615",
        ] {
            assert_eq!(whole(text, &taken), serde_json::from_str(text).ok(), "{text}");
        }
        assert_eq!(first("{\"a\": 1}; more", &taken), serde_json::from_str("{\"a\": 1}").ok());
    }

    #[test]
    fn what_is_not_json_is_no_value_and_takes_nothing() {
        let taken = Cell::new(0);
        for text in ["", "{", "{\"a\": 1,}", "[1] 2", "1e999", &"[".repeat(100_000)] {
            assert_eq!(whole(text, &taken), None);
        }
        assert_eq!(taken.get(), 0);
    }
}
