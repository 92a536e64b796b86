// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From what somebody said to the post that it answers, and whether it may be answered from there.

use std::time::Duration;

use space_core::markup::{excerpt, parse};
use space_core::text::PostSource;
use space_core::{MemberId, MemberKind, PostId, Timestamp};

use super::outward::name;
use super::{Engine, Outcome};
use crate::relay::{
    Command, Heard, Lane, Link, LinkState, Mirror, Place, Reported, Store, StoreError, Task,
    Visitors, addressed_to, called, markdown, words,
};

/// Who is called by name answers what they wrote within this time.
const LATELY: Duration = Duration::from_mins(10);
/// So many posts are looked at for that; a room reads no more in this time.
const LOOKED_AT: usize = 200;
/// Whose post is reported by name wrote it within this time.
const LAST_DAY: Duration = Duration::from_hours(24);
/// Letters of a post that tell which one it is.
const EXCERPT: usize = 60;

/// What somebody wants.
#[derive(Debug)]
pub(super) enum Meant {
    /// One of the commands that is no reply.
    Command(Command),
    /// To answer a post.
    Reply {
        /// Which.
        post: PostId,
        /// What it says.
        text: String,
    },
    /// To answer somebody of whose name there are several.
    Unclear {
        /// The name.
        name: String,
    },
}

impl Engine {
    /// Returns what somebody wants; nothing when they do not speak to the bridge.
    pub(super) fn meant(
        store: &Store,
        heard: &Heard,
        now: Timestamp,
    ) -> Result<Option<Meant>, StoreError> {
        let called = addressed_to(&heard.text, &heard.me);
        let said = called.unwrap_or(&heard.text);
        let read = match Command::read(said, heard.place.is_person) {
            // Who names the bridge speaks to it, as with the mark before a command.
            None if called.is_some() => Command::read(&format!("!{said}"), false),
            Some(Command::Direct { post, text }) if called.is_some() => {
                Some(Command::Reply { post, text })
            }
            read => read,
        };
        let is_reply =
            |read: &Command| matches!(read, Command::Direct { .. } | Command::Reply { .. });
        // What somebody does is no command, but may be an answer.
        let read = read.filter(|read| !heard.is_action || is_reply(read));
        if heard.is_action && read.is_none() && heard.answers.is_none() {
            return Ok(None);
        }
        let command = match read {
            // A sentence that begins with the word, unless the room knows somebody of that name.
            Some(Command::ReportInTheOpen {
                of: Some(Reported::By(name)),
                is_sure: false,
            }) if called.is_none()
                && posts_by_name(store, std::slice::from_ref(&heard.place), &name, now)?
                    .is_empty() =>
            {
                return Ok(None);
            }
            // A sentence that begins with a number is one, unless the room knows a post of that number.
            Some(Command::Direct { post, .. })
                if !heard.place.is_person && store.link(&heard.place, post)?.is_none() =>
            {
                return Ok(None);
            }
            command => command,
        };
        match (command, &heard.answers) {
            (Some(Command::Reply { post, text } | Command::Direct { post, text }), _) => {
                Ok(Some(Meant::Reply { post, text }))
            }
            (Some(command), _) => Ok(Some(Meant::Command(command))),
            // The network itself says what is answered.
            (None, Some(answered)) => {
                let post = store.post_of(&heard.place, answered)?;
                let text = said.to_owned();
                Ok(post.map(|post| Meant::Reply { post, text }))
            }
            (None, None) => by_name(store, heard, now),
        }
    }

    pub(super) fn reply(
        &mut self,
        store: &Store,
        heard: &Heard,
        post: PostId,
        text: &str,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        let who = &heard.who;
        if !self.may_reply(store, &heard.place, post)? {
            let words = words::read_only(&self.settings, post);
            self.answer(who, Lane::Answer, words, now, out);
            return Ok(());
        }
        match PostSource::parse(&markdown(text, heard.is_action)) {
            Ok(text) => {
                let task = Task::Reply {
                    place: heard.place.clone(),
                    post,
                    text,
                    remote_id: heard.remote_id.clone(),
                    written_at: Some(heard.at),
                };
                self.ask_for(who, task, now, out);
            }
            Err(error) => {
                let words = words::too_long(&error.to_string());
                self.answer(who, Lane::Answer, words, now, out);
            }
        }
        Ok(())
    }

    /// Returns whether mirrors let people answer a post from a place. The mirror that brought the post decides; in a room
    /// that is the one of this room, in private any of the network. A post that none of them brought may belong to a
    /// category that is only read, wherever there is one.
    fn may_reply(&self, store: &Store, place: &Place, post: PostId) -> Result<bool, StoreError> {
        let mut deciding = Vec::new();
        for link in store.links(post)? {
            let is_here = link.room.network == place.network
                && (place.is_person || link.room.name == place.name);
            if is_here {
                deciding.extend(self.mirrors_that_brought(store, &link)?);
            }
        }
        let may_post = |mirror: &&Mirror| mirror.visitors == Visitors::Post;
        if !deciding.is_empty() {
            return Ok(deciding.iter().any(may_post));
        }
        let mut all = self.settings.mirrors.iter();
        Ok(all.all(|mirror| mirror.room.network != place.network || may_post(&mirror)))
    }

    /// Returns the mirrors of the category of a post in a room; all mirrors of the room when it is not known.
    pub(super) fn mirrors_that_brought(
        &self,
        store: &Store,
        link: &Link,
    ) -> Result<Vec<&Mirror>, StoreError> {
        let topic = store.topic(link.topic)?;
        let category = match topic {
            Some(topic) => store.category(topic.category)?,
            None => None,
        };
        let all: Vec<&Mirror> = self.settings.mirrors_of(&link.room).collect();
        let of_category: Vec<&Mirror> = category.map_or_else(Vec::new, |category| {
            let of_category = |mirror: &&&Mirror| mirror.category == category.slug;
            all.iter().filter(of_category).copied().collect()
        });
        Ok(if of_category.is_empty() {
            all
        } else {
            of_category
        })
    }
}

/// `NAME: text` answers the newest post by that name, unless it is what somebody in the room is called: people who talk to
/// each other do not want to be posted.
fn by_name(store: &Store, heard: &Heard, now: Timestamp) -> Result<Option<Meant>, StoreError> {
    if heard.place.is_person || heard.calls_someone || heard.is_history || heard.is_action {
        return Ok(None);
    }
    let Some((wanted, text)) = called(&heard.text) else {
        return Ok(None);
    };
    let wanted = folded(wanted);
    let mut found: Option<(PostId, MemberId)> = None;
    let mut others: Vec<MemberId> = Vec::new();
    for link in store.told_since(&heard.place, now.minus(LATELY), LOOKED_AT)? {
        let is_seen = matches!(link.state, LinkState::Told | LinkState::Own);
        let is_known = found.is_some_and(|(_, author)| author == link.author);
        if !is_seen || is_known || others.contains(&link.author) {
            continue;
        }
        if !is_called(store, link.author, &wanted)? {
            others.push(link.author);
        } else if found.is_some() {
            let name = wanted;
            return Ok(Some(Meant::Unclear { name }));
        } else {
            found = Some((link.post, link.author));
        }
    }
    Ok(found.map(|(post, _)| Meant::Reply {
        post,
        text: text.to_owned(),
    }))
}

/// Returns the newest post of each member who is called by a name, of what rooms were told or wrote themselves within a day
/// and everyone may read.
pub(super) fn posts_by_name(
    store: &Store,
    rooms: &[Place],
    name: &str,
    now: Timestamp,
) -> Result<Vec<Link>, StoreError> {
    let wanted = folded(name);
    let mut found: Vec<Link> = Vec::new();
    let mut others: Vec<MemberId> = Vec::new();
    for room in rooms {
        for link in store.told_since(room, now.minus(LAST_DAY), LOOKED_AT)? {
            let is_seen = matches!(link.state, LinkState::Told | LinkState::Own);
            if !is_seen || others.contains(&link.author) {
                continue;
            }
            let known = found.iter_mut().find(|known| known.author == link.author);
            if let Some(known) = known {
                if link.told_at > known.told_at {
                    *known = link;
                }
            } else if is_called(store, link.author, &wanted)? && is_open(store, &link)? {
                found.push(link);
            } else {
                others.push(link.author);
            }
        }
    }
    Ok(found)
}

/// Returns what a post says in a few words; nothing when there are none to be told.
pub(super) fn excerpt_of(link: &Link) -> Option<String> {
    let text = excerpt(&parse(&link.source), EXCERPT);
    (link.state != LinkState::Withdrawn && !text.is_empty()).then_some(text)
}

/// Returns whether people may call a member by this name: the one they are mentioned by, and of visitors what they call
/// themselves, too, since that is what the room shows first.
fn is_called(store: &Store, member: MemberId, wanted: &str) -> Result<bool, StoreError> {
    let Some(member) = store.member(member)? else {
        return Ok(false);
    };
    let chosen = member
        .display_name
        .as_ref()
        .filter(|_| member.kind == MemberKind::Visitor);
    Ok(folded(member.name.as_str()) == wanted
        || chosen.is_some_and(|chosen| folded(chosen.as_str()) == wanted))
}

/// A name as rooms show it and people type it.
fn folded(name: &str) -> String {
    let shown = name.trim_start_matches(['~', '&', '@', '%', '+', '#', '!', '<']);
    shown
        .chars()
        .filter(|c| *c != '\u{200b}')
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns who wrote a post, if whoever is in the place may know: the room was told, or everyone may read it. Numbers can be
/// tried one after another, so nothing is said of what only other rooms know.
pub(super) fn author(
    store: &Store,
    place: &Place,
    post: PostId,
) -> Result<Option<String>, StoreError> {
    for link in store.links(post)? {
        let is_known = store.member(link.author)?.is_some();
        if is_known && (link.room == *place || is_open(store, &link)?) {
            return name(store, link.author).map(Some);
        }
    }
    Ok(None)
}

/// Returns whether everyone may read a post.
fn is_open(store: &Store, link: &Link) -> Result<bool, StoreError> {
    let Some(topic) = store.topic(link.topic)? else {
        return Ok(false);
    };
    let category = store.category(topic.category)?;
    Ok(category.is_some_and(|category| category.is_open))
}
