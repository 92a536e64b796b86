-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- Each page that is read leaves a piece of the index of words. Merging four of a size at a time took a quarter of a first
-- read; sixteen at a time are merged half as often, and a search looks through some more pieces.
insert into post_text (post_text, rank) values ('automerge', 16);
