// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the process takes of the machine, under the names that every Prometheus client uses.

use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use space_core::Timestamp;

/// Registers what is told of the process.
pub(super) fn register(all: &mut Registry, started: Timestamp, memory: &Gauge, files: &Gauge) {
    let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
    all.register("space_build", "Which version this is", version);
    let start: Gauge = Gauge::default();
    start.set(started.millis() / 1000);
    all.register(
        "process_start_time_seconds",
        "When the server started, in seconds since 1970",
        start,
    );
    if look(memory, files) {
        all.register(
            "process_resident_memory_bytes",
            "Memory that the process holds",
            memory.clone(),
        );
        all.register(
            "process_open_fds",
            "Files and connections that the process has open",
            files.clone(),
        );
    }
}

/// Reads both from `/proc`; says whether there is one.
pub(super) fn look(memory: &Gauge, files: &Gauge) -> bool {
    let resident = std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| resident_bytes(&status));
    let open = std::fs::read_dir("/proc/self/fd").map(Iterator::count);
    match (resident, open) {
        (Some(bytes), Ok(open)) => {
            memory.set(bytes);
            // The folder itself was open while it was read.
            files.set(i64::try_from(open.saturating_sub(1)).unwrap_or(i64::MAX));
            true
        }
        _ => false,
    }
}

fn resident_bytes(status: &str) -> Option<i64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kib.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_a_status() {
        let status = "VmHWM:\t  9000 kB\nVmRSS:\t    8204 kB\nRssAnon:\t 1 kB\n";
        assert_eq!(resident_bytes(status), Some(8204 * 1024));
        assert_eq!(resident_bytes("VmRSS: many kB"), None);
    }
}
