-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- To which bridge a network belongs: that bot alone acts for people who come from there.
create table bridge_network (
    network text collate "C" not null primary key,
    bridge_id bigint not null references member (id),
    bound_at bigint not null
);

-- Until now any bridge acted for everybody. Where there is one bridge only, the networks are its own; where there are
-- several, the first that acts for people of a network gets it.
insert into bridge_network (network, bridge_id, bound_at)
select v.network, b.bridge_id, min(v.met_at)
from visitor v cross join (
    select min(m.id) as bridge_id from member m
    where m.kind = 'bot' and exists (
        select 1 from token t where t.member_id = m.id
            and (t.capabilities like '%relay:write%' or t.capabilities like '%report:create%'))
    having count(*) = 1
) b
group by v.network, b.bridge_id;

-- What visitors of whom everybody has heard call themselves now. It is shown with their next post: shown at once, it would
-- tell when they came to report something.
alter table visitor add column calls_themselves text collate "C";

-- A visitor of whom nobody has heard keeps no name from others: a number in the next name would tell that there is one.
update member set name = name || '_' || cast(id as text), folded_name = folded_name || '_' || cast(id as text)
where length(name) <= 45 and id in (select member_id from visitor where published_at is null);
