// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How fast accounts, addresses, networks and bridges may write (M7.1), and how long they wait when that is too fast (M7.2).
//!
//! Staff are not paced: they answer for what they do. A limit refuses nothing for good: its [`Denial`] says after how long
//! the same command succeeds, and an outbox waits that long.

use std::sync::Arc;
use std::time::Duration;

use super::{Actor, Denial};
use crate::time::Timestamp;

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// Replies that a visitor may send in a row. People in a chat room answer in several lines, then fall silent; the sustained
/// rate is still one reply in each gap.
const VISITOR_BURST: usize = 3;

/// The limits of a space. The defaults are in the server's configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// How long an account of trust level 0 is new.
    pub new_for: Duration,
    /// From one topic to the next of the same account.
    pub topic_gap: Duration,
    /// The same for accounts that are new, and for visitors.
    pub new_topic_gap: Duration,
    /// From one reply to the next of the same account.
    pub reply_gap: Duration,
    /// The same for accounts that are new, and for visitors.
    pub new_reply_gap: Duration,
    /// Topics of an account in a day.
    pub daily_topics: usize,
    /// Topics of an account in its first day.
    pub new_topics: usize,
    /// Replies of an account in its first day.
    pub new_replies: usize,
    /// Edits of posts and topics by an account in a day.
    pub daily_edits: usize,
    /// From one post to the next with the same text.
    pub same_text_gap: Duration,
    /// Reports of an account in a day, up to trust level 1.
    pub daily_reports: usize,
    /// Reports of a visitor in an hour.
    pub visitor_reports: usize,
    /// Posts of all accounts at one address in a minute.
    pub address_posts: usize,
    /// Posts of all visitors of one network in a minute.
    pub network_posts: usize,
    /// Reports of all visitors of one network in an hour.
    pub network_reports: usize,
    /// Accounts made for visitors of one network in an hour.
    pub network_visitors: usize,
    /// Posts of all visitors through one bridge in a minute.
    pub bridge_posts: usize,
    /// Reports of all visitors through one bridge in an hour.
    pub bridge_reports: usize,
    /// Accounts made for visitors by one bridge in an hour.
    pub bridge_visitors: usize,
}

/// Accounts that are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crowd {
    /// All who write from one address.
    Address,
    /// All visitors of one network.
    Network,
    /// All visitors whom one bridge brings.
    Bridge,
    /// All visitors of one network who come from one host there: names are free, a host is not.
    Host,
}

/// What a crowd does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrowdAct {
    /// Topics and replies.
    Post,
    /// Reports.
    Report,
    /// Accounts that are made.
    Visitor,
}

impl Limits {
    /// Returns how many acts of a crowd are allowed, and within which time; `None` where nothing is counted.
    pub fn of_crowd(&self, crowd: Crowd, act: CrowdAct) -> Option<(usize, Duration)> {
        match (crowd, act) {
            (Crowd::Address, CrowdAct::Post) => Some((self.address_posts, MINUTE)),
            (Crowd::Address, CrowdAct::Report | CrowdAct::Visitor) => None,
            (Crowd::Network, CrowdAct::Post) => Some((self.network_posts, MINUTE)),
            (Crowd::Network, CrowdAct::Report) => Some((self.network_reports, HOUR)),
            (Crowd::Network, CrowdAct::Visitor) => Some((self.network_visitors, HOUR)),
            (Crowd::Bridge, CrowdAct::Post) => Some((self.bridge_posts, MINUTE)),
            (Crowd::Bridge, CrowdAct::Report) => Some((self.bridge_reports, HOUR)),
            (Crowd::Bridge, CrowdAct::Visitor) => Some((self.bridge_visitors, HOUR)),
            (Crowd::Host, CrowdAct::Post) => Some((share(self.network_posts), MINUTE)),
            (Crowd::Host, CrowdAct::Report) => Some((share(self.network_reports), HOUR)),
            (Crowd::Host, CrowdAct::Visitor) => Some((share(self.network_visitors), HOUR)),
        }
    }
}

/// What one host has of the limit of its network: a quarter, so that it keeps no other out.
fn share(of_network: usize) -> usize {
    of_network.div_ceil(4)
}

/// What was written lately, and the limits for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pace {
    /// The limits; nothing is limited without them.
    pub limits: Option<Arc<Limits>>,
    /// Now.
    pub now: Timestamp,
    /// When the account began.
    pub began_at: Timestamp,
    /// When it started topics within the last day, in any order.
    pub topics: Vec<Timestamp>,
    /// When it replied within the last day, in any order.
    pub replies: Vec<Timestamp>,
    /// When it edited within the last day, in any order.
    pub edits: Vec<Timestamp>,
    /// When it reported within the last day, in any order.
    pub reports: Vec<Timestamp>,
    /// When it last posted the same text.
    pub same_text_at: Option<Timestamp>,
    /// When the crowds that it belongs to did the same, in any order.
    pub crowds: Vec<(Crowd, Vec<Timestamp>)>,
}

impl Pace {
    /// How far back anything is counted.
    pub const COUNTED: Duration = DAY;

    /// Returns whether `actor` has to keep to any pace.
    pub fn applies_to(actor: &Actor) -> bool {
        actor.member().is_some() && !actor.is_staff()
    }

    /// Returns how many replies of `actor` within a day the rules look at.
    pub fn replies_counted(actor: &Actor, limits: &Limits) -> usize {
        let new = match actor {
            Actor::Member { trust_level: 0, .. } => limits.new_replies,
            _ => 1,
        };
        new.max(burst(actor))
    }

    /// Returns an unlimited pace at a moment.
    pub fn unlimited(now: Timestamp) -> Self {
        Self {
            now,
            ..Self::default()
        }
    }

    /// Refuses a topic that comes too early.
    pub(super) fn topic(&self, actor: &Actor) -> Result<(), Denial> {
        let Some(limits) = self.limits_for(actor) else {
            return Ok(());
        };
        let (gap, most) = match self.novelty(actor, limits) {
            Novelty::No => (limits.topic_gap, limits.daily_topics),
            Novelty::Level => (limits.new_topic_gap, limits.daily_topics),
            Novelty::FirstDay => (limits.new_topic_gap, limits.new_topics),
        };
        longest([
            self.within(&self.topics, 1, gap, too_fast),
            self.within(&self.topics, most, DAY, daily),
            self.same_text(limits),
            self.crowd(limits, CrowdAct::Post),
        ])
    }

    /// Refuses a reply that comes too early.
    pub(super) fn reply(&self, actor: &Actor) -> Result<(), Denial> {
        let Some(limits) = self.limits_for(actor) else {
            return Ok(());
        };
        let (gap, most) = match self.novelty(actor, limits) {
            Novelty::No => (limits.reply_gap, usize::MAX),
            Novelty::Level => (limits.new_reply_gap, usize::MAX),
            Novelty::FirstDay => (limits.new_reply_gap, limits.new_replies),
        };
        let burst = burst(actor);
        let span = gap.saturating_mul(u32::try_from(burst).unwrap_or(u32::MAX));
        longest([
            self.within(&self.replies, burst, span, too_fast),
            self.within(&self.replies, most, DAY, daily),
            self.same_text(limits),
            self.crowd(limits, CrowdAct::Post),
        ])
    }

    /// Refuses an edit that is one too many.
    pub(super) fn edit(&self, actor: &Actor) -> Result<(), Denial> {
        let Some(limits) = self.limits_for(actor) else {
            return Ok(());
        };
        longest([self.within(&self.edits, limits.daily_edits, DAY, daily)])
    }

    /// Refuses a report that is one too many (M2.4).
    pub(super) fn report(&self, actor: &Actor) -> Result<(), Denial> {
        // Staff's reports weigh five times as much, so they are counted, too.
        let (Some(limits), Actor::Member { trust_level, .. }) = (&self.limits, actor) else {
            return Ok(());
        };
        let halves = match trust_level {
            0 | 1 => 2,
            2 => 3,
            3 => 4,
            _ => 6,
        };
        let most = limits.daily_reports.saturating_mul(halves) / 2;
        let hourly = match actor.relayed() {
            Some(_) => self.within(
                &self.reports,
                limits.visitor_reports,
                HOUR,
                too_many_reports,
            ),
            None => None,
        };
        longest([
            self.within(&self.reports, most, DAY, too_many_reports),
            hourly,
            self.crowd(limits, CrowdAct::Report),
        ])
    }

    /// Refuses an account for a visitor that is one too many.
    pub(super) fn visitor(&self) -> Result<(), Denial> {
        match &self.limits {
            Some(limits) => longest([self.crowd(limits, CrowdAct::Visitor)]),
            None => Ok(()),
        }
    }

    fn limits_for(&self, actor: &Actor) -> Option<&Limits> {
        self.limits.as_deref().filter(|_| Self::applies_to(actor))
    }

    /// Visitors stay at level 0 until their account is linked with a member's.
    fn novelty(&self, actor: &Actor, limits: &Limits) -> Novelty {
        match actor {
            Actor::Member { trust_level: 0, .. }
                if self.now.since(self.began_at) < limits.new_for =>
            {
                Novelty::FirstDay
            }
            Actor::Member {
                trust_level: 0,
                relayed: Some(_),
                ..
            } => Novelty::Level,
            _ => Novelty::No,
        }
    }

    fn same_text(&self, limits: &Limits) -> Option<Denial> {
        let at = self.same_text_at?;
        self.within(&[at], 1, limits.same_text_gap, |retry_after_s| {
            Denial::SameText { retry_after_s }
        })
    }

    fn crowd(&self, limits: &Limits, act: CrowdAct) -> Option<Denial> {
        let denials = self.crowds.iter().filter_map(|(crowd, recent)| {
            let (most, span) = limits.of_crowd(*crowd, act)?;
            self.within(recent, most, span, |retry_after_s| Denial::CrowdLimit {
                retry_after_s,
            })
        });
        denials.max_by_key(|denial| denial.retry_after())
    }

    /// Refuses one more than `most` within `span`, and says when there is room again.
    ///
    /// What lies in the future does not count: a clock that was set back would else keep everybody out until it is there again.
    fn within(
        &self,
        recent: &[Timestamp],
        most: usize,
        span: Duration,
        denial: fn(u64) -> Denial,
    ) -> Option<Denial> {
        let mut counted: Vec<Timestamp> = recent
            .iter()
            .copied()
            .filter(|at| *at <= self.now && self.now.since(*at) < span)
            .collect();
        let over = counted.len().checked_sub(most)?;
        counted.sort_unstable();
        let wait = counted
            .get(over)
            .map_or(span, |at| at.plus(span).since(self.now));
        let seconds = wait.as_millis().div_ceil(1000).max(1);
        Some(denial(u64::try_from(seconds).unwrap_or(u64::MAX)))
    }
}

/// Returns how many replies may come in a row.
fn burst(actor: &Actor) -> usize {
    match actor.relayed() {
        Some(_) => VISITOR_BURST,
        None => 1,
    }
}

/// How new an account is.
enum Novelty {
    /// It is not new.
    No,
    /// It is of level 0 for good.
    Level,
    /// It is of level 0, and began within the time of newness.
    FirstDay,
}

fn too_fast(retry_after_s: u64) -> Denial {
    Denial::TooFast { retry_after_s }
}

fn daily(retry_after_s: u64) -> Denial {
    Denial::DailyLimit { retry_after_s }
}

fn too_many_reports(retry_after_s: u64) -> Denial {
    Denial::TooManyReports { retry_after_s }
}

/// Refuses for the reason that lasts longest: who waits so long is not refused for another one then.
fn longest<const N: usize>(denials: [Option<Denial>; N]) -> Result<(), Denial> {
    let longest = denials
        .into_iter()
        .flatten()
        .max_by_key(|denial| denial.retry_after());
    longest.map_or(Ok(()), Err)
}
