// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Loading what was written lately, and noting what is written now: the facts that rules of pace look at.

use std::sync::Arc;

use space_core::policy::{Actor, Crowd, CrowdAct, Limits, Pace, Permit};
use space_core::text::{NetworkName, RemoteId};
use space_core::{MemberId, Timestamp};

use super::Tx;
use crate::store::{Result, pace, report, visitor};

/// The kind of a track for accounts that edit.
const EDITS: &str = "edit";

/// Returns the track of a crowd: `network:post:irc.libera`.
fn track(crowd: Crowd, act: CrowdAct, whose: &str) -> String {
    let crowd = match crowd {
        Crowd::Address => "address",
        Crowd::Network => "network",
        Crowd::Bridge => "bridge",
        Crowd::Host => "host",
    };
    let act = match act {
        CrowdAct::Post => "post",
        CrowdAct::Report => "report",
        CrowdAct::Visitor => "visitor",
    };
    format!("{crowd}:{act}:{whose}")
}

fn edits_of(member: MemberId) -> String {
    format!("{EDITS}:{member}")
}

/// Which crowds somebody belongs to, and whose each is.
type Crowds = Vec<(Crowd, String)>;

impl Tx<'_> {
    fn calm(&self) -> Pace {
        Pace {
            limits: self.limits(),
            ..Pace::unlimited(self.now())
        }
    }

    /// Returns the limits and the account that keeps to them, unless nothing limits it.
    fn held(&self, actor: &Actor) -> Option<(Arc<Limits>, MemberId)> {
        let limits = self.limits().filter(|_| Pace::applies_to(actor))?;
        actor.member().map(|member| (limits, member))
    }

    /// Loads the pace of somebody who starts a topic.
    pub(crate) async fn pace_of_topic(&mut self, actor: &Actor, source: &str) -> Result<Pace> {
        let mut found = self.calm();
        if let Some((limits, member)) = self.held(actor) {
            let after = self.now().minus(Pace::COUNTED);
            let most = limits.daily_topics.max(limits.new_topics);
            found.topics = pace::topics(self.x(), member, after, most).await?;
            self.fill(&mut found, actor, &limits, member, source)
                .await?;
        }
        Ok(found)
    }

    /// Loads the pace of somebody who replies.
    pub(crate) async fn pace_of_reply(&mut self, actor: &Actor, source: &str) -> Result<Pace> {
        let mut found = self.calm();
        if let Some((limits, member)) = self.held(actor) {
            let after = self.now().minus(Pace::COUNTED);
            let most = Pace::replies_counted(actor, &limits);
            found.replies = pace::replies(self.x(), member, after, most).await?;
            self.fill(&mut found, actor, &limits, member, source)
                .await?;
        }
        Ok(found)
    }

    /// Fills in what topics and replies have alike.
    async fn fill(
        &mut self,
        found: &mut Pace,
        actor: &Actor,
        limits: &Limits,
        member: MemberId,
        source: &str,
    ) -> Result<()> {
        if matches!(actor, Actor::Member { trust_level: 0, .. }) {
            found.began_at = began_at(self, member).await?;
        }
        let after = self.now().minus(limits.same_text_gap);
        found.same_text_at = pace::same_text(self.x(), member, after, source).await?;
        let crowds = self.crowds(actor).await?;
        found.crowds = self.recent(limits, crowds, CrowdAct::Post).await?;
        Ok(())
    }

    /// Loads the pace of somebody who edits.
    pub(crate) async fn pace_of_edit(&mut self, actor: &Actor) -> Result<Pace> {
        let mut found = self.calm();
        if let Some((limits, member)) = self.held(actor) {
            let (track, after) = (edits_of(member), self.now().minus(Pace::COUNTED));
            found.edits = pace::track(self.x(), &track, after, limits.daily_edits).await?;
        }
        Ok(found)
    }

    /// Loads the pace of somebody who reports.
    pub(crate) async fn pace_of_report(&mut self, actor: &Actor) -> Result<Pace> {
        let mut found = self.calm();
        if let (Some(limits), Some(member)) = (self.limits(), actor.member()) {
            let after = self.now().minus(Pace::COUNTED);
            found.reports = report::recent(self.x(), member, after).await?;
            let crowds = self.crowds(actor).await?;
            found.crowds = self.recent(&limits, crowds, CrowdAct::Report).await?;
        }
        Ok(found)
    }

    /// Loads how many accounts were made for visitors of a network, and by a bridge.
    pub(crate) async fn pace_of_visitors(
        &mut self,
        bridge: &Actor,
        network: &NetworkName,
        remote: &RemoteId,
    ) -> Result<Pace> {
        let mut found = self.calm();
        if let Some(limits) = self.limits() {
            let crowds = crowds_of(bridge.member(), network, remote);
            found.crowds = self.recent(&limits, crowds, CrowdAct::Visitor).await?;
        }
        Ok(found)
    }

    /// Notes that somebody posted.
    pub(crate) async fn note_post<A>(&mut self, permit: &Permit<A>, actor: &Actor) -> Result<()> {
        if self.held(actor).is_none() {
            return Ok(());
        }
        let crowds = self.crowds(actor).await?;
        self.note(permit, crowds, CrowdAct::Post).await
    }

    /// Notes that somebody edited a post or a topic.
    pub(crate) async fn note_edit<A>(&mut self, permit: &Permit<A>, actor: &Actor) -> Result<()> {
        match self.held(actor) {
            Some((_, member)) => pace::note(self, permit, &edits_of(member)).await,
            None => Ok(()),
        }
    }

    /// Notes that somebody reported.
    pub(crate) async fn note_report<A>(&mut self, permit: &Permit<A>, actor: &Actor) -> Result<()> {
        if self.limits().is_none() || actor.relayed().is_none() {
            return Ok(());
        }
        let crowds = self.crowds(actor).await?;
        self.note(permit, crowds, CrowdAct::Report).await
    }

    /// Notes that a bridge made an account for a visitor.
    pub(crate) async fn note_visitor<A>(
        &mut self,
        permit: &Permit<A>,
        bridge: &Actor,
        network: &NetworkName,
        remote: &RemoteId,
    ) -> Result<()> {
        if self.limits().is_none() {
            return Ok(());
        }
        let crowds = crowds_of(bridge.member(), network, remote);
        self.note(permit, crowds, CrowdAct::Visitor).await
    }

    /// Returns the crowds that somebody belongs to: a visitor those of their network and bridge, a member that of their
    /// address. All visitors of a bridge come from its address, so they are not counted by that.
    async fn crowds(&mut self, actor: &Actor) -> Result<Crowds> {
        let (Some(relayed), Some(member)) = (actor.relayed(), actor.member()) else {
            let address = self.address().map(str::to_owned);
            return Ok(address
                .map(|address| (Crowd::Address, address))
                .into_iter()
                .collect());
        };
        let standing = visitor::standing(self.x(), member).await?;
        Ok(match standing {
            Some(standing) => crowds_of(Some(relayed.bridge), &standing.network, &standing.remote),
            None => vec![(Crowd::Bridge, relayed.bridge.to_string())],
        })
    }

    async fn recent(
        &mut self,
        limits: &Limits,
        crowds: Crowds,
        act: CrowdAct,
    ) -> Result<Vec<(Crowd, Vec<Timestamp>)>> {
        let mut found = Vec::with_capacity(crowds.len());
        for (crowd, whose) in crowds {
            if let Some((most, span)) = limits.of_crowd(crowd, act) {
                let after = self.now().minus(span);
                let times = pace::track(self.x(), &track(crowd, act, &whose), after, most).await?;
                found.push((crowd, times));
            }
        }
        Ok(found)
    }

    async fn note<A>(&mut self, permit: &Permit<A>, crowds: Crowds, act: CrowdAct) -> Result<()> {
        for (crowd, whose) in crowds {
            pace::note(self, permit, &track(crowd, act, &whose)).await?;
        }
        Ok(())
    }
}

fn crowds_of(bridge: Option<MemberId>, network: &NetworkName, remote: &RemoteId) -> Crowds {
    let bridge = bridge.map(|bridge| (Crowd::Bridge, bridge.to_string()));
    let mut crowds = vec![(Crowd::Network, network.to_string())];
    crowds.extend(bridge);
    // `mask:nick!user@host`, of somebody who is not signed in there: the name and the user are what they say.
    let host = remote
        .as_str()
        .strip_prefix("mask:")
        .and_then(|mask| mask.rsplit_once('@'));
    crowds.extend(host.map(|(_, host)| (Crowd::Host, format!("{network}/{host}"))));
    crowds
}

async fn began_at(tx: &mut Tx<'_>, member: MemberId) -> Result<Timestamp> {
    let began = pace::began_at(tx.x(), member).await?;
    Ok(began.unwrap_or_default())
}
