//! Clocks that were ahead. A run names its file by its clock, and files are numbered whatever clocks say: where the newest
//! file was begun earlier than another one, the other's clock was ahead, and so is what its records say of when they saw
//! something. The records stay as they are.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::index::Mark;
use crate::store::segments::Name;

/// Before this program was written no clock was right.
const FIRST_DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2024, 1, 1);

/// Whether a clock that says so can be right.
pub(crate) fn can_be_right(now: DateTime<Utc>) -> bool {
    Some(now.date_naive()) >= FIRST_DAY
}

/// A clock that goes back so little was ahead, whatever came later. Where more lies between two files, archives may have been
/// put together.
const LITTLE: TimeDelta = TimeDelta::days(1);

/// The files whose clocks were ahead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clocks {
    /// A file's number in the index, and when the first later file was begun whose clock says so.
    ahead: Vec<(i64, DateTime<Utc>)>,
}

impl Clocks {
    pub(crate) fn of(marks: &[Mark]) -> Clocks {
        let begun = |mark: &Mark| {
            let name = Name::parse(&mark.name)?;
            Some((name.number(), mark.id, name.begun()?))
        };
        let is_right = |(_, _, begun): &(u32, i64, DateTime<Utc>)| can_be_right(*begun);
        let mut files: Vec<_> = marks.iter().filter_map(begun).filter(is_right).collect();
        files.sort_unstable();
        let newest = files.last().map(|(_, _, begun)| *begun);
        // The earliest of those that come later: nearly always later than the file itself, and then nothing is looked for.
        let mut earliest: Vec<_> = files.iter().rev().map(|(_, _, begun)| *begun).collect();
        (1..earliest.len()).for_each(|at| earliest[at] = earliest[at].min(earliest[at - 1]));
        earliest.reverse();
        let corrected = |at: usize, begun: DateTime<Utc>| {
            earliest.get(at + 1).filter(|earliest| **earliest < begun)?;
            let is_ahead =
                |later: &DateTime<Utc>| *later < begun && (Some(begun) > newest || begun - *later <= LITTLE);
            files[at + 1..].iter().map(|(_, _, later)| *later).find(is_ahead)
        };
        let ahead = files.iter().enumerate();
        let ahead = ahead.filter_map(|(at, (_, id, begun))| Some((*id, corrected(at, *begun)?)));
        Clocks { ahead: ahead.collect() }
    }

    /// The latest instant that what is in the file with this number in the index can have been seen; `None` if its clock
    /// was not ahead.
    pub(crate) fn latest(&self, segment: i64) -> Option<DateTime<Utc>> {
        self.ahead.iter().find(|(id, _)| *id == segment).map(|(_, latest)| *latest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clocks(days: &[&str]) -> Vec<Option<String>> {
        let mark = |(at, day): (usize, &&str)| {
            let name = format!("{day}T061500Z-{:04}.warc.gz", at + 1);
            Mark { id: i64::try_from(at).unwrap(), name, length: 1 }
        };
        let marks: Vec<Mark> = days.iter().enumerate().map(mark).collect();
        let clocks = Clocks::of(&marks);
        let day = |mark: &Mark| clocks.latest(mark.id).map(|at| at.format("%Y%m%d").to_string());
        marks.iter().map(day).collect()
    }

    #[test]
    fn a_clock_that_was_ahead_is_known_once_a_later_run_says_so() {
        let nothing = vec![None; 3];
        assert_eq!(clocks(&["20261101", "20271102", "20271103"]), nothing, "nobody knows yet");
        let corrected = Some("20261104".to_owned());
        assert_eq!(
            clocks(&["20261101", "20271102", "20271103", "20261104", "20261105"]),
            [None, corrected.clone(), corrected, None, None]
        );
        assert_eq!(
            clocks(&["20261101", "20271102", "20261104", "20271105"]),
            vec![None; 4],
            "its day has come"
        );
    }

    #[test]
    fn a_clock_that_went_back_a_little_was_ahead_for_good() {
        let back = Some("20261101".to_owned());
        assert_eq!(clocks(&["20261101", "20261102", "20261101", "20261103"]), [None, back, None, None]);
    }

    #[test]
    fn a_clock_that_lost_its_battery_says_nothing_of_others() {
        assert_eq!(clocks(&["20261101", "20261102", "19700101"]), vec![None; 3]);
        assert_eq!(clocks(&["20261101", "19700101", "20261102"]), vec![None; 3]);
    }
}
