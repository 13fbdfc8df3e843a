//! The real program as a child process: how long it took, how much CPU time, and how much memory.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a command took.
pub(crate) struct Cost {
    pub(crate) wall: f64,
    /// Seconds of CPU time, user and system.
    pub(crate) cpu: f64,
    /// Megabytes that were resident at once.
    pub(crate) memory: f64,
    pub(crate) stdout: String,
}

/// Runs `tearsheet` to its end. Anything but success ends the bench.
pub(crate) fn tearsheet(root: &Path, arguments: &[&str]) -> Cost {
    let output = root.join("stdout");
    let (begun, before) = (Instant::now(), children_seconds());
    let mut child = start(root, arguments, Stdio::from(fs::File::create(&output).unwrap()));
    let mut memory = 0.0;
    let status = loop {
        memory = peak_megabytes(child.id()).max(memory);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        thread::sleep(Duration::from_millis(10));
    };
    assert!(status.success(), "{arguments:?}: {status}");
    let cpu = children_seconds() - before;
    let cost = Cost {
        wall: begun.elapsed().as_secs_f64(),
        cpu,
        memory,
        stdout: fs::read_to_string(output).unwrap(),
    };
    println!(
        "{:<24} {:>7.2} s, {:>7.2} s of CPU time, {:>4.0} MB at most",
        arguments.join(" "),
        cost.wall,
        cost.cpu,
        cost.memory
    );
    cost
}

pub(crate) fn start(root: &Path, arguments: &[&str], stdout: Stdio) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tearsheet"));
    command.arg("--root").arg(root).args(arguments).stdin(Stdio::null()).stdout(stdout).spawn().unwrap()
}

/// CPU time of the children that have ended; 0 where the system does not say it as Linux does.
fn children_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    // The 16th and 17th fields (proc(5)), in hundredths of a second.
    fields.skip(13).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn peak_megabytes(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    peak.and_then(|peak| peak.parse::<f64>().ok()).unwrap_or_default() / 1e3
}
