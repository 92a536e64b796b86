#!/bin/sh
# SPDX-FileCopyrightText: The Space authors
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Builds the Debian packages space, space-server and space-bridge, for the machine it runs on.
#
#     config-examples/debian/build.sh                  # into target/debian
#     config-examples/debian/build.sh --out DIR space-server
#     sudo apt install ./target/debian/space-server_*.deb
#
# It needs dpkg-deb, and dpkg-shlibdeps (of dpkg-dev) to know the libraries. BIN_DIR says where the programs are; without
# it they are built first. COMPRESSION is what dpkg-deb knows by -Z [default: xz].

set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
out=$root/target/debian
packages=

while [ $# -gt 0 ]; do
    case $1 in
        --out)
            [ $# -gt 1 ] || { echo "build.sh: --out needs a folder" >&2; exit 2; }
            out=$2
            shift
            ;;
        --help | -h)
            sed -n '5,12s/^# \{0,1\}//p' "$0"
            exit 0
            ;;
        space | space-server | space-bridge) packages="$packages $1" ;;
        *)
            echo "build.sh: unknown argument: $1" >&2
            exit 2
            ;;
    esac
    shift
done
packages=${packages:-space space-server space-bridge}

if [ -z "${BIN_DIR:-}" ]; then
    (cd "$root" && cargo build --release --locked -p space-tui -p space-server -p space-bridge)
    BIN_DIR=${CARGO_TARGET_DIR:-$root/target}/release
fi
export BIN_DIR

version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"$/\1/p' "$root/Cargo.toml")
architecture=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
mkdir -p -- "$out"

# The shared libraries that a program needs, as packages.
libraries() {
    mkdir -p "$work/debian"
    printf 'Source: space\n\nPackage: %s\nArchitecture: any\n' "$1" >"$work/debian/control"
    if command -v dpkg-shlibdeps >/dev/null; then
        (cd "$work" && dpkg-shlibdeps -O "$2" 2>/dev/null) | sed 's/^shlibs:Depends=//'
    else
        echo libc6
    fi
}

for package in $packages; do
    tree=$work/$package
    DESTDIR=$tree PREFIX=/usr "$root/config-examples/install.sh" "$package" >/dev/null
    # Where zsh of Debian looks.
    mv "$tree/usr/share/zsh/site-functions" "$tree/usr/share/zsh/vendor-completions"
    mkdir -p "$tree/DEBIAN"
    find "$tree/usr/share/man" -name '*.1' -exec gzip -9n {} +
    {
        echo "Package: $package"
        echo "Version: $version"
        echo "Architecture: $architecture"
        echo "Maintainer: The Space authors <space@example.org>"
        echo "Installed-Size: $(du -sk "$tree/usr" | cut -f 1)"
        depends=$(libraries "$package" "$tree/usr/bin/$package")
        case $package in
            space-server) depends="$depends, systemd | systemd-standalone-sysusers, systemd | systemd-standalone-tmpfiles" ;;
            space-bridge) depends="$depends, systemd | systemd-standalone-sysusers" ;;
        esac
        echo "Depends: $depends"
        grep -v '^#' "$here/$package.control"
    } >"$tree/DEBIAN/control"
    case $package in
        space-server)
            mkdir -p "$tree/etc/space"
            cp "$root/config-examples/space-server.proxy.toml" "$tree/etc/space/space-server.toml"
            chmod 0644 "$tree/etc/space/space-server.toml"
            echo /etc/space/space-server.toml >"$tree/DEBIAN/conffiles"
            ;;
    esac
    for script in postinst prerm postrm; do
        if [ -f "$here/$package.$script" ]; then
            cp "$here/$package.$script" "$tree/DEBIAN/$script"
            chmod 0755 "$tree/DEBIAN/$script"
        fi
    done
    find "$tree" -type d -exec chmod 0755 {} +
    (cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
    dpkg-deb --root-owner-group "-Z${COMPRESSION:-xz}" --build "$tree" "$out/${package}_${version}_$architecture.deb"
done
