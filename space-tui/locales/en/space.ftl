# SPDX-FileCopyrightText: The Space authors
# SPDX-License-Identifier: MIT OR Apache-2.0

# Times. Short: they stand in columns.
when-now = now
when-minutes = { $count } min
when-hours = { $count } h
when-days = { $count } d

# Lists.
list-latest = Latest
list-unread = Unread
list-new = New
list-loading = One moment…
list-empty = There are no topics yet.
list-all-read = You have read everything.
topic-closed = closed
topic-archived = archived
topic-pinned = pinned

# Threads.
thread-new = new
thread-empty = There are no posts here yet.
thread-folded =
    { $count ->
        [one] one answer folded
       *[other] { $count } answers folded
    }
post-hidden = This post was hidden by moderators.
post-notice = Notice: { $about }
post-moderator = moderator
post-reply-to = in reply to { $author } { $id }
post-reply-to-id = in reply to { $id }
post-queued = queued
post-not-sent = not sent
post-refused = The server refused this: { $why }
post-edited = edited
post-spoiler = Spoiler:
post-spoiler-closed = spoiler: s shows it
post-picture = Picture: { $alt }
post-picture-untold = Picture, not described
post-broken = This post cannot be rendered; this is its text:
picture-too-large = the picture is too large
picture-unreadable = the picture cannot be read
picture-missing = the picture could not be loaded
picture-offline = the picture will be there once the server answers
post-wrote = { " wrote:" }

# Search.
search-prompt = Search:
search-title = Search: { $words }
search-count =
    { $count ->
        [one] { $count } post
       *[other] { $count } posts
    }
search-nothing = No post contains: { $words }

# Help and commands.
help-title = Keys
command-read-on = read on
command-read-on-help = Reads on: next page, then the next unread topic
command-open = open
command-open-help = Opens what you are on
command-back = back
command-back-help = Goes back
command-reply = reply
command-reply-help = Answers the post you are on, in your editor
command-peek = peek
command-peek-help = Shows what a post answers, over the thread
command-parent = answered post
command-parent-help = Goes to the post that this one answers
command-next-sibling = next answer
command-next-sibling-help = Goes to the next answer to the same post
command-previous-sibling = answer before
command-previous-sibling-help = Goes to the answer before, to the same post
command-links = links
command-links-help = Numbers the links on the screen; type a number to open one
command-tree = tree
command-tree-help = Puts answers below what they answer, or all by time
command-fold = fold
command-fold-help = Folds the answers below a post, or shows them again
command-reveal = reveal
command-reveal-help = Shows spoilers and folded parts of a post, or hides them
command-pictures = pictures
command-pictures-help = Loads the pictures of a post from other servers too
command-mini-map = strip
command-mini-map-help = Shows or hides the strip: ◀ you are here, ◆ yours, ┃ unread
command-next-unread = next unread
command-next-unread-help = Goes to the next topic with something unread
command-unread = unread/new
command-unread-help = Shows only unread topics, then only new ones, then all
command-search = search
command-search-help = Searches all posts
command-down = down
command-down-help = Down
command-up = up
command-up-help = Up
command-half-down = half a page down
command-half-down-help = Half a page down
command-half-up = half a page up
command-half-up-help = Half a page up
command-page-down = page down
command-page-down-help = A page down
command-page-up = page up
command-page-up-help = A page up
command-top = start
command-top-help = To the start
command-bottom = end
command-bottom-help = To the end
command-sync = sync
command-sync-help = Sends what waits and reads what is new, now
command-help = help
command-help-help = Shows or hides these keys
command-suspend = suspend
command-suspend-help = Stops until the shell continues it
command-quit = quit
command-quit-help = Quits
disabled-guest = To reply, sign in first: space login
disabled-loading = One moment: the topic is still being read
disabled-archived = This topic is archived: nothing in it can change any more
disabled-closed = This topic is closed: nobody may reply any more
disabled-unsent = This reply is not sent yet; it can be answered once it is
disabled-empty = There is nothing to open
disabled-no-parent = This post answers no other
disabled-no-sibling = There is no other answer there
disabled-no-fold = Nothing can be folded here; t shows the thread as a tree
disabled-no-links = There are no links on the screen
disabled-root = This is the first screen

# Notices.
notice-queued = Your reply is queued, and is sent as soon as the server answers.
notice-sent = Your reply is sent.
notice-refused = The server refused something that you wrote; see: space outbox
notice-cancelled = Nothing was written, so nothing is sent.
notice-editor = Your editor failed: { $detail }
notice-not-written = This could not be written down: { $detail }
notice-failed = This could not be read: { $detail }
notice-all-read = You have read everything.
notice-opened = Opened: { $detail }
notice-copied = There is no browser here; copied instead: { $detail }
notice-links = Number of the link:
notice-not-here = This is not in your copy of the space.
notice-no-such-link = There is no link of that number.
notice-syncing = Asking the server…

# Status.
status-guest = guest
status-online = online
status-offline = offline
status-syncing = syncing
status-signed-out = signed out
status-failed = sync failed
status-queued = { $count } queued
status-refused = { $count } refused
status-unread = { $count } unread
too-small = Space needs a terminal of at least { $columns } columns and { $rows } rows.

# The editor.
editor-context =
    Write above the line with the scissors. Nothing below it is sent.
    An empty text sends nothing.

    Topic: { $title }
editor-wrote = { $author } wrote:

# Commands: what they print.
login-name = Name:
login-password = Password:
login-label = space in a terminal
login-guest = You read { $space } as a guest.
login-done = You are signed in to { $space } as { $name }.
logout-done = You are signed out of { $server }; its local copy is removed.
logout-token-lives = { $server } did not answer, so the token stays valid there. Revoke it from another session.
sync-progress = { $rows } rows…
sync-done =
    Up to date: { $rows ->
        [one] { $rows } change
       *[other] { $rows } changes
    } read, { $sent } sent.
sync-refused =
    { $count ->
        [one] One thing was refused; see: space outbox
       *[other] { $count } things were refused; see: space outbox
    }
topics-new = new
reply-sent = Sent as { $id }.
reply-queued = Queued as { $id }. It will be sent as soon as the server answers.
outbox-empty = Everything is sent.
outbox-queued = { $id } is queued again.
outbox-discarded = { $id } is thrown away.
outbox-state-queued = queued
outbox-state-sending = sending
outbox-state-held = held
outbox-state-refused = refused
outbox-start = new topic: { $title }
outbox-reply = reply in { $id }
outbox-edit = edit of { $id }
outbox-delete = removal of { $id }
outbox-read = read mark of { $id }
whoami-member = Member
whoami-server = Server
whoami-space = Space
whoami-profile = Profile
whoami-copy = Local copy
whoami-counts = { $topics } topics, { $posts } posts
whoami-unread = To read
whoami-attention = { $unread } unread, { $new } new topics
whoami-outbox = Outbox
whoami-waiting = { $queued } queued, { $refused } refused

# Failures: what failed.
failure = Error: { $what }
failure-because = because: { $why }
failure-hint = Hint: { $hint }
fail-profile = the profile cannot be used
fail-no-profile = there is no profile "{ $name }" yet
fail-other-profile = the profile "{ $name }" belongs to { $member } at { $server }
fail-no-token = there is no token for { $name }
fail-guest = guests can read, but not write
fail-replica = the local copy cannot be used
fail-empty = nothing was read from the server yet
fail-outbox = the outbox cannot do that
fail-server = the server cannot be used
fail-sync = syncing failed
fail-watch = following the feed failed
fail-login = signing in failed
fail-ask = no answer was given
fail-file = { $file } cannot be read
fail-text = this cannot be posted
fail-editor = the editor failed
fail-refused = the server refused it: { $why }
fail-unsent =
    { $count ->
        [one] one thing was written and not sent yet
       *[other] { $count } things were written and not sent yet
    }
fail-no-category = there is no category "{ $slug }" here
fail-not-found = there is no topic or post #{ $id } in the local copy
fail-no-terminal = the screen needs a terminal
fail-screen = the screen failed
fail-no-words = there is nothing to look for
fail-no-text = there is no text to post, and no terminal to write it on
fail-no-password = the first line of the password file is empty
fail-nobody-to-ask = there is no terminal to ask on
why-nobody-there = nothing answers at { $server }
why-no-such-name = the name in { $server } leads to no server, or the network is down
why-timed-out = { $server } did not answer in time
why-unreachable = { $server } cannot be reached ({ $why })

# What to try.
hint-login = sign in with: space login SERVER --name NAME
hint-first-login = begin with: space login SERVER (or space login --guest SERVER to read only)
hint-offline = check the network, then try again; reading and writing work without the server
hint-plain-http = use https://, or --allow-plain-http on a network that you trust
hint-other-profile = use another one: --profile NAME, or sign out of this one first: space logout
hint-sync = read what is new with: space sync
hint-unsent = send it with: space sync; or throw it away with: space logout --discard-unsent
hint-refused = look at it with: space outbox; then: space outbox retry { $id }, or: space outbox discard { $id }
hint-no-terminal = for scripts there are commands such as: space topics --json
hint-no-words = give at least one word: space search WORDS
hint-no-text = give it as an argument, or with --file FILE (- for the standard input)
hint-nobody-to-ask = give --name NAME, and --password-file FILE (- for the standard input)
hint-address = give the whole address: { $server }
hint-categories = there are: { $slugs }

# The command line.
cli = Reads and writes in a Space community, offline too
cli-long =
    Without a command it opens the screen; press ? there to see its keys.

    Everything is read from a local copy, which "space sync" and the screen keep up to date. What you
    write while the server does not answer is queued and sent later, exactly once.

    Every command that reads has --json: one document, or one a line. Field names are stable; ids are
    numbers, times are milliseconds since 1970 (UTC); ids come with the names that they stand for.
cli-profile = Profile to use: a server, who you are there, and its local copy
cli-color = When to use colours; NO_COLOR is respected
cli-data-dir = Folder of the local copies and tokens
cli-config-dir = Folder of the profiles
cli-exit = Exit codes:
cli-exit-failed = failed
cli-exit-usage = the command line makes no sense
cli-exit-denied = not signed in, or not allowed
cli-exit-not-found = no such thing
cli-exit-offline = the server is needed and does not answer
cli-tui = Opens the screen (the same as no command)
cli-login = Signs in to a server, and makes a local copy of what you may read
cli-login-long = The token is kept in a file that only you can read. With --guest you read what is open to everyone, without an account.
cli-login-server = Address of the server, such as https://space.example.org
cli-login-name = Your name there; asked for when absent
cli-login-password-file = File with the password in its first line, - for the standard input; asked for, without showing it, when absent
cli-login-guest = Read without an account
cli-login-allow-plain-http = Allow http:// to another machine: everything, the token too, travels unencrypted
cli-logout = Signs out: ends the token, and removes the local copy
cli-logout-discard-unsent = Sign out even if something is not sent yet; it is lost
cli-sync = Sends what waits, and reads what is new
cli-topics = Lists topics, latest activity first
cli-topics-category = Only this category and those below it
cli-topics-limit = How many at most
cli-topics-unread = Only topics that you have read before and that have newer posts
cli-topics-new = Only topics that you have never opened
cli-topics-json = Print one JSON document a line
cli-read = Prints a topic
cli-read-target = Number of a topic, or of a post to begin at
cli-read-from = Place in the topic to begin at: 1 is its first post
cli-read-json = Print one JSON document: the topic and its posts
cli-reply = Replies to a topic or a post
cli-reply-long = The reply is queued, and sent at once when the server answers; otherwise it says so, and the reply is sent with the next sync. Without TEXT and --file, $VISUAL or $EDITOR opens.
cli-reply-target = Number of the topic or post
cli-reply-text = What to say, in CommonMark
cli-reply-file = File with the text; - for the standard input
cli-reply-json = Print what became of it as JSON
cli-start = Starts a topic
cli-start-long = It is queued, and sent at once when the server answers. Without TEXT and --file, $VISUAL or $EDITOR opens.
cli-start-category = Short name of the category
cli-start-text = The first post, in CommonMark
cli-start-title = What it is about
cli-start-file = File with the first post; - for the standard input
cli-start-json = Print what became of it as JSON
cli-search = Finds posts, newest first
cli-search-long = All words must be there; the last one may be the beginning of a word. "quoted phrases" and -words that must not be there work too; put -- before such words.
cli-search-words = What to look for
cli-search-limit = How many at most
cli-search-json = Print one JSON document a line
cli-outbox = Lists what was written and is not on the server yet
cli-outbox-json = Print one JSON document a line
cli-outbox-retry = Queues something refused again
cli-outbox-retry-number = Its number in the list
cli-outbox-discard = Throws something away
cli-outbox-discard-number = Its number in the list
cli-watch = Follows what happens: a line for every new post
cli-watch-json = Print every row of the feed as JSON, one a line
cli-whoami = Says who you are, and how things stand
cli-whoami-json = Print one JSON document
cli-completion = Prints completions for a shell
cli-completion-shell = Which shell
