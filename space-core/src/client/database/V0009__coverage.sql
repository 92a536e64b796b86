-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- What was read from the server because somebody opened it, and the feed has not delivered yet: its scope is as good a guess
-- as can be made, so a tombstone of any scope takes it away.
alter table topic add column is_kept integer not null default 0;
alter table topic_tally add column is_kept integer not null default 0;
alter table post add column is_kept integer not null default 0;
create index topic_kept on topic (id) where is_kept;

-- Topics that were read whole in that way, and how many more posts their numbers counted then than the server showed.
create table topic_read_whole (topic integer primary key, excess integer not null) strict;

-- Rows of the feed that this program could not read: kept as they came, for a later version. A row without a name of its own
-- has a number below zero.
create table set_aside (
    kind text not null, id integer not null, scope text not null, generation integer not null,
    line text not null, why text not null, program text not null,
    primary key (kind, id, scope)
) strict, without rowid;

-- How often something was withdrawn, and up to which of these times the index of words is clean of it. Withdrawn words may be
-- in gaps between rows, and in the file of an earlier version anywhere: `is_dirty` until it was written anew.
alter table copy add column withdrawn integer not null default 0;
alter table copy add column cleaned integer not null default 0;
alter table copy add column is_dirty integer not null default 0;
update copy set is_dirty = 1, withdrawn = 1 where exists (select 1 from post);
