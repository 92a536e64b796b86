-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- The tags of a topic, as a JSON list; and which listed topics have a tag, latest activity first.
alter table topic add column tags text not null default '[]';
create table topic_tag (
    tag text not null, last_post_at integer not null, topic integer not null, primary key (tag, last_post_at, topic)
) strict, without rowid;

create trigger tags_come after insert on topic when new.is_listed and new.tags <> '[]' begin
    insert into topic_tag select value, new.last_post_at, new.id from json_each(new.tags);
end;
create trigger tags_go after delete on topic when old.is_listed and old.tags <> '[]' begin
    delete from topic_tag where tag in (select value from json_each(old.tags))
        and last_post_at = old.last_post_at and topic = old.id;
end;
create trigger tags_turn after update of tags, is_listed, last_post_at on topic
    when (old.tags <> '[]' or new.tags <> '[]')
        and (old.tags, old.is_listed, old.last_post_at) is not (new.tags, new.is_listed, new.last_post_at) begin
    delete from topic_tag where old.is_listed and tag in (select value from json_each(old.tags))
        and last_post_at = old.last_post_at and topic = old.id;
    insert into topic_tag select value, new.last_post_at, new.id from json_each(new.tags) where new.is_listed;
end;

-- The tags of an unfinished topic, with spaces between.
alter table draft add column tags text not null default '';
