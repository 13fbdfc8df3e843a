//! Durations and sizes as people write them: a number, then its unit.

use std::time::Duration;

use chrono::TimeDelta;

/// Units of time, in milliseconds.
const TIMES: &[(&str, f64)] = &[("ms", 1.0), ("s", 1e3), ("m", 60e3), ("h", 3600e3), ("d", 86400e3)];
/// Units of size, in bytes: decimal as in the SI, binary as in IEC 80000-13. Case does not matter.
const SIZES: &[(&str, f64)] = &[
    ("b", 1.0),
    ("kb", 1e3),
    ("mb", 1e6),
    ("gb", 1e9),
    ("kib", 1024.0),
    ("mib", 1_048_576.0),
    ("gib", 1_073_741_824.0),
];
/// A year: nothing waits longer.
const LONGEST_MS: f64 = 366.0 * 86400e3;
/// A tebibyte: nothing is larger.
const LARGEST: f64 = 1_099_511_627_776.0;

/// Reads `1s`, `1.5 m`, `500ms`; `None` for anything else, a bare number included.
#[must_use]
pub fn duration(text: &str) -> Option<Duration> {
    let milliseconds = in_units(text, TIMES)?;
    (milliseconds <= LONGEST_MS).then(|| Duration::from_secs_f64(milliseconds / 1e3))
}

/// Reads `30d`, of at most a thousand years; `None` for anything else, a bare number included.
#[allow(clippy::cast_possible_truncation)] // it is within a thousand years
#[must_use]
pub fn age(text: &str) -> Option<TimeDelta> {
    let milliseconds = in_units(text, TIMES)?;
    (milliseconds <= 1000.0 * LONGEST_MS).then(|| TimeDelta::milliseconds(milliseconds as i64))
}

/// Reads `10 MB`, `500KiB`, `1.5 GB`; `None` for anything else, a bare number included.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // it is between 0 and LARGEST
pub(super) fn size(text: &str) -> Option<usize> {
    let bytes = in_units(&text.to_lowercase(), SIZES)?;
    (bytes <= LARGEST).then_some(bytes as usize)
}

/// The number that `text` begins with, times what its unit is worth.
fn in_units(text: &str, units: &[(&str, f64)]) -> Option<f64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at(end);
    let (_, worth) = units.iter().find(|(name, _)| *name == unit.trim_start())?;
    Some(number.parse::<f64>().ok()? * worth)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_unit() {
        let check =
            |text: &str, ms: Option<u64>| assert_eq!(duration(text), ms.map(Duration::from_millis), "{text}");
        check("0s", Some(0));
        check("500ms", Some(500));
        check("1.5 s", Some(1500));
        check("2m", Some(120_000));
        check("1h", Some(3_600_000));
        for wrong in ["", "1", "s", "1 fortnight", "-1s", "1..5s", "99999999d", "1S"] {
            check(wrong, None);
        }
    }

    #[test]
    fn sizes_have_a_unit_in_any_case() {
        let check = |text: &str, bytes: Option<usize>| assert_eq!(size(text), bytes, "{text}");
        check("10 MB", Some(10_000_000));
        check("500KiB", Some(512_000));
        check("1.5 kb", Some(1500));
        check("12 B", Some(12));
        for wrong in ["", "10", "MB", "10 XB", "-1 MB", "9999 GiB"] {
            check(wrong, None);
        }
    }
}
