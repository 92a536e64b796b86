-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- Whether a category is or was closed: what is written in it is numbered by the time, since counted numbers would tell
-- everybody how much is written there. It stays so when the category is opened, so that later posts have higher numbers.
alter table category add column was_closed boolean not null default false;
update category set was_closed = true where not exists
    (select 1 from category_access a where a.category_id = category.id and a.audience = 'everyone');
