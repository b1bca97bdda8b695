"""Read disputes: of an organization, what waits for it, and who may mediate."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from ledger.models.agreements import Agreement
from ledger.models.disputes import Contested, Dispute
from ledger.models.funded import FundAct
from network.models.councils import Mandate
from network.models.organizations import Organization
from network.models.people import Membership, User
from network.queries import organizations

#: A home page shows the first of them; the list shows all.
SHOWN = 20


def of_organization(organization: Organization) -> QuerySet[Dispute]:
    """Return the disputes that an organization is a side of, the open ones first, then the latest."""
    found = Dispute.objects.filter(Q(raised_for=organization) | Q(raised_against=organization))
    return _whole(found).order_by("-closed_on", "-pk")


def waiting_for(organization: Organization) -> list[Dispute]:
    """Return what waits for the organization's word: its version, or its yes to how it ends."""
    to_answer = Q(other_version="") & ~Q(raised_for=organization)
    to_agree = Q(proposed_for__isnull=False) & ~Q(proposed_for=organization)
    return list(of_organization(organization).filter(to_answer | to_agree, closed_on=None)[:SHOWN])


def mediated_by(user: User) -> QuerySet[Dispute]:
    """Return the open disputes in which somebody was named to mediate."""
    return _whole(Dispute.objects.filter(mediator=user, closed_on=None)).order_by("pk")


def _whole(found: QuerySet[Dispute]) -> QuerySet[Dispute]:
    acts: tuple[str, ...] = (
        "delivery__agreement__unit",
        "delivery__giver",
        "delivery__receiver",
        "contribution__giver__book__unit",
    )
    acts += ("contribution__receiver", "fund_act__fund__book__unit", "fund_act__other", "credit_act__credit")
    related = ("raised_for", "raised_against", "mediator", "mediates_for", "proposed_for", "correction")
    return found.select_related(*acts, *related, "raised_by", "answered_by", "credit_act__teller", "credit_act__other")


def is_frozen(act: Contested) -> bool:
    """Say whether somebody contests it today."""
    return act.disputes.filter(closed_on=None).exists()


def is_disputed(agreement: str) -> bool:
    """Say whether something under the agreement, or of the levy, of that code is contested today."""
    for kind, its_acts in ((Agreement.CODE, _of_agreement), (FundAct.CODE, _of_levy)):
        number = agreement.removeprefix(kind)
        if number != agreement and number.isdecimal():
            return Dispute.objects.filter(its_acts(int(number)), closed_on=None).exists()
    return False


def _of_agreement(number: int) -> Q:
    return Q(delivery__agreement=number)


def _of_levy(number: int) -> Q:
    """Return what is about a levy, or a payment of it."""
    return Q(fund_act=number) | Q(fund_act__levy=number)


def contested() -> set[str]:
    """Return the codes, of agreements and of levies of a fund, under which something is contested today."""
    open_ = Dispute.objects.filter(closed_on=None)
    agreements = open_.filter(delivery__isnull=False).values_list("delivery__agreement", flat=True)
    levies = open_.filter(fund_act__isnull=False).values_list(Coalesce("fund_act__levy", "fund_act"), flat=True)
    return {f"{Agreement.CODE}{pk}" for pk in agreements} | {f"{FundAct.CODE}{pk}" for pk in levies}


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
