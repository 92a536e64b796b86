-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- One value each: of which server this is, up to where its feed was read, which numbers were given out.
create table note (name text primary key, value text not null) without rowid;

-- What posts refer to, as the feed has it.
create table thing (
    kind text not null,
    id integer not null,
    scope text not null,
    slug text,
    body text not null,
    primary key (kind, id)
) without rowid;
create index thing_slug on thing (slug) where slug is not null;

-- Posts that were read and not looked at yet; without a body they are gone from the scope.
create table waiting (id integer primary key, scope text not null, body text);

-- Since when a category is mirrored in a room: posts up to this number were there before.
create table begun (
    network text not null,
    room text not null,
    category integer not null,
    last_post integer not null,
    at integer not null,
    primary key (network, room, category)
) without rowid;

-- Which post is known in which room.
create table link (
    post integer not null,
    network text not null,
    room text not null,
    topic integer not null,
    author integer not null,
    reply_to integer,
    number integer not null,
    is_moderator integer not null,
    scope text not null,
    state text not null,
    revision integer not null,
    source text not null,
    told_at integer,
    primary key (post, network, room)
) without rowid;

-- What the network calls the messages that told a post.
create table remote (
    network text not null,
    room text not null,
    remote_id text not null,
    post integer not null,
    part integer not null,
    primary key (network, room, remote_id)
) without rowid;
create index remote_post on remote (post, network, room);

-- What is to be said, until it is certain that it was.
create table operation (
    id integer primary key,
    network text not null,
    place text not null,
    is_person integer not null,
    lane text not null,
    what text not null,
    progress text,
    created_at integer not null,
    expires_at integer
);

-- What the server is to be asked, until it has answered.
create table job (
    id integer primary key,
    key text not null,
    network text not null,
    remote text not null,
    nick text not null,
    task text not null,
    created_at integer not null,
    tries integer not null,
    not_before integer not null,
    has_told integer not null
);

-- People of other networks: who they are here, what they were asked, what waits for their answer.
create table person (
    network text not null,
    remote text not null,
    visitor integer,
    asked integer,
    pending text,
    primary key (network, remote)
) without rowid;

-- Messages that were taken in, by the names that their network gives them.
create table heard (
    network text not null,
    place text not null,
    remote_id text not null,
    at integer not null,
    primary key (network, place, remote_id)
) without rowid;
create index heard_at on heard (at);

-- How it is with each network and room, for whoever asks.
create table condition (
    network text not null,
    room text not null,
    word text not null,
    detail text not null,
    at integer not null,
    primary key (network, room)
) without rowid;
