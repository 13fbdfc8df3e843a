//! What the archive takes, by kind, and how it grows.

use std::collections::BTreeMap;

use indicatif::HumanBytes;
use serde::Serialize;

use super::words;
use crate::archive::{Kind, Volume};

/// Months that are told to people.
const MONTHS: usize = 6;

/// Bytes of records, as packed.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Size {
    bytes: u64,
    kinds: BTreeMap<&'static str, u64>,
    /// By the months in which they were written.
    months: BTreeMap<String, u64>,
    #[serde(skip)]
    by_kind: Vec<(Kind, u64)>,
}

impl Size {
    pub(super) fn of(volumes: &[Volume]) -> Size {
        let (mut kinds, mut months) = (BTreeMap::new(), BTreeMap::new());
        for volume in volumes {
            *kinds.entry(volume.kind).or_default() += volume.bytes;
            *months.entry(volume.month.clone()).or_default() += volume.bytes;
        }
        let mut by_kind: Vec<(Kind, u64)> = kinds.into_iter().collect();
        by_kind.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        let kinds = by_kind.iter().map(|(kind, bytes)| (kind.name(), *bytes)).collect();
        Size { bytes: volumes.iter().map(|volume| volume.bytes).sum(), kinds, months, by_kind }
    }

    /// For people: what takes how much, and the newest months.
    pub(super) fn lines(&self) -> String {
        if self.months.is_empty() {
            return "nothing is archived yet; `tearsheet run` begins".to_owned();
        }
        let kinds: Vec<String> = self
            .by_kind
            .iter()
            .map(|(kind, bytes)| format!("{} {}", words::kind(*kind), HumanBytes(*bytes)))
            .collect();
        let months = self.months.iter().skip(self.months.len().saturating_sub(MONTHS));
        let months: Vec<String> =
            months.map(|(month, bytes)| format!("{month} {}", HumanBytes(*bytes))).collect();
        format!("{} in all: {}\nby month: {}", HumanBytes(self.bytes), kinds.join(", "), months.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_kind_comes_first_and_the_newest_months_last() {
        let volume = |month: &str, kind, bytes| Volume { month: month.to_owned(), kind, bytes };
        let volumes = [
            volume("2026-10", Kind::Articles, 1024),
            volume("2026-10", Kind::Captures, 4096),
            volume("2026-11", Kind::Articles, 1024),
        ];
        let size = Size::of(&volumes);
        let told = "6.00 KiB in all: captures of articles 4.00 KiB, articles 2.00 KiB\n\
                    by month: 2026-10 5.00 KiB, 2026-11 1.00 KiB";
        assert_eq!(size.lines(), told);
        assert_eq!(serde_json::to_value(&size).unwrap()["kinds"]["captures"], 4096);
    }
}
