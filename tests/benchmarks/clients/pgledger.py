"""pgledger in its own way: one call of `pgledger_create_transfers` with two transfers, which are four entries."""

from pathlib import Path
from typing import Any

import psycopg

from tests.benchmarks.clients import loop
from tests.benchmarks.world import Deal, World

#: (from, to, amount): the seller's income to its receivable, the buyer's payable to its stock.
ONE = """SELECT id FROM pgledger_create_transfers(
    ARRAY[(%s, %s, %s)::transfer_request, (%s, %s, %s)::transfer_request], now(), %s::jsonb)"""

MANY = """SELECT count(*) FROM pgledger_create_transfers(
    (SELECT array_agg((f, t, a)::transfer_request)
        FROM unnest(%s::text[], %s::text[], %s::numeric[]) AS r (f, t, a)), now(), %s::jsonb)"""


class PgLedger:
    """One connection, and the ids of the accounts by name."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told
        self.world = World.of(told)
        self.connection = psycopg.connect(told["url"], autocommit=True)
        self.deals = self.world.deals(client=told["client"])
        self.accounts: dict[str, str] = {}

    def prepare(self) -> None:
        """Load its SQL, after the functions that stand beside it under `vendor`, as its own recipe does."""
        file = Path(self.told["file"])
        for sql in [*sorted(file.parent.glob("vendor/**/*.sql")), file]:
            self.connection.execute(sql.read_text(encoding="utf-8").encode())
        for name in self.world.accounts:
            self.connection.execute("SELECT id FROM pgledger_create_account(%s, 'ARS')", [name])

    def look(self) -> None:
        """Read the ids of the accounts."""
        self.accounts = dict(self.connection.execute("SELECT name, id FROM pgledger_accounts").fetchall())

    def _transfers(self, deal: Deal) -> list[tuple[str, str, int]]:
        (receivable, amount), (income, _), (stock, _), (payable, _) = deal.postings
        ids = self.accounts
        return [(ids[income], ids[receivable], amount), (ids[payable], ids[stock], amount)]

    def post(self) -> int:
        """Write one event as two transfers."""
        deal = next(self.deals)
        values = [value for transfer in self._transfers(deal) for value in transfer]
        self.connection.execute(ONE, [*values, f'{{"memo": "Entrega {deal.number}"}}'], prepare=True)
        return 1

    def batch(self, size: int) -> int:
        """Write so many events in one call."""
        transfers = [transfer for _ in range(size) for transfer in self._transfers(next(self.deals))]
        columns = [list(column) for column in zip(*transfers, strict=True)]
        self.connection.execute(MANY, [*columns, '{"memo": "Entrega"}'], prepare=True)
        return size


def main() -> None:
    """Prepare the database, or serve."""
    told = loop.options()
    ledger = PgLedger(told)
    if told["job"] == "prepare":
        ledger.prepare()
        ledger.look()
        for _ in range(told["rows"]):
            ledger.post()
        return
    ledger.look()
    work = ledger.post if told["job"] == "post" else lambda: ledger.batch(told["size"])
    loop.serve(work, warm_up=told.get("warm_up", loop.WARM_UP))


if __name__ == "__main__":
    main()
