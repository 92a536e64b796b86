-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- What tells the space that this is a copy of from every other one that may answer at its address.
alter table space add column identity text;
