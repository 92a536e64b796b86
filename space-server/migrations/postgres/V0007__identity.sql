-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- Tells this space from every other, whatever its name and address. Copies of it learn it with the row of the space: those
-- from before know it once that row moves, or they read everything again.
alter table space add column identity text collate "C";
update space set identity = replace(cast(gen_random_uuid() as text), '-', '');
