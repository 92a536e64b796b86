-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- The code of conduct, version by version: the newest is in force.
create table code (
    version bigint not null primary key,
    language text collate "C" not null,
    title text collate "C" not null,
    source text collate "C" not null,
    adopted_at bigint not null
);

-- Who has accepted which version.
create table acceptance (
    member_id bigint not null references member (id),
    version bigint not null references code (version),
    language text collate "C",
    accepted_at bigint not null,
    primary key (member_id, version)
);

-- Who visitors are on their own networks. It is in no feed: only staff is ever shown it, in a case.
create table visitor (
    member_id bigint not null primary key references member (id),
    network text collate "C" not null,
    remote text collate "C" not null,
    met_at bigint not null,
    -- When everybody heard of them, with their first post; null until then. Somebody who only reports is never heard of.
    published_at bigint,
    unique (network, remote)
);

-- What hidden posts say. The post itself holds no text as long as it is here.
create table hidden_post (
    post_id bigint not null primary key references post (id),
    source text collate "C" not null,
    clause text collate "C",
    note text collate "C",
    hider_id bigint not null references member (id),
    hidden_at bigint not null
);

-- All reports on one post, until they are decided. The id is drawn aside.
create table moderation_case (
    id bigint not null primary key,
    post_id bigint not null references post (id),
    state text collate "C" not null,
    opened_at bigint not null,
    outcome text collate "C",
    clause text collate "C",
    note text collate "C",
    decider_id bigint references member (id),
    decided_at bigint,
    revision bigint not null
);
create index moderation_case_by_state on moderation_case (state, id);
create index moderation_case_by_post on moderation_case (post_id);
create unique index moderation_case_open on moderation_case (post_id) where state = 'open';

-- What a post said when it was reported, with a hash over it.
create table case_evidence (
    case_id bigint not null references moderation_case (id),
    post_revision bigint not null,
    source text collate "C" not null,
    taken_at bigint not null,
    sha256 text collate "C" not null,
    primary key (case_id, post_revision)
);

-- What was reported, by an alias that holds within the case alone.
create table case_report (
    case_id bigint not null references moderation_case (id),
    alias bigint not null,
    reason text collate "C" not null,
    comment text collate "C",
    network text collate "C",
    post_revision bigint not null,
    created_at bigint not null,
    written_at bigint,
    primary key (case_id, alias)
);

-- Who stands behind an alias. Nothing that answers anybody but the reporter reads this table.
create table case_reporter (
    member_id bigint not null references member (id),
    case_id bigint not null references moderation_case (id),
    alias bigint not null,
    post_id bigint not null,
    reported_at bigint not null,
    primary key (member_id, case_id, alias)
);
create index case_reporter_by_time on case_reporter (member_id, reported_at);
create index case_reporter_by_post on case_reporter (member_id, post_id);
