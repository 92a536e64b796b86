#!/bin/sh
# SPDX-FileCopyrightText: The Space authors
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Installs the programs of Space with their man pages, shell completions and examples.
#
#     cargo build --release --locked
#     config-examples/install.sh                              # all three, below /usr/local
#     PREFIX="$HOME/.local" config-examples/install.sh space  # the terminal alone, for yourself
#     config-examples/install.sh --documentation space        # man pages and completions, after `cargo install`
#     config-examples/install.sh --uninstall
#
# PREFIX   where the files belong [default: /usr/local]
# DESTDIR  what is put before every path, for packages
# BIN_DIR  where the programs were built [default: target/release]

set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
prefix=${PREFIX:-/usr/local}
bin_dir=${BIN_DIR:-$root/target/release}
dest=${DESTDIR:-}
mode=install
documentation_only=false
programs=

fail() {
    echo "install.sh: $1" >&2
    exit "${2:-1}"
}

for argument in "$@"; do
    case $argument in
        --documentation) documentation_only=true ;;
        --uninstall) mode=uninstall ;;
        --help | -h)
            sed -n '5,17s/^# \{0,1\}//p' "$0"
            exit 0
            ;;
        space | space-server | space-bridge) programs="$programs $argument" ;;
        *) fail "unknown argument: $argument (expected space, space-server, space-bridge, --documentation or --uninstall)" 2 ;;
    esac
done
programs=${programs:- space space-server space-bridge}
case $prefix in
    /*) ;;
    *) fail "PREFIX has to begin with /: $prefix" 2 ;;
esac

# put MODE SOURCE TARGET: installs a file, or removes it.
put() {
    if [ "$mode" = uninstall ]; then
        rm -f -- "$dest$3"
    else
        mkdir -p -- "$(dirname -- "$dest$3")"
        # Beside it first, then renamed: a program that runs is not written into.
        cp -- "$2" "$dest$3.new"
        chmod "$1" "$dest$3.new"
        mv -f -- "$dest$3.new" "$dest$3"
    fi
}

# unit SOURCE TARGET: a unit of systemd, with the path of the installed program.
unit() {
    if [ "$mode" = uninstall ]; then
        rm -f -- "$dest$2"
    else
        mkdir -p -- "$(dirname -- "$dest$2")"
        sed "s#/usr/bin/space#$prefix/bin/space#g" "$1" >"$dest$2"
        chmod 0644 "$dest$2"
    fi
}

# Pages of `space` are space.1 and space-COMMAND.1, but not those of the other programs.
pages_of() {
    for page in "$root"/man/"$1".1 "$root"/man/"$1"-*.1; do
        case $1:$(basename -- "$page") in
            space:space-server*.1 | space:space-bridge*.1) ;;
            *) echo "$page" ;;
        esac
    done
}

if [ "$mode" = install ] && [ "$documentation_only" = false ]; then
    for program in $programs; do
        [ -x "$bin_dir/$program" ] || fail "there is no $bin_dir/$program: build it with cargo build --release --locked, or set BIN_DIR"
    done
fi

for program in $programs; do
    [ "$documentation_only" = true ] || put 0755 "$bin_dir/$program" "$prefix/bin/$program"
    pages_of "$program" | while IFS= read -r page; do
        put 0644 "$page" "$prefix/share/man/man1/$(basename -- "$page")"
    done
    put 0644 "$root/man/completions/$program.bash" "$prefix/share/bash-completion/completions/$program"
    put 0644 "$root/man/completions/_$program" "$prefix/share/zsh/site-functions/_$program"
    put 0644 "$root/man/completions/$program.fish" "$prefix/share/fish/vendor_completions.d/$program.fish"
    examples=$prefix/share/doc/$program/examples
    case $program in
        space)
            for file in config keys theme; do
                put 0644 "$root/config-examples/space/$file.toml" "$examples/$file.toml"
            done
            ;;
        space-server)
            for file in space-server.toml space-server.proxy.toml space-server.postgres.toml Caddyfile nginx.conf; do
                put 0644 "$root/config-examples/$file" "$examples/$file"
            done
            for file in space-server.service space-server-backup.service space-server-backup.timer; do
                [ "$documentation_only" = true ] || unit "$root/config-examples/systemd/$file" "$prefix/lib/systemd/system/$file"
            done
            [ "$documentation_only" = true ] || {
                put 0644 "$root/config-examples/systemd/space-server.sysusers.conf" "$prefix/lib/sysusers.d/space-server.conf"
                put 0644 "$root/config-examples/systemd/space-server.tmpfiles.conf" "$prefix/lib/tmpfiles.d/space-server.conf"
            }
            ;;
        space-bridge)
            put 0644 "$root/config-examples/bridge/irc.toml" "$examples/irc.toml"
            [ "$documentation_only" = true ] || {
                unit "$root/config-examples/systemd/space-bridge.service" "$prefix/lib/systemd/system/space-bridge.service"
                put 0644 "$root/config-examples/systemd/space-bridge.sysusers.conf" "$prefix/lib/sysusers.d/space-bridge.conf"
            }
            ;;
    esac
    put 0644 "$root/LICENSE" "$prefix/share/doc/$program/copyright"
done

if [ "$mode" = uninstall ]; then
    echo "Removed$programs from $dest$prefix."
else
    echo "Installed$programs below $dest$prefix."
fi
