-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- V0007 gave the space an identity and left its row of the feed where it was: who had read beyond it never learned of it.
update head set seq = seq + 1 where exists (select 1 from feed where kind = 'space');
update feed set seq = (select max(seq) from head) where kind = 'space';
