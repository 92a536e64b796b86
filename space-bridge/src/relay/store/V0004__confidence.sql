-- SPDX-FileCopyrightText: The Space authors
-- SPDX-License-Identifier: MIT OR Apache-2.0

-- Private messages are known by a hash from now on: a name beside a time told who had written to the bridge.
delete from heard where substr(place, 1, 1) not in ('#', '&', '+', '!');
