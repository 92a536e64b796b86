-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- What a member wrote, newest first: their page lists it.
create index post_by_author on post (author_id, created_at, id);
