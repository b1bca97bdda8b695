"""Make what a test needs, by name; whatever the test does not care about has a plain default."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from ledger.actions import accounts, journal, units
from ledger.actions.facts import Fact, Line
from ledger.models import Account, Book, Claim, Event, Measure, Unit
from network.actions import admissions, affiliations, councils, resolutions
from network.core.mandates import TERM_MONTHS_BY_LAW, months_after
from network.models import Admission, Affiliation, Mandate, Membership, Organization, Resolution, User
from network.models.organizations import TIERS

#: The day on which nothing special happens.
DAY = dt.date(2026, 5, 4)
#: Its middle, in Argentina.
NOON = dt.datetime(2026, 5, 4, 15, tzinfo=dt.UTC)
#: What everybody in the tests logs in with.
PASSWORD = "una clave larga"


def unit(code: str = "ARS") -> Unit:
    return Unit.objects.get(code=code)


def measure(code: str = "ARS", thing: str = "") -> Measure:
    return units.measure(unit=unit(code), thing=thing)


def organization(code: str, *, kind: str = "recuperated_enterprise", **fields: Any) -> Organization:
    fields.setdefault("name", code.replace("-", " ").title())
    return Organization.objects.create(code=code, kind=kind, **fields)


def book(code: str, *, on: dt.date = dt.date(2020, 1, 1), **fields: Any) -> Book:
    """Make an organization with its book open."""
    month = fields.pop("year_starts_month", 1)
    return accounts.open_book(organization=organization(code, **fields), unit=unit(), on=on, year_starts_month=month)


def user(name: str) -> User:
    return User.objects.create_user(f"{name.lower().replace(' ', '.')}@example.org", PASSWORD, name=name)


def member(name: str, of: Organization, *, starts_on: dt.date = dt.date(2020, 1, 1)) -> User:
    person = user(name)
    Membership.objects.create(user=person, organization=of, starts_on=starts_on)
    return person


def officer(
    name: str,
    of: Organization,
    *,
    office: str = "treasurer",
    starts_on: dt.date = dt.date(2022, 5, 1),
    until: dt.date | None = None,
) -> User:
    """Make somebody who holds an office until today at least, elected anew every three years; a member since 2020.

    One resolution stands behind all of it, so that few numbers of the book are used.
    In a federation, as the delegate of a member organization of their own.
    """
    home, since = of, min(starts_on, dt.date(2020, 1, 1))
    if of.kind in TIERS:
        home = organization(f"casa-de-{name.lower()}", kind="worker_cooperative")
        affiliation(home, of, starts_on=since)
    person = member(name, home, starts_on=since)
    act = resolution(of, on=starts_on)
    day, last = starts_on, until or max(timezone.localdate(), DAY) + dt.timedelta(days=1)
    while day < last:
        term_ends = months_after(day, TERM_MONTHS_BY_LAW)
        councils.elect(
            user=person,
            organization=of,
            office=office,
            starts_on=day,
            until=min(term_ends, until or term_ends),
            resolution=act,
            delegate_of=None if home == of else home,
            by=None,
            on=day,
        )
        day = term_ends
    return person


def mandate(person: User, *, on: dt.date = DAY) -> Mandate:
    """Return the one mandate that a person holds on a day."""
    return Mandate.objects.in_force(on).get(user=person)


def recall(person: User, *, on: dt.date) -> Mandate:
    """Let the assembly recall the one mandate that a person holds on a day."""
    held = mandate(person, on=on)
    ended = councils.recall(mandate=held, resolution=resolution(held.organization, on=on), by=None, on=on)
    # The sessions of before are over; whoever logs in anew shows the new number.
    person.refresh_from_db()
    return ended


def resolution(of: Organization, *, text: str = "Se resuelve.", on: dt.date = dt.date(2020, 1, 1)) -> Resolution:
    """Make the next resolution of a body's book, taken over from paper."""
    return resolutions.take_over(
        organization=of, text=text, paper="Libro 1, folio 3", resolved_on=on, by=None, on=max(on, DAY), at=NOON
    )


def second_factor(person: User) -> Authenticator:
    """Give a person a passkey or an application, as far as the rules ask."""
    return Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})


def affiliation(member: Organization, body: Organization, *, starts_on: dt.date = dt.date(2020, 1, 1)) -> Affiliation:
    """Let an organization belong to a body from a day on: the body takes it in, and it accepts."""
    return affiliations.affiliate(
        member=member,
        body=body,
        starts_on=starts_on,
        resolution=resolution(body, text=f"Se incorpora {member.name}.", on=starts_on),
        acceptance=resolution(member, text=f"Se acepta pertenecer a {body.name}.", on=starts_on),
        by=None,
        on=starts_on,
    )


def admission(
    of: Organization, *, by: Organization | None = None, starts_on: dt.date = dt.date(2020, 1, 1)
) -> Admission:
    """Let an organization trade from a day on: the body that it belongs to decides, or its own assembly."""
    decided = resolution(by or of, text=f"Se admite a {of.name}.", on=starts_on)
    return admissions.admit(organization=of, starts_on=starts_on, resolution=decided, by=None, on=max(starts_on, DAY))


def account(of: Book, number: str, code: str | None = None) -> Account:
    return accounts.account(book=of, number=number, unit=unit(code) if code else None)


def claim(creditor: Book, debtor: Book, *, peg: Measure | None = None, on: dt.date = DAY) -> Claim:
    return Claim.objects.create(
        creditor=creditor, debtor=debtor, unit=unit(), peg=peg or measure(), opened_on=on, agreement="P-1"
    )


def claim_lines(claim: Claim, amount: int, quantity: int | None = None) -> list[Line]:
    """Return both sides of a claim growing by an amount (or shrinking, below zero)."""
    lines = []
    for book_, number, other, sign in (
        (claim.creditor, "1202", claim.debtor, 1),
        (claim.debtor, "2102", claim.creditor, -1),
    ):
        side = accounts.debt_account(book=book_, number=number, unit=claim.unit, counterparty=other, peg=claim.peg)
        lines.append(
            Line(
                account=side,
                amount=sign * amount,
                quantity=None if quantity is None else sign * quantity,
                measure=None if quantity is None else claim.peg,
                claim=claim,
            )
        )
    return lines


def event(
    lines: Sequence[Line],
    *,
    on: dt.date = DAY,
    happened_on: dt.date | None = None,
    key: uuid.UUID | None = None,
    memo: str = "Prueba",
    reverses: Event | None = None,
    kind: str = "manual",
) -> Event:
    fact = Fact(kind=kind, happened_on=happened_on or on, memo=memo)
    return journal.post(key=key or uuid.uuid4(), fact=fact, lines=lines, on=on, by=None, reverses=reverses)


def sale(of: Book, amount: int = 100_00, *, on: dt.date = DAY, **rest: Any) -> Event:
    """Post the simplest entry there is: money in the bank for a sale."""
    lines = [Line(account=account(of, "1102"), amount=amount), Line(account=account(of, "4101"), amount=-amount)]
    return event(lines, on=on, **rest)


def delivery(creditor: Book, debtor: Book, amount: int = 100_00, *, on: dt.date = DAY, **rest: Any) -> Event:
    """Post goods given on credit: one event, two books, four postings."""
    debt = claim(creditor, debtor, on=on)
    lines = [
        *claim_lines(debt, amount),
        Line(account=account(creditor, "4103"), amount=-amount),
        Line(account=account(debtor, "1301"), amount=amount),
    ]
    return event(lines, on=on, kind="barter_delivery", **rest)
