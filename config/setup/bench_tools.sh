# What the benchmarks compare with: never in the environment that runs or tests Trama. Read by ./trama.

# In a subshell, so that VENV and PYTHON are the peers' there and the project's own everywhere else.
ensure_peers() {
    (
        VENV=$ROOT/.venv-bench
        PYTHON=$VENV/bin/python
        ensure_environment bench tests/benchmarks/requirements.lock
    )
    need hledger hledger hledger
    postgresql_is_there || need initdb postgresql postgresql
    # A missing peer is a row of the table that says so.
    [ -z "$missing_apt" ] || say "Measuring without them. Run: $(command_for_human "${missing_apt# }" "${missing_brew# }")"
}
