"""Leave the network: nothing is owed either way, what was agreed on is carried out, and a decision stands behind it."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import refusals
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.assignments import ASSIGNMENT
from ledger.queries import claims, credit
from network.actions import admissions
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution

#: So many names stand in a sentence; the pages show the others.
NAMED = 5


class AgreementsAreOpen(DomainError):
    """What was agreed on is carried out before one leaves."""

    message = _("Still being carried out: %(agreements)s. Finish that first, then note that %(organization)s leaves.")


class SomethingIsOwed(DomainError):
    """Whoever leaves owes nothing, and is owed nothing."""

    message = _(
        "Something is still owed between %(organization)s and %(partners)s. Settle it first, or let somebody else take"
        " it over; then note that %(organization)s leaves."
    )


class CreditIsOpen(DomainError):
    """Whoever leaves holds no network credit, has promised none, and keeps none for its members."""

    message = _(
        "%(organization)s still stands at other than zero in %(credits)s, or keeps some of it for its members. Let it"
        " pay or be paid, or hand its position over; then note that it leaves."
    )


@transaction.atomic
def leave(*, organization: Organization, resolution: Resolution, by: User | None, on: dt.date) -> None:
    """Note that an organization leaves the network today.

    :raises AgreementsAreOpen, SomethingIsOwed, CreditIsOpen: if it still has something to carry out or to settle.
    :raises NotYoursToMinute, AdmittedByItsBody, DecidedLater: as `network.actions.admissions.leave`.
    """
    _require_nothing_open(organization)
    with refusals.from_database():
        admissions.leave(organization=organization, resolution=resolution, by=by, on=on)


def _require_nothing_open(organization: Organization) -> None:
    running = Agreement.objects.filter(parties__organization=organization, state=AgreementState.ACCEPTED)
    # What it handed over to somebody else goes on without it.
    running = running.exclude(kind=ASSIGNMENT, proposer=organization).order_by("pk")
    if names := [each.code for each in running[: NAMED + 1]]:
        raise AgreementsAreOpen(agreements=_named(names), organization=organization.name)
    book = Book.objects.filter(organization=organization).first()
    if book is None:
        return
    owed = {
        each.counterparty.organization.name: None
        for side in (claims.owed_to(book=book), claims.owed_by(book=book))
        for each in side
    }
    if owed:
        raise SomethingIsOwed(partners=_named(owed), organization=organization.name)
    if credits := list(credit.not_at_zero(book=book)):
        raise CreditIsOpen(credits=_named(credits), organization=organization.name)


def _named(names: Iterable[str]) -> str:
    shown = list(names)
    return ", ".join(shown[:NAMED]) + (" …" if len(shown) > NAMED else "")
