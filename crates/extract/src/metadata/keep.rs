//! Fields as they are decided, with what gave each value and what that beat.

use std::collections::BTreeMap;

use crate::choice::{Choice, Said};
use crate::model::{Field, Provenance};

/// What gives a field that stays empty, though something was said of it.
const NOTHING: &str = "nothing of its own";

/// Decides fields and keeps where their values came from.
pub(super) struct Keep<'a> {
    pub(super) provenance: &'a mut BTreeMap<Field, Provenance>,
    pub(super) said: &'a mut BTreeMap<Field, Vec<Said<String>>>,
}

impl Keep<'_> {
    pub(super) fn field<T>(
        &mut self,
        field: Field,
        choice: Choice<T>,
        shown: impl Fn(&T) -> String,
    ) -> Option<T> {
        let (value, said) = choice.decide(shown)?;
        self.keep(field, said);
        Some(value)
    }

    fn keep(&mut self, field: Field, said: Vec<Said<String>>) {
        let Some((winner, beaten)) = said.split_first() else { return };
        let beat = beaten.iter().map(|said| (said.from.to_owned(), said.value.clone())).collect();
        let doubted = said.iter().enumerate().filter(|(_, said)| said.doubted).map(|(at, _)| at).collect();
        let provenance = Provenance { from: winner.from.to_owned(), beat, places: Vec::new(), doubted };
        self.provenance.insert(field, provenance);
        self.said.insert(field, said);
    }

    /// The same, but for a winner that is hard to believe: it is beaten by nothing. The field stays empty, and what was said
    /// of it is remembered.
    pub(super) fn believed<T>(
        &mut self,
        field: Field,
        choice: Choice<T>,
        shown: impl Fn(&T) -> String,
    ) -> Option<T> {
        let value = self.field(field, choice, shown)?;
        let said = self.said.remove(&field).unwrap_or_default();
        let is_doubted = said.first().is_some_and(|winner| winner.doubted);
        let nothing = Said { from: NOTHING, value: String::new(), at: None, doubted: false };
        self.keep(field, is_doubted.then_some(nothing).into_iter().chain(said).collect());
        (!is_doubted).then_some(value)
    }
}
