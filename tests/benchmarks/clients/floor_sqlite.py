"""The floor on SQLite: the same rows as ours by plain statements, durable, with kept balances and no other rule."""

import datetime as dt
import itertools
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tests.benchmarks.clients import loop
from tests.benchmarks.world import TODAY, Deal, World, new_key

TABLES = """
CREATE TABLE event (
    id integer PRIMARY KEY, key text NOT NULL UNIQUE, digest text NOT NULL, kind text NOT NULL,
    happened_on text NOT NULL, booked_on text NOT NULL, recorded_at text NOT NULL, recorded_by integer,
    confirmed_by integer, memo text NOT NULL, papers text NOT NULL, agreement text NOT NULL, resolution text NOT NULL,
    reverses integer);
CREATE TABLE entry (
    event_id integer NOT NULL, book_id integer NOT NULL, year integer NOT NULL, number integer NOT NULL,
    booked_on text NOT NULL, PRIMARY KEY (event_id, book_id), UNIQUE (book_id, year, number)) WITHOUT ROWID;
CREATE TABLE posting (
    event_id integer NOT NULL, line integer NOT NULL, account_id integer NOT NULL, amount integer NOT NULL,
    quantity integer, measure_id integer, claim_id integer, PRIMARY KEY (event_id, line)) WITHOUT ROWID;
CREATE INDEX posting_by_account ON posting (account_id, event_id);
CREATE TABLE account_balance (
    account_id integer PRIMARY KEY, amount integer NOT NULL, quantity integer NOT NULL, postings integer NOT NULL,
    last_event integer NOT NULL);
CREATE TABLE claim_balance (
    claim_id integer PRIMARY KEY, amount integer NOT NULL, quantity integer NOT NULL, last_event integer NOT NULL);
"""
EVENT = "INSERT INTO event VALUES (?, ?, ?, 'barter_delivery', ?, ?, ?, NULL, NULL, ?, '', '', '', NULL)"
ENTRY = "INSERT INTO entry VALUES (?, ?, ?, ?, ?)"
POSTING = "INSERT INTO posting VALUES (?, ?, ?, ?, NULL, NULL, ?)"
BALANCE = "UPDATE account_balance SET amount = amount + ?, postings = postings + ?, last_event = ? WHERE account_id = ?"
CLAIM = "UPDATE claim_balance SET amount = amount + ?, last_event = ? WHERE claim_id = ?"
DIGEST = "0" * 64
DAY = TODAY.isoformat()


class Floor:
    """One connection, and what it needs to know of the world."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.world = World.of(told)
        self.accounts = {name: number for number, name in enumerate(self.world.accounts, start=1)}
        self.connection = sqlite3.connect(told["file"], isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-20000", "mmap_size=134217728"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.deals = self.world.deals(client=told["client"])
        self.ids: Iterator[int] = iter(())
        self.numbers: list[Iterator[int]] = []

    def prepare(self) -> None:
        """Make the tables and the balances at zero."""
        self.connection.executescript(TABLES)
        with self.connection:
            self.connection.executemany(
                "INSERT INTO account_balance VALUES (?, 0, 0, 0, 0)", [(number,) for number in self.accounts.values()]
            )
            self.connection.executemany(
                "INSERT INTO claim_balance VALUES (?, 0, 0, 0)", [(number,) for number in range(len(self.world.pairs))]
            )

    def look(self) -> None:
        """Number on from the last event: no entry has a higher number than its event."""
        last = self.connection.execute("SELECT coalesce(max(id), 0) FROM event").fetchall()[0][0]
        self.ids = itertools.count(last + 1)
        self.numbers = [itertools.count(last + 1) for _ in range(self.world.books)]

    def batch(self, size: int) -> int:
        """Write so many events in one transaction."""
        deals = [(next(self.ids), next(self.deals)) for _ in range(size)]
        year, now = TODAY.year, dt.datetime.now(dt.UTC).isoformat()  # noqa: TID251  # the clock of a client
        run = self.connection.executemany
        self.connection.execute("BEGIN IMMEDIATE")
        run(EVENT, [(e, str(new_key()), DIGEST, DAY, DAY, now, f"Entrega {deal.number}") for e, deal in deals])
        run(
            ENTRY,
            [
                (event, book, year, next(self.numbers[book]), DAY)
                for event, deal in deals
                for book in (deal.seller, deal.buyer)
            ],
        )
        run(
            POSTING,
            [
                (event, line, self.accounts[name], amount, deal.number if line in {1, 4} else None)
                for event, deal in deals
                for line, (name, amount) in enumerate(deal.postings, start=1)
            ],
        )
        self._balances(deals)
        self.connection.execute("COMMIT")
        return size

    def _balances(self, deals: list[tuple[int, Deal]]) -> None:
        accounts: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
        claims: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        for event, deal in deals:
            if sum(amount for _, amount in deal.postings):
                raise ValueError("does not balance")
            for name, amount in deal.postings:
                moved = accounts[self.accounts[name]]
                moved[:] = moved[0] + amount, moved[1] + 1, event
            claims[deal.number][:] = claims[deal.number][0] + deal.amount, event
        self.connection.executemany(BALANCE, [(*moved, account) for account, moved in accounts.items()])
        self.connection.executemany(CLAIM, [(*moved, claim) for claim, moved in claims.items()])


def main() -> None:
    """Prepare the database, or serve."""
    told = loop.options()
    floor = Floor(told)
    if told.get("job") == "prepare":
        floor.prepare()
        floor.look()
        if told["rows"]:
            floor.batch(told["rows"])
        return
    floor.look()
    loop.serve(lambda: floor.batch(told.get("size", 1)), warm_up=told.get("warm_up", loop.WARM_UP))


if __name__ == "__main__":
    main()
