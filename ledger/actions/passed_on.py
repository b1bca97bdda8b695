"""Parts of a joint purchase: handed over by the buyer at cost, confirmed by whoever asked for them, and paid.

Each part counts once whoever asked for it confirms that it received it: so nobody waits for another, and nobody owes
what it does not have.
"""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import debts, payments, refusals
from ledger.actions.agreements import held, remember, require_log, require_state
from ledger.actions.bought import answerable, close, planned
from ledger.actions.claims import Planned
from ledger.actions.deliveries import DeliveredBeforeAgreed, Papers, check_day, numbers
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_bought import PartWasHanded
from ledger.core import coproduction
from ledger.core.coproduction import Part
from ledger.core.debts import Move
from ledger.models.agreements import AgreementState
from ledger.models.deliveries import Act, Delivery
from ledger.models.history import Verb
from ledger.models.purchases import PurchaseHandover, PurchasePart, PurchaseState, PurchaseTerms
from ledger.queries import purchases
from ledger.queries.barter import Standing
from network.errors import DomainError
from network.models.people import User

#: What the journal calls each act.
KINDS = {Act.BOUGHT: "joint_purchase_share", Act.MONEY: "joint_purchase_payment"}


class KeptByTheBuyer(DomainError):
    """What the buyer bought for itself is handed to nobody."""

    message = _("That part is the buyer's own: it is handed over to nobody.")


@transaction.atomic
def hand_over(
    *, part: PurchasePart, key: uuid.UUID, happened_on: dt.date, papers: Papers, by: User, on: dt.date
) -> Delivery:
    """Write down for the buyer that it handed a part over; it is owed once whoever asked for it confirms that.

    :raises NotForYouToDo: if the person is not of the buyer.
    :raises PurchaseAlreadyAnswered: if the purchase is not in the buyer's book.
    :raises PartWasHanded, KeptByTheBuyer: if it was handed over before, or is the buyer's own.
    :raises NotAtThisPoint, DeliveredBeforeAgreed, DeliveredInTheFuture, KeyWasUsedForSomethingElse: as everywhere.
    """
    purchase = part.purchase
    agreement = held(purchase.agreement)
    terms = PurchaseTerms.objects.select_related("buyer").get(agreement=agreement)
    require_log(by=by, organization=terms.buyer, on=on)
    told: dict[str, Any] = {"agreement": agreement, "act": Act.BOUGHT, "giver": terms.buyer}
    told |= {"receiver": part.request.organization, "happened_on": happened_on, **numbers(papers)}
    if (earlier := Delivery.objects.filter(key=key).select_related("bought").first()) is not None:
        is_other = any(getattr(earlier, name) != value for name, value in told.items())
        if is_other or earlier.bought.part_id != part.pk:
            raise KeyWasUsedForSomethingElse
        return earlier
    purchase, _terms = answerable(purchase, PurchaseState.CONFIRMED)
    require_state(agreement, AgreementState.ACCEPTED)
    check_day(agreement, happened_on, on=on)
    if happened_on < purchase.happened_on:
        raise DeliveredBeforeAgreed
    if part.request.organization_id == terms.buyer_id:
        raise KeptByTheBuyer
    if purchases.is_handed(part):
        raise PartWasHanded
    delivery = Delivery.objects.create(key=key, logged_by=by, **told)
    with refusals.from_database():
        PurchaseHandover.objects.create(delivery=delivery, part=part)
    remember(agreement=agreement, verb=Verb.DELIVERED, by=by, organization=terms.buyer, on=on, delivery=delivery)
    return delivery


@transaction.atomic
def confirm(*, delivery: Delivery, by: User, on: dt.date) -> Delivery:
    """Confirm for its receiver a part that was handed over, or a payment: one event, with an entry in both books.

    :raises NoMandateToday: if the person cannot bind the receiver today.
    :raises DeliveryAlreadyAnswered: if it was rejected or reversed; a confirmed one is returned as it is.
    """
    post = debts.paid if delivery.act == Act.MONEY else _handed
    delivery = payments.confirm(delivery=delivery, kind=KINDS[Act(delivery.act)], by=by, on=on, post=post)
    terms = PurchaseTerms.objects.get(agreement=delivery.agreement_id)
    close(delivery.agreement, terms, by=by, on=on, confirmed=delivery)
    return delivery


def _handed(delivery: Delivery, stands: Standing) -> tuple[list[Move], list[Planned]]:
    """Return what is owed for a part, and the other lines of both books: at cost, VAT apart."""
    part = delivery.bought.part
    terms = PurchaseTerms.objects.select_related("agreement", "measure").get(agreement=delivery.agreement_id)
    buyer, other = delivery.giver_id, delivery.receiver_id
    stands.position.debts.money(buyer, other, part.gross)
    lines = coproduction.charged_on(buyer, Part(other, part.amount, part.vat))
    return stands.position.debts.moved(), planned(lines, terms, part.quantity, stands.books)
