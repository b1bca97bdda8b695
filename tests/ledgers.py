"""Random ledgers: three books whose codes and things look alike, every unit, memos that no parser likes."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from ledger.actions import accounts, journal, seals
from ledger.actions.facts import Line
from ledger.models import Account, Book, Claim, CreditLimit, Event, Measure, Unit
from network.models import User
from tests import make

START = dt.date(2025, 12, 28)
MEMOS = [
    "Harina 000",
    'Dijo "hola" \\ y se fue',
    "=HYPERLINK(1)",
    "a ; b | c # d * ! % { } @@ 5 ARS",
    "  dos  espacios ",
    "[2020-01-01] date:2020-01-01, x:y",
    "(entre paréntesis) ñandú 日本",
    "línea\nnueva\ty \u2028 otra",
    "",
]
THINGS = ["harina", "harina.", "Härina", "日本", "mesadas de acero inoxidable", "mesadas de acero inoxidables"]

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["sell", "deliver", "settle", "lend", "both", "count", "pay", "reverse", "wait"]),
        st.permutations([0, 1, 2]),
        st.integers(1, 10_000) | st.sampled_from([1, 2**53 + 1, 2**58]),
        st.integers(0, 10**6),
    ),
    max_size=14,
)

#: Each step once, and some again: what every test should have seen.
EVERYTHING = [
    (what, [0, 1, 2], amount, which)
    for which, (what, amount) in enumerate(
        [
            *(("sell", 100), ("sell", 2**53 + 1), ("deliver", 5_000), ("settle", 1_200), ("wait", 1), ("lend", 450)),
            *(("both", 7), ("count", 10_000), ("deliver", 1), ("pay", 30), ("reverse", 1), ("wait", 1), ("deliver", 8)),
            *(("deliver", 9), ("settle", 5), ("deliver", 11), ("pay", 2**58), ("wait", 1), ("sell", 5), ("reverse", 1)),
        ]
    )
]


@dataclass
class Ledger:
    """Plays steps, each one entry or more."""

    today: dt.date = START
    claims: list[Claim] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.person: User = make.user("Ana")
        self.books = [make.book(code) for code in ("la-red", "la_red", "La-Red")]
        self.network = make.book("red", kind="federation")
        self.mia = Unit.objects.create(
            code="mia.1", kind="credit", scale=0, symbol="MIA", name_es="mía", name_en="mía", issuer=self.network
        )
        for book in self.books:
            CreditLimit.objects.create(
                account=self.position(book),
                amount=2**60,
                resolution="Acta 4",
                decided_on=START,
                recorded_by=self.person,
            )

    @classmethod
    def play(cls, steps: list[Any]) -> "Ledger":
        ledger = cls()
        for what, order, amount, which in steps:
            getattr(ledger, what)([ledger.books[at] for at in order], amount, which)
        return ledger

    def post(self, lines: list[Line], which: int) -> None:
        self.events.append(make.event(lines, on=self.today, memo=MEMOS[which % len(MEMOS)]))

    def wait(self, books: list[Book], amount: int, which: int) -> None:
        self.today += dt.timedelta(days=which % 4)
        if which % 3 == 0:
            seals.seal(at=dt.datetime(2027, 1, 1, tzinfo=dt.UTC))

    def sell(self, books: list[Book], amount: int, which: int) -> None:
        unit = "USD" if which % 2 else "ARS"
        self.post(self.pair(books[0], "1102", "4101", amount, unit), which)

    def lend(self, books: list[Book], amount: int, which: int) -> None:
        self.post(self.pair(books[0], "9201", "9202", amount, "HAULA"), which)

    def both(self, books: list[Book], amount: int, which: int) -> None:
        """Post one entry with two units: each balances by itself."""
        lines = self.pair(books[0], "9101", "9102", amount, "M2")
        self.post([*lines, *self.pair(books[0], "5101", "1303", amount + 1)], which)

    def count(self, books: list[Book], amount: int, which: int) -> None:
        """Post an entry that counts what it moves."""
        debit, credit = self.pair(books[0], "1301", "1303", amount)
        measure = self.measure(which)
        counted = Line(account=debit.account, amount=amount, quantity=which, measure=measure)
        self.post([counted, credit], which)

    def deliver(self, books: list[Book], amount: int, which: int) -> None:
        creditor, debtor, _other = books
        claim = make.claim(creditor, debtor, peg=self.measure(which), on=self.today)
        self.claims.append(claim)
        self.owe(claim, amount, which)

    def settle(self, books: list[Book], amount: int, which: int) -> None:
        if self.claims:
            claim = self.claims[which % len(self.claims)]
            claim.balance.refresh_from_db()
            self.owe(claim, -min(amount, claim.balance.amount), which)

    def owe(self, claim: Claim, amount: int, which: int) -> None:
        if amount:
            lines = (
                self.pair(claim.debtor, "1301", "2101", amount)[:1]
                + self.pair(claim.creditor, "1101", "4103", amount)[1:]
            )
            self.post([*make.claim_lines(claim, amount, amount), *lines], which)

    def pay(self, books: list[Book], amount: int, which: int) -> None:
        """Pay in the network's credit: both members' books, and the network's book in between."""
        lines = []
        for member, sign, other in ((books[0], -1, "5101"), (books[1], 1, "4101")):
            lines += [
                Line(account=self.position(member), amount=sign * amount),
                Line(account=accounts.account(book=member, number=other, unit=self.mia), amount=-sign * amount),
                Line(account=self.position(member, of_network=True), amount=-sign * amount),
            ]
        if not CreditLimit.objects.get(account=lines[0].account).account.balance.amount - amount < -(2**60):
            self.post(lines, which)

    def reverse(self, books: list[Book], amount: int, which: int) -> None:
        found = [e for e in self.events if e.kind != "reversal" and not Event.objects.filter(reverses=e).exists()]
        found = [e for e in found if not e.postings.exclude(claim=None).exists()]
        if found:
            event = found[which % len(found)]
            done = journal.reverse(
                event=event, key=make.uuid.uuid4(), reason=MEMOS[which % len(MEMOS)], on=self.today, by=self.person
            )
            self.events.append(done)

    def pair(self, book: Book, debit: str, credit: str, amount: int, unit: str = "ARS") -> list[Line]:
        return [
            Line(account=make.account(book, debit, unit), amount=amount),
            Line(account=make.account(book, credit, unit), amount=-amount),
        ]

    def position(self, member: Book, *, of_network: bool = False) -> Account:
        book, number, other = (self.network, "2302", member) if of_network else (member, "1103", self.network)
        peg = make.measure("mia.1")
        return accounts.debt_account(book=book, number=number, unit=self.mia, counterparty=other, peg=peg)

    def measure(self, which: int) -> Measure:
        return Measure.objects.get_or_create(unit=make.unit("KG"), thing=THINGS[which % len(THINGS)])[0]
