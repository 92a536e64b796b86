-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- Facts about this copy itself; one row.
create table copy (
    one integer primary key check (one = 1),
    cursor text,
    -- Counts readings from zero. Every row keeps the number under which it was last delivered.
    generation integer not null,
    -- The generation with which the last reading of everything began.
    read_from integer not null,
    is_rereading integer not null,
    me integer,
    new_since integer
) strict;
insert into copy (one, generation, read_from, is_rereading) values (1, 1, 1, 0);

-- Scopes as small numbers; 1 is everyone's.
create table scope (id integer primary key, name text not null unique) strict;
insert into scope (id, name) values (1, 'public');

-- What the feed delivered. No foreign keys: a child may come before its parent, and waits unseen.
create table space (
    id integer primary key, scope integer not null, generation integer not null, revision integer not null,
    name text not null, about text not null, created_at integer not null
) strict;

create table category (
    id integer primary key, scope integer not null, generation integer not null, revision integer not null,
    parent integer, slug text not null, name text not null, about text not null, colour text, icon text, language text,
    position integer not null, is_open integer not null, created_at integer not null
) strict;

create table community_group (
    id integer primary key, scope integer not null, generation integer not null, revision integer not null,
    slug text not null, name text not null, is_closed integer not null, created_at integer not null
) strict;

create table member (
    id integer primary key, scope integer not null, generation integer not null, revision integer not null,
    kind text not null, name text not null, folded text not null, display_name text, roles text not null,
    trust_level integer not null, created_at integer not null
) strict;
create index member_folded on member (folded);

-- The last four columns are worked out when a row comes in, so that lists are read off an index:
-- last_post_at and likes from the tally (created_at and 0 without one), is_listed from is_unlisted,
-- state (0 read, 1 unread, 2 new) from the numbers and how far one has read.
create table topic (
    id integer primary key, scope integer not null, generation integer not null, revision integer not null,
    category integer not null, author integer not null, title text not null, language text, answer integer,
    is_closed integer not null, is_archived integer not null, is_pinned integer not null, is_listed integer not null,
    created_at integer not null,
    last_post_at integer not null, likes integer not null, state integer not null
) strict;
create index topic_latest on topic (last_post_at, id) where is_listed;
create index topic_top on topic (likes, id) where is_listed;
create index topic_category_latest on topic (category, is_pinned, last_post_at, id) where is_listed;
create index topic_category_top on topic (category, likes, id) where is_listed;
create index topic_state on topic (state, last_post_at, id) where is_listed and state > 0;
create index topic_category_state on topic (category, state, last_post_at, id) where is_listed and state > 0;
create index topic_scope on topic (scope) where scope <> 1;

create table topic_tally (
    id integer primary key, scope integer not null, generation integer not null,
    posts integer not null, last_number integer not null, last_post_at integer not null, last_poster integer not null,
    views integer not null, likes integer not null
) strict;
create index topic_tally_scope on topic_tally (scope) where scope <> 1;

-- The id rises with birth, so newest first is the order of the table itself.
create table post (
    id integer primary key, scope integer not null, generation integer not null, revision integer not null,
    topic integer not null, number integer not null, author integer not null, reply_to integer,
    kind integer not null, is_hidden integer not null, created_at integer not null, written_at integer,
    edited_at integer, language text, notice text, source text not null
) strict;
create index post_topic on post (topic, number);
create index post_scope on post (scope) where scope <> 1;

create table post_tally (
    id integer primary key, scope integer not null, generation integer not null, topic integer not null,
    likes integer not null
) strict;
create index post_tally_scope on post_tally (scope) where scope <> 1;

create table read_position (
    id integer primary key, scope integer not null, generation integer not null,
    number integer not null, read_at integer not null
) strict;

create table access_grant (
    id integer primary key, scope integer not null, generation integer not null,
    granted integer not null
) strict;

-- Scopes that were granted and are not read to their end yet.
create table pending_scope (scope integer primary key, generation integer not null, cursor text) strict;

-- The words of posts, as read rather than as written; the first post of a topic carries its title.
-- Without content of its own: the posts are at hand.
create virtual table post_text using fts5(
    title, body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- How far one has read, here, until the server says it too.
create table local_read (topic integer primary key, number integer not null) strict;

-- What waits to be sent, in order. Numbers are not used twice: others may name them.
create table outbox (
    id integer primary key autoincrement, key text not null, draft text not null,
    -- The topic of a mark as read, or the post of an edit: what a later one replaces.
    marks integer, edits integer,
    state text not null, tries integer not null, written_at integer not null, confirmed_at integer,
    problem text, outcome text, sent_at integer
) strict;
create index outbox_marks on outbox (marks) where marks is not null;
create index outbox_edits on outbox (edits) where edits is not null;

-- What must be sent before what.
create table outbox_after (
    item integer not null, needs integer not null, primary key (item, needs)
) strict, without rowid;
create index outbox_needs on outbox_after (needs);

-- Texts that somebody is writing.
create table draft (
    place text primary key, title text not null, source text not null, saved_at integer not null
) strict;
