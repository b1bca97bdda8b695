"""Read agreements: an organization's list, what waits for it, and one of them whole."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum

from ledger.models.agreements import BARTER, Agreement, AgreementLine, AgreementParty, AgreementState
from ledger.models.claims import Claim
from ledger.models.coproductions import SharedPart
from ledger.models.deliveries import Act, Delivery, DeliveryItem, DeliveryState
from ledger.models.history import AgreementStep
from ledger.models.loans import LOAN
from ledger.models.toll_work import TOLL_WORK
from ledger.queries import claims, materials
from network.models.organizations import Organization


def of_organization(organization: Organization, *, kind: str = BARTER) -> QuerySet[Agreement]:
    """Return its agreements of a kind, newest first, each with its parties; the drafts of others are theirs alone."""
    # A draft is the proposer's own until its officer has signed it.
    shown = Q(proposer=organization) | ~Q(state=AgreementState.DRAFT)
    return _with_parties(Agreement.objects.filter(shown, kind=kind, parties__organization=organization)).order_by("-pk")


def whatever(organization: Organization) -> QuerySet[Agreement]:
    """Return its agreements of every kind, with their parties."""
    return _with_parties(Agreement.objects.filter(parties__organization=organization))


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
#: So many steps of a history a page shows.
STEPS = 30


def waiting_for(organization: Organization) -> Waiting:
    """Return what waits for the organization, oldest first."""
    agreements = _with_parties(Agreement.objects.order_by("pk"))
    asked = AgreementParty.objects.filter(organization=organization, signed_by=None)
    deliveries = Delivery.objects.select_related("agreement__unit", "giver", "receiver").order_by("pk")
    undoing = deliveries.filter(state=DeliveryState.CONFIRMED, reversal_asked_by__isnull=False)
    # Of what several share, each of them answers for its part.
    parts = SharedPart.objects.filter(organization=organization)
    to_confirm = Q(shared=None, receiver=organization) | Q(pk__in=parts.filter(said_by=None).values("act"))
    to_undo = Q(shared=None) & (Q(giver=organization) | Q(receiver=organization))
    to_undo |= Q(pk__in=parts.filter(undone_by=None).values("act"))
    return Waiting(
        to_sign=list(agreements.filter(proposer=organization, state=AgreementState.DRAFT)[:SHOWN]),
        to_answer=list(
            agreements.filter(state=AgreementState.PROPOSED, parties__in=asked).exclude(proposer=organization)[:SHOWN]
        ),
        to_change=list(agreements.filter(proposer=organization, state=AgreementState.CHANGES_ASKED)[:SHOWN]),
        to_confirm=list(
            deliveries.filter(
                to_confirm, state=DeliveryState.LOGGED, agreement__state=AgreementState.ACCEPTED
            ).prefetch_related("items__line__measure__unit")[:SHOWN]
        ),
        to_reverse=list(undoing.filter(to_undo).exclude(reversal_asked_by=organization)[:SHOWN]),
    )


def confirmed(act: Act, what: str = "quantity") -> Sum:
    """Return, for a question about agreed lines, the sum of what was confirmed of each by one kind of act."""
    of_it = Q(items__delivery__state=DeliveryState.CONFIRMED, items__delivery__act=act)
    return Sum(f"items__{what}", filter=of_it, default=0)


def _agreed(agreement: Agreement) -> "QuerySet[Any]":
    """Return the agreed lines in their order, each with what was confirmed of it."""
    return agreement.lines.annotate(
        delivered_quantity=confirmed(Act.GOODS) - confirmed(Act.RETURN),
        given_up=confirmed(Act.SHORTFALL),
        added=confirmed(Act.CHANGE, "difference"),
    ).order_by("number")


@dataclass(frozen=True, slots=True)
class LineStatus:
    """An agreed line, what of it was delivered, and what both agreed not to deliver any more."""

    line: AgreementLine
    delivered: int
    given_up: int
    #: By how much more (or less) both agreed on later.
    added: int = 0

    @property
    def agreed(self) -> int:
        """Minor units of the measure to be given in all, as it was last agreed."""
        return self.line.quantity + self.added

    @property
    def left(self) -> int:
        """Minor units of the measure still to be delivered."""
        return self.agreed - self.given_up - self.delivered

    @property
    def percent(self) -> int:
        """How much of it was delivered, 0 to 100."""
        return min(100, 100 * self.delivered // max(1, self.agreed))


def is_carried_out(agreement: Agreement) -> bool:
    """Whether everything was given and nothing is owed any more."""
    if claims.open_of(agreement=agreement.code).exists():
        return False
    # Of a loan all is given back that was handed over, and no more is agreed on.
    if agreement.kind == LOAN:
        return True
    # What another holds of theirs is not given: it comes back, worked or not.
    if agreement.kind == TOLL_WORK and materials.custody(agreement).on_hand:
        return False
    return not any(status.left for status in statuses(agreement))


def statuses(agreement: Agreement) -> list[LineStatus]:
    """Return the agreed lines in their order, each with what was delivered of it."""
    lines = _agreed(agreement).select_related("measure__unit", "giver", "receiver")
    return [LineStatus(line, line.delivered_quantity, line.given_up, line.added) for line in lines]


@dataclass(frozen=True, slots=True)
class Side:
    """One party: what it gives, in the order of the agreement, and how far it is."""

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

    def seen_by(self, organization: Organization) -> list[Side]:
        """Return the sides, its own first."""
        return sorted(self.sides, key=lambda side: side.organization != organization)

    @property
    def among_many(self) -> bool:
        """Whether more than two agree, so that each line says to whom it goes."""
        return len(self.sides) > 2  # both sides of a barter


def whole(*, agreement: Agreement) -> Whole:
    """Return an agreement with its lines, debts, deliveries and history, in a fixed number of queries."""
    lines = list(_agreed(agreement).select_related("measure__unit", "receiver"))
    sides = [
        Side(
            organization=party.organization,
            lines=[
                LineStatus(line, line.delivered_quantity, line.given_up, line.added)
                for line in lines
                if line.giver_id == party.organization_id
            ],
            value=sum(line.value for line in lines if line.giver_id == party.organization_id),
            has_signed=party.signed_by_id is not None,
        )
        for party in agreement.parties.select_related("organization")
    ]
    items = DeliveryItem.objects.select_related("line__measure__unit").order_by("line__number")
    deliveries = (
        agreement.deliveries.select_related(
            *("giver", "receiver", "event", "credit", "reversal_asked_by", "logged_by"),
            *("giver_resolution", "receiver_resolution"),
        )
        .prefetch_related(Prefetch("items", items), "disputes__raised_for")
        .order_by("-happened_on", "-pk")
    )
    return Whole(
        agreement=agreement,
        sides=sides,
        debts=list(claims.open_of(agreement=agreement.code)),
        deliveries=list(deliveries),
        steps=list(agreement.steps.select_related("by", "organization").order_by("pk")),
    )


def latest_steps(agreement: Agreement) -> list[AgreementStep]:
    """Return the latest steps of the history, in their order."""
    latest = agreement.steps.select_related("by", "organization").order_by("-pk")[:STEPS]
    return list(latest)[::-1]
