"""Read joint purchases: who asked for how much, what of it was bought, and what of that was handed over."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Sum, Value, When

from ledger.core.purchases import Asked
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.deliveries import Delivery, DeliveryState
from ledger.models.purchases import (
    JOINT_PURCHASE,
    Purchase,
    PurchaseHandover,
    PurchasePart,
    PurchaseRequest,
    PurchaseState,
)
from ledger.queries import agreements, claims
from network.models.organizations import Organization

#: What was told counts until it is taken back or said no to.
LIVE = (DeliveryState.LOGGED, DeliveryState.CONFIRMED)


def of_organization(organization: Organization) -> QuerySet[Agreement]:
    """Return its joint purchases, newest first, each with who buys what."""
    found = agreements.of_organization(organization, kind=JOINT_PURCHASE)
    return found.select_related("purchase__buyer", "purchase__measure__unit")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one request is; minor units of the thing."""

    request: PurchaseRequest
    #: What of it was told to be bought, and what of that stands in the buyer's book.
    told: int
    bought: int
    #: What whoever asked has said that it received.
    received: int

    @property
    def left(self) -> int:
        """How much is still to be bought."""
        return self.request.quantity - self.told

    @property
    def percent(self) -> int:
        """How much of it was bought, 0 to 100."""
        return min(100, 100 * self.told // self.request.quantity)


def progress(agreement: Agreement) -> list[Progress]:
    """Return how far each request is, in one query."""

    def of(**only: object) -> Sum:
        return Sum("parts__quantity", filter=Q(**only), default=0)

    told = agreement.requests.select_related("organization").order_by("number")
    found = told.annotate(
        told=of(parts__purchase__state__in=[PurchaseState.LOGGED, PurchaseState.CONFIRMED]),
        bought=of(parts__purchase__state=PurchaseState.CONFIRMED),
    )
    handed = PurchaseHandover.objects.filter(
        delivery__agreement=agreement, delivery__state=DeliveryState.CONFIRMED
    ).order_by()
    received = dict(handed.values_list("part__request").annotate(Sum("part__quantity")))
    return [Progress(each, each.told, each.bought, received.get(each.pk, 0)) for each in found]


def asked(rows: Sequence[Progress]) -> list[Asked]:
    """Return the requests as the arithmetic takes them."""
    return [
        Asked(request=each.request.pk, quantity=each.request.quantity, before=each.told, most=each.request.most)
        for each in rows
    ]


@dataclass(frozen=True, slots=True)
class Part:
    """What of a purchase is one request's, and what became of it."""

    part: PurchasePart
    #: The delivery by which it was handed over, if that was told and not said no to.
    delivery: Delivery | None
    is_buyers: bool

    @property
    def is_to_hand_over(self) -> bool:
        """Whether it still has to be handed over."""
        return not self.is_buyers and self.delivery is None


def purchases(agreement: Agreement) -> QuerySet[Purchase]:
    """Return what was bought, newest first, with its parts and what of them was handed over."""
    handed = PurchaseHandover.objects.filter(delivery__state__in=LIVE).select_related("delivery")
    parts = PurchasePart.objects.select_related("request__organization").order_by("request__number")
    with_parts = Prefetch("parts", parts.prefetch_related(Prefetch("handovers", handed)))
    return agreement.purchases.prefetch_related(with_parts).order_by("-happened_on", "-pk")


def parts(purchase: Purchase, *, buyer: int) -> list[Part]:
    """Return the parts of a purchase that `purchases` found."""
    return [
        Part(
            part,
            next((each.delivery for each in part.handovers.all()), None),
            is_buyers=part.request.organization_id == buyer,
        )
        for part in purchase.parts.all()
    ]


def deliveries(agreement: Agreement) -> QuerySet[Delivery]:
    """Return what was handed over and paid; what waits for an answer first, then the newest."""
    found = agreement.deliveries.select_related(
        *("giver", "receiver", "reversal_asked_by", "giver_resolution", "credit", "bought__part__request")
    )
    waits = Case(When(state=DeliveryState.LOGGED, then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.prefetch_related("disputes__raised_for").order_by(waits, "-happened_on", "-pk")


def is_handed(part: PurchasePart) -> bool:
    """Whether a part was handed over, as somebody told and nobody said no to."""
    return part.handovers.filter(delivery__state__in=LIVE).exists()


def to_hand_over(agreement: Agreement) -> list[PurchasePart]:
    """Return the parts of others that stand in the buyer's book, of which nobody told that they were handed over."""
    handed = PurchaseHandover.objects.filter(part=OuterRef("pk"), delivery__state__in=LIVE)
    found = PurchasePart.objects.filter(
        ~Exists(handed),
        ~Q(request__organization=agreement.purchase.buyer_id),
        purchase__agreement=agreement,
        purchase__state=PurchaseState.CONFIRMED,
    )
    return list(found.select_related("request__organization").order_by("pk"))


def is_all_handed_over(agreement: Agreement) -> bool:
    """Whether every part of what was bought is with whoever asked for it, and nothing waits."""
    waiting = agreement.purchases.filter(state=PurchaseState.LOGGED)
    open_parts = PurchasePart.objects.filter(purchase__agreement=agreement, purchase__state=PurchaseState.CONFIRMED)
    received = PurchaseHandover.objects.filter(
        delivery__agreement=agreement, delivery__state=DeliveryState.CONFIRMED
    ).values("part")
    others = open_parts.exclude(request__organization=agreement.purchase.buyer_id)
    return not waiting.exists() and not others.exclude(pk__in=received).exists()


def is_carried_out(agreement: Agreement) -> bool:
    """Whether all that was asked for was bought and handed over, and nothing is owed."""
    if agreement.state not in {AgreementState.ACCEPTED, AgreementState.SETTLED}:
        return False
    is_bought = all(each.bought == each.request.quantity for each in progress(agreement))
    return is_bought and is_all_handed_over(agreement) and not claims.open_of(agreement=agreement.code).exists()
