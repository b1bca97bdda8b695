"""Counter-sign what was given: its receiver says so, or a receipt where nobody speaks for it; undo it, both agreeing.

Rule: `ledger/core/contributions.py`. Hours are counted in memo accounts and never priced.
"""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import claims, journal, refusals
from ledger.actions.accounts import Place
from ledger.actions.agreements import ReasonIsMissing, require_confirm, require_log
from ledger.actions.claims import Planned
from ledger.actions.contributions import ToWhom
from ledger.actions.deliveries import DeliveryAlreadyAnswered
from ledger.actions.facts import Fact, Line
from ledger.actions.hosted import HostHasToPutRight
from ledger.actions.refusals_disputed import ContestedIsFrozen
from ledger.actions.refusals_given import FundHoldsLess, NotReallyBorne
from ledger.core import contributions as core
from ledger.models.accounts import Book
from ledger.models.contributions import Contribution, ContributionKind
from ledger.models.deliveries import DeliveryState
from ledger.models.units import Unit
from ledger.queries import contributions, disputes
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class ReceiptIsMissing(DomainError):
    """Where nobody of the receiver can say so here, its receipt does."""

    message = _("Write the number of the receipt that they gave you.")


class TheyCounterSign(DomainError):
    """Whoever received says so themselves."""

    message = _("%(organization)s says itself whether it was so.")


def answerable(contribution: Contribution, *states: DeliveryState) -> Contribution:
    """Return it as it is now, held, if it is in one of these states.

    :raises DeliveryAlreadyAnswered: if it is in another.
    """
    rows = Contribution.objects.select_for_update(of=("self",))
    now = rows.select_related("giver", "receiver", "resolution").get(pk=contribution.pk)
    if now.state not in states:
        raise DeliveryAlreadyAnswered(state=now.get_state_display())
    return now


@transaction.atomic
def confirm(*, contribution: Contribution, by: User, on: dt.date) -> Contribution:
    """Counter-sign for the receiver that it was given: one event, one entry in the giver's book; of mentoring in both.

    :raises NoMandateToday: if the person cannot bind the receiver.
    :raises DeliveryAlreadyAnswered: if it was said no to or undone; a confirmed one is returned as it is.
    :raises HostHasToPutRight: if the giver's book no longer holds it.
    """
    contribution = answerable(contribution, DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    if contribution.receiver is None:
        raise ReceiptIsMissing
    require_confirm(by=by, organization=contribution.receiver, on=on)
    try:
        return _post(contribution, by=by, on=on)
    except (FundHoldsLess, NotReallyBorne):
        raise HostHasToPutRight(organization=contribution.giver.name) from None


@transaction.atomic
def acknowledge(*, contribution: Contribution, receipt: str, by: User, on: dt.date) -> Contribution:
    """Note for the giver the receipt of somebody who has nobody here to counter-sign; with it, it counts.

    :raises NoMandateToday: if the person cannot bind the giver.
    :raises TheyCounterSign: if somebody speaks for the receiver today.
    :raises ReceiptIsMissing: if there is none.
    """
    contribution = answerable(contribution, DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    require_confirm(by=by, organization=contribution.giver, on=on)
    if contributions.speaks_for_itself(contribution, on=on):
        raise TheyCounterSign(organization=contribution.to_whom)
    if not receipt.strip():
        raise ReceiptIsMissing
    if contribution.state == DeliveryState.LOGGED:
        contribution.receipt = receipt.strip()[:40]
    return _post(contribution, by=by, on=on)


def _post(contribution: Contribution, *, by: User, on: dt.date) -> Contribution:
    if contribution.state == DeliveryState.CONFIRMED:
        return contribution
    resolution = contribution.resolution
    contribution.event = journal.post(
        key=contribution.key,
        fact=Fact(
            kind="contribution",
            happened_on=contribution.happened_on,
            memo=f"{contribution.what} ({contribution.to_whom})"[:200],
            papers=contribution.receipt,
            agreement=contribution.code,
            resolution=str(resolution) if resolution else "",
        ),
        lines=_lines(contribution),
        on=on,
        # Of a person the journal writes the number.
        by=User(pk=contribution.logged_by_id),
        confirmed_by=by,
    )
    contribution.state = DeliveryState.CONFIRMED
    with refusals.from_database():
        contribution.save(update_fields=["event", "state", "receipt"])
    return contribution


def _lines(contribution: Contribution) -> list[Line]:
    book = Book.objects.get(organization=contribution.giver_id)
    if contribution.amount is not None:
        told = {"charged_to": contribution.charged_to, "paid_from": contribution.paid_from}
        return _in_book(book.pk, book.unit_id, core.lines(amount=contribution.amount, **told))
    hour, hours = Unit.objects.get(code="HORA").pk, contribution.hours or 0
    if contribution.kind != ContributionKind.MENTORING:
        return _in_book(book.pk, hour, core.hours_given(hours))
    given = _in_book(book.pk, hour, core.hours_given(hours, counted_in=core.MENTORING_GIVEN))
    received = Book.objects.filter(organization=contribution.receiver_id).first()
    if received is None:
        return given
    return given + _in_book(received.pk, hour, core.hours_given(hours, counted_in=core.MENTORING_RECEIVED))


def _in_book(book: int, unit: int, posted: list[tuple[str, int]]) -> list[Line]:
    return claims.with_accounts([Planned(place=Place(book, number, unit), amount=amount) for number, amount in posted])


@transaction.atomic
def reject(*, contribution: Contribution, reason: str, by: User, on: dt.date) -> Contribution:
    """Say for the receiver that it was not so; nothing is posted, and the giver may write it anew.

    Where nobody speaks for the receiver, the giver's own people do.

    :raises ReasonIsMissing: if nothing is said.
    """
    contribution = answerable(contribution, DeliveryState.LOGGED)
    speaks = contributions.speaks_for_itself(contribution, on=on)
    answering = contribution.receiver if speaks and contribution.receiver else contribution.giver
    require_log(by=by, organization=answering, on=on)
    contribution.state, contribution.reason = DeliveryState.REJECTED, _said(reason)
    contribution.save(update_fields=["state", "reason"])
    return contribution


def _said(reason: str) -> str:
    if not reason.strip():
        raise ReasonIsMissing
    return reason.strip()[:200]


@transaction.atomic
def undo(*, contribution: Contribution, organization: Organization, reason: str, by: User, on: dt.date) -> Contribution:
    """Undo what was given: one side asks with a reason, the other agrees by asking for the same.

    Where nobody speaks for the receiver, the giver's officer undoes it.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises ReasonIsMissing: if nothing is said by whoever asks.
    :raises DeliveryAlreadyAnswered: if the same side has asked already.
    :raises ContestedIsFrozen: if it is contested.
    """
    contribution = answerable(contribution, DeliveryState.CONFIRMED)
    if organization not in (contribution.giver, contribution.receiver):
        raise ToWhom
    require_confirm(by=by, organization=organization, on=on)
    if disputes.is_frozen(contribution):
        raise ContestedIsFrozen
    asked = contribution.reversal_asked_by_id
    if asked == organization.pk:
        raise DeliveryAlreadyAnswered(state=_("Reversal asked for"))
    if asked is None:
        contribution.reason, contribution.reversal_asked_by = _said(reason), organization
        if contributions.speaks_for_itself(contribution, on=on):
            contribution.save(update_fields=["reason", "reversal_asked_by"])
            return contribution
    journal.reverse(
        event=contribution.event,  # type: ignore[arg-type]  # a confirmed one has its event
        key=uuid.uuid5(contribution.key, "reversal"),
        reason=contribution.reason,
        on=on,
        by=by,
        confirmed_by=by,
    )
    contribution.state = DeliveryState.REVERSED
    contribution.save(update_fields=["reason", "reversal_asked_by", "state"])
    return contribution


@transaction.atomic
def keep(*, contribution: Contribution, organization: Organization, by: User, on: dt.date) -> Contribution:
    """Say no to undoing what the other side asked to undo."""
    contribution = answerable(contribution, DeliveryState.CONFIRMED)
    asked = contribution.reversal_asked_by
    if asked is None or contribution.other(asked) != organization:
        raise DeliveryAlreadyAnswered(state=contribution.get_state_display())
    require_confirm(by=by, organization=organization, on=on)
    contribution.reason, contribution.reversal_asked_by = "", None
    contribution.save(update_fields=["reason", "reversal_asked_by"])
    return contribution
