"""Read agreements: an organization's list, and what waits for it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ledger.models.agreements import (
    Agreement,
    AgreementState,
    Delivery,
    DeliveryState,
)
from network.models.organizations import Organization


def of_organization(organization: Organization) -> QuerySet[Agreement]:
    """Return its agreements, newest first; the drafts of others are theirs alone."""
    return (
        Agreement.objects.filter(Q(proposer=organization) | Q(partner=organization, state__in=_SHOWN_TO_PARTNER))
        .select_related("proposer", "partner", "unit")
        .order_by("-pk")
    )


#: A draft is the proposer's own until its officer has signed it.
_SHOWN_TO_PARTNER = [state for state in AgreementState if state != AgreementState.DRAFT]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody of the organization."""

    to_sign: list[Agreement]
    to_answer: list[Agreement]
    to_change: list[Agreement]
    to_confirm: list[Delivery]
    to_reverse: list[Delivery]

    @property
    def count(self) -> int:
        """How many things wait."""
        return sum(
            len(each) for each in (self.to_sign, self.to_answer, self.to_change, self.to_confirm, self.to_reverse)
        )


#: A home page shows the first of each; the list shows all.
SHOWN = 20


def waiting_for(organization: Organization) -> Waiting:
    """Return what waits for the organization, oldest first."""
    agreements = Agreement.objects.select_related("proposer", "partner").order_by("pk")
    theirs = (
        Delivery.objects.filter(Q(agreement__proposer=organization) | Q(agreement__partner=organization))
        .select_related("agreement__proposer", "agreement__partner", "agreement__unit", "giver")
        .prefetch_related("items__line__measure__unit")
        .order_by("pk")
    )
    return Waiting(
        to_sign=list(agreements.filter(proposer=organization, state=AgreementState.DRAFT)[:SHOWN]),
        to_answer=list(agreements.filter(partner=organization, state=AgreementState.PROPOSED)[:SHOWN]),
        to_change=list(agreements.filter(proposer=organization, state=AgreementState.CHANGES_ASKED)[:SHOWN]),
        to_confirm=list(
            theirs.exclude(giver=organization).filter(
                state=DeliveryState.LOGGED, agreement__state=AgreementState.ACCEPTED
            )[:SHOWN]
        ),
        to_reverse=list(
            theirs.filter(state=DeliveryState.CONFIRMED, reversal_asked_by__isnull=False).exclude(
                reversal_asked_by=organization
            )[:SHOWN]
        ),
    )
