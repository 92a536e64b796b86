-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- The words under which a topic is found, with spaces between.
alter table topic add column tags text collate "C" not null default '';

-- What lists by tag are read off: which topics that stand in lists have a tag, in which category, latest activity first.
create table topic_tag (
    topic_id bigint not null references topic (id),
    tag text collate "C" not null,
    category_id bigint not null references category (id),
    last_post_at bigint not null,
    primary key (topic_id, tag)
);
create index topic_tag_by_activity on topic_tag (tag, category_id, last_post_at, topic_id);
