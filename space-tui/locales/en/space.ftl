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
notice-syncing = Asking the server…

# Status.
status-guest = guest
status-online = online
status-offline = offline
status-syncing = syncing
status-keyring = waiting for the keyring
status-plain-token = token unencrypted
status-plain-token-short = plain
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
login-kept-keyring = Your token is in the keyring of this system.
login-kept-file = Your token is in a file that only you can read; it is not encrypted.
login-kept-nowhere = Your token stays where it is; nothing keeps it here.
login-device-page = To sign in to { $space }, open this page in any browser, on any machine:
login-device-code = and enter this code there:
login-device-waits = It is good for { $minutes } minutes; Ctrl-C gives up. Waiting for your answer…
login-interrupted = Given up; nothing was changed.
keyring-waits = Waiting for your keyring: it may be asking for a password on your desktop. Ctrl-C gives up.
auth-token = Token
auth-no-token = none
auth-server-says = Server says
auth-accepted = the token is valid
auth-not-accepted = the token is not valid (any more)
auth-other-member = the token is somebody else's
auth-unknown = nothing: it did not answer
auth-others = Other places, in the order in which they are looked at:
auth-other = { "  " }{ $place }: { $state }
auth-place-variable = SPACE_TOKEN
auth-place-variable-file = SPACE_TOKEN_FILE, { $at }
auth-place-descriptor = --token-fd { $at }
auth-place-command = token_command, { $at }
auth-place-plain-file = an unencrypted file, { $at }
auth-place-keyring = the keyring of this system
auth-state-used = in use
auth-state-unused = has a token, and is not used
auth-state-empty = has none
auth-state-not-asked = was not asked
auth-state-refused = cannot be used: { $why }
auth-fix-login = Sign in again: space --profile { $profile } login { $server }
auth-fix-other = Leave out what gives this token, or sign in as its member in a profile of their own.
auth-fix-keyring = Start or unlock the keyring (such as gnome-keyring-daemon --unlock), then look again; or sign in again with --insecure-storage: space --profile { $profile } login { $server } --insecure-storage
auth-fix-plain = The token lies there unencrypted. Signing in again moves it into the keyring: space --profile { $profile } login { $server }
auth-fix-plain-no-keyring = The token lies there unencrypted, and there is no keyring to move it to. Once there is, sign in again: space --profile { $profile } login { $server }
auth-switched = The profile { $name } is used from now on when none is named.
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
fail-other-token = the token that was given is { $found }'s, and this local copy is { $name }'s
fail-no-keyring = this machine has no keyring that could keep your token
fail-given-token = the token that was given cannot be used
why-device-denied = it was denied on the page
why-device-expired = nobody answered in time
why-no-device = this server does not know how to sign in with a code
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
hint-login = sign in with: space login SERVER
hint-auth-status = see where tokens are looked for with: space auth status
hint-device = start again with the same command
hint-password = sign in with a password: add --password
hint-no-keyring = to keep it in a file that only you can read, unencrypted, add --insecure-storage; or give a token with SPACE_TOKEN
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
cli-profile = Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"
cli-color = When to use colours; NO_COLOR is respected
cli-data-dir = Folder of the local copies and tokens
cli-config-dir = Folder of the profiles
cli-token-fd = Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE
cli-exit = Exit codes:
cli-exit-failed = failed
cli-exit-usage = the command line makes no sense
cli-exit-denied = not signed in, or not allowed
cli-exit-not-found = no such thing
cli-exit-offline = the server is needed and does not answer
cli-tui = Opens the screen (the same as no command)
cli-login = Signs in to a server, and makes a local copy of what you may read
cli-login-long =
    On a terminal it shows a code, which you type into a page of the server in any browser, on any machine; so it works
    over SSH, and no password comes near this program. With --password or --name it asks for a password instead.

    The token is kept in the keyring of the system. Where there is none, --insecure-storage keeps it in a file that only
    you can read, without encryption. With --guest you read what is open to everyone, without an account.
cli-login-server = Address of the server, such as https://space.example.org
cli-login-name = Your name there; asked for when absent
cli-login-password = Ask for a name and a password instead of showing a code
cli-login-insecure-storage = Keep the token in a file that only you can read, without encryption, instead of the keyring
cli-login-password-file = File with the password in its first line, - for the standard input; asked for, without showing it, when absent
cli-login-guest = Read without an account
cli-login-allow-plain-http = Allow http:// to another machine: everything, the token too, travels unencrypted
cli-logout = Signs out: ends the token, and removes the local copy
cli-logout-discard-unsent = Sign out even if something is not sent yet; it is lost
cli-auth = Shows and changes who you are: profiles, and where their tokens are
cli-auth-long =
    A token is looked for in this order: SPACE_TOKEN; SPACE_TOKEN_FILE; --token-fd; the command in SPACE_TOKEN_COMMAND or in
    the configuration's token_command, which prints it; a file that was asked for with --insecure-storage; the keyring of
    the system (SPACE_KEYRING=off leaves it alone). One that is given for a run is used for that run and kept nowhere.
cli-auth-status = Says where the token of the profile is, why it is not elsewhere, and what to do
cli-auth-status-json = Print one JSON document
cli-auth-list = Lists the profiles
cli-auth-list-json = Print one JSON document
cli-auth-switch = Uses another profile from now on when none is named
cli-auth-switch-name = The profile
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
