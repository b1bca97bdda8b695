"""How far the stages of a co-production are: whoever does one says so, whoever goes on with it confirms.

Nothing is posted: what is made stays whose it is until it is invoiced, and each keeps its own costs in its own book.
"""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import refusals
from ledger.actions.agreements import held, remember, require_confirm, require_log, require_state
from ledger.actions.deliveries import Papers, answerable, check_day, numbers
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.core.coproduction import handed_to
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.coproductions import CoproductionStage, StageProgress
from ledger.models.deliveries import Act, Delivery, DeliveryState
from ledger.models.history import Verb
from ledger.queries.shares import LIVE
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class NotYourStage(DomainError):
    """Whoever does a stage says how far it is."""

    message = _("%(organization)s does this stage, and says how far it is.")


class GoesForward(DomainError):
    """A stage goes forward, up to its end."""

    message = _("Write how far the stage is in all, in per cent: more than the %(percent)s noted already, at most 100.")


@transaction.atomic
def log(
    *,
    agreement: Agreement,
    key: uuid.UUID,
    stage: CoproductionStage,
    percent: int,
    what: str,
    happened_on: dt.date,
    papers: Papers,
    by: User,
    on: dt.date,
) -> Delivery:
    """Say how far a stage is in all, in per cent, and what was handed on; whoever goes on with it confirms.

    :raises NotForYouToDo: if the person is not of whoever does the stage.
    :raises NotYourStage: if it is no stage of this co-production.
    :raises NotAtThisPoint: if the co-production does not run.
    :raises GoesForward: if it is not further than was told, or further than its end.
    :raises DeliveredBeforeAgreed, DeliveredInTheFuture: if the day is not right.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    giver = stage.party
    require_log(by=by, organization=giver, on=on)
    agreement = held(agreement)
    if stage.agreement_id != agreement.pk:
        raise NotYourStage(organization=giver.name)
    told = {"agreement": agreement, "act": Act.PROGRESS, "giver": giver, "happened_on": happened_on, **numbers(papers)}
    row = {"stage": stage, "percent": percent, "what": " ".join(what.split())[:80]}
    if (earlier := _logged_before(key, told, row)) is not None:
        return earlier
    require_state(agreement, AgreementState.ACCEPTED)
    check_day(agreement, happened_on, on=on)
    noted = StageProgress.objects.filter(stage=stage, delivery__state__in=LIVE)
    reached = noted.order_by("-percent").values_list("percent", flat=True).first() or 0
    if not reached < percent <= 100:  # per cent
        raise GoesForward(percent=reached)
    told["receiver"] = _receiver(agreement, stage)
    delivery = Delivery.objects.create(key=key, logged_by=by, **told)
    with refusals.from_database():
        StageProgress.objects.create(delivery=delivery, **row)
    remember(
        agreement=agreement, verb=Verb.PROGRESSED, by=by, organization=giver, on=on, delivery=delivery, note=stage.what
    )
    return delivery


def _logged_before(key: uuid.UUID, told: dict[str, object], row: dict[str, object]) -> Delivery | None:
    earlier = Delivery.objects.filter(key=key).select_related("progress").first()
    if earlier is None:
        return None
    written = getattr(earlier, "progress", None)
    if (
        written is None
        or any(getattr(earlier, name) != value for name, value in told.items())
        or any(getattr(written, name) != value for name, value in row.items())
    ):
        raise KeyWasUsedForSomethingElse
    return earlier


def _receiver(agreement: Agreement, stage: CoproductionStage) -> Organization:
    """Return who confirms it: whoever goes on with it, else the lead, else another of those who make it."""
    stages = list(agreement.stages.select_related("party"))
    parties = {each.party_id: each.party for each in stages}
    lead = agreement.coproduction.lead
    parties[lead.pk] = lead
    return parties[handed_to([each.party_id for each in stages], stages.index(stage), lead=lead.pk)]


@transaction.atomic
def confirm(*, delivery: Delivery, by: User, on: dt.date) -> Delivery:
    """Confirm for whoever goes on with it that the stage is so far.

    :raises NoMandateToday: if the person cannot bind it today.
    :raises DeliveryAlreadyAnswered: if it was said no to or undone; a confirmed one is returned as it is.
    """
    delivery = answerable(delivery, DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    receiver = delivery.receiver
    require_confirm(by=by, organization=receiver, on=on)
    if delivery.state == DeliveryState.CONFIRMED:
        return delivery
    delivery.state = DeliveryState.CONFIRMED
    delivery.save(update_fields=["state"])
    agreement = delivery.agreement
    remember(agreement=agreement, verb=Verb.SAID_SO, by=by, organization=receiver, on=on, delivery=delivery)
    return delivery
