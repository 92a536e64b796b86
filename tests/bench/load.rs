// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Many clients that ask again and again.

use std::future::Future;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::spread::{Spread, count};

/// What clients got done.
#[derive(Debug)]
pub(crate) struct Load {
    /// How often a second.
    pub(crate) rate: f64,
    /// How long each took.
    pub(crate) spread: Spread,
    /// How many were done, those of the time before the measurement included.
    pub(crate) done: usize,
}

/// Lets `clients` do something again and again: a quarter of the time to warm up, then `time` to be counted.
///
/// `client` makes the loop body's state for the client of a number; `step` does it once, and gives the state back.
pub(crate) async fn run<S, C, N, F>(
    clients: usize,
    time: Duration,
    mut client: impl FnMut(usize) -> C,
    step: N,
) -> anyhow::Result<Load>
where
    S: Send + 'static,
    C: Future<Output = anyhow::Result<S>>,
    N: Fn(S, usize) -> F + Clone + Send + 'static,
    F: Future<Output = anyhow::Result<S>> + Send,
{
    let mut states = Vec::new();
    for number in 0..clients {
        states.push(client(number).await?);
    }
    let counted_from = Instant::now() + time / 4;
    let end = counted_from + time;
    let mut tasks: JoinSet<anyhow::Result<(Vec<Duration>, usize)>> = JoinSet::new();
    for mut state in states {
        let step = step.clone();
        tasks.spawn(async move {
            let (mut times, mut done) = (Vec::new(), 0);
            while Instant::now() < end {
                let begun = Instant::now();
                state = step(state, done).await?;
                done += 1;
                if begun >= counted_from {
                    times.push(begun.elapsed());
                }
            }
            Ok((times, done))
        });
    }
    let (mut times, mut done) = (Vec::new(), 0);
    while let Some(task) = tasks.join_next().await {
        let (of_one, done_by_one) = task??;
        times.extend(of_one);
        done += done_by_one;
    }
    Ok(Load {
        rate: count(times.len()) / counted_from.elapsed().as_secs_f64(),
        spread: times.into_iter().collect(),
        done,
    })
}
