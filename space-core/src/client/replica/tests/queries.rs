// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use proptest::prelude::*;

use super::super::*;
use super::dump;
use crate::client::testing::bodies::*;
use crate::protocol::{Body, FeedRow, Kind};
use crate::search::SearchQuery;
use crate::{
    Bookmark, CategoryId, CaughtUp, MemberId, PostId, PostTally, ReadPosition, Scope, Timestamp,
    TopicId,
};

const ME: i64 = 3;

fn with(rows: &[FeedRow]) -> Replica {
    let mut replica = Replica::open_in_memory().unwrap();
    replica.apply(rows, None).unwrap();
    replica
}

fn topic_id(id: i64) -> TopicId {
    TopicId::new(id).unwrap()
}

fn own(body: Body) -> FeedRow {
    row_in(Scope::Member(MemberId::new(ME).unwrap()), body)
}

fn position(topic: i64, number: i64) -> FeedRow {
    own(Body::ReadPosition(ReadPosition {
        topic: topic_id(topic),
        number,
        unread: Vec::new(),
        set_at: None,
        read_at: moment(0),
    }))
}

fn found(replica: &Replica, query: &str) -> Vec<i64> {
    page(replica, query, None, 50)
        .hits
        .iter()
        .map(|hit| hit.post.get())
        .collect()
}

fn page(replica: &Replica, query: &str, before: Option<i64>, limit: usize) -> SearchPage {
    let query = query.parse().unwrap();
    let plan = replica.plan(&query, moment(1_000_000)).unwrap();
    replica
        .search_all(&plan, before.and_then(PostId::new), limit)
        .unwrap()
}

#[test]
fn rows_come_with_names() {
    let mut rows = small();
    rows.push(row(Body::PostTally(PostTally {
        post: PostId::new(12).unwrap(),
        topic: topic_id(10),
        likes: 4,
    })));
    let mut answer = post(14, 10, 4, "Thanks");
    answer.reply_to = PostId::new(12);
    answer.author = MemberId::new(99).unwrap();
    rows.push(row(Body::Post(answer)));
    let replica = with(&rows);
    assert_eq!(replica.space().unwrap().unwrap().name.as_str(), "Example");
    let topic = replica.topic(topic_id(10)).unwrap().unwrap();
    assert_eq!(topic.category.name, "Place 1002");
    assert_eq!(topic.author.name, "Alice");
    assert_eq!((topic.posts, topic.views, topic.likes), (3, 7, 3));
    let thread = replica.thread(topic_id(10), 2, 10).unwrap();
    let numbers: Vec<i64> = thread.iter().map(|row| row.post.number).collect();
    assert_eq!(numbers, [2, 3, 4]);
    assert_eq!(thread[0].likes, 4);
    let outline = replica.outline(topic_id(10)).unwrap();
    let marks: Vec<_> = outline
        .iter()
        .map(|mark| (mark.id.get(), mark.number, mark.reply_to.map(PostId::get)))
        .collect();
    let posts = replica.thread(topic_id(10), 1, 10).unwrap();
    assert_eq!(marks.len(), posts.len());
    assert_eq!(marks.last(), Some(&(14, 4, Some(12))));
    assert_eq!(thread[2].author.name, "#99");
    let mark = thread[2].reply_to.clone().unwrap();
    assert_eq!(
        (mark.number, mark.author.unwrap().name.as_str()),
        (Some(2), "Alice")
    );
    assert_eq!(
        replica.member_named("ÅNGSTRÖM").unwrap().unwrap().id.get(),
        4
    );
    assert_eq!(
        replica.category_named("place-1002").unwrap(),
        CategoryId::new(1002)
    );
    assert!(matches!(replica.find(13).unwrap(), Some(Found::Post(_))));
    assert!(matches!(replica.find(10).unwrap(), Some(Found::Topic(_))));
    assert!(matches!(
        replica.find(1001).unwrap(),
        Some(Found::Category(_))
    ));
    assert!(matches!(replica.find(4).unwrap(), Some(Found::Member(_))));
    assert_eq!(replica.find(77).unwrap(), None);
    let counts = replica.counts().unwrap();
    assert_eq!(
        (
            counts.categories,
            counts.topics,
            counts.posts,
            counts.members
        ),
        (2, 1, 4, 2)
    );
}

#[test]
fn children_wait_unseen_for_their_parents_in_any_order() {
    let mut rows = small();
    rows.reverse();
    let mut replica = Replica::open_in_memory().unwrap();
    for row in &rows {
        let has_place = replica
            .categories()
            .unwrap()
            .iter()
            .any(|c| c.category.id.get() == 1002);
        let has_topic = dump(&replica)
            .iter()
            .any(|line| line.starts_with("[\"topic\","));
        let is_seen = has_place && has_topic;
        assert_eq!(replica.topic(topic_id(10)).unwrap().is_some(), is_seen);
        assert_eq!(
            replica.thread(topic_id(10), 1, 9).unwrap().is_empty(),
            !is_seen
        );
        assert_eq!(found(&replica, "firefox").is_empty(), !is_seen);
        assert_eq!(replica.counts().unwrap().posts > 0, is_seen);
        replica.apply(std::slice::from_ref(row), None).unwrap();
    }
    assert_eq!(dump(&replica), dump(&with(&small())));
    assert_eq!(found(&replica, "firefox"), [12, 11]);
}

#[test]
fn search_finds_words_phrases_titles_and_beginnings() {
    let replica = with(&small());
    assert_eq!(found(&replica, "crashes"), [11]);
    assert_eq!(found(&replica, "FIREF"), [12, 11]);
    assert_eq!(found(&replica, "firefox -too"), [11]);
    assert_eq!(found(&replica, "\"too with\""), [12]);
    assert_eq!(found(&replica, "\"with too\""), [0; 0]);
    assert_eq!(found(&replica, "aland"), [13]);
    assert_eq!(found(&replica, "hidden"), [0; 0]);
    assert_eq!(found(&replica, "firefox start"), [11]);
    let older = page(&replica, "firefox", Some(12), 5).hits;
    assert_eq!(older.len(), 1);
    assert_eq!(older[0].snippet.text, "It crashes on start.");
    assert_eq!(older[0].title, "Firefox crashes");
}

#[test]
fn a_new_title_and_a_new_text_replace_the_old_ones_in_the_index() {
    let mut replica = with(&small());
    let mut renamed = topic(10, 1002, "Opera sings");
    renamed.revision = 2;
    let mut edited = post(12, 10, 2, "Nothing");
    edited.revision = 2;
    replica
        .apply(&[row(Body::Topic(renamed)), row(Body::Post(edited))], None)
        .unwrap();
    assert_eq!(found(&replica, "firefox"), [0; 0]);
    assert_eq!(found(&replica, "opera"), [11]);
    replica
        .apply(&[gone(Scope::Public, Kind::Post, 11)], None)
        .unwrap();
    assert_eq!(found(&replica, "opera"), [0; 0]);
}

#[test]
fn an_older_revision_changes_nothing() {
    let mut replica = with(&small());
    let mut newer = post(12, 10, 2, "Newer");
    newer.revision = 5;
    replica.apply(&[row(Body::Post(newer))], None).unwrap();
    let before = dump(&replica);
    replica.apply(&small()[7..8], None).unwrap();
    assert_eq!(dump(&replica), before);
}

#[test]
fn a_grant_that_comes_again_drops_what_was_taken_away_while_the_right_was() {
    let scope = Scope::Category(CategoryId::new(1001).unwrap());
    let grant = own(Body::Grant(crate::protocol::Grant { scope }));
    let private = row_in(scope, Body::Post(post(50, 10, 4, "Private")));
    let mut replica = with(&small());
    replica.apply(&[grant.clone(), private], None).unwrap();
    let first = replica.pending_scopes().unwrap().remove(0);
    assert!(replica.post(PostId::new(50).unwrap()).unwrap().is_some());
    // Away and back between two reads: all that is seen of it is the grant once more.
    replica.apply(&[grant], None).unwrap();
    assert!(matches!(
        replica.finish_scope(&first),
        Err(ReplicaError::MovedOn)
    ));
    let second = replica.pending_scopes().unwrap().remove(0);
    replica.finish_scope(&second).unwrap();
    assert!(replica.post(PostId::new(50).unwrap()).unwrap().is_none());
}

#[test]
fn after_a_grant_an_older_revision_counts_as_the_server_may_have_been_put_back() {
    let scope = Scope::Category(CategoryId::new(1001).unwrap());
    let grant = own(Body::Grant(crate::protocol::Grant { scope }));
    let of_revision = |revision| {
        let mut it = topic(50, 1001, "Private");
        it.revision = revision;
        row_in(scope, Body::Topic(it))
    };
    let mut replica = with(&small());
    let held = |replica: &Replica| replica.topic(topic_id(50)).unwrap().unwrap().topic.revision;
    replica
        .apply(&[grant.clone(), of_revision(2)], None)
        .unwrap();
    replica.apply(&[of_revision(1)], None).unwrap();
    assert_eq!(held(&replica), 2);
    replica.apply(&[grant, of_revision(1)], None).unwrap();
    assert_eq!(held(&replica), 1);
}

/// Twenty topics in two categories; every third pinned, likes and times in another order than ids.
fn many() -> Vec<FeedRow> {
    let mut rows = small();
    for n in 0..20 {
        let id = 100 + n;
        let mut it = topic(
            id,
            if n % 2 == 0 { 1001 } else { 1002 },
            &format!("Topic {id}"),
        );
        it.is_pinned = n % 3 == 0;
        it.tags = format!("all t{}", n % 4).parse().unwrap();
        rows.push(row(Body::Topic(it)));
        rows.push(row(Body::TopicTally(tally(id, n, 1000 - (n * 3) % 20))));
    }
    let mut unlisted = topic(200, 1001, "Unlisted");
    unlisted.is_unlisted = true;
    unlisted.tags = "all hidden".parse().unwrap();
    rows.push(row(Body::Topic(unlisted)));
    rows
}

#[test]
fn pages_of_a_list_follow_each_other_without_holes() {
    let replica = with(&many());
    for order in [TopicOrder::Latest, TopicOrder::New, TopicOrder::Top] {
        for (category, with_below) in [
            (None, false),
            (CategoryId::new(1002), false),
            (CategoryId::new(1001), true),
        ] {
            let mut query = TopicQuery {
                category,
                with_below,
                order,
                limit: 1000,
                ..TopicQuery::default()
            };
            let all = replica.topics(&query).unwrap();
            let want = if category.is_some() && !with_below {
                11
            } else {
                21
            };
            assert_eq!(all.len(), want);
            assert!(all.is_sorted_by(|a, b| a.key > b.key));
            if order == TopicOrder::Latest {
                let pinned = all.iter().position(|row| !row.topic.is_pinned).unwrap();
                assert_eq!(
                    all[pinned..].iter().all(|row| !row.topic.is_pinned),
                    category.is_some()
                );
            }
            query.limit = 4;
            let mut paged = Vec::new();
            loop {
                let page = replica.topics(&query).unwrap();
                let Some(last) = page.last() else { break };
                query.before = Some(last.key);
                paged.extend(page);
            }
            assert_eq!(paged, all);
            query.before = None;
            query.after = Some(TopicKey::LAST);
            let mut back = Vec::new();
            loop {
                let page = replica.topics(&query).unwrap();
                let Some(first) = page.first() else { break };
                query.after = Some(first.key);
                back.splice(..0, page);
            }
            assert_eq!(back, all, "backwards");
        }
    }
}

#[test]
fn lists_of_a_member_and_of_a_time() {
    let mut rows = many();
    let mut other = topic(300, 1002, "By somebody else");
    other.author = MemberId::new(4).unwrap();
    rows.push(row(Body::Topic(other)));
    let replica = with(&rows);
    let ids = |query: TopicQuery| -> Vec<i64> {
        let rows = replica.topics(&query).unwrap();
        rows.iter().map(|row| row.topic.id.get()).collect()
    };
    let of = |author: i64| TopicQuery {
        author: MemberId::new(author),
        limit: 50,
        ..TopicQuery::default()
    };
    assert_eq!(ids(of(4)), [300]);
    assert_eq!(ids(of(3)).len(), 21);
    let lately = TopicQuery {
        order: TopicOrder::Top,
        since: Some(moment(995)),
        limit: 50,
        ..TopicQuery::default()
    };
    let all = ids(lately.clone());
    assert_eq!(all.len(), 6);
    let first = TopicQuery {
        limit: 2,
        ..lately.clone()
    };
    let key = replica.topics(&first).unwrap()[1].key;
    let second = ids(TopicQuery {
        before: Some(key),
        ..lately
    });
    assert_eq!([ids(first), second].concat(), all);
}

fn bookmark(topic: i64, post: Option<i64>, at: i64) -> FeedRow {
    own(Body::Bookmark(Bookmark {
        topic: topic_id(topic),
        post: post.and_then(PostId::new),
        note: None,
        created_at: moment(at),
    }))
}

#[test]
fn bookmarks_are_listed_and_searched() {
    let mut replica = with(&many());
    let marks = [
        bookmark(10, Some(12), 50),
        bookmark(104, None, 40),
        bookmark(999, None, 70),
    ];
    replica.apply(&marks, None).unwrap();
    let rows = replica.bookmarks().unwrap();
    let found_ids: Vec<(i64, i64)> = rows
        .iter()
        .map(|row| (row.bookmark.id(), row.number))
        .collect();
    assert_eq!(found_ids, [(12, 2), (104, 1)]);
    assert_eq!(found(&replica, "is:bookmarked"), [12]);
    assert_eq!(found(&replica, "firefox -is:bookmarked"), [11]);
    let list = TopicQuery {
        order: TopicOrder::Bookmarked,
        limit: 1,
        ..TopicQuery::default()
    };
    let first = replica.topics(&list).unwrap();
    assert_eq!(first[0].topic.id, topic_id(10));
    let next = TopicQuery {
        before: Some(first[0].key),
        ..list
    };
    assert_eq!(replica.topics(&next).unwrap()[0].topic.id, topic_id(104));
    let me = Scope::Member(MemberId::new(ME).unwrap());
    replica
        .apply(&[gone(me, Kind::Bookmark, 12)], None)
        .unwrap();
    assert_eq!(replica.bookmark(12).unwrap(), None);
}

#[test]
fn operators_narrow_a_search_down() {
    let mut rows = small();
    let mut german = post(21, 20, 1, "Der Firefox ist da");
    german.author = MemberId::new(4).unwrap();
    german.language = Some("de-AT".parse().unwrap());
    let mut arrived = topic(20, 1001, "Angekommen");
    arrived.tags = "café dach".parse().unwrap();
    rows.push(row(Body::Topic(arrived)));
    rows.push(row(Body::Post(german)));
    rows.push(row(Body::TopicTally(tally(20, 1, 21))));
    rows.push(position(10, 2));
    let replica = with(&rows);
    for (query, want) in [
        ("@alice", &[13, 12, 11][..]),
        ("@ÅNGSTRÖM", &[21]),
        ("@alice @Ångström firefox", &[21, 12, 11]),
        ("-@alice", &[21]),
        ("firefox #place-1002", &[12, 11]),
        ("#place-1001", &[21, 13, 12, 11]),
        ("#PLACE-1001 -#place-1002", &[21]),
        ("\u{61}ngekommen in:title", &[21]),
        ("firefox in:title", &[11]),
        ("in:first", &[21, 11]),
        ("is:unread", &[21, 13]),
        ("@alice -is:unread", &[12, 11]),
        ("tag:café", &[21]),
        ("tag:CAFÉ tag:dach firefox", &[21]),
        ("tag:café @alice", &[]),
        ("firefox -tag:dach", &[12, 11]),
        ("firefox -tag:unheard", &[21, 12, 11]),
        ("lang:de", &[21]),
        ("lang:de-AT", &[21]),
        ("firefox -lang:de", &[12, 11]),
        ("@alice -firefox", &[13]),
        ("before:2100", &[21, 13, 12, 11]),
        ("after:2100", &[]),
        ("", &[]),
    ] {
        let query = query.parse::<SearchQuery>();
        // Only what is not wanted is no query, but these mean something.
        let Ok(query) = query else { continue };
        let plan = replica.plan(&query, moment(1_000)).unwrap();
        let hits = replica.search_all(&plan, None, 50).unwrap().hits;
        let ids: Vec<i64> = hits.iter().map(|hit| hit.post.get()).collect();
        assert_eq!(ids, want, "{query}");
        let mut paged = Vec::new();
        let mut before = None;
        loop {
            let page = replica.search(&plan, before, 1).unwrap();
            paged.extend(page.hits.iter().map(|hit| hit.post.get()));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(paged, want, "{query} in pages");
    }
}

#[test]
fn a_tag_that_no_topic_has_is_told_with_those_that_are_near() {
    let replica = with(&many());
    let near = |query: &str| {
        let plan = replica.plan(&query.parse().unwrap(), moment(1_000));
        match plan {
            Err(PlanError::Query(errors)) => errors[0].to_string(),
            other => panic!("it knows the tag: {other:?}"),
        }
    };
    assert_eq!(
        near("tag:a"),
        "no topic here has the tag `a`; did you mean `tag:all`?"
    );
    assert_eq!(near("tag:hidden"), "no topic here has the tag `hidden`");
    assert_eq!(
        near("tag:alll"),
        "no topic here has the tag `alll`; did you mean `tag:all`?"
    );
    assert_eq!(replica.tags_like("T", 2).unwrap(), ["t0", "t1"]);
    let all: Vec<(String, i64)> = replica
        .tags()
        .unwrap()
        .into_iter()
        .map(|row| (row.tag.to_string(), row.topics))
        .collect();
    let want = [("all", 20), ("t0", 5), ("t1", 5), ("t2", 5), ("t3", 5)];
    assert_eq!(all, want.map(|(tag, topics)| (tag.to_owned(), topics)));
}

#[test]
fn topics_of_a_tag_are_listed_in_pages() {
    let replica = with(&many());
    for order in [TopicOrder::Latest, TopicOrder::New, TopicOrder::Top] {
        for (tag, category, want) in [
            ("all", None, 20),
            ("t1", None, 5),
            ("t1", CategoryId::new(1002), 5),
            ("t1", CategoryId::new(1001), 0),
            ("unheard", None, 0),
        ] {
            let mut query = TopicQuery {
                category,
                order,
                tag: Some(tag.parse().unwrap()),
                limit: 1000,
                ..TopicQuery::default()
            };
            let all = replica.topics(&query).unwrap();
            assert_eq!(all.len(), want, "{tag} {order:?}");
            assert!(
                all.iter()
                    .all(|row| row.topic.tags.contains(&tag.parse().unwrap()))
            );
            assert!(all.is_sorted_by(|a, b| a.key > b.key));
            query.limit = 3;
            let mut paged = Vec::new();
            loop {
                let page = replica.topics(&query).unwrap();
                let Some(last) = page.last() else { break };
                query.before = Some(last.key);
                paged.extend(page);
            }
            assert_eq!(paged, all);
        }
    }
}

#[test]
fn dates_narrow_a_search_down_also_when_ids_do_not_rise_with_them() {
    let mut rows = small();
    let mut imported = post(5_000_000, 10, 4, "Firefox of old");
    imported.created_at = Timestamp::parse_utc("1999-05-05T00:00:00Z").unwrap();
    rows.push(row(Body::Post(imported)));
    let replica = with(&rows);
    assert_eq!(
        found(&replica, "before:1999-06 after:1999-05-05"),
        [5_000_000]
    );
    assert_eq!(found(&replica, "firefox after:1999-06"), [12, 11]);
    assert_eq!(found(&replica, "firefox before:1999-05"), [0; 0]);
}

#[test]
fn several_words_are_looked_for_in_pages_that_end_soon() {
    let mut rows = small();
    // One post in each of forty blocks, and all that is looked for in the oldest.
    for n in 1..=40 {
        let text = if n % 2 == 0 { "common" } else { "frequent" };
        rows.push(row(Body::Post(post(n * 5_000, 10, 3 + n, text))));
    }
    rows.push(row(Body::Post(post(20, 10, 99, "common and frequent"))));
    let replica = with(&rows);
    let plan = replica
        .plan(&"common frequent".parse().unwrap(), moment(0))
        .unwrap();
    let first = replica.search(&plan, None, 5).unwrap();
    assert_eq!(first.hits.len(), 0);
    assert!(first.next.is_some(), "it goes on");
    assert_eq!(found(&replica, "common frequent"), [20]);
}

#[test]
fn unknown_names_are_pointed_at_with_those_that_are_near() {
    let replica = with(&small());
    let query: SearchQuery = "fox @alicia #place-1003".parse().unwrap();
    let Err(PlanError::Query(errors)) = replica.plan(&query, moment(0)) else {
        panic!("nobody is called so");
    };
    let told: Vec<(std::ops::Range<usize>, String)> = errors
        .into_iter()
        .map(|error| (error.span.clone(), error.to_string()))
        .collect();
    assert_eq!(
        told,
        [
            (4..11, "nobody here is called `alicia`; did you mean `@Alice`?".to_owned()),
            (
                12..23,
                "there is no category `place-1003` here; did you mean `#place-1001` or `#place-1002`?"
                    .to_owned()
            ),
        ]
    );
    assert_eq!(replica.members_like("ÅN", 5).unwrap(), ["Ångström"]);
    assert_eq!(replica.categories_like("1002", 5).unwrap(), ["place-1002"]);
}

#[test]
fn scripts_without_spaces_are_found_by_any_part() {
    let mut rows = small();
    for (id, text) in [
        (31, "私は東京都に行く"),
        (32, "ฉันรักภาษาไทย"),
        (33, "나는 학교에서 배운다"),
        (34, "हिन्दी में लिखा"),
    ] {
        rows.push(row(Body::Post(post(id, 10, id, text))));
    }
    let replica = with(&rows);
    for (query, want) in [
        ("京都", &[31][..]),
        ("都", &[31]),
        ("東京都に", &[31]),
        ("東都", &[]),
        ("ภาษา", &[32]),
        ("학교", &[33]),
        ("हिन्दी", &[34]),
        ("हिन", &[34]),
        ("\"東京\" -ภาษา", &[31]),
    ] {
        assert_eq!(found(&replica, query), want, "{query}");
    }
}

#[test]
fn a_search_ends_when_it_is_interrupted() {
    let replica = with(&many());
    replica.interrupter().interrupt();
    // Nothing was under way: the next one is not touched.
    assert_eq!(found(&replica, "firefox"), [12, 11]);
}

fn set(topic: i64, number: i64, unread: &[i64], at: i64) -> FeedRow {
    own(Body::ReadPosition(ReadPosition {
        topic: topic_id(topic),
        number,
        unread: unread.to_vec(),
        set_at: Some(moment(at)),
        read_at: moment(at),
    }))
}

fn caught_up(category: Option<i64>, until: i64) -> FeedRow {
    own(Body::CaughtUp(CaughtUp {
        category: category.and_then(CategoryId::new),
        until: moment(until),
        changed_at: moment(until),
    }))
}

#[test]
fn posts_are_unread_one_by_one() {
    let mut replica = with(&small());
    replica.apply(&[set(10, 3, &[2], 5)], None).unwrap();
    let it = replica.topic(topic_id(10)).unwrap().unwrap();
    assert_eq!((it.state, it.unread()), (TopicState::Unread, 1));
    assert_eq!(replica.next_unread_post(topic_id(10), 0).unwrap(), Some(2));
    assert_eq!(replica.next_unread_post(topic_id(10), 2).unwrap(), None);
    assert_eq!(found(&replica, "is:unread"), [12]);
    let more = [
        row(Body::Post(post(14, 10, 4, "More"))),
        row(Body::TopicTally(tally(10, 4, 14))),
    ];
    replica.apply(&more, None).unwrap();
    assert_eq!(replica.next_unread_post(topic_id(10), 2).unwrap(), Some(4));
    assert_eq!(replica.topic(topic_id(10)).unwrap().unwrap().unread(), 2);
}

#[test]
fn catching_up_counts_for_what_was_written_before_and_can_be_taken_back() {
    let mut replica = with(&many());
    let before = [position(10, 1), position(101, 0)];
    replica.apply(&before, None).unwrap();
    let attention = replica.attention().unwrap();
    replica.apply(&[caught_up(Some(1002), 12)], None).unwrap();
    // Post 13 was written later than that.
    let it = replica.topic(topic_id(10)).unwrap().unwrap();
    assert_eq!(
        (it.state, it.unread(), it.read_number),
        (TopicState::Unread, 1, 2)
    );
    assert_eq!(replica.next_unread_post(topic_id(10), 0).unwrap(), Some(3));
    replica.apply(&[caught_up(None, 2_000)], None).unwrap();
    assert_eq!(replica.attention().unwrap(), Attention::default());
    assert_eq!(found(&replica, "is:unread"), [0; 0]);
    // What is set back later is unread in full.
    replica.apply(&[set(10, 1, &[], 3_000)], None).unwrap();
    assert_eq!(replica.next_unread_post(topic_id(10), 0).unwrap(), Some(2));
    assert_eq!(
        replica.attention().unwrap(),
        Attention { unread: 1, new: 0 }
    );
    let back = [
        position(10, 1),
        caught_up(None, 0),
        caught_up(Some(1002), 0),
    ];
    replica.apply(&back, None).unwrap();
    assert_eq!(replica.attention().unwrap(), attention);
}

#[test]
fn what_to_read_next_goes_on_to_other_topics_and_categories() {
    let mut replica = with(&many());
    replica
        .apply(&[position(10, 1), position(103, 1), position(102, 1)], None)
        .unwrap();
    let next = |category, after: Option<&TopicRow>| {
        let row = replica
            .next_unread_topic(
                category,
                after
                    .map(|row| TopicKey::new(false, row.last_post_at.millis(), row.topic.id.get())),
                after.map(|row| row.topic.id),
            )
            .unwrap();
        row.unwrap()
    };
    let first = next(None, None);
    let second = next(None, Some(&first));
    let third = next(None, Some(&second));
    assert!(first.last_post_at > second.last_post_at && second.last_post_at > third.last_post_at);
    assert_eq!(
        next(None, Some(&third)).topic.id,
        first.topic.id,
        "around the end"
    );
    let below = next(CategoryId::new(1002), Some(&first));
    assert_eq!(below.topic.category.get(), 1002);
    let (a, b) = (CategoryId::new(1001), CategoryId::new(1002));
    assert_eq!(replica.next_unread_category(None).unwrap(), a);
    assert_eq!(replica.next_unread_category(a).unwrap(), b);
    assert_eq!(replica.next_unread_category(b).unwrap(), a);
    replica
        .apply(&[caught_up(a.map(CategoryId::get), 5_000)], None)
        .unwrap();
    assert_eq!(
        replica.next_unread_category(b).unwrap(),
        b,
        "in the end the same again"
    );
}

#[test]
fn a_replica_of_before_is_indexed_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    let mut replica = Replica::open(&path).unwrap();
    replica.apply(&small(), None).unwrap();
    replica
        .connection
        .execute_batch(
            "drop table post_text; drop table bookmark; drop table local_bookmark; drop view bookmark_now;
             drop table caught_up; drop table local_caught_up; drop index post_author; drop index post_walk;
             drop table post_block; drop index topic_author;
             alter table read_position drop column unread; alter table read_position drop column set_at;
             alter table local_read drop column unread; alter table local_read drop column set_at;
             alter table local_read drop column read_at;
             alter table topic drop column read_number; alter table topic drop column marked_unread;
             alter table topic drop column caught_until;
             alter table draft drop column language; alter table draft drop column category;
             alter table draft drop column revision; alter table draft drop column base;
             alter table space drop column identity;
             drop trigger waiting_comes; drop trigger waiting_goes; drop trigger waiting_turns; drop table waiting;
             drop index topic_kept; alter table topic drop column is_kept; alter table topic_tally drop column is_kept;
             alter table post drop column is_kept; drop table topic_read_whole; drop table set_aside;
             alter table copy drop column withdrawn; alter table copy drop column cleaned;
             alter table copy drop column is_dirty;
             drop trigger tags_come; drop trigger tags_go; drop trigger tags_turn; drop table topic_tag;
             alter table topic drop column tags; alter table draft drop column tags;
             create virtual table post_text using fts5(title, body, content = '', contentless_delete = 1);
             pragma user_version = 1;",
        )
        .unwrap();
    drop(replica);
    let replica = Replica::open(&path).unwrap();
    assert_eq!(dump(&replica), dump(&with(&small())));
    assert_eq!(found(&replica, "firefox before:2100"), [12, 11]);
}

#[test]
fn what_is_new_and_unread_is_counted_by_category() {
    let mut replica = with(&many());
    replica
        .apply(&[position(10, 1), position(101, 1), position(103, 1)], None)
        .unwrap();
    let unread = replica
        .topics(&TopicQuery {
            order: TopicOrder::Unread,
            limit: 9,
            ..TopicQuery::default()
        })
        .unwrap();
    let ids: Vec<i64> = unread.iter().map(|row| row.topic.id.get()).collect();
    assert_eq!(ids, [103, 10]);
    assert_eq!(
        (unread[1].unread(), unread[1].state),
        (2, TopicState::Unread)
    );
    assert_eq!(
        replica.attention().unwrap(),
        Attention { unread: 2, new: 18 }
    );
    let tree = replica.categories().unwrap();
    assert_eq!(
        (tree[0].depth, tree[0].own),
        (0, Attention { unread: 0, new: 10 })
    );
    assert_eq!(
        (tree[1].depth, tree[1].own),
        (1, Attention { unread: 2, new: 8 })
    );
    assert_eq!(tree[0].with_below, Attention { unread: 2, new: 18 });
    assert_eq!(replica.first_unread(topic_id(10)).unwrap(), Some(2));
    replica.set_new_since(moment(115)).unwrap();
    assert_eq!(
        replica.attention().unwrap(),
        Attention { unread: 2, new: 5 }
    );
}

#[test]
fn topics_from_before_ones_account_began_are_not_new() {
    let mut replica = Replica::open_in_memory().unwrap();
    replica.set_me(MemberId::new(ME)).unwrap();
    let mut rows = many();
    let mut me = member(ME, "Alice");
    me.created_at = moment(110);
    me.revision = 2;
    rows.push(row(Body::Member(me)));
    replica.apply(&rows, None).unwrap();
    assert_eq!(replica.attention().unwrap().new, 10);
}

#[test]
fn another_reader_of_the_same_file_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    let mut one = Replica::open(&path).unwrap();
    let mut other = Replica::open(&path).unwrap();
    let version = other.version().unwrap();
    let (a, b) = (Cursor("a".to_owned()), Cursor("b".to_owned()));
    one.apply_since(None, &small(), &a).unwrap();
    assert_ne!(other.version().unwrap(), version);
    assert!(matches!(
        other.apply_since(None, &small(), &b),
        Err(ReplicaError::MovedOn)
    ));
    assert_eq!(other.cursor().unwrap(), Some(a));
}

#[test]
fn categories_in_a_circle_are_shown_all_the_same() {
    let replica = with(&[
        row(Body::Category(category(1, Some(2)))),
        row(Body::Category(category(2, Some(1)))),
        row(Body::Category(category(4, Some(4)))),
    ]);
    assert_eq!(replica.categories().unwrap().len(), 3);
    let query = TopicQuery {
        category: CategoryId::new(1),
        with_below: true,
        limit: 5,
        ..TopicQuery::default()
    };
    assert_eq!(replica.topics(&query).unwrap(), []);
}

/// No list may sort or look at more than it shows: the cost of a page must not grow with the space.
#[test]
fn lists_are_read_off_an_index() {
    let replica = with(&many());
    let before = Some(
        replica
            .topics(&TopicQuery {
                limit: 1,
                ..TopicQuery::default()
            })
            .unwrap()[0]
            .key,
    );
    for order in [
        TopicOrder::Latest,
        TopicOrder::New,
        TopicOrder::Unread,
        TopicOrder::Top,
    ] {
        for category in [None, CategoryId::new(1001)] {
            for before in [None, before] {
                let query = TopicQuery {
                    category,
                    order,
                    before,
                    limit: 20,
                    ..TopicQuery::default()
                };
                let (sql, numbers) =
                    super::super::lists::statement(&query, category.map(CategoryId::get));
                let mut statement = replica
                    .connection
                    .prepare(&format!("explain query plan {sql}"))
                    .unwrap();
                let plan: Vec<String> = statement
                    .query_map(rusqlite::params_from_iter(numbers), |row| row.get(3))
                    .unwrap()
                    .map(Result::unwrap)
                    .collect();
                let whole = plan.join("\n");
                assert!(!whole.contains("TEMP B-TREE"), "{whole}");
                assert!(plan[0].contains("t USING INDEX"), "{whole}");
                assert!(
                    plan[1..].iter().all(|line| line.starts_with("SEARCH")),
                    "{whole}"
                );
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_can_be_searched_for(query in "\\PC{0,30}|[a-z\"*()\\-:^+{} \u{0}]{0,30}") {
        let replica = with(&small());
        if let Ok(query) = query.parse()
            && let Ok(plan) = replica.plan(&query, moment(0))
        {
            replica.search(&plan, None, 5).unwrap();
        }
    }
}

#[test]
fn times_before_1970_and_large_numbers_are_kept() {
    let mut it = topic(9_000_000_000, 1001, "Far away");
    it.created_at = Timestamp::from_millis(-5);
    let replica = with(&[
        row(Body::Category(category(1001, None))),
        row(Body::Topic(it.clone())),
    ]);
    let back = replica.topic(it.id).unwrap().unwrap();
    assert_eq!(
        (back.topic, back.last_post_at),
        (it, Timestamp::from_millis(-5))
    );
}
