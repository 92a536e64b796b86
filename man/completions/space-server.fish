# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_space_server_global_optspecs
    string join \n c/config= d/data-dir= h/help V/version
end

function __fish_space_server_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_space_server_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_space_server_using_subcommand
    set -l cmd (__fish_space_server_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c space-server -n "__fish_space_server_needs_command" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_needs_command" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_needs_command" -s V -l version -d 'Print version'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "demo" -d 'Make a small community to look around in, and open the terminal on it'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "init" -d 'Make a space: its data folder, its database, its owner\'s account and a first category'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "serve" -d 'Serve the space until SIGTERM or SIGINT; a second signal does not wait for what was begun'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "import" -d 'Bring in another forum'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "export" -d 'Write what is public, or what one member may see, as lines of JSON'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "backup" -d 'Write everything into one file, while the server runs'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "restore" -d 'Bring a space back from a backup, into an empty data folder or database'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "purge" -d 'Erase the texts of deleted posts for good'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "doctor" -d 'Look whether everything is as it should be: rights, disk, database, clock, backups, addresses'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "member" -d 'Make accounts and manage them'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "category" -d 'Make and edit categories, and say who may read and write in them'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "group" -d 'Make groups of members, to whom categories can be opened'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "token" -d 'Make and revoke access tokens, with which programs sign in'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "bridge" -d 'Show and change which bridge a network belongs to'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "audit" -d 'Read and verify the audit log'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "config" -d 'Check or show the configuration'
complete -c space-server -n "__fish_space_server_needs_command" -f -a "completion" -d 'Write a completion script for a shell to standard output'
complete -c space-server -n "__fish_space_server_using_subcommand demo" -s b -l bind -d 'Only serve, on this address and port of this machine; port 0 takes any free one [default: 127.0.0.1:7780]' -r
complete -c space-server -n "__fish_space_server_using_subcommand demo" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand demo" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand demo" -l no-terminal -d 'Only serve, and print how to look around'
complete -c space-server -n "__fish_space_server_using_subcommand demo" -l live -d 'Let members write now and then, to see how posts arrive'
complete -c space-server -n "__fish_space_server_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_using_subcommand init" -l name -d 'The name of the community' -r
complete -c space-server -n "__fish_space_server_using_subcommand init" -l about -d 'What the community is for, in a sentence or two' -r
complete -c space-server -n "__fish_space_server_using_subcommand init" -l owner -d 'Make an account for the owner, under this name' -r
complete -c space-server -n "__fish_space_server_using_subcommand init" -l password-file -d 'Read the password from the first line of this file, which only you can read; - is standard input. Without it you are asked' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand init" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand init" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand init" -l no-category -d 'Make no category; otherwise there is one, "general", in which every member may write'
complete -c space-server -n "__fish_space_server_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_using_subcommand serve" -s b -l bind -d 'The address and port to listen on; port 0 takes any free one [default: 127.0.0.1:7780]' -r
complete -c space-server -n "__fish_space_server_using_subcommand serve" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand serve" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand serve" -l no-migrate -d 'Leave the tables as they are, and refuse to start when they are of an older version'
complete -c space-server -n "__fish_space_server_using_subcommand serve" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand import; and not __fish_seen_subcommand_from discourse" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand import; and not __fish_seen_subcommand_from discourse" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand import; and not __fish_seen_subcommand_from discourse" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_using_subcommand import; and not __fish_seen_subcommand_from discourse" -f -a "discourse" -d 'Bring in a Discourse forum, from its live site or saved as JSON'
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l source -d 'What tells this forum from other forums in the same space; always the same for the same forum' -r
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l name -d 'The name of the community, if there is no space yet' -r
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l address -d 'The address of the forum that was saved, such as `https://forum.example.org`' -r
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l category -d 'What a category is called here, by its number in the forum (none: topics without one); may be given several times' -r
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l owner -d 'Make this account an owner, so that you can sign in afterwards: one of the forum\'s, or a new one' -r
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l password-file -d 'Read the password from the first line of this file, which only you can read; - is standard input. Without it you are asked' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l staging -d 'The folder that the fetched forum is kept in [default: import/HOST in the data folder]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l rate -d 'How many requests a minute are made at most [default: 60]' -r
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l api-key-file -d 'A file with a key of the forum\'s API, which opens what is not open to everyone; `-` reads standard input' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l api-user -d 'The member as whom a key of the administrators is used; without it, the key is taken for a member\'s own' -r
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l contact -d 'How those who run the forum can reach you: it is sent with every request' -r
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l salvage -d 'Bring in what can be read of a damaged archive'
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l whole -d 'The archive holds every topic that the forum shows: withdraw those that it does not mention'
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l dry-run -d 'Only tell what would be brought in; a live forum is fetched for that'
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l json -d 'The report as one JSON object, with every finding'
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l only-fetch -d 'Fetch into the folder, and bring nothing in'
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -l refetch -d 'Fetch all topics again, also those of which the forum\'s list says nothing new'
complete -c space-server -n "__fish_space_server_using_subcommand import; and __fish_seen_subcommand_from discourse" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_using_subcommand export" -l as -d 'Everything that this member may see, with what is theirs alone: read positions, bookmarks, closed categories' -r
complete -c space-server -n "__fish_space_server_using_subcommand export" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand export" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_using_subcommand backup" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand backup" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand backup" -l plain -d 'Do not compress: some four times as large, for what compresses by itself or tells duplicates apart'
complete -c space-server -n "__fish_space_server_using_subcommand backup" -l no-media -d 'Leave out the pictures; then keep a copy of the folder media of the data folder yourself'
complete -c space-server -n "__fish_space_server_using_subcommand backup" -l force -d 'Overwrite the file when it is there'
complete -c space-server -n "__fish_space_server_using_subcommand backup" -l json -d 'The report as one JSON object'
complete -c space-server -n "__fish_space_server_using_subcommand backup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_using_subcommand restore" -l skip-ids -d 'Leave out at least so many numbers, in case they were given out after the backup was made' -r
complete -c space-server -n "__fish_space_server_using_subcommand restore" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand restore" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand restore" -l replace -d 'Put a database that is there aside, damaged or not, under another name in the same folder; for SQLite, with the server stopped'
complete -c space-server -n "__fish_space_server_using_subcommand restore" -l sign-everybody-out -d 'Revoke all tokens that are in the backup: everybody signs in again, bridges need a new token'
complete -c space-server -n "__fish_space_server_using_subcommand restore" -l json -d 'The report as one JSON object'
complete -c space-server -n "__fish_space_server_using_subcommand restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_using_subcommand purge" -l post -d 'One deleted post, by its number' -r
complete -c space-server -n "__fish_space_server_using_subcommand purge" -l older-than -d 'All posts that were deleted longer ago than this: 30d' -r
complete -c space-server -n "__fish_space_server_using_subcommand purge" -l member -d 'All deleted posts of a member' -r
complete -c space-server -n "__fish_space_server_using_subcommand purge" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand purge" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand purge" -l with-evidence -d 'Erase what decided cases keep of them as evidence, too'
complete -c space-server -n "__fish_space_server_using_subcommand purge" -l dry-run -d 'Say what would be erased, and erase nothing'
complete -c space-server -n "__fish_space_server_using_subcommand purge" -l json -d 'Report as one JSON object'
complete -c space-server -n "__fish_space_server_using_subcommand purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_using_subcommand doctor" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand doctor" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand doctor" -l quick -d 'Do not read every page of the database, which takes a while when it is large'
complete -c space-server -n "__fish_space_server_using_subcommand doctor" -l json -d 'One JSON object a line for each finding'
complete -c space-server -n "__fish_space_server_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_using_subcommand member; and not __fish_seen_subcommand_from add list password role block unblock" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and not __fish_seen_subcommand_from add list password role block unblock" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and not __fish_seen_subcommand_from add list password role block unblock" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand member; and not __fish_seen_subcommand_from add list password role block unblock" -f -a "add" -d 'Make an account'
complete -c space-server -n "__fish_space_server_using_subcommand member; and not __fish_seen_subcommand_from add list password role block unblock" -f -a "list" -d 'List all accounts'
complete -c space-server -n "__fish_space_server_using_subcommand member; and not __fish_seen_subcommand_from add list password role block unblock" -f -a "password" -d 'Give a member another password'
complete -c space-server -n "__fish_space_server_using_subcommand member; and not __fish_seen_subcommand_from add list password role block unblock" -f -a "role" -d 'Give a member a role, or take it away'
complete -c space-server -n "__fish_space_server_using_subcommand member; and not __fish_seen_subcommand_from add list password role block unblock" -f -a "block" -d 'Block an account at once: no log-in, no token, no bridge'
complete -c space-server -n "__fish_space_server_using_subcommand member; and not __fish_seen_subcommand_from add list password role block unblock" -f -a "unblock" -d 'Let the owner of a blocked account sign in again'
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from add" -l display-name -d 'The name they show beside it' -r
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from add" -l kind -d 'What kind of account' -r -f -a "person\t''
staff\t''
bot\t''
visitor\t''"
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from add" -l role -d 'A duty they hold; may be given several times' -r -f -a "owner\t''
administrator\t''
moderator\t''
editor\t''
panel\t''"
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from add" -l password-file -d 'Read the password from the first line of this file, which only you can read; - is standard input. Without it you are asked' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from add" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from add" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from add" -l no-password -d 'Make the account without a password: for bots, which use tokens'
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from list" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from list" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from list" -l json -d 'One JSON object a line'
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from password" -l password-file -d 'Read the password from the first line of this file, which only you can read; - is standard input. Without it you are asked' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from password" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from password" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from password" -l sign-out -d 'End all their tokens, and with them every log-in and stream'
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from role" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from role" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from role" -l remove -d 'Take the role away'
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from role" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from block" -l reason -d 'Why, for the audit log' -r
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from block" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from block" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from block" -l even-the-only-owner -d 'Also the only owner, so that nobody owns the space for now'
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from block" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from unblock" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from unblock" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand member; and __fish_seen_subcommand_from unblock" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand category; and not __fish_seen_subcommand_from add edit list access" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand category; and not __fish_seen_subcommand_from add edit list access" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand category; and not __fish_seen_subcommand_from add edit list access" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand category; and not __fish_seen_subcommand_from add edit list access" -f -a "add" -d 'Make a category'
complete -c space-server -n "__fish_space_server_using_subcommand category; and not __fish_seen_subcommand_from add edit list access" -f -a "edit" -d 'Change the names, description, colour or place of a category'
complete -c space-server -n "__fish_space_server_using_subcommand category; and not __fish_seen_subcommand_from add edit list access" -f -a "list" -d 'List all categories, and who may do what in them'
complete -c space-server -n "__fish_space_server_using_subcommand category; and not __fish_seen_subcommand_from add edit list access" -f -a "access" -d 'Open or close a category'
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from add" -l name -d 'The name shown' -r
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from add" -l about -d 'What belongs here, in a sentence or two' -r
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from add" -l parent -d 'The category it stands under' -r
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from add" -l colour -d 'A colour of its own, such as #3366cc' -r
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from add" -l language -d 'The language of most of its posts, such as en or pt-BR' -r
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from add" -l group -d 'The members of this group read and write; may be given several times' -r
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from add" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from add" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from add" -l open -d 'Everyone reads, signed in or not, and every member writes; so it is when nothing else is said'
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from add" -l members -d 'Every member reads and writes'
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from add" -l staff -d 'Owners, administrators and moderators read and write'
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from edit" -l name -d 'The name shown' -r
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from edit" -l about -l description -d 'What belongs there, in a sentence or two; "" leaves it empty' -r
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from edit" -l colour -d 'A colour of its own, such as #3366cc' -r
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from edit" -l language -d 'The language of most of its posts, such as en or pt-BR' -r
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from edit" -l position -d 'Where it stands among its siblings, low first; those at the same place stand in the order of their making' -r
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from edit" -l slug -d 'Another short name' -r
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from edit" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from edit" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from edit" -l no-colour -d 'Take its colour away'
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from edit" -l no-language -d 'Take its language away'
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from list" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from list" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from list" -l json -d 'One JSON object a line'
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from access" -l group -d 'The members of this group read and write; may be given several times' -r
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from access" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from access" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from access" -l open -d 'Everyone reads, signed in or not, and every member writes; so it is when nothing else is said'
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from access" -l members -d 'Every member reads and writes'
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from access" -l staff -d 'Owners, administrators and moderators read and write'
complete -c space-server -n "__fish_space_server_using_subcommand category; and __fish_seen_subcommand_from access" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand group; and not __fish_seen_subcommand_from add list put take" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand group; and not __fish_seen_subcommand_from add list put take" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand group; and not __fish_seen_subcommand_from add list put take" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand group; and not __fish_seen_subcommand_from add list put take" -f -a "add" -d 'Make a group'
complete -c space-server -n "__fish_space_server_using_subcommand group; and not __fish_seen_subcommand_from add list put take" -f -a "list" -d 'List all groups, and who is in them'
complete -c space-server -n "__fish_space_server_using_subcommand group; and not __fish_seen_subcommand_from add list put take" -f -a "put" -d 'Put a member in a group'
complete -c space-server -n "__fish_space_server_using_subcommand group; and not __fish_seen_subcommand_from add list put take" -f -a "take" -d 'Take a member out of a group'
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from add" -l name -d 'The name shown' -r
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from add" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from add" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from add" -l closed -d 'Let nobody know of it but its members and staff'
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from list" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from list" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from list" -l json -d 'One JSON object a line'
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from put" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from put" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from put" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from take" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from take" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand group; and __fish_seen_subcommand_from take" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand token; and not __fish_seen_subcommand_from create list revoke" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand token; and not __fish_seen_subcommand_from create list revoke" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand token; and not __fish_seen_subcommand_from create list revoke" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand token; and not __fish_seen_subcommand_from create list revoke" -f -a "create" -d 'Make a token and write it to standard output, this one time'
complete -c space-server -n "__fish_space_server_using_subcommand token; and not __fish_seen_subcommand_from create list revoke" -f -a "list" -d 'List a member\'s tokens, without the tokens themselves'
complete -c space-server -n "__fish_space_server_using_subcommand token; and not __fish_seen_subcommand_from create list revoke" -f -a "revoke" -d 'Revoke a token; what uses it is signed out at once'
complete -c space-server -n "__fish_space_server_using_subcommand token; and __fish_seen_subcommand_from create" -l label -d 'What it is for, so that it is recognised in a list' -r
complete -c space-server -n "__fish_space_server_using_subcommand token; and __fish_seen_subcommand_from create" -l may -d 'What it may be used for; several words with commas between' -r -f -a "read\t''
write\t''
manage\t''
relay:write\t''
report:create\t''"
complete -c space-server -n "__fish_space_server_using_subcommand token; and __fish_seen_subcommand_from create" -l expires-after -d 'When it ends by itself, counted from now: 12h, 90d [default: tokens.last of the configuration]' -r
complete -c space-server -n "__fish_space_server_using_subcommand token; and __fish_seen_subcommand_from create" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand token; and __fish_seen_subcommand_from create" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand token; and __fish_seen_subcommand_from create" -l no-end -d 'Let it last until it is revoked'
complete -c space-server -n "__fish_space_server_using_subcommand token; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand token; and __fish_seen_subcommand_from list" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand token; and __fish_seen_subcommand_from list" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand token; and __fish_seen_subcommand_from list" -l json -d 'One JSON object a line'
complete -c space-server -n "__fish_space_server_using_subcommand token; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand token; and __fish_seen_subcommand_from revoke" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand token; and __fish_seen_subcommand_from revoke" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand token; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand bridge; and not __fish_seen_subcommand_from list assign" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand bridge; and not __fish_seen_subcommand_from list assign" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand bridge; and not __fish_seen_subcommand_from list assign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_using_subcommand bridge; and not __fish_seen_subcommand_from list assign" -f -a "list" -d 'List networks and the bots they belong to'
complete -c space-server -n "__fish_space_server_using_subcommand bridge; and not __fish_seen_subcommand_from list assign" -f -a "assign" -d 'Give a network to a bot, and refuse other bots'
complete -c space-server -n "__fish_space_server_using_subcommand bridge; and __fish_seen_subcommand_from list" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand bridge; and __fish_seen_subcommand_from list" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand bridge; and __fish_seen_subcommand_from list" -l json -d 'One JSON object a line'
complete -c space-server -n "__fish_space_server_using_subcommand bridge; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand bridge; and __fish_seen_subcommand_from assign" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand bridge; and __fish_seen_subcommand_from assign" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand bridge; and __fish_seen_subcommand_from assign" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand audit; and not __fish_seen_subcommand_from list verify" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand audit; and not __fish_seen_subcommand_from list verify" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand audit; and not __fish_seen_subcommand_from list verify" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand audit; and not __fish_seen_subcommand_from list verify" -f -a "list" -d 'List who did what: log-ins, tokens, roles, blocks, hidden posts'
complete -c space-server -n "__fish_space_server_using_subcommand audit; and not __fish_seen_subcommand_from list verify" -f -a "verify" -d 'Verify that no entry was changed, removed or added'
complete -c space-server -n "__fish_space_server_using_subcommand audit; and __fish_seen_subcommand_from list" -l last -d 'How many of the newest entries; 0 for all' -r
complete -c space-server -n "__fish_space_server_using_subcommand audit; and __fish_seen_subcommand_from list" -l event -d 'Only these events; several words with commas between' -r -f -a "login.done\t''
login.failed\t''
login.refused\t''
device.allowed\t''
device.denied\t''
token.made\t''
token.revoked\t''
password.changed\t''
member.made\t''
member.blocked\t''
member.unblocked\t''
role.given\t''
role.taken\t''
group.joined\t''
group.left\t''
access.changed\t''
category.edited\t''
post.hidden\t''
post.restored\t''
post.edited\t''
post.deleted\t''
post.purged\t''
topic.edited\t''
case.decided\t''
case.corrected\t''"
complete -c space-server -n "__fish_space_server_using_subcommand audit; and __fish_seen_subcommand_from list" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand audit; and __fish_seen_subcommand_from list" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand audit; and __fish_seen_subcommand_from list" -l json -d 'All of it as one JSON object a line, with the hashes'
complete -c space-server -n "__fish_space_server_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand audit; and __fish_seen_subcommand_from verify" -l known -d 'An entry that was noted earlier: its number and hash' -r
complete -c space-server -n "__fish_space_server_using_subcommand audit; and __fish_seen_subcommand_from verify" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand audit; and __fish_seen_subcommand_from verify" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-server -n "__fish_space_server_using_subcommand config; and not __fish_seen_subcommand_from check show" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand config; and not __fish_seen_subcommand_from check show" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand config; and not __fish_seen_subcommand_from check show" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand config; and not __fish_seen_subcommand_from check show" -f -a "check" -d 'Say whether the configuration can be used; exit code 78 when it cannot'
complete -c space-server -n "__fish_space_server_using_subcommand config; and not __fish_seen_subcommand_from check show" -f -a "show" -d 'Show every key with the value in force and where it comes from; passwords stay hidden'
complete -c space-server -n "__fish_space_server_using_subcommand config; and __fish_seen_subcommand_from check" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand config; and __fish_seen_subcommand_from check" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand config; and __fish_seen_subcommand_from show" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand config; and __fish_seen_subcommand_from show" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c space-server -n "__fish_space_server_using_subcommand completion" -s c -l config -d 'The configuration file' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand completion" -s d -l data-dir -d 'The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]' -r -F
complete -c space-server -n "__fish_space_server_using_subcommand completion" -s h -l help -d 'Print help'
