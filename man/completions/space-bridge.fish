# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_space_bridge_global_optspecs
    string join \n h/help V/version
end

function __fish_space_bridge_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_space_bridge_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_space_bridge_using_subcommand
    set -l cmd (__fish_space_bridge_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c space-bridge -n "__fish_space_bridge_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-bridge -n "__fish_space_bridge_needs_command" -s V -l version -d 'Print version'
complete -c space-bridge -n "__fish_space_bridge_needs_command" -f -a "run" -d 'Mirror categories in rooms, and bring back what people there answer'
complete -c space-bridge -n "__fish_space_bridge_needs_command" -f -a "console" -d 'Write each new post of a category to standard output, as one line'
complete -c space-bridge -n "__fish_space_bridge_needs_command" -f -a "status" -d 'Show whether a bridge is at work, and the status of the server, networks and rooms'
complete -c space-bridge -n "__fish_space_bridge_needs_command" -f -a "config" -d 'Check or show the configuration'
complete -c space-bridge -n "__fish_space_bridge_needs_command" -f -a "completion" -d 'Write a completion script for a shell to standard output'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand run" -l config -d 'The configuration file' -r -F
complete -c space-bridge -n "__fish_space_bridge_using_subcommand run" -l state -d 'The file that keeps how far everything came' -r -F
complete -c space-bridge -n "__fish_space_bridge_using_subcommand run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand console" -l server -d 'The address of the server' -r
complete -c space-bridge -n "__fish_space_bridge_using_subcommand console" -l category -d 'The category, by its short name' -r
complete -c space-bridge -n "__fish_space_bridge_using_subcommand console" -l token-file -d 'The file that holds the access token; without it only what is open to everyone is read' -r -F
complete -c space-bridge -n "__fish_space_bridge_using_subcommand console" -l state -d 'The file that keeps how far it came [default: one per server and category, in the user\'s state folder]' -r -F
complete -c space-bridge -n "__fish_space_bridge_using_subcommand console" -l from-start -d 'The first time, begin with the oldest post instead of now'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand console" -l once -d 'End when everything that is there has been written'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand console" -l allow-plain-http -d 'Allow http:// to another machine: token and posts travel in the open'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand console" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand status" -l config -d 'The configuration file' -r -F
complete -c space-bridge -n "__fish_space_bridge_using_subcommand status" -l state -d 'The file that keeps how far everything came' -r -F
complete -c space-bridge -n "__fish_space_bridge_using_subcommand status" -l json -d 'One JSON object'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand config; and not __fish_seen_subcommand_from check show example" -s h -l help -d 'Print help'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand config; and not __fish_seen_subcommand_from check show example" -f -a "check" -d 'Say whether the configuration can be used; exit code 78 when it cannot'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand config; and not __fish_seen_subcommand_from check show example" -f -a "show" -d 'Show every key with the value in force; it names the files of secrets, not the secrets'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand config; and not __fish_seen_subcommand_from check show example" -f -a "example" -d 'Write a commented example to standard output, with every key'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand config; and __fish_seen_subcommand_from check" -l config -d 'The configuration file' -r -F
complete -c space-bridge -n "__fish_space_bridge_using_subcommand config; and __fish_seen_subcommand_from check" -l state -d 'The file that keeps how far everything came' -r -F
complete -c space-bridge -n "__fish_space_bridge_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'The configuration file' -r -F
complete -c space-bridge -n "__fish_space_bridge_using_subcommand config; and __fish_seen_subcommand_from show" -l state -d 'The file that keeps how far everything came' -r -F
complete -c space-bridge -n "__fish_space_bridge_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand config; and __fish_seen_subcommand_from example" -s h -l help -d 'Print help'
complete -c space-bridge -n "__fish_space_bridge_using_subcommand completion" -s h -l help -d 'Print help'
