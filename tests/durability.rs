// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! An acknowledged write is on the disk: the server syncs its log for every batch.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use space_core::client::api::{Api, Token};
use space_tests::{Community, On, hall, skipped};

/// One after the other, so that each is a batch of its own.
const WRITES: usize = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_batch_is_synced_to_the_disk() {
    let community = Community::new(On::Sqlite).unwrap();
    let token = Token::new(community.member("alice", Some("owner"))).unwrap();
    let server = community.server().start();
    let api = Api::new(server.url(), Some(token)).unwrap();
    let category = hall::category(&api, "hall", None).await;
    let topic = hall::topic(&api, category, "Topic").await;

    let log = community.folder().join("strace");
    let traced = Command::new("strace")
        .args(["-f", "-e", "trace=fdatasync,fsync", "-o"])
        .arg(&log)
        .args(["-p", &server.pid().to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut strace) = traced else {
        return skipped("strace is not installed");
    };
    if let Err(why) = attached(&mut strace, server.pid()) {
        return skipped(&format!("strace cannot attach here: {why}"));
    }
    for number in 0..WRITES {
        hall::reply(&api, topic, &format!("post {number}"))
            .await
            .unwrap();
    }
    assert!(server.stop().success());
    assert!(strace.wait().unwrap().success());
    let log = std::fs::read_to_string(log).unwrap();
    // A call that another thread interrupts in the log is told in two lines, of which one names the call.
    let synced = log.lines().filter(|line| line.contains("sync(")).count();
    assert!(
        synced >= WRITES,
        "{synced} syncs for {WRITES} batches:\n{log}"
    );
}

/// Waits until the kernel says that the server is traced.
fn attached(strace: &mut std::process::Child, server: u32) -> Result<(), String> {
    let deadline = Instant::now() + Duration::from_secs(20);
    while Instant::now() < deadline {
        if strace.try_wait().is_ok_and(|ended| ended.is_some()) {
            return Err("it ended at once".to_owned());
        }
        let all_traced = std::fs::read_dir(format!("/proc/{server}/task")).is_ok_and(|tasks| {
            tasks.flatten().all(|task| {
                std::fs::read_to_string(task.path().join("status"))
                    .is_ok_and(|status| !status.contains("TracerPid:\t0\n"))
            })
        });
        if all_traced {
            return Ok(());
        }
        std::thread::park_timeout(Duration::from_millis(5));
    }
    Err("it does not attach".to_owned())
}
