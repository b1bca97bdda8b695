"""What both sides of an agreement put right: returns, shortfalls, quality, prices, what is still to be given.

Each is written down by one of the two and counts once the other confirms it, as a delivery does.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions.agreements import ReasonIsMissing, held, remember, require_decision, require_log, require_state
from ledger.actions.deliveries import (
    AmountAboveZero,
    NothingDelivered,
    NotInTheAgreement,
    Papers,
    check_day,
    logged_before,
    numbers,
)
from ledger.core.units import INT64_MAX
from ledger.models.agreements import BARTER, Agreement, AgreementLine, AgreementState
from ledger.models.deliveries import Act, Delivery, DeliveryItem
from ledger.models.history import Verb
from ledger.models.loans import LOAN
from ledger.models.toll_work import TOLL_WORK
from ledger.queries import thresholds
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution

#: What is put right.
ACTS = (Act.RETURN, Act.SHORTFALL, Act.ALLOWANCE, Act.REVALUATION, Act.CHANGE)
#: Of what is lent: it is paid in money instead, or put at today's price.
OF_LOANS = (Act.IN_MONEY, Act.REVALUATION)
#: Kind of agreement → what is put right under it; where work is redone or cheaper, both agree on something new.
ACTS_OF = {BARTER: ACTS, LOAN: OF_LOANS, TOLL_WORK: (Act.SHORTFALL, Act.REVALUATION)}
#: Which of them need a price.
PRICED = (Act.ALLOWANCE, Act.REVALUATION, Act.CHANGE)


class NotPutRightSo(DomainError):
    """Of each kind of agreement something else is put right."""

    message = _("That is not put right under this agreement. Undo what was noted, and write it anew.")


class NotPeggedToGoods(DomainError):
    """A debt in money has no price of its own."""

    message = _("What is owed under this agreement is owed in money: there is no price to set.")


@transaction.atomic
def log(
    *,
    agreement: Agreement,
    key: uuid.UUID,
    act: Act,
    line: AgreementLine,
    organization: Organization,
    quantity: int,
    happened_on: dt.date,
    reason: str,
    by: User,
    on: dt.date,
    amount: int | None = None,
    papers: Papers | None = None,
    resolution: Resolution | None = None,
) -> Delivery:
    """Write down an adjustment of one line for one of its two sides; it counts once the other confirms it.

    The quantity is what is returned, not to be delivered, of less quality, owed (all of it) at today's price, or still
    to be given and owed by nobody; in minor units, as the amount: what is taken off the price, or what all that is owed
    or still to be given is worth.

    :raises NotForYouToDo: if the person is not of the organization.
    :raises NotInTheAgreement: if the line is another agreement's, or another pair's; only who received returns.
    :raises NothingDelivered, AmountAboveZero, ReasonIsMissing: if the quantity, the price or the reason is missing.
    :raises NotPutRightSo: if its kind knows no such act.
    :raises NotPeggedToGoods: if today's price is set for what is owed in money.
    :raises DeliveredBeforeAgreed, DeliveredInTheFuture: if the day is not right.
    :raises ResolutionIsMissing: if today's price is beyond what the assembly lets the officers agree on.
    :raises AnotherBodyDecided, DecidedLater: if the resolution is another's, or of a later day.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    require_log(by=by, organization=organization, on=on)
    agreement = held(agreement)
    pair = {line.giver: line.receiver, line.receiver: line.giver}
    returns_what_it_gave = act == Act.RETURN and organization == line.giver
    if line.agreement_id != agreement.pk or organization not in pair or returns_what_it_gave:
        raise NotInTheAgreement(organization=organization.name)
    told = {
        "agreement": agreement,
        "act": act,
        "giver": organization,
        "receiver": pair[organization],
        "happened_on": happened_on,
        "giver_resolution": resolution,
        **numbers(papers or Papers()),
    }
    worths: Mapping[int, int] = {} if amount is None else {line.pk: amount}
    if (earlier := logged_before(key, told, {line.pk: quantity}, worths)) is not None:
        return earlier
    require_state(agreement, AgreementState.ACCEPTED, AgreementState.SETTLED)
    check_day(agreement, happened_on, on=on)
    _check(agreement, act, quantity, amount, reason)
    is_beyond = act == Act.REVALUATION and thresholds.is_beyond(organization, amount or 0)
    require_decision(organization, resolution, is_needed=is_beyond, on=on)
    delivery = Delivery.objects.create(key=key, logged_by=by, **told)
    DeliveryItem.objects.create(delivery=delivery, line=line, quantity=quantity, worth=amount)
    who: dict[str, Any] = {"by": by, "organization": organization, "on": on}
    remember(agreement=agreement, verb=Verb.ADJUSTED, delivery=delivery, note=reason.strip(), **who)
    return delivery


def _check(agreement: Agreement, act: Act, quantity: int, amount: int | None, reason: str) -> None:
    if act not in ACTS_OF.get(agreement.kind, ()):
        raise NotPutRightSo
    if not 0 < quantity <= INT64_MAX:
        raise NothingDelivered
    if act in PRICED and (amount is None or not 0 < amount <= INT64_MAX):
        raise AmountAboveZero
    if act in OF_LOANS and not agreement.is_pegged_to_goods:
        raise NotPeggedToGoods
    if not reason.strip():
        raise ReasonIsMissing
