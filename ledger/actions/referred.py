"""What a taker invoiced the customer of a referral: told by the taker, confirmed by whose customer it is, posted.

Rules: `ledger/core/referrals.py`. Work given and work received stand in memo accounts that mirror each other and are
no debt (docs/decisions/0013-reciprocity.md); a fee is a sale of the one and a cost of the other, owed and paid as
what is owed by barter.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import debts, payments, refusals, units
from ledger.actions.accounts import Place
from ledger.actions.agreements import held, remember, require_log, require_state
from ledger.actions.claims import Planned
from ledger.actions.deliveries import AmountAboveZero, Papers, check_day, numbers
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_referred import InvoiceToldBefore, NotToInvoiceNow
from ledger.core import referrals as core
from ledger.core.debts import Move
from ledger.core.papers import invoice_number
from ledger.core.referrals import AMOUNT_MAX, Fee
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.deliveries import Act, Delivery, DeliveryState
from ledger.models.history import Verb
from ledger.models.referrals import ReferralTerms, ReferredWork
from ledger.queries import referrals
from ledger.queries.barter import Standing
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User

SALES, COST, VAT_INPUT, VAT_OUTPUT = "4101", "5101", "1203", "2103"
#: What the journal calls each act.
KINDS = {Act.WORK: "referred_work", Act.MONEY: "referral_payment"}


class InvoiceIsMissing(DomainError):
    """What counts once is known by its number."""

    message = _("Write the number of the invoice to the customer, like A 0003-00001234.")


@transaction.atomic
def log(
    *,
    agreement: Agreement,
    key: uuid.UUID,
    taker: Organization,
    amount: int,
    happened_on: dt.date,
    papers: Papers,
    by: User,
    on: dt.date,
) -> Delivery:
    """Tell for a taker what it invoiced the customer, without VAT; it counts once the giver confirms it.

    :raises NotForYouToDo: if the person is not of the taker.
    :raises NotAtThisPoint, NotToInvoiceNow: if the agreement does not run, is of others, or is a tender not won.
    :raises AmountAboveZero, InvoiceIsMissing, InvoiceToldBefore: if the amount or the invoice is not right.
    :raises DeliveredBeforeAgreed, DeliveredInTheFuture: if the day is not.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    require_log(by=by, organization=taker, on=on)
    agreement = held(agreement)
    told = {"agreement": agreement, "giver": taker, "act": Act.WORK, "happened_on": happened_on, **numbers(papers)}
    if (earlier := _logged_before(key, told, amount)) is not None:
        return earlier
    require_state(agreement, AgreementState.ACCEPTED)
    _check_running(agreement, taker)
    if not 0 < amount <= AMOUNT_MAX:
        raise AmountAboveZero
    check_day(agreement, happened_on, on=on)
    invoice = _invoice(taker, papers)
    delivery = Delivery.objects.create(key=key, receiver=agreement.proposer, logged_by=by, **told)
    with refusals.from_database():
        ReferredWork.objects.create(delivery=delivery, amount=amount, invoice=invoice)
    remember(agreement=agreement, verb=Verb.INVOICED, by=by, organization=taker, on=on, delivery=delivery)
    return delivery


def _logged_before(key: uuid.UUID, told: Mapping[str, Any], amount: int) -> Delivery | None:
    earlier = Delivery.objects.filter(key=key).select_related("work").first()
    if earlier is None:
        return None
    work = getattr(earlier, "work", None)
    if work is None or work.amount != amount or any(getattr(earlier, name) != value for name, value in told.items()):
        raise KeyWasUsedForSomethingElse
    return earlier


def _check_running(agreement: Agreement, taker: Organization) -> None:
    terms = ReferralTerms.objects.filter(agreement=agreement, shares__taker=taker).first()
    if terms is None or terms.is_open_tender:
        raise NotToInvoiceNow


def _invoice(taker: Organization, papers: Papers) -> str:
    """Return the number of the invoice, if it is one and was not told of yet."""
    number = invoice_number(numbers(papers)["invoice"])
    if not number:
        raise InvoiceIsMissing
    live = Delivery.objects.filter(giver=taker, state__in=[DeliveryState.LOGGED, DeliveryState.CONFIRMED])
    if live.filter(work__invoice=number).exists():
        raise InvoiceToldBefore
    return number


@transaction.atomic
def confirm(*, delivery: Delivery, by: User, on: dt.date) -> Delivery:
    """Confirm for its receiver what was invoiced or paid: one event, with an entry in both books.

    :raises NoMandateToday: if the person cannot bind the receiver today.
    :raises DeliveryAlreadyAnswered: if it was rejected or reversed; a confirmed one is returned as it is.
    """
    post = debts.paid if delivery.act == Act.MONEY else _worked
    return payments.confirm(delivery=delivery, kind=KINDS[Act(delivery.act)], by=by, on=on, post=post)


def _worked(delivery: Delivery, stands: Standing) -> tuple[list[Move], list[Planned]]:
    """Return the fee that is owed, and the other lines of both books: the work, the sale and the cost of the fee."""
    terms = ReferralTerms.objects.get(agreement=delivery.agreement_id)
    before = referrals.invoiced(delivery.agreement, delivery.giver)
    fee = referrals.fee(delivery.work, terms=terms, before=before)
    delivery.work.fee, delivery.work.vat = fee.fee, fee.vat
    delivery.work.save(update_fields=["fee", "vat"])
    if fee.owed:
        stands.position.debts.money(delivery.receiver_id, delivery.giver_id, fee.owed)
    lines = [*_memo(delivery, stands), *_of_fee(delivery, stands, fee)]
    return stands.position.debts.moved(), lines


def _memo(delivery: Delivery, stands: Standing) -> list[Planned]:
    """Return work given in the one book and received in the other, each beside its contra."""
    unit, amount = delivery.agreement.unit_id, delivery.work.amount
    giver, taker = stands.books[delivery.receiver_id], stands.books[delivery.giver_id]
    peg = (stands.money or units.measure(unit=delivery.agreement.unit)).pk
    return [
        Planned(place=Place(giver, core.GIVEN[0], unit, taker, peg), amount=amount),
        Planned(place=Place(giver, core.GIVEN[1], unit), amount=-amount),
        Planned(place=Place(taker, core.RECEIVED[1], unit), amount=amount),
        Planned(place=Place(taker, core.RECEIVED[0], unit, giver, peg), amount=-amount),
    ]


def _of_fee(delivery: Delivery, stands: Standing, fee: Fee) -> list[Planned]:
    unit = delivery.agreement.unit_id
    giver, taker = stands.books[delivery.receiver_id], stands.books[delivery.giver_id]
    return [
        Planned(place=Place(book, number, unit), amount=amount)
        for book, number, amount in (
            (giver, SALES, -fee.fee),
            (giver, VAT_OUTPUT, -fee.vat),
            (taker, COST, fee.fee),
            (taker, VAT_INPUT, fee.vat),
        )
        if amount
    ]
