# The programs that only the tests and checks call. Read by ./trama.

missing_apt=""
missing_brew=""

note_missing() {
    missing_apt="$missing_apt $1"
    missing_brew="$missing_brew $2"
}

# stop_if_missing SENTENCE: name everything at once, in one command that can be pasted.
stop_if_missing() {
    [ -z "$missing_apt" ] || fail "$1 Run: $(command_for_human "${missing_apt# }" "${missing_brew# }")"
}

# need "COMMANDS, ANY OF THEM" "APT PACKAGE" "BREW PACKAGE": install it, or note what a person has to.
need() {
    for tool in $1; do
        command -v "$tool" >/dev/null 2>&1 && return 0
    done
    system_install "$2" "$3" || note_missing "$2" "$3"
}

ensure_test_tools() {
    need "chromium chromium-browser google-chrome" chromium chromium
    need qpdf qpdf qpdf
    need xgettext gettext gettext
    need pdftotext poppler-utils poppler
    need hledger hledger hledger
    postgresql_is_there || need initdb postgresql postgresql
}

# Debian keeps initdb off PATH.
postgresql_is_there() {
    for bin in /usr/lib/postgresql/*/bin; do
        [ ! -x "$bin/initdb" ] || return 0
    done
    command -v initdb >/dev/null 2>&1
}

ensure_gettext() {
    need xgettext gettext gettext
    stop_if_missing "the translations cannot be checked without xgettext."
}
