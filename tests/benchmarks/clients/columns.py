"""DuckDB on the same postings in a Parquet file: what a tool made for sums needs for the trial balance."""

from pathlib import Path
from typing import Any

import duckdb  # type: ignore[import-not-found]
import psycopg

from tests.benchmarks.clients import loop


def prepare(told: dict[str, Any]) -> None:
    """Copy the postings from the ledger into the file."""
    file = Path(told["file"])
    table = file.with_suffix(".csv")
    with (
        psycopg.connect(told["url"]) as connection,
        table.open("wb") as out,
        connection.cursor().copy(
            "COPY (SELECT event_id, line, account_id, amount, claim_id FROM ledger_posting ORDER BY event_id, line)"
            " TO STDOUT (FORMAT csv, HEADER)"
        ) as rows,
    ):
        for row in rows:
            out.write(row)
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{table}')) TO '{file}' (FORMAT parquet)")
    table.unlink()


def main() -> None:
    """Prepare the file, or serve."""
    told = loop.options()
    if told["job"] == "prepare":
        prepare(told)
        return

    def ask() -> int:
        found = duckdb.sql(f"SELECT account_id, sum(amount), count(*) FROM '{told['file']}' GROUP BY account_id")
        if sum(amount for _account, amount, _postings in found.fetchall()):
            raise AssertionError("the trial balance does not add up")
        return 1

    loop.serve(ask)


if __name__ == "__main__":
    main()
