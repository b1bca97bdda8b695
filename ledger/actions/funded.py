"""Acts of a solidarity fund: tell of a levy, a payment of it, a gift, help out of the fund; and post it.

What somebody contributes is agreed on by whoever contributes; money counts once the side that did not tell of it says
so (`fund_answers`). Where nobody can, because the other side is in no register, a paper stands for it.
Sub-accounts by contributor are kept by the database (`sql/*/94_funded.sql`, `94_funds.sql`).
"""

import datetime as dt
import uuid
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import claims, journal, positions, refusals, units
from ledger.actions.accounts import Place
from ledger.actions.agreements import require_confirm, require_log
from ledger.actions.claims import Planned
from ledger.actions.contributions import ToWhom
from ledger.actions.deliveries import AmountAboveZero, DeliveredInTheFuture
from ledger.actions.facts import Fact
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_funded import FundHoldsNoMore, SpentAsDecided
from ledger.actions.terms import PartnerKeepsNoBook
from ledger.actions.told_acts import NotOfYours
from ledger.core import funds as core
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Book
from ledger.models.claims import Claim
from ledger.models.deliveries import DeliveryState
from ledger.models.funded import FundAct, FundKind
from ledger.models.funds import Fund, FundDecision
from ledger.queries import funded as reading
from ledger.queries import funds
from network import permissions
from network.actions.refusals import DecidedLater
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User

#: What the journal calls each act.
KINDS = {kind: f"fund_{kind}" for kind in FundKind.values}


class WhatForIsMissing(DomainError):
    """Whoever reads the books later wants to know."""

    message = _("Write in a few words what it is for.")


class PaperIsMissing(DomainError):
    """Where nobody can say so here, a paper stands for it."""

    message = _("Write the number of the receipt or the invoice: nobody of the other side can say so here.")


class MoreThanIsOwed(DomainError):
    """No more is paid than is owed."""

    message = _("That is more than is still to be paid of it: %(left)s is left, with what waits for its answer.")


class NoRateThen(DomainError):
    """A levy by the rate needs a rate."""

    message = _("On that day the fund has no rate. Write the amount that was agreed on instead.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was done, in minor units of the fund's money; `other` of the register, or the `name` of an organization.

    A levy may say of how much (`base`) the fund's rate is taken, instead of its amount.
    """

    kind: FundKind
    happened_on: dt.date
    amount: int | None = None
    other: Organization | None = None
    name: str = ""
    what: str = ""
    base: int | None = None
    papers: str = ""
    levy: FundAct | None = None
    decision: FundDecision | None = None

    def row(self) -> dict[str, object]:
        """Return it as the table holds it."""
        row = {field.name: getattr(self, field.name) for field in fields(self)}
        texts = {"name": self.name[:120], "what": self.what[:120], "papers": self.papers[:40]}
        return row | {field: " ".join(text.split()) for field, text in texts.items()}


@transaction.atomic
def log(*, key: uuid.UUID, fund: Fund, teller: Organization, told: Told, by: User, on: dt.date) -> FundAct:
    """Write down for one side what was done; where nobody else has to say so, it is posted at once.

    The same key with the same content returns the first one.

    :raises NotForYouToDo, NoMandateToday: if the person may not: spending, and what nobody else confirms, is for
        officers.
    :raises NotOfYours, ToWhom, PartnerKeepsNoBook: if the two sides are not right.
    :raises AmountAboveZero, DeliveredInTheFuture, WhatForIsMissing, PaperIsMissing, NoRateThen, MoreThanIsOwed: as
        named.
    :raises SpentAsDecided, DecidedLater, FundHoldsNoMore: if less may be spent, or is there.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    asked = _asked(fund, told, teller, on=on)
    needs_officer = asked is None or told.kind == FundKind.SPENDING
    (require_confirm if needs_officer else require_log)(by=by, organization=teller, on=on)
    # Held, so that the same form sent twice at once is answered one after the other.
    Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=teller.pk)
    row = {"fund": fund, "teller": teller, **_priced(fund, told).row()}
    if (earlier := FundAct.objects.filter(key=key).first()) is not None:
        if any(getattr(earlier, name) != value for name, value in row.items()):
            raise KeyWasUsedForSomethingElse
        return earlier
    act = FundAct(key=key, logged_by=by, asked=asked, **row)
    _check(act, on=on)
    require_able(act)
    with refusals.from_database():
        act.save()
    is_said = asked is None or (asked == teller and permissions.can_confirm(by, teller, on=on))
    return post(act, by=by, on=on) if is_said else act


def _asked(fund: Fund, told: Told, teller: Organization, *, on: dt.date) -> Organization | None:
    """Return who has to say that it was so: whoever contributes, else the side that does not tell of it."""
    body, other = fund.book.organization, told.other
    if (other is None) == (not told.name.strip()) or other == body:
        raise ToWhom
    if teller not in (body, other) or (told.kind == FundKind.SPENDING and teller != body):
        raise NotOfYours(organization=teller.name)
    if told.kind in {FundKind.LEVY, FundKind.PAYMENT} and other is None:
        raise ToWhom
    if other is None or (teller == body and told.kind != FundKind.LEVY and not reading.answers_here(other, on=on)):
        return None
    if told.kind == FundKind.LEVY:
        return other
    return body if teller == other else other


def _priced(fund: Fund, told: Told) -> Told:
    """Return it with the amount of a levy by the rate of its day."""
    if told.kind != FundKind.LEVY or told.base is None:
        return told
    if not 0 < told.base <= INT64_MAX:
        raise AmountAboveZero
    terms = funds.terms(fund.book, on=told.happened_on)
    if terms is None or not terms.basis_points:
        raise NoRateThen
    row = {field.name: getattr(told, field.name) for field in fields(told)}
    return Told(**row | {"amount": core.levy(told.base, basis_points=terms.basis_points)})


def _check(act: FundAct, *, on: dt.date) -> None:
    if not 0 < (act.amount or 0) <= INT64_MAX:
        raise AmountAboveZero
    if act.happened_on > on:
        raise DeliveredInTheFuture
    if not act.what and act.kind in {FundKind.LEVY, FundKind.SPENDING}:
        raise WhatForIsMissing
    if act.asked_id is None and not act.papers:
        raise PaperIsMissing
    if act.kind == FundKind.PAYMENT:
        _check_payment(act)
    if act.kind == FundKind.SPENDING:
        _check_decision(act)


def _check_payment(act: FundAct) -> None:
    levy = act.levy
    if levy is None or (levy.kind, levy.fund_id, levy.other_id) != (FundKind.LEVY, act.fund_id, act.other_id):
        raise MoreThanIsOwed(left=0)
    left = reading.unpaid(levy) - reading.being_paid(levy)
    if act.amount > left:
        raise MoreThanIsOwed(left=positions.shown(left, act.fund.book.unit))


def _check_decision(act: FundAct) -> None:
    decision = act.decision
    if decision is None or decision.fund_id != act.fund_id or act.amount > reading.left_of(decision):
        raise SpentAsDecided
    if decision.resolution.resolved_on > act.happened_on:
        raise DecidedLater(day=decision.resolution.resolved_on)


def require_able(act: FundAct) -> None:
    """Refuse what the fund does not hold now, and who cannot owe.

    :raises PartnerKeepsNoBook, FundHoldsNoMore: as named.
    """
    if act.kind in {FundKind.LEVY, FundKind.PAYMENT}:
        _book(act)
    if act.kind == FundKind.SPENDING and act.amount > Fund.objects.get(pk=act.fund_id).left:
        raise FundHoldsNoMore


def _book(act: FundAct) -> Book:
    found = Book.objects.filter(organization=act.other_id).first()
    if found is None:
        raise PartnerKeepsNoBook(organization=act.whom)
    return found


def post(act: FundAct, *, by: User, on: dt.date) -> FundAct:
    """Write it in the fund's book, and in that of the other side where it keeps one."""
    act.event = journal.post(
        key=act.key,
        fact=Fact(
            kind=KINDS[act.kind],
            happened_on=act.happened_on,
            memo=f"{act.what or act.get_kind_display()} ({act.whom})"[:200],
            papers=act.papers,
            agreement=act.code,
            resolution=act.decision.resolution.cited if act.decision else "",
        ),
        lines=claims.with_accounts(_lines(act)),
        on=on,
        # Of a person the journal writes the number.
        by=User(pk=act.logged_by_id),
        confirmed_by=by,
    )
    act.state = DeliveryState.CONFIRMED
    with refusals.from_database():
        act.save(update_fields=["event", "state"])
    return act


def _lines(act: FundAct) -> list[Planned]:
    unit = act.fund.book.unit_id
    ours, theirs = core.lines(act.kind, act.amount)
    planned = [Planned(place=Place(act.fund_id, number, unit), amount=amount) for number, amount in ours]
    book = Book.objects.filter(organization=act.other_id).first() if act.other_id else None
    if book is not None:
        planned += [Planned(place=Place(book.pk, number, unit), amount=amount) for number, amount in theirs]
    if act.kind == FundKind.LEVY:
        peg = units.measure(unit=act.fund.book.unit)
        claim = Claim.objects.create(
            creditor=act.fund.book,
            debtor=_book(act),
            unit=act.fund.book.unit,
            peg=peg,
            agreement=act.code,
            opened_on=act.happened_on,
        )
        planned += claims.lines(claim=claim, amount=act.amount, quantity=0)
    elif act.levy is not None:
        planned += claims.lines(claim=reading.claim_of(act.levy), amount=-act.amount, quantity=0)
    return planned
