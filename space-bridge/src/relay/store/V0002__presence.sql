-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- Until when the bridge was in a room, and up to where it heard the room, in the words of the network's adapter.
create table presence (
    network text not null,
    room text not null,
    until integer not null,
    mark text,
    primary key (network, room)
) without rowid;

-- What a room was told lately, for answers that name an author.
create index link_told on link (network, room, told_at) where told_at is not null;
