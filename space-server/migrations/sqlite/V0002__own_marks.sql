-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- Numbers of posts below the position that are unread all the same, with spaces between.
alter table read_position add column unread text not null default '';
-- When the position was last set on purpose, rather than by reading on.
alter table read_position add column set_at bigint;

-- What members want to find again. The target is a topic or a post: they share one number space.
create table bookmark (
    member_id bigint not null references member (id),
    target_id bigint not null,
    topic_id bigint not null references topic (id),
    is_topic boolean not null,
    note text,
    created_at bigint not null,
    primary key (member_id, target_id)
) without rowid;

-- Until when members count everything as read: in a category, or everywhere, which has the number 1.
create table caught_up (
    member_id bigint not null references member (id),
    place_id bigint not null,
    until_at bigint not null,
    changed_at bigint not null,
    primary key (member_id, place_id)
) without rowid;
