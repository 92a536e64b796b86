-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- When posts were hidden and shown again. It stays when a post is shown again; the text is in hidden_post, and only while
-- the post is hidden.
create table hiding (
    post_id bigint not null references post (id),
    number bigint not null,
    hider_id bigint not null references member (id),
    hidden_at bigint not null,
    clause text collate "C",
    note text collate "C",
    -- The case whose decision hid it; null when it was hidden by itself.
    case_id bigint references moderation_case (id),
    restorer_id bigint references member (id),
    restored_at bigint,
    primary key (post_id, number)
);
insert into hiding (post_id, number, hider_id, hidden_at, clause, note)
select post_id, 1, hider_id, hidden_at, clause, note from hidden_post;

-- What was decided about a case and corrected since. The decision that holds is in moderation_case.
create table case_decision (
    case_id bigint not null references moderation_case (id),
    number bigint not null,
    outcome text collate "C" not null,
    decider_id bigint not null references member (id),
    decided_at bigint not null,
    clause text collate "C",
    note text collate "C",
    primary key (case_id, number)
);
