//! How much work a page may make. It is counted in steps and not by the clock: the same page comes to the same end on every
//! machine and on every day, and a rebuild gives the same bytes.
//!
//! Whoever goes over nodes counts each with [`step`], and over text with [`over`]; [`within`] ends the work when its steps are
//! used up. It ends by unwinding, so that no function on the way has to know of it. Where nobody set a limit, nothing ends.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

/// Bytes of text that are gone over for one step.
const BYTES_A_STEP: u64 = 16;

/// The steps that one page, or one list, may take. The costliest that is known takes a tenth of them.
pub const MOST_STEPS: u64 = 400_000_000;

/// The steps of some work were used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it takes more work to read than any page should")]
pub struct Exhausted;

#[derive(Clone, Copy)]
struct Meter {
    used: u64,
    most: u64,
}

thread_local! {
    static METER: Cell<Meter> = const { Cell::new(Meter { used: 0, most: u64::MAX }) };
}

/// Counts one step for what an iterator gives: `nodes.inspect(step)`.
#[inline]
pub fn step<T>(_: &T) {
    spend(1);
}

/// Counts the steps of going over `text` once.
#[inline]
pub fn over(text: &str) {
    spend(1 + text.len() as u64 / BYTES_A_STEP);
}

/// Counts so many steps.
#[inline]
pub fn spend(steps: u64) {
    let Meter { used, most } = METER.get();
    let used = used.saturating_add(steps);
    METER.set(Meter { used, most });
    if used > most {
        panic::resume_unwind(Box::new(Exhausted));
    }
}

/// Does `work`, if it takes no more than `most` steps, nor more than the work has left that it is a part of.
///
/// # Errors
/// [`Exhausted`] if it takes more. What it had done until then is lost.
pub fn within<T>(most: u64, work: impl FnOnce() -> T) -> Result<T, Exhausted> {
    let (done, _) = metered(most, work);
    done.map_err(|reason| match reason.downcast::<Exhausted>() {
        Ok(exhausted) => *exhausted,
        Err(reason) => panic::resume_unwind(reason),
    })
}

/// Does `work`, and tells how many steps it took.
pub fn counted<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let (done, used) = metered(u64::MAX, work);
    (done.unwrap_or_else(|reason| panic::resume_unwind(reason)), used)
}

fn metered<T>(most: u64, work: impl FnOnce() -> T) -> (std::thread::Result<T>, u64) {
    let around = METER.get();
    let most = most.min(around.most.saturating_sub(around.used));
    METER.set(Meter { used: 0, most });
    // What the work had begun is dropped with it.
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    let used = METER.get().used;
    METER.set(Meter { used: around.used.saturating_add(used), ..around });
    (done, used)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(steps: u64) -> u64 {
        (0..steps).inspect(step).count() as u64
    }

    #[test]
    fn work_ends_when_its_steps_are_used_up() {
        assert_eq!(within(10, || work(10)), Ok(10));
        assert_eq!(within(10, || work(u64::MAX)), Err(Exhausted));
        assert_eq!(within(10, || over(&"x".repeat(1000))), Err(Exhausted));
        assert_eq!(work(100), 100, "where nobody set a limit, nothing ends");
    }

    #[test]
    fn a_part_has_no_more_steps_than_the_whole_has_left_and_the_whole_pays_for_it() {
        let both = within(10, || (within(u64::MAX, || work(6)), within(u64::MAX, || work(6)).is_err()));
        assert_eq!(both, Ok((Ok(6), true)));
        assert_eq!(counted(|| work(3) + within(10, || work(4)).unwrap()), (7, 7));
    }

    #[test]
    fn another_panic_goes_on() {
        let panicked = panic::catch_unwind(|| within(10, || panic::resume_unwind(Box::new("other"))));
        assert_eq!(*panicked.unwrap_err().downcast::<&str>().unwrap(), "other");
    }
}
