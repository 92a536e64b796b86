-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- Cases are numbered by chance, so they stand in the order in which they were opened.
drop index moderation_case_by_state;
create index moderation_case_by_state on moderation_case (state, opened_at, id);

-- Pages leave out who began a topic, or wrote in it last, when that post is hidden.
create index post_hidden on post (topic_id) where is_hidden;
