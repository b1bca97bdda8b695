#!/bin/sh
# Repeats the proof that Trama sets itself up on a machine where nothing was installed:
#   sudo tests/platform/pristine.sh root    COMMAND...    e.g. ./trama test, or bash .ci/run
#   sudo tests/platform/pristine.sh visitor COMMAND...    as an ordinary user, without sudo
# It makes a minimal Debian 12 in a folder, copies what git tracks into it, and runs COMMAND there. Where packages come
# from is read from this machine's own configuration and written into that folder only.
set -eu

[ "$(id -u)" = 0 ] || { echo "Run it as root: debootstrap and chroot need that." >&2; exit 1; }
[ $# -ge 2 ] || { sed -n '2,4s/^# *//p' "$0" >&2; exit 2; }
who=$1
shift
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
PLACE=${PRISTINE:-$(mktemp -d /tmp/trama-pristine.XXXXXX)}
BASE=$PLACE/root

say() { printf 'pristine: %s\n' "$*" >&2; }

# The first Debian mirror that apt uses here, in either of its two notations.
mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null |
        sed -n -e 's/^URIs: *\([^ ]*debian\/\{0,1\}\)\( .*\)\{0,1\}$/\1/p' \
            -e 's/^deb \(\[.*\] \)\{0,1\}\([^ ]*debian\/\{0,1\}\) .*/\2/p' | head -n 1
}

make_base() {
    command -v debootstrap >/dev/null || apt-get install -y -q debootstrap >&2
    say "Making a minimal Debian in $BASE ..."
    debootstrap --variant=minbase --include=ca-certificates bookworm "$BASE" "$(mirror)" >"$PLACE/debootstrap.log"
    cp /etc/resolv.conf /etc/hosts "$BASE/etc/"
    rm -f "$BASE/etc/apt/sources.list"
    for list in /etc/apt/sources.list /etc/apt/sources.list.d/debian.*; do
        [ ! -e "$list" ] || cp "$list" "$BASE/etc/apt/${list#/etc/apt/}"
    done
    cp -r /etc/apt/apt.conf.d/. "$BASE/etc/apt/apt.conf.d/"
    [ ! -e /etc/pip.conf ] || cp /etc/pip.conf "$BASE/etc/pip.conf"
    cp /etc/ssl/certs/ca-certificates.crt "$BASE/etc/ssl/certs/ca-certificates.crt"
    cp -r /usr/local/share/ca-certificates/. "$BASE/usr/local/share/ca-certificates/" 2>/dev/null || true
    # A server that a package brings must not start by itself in here: it would take the host's port.
    printf '#!/bin/sh\nexit 101\n' >"$BASE/usr/sbin/policy-rc.d"
    chmod +x "$BASE/usr/sbin/policy-rc.d"
    chroot "$BASE" useradd --create-home visitor
}

unmount() {
    for point in proc dev/pts dev/shm dev; do
        umount -l "$BASE/$point" 2>/dev/null || true
    done
}

[ -d "$BASE/etc" ] || make_base
rm -rf "$BASE/srv/trama"
mkdir -p "$BASE/srv/trama" "$BASE/dev"
git -C "$ROOT" archive HEAD | tar -x -C "$BASE/srv/trama"
[ "$who" = root ] || chroot "$BASE" chown -R visitor /srv/trama

trap unmount EXIT
mount -t proc proc "$BASE/proc"
mount --rbind /dev "$BASE/dev"
mount --make-rslave "$BASE/dev"

# A clean environment, but for what says how packages are fetched here. The values have no blanks.
fetching=$(env | grep -E '^(PIP|UV|SSL|REQUESTS|CURL)_[A-Z_]*=[^ ]*$' | grep -v '^PIP_FIND_LINKS' || true)
[ "$who" = root ] || identity="--reuid visitor --regid visitor --init-groups"
say "Running as $who: $*"
began=$(date +%s)
status=0
# shellcheck disable=SC2086  # lists of words
chroot "$BASE" setpriv --reset-env ${identity:-} env LANG=C.UTF-8 $fetching \
    sh -c 'cd /srv/trama && exec "$@"' sh "$@" || status=$?
say "Exit $status after $(($(date +%s) - began)) s. The folder stays: $PLACE (remove it, or use it again: PRISTINE=$PLACE)."
exit $status
