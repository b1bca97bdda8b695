# What the operating system may install for us, never asking for a password. Read by ./trama.

# Standard error: the output of `./trama manage` belongs to the command alone.
say() {
    printf 'trama: %s\n' "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

# as_root COMMAND...: run it as root if that needs no password, else return 1.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

# system_install "APT PACKAGES" "BREW PACKAGES": 0 if they were installed.
system_install() {
    if command -v apt-get >/dev/null 2>&1; then
        as_root true || return 1
        say "Installing $1 (apt-get) ..."
        apt_install "$1"
    elif command -v brew >/dev/null 2>&1 && [ -n "$2" ]; then
        say "Installing $2 (brew) ..."
        # shellcheck disable=SC2086  # a list of packages
        HOMEBREW_NO_AUTO_UPDATE=1 quietly brew install $2
    else
        return 1
    fi
}

apt_install() {
    # The lists may be absent or older than the mirror: read them once, before the first package.
    if [ -z "${apt_is_fresh:-}" ]; then
        quietly as_root apt-get update || say "apt-get update failed; trying with the lists that are here."
        apt_is_fresh=1
    fi
    # shellcheck disable=SC2086  # a list of packages
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        -o DPkg::Lock::Timeout=300 $1
}

# Run a talkative command; show what it said only if it failed.
quietly() {
    log=$(mktemp)
    if "$@" >"$log" 2>&1 </dev/null; then
        rm -f "$log"
    else
        tail -n 15 "$log" >&2
        rm -f "$log"
        return 1
    fi
}

# The command that a person with the right to do so would type.
command_for_human() {
    if command -v apt-get >/dev/null 2>&1; then
        if [ "$(id -u)" = 0 ]; then
            printf 'apt-get update && apt-get install -y %s\n' "$1"
        else
            printf 'sudo apt-get update && sudo apt-get install -y %s\n' "$1"
        fi
    elif command -v brew >/dev/null 2>&1; then
        printf 'brew install %s\n' "$2"
    else
        printf 'install %s with the package manager of this system\n' "$1"
    fi
}
