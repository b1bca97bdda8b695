"""Read agreements: an organization's list, what waits for it, and one agreement whole."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from ledger.models.agreements import (
    Agreement,
    AgreementLine,
    AgreementState,
    AgreementStep,
    Delivery,
    DeliveryItem,
    DeliveryState,
)
from ledger.models.claims import Claim
from ledger.queries import barter, claims
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


@dataclass(frozen=True, slots=True)
class LineStatus:
    """An agreed line, what of it was delivered, and since when its giver could have delivered the rest."""

    line: AgreementLine
    delivered: int

    @property
    def left(self) -> int:
        """Minor units of the measure still to be delivered."""
        return self.line.quantity - self.delivered

    @property
    def percent(self) -> int:
        """How much of it was delivered, 0 to 100."""
        return 100 * self.delivered // self.line.quantity


@dataclass(frozen=True, slots=True)
class Side:
    """One party: what it gives and how far it is."""

    organization: Organization
    lines: list[LineStatus]
    value: int
    has_signed: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """One agreement with all that its page tells."""

    agreement: Agreement
    sides: list[Side]
    debts: list[Claim]
    deliveries: list[Delivery]
    steps: list[AgreementStep]

    def side(self, organization: Organization) -> Side:
        """Return that party's side."""
        return next(side for side in self.sides if side.organization == organization)


def whole(*, agreement: Agreement) -> Whole:
    """Return an agreement with its lines, debts, deliveries and history, in a fixed number of queries."""
    lines = barter.progress(agreement=agreement)
    sides = [
        Side(
            organization=party,
            lines=[LineStatus(each.line, each.delivered_quantity) for each in lines if each.line.giver_id == party.pk],
            value=sum(each.line.value for each in lines if each.line.giver_id == party.pk),
            has_signed=signer is not None,
        )
        for party, signer in (
            (agreement.proposer, agreement.proposer_signed_by_id),
            (agreement.partner, agreement.partner_signed_by_id),
        )
    ]
    items = DeliveryItem.objects.select_related("line__measure__unit").order_by("line__number")
    deliveries = (
        agreement.deliveries.select_related("giver", "event", "reversal_asked_by", "logged_by")
        .prefetch_related(Prefetch("items", items))
        .order_by("-happened_on", "-pk")
    )
    return Whole(
        agreement=agreement,
        sides=sides,
        debts=list(claims.open_of(agreement=agreement.code)),
        deliveries=list(deliveries),
        steps=list(agreement.steps.select_related("by", "organization").order_by("pk")),
    )


def days_open(claim: Claim, *, on: dt.date) -> int:
    """Return for how many days a claim has been open."""
    return (on - claim.opened_on).days
