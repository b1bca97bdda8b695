"""Clearing rounds as steps that tests take: three members owe each other in a circle, and their federation calls."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from ledger.actions import accounts, cleared, clearing
from ledger.actions.clearing import Call
from ledger.actions.facts import Line
from ledger.core import clearing_certificate, clearing_file
from ledger.models import Book, Claim, ClearingRound, RoundParty, Unit
from ledger.models.clearing import Consent
from ledger.queries import clearing as read
from network.models import Organization, User
from tests import credit, make
from tests.cast import Cast

OWED = dt.date(2026, 3, 1)
CALLED = dt.date(2026, 5, 4)
JOIN = dt.date(2026, 5, 8)
SOLVED = dt.date(2026, 5, 9)
ANSWER = dt.date(2026, 5, 15)
POSTED = dt.date(2026, 5, 16)


class Circle:
    """The print shop owes the mill 500, the mill the textile workers 700, they the print shop 450; each since March."""

    DEBTS: tuple[tuple[str, str, int], ...] = (
        ("grafica", "molino", 500_00),
        ("molino", "textil", 700_00),
        ("textil", "grafica", 450_00),
    )

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        make.affiliation(cast.textil.organization, cast.federacion)
        #: President of the federation.
        self.fede: User = make.officer("Fede", cast.federacion)
        for debtor, creditor, amount in self.DEBTS:
            self.owe(getattr(cast, debtor), getattr(cast, creditor), amount)

    def owe(self, debtor: Book, creditor: Book, amount: int, *, on: dt.date = OWED) -> Claim:
        """Let one owe another for goods, under no agreement of these tests, and return the claim."""
        owed = {"unit": make.unit(), "peg": make.measure(), "opened_on": on, "agreement": ""}
        claim = Claim.objects.create(creditor=creditor, debtor=debtor, **owed)
        goods = [(creditor, "4103", -amount), (debtor, "1301", amount)]
        sides = [Line(account=make.account(book, number), amount=value) for book, number, value in goods]
        make.event([*make.claim_lines(claim, amount), *sides], on=on, kind="barter_delivery")
        return claim

    def call(self, **how: Any) -> ClearingRound:
        told: dict[str, Any] = {"key": uuid.uuid4(), "body": self.cast.federacion, "by": self.fede, "on": CALLED}
        told |= {name: how.pop(name) for name in tuple(how) if name in told}
        what = {"unit": make.unit(), "consent": Consent.STANDING, "cut_off": CALLED, "join_until": JOIN}
        return clearing.call(what=Call(**(what | {"answer_until": ANSWER} | how)), **told)

    def propose(self, found: ClearingRound, *, seed: str = "2431", on: dt.date = SOLVED) -> ClearingRound:
        return cleared.propose(found=found, seed=seed, by=self.fede, on=on)

    def proposed(self, **how: Any) -> ClearingRound:
        return self.propose(self.call(**how))

    def post(self, found: ClearingRound, *, on: dt.date = POSTED) -> ClearingRound:
        return cleared.post(found=found, by=self.fede, on=on)

    def posted(self, **how: Any) -> ClearingRound:
        return self.post(self.proposed(**how))

    def officer(self, of: Organization) -> User:
        speak = {self.cast.grafica: self.cast.ana, self.cast.molino: self.cast.mario, self.cast.textil: self.cast.carla}
        return {book.organization: person for book, person in speak.items()}[of]

    def take_part(self, found: ClearingRound, of: Book, *, on: dt.date = SOLVED, **credit: int) -> RoundParty:
        by = self.officer(of.organization)
        return clearing.take_part(found=found, organization=of.organization, by=by, on=on, **credit)

    def stay_out(self, found: ClearingRound, of: Book, *, reason: str = "", on: dt.date = SOLVED) -> RoundParty:
        by = self.officer(of.organization)
        return clearing.stay_out(found=found, organization=of.organization, reason=reason, by=by, on=on)

    def debts(self) -> dict[tuple[str, str], int]:
        """Return (debtor, creditor) → what is open between them."""
        found: dict[tuple[str, str], int] = {}
        rows = Claim.objects.filter(balance__amount__gt=0).values_list(
            "debtor__organization__code", "creditor__organization__code", "balance__amount"
        )
        for debtor, creditor, amount in rows:
            found[debtor, creditor] = found.get((debtor, creditor), 0) + amount
        return found


class Chain(Circle):
    """The print shop owes the mill 500, the mill the textile workers 300, and these owe nobody: no circle.

    Their federation keeps a credit, the MIA, in which the print shop may go 400 below zero, and the others nothing.
    """

    DEBTS = (("grafica", "molino", 500_00), ("molino", "textil", 300_00))

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast)
        self.red = accounts.open_book(organization=cast.federacion, unit=make.unit(), on=dt.date(2020, 1, 1))
        named = {"code": "MIA", "symbol": "MIA", "name_es": "mía", "name_en": "mía"}
        self.mia = Unit.objects.create(kind="credit", scale=2, issuer=self.red, **named)
        for book, amount in ((cast.grafica, 400_00), (cast.molino, 0), (cast.textil, 0)):
            credit.limit(book, self.red, amount, self.fede)
        self.decided = make.resolution(cast.federacion, text="La ronda de mayo va con MIA.")

    def call(self, **how: Any) -> ClearingRound:
        """Call it with up to 1,000 MIA, unless another amount is named."""
        return super().call(**({"credit": self.mia, "credit_most": 1000_00, "resolution": self.decided} | how))

    def joined(self, **how: Any) -> ClearingRound:
        """Have the print shop pay up to 500 of what it owes in credit, and the others take up to 300 of it."""
        found = self.call(**how)
        self.take_part(found, self.cast.grafica, on=CALLED, pays=500_00)
        for book in (self.cast.molino, self.cast.textil):
            self.take_part(found, book, on=CALLED, takes=300_00)
        return found

    def proposed(self, **how: Any) -> ClearingRound:
        return self.propose(self.joined(**how))


def of_the_world(cast: Cast) -> ClearingRound:
    """Call a round among the print shop and the mill today, of which each is asked, and has not answered."""
    today = timezone.localdate()
    what = Call(
        unit=make.unit(),
        consent=Consent.ASKED,
        cut_off=today,
        join_until=today + dt.timedelta(days=7),
        answer_until=today + dt.timedelta(days=14),
    )
    # Of a body of its own, so that the federation of the world stays as it is.
    body = make.organization("rueda", kind="federation", name="Rueda de compensación")
    for each in (cast.grafica, cast.molino):
        make.affiliation(each.organization, body)
    return clearing.call(key=uuid.uuid4(), body=body, what=what, by=make.officer("Ramona", body), on=today)


def is_proven(found: ClearingRound) -> bool:
    """Write the file, read it again, and check it as anybody would."""
    return clearing_certificate.problems(clearing_file.read(clearing_file.written(read.told(found)))) == []
