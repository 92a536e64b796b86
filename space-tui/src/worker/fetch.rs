// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The thread that reads topics from the server which the reader opens and the local copy does not have, or not whole.

use std::collections::HashMap;
use std::time::Duration;

use space_core::client::sync::{Fetched, SyncError, fetch_number};
use space_core::client::{Api, Replica, ReplicaError};
use tokio::sync::{mpsc, watch};

use super::Tools;
use super::reader::Question;
use crate::app::message::{Msg, Query, Ticket};

/// Orders that wait at most. When it is full, a topic stays as it is until it is opened again.
pub const ORDERS: usize = 16;
/// How long a topic may take while somebody waits for it. One of 10,000 posts takes some seconds; what has come until then
/// is kept.
const PATIENCE: Duration = Duration::from_mins(1);

/// How long a server is left alone that did not answer.
const REST: Duration = Duration::from_secs(10);

/// What is to be read.
#[derive(Debug)]
pub struct Order {
    /// The number of a topic or post.
    pub number: i64,
    /// How many posts of the topic are missing; 0 when it is not here at all.
    pub missing: u64,
    /// The question that waits for it.
    pub then: Option<(Ticket, Query)>,
}

/// The server, for as long as there is a way to it.
pub type Server = watch::Sender<Option<Api>>;

/// Reads what is ordered, until nobody orders any more.
pub fn run(
    tools: &Tools,
    server: &watch::Receiver<Option<Api>>,
    mut orders: mpsc::Receiver<Order>,
    questions: &mpsc::WeakSender<Question>,
    events: &mpsc::Sender<Msg>,
) {
    // Nothing is made before there is anything to do: most sessions have the whole space at hand.
    let mut house: Option<(tokio::runtime::Runtime, Replica)> = None;
    // What was read to its end is not asked for again, however much its numbers still count.
    let mut done: HashMap<i64, u64> = HashMap::new();
    // A server that did not answer is left alone for a while, unless somebody waits.
    let mut failed_at = None;
    while let Some(order) = orders.blocking_recv() {
        let is_done = order.missing > 0 && done.get(&order.number) == Some(&order.missing);
        let api = server.borrow().clone();
        let now = tools.clock.now();
        let rests = |then| order.then.is_none() && now.since(then) < REST;
        let is_idle = is_done || failed_at.is_some_and(rests);
        if let (false, Some(api)) = (is_idle, api) {
            if house.is_none() {
                house = open(tools)
                    .map_err(|error| tracing::warn!(%error, "cannot fetch"))
                    .ok();
            }
            if let Some((runtime, replica)) = &mut house {
                let fetch = async {
                    let fetch = fetch_number(&api, replica, order.number);
                    tokio::time::timeout(PATIENCE, fetch).await
                };
                let fetched = runtime.block_on(fetch);
                failed_at = (!matches!(fetched, Ok(Ok(_)))).then_some(now);
                match fetched {
                    Ok(Ok(fetched)) => {
                        if order.missing > 0 {
                            done.insert(order.number, order.missing);
                        }
                        if matches!(fetched, Fetched::Whole(_)) {
                            let _ = events.try_send(Msg::Changed);
                        }
                    }
                    Ok(Err(error)) => {
                        tracing::info!(%error, "a topic is not fetched");
                        // Some of its pages may have come.
                        if !matches!(error, SyncError::Api(_)) {
                            house = None;
                        }
                    }
                    Err(_) => tracing::info!("a topic is not fetched in time"),
                }
            }
        }
        if let (Some((ticket, query)), Some(questions)) = (order.then, questions.upgrade())
            && questions
                .blocking_send(Question::AskAgain(ticket, query))
                .is_err()
        {
            return;
        }
    }
}

fn open(tools: &Tools) -> Result<(tokio::runtime::Runtime, Replica), ReplicaError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|source| ReplicaError::File {
            path: tools.file.clone(),
            source,
        })?;
    Ok((runtime, Replica::open(&tools.file)?))
}
