# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_space_global_optspecs
    string join \n profile= color= data-dir= config-dir= token-fd= h/help V/version
end

function __fish_space_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_space_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_space_using_subcommand
    set -l cmd (__fish_space_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c space -n "__fish_space_needs_command" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_needs_command" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_needs_command" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_needs_command" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_needs_command" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space -n "__fish_space_needs_command" -s V -l version -d 'Print version'
complete -c space -n "__fish_space_needs_command" -f -a "tui" -d 'Opens the screen (the same as no command)'
complete -c space -n "__fish_space_needs_command" -f -a "login" -d 'Signs in to a server, and makes a local copy of what you may read'
complete -c space -n "__fish_space_needs_command" -f -a "logout" -d 'Signs out: ends the token, and removes the local copy'
complete -c space -n "__fish_space_needs_command" -f -a "password" -d 'Changes your password'
complete -c space -n "__fish_space_needs_command" -f -a "sessions" -d 'Lists your log-ins and tokens, and ends them'
complete -c space -n "__fish_space_needs_command" -f -a "auth" -d 'Shows and changes who you are: profiles, and where their tokens are'
complete -c space -n "__fish_space_needs_command" -f -a "sync" -d 'Sends what waits, and reads what is new'
complete -c space -n "__fish_space_needs_command" -f -a "topics" -d 'Lists topics, latest activity first'
complete -c space -n "__fish_space_needs_command" -f -a "read" -d 'Prints a topic'
complete -c space -n "__fish_space_needs_command" -f -a "reply" -d 'Replies to a topic or a post'
complete -c space -n "__fish_space_needs_command" -f -a "start" -d 'Starts a topic'
complete -c space -n "__fish_space_needs_command" -f -a "search" -d 'Finds posts, newest first'
complete -c space -n "__fish_space_needs_command" -f -a "bookmark" -d 'Bookmarks a topic or a post, for yourself alone'
complete -c space -n "__fish_space_needs_command" -f -a "tag" -d 'Gives a topic tags and takes tags from it, or lists those it has'
complete -c space -n "__fish_space_needs_command" -f -a "tags" -d 'Lists tags, with how many topics have each'
complete -c space -n "__fish_space_needs_command" -f -a "report" -d 'Reports a post to the moderators, in confidence'
complete -c space -n "__fish_space_needs_command" -f -a "reports" -d 'Lists what was reported, what has waited longest first; for staff'
complete -c space -n "__fish_space_needs_command" -f -a "hide" -d 'Hides a post: everybody sees that it is there, and staff alone what it says'
complete -c space -n "__fish_space_needs_command" -f -a "restore" -d 'Shows a hidden post again, as it was'
complete -c space -n "__fish_space_needs_command" -f -a "decide" -d 'Decides a case of "space reports"'
complete -c space -n "__fish_space_needs_command" -f -a "outbox" -d 'Lists what was written and is not on the server yet'
complete -c space -n "__fish_space_needs_command" -f -a "watch" -d 'Follows what happens: a line for every new post'
complete -c space -n "__fish_space_needs_command" -f -a "whoami" -d 'Says who you are, and how things stand'
complete -c space -n "__fish_space_needs_command" -f -a "status" -d 'Says who you are, and how things stand'
complete -c space -n "__fish_space_needs_command" -f -a "config" -d 'Checks, shows and begins configuration files'
complete -c space -n "__fish_space_needs_command" -f -a "doctor" -d 'Looks for what is wrong with terminal, configuration, local copy and server, and says how to mend it'
complete -c space -n "__fish_space_needs_command" -f -a "completion" -d 'Prints completions for a shell'
complete -c space -n "__fish_space_using_subcommand tui" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand tui" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand tui" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand tui" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand tui" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand tui" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand login" -l name -d 'Your name there; asked for when absent' -r
complete -c space -n "__fish_space_using_subcommand login" -l password-file -d 'File with the password in its first line, - for the standard input; asked for, without showing it, when absent' -r -F
complete -c space -n "__fish_space_using_subcommand login" -l window -d 'How far back the local copy goes: 90d, 1000topics or whole; whole when absent' -r
complete -c space -n "__fish_space_using_subcommand login" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand login" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand login" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand login" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand login" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand login" -l password -d 'Ask for a name and a password instead of showing a code'
complete -c space -n "__fish_space_using_subcommand login" -l guest -d 'Read without an account'
complete -c space -n "__fish_space_using_subcommand login" -l insecure-storage -d 'Keep the token in a file that only you can read, without encryption, instead of the keyring'
complete -c space -n "__fish_space_using_subcommand login" -l allow-plain-http -d 'Allow http:// to another machine: everything, the token too, travels unencrypted'
complete -c space -n "__fish_space_using_subcommand login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space -n "__fish_space_using_subcommand logout" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand logout" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand logout" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand logout" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand logout" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand logout" -l discard-unsent -d 'Sign out even if something is not sent yet; it is lost'
complete -c space -n "__fish_space_using_subcommand logout" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand password" -l password-file -d 'File with the present password in its first line and the new one in its second, - for the standard input; asked for, without showing them, when absent' -r -F
complete -c space -n "__fish_space_using_subcommand password" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand password" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand password" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand password" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand password" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand password" -l sign-out -d 'End all your other log-ins and tokens, too'
complete -c space -n "__fish_space_using_subcommand password" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand sessions" -l end -d 'End the one with this number; may be given several times' -r
complete -c space -n "__fish_space_using_subcommand sessions" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand sessions" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand sessions" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand sessions" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand sessions" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand sessions" -l end-others -d 'End all but the one that this command uses'
complete -c space -n "__fish_space_using_subcommand sessions" -l json -d 'Print one JSON object per line'
complete -c space -n "__fish_space_using_subcommand sessions" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand auth; and not __fish_seen_subcommand_from status list switch login logout" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand auth; and not __fish_seen_subcommand_from status list switch login logout" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand auth; and not __fish_seen_subcommand_from status list switch login logout" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand auth; and not __fish_seen_subcommand_from status list switch login logout" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand auth; and not __fish_seen_subcommand_from status list switch login logout" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand auth; and not __fish_seen_subcommand_from status list switch login logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space -n "__fish_space_using_subcommand auth; and not __fish_seen_subcommand_from status list switch login logout" -f -a "status" -d 'Says where the token of the profile is, why it is not elsewhere, and what to do'
complete -c space -n "__fish_space_using_subcommand auth; and not __fish_seen_subcommand_from status list switch login logout" -f -a "list" -d 'Lists the profiles'
complete -c space -n "__fish_space_using_subcommand auth; and not __fish_seen_subcommand_from status list switch login logout" -f -a "switch" -d 'Uses another profile from now on when none is named'
complete -c space -n "__fish_space_using_subcommand auth; and not __fish_seen_subcommand_from status list switch login logout" -f -a "login" -d 'Signs in to a server, and makes a local copy of what you may read'
complete -c space -n "__fish_space_using_subcommand auth; and not __fish_seen_subcommand_from status list switch login logout" -f -a "logout" -d 'Signs out: ends the token, and removes the local copy'
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from status" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from status" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from status" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from status" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from status" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from status" -l json -d 'Print one JSON document'
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from list" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from list" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from list" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from list" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from list" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document'
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from switch" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from switch" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from switch" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from switch" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from switch" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from switch" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from login" -l name -d 'Your name there; asked for when absent' -r
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from login" -l password-file -d 'File with the password in its first line, - for the standard input; asked for, without showing it, when absent' -r -F
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from login" -l window -d 'How far back the local copy goes: 90d, 1000topics or whole; whole when absent' -r
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from login" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from login" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from login" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from login" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from login" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from login" -l password -d 'Ask for a name and a password instead of showing a code'
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from login" -l guest -d 'Read without an account'
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from login" -l insecure-storage -d 'Keep the token in a file that only you can read, without encryption, instead of the keyring'
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from login" -l allow-plain-http -d 'Allow http:// to another machine: everything, the token too, travels unencrypted'
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from logout" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from logout" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from logout" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from logout" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from logout" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from logout" -l discard-unsent -d 'Sign out even if something is not sent yet; it is lost'
complete -c space -n "__fish_space_using_subcommand auth; and __fish_seen_subcommand_from logout" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand sync" -l window -d 'How far back the local copy goes, from now on: 90d, 1000topics or whole' -r
complete -c space -n "__fish_space_using_subcommand sync" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand sync" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand sync" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand sync" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand sync" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand sync" -l json -d 'Print the result as JSON, and progress as lines of JSON on standard error'
complete -c space -n "__fish_space_using_subcommand sync" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand topics" -l category -d 'Only this category and those below it' -r
complete -c space -n "__fish_space_using_subcommand topics" -l tag -d 'Only topics with this tag' -r
complete -c space -n "__fish_space_using_subcommand topics" -l limit -d 'How many at most' -r
complete -c space -n "__fish_space_using_subcommand topics" -l top -d 'Most liked first; of topics that somebody has written in during the last week, month or year, or of all' -r -f -a "week\t''
month\t''
year\t''
all\t''"
complete -c space -n "__fish_space_using_subcommand topics" -l by -d 'Only topics that this member has started' -r
complete -c space -n "__fish_space_using_subcommand topics" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand topics" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand topics" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand topics" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand topics" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand topics" -l unread -d 'Only topics that you have read before and that have newer posts'
complete -c space -n "__fish_space_using_subcommand topics" -l new -d 'Only topics that you have never opened'
complete -c space -n "__fish_space_using_subcommand topics" -l bookmarks -d 'Only topics with a bookmark of yours, latest bookmark first'
complete -c space -n "__fish_space_using_subcommand topics" -l json -d 'Print one JSON document a line'
complete -c space -n "__fish_space_using_subcommand topics" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand read" -l from -d 'Place in the topic to begin at: 1 is its first post' -r
complete -c space -n "__fish_space_using_subcommand read" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand read" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand read" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand read" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand read" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand read" -l hidden -d 'Show what hidden posts say, and who hid them; for staff'
complete -c space -n "__fish_space_using_subcommand read" -l json -d 'Print one JSON document: the topic and its posts'
complete -c space -n "__fish_space_using_subcommand read" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand reply" -l file -d 'File with the text; - for the standard input' -r -F
complete -c space -n "__fish_space_using_subcommand reply" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand reply" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand reply" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand reply" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand reply" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand reply" -l json -d 'Print what became of it as JSON'
complete -c space -n "__fish_space_using_subcommand reply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space -n "__fish_space_using_subcommand start" -l title -d 'What it is about' -r
complete -c space -n "__fish_space_using_subcommand start" -l tag -d 'A tag for it; may be given several times' -r
complete -c space -n "__fish_space_using_subcommand start" -l file -d 'File with the first post; - for the standard input' -r -F
complete -c space -n "__fish_space_using_subcommand start" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand start" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand start" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand start" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand start" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand start" -l json -d 'Print what became of it as JSON'
complete -c space -n "__fish_space_using_subcommand start" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space -n "__fish_space_using_subcommand search" -l limit -d 'How many at most' -r
complete -c space -n "__fish_space_using_subcommand search" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand search" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand search" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand search" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand search" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand search" -l json -d 'Print one JSON document a line'
complete -c space -n "__fish_space_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space -n "__fish_space_using_subcommand bookmark" -l note -d 'What to remember of it' -r
complete -c space -n "__fish_space_using_subcommand bookmark" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand bookmark" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand bookmark" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand bookmark" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand bookmark" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand bookmark" -l remove -d 'Takes the bookmark out'
complete -c space -n "__fish_space_using_subcommand bookmark" -l json -d 'Print one JSON document a line'
complete -c space -n "__fish_space_using_subcommand bookmark" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand tag" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand tag" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand tag" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand tag" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand tag" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand tag" -l json -d 'Print what became of it, or its tags, as JSON'
complete -c space -n "__fish_space_using_subcommand tag" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space -n "__fish_space_using_subcommand tags" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand tags" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand tags" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand tags" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand tags" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand tags" -l json -d 'Print one JSON document a line'
complete -c space -n "__fish_space_using_subcommand tags" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand report" -l comment -d 'What is wrong, in your own words' -r
complete -c space -n "__fish_space_using_subcommand report" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand report" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand report" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand report" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand report" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand report" -l json -d 'Print what became of it as JSON'
complete -c space -n "__fish_space_using_subcommand report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space -n "__fish_space_using_subcommand reports" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand reports" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand reports" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand reports" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand reports" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand reports" -l all -d 'Also what is decided already'
complete -c space -n "__fish_space_using_subcommand reports" -l json -d 'Print one JSON document a line'
complete -c space -n "__fish_space_using_subcommand reports" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space -n "__fish_space_using_subcommand hide" -l clause -d 'Number of the clause of the code of conduct that it breaks, such as 2.1' -r
complete -c space -n "__fish_space_using_subcommand hide" -l note -d 'What other moderators should know' -r
complete -c space -n "__fish_space_using_subcommand hide" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand hide" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand hide" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand hide" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand hide" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand hide" -l json -d 'Print one JSON document'
complete -c space -n "__fish_space_using_subcommand hide" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand restore" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand restore" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand restore" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand restore" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand restore" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand restore" -l json -d 'Print one JSON document'
complete -c space -n "__fish_space_using_subcommand restore" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand decide" -l clause -d 'Number of the clause of the code of conduct that it rests on, such as 2.1' -r
complete -c space -n "__fish_space_using_subcommand decide" -l note -d 'Why, in words' -r
complete -c space -n "__fish_space_using_subcommand decide" -l revision -d 'The revision of the case that was looked at; the present one when absent' -r
complete -c space -n "__fish_space_using_subcommand decide" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand decide" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand decide" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand decide" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand decide" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand decide" -l hide -d 'Hides the post as well; goes with "agree"'
complete -c space -n "__fish_space_using_subcommand decide" -l keep-hidden -d 'Leaves a hidden post hidden; goes with "disagree"'
complete -c space -n "__fish_space_using_subcommand decide" -l correct -d 'Corrects a decision; the earlier one stays in the case'
complete -c space -n "__fish_space_using_subcommand decide" -l json -d 'Print the case as one JSON document'
complete -c space -n "__fish_space_using_subcommand decide" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space -n "__fish_space_using_subcommand outbox; and not __fish_seen_subcommand_from retry discard" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand outbox; and not __fish_seen_subcommand_from retry discard" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand outbox; and not __fish_seen_subcommand_from retry discard" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand outbox; and not __fish_seen_subcommand_from retry discard" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand outbox; and not __fish_seen_subcommand_from retry discard" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand outbox; and not __fish_seen_subcommand_from retry discard" -l json -d 'Print one JSON document a line'
complete -c space -n "__fish_space_using_subcommand outbox; and not __fish_seen_subcommand_from retry discard" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand outbox; and not __fish_seen_subcommand_from retry discard" -f -a "retry" -d 'Queues something refused again'
complete -c space -n "__fish_space_using_subcommand outbox; and not __fish_seen_subcommand_from retry discard" -f -a "discard" -d 'Throws something away'
complete -c space -n "__fish_space_using_subcommand outbox; and __fish_seen_subcommand_from retry" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand outbox; and __fish_seen_subcommand_from retry" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand outbox; and __fish_seen_subcommand_from retry" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand outbox; and __fish_seen_subcommand_from retry" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand outbox; and __fish_seen_subcommand_from retry" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand outbox; and __fish_seen_subcommand_from retry" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand outbox; and __fish_seen_subcommand_from discard" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand outbox; and __fish_seen_subcommand_from discard" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand outbox; and __fish_seen_subcommand_from discard" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand outbox; and __fish_seen_subcommand_from discard" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand outbox; and __fish_seen_subcommand_from discard" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand outbox; and __fish_seen_subcommand_from discard" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand watch" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand watch" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand watch" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand watch" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand watch" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand watch" -l json -d 'Print every row of the feed as JSON, one a line'
complete -c space -n "__fish_space_using_subcommand watch" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand whoami" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand whoami" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand whoami" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand whoami" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand whoami" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand whoami" -l json -d 'Print one JSON document'
complete -c space -n "__fish_space_using_subcommand whoami" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand status" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand status" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand status" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand status" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand status" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand status" -l json -d 'Print one JSON document'
complete -c space -n "__fish_space_using_subcommand status" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand config; and not __fish_seen_subcommand_from check show path schema init" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand config; and not __fish_seen_subcommand_from check show path schema init" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand config; and not __fish_seen_subcommand_from check show path schema init" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand config; and not __fish_seen_subcommand_from check show path schema init" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand config; and not __fish_seen_subcommand_from check show path schema init" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand config; and not __fish_seen_subcommand_from check show path schema init" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand config; and not __fish_seen_subcommand_from check show path schema init" -f -a "check" -d 'Says everything that is wrong with the configuration files'
complete -c space -n "__fish_space_using_subcommand config; and not __fish_seen_subcommand_from check show path schema init" -f -a "show" -d 'Prints what is set'
complete -c space -n "__fish_space_using_subcommand config; and not __fish_seen_subcommand_from check show path schema init" -f -a "path" -d 'Prints where the files are'
complete -c space -n "__fish_space_using_subcommand config; and not __fish_seen_subcommand_from check show path schema init" -f -a "schema" -d 'Prints the JSON schema of a file, for editors'
complete -c space -n "__fish_space_using_subcommand config; and not __fish_seen_subcommand_from check show path schema init" -f -a "init" -d 'Writes commented files to begin with'
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from check" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from check" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from check" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from check" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from check" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from check" -l json -d 'Print one JSON document a line'
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from show" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from show" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from show" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from show" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from show" -l all -d 'Print the commented example with everything that can be set'
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from path" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from path" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from path" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from path" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from schema" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from schema" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from schema" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from schema" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from schema" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from schema" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from init" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from init" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from init" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from init" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from init" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand config; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space -n "__fish_space_using_subcommand doctor" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand doctor" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand doctor" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand doctor" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand doctor" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand doctor" -l json -d 'Print one JSON document'
complete -c space -n "__fish_space_using_subcommand doctor" -l offline -d 'Ask neither the terminal nor the server anything'
complete -c space -n "__fish_space_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c space -n "__fish_space_using_subcommand completion" -l profile -d 'Profile to use: a server, who you are there, and its local copy; by default that of "space auth switch"' -r
complete -c space -n "__fish_space_using_subcommand completion" -l color -d 'When to use colours; NO_COLOR is respected' -r -f -a "auto\t''
always\t''
never\t''"
complete -c space -n "__fish_space_using_subcommand completion" -l data-dir -d 'Folder of the local copies and tokens' -r -F
complete -c space -n "__fish_space_using_subcommand completion" -l config-dir -d 'Folder of the profiles' -r -F
complete -c space -n "__fish_space_using_subcommand completion" -l token-fd -d 'Number of an open file or pipe with the token in its first line, 0 for the standard input; also SPACE_TOKEN and SPACE_TOKEN_FILE' -r
complete -c space -n "__fish_space_using_subcommand completion" -s h -l help -d 'Print help'
