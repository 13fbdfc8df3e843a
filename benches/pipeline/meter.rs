//! What this process has used.

use std::fs;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// A moment in the processor time of all threads of this process.
#[derive(Clone, Copy)]
pub(crate) struct CpuTime(Duration);

impl CpuTime {
    pub(crate) fn now() -> CpuTime {
        let time = clock_gettime(ClockId::ProcessCPUTime);
        let (seconds, nanoseconds) = (time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs());
        CpuTime(Duration::from_secs(seconds) + Duration::from_nanos(nanoseconds))
    }

    pub(crate) fn elapsed(self) -> Duration {
        CpuTime::now().0 - self.0
    }
}

/// The most memory that was resident so far, in bytes; 0 where the system does not say.
pub(crate) fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or_default() << 10
}

/// One line of the result.
pub(crate) fn row(name: &str, pages: usize, cpu: Duration) -> String {
    let (pages, seconds) = (pages as f64, cpu.as_secs_f64());
    format!(
        "{name:<26} {:>7.0} pages per CPU-second {:>7.2} ms a page",
        pages / seconds,
        seconds * 1e3 / pages
    )
}
