// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Unfinished texts, and what was thrown away.

use super::*;
use crate::client::testing::server::Fake;
use crate::{CategoryId, PostId, TopicId};

fn unfinished(place: Place, source: &str, at: i64) -> SavedDraft {
    SavedDraft {
        place,
        title: "T".to_owned(),
        category: CategoryId::new(4),
        source: source.to_owned(),
        language: Some("pt-BR".parse().unwrap()),
        tags: "café wiki".parse().unwrap(),
        base: Some((3, "as it was".to_owned())),
        saved_at: crate::Timestamp::from_millis(at),
    }
}

#[test]
fn unfinished_texts_are_kept_by_place() {
    let mut outbox = Outbox::open_in_memory().unwrap();
    let place = Place::Reply(TopicRef::Queued(LocalId(4)));
    let edit = Place::Edit(PostId::new(4).unwrap());
    outbox.save_draft(&unfinished(place, "half a", 1)).unwrap();
    let later = unfinished(place, "half a sentence", 2);
    outbox.save_draft(&later).unwrap();
    outbox.save_draft(&unfinished(edit, "another", 3)).unwrap();
    assert_eq!(outbox.draft(&place).unwrap(), Some(later));
    assert_eq!(outbox.drafts().unwrap()[0].source, "another");
    outbox.drop_draft(&place).unwrap();
    assert_eq!(outbox.draft(&place).unwrap(), None);
    assert_eq!(outbox.drafts().unwrap().len(), 1);
}

#[test]
fn what_was_thrown_away_comes_back_as_it_was() {
    let mut house = House::new();
    let topic = house.queue(&start());
    let reply = house.queue(&reply(TopicRef::Queued(topic), None, "below"));
    let before = house.outbox.items().unwrap();
    let rewording = unfinished(Place::Waiting(reply), "better below", 1);
    house.outbox.save_draft(&rewording).unwrap();
    let thrown = house.outbox.discard(topic).unwrap();
    assert_eq!((&thrown.items, thrown.drafts.len()), (&before, 1));
    assert_eq!(house.outbox.items().unwrap(), []);
    assert_eq!(house.outbox.drafts().unwrap(), []);
    house.outbox.restore(&thrown).unwrap();
    assert_eq!(house.outbox.items().unwrap(), before);
    assert_eq!(house.outbox.drafts().unwrap(), [rewording]);
}

/// A kill can come at any moment: between the two the text would be lost, or be there twice.
#[test]
fn a_text_is_finished_and_queued_in_one_moment_or_neither() {
    let mut house = House::new();
    let place = Place::Reply(TopicRef::Sent(TopicId::new(10).unwrap()));
    let draft = unfinished(place, "an answer", 1);
    house.outbox.save_draft(&draft).unwrap();
    let gone = reply(TopicRef::Queued(LocalId(99)), None, "an answer");
    let failed = house
        .outbox
        .queue_finished(&place, &gone, &house.clock, &house.entropy);
    assert!(matches!(failed, Err(OutboxError::ParentGone { .. })));
    assert_eq!(house.outbox.drafts().unwrap(), [draft]);
    let id = house
        .outbox
        .queue_finished(&place, &to_ten("an answer"), &house.clock, &house.entropy)
        .unwrap();
    assert_eq!(house.outbox.drafts().unwrap(), []);
    // The same for another text in the place of what waits.
    let place = Place::Waiting(id);
    let draft = unfinished(place, "a better answer", 2);
    house.outbox.save_draft(&draft).unwrap();
    let wrong = house
        .outbox
        .rewrite(id, &start(), Some(&place), &house.clock);
    assert!(matches!(wrong, Err(OutboxError::OnItsWay { .. })));
    assert_eq!(house.outbox.drafts().unwrap(), [draft]);
    house
        .outbox
        .rewrite(id, &to_ten("a better answer"), Some(&place), &house.clock)
        .unwrap();
    assert_eq!(house.outbox.drafts().unwrap(), []);
}

#[tokio::test]
async fn what_was_to_replace_something_that_is_sent_meanwhile_becomes_an_edit_of_it() {
    let doer = Doer::default();
    let fake = Fake::start(move |asked| doer.answer(asked));
    let mut house = House::new();
    let id = house.queue(&to_ten("first"));
    let better = unfinished(Place::Waiting(id), "better", 1);
    house.outbox.save_draft(&better).unwrap();
    house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    let ItemState::Sent(Outcome::Replied { post, .. }) = house.state(id) else {
        panic!("it is sent");
    };
    let edit = SavedDraft {
        place: Place::Edit(post),
        base: Some((1, "first".to_owned())),
        ..better
    };
    assert_eq!(
        house.outbox.draft(&edit.place).unwrap().as_ref(),
        Some(&edit)
    );
    // Also when it is kept once more by a screen that has not heard of it yet.
    house.outbox.drop_draft(&edit.place).unwrap();
    let later = unfinished(Place::Waiting(id), "even better", 2);
    house.outbox.save_draft(&later).unwrap();
    let drafts = house.outbox.drafts().unwrap();
    assert_eq!(
        (drafts[0].place, drafts[0].source.as_str()),
        (edit.place, "even better")
    );
}
