-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- How many listed topics of a category are unread (1) or new (2). The tree of categories shows these numbers after every
-- mark; counting them off the index took 10 ms each time in a copy of a million posts.
create table waiting (
    category integer not null, state integer not null, topics integer not null, primary key (category, state)
) strict, without rowid;
insert into waiting select category, state, count(*) from topic where is_listed and state > 0 group by category, state;

create trigger waiting_comes after insert on topic when new.is_listed and new.state > 0 begin
    insert into waiting values (new.category, new.state, 1)
        on conflict (category, state) do update set topics = topics + 1;
end;
create trigger waiting_goes after delete on topic when old.is_listed and old.state > 0 begin
    update waiting set topics = topics - 1 where category = old.category and state = old.state;
end;
create trigger waiting_turns after update of category, state, is_listed on topic
    when (old.category, old.state, old.is_listed) is not (new.category, new.state, new.is_listed) begin
    update waiting set topics = topics - 1
        where old.is_listed and old.state > 0 and category = old.category and state = old.state;
    insert into waiting select new.category, new.state, 1 where new.is_listed and new.state > 0
        on conflict (category, state) do update set topics = topics + 1;
end;
