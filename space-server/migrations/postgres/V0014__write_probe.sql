-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- While writes fail, a row goes here now and then, to see whether they get through again.
create table write_probe (
    id bigint not null primary key,
    filler bytea not null
);
