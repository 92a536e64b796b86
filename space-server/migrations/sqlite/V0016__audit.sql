-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- The audit log: who did what that needs answering for. Each entry has a hash over itself and the one before.
create table audit (
    number integer not null primary key,
    at bigint not null,
    event text not null,
    actor text not null,
    subject text,
    detail text not null,
    -- Where it came from, with some chance beside it; forgotten after a while. The hash of both stays.
    source text,
    source_hash blob,
    hash blob not null
);
create index audit_by_source on audit (at) where source is not null;

-- Nothing but where an entry came from is ever changed, and nothing is removed.
create trigger audit_keeps_entries before update of number, at, event, actor, subject, detail, source_hash, hash on audit
begin
    select raise(abort, 'entries of the audit log are not changed');
end;
create trigger audit_drops_nothing before delete on audit
begin
    select raise(abort, 'entries of the audit log are not removed');
end;
