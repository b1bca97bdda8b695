# A Python that really runs, the virtual environment, the locked packages. Read by ./trama.

# A name on PATH proves nothing: a pyenv shim answers 127, Debian's python3 lacks ensurepip without python3-venv.
python_serves() {
    "$1" -c 'import sys, ctypes, ensurepip, sqlite3, ssl, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${TRAMA_PYTHON:-} python3 /usr/bin/python3 python3.13 python3.12 python3.11 python3.14; do
        if python_serves "$candidate"; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

find_or_install_python() {
    find_python && return 0
    system_install "python3 python3-venv" "python@3.13" && find_python && return 0
    # An older Ubuntu has a newer Python beside its own.
    system_install "python3.11 python3.11-venv" "" && find_python && return 0
    fail "Python 3.11 or newer with venv is needed. Run:" \
        "$(command_for_human "python3 python3-venv" "python@3.13")"
}

# A Python that was upgraded under the environment leaves its packages in another folder.
environment_lives() {
    [ -x "$PYTHON" ] && "$PYTHON" -c 'import sys, pip; sys.exit(sys.prefix == sys.base_prefix)' 2>/dev/null
}

# ensure_environment NAME LOCK: the packages of LOCK are installed, by hash. The stamp makes the second time free.
ensure_environment() {
    stamp=$VENV/.trama-$1
    wanted=$(cat "$ROOT/$2" "$ROOT/requirements-uv.lock" | cksum)
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && environment_lives; then
        return 0
    fi
    if ! environment_lives; then
        base=$(find_or_install_python) || exit 1
        say "Making the Python environment $VENV with $("$base" --version) ..."
        quietly "$base" -m venv --clear "$VENV" ||
            fail "cannot make $VENV. Name a folder that may be written: TRAMA_VENV=DIR ./trama ..."
    fi
    install_locked "$ROOT/$2"
    printf '%s\n' "$wanted" >"$stamp"
}

install_locked() {
    say "Installing $(grep -c '^[a-zA-Z0-9]' "$1") packages of $(basename "$1"), each checked by its hash ..."
    if quietly "$PYTHON" -m pip install -q --require-hashes -r "$ROOT/requirements-uv.lock" &&
        quietly "$VENV/bin/uv" pip install -q --python "$PYTHON" --require-hashes -r "$1"; then
        return 0
    fi
    say "uv could not do it; trying with pip, which is slower ..."
    quietly "$PYTHON" -m pip install -q --require-hashes -r "$1" ||
        fail "the packages could not be installed: is there a way to a package index?"
}
