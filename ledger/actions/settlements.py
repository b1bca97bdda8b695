"""Settle what two who make one product owe each other (liquidación), and confirm what one paid the other."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import coproduced
from ledger.actions.agreements import held, party, remember, require_confirm, require_log, require_state
from ledger.actions.deliveries import PaidToNobody, Papers, answerable, check_day, logged_before, numbers
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.deliveries import Act, Delivery, DeliveryState
from ledger.models.history import Verb
from ledger.queries import shares
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class NothingToSettle(DomainError):
    """Whoever owes more settles."""

    message = _("%(giver)s owes %(receiver)s nothing more than it is owed: there is nothing for it to settle.")


class OwedHasMoved(DomainError):
    """What is settled is what is owed."""

    message = _("What one owes the other has changed since this was written. Say no to it, and write it anew.")


class SettlementWaits(DomainError):
    """One after the other."""

    message = _("A settlement between these two waits for its confirmation.")


@transaction.atomic
def log(
    *,
    agreement: Agreement,
    key: uuid.UUID,
    giver: Organization,
    receiver: Organization,
    happened_on: dt.date,
    papers: Papers,
    by: User,
    on: dt.date,
) -> Delivery:
    """Write down for whoever owes more that all between the two is cancelled out, and the rest paid.

    :raises NotForYouToDo: if the person is not of the giver.
    :raises PaidToNobody: if the receiver is not one of the others who agree.
    :raises NothingToSettle: if the giver owes no more than it is owed.
    :raises SettlementWaits: if one is told already.
    :raises NotAtThisPoint, DeliveredBeforeAgreed, DeliveredInTheFuture, KeyWasUsedForSomethingElse: as everywhere.
    """
    require_log(by=by, organization=giver, on=on)
    agreement = held(agreement)
    party(agreement, giver)
    told = {"agreement": agreement, "giver": giver, "receiver": receiver, "act": Act.SETTLEMENT}
    told |= {"happened_on": happened_on, **numbers(papers)}
    if (earlier := logged_before(key, told, {})) is not None:
        return earlier
    require_state(agreement, AgreementState.ACCEPTED)
    if giver == receiver or not agreement.parties.filter(organization=receiver).exists():
        raise PaidToNobody
    check_day(agreement, happened_on, on=on)
    between = {giver.pk, receiver.pk}
    waiting = agreement.deliveries.filter(act=Act.SETTLEMENT, state=DeliveryState.LOGGED)
    if waiting.filter(giver__in=between, receiver__in=between).exists():
        raise SettlementWaits
    rest = _rest(agreement, giver, receiver)
    if rest is None:
        raise NothingToSettle(giver=giver.name, receiver=receiver.name)
    delivery = Delivery.objects.create(key=key, logged_by=by, money=rest, **told)
    remember(agreement=agreement, verb=Verb.NETTED, by=by, organization=giver, on=on, delivery=delivery)
    return delivery


def _rest(agreement: Agreement, giver: Organization, receiver: Organization) -> int | None:
    """Return what is left to pay once all between two is cancelled out; none if the other one owes more, or nobody."""
    debts = shares.standing(agreement).debts
    mine, theirs = debts.owed(giver.pk, receiver.pk), debts.owed(receiver.pk, giver.pk)
    return mine - theirs if mine and mine >= theirs else None


@transaction.atomic
def confirm(*, delivery: Delivery, by: User, on: dt.date) -> Delivery:
    """Confirm for the receiver a settlement or a payment: one event, one entry in each of the two books.

    :raises NoMandateToday: if the person cannot bind the receiver today.
    :raises DeliveryAlreadyAnswered: if it was said no to or undone; a confirmed one is returned as it is.
    :raises OwedHasMoved: if another amount is owed than was settled.
    """
    delivery = answerable(delivery, DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    agreement, receiver = delivery.agreement, delivery.receiver
    require_confirm(by=by, organization=receiver, on=on)
    if delivery.state == DeliveryState.CONFIRMED:
        return delivery
    if delivery.act == Act.SETTLEMENT and _rest(agreement, delivery.giver, receiver) != delivery.money:
        raise OwedHasMoved
    remember(agreement=agreement, verb=Verb.SAID_SO, by=by, organization=receiver, on=on, delivery=delivery)
    coproduced.post(delivery, organization=receiver, by=by, on=on)
    return delivery
