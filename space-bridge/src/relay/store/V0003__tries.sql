-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- How often a network did not pass on what it was to say.
alter table operation add column tries integer not null default 0;
