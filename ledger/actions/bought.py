"""What one bought for several: told by the buyer's people, entered in its book by its officer, or taken back.

Rules: `ledger/core/purchases.py`, and for the accounts `ledger/core/coproduction.py`. What of it is handed over is told
in `passed_on`.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, claims, journal, refusals
from ledger.actions.accounts import Place
from ledger.actions.agreements import held, remember, require_confirm, require_log, require_state
from ledger.actions.claims import Planned
from ledger.actions.deliveries import AmountAboveZero, check_day
from ledger.actions.facts import Fact
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_bought import DearerThanAllowed, MoreThanAsked, PartWasHanded
from ledger.core import coproduction
from ledger.core import purchases as core
from ledger.core.apportion import percentage
from ledger.core.coproduction import Line, Part
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.deliveries import Delivery
from ledger.models.history import Verb
from ledger.models.purchases import Purchase, PurchasePart, PurchaseState, PurchaseTerms
from ledger.queries import purchases
from network import permissions
from network.errors import DomainError
from network.models.people import User

#: What the journal calls it.
BOUGHT = "joint_purchase"


class SupplierIsMissing(DomainError):
    """Who sold it is known."""

    message = _("Write of whom it was bought.")


class PartCostsNothing(DomainError):
    """Each part costs something."""

    message = _("So little was bought that a part of it would cost less than a cent. Check the quantity and the price.")


class PurchaseAlreadyAnswered(DomainError):
    """What was done with a purchase is done once."""

    message = _("This purchase is “%(state)s”. Open the agreement again to see what has happened.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """What a supplier invoiced: minor units, without VAT; `costs` is freight and whatever else falls on all."""

    supplier: str
    quantity: int
    net: int
    vat_rate: int | None = None
    costs: int = 0
    costs_vat_rate: int | None = None
    number: str = ""
    is_paid: bool = False

    def row(self) -> dict[str, object]:
        """Return it as the table holds it."""
        return {
            "supplier": " ".join(self.supplier.split())[:120],
            "invoice": self.number.strip()[:40],
            "quantity": self.quantity,
            "net": self.net,
            "vat_rate": self.vat_rate,
            "vat": percentage(self.net, basis_points=self.vat_rate or 0),
            "costs": self.costs,
            "costs_vat": percentage(self.costs, basis_points=self.costs_vat_rate or 0),
            "is_paid": self.is_paid,
        }


@transaction.atomic
def tell(
    *, agreement: Agreement, key: uuid.UUID, invoice: Invoice, happened_on: dt.date, by: User, on: dt.date
) -> Purchase:
    """Write down for the buyer what it bought; the same key returns the first one.

    What falls on each is fixed by that. Where an officer of the buyer writes it, it is entered in its book at once.

    :raises NotForYouToDo: if the person is not of the buyer.
    :raises SupplierIsMissing, AmountAboveZero, PartCostsNothing: if something is missing of it.
    :raises MoreThanAsked: if more was bought than is still asked for.
    :raises DearerThanAllowed: if it costs more than one of those who get a part of it allowed.
    :raises NotAtThisPoint, DeliveredBeforeAgreed, DeliveredInTheFuture, KeyWasUsedForSomethingElse: as everywhere.
    """
    agreement = held(agreement)
    terms = PurchaseTerms.objects.select_related("buyer", "measure__unit").get(agreement=agreement)
    require_log(by=by, organization=terms.buyer, on=on)
    row = {"agreement": agreement, "happened_on": happened_on, **invoice.row()}
    if (earlier := Purchase.objects.filter(key=key).first()) is not None:
        if any(getattr(earlier, name) != value for name, value in row.items()):
            raise KeyWasUsedForSomethingElse
        return earlier
    require_state(agreement, AgreementState.ACCEPTED)
    check_day(agreement, happened_on, on=on)
    _check(invoice)
    purchase = Purchase(key=key, logged_by=by, **row)
    shares = _shares(purchase, terms)
    with refusals.from_database():
        purchase.save()
        PurchasePart.objects.bulk_create(
            PurchasePart(
                purchase=purchase,
                request_id=share.request,
                quantity=share.quantity,
                amount=share.amount,
                vat=share.vat,
            )
            for share in shares
        )
    remember(agreement=agreement, verb=Verb.BOUGHT, by=by, organization=terms.buyer, on=on, note=purchase.invoice)
    if permissions.can_confirm(by, terms.buyer, on=on):
        return enter(purchase=purchase, by=by, on=on)
    return purchase


def _check(invoice: Invoice) -> None:
    if not invoice.supplier.strip():
        raise SupplierIsMissing
    most = INT64_MAX // 64
    rates = (invoice.vat_rate or 0, invoice.costs_vat_rate or 0)
    if (
        not (0 < invoice.quantity <= INT64_MAX and 0 < invoice.net <= most and 0 <= invoice.costs <= most)
        or not all(0 <= rate <= 10_000 for rate in rates)  # basis points
    ):
        raise AmountAboveZero


def _shares(purchase: Purchase, terms: PurchaseTerms) -> list[core.Share]:
    """Return what of a purchase is whose."""
    asked = purchases.asked(purchases.progress(purchase.agreement))
    quantity, scale = purchase.quantity, terms.measure.unit.scale
    try:
        shares = core.share_out(asked, quantity=quantity, amount=purchase.amount, vat=purchase.vat_in_all)
    except core.MoreThanAsked:
        raise MoreThanAsked from None
    except core.PartOfNothing:
        raise PartCostsNothing from None
    most = min(each.most for each in asked if each.request in {share.request for share in shares})
    if core.is_dear(amount=purchase.amount, quantity=quantity, most=most, scale=scale):
        raise DearerThanAllowed
    return shares


@transaction.atomic
def enter(*, purchase: Purchase, by: User, on: dt.date) -> Purchase:
    """Enter for the buyer what it bought in its book: stock and VAT, owed to the supplier or paid from the bank.

    :raises NoMandateToday: if the person cannot bind the buyer today.
    :raises PurchaseAlreadyAnswered: if it was taken back; what was entered is returned as it is.
    """
    purchase, terms = answerable(purchase, PurchaseState.LOGGED, PurchaseState.CONFIRMED)
    agreement, buyer = purchase.agreement, terms.buyer
    require_confirm(by=by, organization=buyer, on=on)
    if purchase.state == PurchaseState.CONFIRMED:
        return purchase
    account = coproduction.BANK if purchase.is_paid else coproduction.SUPPLIERS
    whole = Part(buyer.pk, purchase.amount, purchase.vat_in_all)
    books = {buyer.pk: Book.objects.get(organization=buyer).pk}
    lines = coproduction.billed(buyer.pk, whole, account=account)
    purchase.event = journal.post(
        key=purchase.key,
        # Of whom it was bought stays out of the journal: it may be a person.
        fact=Fact(
            kind=BOUGHT,
            happened_on=purchase.happened_on,
            memo=agreement.title,
            papers=purchase.invoice,
            agreement=agreement.code,
            resolution=agreement.resolution,
        ),
        lines=claims.with_accounts(planned(lines, terms, purchase.quantity, books)),
        on=on,
        by=User(pk=purchase.logged_by_id),
        confirmed_by=by,
    )
    purchase.state = PurchaseState.CONFIRMED
    with refusals.from_database():
        purchase.save(update_fields=["state", "event"])
    remember(agreement=agreement, verb=Verb.ENTERED, by=by, organization=buyer, on=on, note=purchase.invoice)
    close(agreement, terms, by=by, on=on)
    return purchase


def planned(lines: Iterable[Line], terms: PurchaseTerms, quantity: int, books: dict[int, int]) -> list[Planned]:
    """Return lines to post; of the stock how much of the thing it is."""
    unit = terms.agreement.unit_id
    return [
        Planned(
            place=Place(books[party], number, unit),
            amount=amount,
            quantity=(quantity if amount > 0 else -quantity) if number == coproduction.STOCK else None,
            measure=terms.measure if number == coproduction.STOCK else None,
        )
        for party, number, amount in lines
    ]


def answerable(purchase: Purchase, *states: PurchaseState) -> tuple[Purchase, PurchaseTerms]:
    """Return a purchase as it is now, with its agreement held, if it is in one of these states."""
    agreement = held(purchase.agreement)
    require_state(agreement, AgreementState.ACCEPTED, AgreementState.SETTLED)
    now = Purchase.objects.select_for_update(of=("self",)).get(pk=purchase.pk)
    now.agreement = agreement
    if now.state not in states:
        raise PurchaseAlreadyAnswered(state=now.get_state_display())
    terms = PurchaseTerms.objects.select_related("agreement", "buyer", "measure__unit").get(agreement=agreement)
    return now, terms


@transaction.atomic
def take_back(*, purchase: Purchase, reason: str, by: User, on: dt.date) -> Purchase:
    """Take a purchase back for the buyer, of which nothing was handed over; if it is in its book, it is reversed there.

    :raises NotForYouToDo, NoMandateToday: if the person may not; what is in the book an officer takes back.
    :raises ReasonIsMissing: if nothing is said.
    :raises PartWasHanded: if a part of it was handed over.
    """
    purchase, terms = answerable(purchase, PurchaseState.LOGGED, PurchaseState.CONFIRMED)
    is_entered = purchase.state == PurchaseState.CONFIRMED
    allowed = require_confirm if is_entered else require_log
    allowed(by=by, organization=terms.buyer, on=on)
    if not reason.strip():
        raise agreements.ReasonIsMissing
    if any(purchases.is_handed(part) for part in purchase.parts.all()):
        raise PartWasHanded
    purchase.state, purchase.reason = PurchaseState.UNDONE, reason.strip()[:200]
    if is_entered and purchase.event is not None:
        key = uuid.uuid5(purchase.key, "reversal")
        journal.reverse(event=purchase.event, key=key, reason=purchase.reason, on=on, by=by, confirmed_by=by)
    with refusals.from_database():
        purchase.save(update_fields=["state", "reason"])
    remember(
        agreement=purchase.agreement, verb=Verb.TOOK_BACK, by=by, organization=terms.buyer, on=on, note=purchase.reason
    )
    close(purchase.agreement, terms, by=by, on=on)
    return purchase


def close(
    agreement: Agreement, terms: PurchaseTerms, *, by: User, on: dt.date, confirmed: Delivery | None = None
) -> None:
    """Settle it once all was bought, handed over and paid."""
    agreement.purchase = terms
    is_settled = purchases.is_carried_out(agreement)
    whose = confirmed.receiver if confirmed else terms.buyer
    agreements.close(agreement, is_settled=is_settled, by=by, organization=whose, on=on)
