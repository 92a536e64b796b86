-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- Posts that are unread below the position, as a JSON list; and when it was last set on purpose.
alter table read_position add column unread text not null default '[]';
alter table read_position add column set_at integer;
alter table local_read add column unread text not null default '[]';
-- When it was marked here on purpose; null when by reading on.
alter table local_read add column set_at integer;
alter table local_read add column read_at integer not null default 0;

-- How far one has read, and how many posts below that are unread; and, of topics that are unread or new, until when
-- one had caught up.
alter table topic add column read_number integer not null default 0;
alter table topic add column marked_unread integer not null default 0;
alter table topic add column caught_until integer not null default 0;
update topic set read_number = coalesce(
    (select number from local_read where topic = topic.id), (select number from read_position where id = topic.id), 0);
create index topic_author on topic (author, last_post_at, id) where is_listed;

create table bookmark (
    id integer primary key, scope integer not null, generation integer not null,
    topic integer not null, post integer, note text, created_at integer not null
) strict;
-- What was done here, until the server says it too.
create table local_bookmark (
    id integer primary key, topic integer not null, post integer, note text, created_at integer not null,
    is_gone integer not null
) strict;
create view bookmark_now as
    select id, topic, post, note, created_at from bookmark where id not in (select id from local_bookmark)
    union all select id, topic, post, note, created_at from local_bookmark where not is_gone;

create table caught_up (
    id integer primary key, scope integer not null, generation integer not null,
    until_at integer not null, changed_at integer not null
) strict;
create table local_caught_up (id integer primary key, until_at integer not null) strict;

-- What a search looks at besides words, so that it need not look at the posts themselves, which are large.
create index post_author on post (author, id, topic, number);
create index post_walk on post (id, topic, author, number);

-- When the posts of each 4,096 numbers were written, at the outside: ids rise with birth, but what was imported
-- is older than its neighbours. A removal leaves this as it is.
create table post_block (block integer primary key, earliest integer not null, latest integer not null) strict;
insert into post_block select id >> 12, min(created_at), max(created_at) from post group by 1;

-- The words of posts again, in a form that does for every script: see the replica's `tokens`. The program fills it.
drop table post_text;
create virtual table post_text using fts5(
    title, body, content = '', contentless_delete = 1, tokenize = 'ascii'
);
