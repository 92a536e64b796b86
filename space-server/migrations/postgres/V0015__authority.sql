-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- Counts losses of rights: a revoked token, a block, a role. It moves no feed row, and other processes look at it.
alter table head add column rights bigint not null default 0;

-- Accounts that nobody may act as.
create table member_block (
    member_id bigint not null primary key references member (id),
    blocked_at bigint not null,
    reason text collate "C"
);

-- Whether a token was made by signing in: those have a bound of their own. Of earlier ones it is not known.
alter table token add column is_log_in boolean not null default false;

-- Networks from which a member has signed in: they go first when many others try.
create table known_network (
    member_id bigint not null references member (id),
    network text collate "C" not null,
    seen_at bigint not null,
    primary key (member_id, network)
);
create index known_network_by_age on known_network (seen_at);

-- What a waiting program asks for, and the network that it asked from, for the bound on each.
alter table device_login add column capabilities text collate "C";
alter table device_login add column network text collate "C";
create index device_login_by_network on device_login (network, created_at);
