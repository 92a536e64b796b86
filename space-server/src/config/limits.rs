// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How fast people may write.

use std::num::NonZeroU32;
use std::sync::Arc;

use space_core::policy;

use super::section::section;
use super::units::Period;

const fn number(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).expect("defaults are above zero")
}

section! {
    /// How fast people may write. A command that comes too early is answered with 429 and `Retry-After`; the terminal and
    /// the bridges wait that long and send it again. Owners, administrators and moderators are not limited.
    pub struct Limits {
        /// Whether anything here is limited. Switch it off for load tests and for programs that fill a space.
        enabled: bool = true;
        /// How long an account that nobody vouches for (trust level 0) is new. Accounts that an administrator makes begin
        /// at level 1.
        new_account: Period = Period::seconds(24 * 60 * 60);
        /// Time between two topics of one account.
        topic_gap: Period = Period::seconds(15);
        /// The same for new accounts.
        new_topic_gap: Period = Period::seconds(120);
        /// Time between two replies of one account.
        reply_gap: Period = Period::seconds(5);
        /// The same for new accounts, and for visitors through bridges, who may send three replies in a row.
        new_reply_gap: Period = Period::seconds(30);
        /// Topics of one account in 24 hours.
        topics_per_day: NonZeroU32 = number(20);
        /// The same for new accounts.
        new_topics: NonZeroU32 = number(3);
        /// Replies of a new account in 24 hours.
        new_replies: NonZeroU32 = number(10);
        /// Edits of posts, titles and tags by one account in 24 hours.
        edits_per_day: NonZeroU32 = number(30);
        /// How long the same text of the same account is refused.
        same_text_gap: Period = Period::seconds(5 * 60);
        /// Reports of one account in 24 hours, at trust level 0 and 1; half as many more at level 2, twice and three times as
        /// many at levels 3 and 4.
        reports_per_day: NonZeroU32 = number(20);
        /// Reports of one visitor in an hour.
        visitor_reports_per_hour: NonZeroU32 = number(5);
        /// Posts of all members at one address in a minute. An IPv6 network (/64) counts as one address.
        address_posts_per_minute: NonZeroU32 = number(60);
        /// Posts of all visitors of one network in a minute. One host there has a quarter of each limit of its network.
        network_posts_per_minute: NonZeroU32 = number(60);
        /// Reports of all visitors of one network in an hour.
        network_reports_per_hour: NonZeroU32 = number(30);
        /// Accounts made for visitors of one network in an hour.
        network_visitors_per_hour: NonZeroU32 = number(60);
        /// Posts of all visitors through one bridge in a minute.
        bridge_posts_per_minute: NonZeroU32 = number(120);
        /// Reports of all visitors through one bridge in an hour.
        bridge_reports_per_hour: NonZeroU32 = number(60);
        /// Accounts made for visitors by one bridge in an hour.
        bridge_visitors_per_hour: NonZeroU32 = number(120);
    }
}

impl Limits {
    /// Returns the limits as rules look at them; `None` when they are switched off.
    pub(crate) fn of_policy(&self) -> Option<Arc<policy::Limits>> {
        let count = |number: NonZeroU32| number.get() as usize;
        self.enabled.then(|| {
            Arc::new(policy::Limits {
                new_for: self.new_account.get(),
                topic_gap: self.topic_gap.get(),
                new_topic_gap: self.new_topic_gap.get(),
                reply_gap: self.reply_gap.get(),
                new_reply_gap: self.new_reply_gap.get(),
                daily_topics: count(self.topics_per_day),
                new_topics: count(self.new_topics),
                new_replies: count(self.new_replies),
                daily_edits: count(self.edits_per_day),
                same_text_gap: self.same_text_gap.get(),
                daily_reports: count(self.reports_per_day),
                visitor_reports: count(self.visitor_reports_per_hour),
                address_posts: count(self.address_posts_per_minute),
                network_posts: count(self.network_posts_per_minute),
                network_reports: count(self.network_reports_per_hour),
                network_visitors: count(self.network_visitors_per_hour),
                bridge_posts: count(self.bridge_posts_per_minute),
                bridge_reports: count(self.bridge_reports_per_hour),
                bridge_visitors: count(self.bridge_visitors_per_hour),
            })
        })
    }
}
