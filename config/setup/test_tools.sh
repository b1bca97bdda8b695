# The programs that only the tests and checks call. Read by ./trama.

# need NAME "COMMANDS, ANY OF THEM" "APT" "BREW": install it or note what a person has to run.
need() {
    for tool in $2; do
        command -v "$tool" >/dev/null 2>&1 && return 0
    done
    system_install "$3" "$4" || {
        missing="$missing
  $1: $(command_for_human "$3" "$4")"
    }
}

ensure_test_tools() {
    need Chromium "chromium chromium-browser google-chrome" chromium "--cask chromium"
    need qpdf qpdf qpdf qpdf
    need gettext xgettext gettext gettext
    need poppler pdftotext poppler-utils poppler
    if ! postgresql_is_there; then
        need PostgreSQL initdb postgresql postgresql
    fi
}

# Debian keeps initdb off PATH.
postgresql_is_there() {
    for bin in /usr/lib/postgresql/*/bin; do
        [ ! -x "$bin/initdb" ] || return 0
    done
    command -v initdb >/dev/null 2>&1
}

ensure_gettext() {
    missing=""
    need gettext xgettext gettext gettext
    [ -z "$missing" ] || fail "the translations cannot be checked. Run:$missing"
}
