# SPDX-FileCopyrightText: The Space authors
# SPDX-License-Identifier: MIT OR Apache-2.0

# Times. Short: they stand in columns.
when-now = now
when-minutes = { $count } min
when-hours = { $count } h
when-days = { $count } d
when-day-month = { $day } { $month }
when-month-year = { $month } { $year }
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

# Lists.
list-latest = Latest
list-unread = Unread
list-new = New
list-top = Most liked
list-loading = One moment…
list-empty = There are no topics yet.
tags-none = No topic here has a tag.
list-all-read = You have read everything.
topic-closed = closed
topic-archived = archived
topic-pinned = pinned

# Threads.
thread-new = new
thread-missing =
    { $count ->
        [one] One post of this topic is not here yet.
       *[other] { $count } posts of this topic are not here yet.
    }
thread-below = { $count } unread
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
post-reply-to-author = in reply to { $author }
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
search-begin = Type what to look for. All words must be there; these narrow down:
search-nothing = No post contains: { $words }
search-wrong-near = Did you mean { $near }?
search-wrong-operator = { $operator } is no operator.
search-wrong-value = { $operator } takes one of: { $known }.
search-wrong-missing = { $operator } needs something after it, such as { $example }.
search-wrong-date = { $value } is no date. Write 2020-02-01, 2020-02, 2020, today, or how long ago: 3d, 2w, 6m, 1y.
search-wrong-language = { $value } is no language. Write a tag such as en, pt-BR or zh-Hant.
search-wrong-minus = A minus cannot stand before { $operator }.
search-wrong-long = That is too long for a search: at most { $most } words and operators.
search-wrong-only-excluded = Say what to look for, not only what to leave out.
search-wrong-author = Nobody here is called { $name }.
search-wrong-category = There is no category { $name } here.
search-wrong-tag = { $value } is no tag. One has letters, digits, -, _, . and +.
search-wrong-no-tag = No topic here has the tag { $name }.
search-hint = @author  #category  before:2020-02  after:2w  in:title  is:unread

# Help and commands.
layer-choose = choose
layer-move = move
layer-leave = leave
picker-hint = some letters of its name
help-title = Keys
help-filter = type to show only some
palette-title = Commands
palette-nothing = No command is called that.
jump-title = Go to
jump-nothing = Nothing is called that.
jump-category = category
jump-topic = topic
jump-member = member
which-more = { $count } more…
confirm-title = Sure?
confirm-yes = yes
confirm-how = y or Enter: yes · any other key: no
confirm-type = Type { $word } and press Enter:
confirm-left = Nothing was done.
confirm-catch-up =
    { $count ->
        [one] Mark one topic as read? You can take it back with undo.
       *[other] Mark { $count } topics as read? You can take it back with undo.
    }
pane-list = Topics
pane-thread = Thread
pane-tree = Places
command-read-on = read on
command-read-on-help = Reads on: next page, then the next unread topic
command-open = open
command-open-help = Opens what you are on
command-back = back
command-back-help = Goes back
command-reply = reply
command-reply-help = Answers the post you are on
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
command-nested = tree
command-nested-help = Puts answers below what they answer, or all by time
command-fold-answers = fold
command-fold-answers-help = Folds the answers below a post, or shows them again
command-reveal = reveal
command-reveal-help = Shows spoilers and folded parts of a post, or hides them
command-pictures = pictures
command-pictures-help = Loads the pictures of a post from other servers too
command-mini-map = strip
command-mini-map-help = Shows or hides the strip: ◀ you are here, ◆ yours, ┃ unread
command-next-unread = next unread
command-next-unread-help = Goes to the next topic with something unread
command-latest = latest
command-latest-help = Shows all topics, latest activity first
command-unread = unread
command-unread-help = Shows topics with posts that you have not read
command-new = new
command-new-help = Shows topics that you have never opened
command-liked = most liked
command-liked-help = Shows all topics, most liked first
command-switch-pane = places
command-switch-pane-help = Goes to the tree of lists and categories, and back
command-zoom = alone
command-zoom-help = Shows what you read alone in the window, or what stands beside it again
command-fold-category = fold
command-fold-category-help = Hides or shows what is below a category
command-mark-read = mark read
command-mark-read-help = Marks what you are on as read: a topic, or a category
command-mark-category = mark category read
command-mark-category-help = Marks the category that you are in as read
command-catch-up = catch up
command-catch-up-help = Marks everything as read
command-mark-unread = mark unread
command-mark-unread-help = Marks as unread from the post that you are on
command-undo = undo
command-undo-help = Takes the last marks back
command-jump = go to…
command-jump-help = Goes anywhere by some letters of its name
command-jump-back = back to
command-jump-back-help = Goes back to the place you came from
command-jump-forward = forward to
command-jump-forward-help = Goes forward again
command-palette = commands
command-palette-help = Finds a command by its name
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
disabled-no-marks = Guests have no read marks: sign in first: space login
disabled-no-undo = There is nothing to take back
disabled-zoom = What you read has the whole window already

# Writing.
topic-draft = draft
pane-compose = Your text
compose-reply = Reply · { $title }
compose-reply-to = Reply to { $author } · { $title }
compose-topic = New topic
compose-edit = Edit · { $title }
compose-waiting = Not sent yet · { $title }
compose-preview = Preview
compose-aside = Ctrl-t goes to the text
compose-title = Title:
compose-category = Category:
compose-no-category = not chosen yet
compose-category-stays = Only a new topic has a category to choose.
compose-no-language = An edit stays in the language of its post.
compose-no-tags = Only a new topic gets its tags here; those of another are changed where it is read.
compose-length = { $count } of { $most }
compose-too-long =
    { $count ->
        [one] one character too many
       *[other] { $count } characters too many
    }
compose-kept = kept
compose-not-kept = …
compose-nothing-new = nothing new
compose-sending = queueing…
compose-empty = There is nothing to send yet.
compose-unfit = This cannot be sent: { $detail }
compose-closed = Your text is kept; g d lists what is unfinished.
compose-thrown = Thrown away. Undo takes it back.
compose-edited = The text comes from your editor now; it is not sent yet.
compose-taken-up = This is what you wrote before.
compose-set-aside = Another text that was begun here is kept in { $detail }
unkept = This could not be kept, and is nowhere else:
choose-category = In which category?
choose-language = In which language?
choose-nothing = Nothing is called that.
quote-title = What to quote
quote-all = The whole post
drafts-title = Unfinished texts
drafts-empty = Nothing is unfinished.
drafts-topic = New topic · { $title }
outbox-title = Not sent yet
outbox-state-conflict = changed by others
outbox-why-conflict = Somebody else changed this post since you began. Enter shows both.
outbox-why-held = This was written long ago; retry sends it all the same.
outbox-state-waits = waits
outbox-why-waits = { $why }; it is sent at { $time } UTC.
outbox-removal = Removal · { $title }
outbox-tags = Tags · { $title }
outbox-report = Report · { $title }
outbox-other = Read mark · { $title }
outbox-no-text = This has no text to change.
outbox-retried = It is queued again.
outbox-on-its-way = This is on its way to the server, and can no longer be changed.
outbox-thrown =
    { $count ->
        [one] Thrown away. Undo takes it back.
       *[other] { $count } things that belong together are thrown away. Undo takes them back.
    }
conflict-title = Two edits of one post
conflict-base = Before
conflict-theirs = Theirs
conflict-mine = Yours
conflict-no-base = (not kept)
conflict-clean = Merged: both edits in one
conflict-merged =
    { $count ->
        [one] Merged; one place is left for you to decide
       *[other] Merged; { $count } places are left for you to decide
    }
command-start-topic = start topic
command-start-topic-help = Starts a topic in the category that you are in
command-edit = edit
command-edit-help = Edits your post, also one that is not sent yet
command-quote = quote
command-quote-help = Quotes the post that you are on, or some of its paragraphs
command-outbox = outbox
command-outbox-help = Shows what waits to be sent, and what was refused
command-drafts = drafts
command-drafts-help = Shows what you began to write and did not send
command-switch-text = text or thread
command-switch-text-help = Goes to the text, and back
command-send = send
command-send-help = Sends the text; Alt-Enter too, and Ctrl-Enter where the terminal can tell it
command-editor = editor
command-editor-help = Goes on with the text in $VISUAL or $EDITOR
command-close = close
command-close-help = Closes the pane; the text is kept
command-throw-draft = throw away
command-throw-draft-help = Closes the pane and throws the text away; undo brings it back
command-preview = preview
command-preview-help = Shows the text as others will see it, or goes on writing
command-language = language
command-language-help = Says in which language the text is
command-tags = tags
command-tags-help = Gives the new topic its tags
command-category = category
command-category-help = Chooses the category of a new topic
command-write-palette = commands
command-write-palette-help = Finds a command by its name
command-write-help = help
command-write-help-help = Shows these keys
command-write-quote = quote
command-write-quote-help = Quotes the post that you are on in the thread
command-undo-text = undo
command-undo-text-help = Takes back the last change of the text
command-redo-text = redo
command-redo-text-help = Does again what was taken back
command-thread-down = thread down
command-thread-down-help = Moves the thread down while you write
command-thread-up = thread up
command-thread-up-help = Moves the thread up while you write
command-thread-page-down = thread page down
command-thread-page-down-help = Moves the thread down by a page while you write
command-thread-page-up = thread page up
command-thread-page-up-help = Moves the thread up by a page while you write
command-retry = retry
command-retry-help = Sends it again, now
command-throw = throw away
command-throw-help = Throws it away; undo brings it back
command-take-merged = send merged
command-take-merged-help = Sends both edits in one; where they cannot be, opens the text
command-edit-merged = edit merged
command-edit-merged-help = Opens the merged text, to change and send it
command-take-mine = send yours
command-take-mine-help = Sends your text in the place of theirs
command-take-theirs = keep theirs
command-take-theirs-help = Leaves theirs, and throws your edit away; undo brings it back
disabled-no-text = No text is open
disabled-no-thread = There is no post here
disabled-not-yours = Only your own posts can be edited
disabled-no-jump = There is no place to go to

# Notices.
notice-queued = Your text is queued, and is sent as soon as the server answers.
notice-sent = Your reply is sent.
notice-refused = The server refused something that you wrote; g o shows it.
notice-cancelled = Nothing was written, so nothing is sent.
notice-editor = Your editor failed: { $detail }
notice-not-written = This could not be written down: { $detail }
notice-failed = This could not be read: { $detail }
notice-all-read = You have read everything.
notice-opened = Opened: { $detail }
notice-copied = There is no browser here; copied instead: { $detail }
notice-links = Number of the link:
notice-not-here = This is not in your copy of the space, and could not be fetched.
notice-no-such-link = There is no link of that number.
notice-next-category = Next category: { $detail }
notice-marked =
    { $count ->
        [one] Marked as read. Undo takes it back.
       *[other] { $count } topics are marked as read. Undo takes it back.
    }
notice-marked-already = It was read already.
notice-marked-unread = Marked as unread. Undo takes it back.
notice-undone-read = Taken back: “{ $detail }” is no longer marked as read.
notice-undone-unread = Taken back: “{ $detail }” is no longer marked as unread.
notice-undone-category = Taken back: what was unread in { $detail } is unread again.
notice-undone-everything = Taken back: what was unread before is unread again.
notice-undone-bookmark = Taken back: the bookmark in “{ $detail }” is gone again.
notice-undone-no-bookmark = Taken back: the bookmark in “{ $detail }” is there again.
notice-undone-note = Taken back: the bookmark in “{ $detail }” has the note of before.
notice-undone-draft = Taken back: the text that you threw away is kept again; g d lists it.
notice-undone-outbox = Taken back: what you threw away is in the outbox again; g o shows it.
notice-pasted = Pasted text is ignored here; open something to write in first.
notice-syncing = Asking the server…
notice-no-shell = There is no shell here that could let it go on again.

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
banner-other-space = Another space is at this address now: what you wrote waits here and is not sent to it
banner-other-profile = This profile was signed in as somebody else: quit and open it again
offline-banner = The server cannot be reached
offline-synced = last up to date: { $when }
offline-queued =
    { $count ->
        [one] { $count } thing waits to be sent
       *[other] { $count } things wait to be sent
    }
offline-works = reading and writing go on
status-reading = { $rows } rows
status-reading-of = { $rows } of about { $expected } rows
status-left = { $seconds } s left
status-rate = { $rate } rows/s
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
password-now = Present password:
password-new = New password:
password-again = New password once more:
password-done = Your password is changed.
password-signed-out =
    { $count ->
        [one] One other log-in or token ended.
       *[other] { $count } other log-ins and tokens ended.
    }
password-others-stay = Other log-ins and tokens stay valid; `space sessions --end-others` ends them.
sessions-ended =
    { $count ->
        [one] One log-in or token ended.
       *[other] { $count } log-ins and tokens ended.
    }
sessions-ends = ends { $date }
sessions-lasts = lasts until it is ended
sessions-current = this one
sync-done =
    Up to date: { $rows ->
        [one] { $rows } change
       *[other] { $rows } changes
    } read, { $sent } sent.
sync-window = This copy goes back: { $window }. For more: space sync --window whole
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
outbox-tag = tags of { $id }: { $tags }
outbox-report-of = report of { $id }
outbox-read = read mark of { $id }
outbox-catch-up = everything read until then
outbox-bookmark = bookmark in { $id }
outbox-unbookmark = no more bookmark in { $id }
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
fail-other-space = the profile "{ $name }" has the copy of another space than "{ $space }", which is at this address now
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
fail-file-write = { $file } cannot be written
fail-file = { $file } cannot be read
fail-text = this cannot be posted
fail-tags = these cannot be the tags of a topic
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
fail-output = the output cannot be written
fail-dumb-terminal = the screen cannot work on this terminal (TERM={ $term }): it moves no cursor
hint-dumb-terminal = these commands work here: space topics, space read ID, space search WORDS, space reply ID TEXT
fail-not-shown = the server shows no topic or post #{ $id } to you
fail-outside-window = #{ $id } lies outside the window of this copy ({ $window }), and the server cannot be asked
hint-outside-window = repeat it online; or keep more here: space sync --window whole
read-missing =
    { $count ->
        [one] One post of this topic is not in this copy, which goes back: { $window }
       *[other] { $count } posts of this topic are not in this copy, which goes back: { $window }
    }
read-missing-why = They could not be fetched: { $why }
copy-read-only = This copy can only be read: { $why }. Nothing new is kept: no posts from the server, no drafts, no marks
why-disk-full = the disk is full: { $folder }
why-disk-read-only = the file system is read-only: { $folder }
why-not-writable = the folder, or a file in it, cannot be written: { $folder }
why-copy-busy = another program is writing there: { $folder }
why-copy-newer = a newer version of space wrote the local copy: { $folder }
hint-disk-full = make room on that disk; nothing here has to be removed
hint-disk-read-only = mount it for writing; or set SPACE_DATA_DIR to another folder and log in there
hint-not-writable = make it yours to write: chmod -R u+rwX { $folder }
hint-copy-busy = wait for the other program, or end it, and repeat this
hint-copy-newer = use that version, or a later one; nothing here has to be removed
text-kept = your text is kept in { $file }
sync-set-aside =
    { $count ->
        [one] One row from the server could not be read and is set aside; see: space doctor
       *[other] { $count } rows from the server could not be read and are set aside; see: space doctor
    }
sync-not-wiped = what was withdrawn is not wiped from the file yet: { $why }
doctor-feed = feed
doctor-feed-value =
    { $count ->
        [one] one row could not be read: { $first }
       *[other] { $count } rows could not be read, such as { $first }
    }
doctor-feed-fix = update space: the rows are set aside, and a later version reads them again
fail-screen = the screen failed
fail-no-words = there is nothing to look for
fail-no-text = there is no text to post, and no terminal to write it on
fail-no-password = the first line of the password file is empty
fail-password = the password cannot be changed
fail-passwords-differ = the two new passwords differ
fail-two-passwords = the password file needs two lines: the present password, then the new one
fail-sessions = the log-ins cannot be listed or ended
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
hint-known-profiles = use --profile NAME for one that is there ({ $names }), or begin with: space login SERVER
hint-server = check the address, and whether the server runs; nothing was changed here
hint-offline = check the network, then try again; reading and writing work without the server
hint-plain-http = use https://, or --allow-plain-http on a network that you trust
hint-other-profile = use another one: --profile NAME, or sign out of this one first: space logout
hint-sync = read what is new with: space sync
hint-unsent = send it with: space sync; or throw it away with: space logout --discard-unsent
hint-refused = look at it with: space outbox; then: space outbox retry { $id }, or: space outbox discard { $id }
hint-no-terminal = for scripts there are commands such as: space topics --json
hint-no-words = give at least one word: space search WORDS
fail-search = the search cannot be understood
hint-search = space search --help lists the operators
fail-note = the note cannot be kept
fail-no-member = nobody here is called { $name }
list-no-bookmarks = There are no bookmarks.
bookmark-put = bookmarked { $id }
bookmark-removed = removed the bookmark in { $id }
tag-sent = The tags are changed.
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
cli-login-window = How far back the local copy goes: 90d, 1000topics or whole; whole when absent
cli-logout = Signs out: ends the token, and removes the local copy
cli-logout-discard-unsent = Sign out even if something is not sent yet; it is lost
cli-password = Changes your password
cli-password-password-file = File with the present password in its first line and the new one in its second, - for the standard input; asked for, without showing them, when absent
cli-password-sign-out = End all your other log-ins and tokens, too
cli-sessions = Lists your log-ins and tokens, and ends them
cli-sessions-end = End the one with this number; may be given several times
cli-sessions-end-others = End all but the one that this command uses
cli-sessions-json = Print one JSON object per line
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
cli-sync-window = How far back the local copy goes, from now on: 90d, 1000topics or whole
cli-sync-json = Print the result as JSON, and progress as lines of JSON on standard error
cli-topics = Lists topics, latest activity first
cli-topics-category = Only this category and those below it
cli-topics-tag = Only topics with this tag
cli-topics-limit = How many at most
cli-topics-unread = Only topics that you have read before and that have newer posts
cli-topics-new = Only topics that you have never opened
cli-topics-json = Print one JSON document a line
cli-topics-bookmarks = Only topics with a bookmark of yours, latest bookmark first
cli-topics-top = Most liked first; of topics that somebody has written in during the last week, month or year, or of all
cli-topics-by = Only topics that this member has started
cli-bookmark = Bookmarks a topic or a post, for yourself alone
cli-bookmark-target = The number of a topic, or #number of a post
cli-bookmark-note = What to remember of it
cli-bookmark-remove = Takes the bookmark out
cli-bookmark-json = Print one JSON document a line
cli-tag = Gives a topic tags and takes tags from it, or lists those it has
cli-tag-long = The change is queued, and sent at once when the server answers. What others change meanwhile stays.
cli-tag-target = The number of a topic
cli-tag-change = +TAG gives it a tag, -TAG takes one away
cli-tag-json = Print what became of it, or its tags, as JSON
cli-tags = Lists tags, with how many topics have each
cli-tags-json = Print one JSON document a line
cli-read = Prints a topic
cli-read-target = Number of a topic, or of a post to begin at
cli-read-from = Place in the topic to begin at: 1 is its first post
cli-read-json = Print one JSON document: the topic and its posts
cli-read-hidden = Show what hidden posts say, and who hid them; for staff
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
cli-start-tag = A tag for it; may be given several times
cli-start-file = File with the first post; - for the standard input
cli-start-json = Print what became of it as JSON
cli-search = Finds posts, newest first
cli-search-long =
    All words must be there; the last one may be the beginning of a word, "quoted phrases" stand as they are, and a minus leaves out. Operators narrow down: @author, #category (with those below it), before: and after: with a date (2020-02-01, 2020-02, 2020, today) or how long ago (3d, 2w, 6m, 1y), in:title, in:first, is:unread, is:bookmarked, lang:pt. Put the query in quotes, and -- before one that begins with a minus.
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

# Configuration files: what is wrong with them.
config-error = error
config-warning = warning
config-near = did you mean: { $word }
config-allowed = allowed: { $words }
config-syntax = this is not TOML: { $why }
config-not-text = this is not text in UTF-8
config-not-text-todo = save the file as UTF-8 in your editor
config-unreadable = this file cannot be read: { $why }
config-unknown-setting = there is no setting "{ $word }"
config-unknown-setting-in = there is no setting "{ $word }" in [{ $section }]
config-unknown-section = there is no section [{ $word }]
config-unknown-token = there is no token "{ $word }"
config-unknown-place = there is no place "{ $word }"
config-unknown-command = there is no command "{ $word }" here
config-unknown-key = "{ $word }" is no key
config-wrong-kind = "{ $name }" has a value of the wrong kind
config-wrong-word = "{ $word }" is no value for "{ $name }"
config-wrong-look = "{ $word }" is no colour and no weight for "{ $name }"
config-second-colour = "{ $name }" has one colour too many: { $word }
config-no-ground = "{ $name }" ends after "on"
config-move-to = put "{ $word }" below [{ $section }]
config-move-to-top = put "{ $word }" at the top of the file, above every [section]
config-see-example = all of them with what they do: space config show --all
config-want-section = write it as a section: its name in [brackets] on a line of its own, what belongs to it below
config-want-bool = write true or false, without quotation marks
config-want-text = write a text in quotation marks; to leave it unset, remove the line
config-want-number = a whole number from { $least } to { $most }
config-want-time = write a time of at most a minute, such as "300ms" or "3s"
config-want-theme = write the name of a theme, such as "dark", or one each: {"{"} light = "light", dark = "dark" {"}"}
config-want-look = write weights and colours, such as "bold blue on white"; a colour is a name, "#rrggbb" or a number from 0 to 255
config-want-command = write the name of a command in quotation marks, or false to free the keys
config-key-outside = "{ $word }" stands in no section
config-key-outside-todo = put keys below the place where they are meant, such as [everywhere]
config-not-here = "{ $word }" cannot be used here, but in: { $places }
config-same-key = a terminal cannot tell { $word } from { $same }: it is the same key to it
config-keys-apart = keys that are typed one after the other have a space between them: "{ $keys }"
config-key-shift = write the letter as it is typed with Shift: "G", not "S-g"
config-key-near = did you mean: { $word }
config-key-how = keys are written like j, G, <C-k>, <A-Up>, Space, Enter, F1; one after the other: "g g"
config-too-many-keys = these are more than { $most } keys one after the other
config-keys-typed = { $word } is typed into the text here, so these keys never do anything
config-keys-typed-todo = use keys with Ctrl or Alt, or F1 to F12
config-keys-twice = these keys are bound in line { $line } already
config-keys-twice-todo = remove one of the two
config-keys-hidden = these keys can never be typed: line { $line } binds { $keys }, and that acts at once
config-keys-hidden-todo = give one of the two other keys
config-keys-hidden-default = these keys can never be typed: { $keys } is "{ $command }", and acts at once
config-keys-hide-default = { $keys } ("{ $command }") can no longer be typed: these keys act at once
config-keys-hidden-default-todo = if you do not need it, free it: "{ $keys }" = false
config-not-bound = { $keys } does nothing here anyway
config-not-bound-todo = remove the line
config-keys-hide = line { $line } ({ $keys }) can never be typed: these keys act at once
config-other-file = nothing reads this file; { $word } is read
notice-as-it-is = { $detail }
notice-config =
    { $count ->
        [one] { $detail }; to see it whole: space config check
       *[other] { $detail }; { $count } mistakes, to see them: space config check
    }
fail-config =
    { $count ->
        [one] there is a mistake in the configuration
       *[other] there are { $count } mistakes in the configuration
    }
fail-config-exists = { $file } is there already
hint-config-exists = remove it first, or write to another folder: --config-dir FOLDER
config-fine = Everything is right in { $folder }.
config-warnings =
    { $count ->
        [one] One warning, no mistakes.
       *[other] { $count } warnings, no mistakes.
    }
config-written = Written: { $file }
config-file-absent = not there
config-file-used = used
config-file-not-used = not used: it has mistakes

# Settings: what each is for. They stand in the example and in the schema.
example-config =
    The settings of the terminal client. Every line with a setting is commented out and shows its default.
    Check the file with: space config check
example-keys =
    Keys of the terminal client. Every line is commented out and shows what is so anyway.
    Keys are written like j, G, <C-k>, <A-Up>, Space; one after the other: "g g". Give them the name of a command, or false to free them.
    Keys in a place win over the same keys everywhere. The preset "arrows" has no letters that move.
    Check the file with: space config check
example-theme =
    Your own theme: it changes what you name here in the theme that it inherits; without "inherits", in the one that is used otherwise.
    A look has weights (bold, dim, italic, underline, reverse), a colour, and "on" with the colour behind it. Colours are the terminal's own sixteen by name (black, red, green, yellow, blue, magenta, cyan, white, and each with bright-), "default", "#rrggbb", or a number from 0 to 255; the nearest one that your terminal has is used.
example-theme-tokens = On any background. The lines show the theme "dark".
example-theme-light = Only on light backgrounds; written like those above.
example-theme-dark = Only on dark backgrounds; written like those above.
setting-language = The language of the interface; "auto" takes it from LC_ALL, LC_MESSAGES or LANG.
setting-profile = The profile that is used when --profile and SPACE_PROFILE name none; "default" when this names none either.
setting-theme = How it looks; "auto" is "light" or "dark" as your terminal is. One each: {"{"} light = "high-contrast-light", dark = "high-contrast" {"}"}
setting-color = When colours are used; --color wins over it, and it wins over NO_COLOR and CLICOLOR_FORCE.
setting-dates = How times are shown: how long ago, or as dates.
setting-editor = What you write long texts with; VISUAL, then EDITOR, then vi when this is not set. It may have options: "code --wait".
setting-token-command = A command that prints your token, so that it is kept nowhere else.
setting-images = How pictures are shown; "halfblocks" works in every terminal, "off" shows their description.
setting-bidi = Who puts right-to-left text in order: "app" for most terminals, "terminal" for those that do it themselves.
setting-mouse = Whether the mouse is used. Selecting text with it then needs Shift in most terminals.
setting-which-key = How long to wait after the first of several keys before the possible next ones are shown; "0s" shows them at once.
setting-read-mark = When a post counts as read: after it was on the screen for a while, or when you leave its topic.
setting-read-after = How long a post must be on the screen to count as read.
setting-layout-nav-width = Columns of the tree of categories; by the size of the window when this is not set.
setting-layout-list-width = Columns of the list of topics beside a thread, which then comes as soon as it has them; by the size of the window when this is not set.
setting-layout-measure = Columns of a line of a post at most; 100 when this is not set. With a smaller measure the list stands beside a thread in a smaller window.
token-screen = Everything that nothing below has a look for.
token-bar = The first and the last line: where you are, who you are.
token-selection = The line that you are on.
token-border = Frames, and lines between panes.
token-text = Text.
token-quiet = Text of less weight: counts, times, hints.
token-title = The title of a topic.
token-heading = A heading.
token-author = Somebody's name.
token-own = Your own name.
token-mention = A member who is mentioned.
token-id = A number that can be typed.
token-category = A category.
token-unread = Says that something is unread.
token-badge = A short word that marks something.
token-link = A link.
token-quote = What somebody quotes.
token-code = Code.
token-code-keyword = Code: a word of the language.
token-code-string = Code: a text.
token-code-comment = Code: a comment.
token-code-number = Code: a number.
token-code-name = Code: a function or a type.
token-search-hit = What was searched for, where it was found.
token-key = A key to press.
token-queued = Something waits to be sent.
token-warning = Something needs attention.
token-error = Something failed.

# The doctor.
doctor-ok = ok
doctor-warning = warning
doctor-problem = problem
doctor-summary-fine = Everything is in order.
doctor-summary = problems: { $problems }, warnings: { $warnings }
doctor-terminal = terminal
doctor-no-terminal = none: the output goes elsewhere
doctor-no-term-fix = set TERM to what your terminal is; most understand: TERM=xterm-256color
doctor-size = size
doctor-size-value = { $columns } columns, { $rows } rows
doctor-size-fix = make the window at least { $columns } columns wide and { $rows } rows high
doctor-colours = colours
doctor-colours-value = { $count }
doctor-colours-none = none ({ $why })
doctor-background = background
doctor-background-dark = dark ({ $why })
doctor-background-light = light ({ $why })
doctor-background-asked = the terminal says so
doctor-background-guess = a guess: the terminal does not say
doctor-background-fix = if it is wrong, choose a theme: space config init, then theme = "light" in config.toml
doctor-theme = theme
doctor-width = wide characters
doctor-width-fine = as wide as we take them to be
doctor-width-differs = the terminal gives { $text } { $theirs } columns, we { $ours }
doctor-width-fix = lines with such characters may be shifted; a newer terminal, or another font, may help
doctor-width-unknown = the terminal does not say
doctor-keyboard = keyboard
doctor-keyboard-full = tells all keys apart (kitty protocol)
doctor-keyboard-plain = as ever: Ctrl-i is Tab, Ctrl-m is Enter
doctor-images = pictures
doctor-images-off = off, as set
doctor-multiplexer = inside
doctor-multiplexer-fix = for all colours in tmux: set -as terminal-features ",*:RGB"
doctor-language = language
doctor-language-value = { $language } ({ $why })
doctor-utf8-fix = the locale is not UTF-8, so texts may be shown wrongly; set LANG, for example: LANG=C.UTF-8
doctor-editor = editor
doctor-editor-fix = { $editor } is not found; set EDITOR, or editor in config.toml
doctor-folder = configuration
doctor-folder-problems = { $errors } mistakes, { $warnings } warnings
doctor-folder-fix = to see them: space config check
doctor-profile = profile
doctor-profile-fix = begin with: space login SERVER
doctor-profile-open = others can read this folder: { $folder }
doctor-profile-open-fix = close it: chmod 700 { $folder }
doctor-copy = local copy
doctor-copy-value = { $size }, { $topics } topics, { $posts } posts
doctor-copy-absent = none yet
doctor-copy-fix = make it anew: space logout, then space login; what is not sent would be lost, so look first: space outbox
doctor-outbox = outbox
doctor-token = token
doctor-token-none = none is needed for reading as a guest
doctor-token-value = in { $place }
doctor-token-fix = sign in with: space login
doctor-token-plain-fix = it is not encrypted there: sign in again where there is a keyring, with: space login
doctor-server = server
doctor-server-value = { $server } answers in { $millis } ms (version { $version })
doctor-server-silent = { $server } does not answer
doctor-server-fix = { $why }; reading and writing work without it
doctor-clock = clock
doctor-clock-value = { $seconds } s from the server's
doctor-clock-fix = set this machine's clock: times shown would be wrong
cli-config = Checks, shows and begins configuration files
cli-config-check = Says everything that is wrong with the configuration files
cli-config-check-json = Print one JSON document a line
cli-config-show = Prints what is set
cli-config-show-all = Print the commented example with everything that can be set
cli-config-show-file = Which file
cli-config-path = Prints where the files are
cli-config-schema = Prints the JSON schema of a file, for editors
cli-config-schema-file = Which file
cli-config-init = Writes commented files to begin with
cli-config-init-long = Files that are there already are left alone. Everything in them is commented out, so nothing changes until you change it.
cli-doctor = Looks for what is wrong with terminal, configuration, local copy and server, and says how to mend it
cli-doctor-json = Print one JSON document
cli-doctor-offline = Ask neither the terminal nor the server anything

# Bookmarks, members' lists and the most liked of a time.
list-bookmarks = Bookmarks
period-week = this week
period-month = 30 days
period-year = a year
command-liked-week = this week
command-liked-week-help = Shows the most liked topics with activity in the last 7 days
command-liked-month = 30 days
command-liked-month-help = Shows the most liked topics with activity in the last 30 days
command-liked-year = a year
command-liked-year-help = Shows the most liked topics with activity in the last 365 days
command-liked-ever = ever
command-liked-ever-help = Shows the most liked topics of all time
command-bookmarks = bookmarks
command-bookmarks-help = Shows topics with a bookmark of yours, latest bookmark first
command-wrote = who wrote it
command-wrote-help = Shows the topics of who wrote the post; there, all their posts
command-bookmark = bookmark
command-bookmark-help = Puts a bookmark in the topic or post, or takes it out
command-bookmark-note = note
command-bookmark-note-help = Puts a bookmark there, with a note
disabled-no-bookmarks = Guests have no bookmarks: sign in first: space login
disabled-no-member = This is nobody's list: go to a post of theirs first
notice-bookmarked = Bookmarked. Undo takes it back.
notice-no-bookmark = The bookmark is out. Undo puts it back.
note-prompt = Note:
note-hint = what to remember of it; may stay empty
tags-prompt = Tags:
tags-hint = words with spaces between, such as wiki how-to; may stay empty

# Reports, and what staff does about them.
reason-talk = talk to the author
reason-off-topic = off-topic
reason-inappropriate = inappropriate
reason-spam = spam or vandalism
reason-illegal = against the law
reason-other = something else
report-sent = Reported in confidence: moderators see what you said, and not that it was you.
report-queued = Kept as { $id }. It goes before everything else, as soon as the server answers.
report-waits = Kept as { $id }: { $why }
reports-none = There are no open reports.
reports-hidden = hidden
reports-gone = removed
hide-done = { $id } is hidden: its text is shown to staff alone.
restore-done = { $id } is shown again, as it was.
decide-hidden = { $id } is hidden.
decide-still-hidden = { $id } stays hidden. To show it again: space restore { $number }
decide-shown-again = { $id } is shown again, as it was.
decide-shown = { $id } is shown.
decide-still-shown = { $id } is still shown. To hide it: space hide { $number }
case-own-report = You reported this post yourself. You may decide, because no other moderator can.
case-corrected = corrected since
hidden-by = hidden by { $name } · { $age }
hidden-restored = shown again by { $name } · { $age }
fail-talk = talking to the author makes no report
fail-needs-comment = this reason alone does not say what is wrong
fail-comment = the comment cannot be sent
fail-clause = this is no number of a clause
fail-reports = the reports cannot be read
fail-hide = the post was not hidden
fail-restore = the post was not shown again
fail-decide = the case was not decided
fail-read-hidden = the hidden text cannot be read
hint-talk = answer them: space reply { $id }
hint-needs-comment = say it in your own words: --comment TEXT
hint-staff = owners, administrators and moderators may do that; to tell them of a post: space report POST REASON
hint-own-post = it is about a post of yours, so another moderator has to decide
hint-decided = see what was decided with: space reports --all; to correct it: space decide CASE OUTCOME --correct
hint-case-open = leave out --correct
hint-moderate-not-found = look at the number: space reports lists cases, and space read shows the numbers of posts
cli-report = Reports a post to the moderators, in confidence
cli-report-long = Nobody but moderators sees a report, and they do not see who made it. It is queued before everything else, and sent at once when the server answers; afterwards nothing of it stays on this machine.
cli-report-target = Number of the post; a topic stands for its first post
cli-report-reason = Why; "illegal" and "other" need a comment
cli-report-comment = What is wrong, in your own words
cli-report-json = Print what became of it as JSON
cli-reports = Lists what was reported, what has waited longest first; for staff
cli-reports-long = Each case has all reports on one post, and what the post said then, whatever became of it. Who reported is in nothing of it, and cases about posts of your own are left out.
cli-reports-all = Also what is decided already
cli-reports-json = Print one JSON document a line
cli-hide = Hides a post: everybody sees that it is there, and staff alone what it says
cli-hide-post = Number of the post
cli-hide-clause = Number of the clause of the code of conduct that it breaks, such as 2.1
cli-hide-note = What other moderators should know
cli-hide-json = Print one JSON document
cli-restore = Shows a hidden post again, as it was
cli-restore-post = Number of the post
cli-restore-json = Print one JSON document
cli-decide = Decides a case of "space reports"
cli-decide-long = "agree" says that the reports are right, "disagree" that the post may stay, "ignore" that there is nothing to do. "disagree" shows a hidden post again. When another moderator was quicker, nothing is done, and the command says so.
cli-decide-case = Number of the case
cli-decide-outcome = What is decided
cli-decide-clause = Number of the clause of the code of conduct that it rests on, such as 2.1
cli-decide-note = Why, in words
cli-decide-hide = Hides the post as well; goes with "agree"
cli-decide-keep-hidden = Leaves a hidden post hidden; goes with "disagree"
cli-decide-correct = Corrects a decision; the earlier one stays in the case
cli-decide-revision = The revision of the case that was looked at; the present one when absent
cli-decide-json = Print the case as one JSON document
report-title = What is wrong with this post? Moderators alone see it.
report-prompt = { $why }:
report-hint = what to say about it; may stay empty
report-hint-needed = what is wrong, in your own words
notice-reported = Your report is queued, before everything else. Moderators do not see that it is yours.
notice-tagged = The change of tags is queued.
notice-talk = There are no private messages yet: what you write here is for everybody to read.
disabled-no-report = To report something, sign in first: space login
command-report = report
command-report-help = Tells the moderators of the post that you are on, in confidence
command-tag-topic = tag
command-tag-topic-help = Changes the tags of the topic that you are on
disabled-own-report = This post is your own; you can edit it
