-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- The audit log: who did what that needs answering for. Each entry has a hash over itself and the one before.
create table audit (
    number bigint not null primary key,
    at bigint not null,
    event text collate "C" not null,
    actor text collate "C" not null,
    subject text collate "C",
    detail text collate "C" not null,
    -- Where it came from, with some chance beside it; forgotten after a while. The hash of both stays.
    source text collate "C",
    source_hash bytea,
    hash bytea not null
);
create index audit_by_source on audit (at) where source is not null;

-- Nothing but where an entry came from is ever changed, and nothing is removed.
create function audit_stays() returns trigger language plpgsql as $$
begin
    raise exception 'entries of the audit log are neither changed nor removed';
end
$$;
create trigger audit_keeps_entries before update of number, at, event, actor, subject, detail, source_hash, hash on audit
    for each row execute function audit_stays();
create trigger audit_drops_nothing before delete on audit for each row execute function audit_stays();
