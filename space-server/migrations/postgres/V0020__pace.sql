-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- What is counted to keep a pace, and stands in no other table: edits of accounts, and what networks, bridges and addresses
-- did. A track is a kind and whose it is, as in `network:post:irc.libera`; addresses are in it as keyed hashes. A row lives
-- for a day.
create table pace (
    track text collate "C" not null,
    at bigint not null,
    times bigint not null,
    primary key (track, at)
);
create index pace_by_age on pace (at);

-- When a member started topics.
create index topic_by_author on topic (author_id, created_at);
