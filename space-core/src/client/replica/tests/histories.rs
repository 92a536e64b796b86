// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Random histories of a space, read in pieces: the replica must end as one that was read in one go.

use proptest::prelude::*;

use super::super::{Applied, PendingScope, Replica, ReplicaError};
use super::{dump, held};
use crate::MemberId;
use crate::client::testing::space::{Gone, ME, Model, Page};
use crate::protocol::{Cursor, FeedOlder, FeedOrder, Kind, PostPage};

#[derive(Debug, Clone, Copy)]
enum Step {
    AddCategory(bool),
    Start(usize),
    Reply(usize),
    Edit(usize),
    Retitle(usize),
    Like(usize),
    Delete(usize),
    DeleteTopic(usize),
    Move(usize, usize),
    Turn(usize),
    Settle(usize),
    Grant(usize),
    Revoke(usize),
    Read(usize, i64),
    Bookmark(usize),
    CatchUp(usize, i64),
    Backup,
    Restore,
    /// The reader reads a page; it may lose it, take it in twice, or lose its memory of what it was doing; and it
    /// may leave what is older for later.
    Page(usize, Luck, FeedOlder),
    /// The reader reads a page of a pending scope.
    ScopePage(usize, Luck),
    /// The reader reads to the end.
    ToEnd(usize),
    /// The reader asks for a topic; the answer may come late.
    Open(usize),
    /// What was asked for arrives.
    Arrive,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Luck {
    Fine,
    Lost,
    Twice,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let n = 0..12_usize;
    let luck = prop_oneof![4 => Just(Luck::Fine), 1 => Just(Luck::Lost), 1 => Just(Luck::Twice)];
    let pages = (1..9_usize, luck);
    let step = prop_oneof![
        1 => any::<bool>().prop_map(Step::AddCategory),
        4 => n.clone().prop_map(Step::Start),
        4 => n.clone().prop_map(Step::Reply),
        2 => n.clone().prop_map(Step::Edit),
        1 => n.clone().prop_map(Step::Retitle),
        1 => n.clone().prop_map(Step::Like),
        2 => n.clone().prop_map(Step::Delete),
        1 => n.clone().prop_map(Step::DeleteTopic),
        4 => (n.clone(), n.clone()).prop_map(|(t, c)| Step::Move(t, c)),
        2 => n.clone().prop_map(Step::Turn),
        3 => n.clone().prop_map(Step::Settle),
        4 => n.clone().prop_map(Step::Grant),
        3 => n.clone().prop_map(Step::Revoke),
        2 => (n.clone(), 1..4_i64).prop_map(|(t, number)| Step::Read(t, number)),
        1 => n.clone().prop_map(Step::Bookmark),
        1 => (n, 0..60_i64).prop_map(|(c, until)| Step::CatchUp(c, until)),
        1 => Just(Step::Backup),
        1 => Just(Step::Restore),
        9 => (pages.clone(), any::<bool>()).prop_map(|((size, luck), later)| {
            Step::Page(size, luck, if later { FeedOlder::Later } else { FeedOlder::Now })
        }),
        6 => pages.prop_map(|(size, luck)| Step::ScopePage(size, luck)),
        1 => (1..9_usize).prop_map(Step::ToEnd),
        5 => (0..12_usize).prop_map(Step::Open),
        5 => Just(Step::Arrive),
    ];
    prop::collection::vec(step, 1..70)
}

fn replica() -> Replica {
    let mut replica = Replica::open_in_memory().unwrap();
    replica.set_me(MemberId::new(ME)).unwrap();
    replica
}

/// Reads one page; returns whether there is more.
fn page(
    model: &Model,
    replica: &mut Replica,
    size: usize,
    luck: Luck,
    order: FeedOrder,
    back: FeedOlder,
) -> bool {
    let since = replica.cursor().unwrap();
    match model.read_in(since.as_ref(), None, size, order, back) {
        Err(Gone) => {
            replica.begin_reread().unwrap();
            true
        }
        Ok(None) => unreachable!("everybody may read the feed"),
        Ok(Some(Page { rows, cursor, more })) => {
            if luck == Luck::Lost {
                return true;
            }
            let mut applied = replica.apply_since(since.as_ref(), &rows, &cursor).unwrap();
            if luck == Luck::Twice {
                let once = dump(replica);
                applied = replica.apply(&rows, Some(&cursor)).unwrap();
                assert_eq!(dump(replica), once);
            }
            nothing_is_left_of_what_was_revoked(replica, &applied);
            more
        }
    }
}

fn nothing_is_left_of_what_was_revoked(replica: &Replica, applied: &Applied) {
    for scope in &applied.revoked {
        assert!(held(replica).iter().all(|(_, _, held)| held != scope));
    }
}

/// Reads one page of a pending scope; returns whether that was of use.
fn scope_page(
    model: &Model,
    replica: &mut Replica,
    size: usize,
    luck: Luck,
    order: FeedOrder,
    pending: &PendingScope,
) -> bool {
    let since = pending.cursor.as_ref();
    match model.read_in(since, Some(pending.scope), size, order, FeedOlder::Now) {
        Err(Gone) => {
            replica.restart_scope(pending).unwrap();
            true
        }
        Ok(None) => false,
        Ok(Some(Page { rows, cursor, more })) => {
            if luck == Luck::Lost {
                return true;
            }
            replica.apply_scope(pending, &rows, &cursor).unwrap();
            if luck == Luck::Twice {
                let once = dump(replica);
                match replica.apply_scope(pending, &rows, &cursor) {
                    Err(ReplicaError::MovedOn) => assert_ne!(Some(&cursor), since),
                    // After a page that was full to the last row, the next one has none, and leaves the place as it is.
                    Ok(_) => assert_eq!(Some(&cursor), since),
                    Err(error) => panic!("the page cannot be taken in again: {error}"),
                }
                replica.apply(&rows, None).unwrap();
                assert_eq!(dump(replica), once);
            }
            if !more {
                let read = PendingScope {
                    cursor: Some(cursor),
                    ..pending.clone()
                };
                replica.finish_scope(&read).unwrap();
            }
            true
        }
    }
}

fn to_end(model: &Model, replica: &mut Replica, size: usize, order: FeedOrder) {
    loop {
        while page(model, replica, size, Luck::Fine, order, FeedOlder::Now) {}
        let pending = replica.pending_scopes().unwrap();
        let mut has_moved = false;
        for pending in pending {
            has_moved |= scope_page(model, replica, size, Luck::Fine, order, &pending);
        }
        if !has_moved {
            break;
        }
    }
    replica.finish_reread().unwrap();
}

/// A topic that was asked for, and where the reader stood then.
type Asked = Option<(Option<Cursor>, Option<PostPage>)>;

fn arrive(replica: &mut Replica, asked: &Asked) {
    let Some((since, Some(page))) = asked else {
        return;
    };
    match replica.keep_page(since.as_ref(), page) {
        Ok(true) => {
            let number = page.topic.id.get();
            assert!(
                held(replica)
                    .iter()
                    .any(|(kind, id, _)| (*kind, *id) == (Kind::Topic, number))
            );
        }
        Ok(false) | Err(ReplicaError::MovedOn) => {}
        Err(error) => panic!("the page cannot be kept: {error}"),
    }
}

fn act(
    step: Step,
    order: FeedOrder,
    model: &mut Model,
    backup: &mut Model,
    replica: &mut Replica,
    asked: &mut Asked,
) {
    match step {
        Step::Open(topic) => {
            let page = model
                .topic_at(topic)
                .and_then(|topic| model.topic_page(topic, 1, 100));
            *asked = Some((replica.cursor().unwrap(), page));
        }
        Step::Arrive => arrive(replica, asked),
        Step::AddCategory(is_closed) => model.add_category(is_closed),
        Step::Start(category) => model.start(category),
        Step::Reply(topic) => model.reply(topic),
        Step::Edit(post) => model.edit(post),
        Step::Retitle(topic) => model.retitle(topic),
        Step::Like(post) => model.like(post),
        Step::Delete(post) => model.delete(post),
        Step::DeleteTopic(topic) => model.delete_topic(topic),
        Step::Move(topic, category) => model.move_topic(topic, category),
        Step::Turn(category) => model.turn(category),
        Step::Settle(most) => model.settle_some(most),
        Step::Grant(category) => model.grant(category),
        Step::Revoke(grant) => model.revoke(grant),
        Step::Read(topic, number) => model.read_topic(topic, number),
        Step::Bookmark(post) => model.bookmark(post),
        Step::CatchUp(category, until) => model.catch_up(category, until),
        Step::Backup => *backup = model.clone(),
        Step::Restore => *model = model.restored(backup),
        Step::Page(size, luck, back) => {
            page(model, replica, size, luck, order, back);
        }
        Step::ScopePage(size, luck) => {
            if let Some(pending) = replica.pending_scopes().unwrap().first() {
                scope_page(model, replica, size, luck, order, pending);
            }
        }
        Step::ToEnd(size) => to_end(model, replica, size, order),
    }
}

fn ends_alike(steps: Vec<Step>, order: FeedOrder) {
    let mut model = Model::new();
    let mut backup = model.clone();
    let mut pieces = replica();
    let mut asked = None;
    for step in steps {
        act(
            step,
            order,
            &mut model,
            &mut backup,
            &mut pieces,
            &mut asked,
        );
    }
    model.settle_some(usize::MAX);
    to_end(&model, &mut pieces, 5, order);
    let mut fresh = replica();
    to_end(&model, &mut fresh, 1_000, FeedOrder::Oldest);
    assert_eq!(held(&fresh), model.truth());
    assert_eq!(dump(&pieces), dump(&fresh));
}

proptest! {
    #[test]
    fn reading_in_pieces_ends_like_reading_in_one_go(steps in steps()) {
        ends_alike(steps, FeedOrder::Oldest);
    }

    #[test]
    fn reading_in_pieces_with_the_newest_first_ends_like_reading_in_one_go(steps in steps()) {
        ends_alike(steps, FeedOrder::Newest);
    }
}

#[test]
fn a_scope_whose_last_page_was_full_ends_with_an_empty_one() {
    let now = FeedOlder::Now;
    let steps = vec![
        Step::Page(2, Luck::Twice, now),
        Step::Grant(1),
        Step::Page(3, Luck::Fine, now),
        Step::Start(1),
        Step::ScopePage(4, Luck::Fine),
        Step::ScopePage(1, Luck::Twice),
    ];
    ends_alike(steps, FeedOrder::Newest);
}

#[test]
fn topic_removed_while_its_category_opens_is_gone_from_a_kept_page() {
    let steps = vec![
        Step::Turn(2),
        Step::Start(6),
        Step::Turn(6),
        Step::Page(3, Luck::Fine, FeedOlder::Now),
        Step::Open(0),
        Step::Arrive,
        Step::DeleteTopic(0),
    ];
    ends_alike(steps, FeedOrder::Newest);
}
