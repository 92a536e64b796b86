// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a network's task has to do with the rest of the program, and how a connection ends.

use std::sync::Arc;

use space_core::{Clock, Entropy};
use tokio::sync::Notify;
use tokio::sync::mpsc::{Receiver, Sender};
use tokio_util::sync::CancellationToken;

use crate::irc::session::{End, Marks};
use crate::network::{News, Order};
use crate::relay::Journal;

/// What a network's task needs from outside.
pub(crate) struct Outside {
    pub(crate) orders: Receiver<Order>,
    /// The relay has taken everything back that it ordered: begin anew.
    pub(crate) anew: Arc<Notify>,
    /// Bounded: when nobody takes the news, the network has to wait.
    pub(crate) news: Sender<News>,
    /// Where it is noted what was sent, in the same moment.
    pub(crate) journal: Arc<Journal>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    /// Up to where rooms were heard when the program last ran.
    pub(crate) marks: Marks,
    /// Finish what was begun, take nothing new.
    pub(crate) stop: CancellationToken,
}

/// Why a connection ended.
pub(super) enum Ended {
    /// Somebody asked.
    Asked,
    /// It broke.
    Lost(String),
    /// The server will say the same again until somebody does something about it.
    Refused(String),
}

impl From<String> for Ended {
    fn from(why: String) -> Self {
        Self::Lost(why)
    }
}

impl From<End> for Ended {
    fn from(end: End) -> Self {
        if end.is_refusal {
            Self::Refused(end.why)
        } else {
            Self::Lost(end.why)
        }
    }
}
