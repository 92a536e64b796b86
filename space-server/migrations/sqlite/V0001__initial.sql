-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- Keys of one number are `integer`, the word by which SQLite keeps the table itself in their order: `bigint` would make an
-- index beside it, and each lookup two. Tables that are all key are kept in its order, too.

-- One row per space; every writing transaction locks it first and stores it last.
create table head (
    space integer not null primary key,
    epoch bigint not null,
    seq bigint not null,
    id bigint not null,
    aside bigint not null,
    -- Tombstones up to this seq have been dropped: older cursors read from zero again.
    floor bigint not null,
    seal_key blob not null
);

create table space (
    id integer not null primary key,
    name text not null,
    about text not null,
    created_at bigint not null,
    revision bigint not null
);

create table member (
    id integer not null primary key,
    kind text not null,
    name text not null,
    -- The form under which names are compared (folded by us, since engines disagree on lower()).
    folded_name text not null unique,
    display_name text,
    trust_level bigint not null,
    password_hash text,
    created_at bigint not null,
    revision bigint not null
);

create table member_role (
    member_id bigint not null references member (id),
    role text not null,
    primary key (member_id, role)
) without rowid;

create table token (
    id integer not null primary key,
    member_id bigint not null references member (id),
    -- SHA-256 of the token: whoever reads this table cannot sign in with it.
    hash blob not null unique,
    label text not null,
    capabilities text not null,
    created_at bigint not null,
    expires_at bigint
);
create index token_by_member on token (member_id);

create table member_group (
    id integer not null primary key,
    slug text not null unique,
    name text not null,
    is_closed boolean not null,
    created_at bigint not null,
    revision bigint not null
);

create table group_member (
    group_id bigint not null references member_group (id),
    member_id bigint not null references member (id),
    primary key (group_id, member_id)
) without rowid;
create index group_member_by_member on group_member (member_id);

create table category (
    id integer not null primary key,
    parent_id bigint references category (id),
    slug text not null unique,
    name text not null,
    about text not null,
    colour text,
    icon text,
    language text,
    position bigint not null,
    created_at bigint not null,
    revision bigint not null
);

create table category_access (
    category_id bigint not null references category (id),
    audience text not null,
    level text not null,
    primary key (category_id, audience)
) without rowid;

-- A category that was opened or closed, and whose rows are still on their way to the other scope.
create table scope_move (
    category_id integer not null primary key references category (id),
    after_topic bigint not null
);

-- Scopes that a member has been told they may read. The id is that of a category or group, or a role's number.
create table member_grant (
    member_id bigint not null references member (id),
    target_id bigint not null,
    primary key (member_id, target_id)
) without rowid;
create index member_grant_by_target on member_grant (target_id);

create table topic (
    id integer not null primary key,
    category_id bigint not null references category (id),
    author_id bigint not null references member (id),
    title text not null,
    language text,
    answer_id bigint,
    is_closed boolean not null,
    is_archived boolean not null,
    is_pinned boolean not null,
    is_unlisted boolean not null,
    created_at bigint not null,
    revision bigint not null,
    posts bigint not null,
    last_number bigint not null,
    last_post_at bigint not null,
    last_poster_id bigint not null references member (id),
    views bigint not null,
    likes bigint not null
);
create index topic_by_activity on topic (category_id, last_post_at, id);
create index topic_latest on topic (last_post_at, id) where not is_unlisted;

create table post (
    id integer not null primary key,
    topic_id bigint not null references topic (id),
    number bigint not null,
    author_id bigint not null references member (id),
    reply_to_id bigint,
    kind text not null,
    source text not null,
    notice text,
    language text,
    is_hidden boolean not null,
    likes bigint not null,
    created_at bigint not null,
    written_at bigint,
    edited_at bigint,
    deleted_at bigint,
    revision bigint not null,
    unique (topic_id, number)
);

-- What a post said before it was edited.
create table post_revision (
    post_id bigint not null references post (id),
    revision bigint not null,
    source text not null,
    editor_id bigint,
    replaced_at bigint not null,
    primary key (post_id, revision)
);

create table read_position (
    member_id bigint not null references member (id),
    topic_id bigint not null references topic (id),
    number bigint not null,
    read_at bigint not null,
    primary key (member_id, topic_id)
) without rowid;

-- What came from elsewhere, so that an import that runs again changes nothing.
create table origin (
    source text not null,
    kind text not null,
    source_id text not null,
    id bigint not null,
    -- A digest of what was imported, so that a changed original is seen.
    digest text not null,
    primary key (source, kind, source_id)
) without rowid;

-- Commands that were done, so that a repeated one is not done twice.
create table idempotency (
    member_id bigint not null references member (id),
    key text not null,
    request_hash blob not null,
    result_id bigint not null,
    created_at bigint not null,
    -- The key first: our clients send keys that rise with time, so a batch of commands writes neighbours.
    primary key (key, member_id)
) without rowid;
create index idempotency_by_age on idempotency (created_at);

-- The feed: one row per thing and scope. A change moves it to the head, a removal leaves a tombstone.
create table feed (
    scope text not null,
    kind text not null,
    id bigint not null,
    seq bigint not null,
    is_frame boolean not null,
    gone_at bigint,
    primary key (scope, kind, id)
) without rowid;
-- The last two columns are there so that a read of the feed never looks at the table itself.
create index feed_by_seq on feed (scope, seq, gone_at, is_frame);
-- A first read delivers the frame before everything else.
create index feed_frame on feed (scope, seq) where is_frame;
create index feed_gone on feed (gone_at) where gone_at is not null;
