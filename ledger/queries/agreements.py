"""Read agreements: an organization's list, and what waits for it."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from ledger.models.agreements import BARTER, Agreement, AgreementParty, AgreementState
from ledger.models.deliveries import Delivery, DeliveryState
from network.models.organizations import Organization


def of_organization(organization: Organization, *, kind: str = BARTER) -> QuerySet[Agreement]:
    """Return its agreements of a kind, newest first, each with its parties; the drafts of others are theirs alone."""
    # A draft is the proposer's own until its officer has signed it.
    shown = Q(proposer=organization) | ~Q(state=AgreementState.DRAFT)
    return _with_parties(Agreement.objects.filter(shown, kind=kind, parties__organization=organization)).order_by("-pk")


def _with_parties(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    parties = AgreementParty.objects.select_related("organization")
    return agreements.select_related("proposer", "unit").prefetch_related(Prefetch("parties", parties))


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
    agreements = _with_parties(Agreement.objects.order_by("pk"))
    asked = AgreementParty.objects.filter(organization=organization, signed_by=None)
    deliveries = Delivery.objects.select_related("agreement__unit", "giver", "receiver").order_by("pk")
    undoing = deliveries.filter(state=DeliveryState.CONFIRMED, reversal_asked_by__isnull=False)
    return Waiting(
        to_sign=list(agreements.filter(proposer=organization, state=AgreementState.DRAFT)[:SHOWN]),
        to_answer=list(
            agreements.filter(state=AgreementState.PROPOSED, parties__in=asked).exclude(proposer=organization)[:SHOWN]
        ),
        to_change=list(agreements.filter(proposer=organization, state=AgreementState.CHANGES_ASKED)[:SHOWN]),
        to_confirm=list(
            deliveries.filter(
                receiver=organization, state=DeliveryState.LOGGED, agreement__state=AgreementState.ACCEPTED
            ).prefetch_related("items__line__measure__unit")[:SHOWN]
        ),
        to_reverse=list(
            undoing.filter(Q(giver=organization) | Q(receiver=organization)).exclude(reversal_asked_by=organization)[
                :SHOWN
            ]
        ),
    )
