#!/usr/bin/env bash
# older_server.sh MIRROR: in a root of ./pgcrm matrix, the server of Debian 12 with pg_cron, unpacked in /opt/older, and
# the extension built for it. From there test/t/move_to_a_newer_server.t takes an account to the root's own server.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

older=/opt/older
config=$older/usr/lib/postgresql/15/bin/pg_config
sources=/etc/apt/sources.list.d/older.list

# With the libraries of which the root may have newer ones only, under other names.
packages=(postgresql-15 postgresql-client-15 postgresql-server-dev-15 postgresql-15-cron libicu72 libldap-2.5-0 libxml2
    libgnutls30 libhogweed6 libidn2-0 libnettle8 libp11-kit0 libsasl2-2 libtasn1-6 libunistring2)

# Nothing else is to come from there: the list is taken away again.
unpack() {
    local downloaded package
    downloaded=$(mktemp -d)
    printf 'deb %s bookworm main\n' "$1" >"$sources"
    trap 'rm -f "$sources"' EXIT
    apt-get update
    (cd "$downloaded" && apt-get -o APT::Sandbox::User=root download "${packages[@]/%//bookworm}")
    for package in "$downloaded"/*.deb; do
        dpkg -x "$package" "$older"
    done
    rm -rf "$downloaded" "$sources"
    apt-get update
    add_libraries
}

# Those that the root has itself stay as they are for all that it runs.
add_libraries() {
    local library
    for library in "$older"/usr/lib/*/lib*.so.*; do
        [[ ! -L $library || -e ${library#"$older"} ]] || cp -L "$library" /usr/local/lib/
    done
    ldconfig
}

# From a copy, because the objects lie beside the sources.
build() {
    local copy=$older/pgcrm
    rm -rf "$copy"
    mkdir -p "$copy"
    tar --exclude='*.[od]' -cf - Makefile pgcrm.control pgcrm.map extension scripts sql | tar -C "$copy" -xf -
    make -C "$copy" --jobs="$(nproc)" PG_CONFIG="$config" QUICK=1
    make -C "$copy" PG_CONFIG="$config" QUICK=1 install
}

runs() {
    [[ -e $config ]] && "$("$config" --bindir)"/postgres --version
}

runs || unpack "$1"
runs
build
