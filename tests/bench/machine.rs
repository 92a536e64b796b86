// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the operating system says about the machine and about processes.

use std::time::Duration;

use anyhow::Context;

/// How long a tick of `/proc/PID/stat` is: 100 a second on every Linux that there is.
const TICK: Duration = Duration::from_millis(10);

/// Returns the load average of the last minute, as text.
pub(crate) fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("unknown").to_owned()
}

/// Returns how much processor time a process has used, in steps of [`TICK`].
pub(crate) fn cpu(pid: u32) -> anyhow::Result<Duration> {
    let path = format!("/proc/{pid}/stat");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    // The name, in brackets, may have spaces in it; the numbers come after.
    let (_, numbers) = text
        .rsplit_once(')')
        .context("a process status has a name")?;
    let ticks: u32 = numbers
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|number| number.parse::<u32>().ok())
        .sum();
    Ok(TICK * ticks)
}

/// Returns how much processor time the calling thread has used.
pub(crate) fn own_cpu() -> anyhow::Result<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")
        .context("cannot read the time of this thread")?;
    let nanoseconds = text
        .split(' ')
        .next()
        .and_then(|number| number.parse().ok());
    nanoseconds
        .map(Duration::from_nanos)
        .context("the time of a thread is a number")
}

/// Returns a figure of a process's memory in kB, such as `RssAnon`.
pub(crate) fn memory_kb(pid: u32, name: &str) -> anyhow::Result<u32> {
    let path = format!("/proc/{pid}/status");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    text.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .with_context(|| format!("{path} has no {name}"))
}

/// Returns the most memory that a process ever held, in MiB.
pub(crate) fn most_memory_mib(pid: u32) -> anyhow::Result<f64> {
    Ok(f64::from(memory_kb(pid, "VmHWM")?) / 1024.0)
}

/// Empties the file cache of the system, so that files are read from the disk again; returns whether we may.
pub(crate) fn drop_file_cache() -> bool {
    std::fs::write("/proc/sys/vm/drop_caches", "3").is_ok()
}
