"""Read disputes: of an organization, what waits for it, and who may mediate."""

import datetime as dt

from django.db.models import F, Q, QuerySet

from ledger.models.deliveries import Delivery
from ledger.models.disputes import Dispute
from network.models.councils import Mandate
from network.models.organizations import Organization
from network.models.people import Membership, User
from network.queries import organizations

#: A home page shows the first of them; the list shows all.
SHOWN = 20


def of_organization(organization: Organization) -> QuerySet[Dispute]:
    """Return the disputes that an organization is a side of, the open ones first, then the latest."""
    teller, receiver = Q(delivery__giver=organization), Q(delivery__receiver=organization)
    # Where whoever told of it contests it, the other side is whoever received; otherwise it is the teller.
    other = (teller & ~Q(raised_for=organization)) | (receiver & Q(raised_for=F("delivery__giver")))
    return _whole(Dispute.objects.filter(Q(raised_for=organization) | other)).order_by("-closed_on", "-pk")


def waiting_for(organization: Organization) -> list[Dispute]:
    """Return what waits for the organization's word: its version, or its yes to how it ends."""
    to_answer = Q(other_version="") & ~Q(raised_for=organization)
    to_agree = Q(proposed_for__isnull=False) & ~Q(proposed_for=organization)
    return list(of_organization(organization).filter(to_answer | to_agree, closed_on=None)[:SHOWN])


def mediated_by(user: User) -> QuerySet[Dispute]:
    """Return the open disputes in which somebody was named to mediate."""
    return _whole(Dispute.objects.filter(mediator=user, closed_on=None)).order_by("pk")


def _whole(found: QuerySet[Dispute]) -> QuerySet[Dispute]:
    related = ("delivery__agreement__unit", "delivery__giver", "delivery__receiver", "raised_for", "mediator")
    return found.select_related(*related, "mediates_for", "proposed_for", "correction", "raised_by", "answered_by")


def is_frozen(delivery: Delivery) -> bool:
    """Say whether somebody contests it today."""
    return Dispute.objects.filter(delivery=delivery, closed_on=None).exists()


def is_disputed(agreement: str) -> bool:
    """Say whether something under the agreement of that code is contested today."""
    number = agreement.rpartition("-")[2]
    if not number.isdigit():
        return False
    return Dispute.objects.filter(delivery__agreement=int(number), closed_on=None).exists()


def mediators(sides: tuple[Organization, Organization], *, on: dt.date) -> QuerySet[Mandate]:
    """Return who may mediate: who speaks today for a body above one of the sides, and is of neither.

    First those of bodies above both, and of each body its president.
    """
    above = [organizations.bodies_above(side, on=on) for side in sides]
    theirs = Membership.objects.in_force(on).filter(organization__in=sides)
    found = Mandate.objects.in_force(on).binding().filter(organization__in=above[0] | above[1])
    found = found.exclude(user__in=theirs.values("user")).select_related("user", "organization")
    common = Q(organization__in=above[0] & above[1])
    return found.alias(is_common=common).order_by("-is_common", "organization__name", "seat", "pk")
