"""Debts without an agreement, as they come from other books, and what hands them over: steps that tests take."""

import uuid

from ledger.actions import assignments
from ledger.actions.facts import Line
from ledger.models import Agreement, Book, Claim
from tests import make
from tests.cast import Cast

TODAY = make.DAY


def owed(creditor: Book, debtor: Book, amount: int, *, peg=None, quantity: int | None = None, on=TODAY) -> Claim:
    """Post a sale on credit: what the debtor owes since before it came here."""
    claim = Claim.objects.create(
        creditor=creditor, debtor=debtor, unit=make.unit(), peg=peg or make.measure(), opened_on=on
    )
    make.event(
        [
            *make.claim_lines(claim, amount, quantity),
            Line(account=make.account(creditor, "4101"), amount=-amount),
            Line(account=make.account(debtor, "1301"), amount=amount),
        ],
        on=on,
    )
    return claim


def propose(cast: Cast, claim: Claim, *, amount: int, against: Claim | None = None, **changes) -> Agreement:
    """Let the print shop hand a claim, or a debt, of its own over to the textile cooperative."""
    told = {
        "key": uuid.uuid4(),
        "organization": cast.grafica.organization,
        "taker": cast.textil.organization,
        "by": cast.ana,
        "on": TODAY,
    }
    return assignments.propose(claim=claim, amount=amount, against=against, **(told | changes))


def sign(cast: Cast, agreement: Agreement, *, on=TODAY) -> Agreement:
    """Let the two others sign it."""
    for book, who in ((cast.textil, cast.carla), (cast.molino, cast.mario)):
        agreement = assignments.sign(agreement=agreement, organization=book.organization, by=who, on=on)
    return agreement
