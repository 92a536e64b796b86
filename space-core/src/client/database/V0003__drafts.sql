-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- What else belongs to an unfinished text: its language, the category chosen for a new topic, and the revision and the
-- text that an edit was begun from.
alter table draft add column language text;
alter table draft add column category integer;
alter table draft add column revision integer;
alter table draft add column base text;
