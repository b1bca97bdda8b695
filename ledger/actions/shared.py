"""What concerns all who make one product: a common cost, an invoice to the customer, what the customer paid.

One of them writes it down, the others say that it was so, and with the last of them it is posted: one event, one entry
in each book. Rules: `ledger/core/coproduction.py`.
"""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import coproduced, refusals
from ledger.actions.agreements import (
    NotAParty,
    ReasonIsMissing,
    held,
    party,
    remember,
    require_confirm,
    require_log,
    require_state,
)
from ledger.actions.deliveries import AmountAboveZero, Papers, answerable, check_day, numbers
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_shared import MoreThanInvoiced, MoreThanThePrice
from ledger.core import coproduction as core
from ledger.core.apportion import percentage
from ledger.core.coproduction import Part
from ledger.core.units import INT64_MAX
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.coproductions import SharedAct, SharedPart
from ledger.models.deliveries import Act, Delivery, DeliveryState
from ledger.models.history import Verb
from ledger.queries import shares
from ledger.queries.shares import LIVE
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class FundBuysNothing(DomainError):
    """Whoever only receives the levy buys nothing for the others."""

    message = _("%(organization)s makes no stage of it, and buys nothing for the others here.")


VERBS = {Act.COST: Verb.SHARED_COST, Act.INVOICE: Verb.INVOICED, Act.COLLECTION: Verb.COLLECTED}


@transaction.atomic
def log_cost(
    *,
    agreement: Agreement,
    key: uuid.UUID,
    buyer: Organization,
    what: str,
    amount: int,
    vat_rate: int | None,
    happened_on: dt.date,
    papers: Papers,
    by: User,
    on: dt.date,
) -> Delivery:
    """Write down what one of them bought for all, in minor units without VAT; each is charged its part at cost.

    :raises NotForYouToDo: if the person is not of the buyer.
    :raises FundBuysNothing, NotAParty: if the buyer makes nothing of it.
    :raises AmountAboveZero: if it cost nothing.
    :raises NotAtThisPoint: if the co-production does not run.
    :raises DeliveredBeforeAgreed, DeliveredInTheFuture: if the day is not right.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    require_log(by=by, organization=buyer, on=on)
    agreement = held(agreement)
    party(agreement, buyer)
    if agreement.coproduction.fund_id == buyer.pk:
        raise FundBuysNothing(organization=buyer.name)
    vat = _vat(amount, vat_rate)
    told = {"act": Act.COST, "giver": buyer, "happened_on": happened_on, **numbers(papers)}
    row = {"what": " ".join(what.split())[:80], "amount": amount, "vat": vat, "levy": 0}
    if (earlier := _logged_before(agreement, key, told, row)) is not None:
        return earlier
    _require_running(agreement, amount, happened_on, on=on)
    deal = shares.deal(agreement)
    before = shares.told(agreement, deal, *LIVE)[Act.COST]
    return _write(agreement, key, told, row, core.cost_parts(deal, amount, vat, before.split), by=by, on=on)


def _vat(amount: int, vat_rate: int | None) -> int:
    if not 0 < amount <= INT64_MAX // 4 or not 0 <= (vat_rate or 0) <= 10_000:  # basis points
        raise AmountAboveZero
    return percentage(amount, basis_points=vat_rate or 0)


@transaction.atomic
def log_invoice(
    *, agreement: Agreement, key: uuid.UUID, amount: int, happened_on: dt.date, papers: Papers, by: User, on: dt.date
) -> Delivery:
    """Write down for the lead what the customer was invoiced, in minor units without VAT; each invoices its part of it.

    :raises NotForYouToDo: if the person is not of the lead.
    :raises AmountAboveZero, MoreThanThePrice: if it is nothing, or more than is left of the price.
    :raises NotAtThisPoint, DeliveredBeforeAgreed, DeliveredInTheFuture, KeyWasUsedForSomethingElse: as `log_cost`.
    """
    agreement = held(agreement)
    terms = agreement.coproduction
    require_log(by=by, organization=terms.lead, on=on)
    told = {"act": Act.INVOICE, "giver": terms.lead, "happened_on": happened_on, **numbers(papers)}
    row: dict[str, object] = {"what": "", "amount": amount, "levy": 0}
    if (earlier := _logged_before(agreement, key, told, row)) is not None:
        return earlier
    _require_running(agreement, amount, happened_on, on=on)
    deal = shares.deal(agreement)
    before = shares.told(agreement, deal, *LIVE)[Act.INVOICE]
    if before.amount + amount > deal.price:
        raise MoreThanThePrice
    row["vat"] = core.vat_of_next(amount, deal.vat_rate, before=before.amount, charged=before.vat)
    return _write(agreement, key, told, row, core.invoice_parts(deal, amount, before.split), by=by, on=on)


@transaction.atomic
def log_collection(
    *, agreement: Agreement, key: uuid.UUID, amount: int, happened_on: dt.date, papers: Papers, by: User, on: dt.date
) -> Delivery:
    """Write down for the lead what the customer paid, VAT included, in minor units; the levy goes to its fund by that.

    An advance is invoiced first, as a part of the price.

    :raises NotForYouToDo: if the person is not of the lead.
    :raises AmountAboveZero, MoreThanInvoiced: if it is nothing, or more than the customer owes.
    :raises NotAtThisPoint, DeliveredBeforeAgreed, DeliveredInTheFuture, KeyWasUsedForSomethingElse: as `log_cost`.
    """
    agreement = held(agreement)
    terms = agreement.coproduction
    require_log(by=by, organization=terms.lead, on=on)
    told = {"act": Act.COLLECTION, "giver": terms.lead, "happened_on": happened_on, **numbers(papers)}
    row: dict[str, object] = {"what": "", "amount": amount, "vat": 0}
    if (earlier := _logged_before(agreement, key, told, row)) is not None:
        return earlier
    _require_running(agreement, amount, happened_on, on=on)
    deal = shares.deal(agreement)
    before = shares.told(agreement, deal, *LIVE)[Act.COLLECTION]
    invoiced = shares.told(agreement, deal, DeliveryState.CONFIRMED)[Act.INVOICE]
    if before.amount + amount > invoiced.gross:
        raise MoreThanInvoiced
    row["levy"] = levy = core.levy_of_next(deal, amount, before=before.amount, levied=before.levy)
    return _write(agreement, key, told, row, core.levy_parts(deal, levy, before.split.amounts), by=by, on=on)


def _logged_before(
    agreement: Agreement, key: uuid.UUID, told: dict[str, object], row: dict[str, object]
) -> Delivery | None:
    """Return what the same form with the same content made the first time that it was sent."""
    earlier = Delivery.objects.filter(key=key).select_related("shared").first()
    if earlier is None:
        return None
    written = getattr(earlier, "shared", None)
    compared = ("what", "amount", "vat") if told["act"] == Act.COST else ("what", "amount")
    if (
        written is None
        or earlier.agreement_id != agreement.pk
        or any(getattr(earlier, name) != value for name, value in told.items())
        or any(getattr(written, name) != row[name] for name in compared)
    ):
        raise KeyWasUsedForSomethingElse
    return earlier


def _require_running(agreement: Agreement, amount: int, happened_on: dt.date, *, on: dt.date) -> None:
    require_state(agreement, AgreementState.ACCEPTED)
    if not 0 < amount <= INT64_MAX // 4:
        raise AmountAboveZero
    check_day(agreement, happened_on, on=on)


def _write(
    agreement: Agreement,
    key: uuid.UUID,
    told: dict[str, object],
    row: dict[str, object],
    parts: Sequence[Part],
    *,
    by: User,
    on: dt.date,
) -> Delivery:
    """Write it down with what falls on each party; where a levy goes to the fund, that says so too."""
    giver: Organization = told["giver"]  # type: ignore[assignment]  # as the callers fill it
    concerned, fund = [part.party for part in parts], agreement.coproduction.fund_id
    if row["levy"] and fund is not None:
        concerned.append(fund)
    told["receiver_id"] = next(each for each in concerned if each != giver.pk)
    delivery = Delivery.objects.create(agreement=agreement, key=key, logged_by=by, **told)
    falls = {part.party: part for part in parts}
    with refusals.from_database():
        act = SharedAct.objects.create(delivery=delivery, **row)
        SharedPart.objects.bulk_create(
            SharedPart(
                act=act,
                organization_id=each,
                number=number,
                amount=falls[each].amount if each in falls else 0,
                vat=falls[each].vat if each in falls else 0,
                said_by=by if each == giver.pk else None,
            )
            for number, each in enumerate(concerned, start=1)
        )
    verb = VERBS[Act(delivery.act)]
    remember(agreement=agreement, verb=verb, by=by, organization=giver, on=on, delivery=delivery, note=act.what)
    return delivery


@transaction.atomic
def confirm(*, delivery: Delivery, organization: Organization, by: User, on: dt.date) -> Delivery:
    """Say for one of those concerned that it was so; the last of them posts it in all books.

    :raises NoMandateToday: if the person cannot bind the organization today.
    :raises NotAParty: if it is none of those concerned.
    :raises DeliveryAlreadyAnswered: if somebody said no to it, or it was undone.
    """
    delivery = answerable(delivery, DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    agreement, part = delivery.agreement, _part(delivery, organization)
    require_confirm(by=by, organization=organization, on=on)
    if part.said_by_id is not None:
        return delivery
    part.said_by = by
    with refusals.from_database():
        part.save(update_fields=["said_by"])
    remember(agreement=agreement, verb=Verb.SAID_SO, by=by, organization=organization, on=on, delivery=delivery)
    if not delivery.shared.parts.filter(said_by=None).exists():
        coproduced.post(delivery, organization=organization, by=by, on=on)
    return delivery


def _part(delivery: Delivery, organization: Organization) -> SharedPart:
    found = SharedPart.objects.filter(act=delivery.pk, organization=organization).first()
    if found is None:
        raise NotAParty(organization=organization.name)
    return found


@transaction.atomic
def reject(*, delivery: Delivery, organization: Organization, reason: str, by: User, on: dt.date) -> Delivery:
    """Say for one of those concerned that it was not so; nothing is posted, and it may be written anew.

    :raises ReasonIsMissing: if nothing is said.
    :raises NotAParty, DeliveryAlreadyAnswered: as `confirm`.
    """
    delivery = answerable(delivery, DeliveryState.LOGGED)
    _part(delivery, organization)
    require_log(by=by, organization=organization, on=on)
    if not reason.strip():
        raise ReasonIsMissing
    delivery.state = DeliveryState.REJECTED
    delivery.save(update_fields=["state"])
    agreement, note = delivery.agreement, reason.strip()
    remember(
        agreement=agreement, verb=Verb.DENIED, by=by, organization=organization, on=on, delivery=delivery, note=note
    )
    return delivery
