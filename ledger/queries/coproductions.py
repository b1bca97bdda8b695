"""Read co-productions: an organization's list, and one of them with all that its page tells."""

from dataclasses import dataclass

from django.db.models import Max, Prefetch, QuerySet

from ledger.core import coproduction as core
from ledger.core.apportion import apportion
from ledger.core.coproduction import Deal
from ledger.models.agreements import Agreement
from ledger.models.claims import Claim
from ledger.models.coproductions import COPRODUCTION, CoproductionStage, SharedPart, StageProgress
from ledger.models.deliveries import Act, Delivery, DeliveryState
from ledger.models.history import AgreementStep
from ledger.queries import agreements, claims
from ledger.queries.shares import LIVE, Told, deal, told
from network.models.organizations import Organization


def of_organization(organization: Organization) -> QuerySet[Agreement]:
    """Return the co-productions of an organization, newest first, each with its terms and its stages."""
    found = agreements.of_organization(organization, kind=COPRODUCTION)
    stages = CoproductionStage.objects.select_related("party")
    return found.select_related("coproduction__lead", "coproduction__fund").prefetch_related(Prefetch("stages", stages))


def acts(organization: Organization) -> QuerySet[Delivery]:
    """Return everything that was told of the co-productions of an organization."""
    theirs = agreements.of_organization(organization, kind=COPRODUCTION).order_by().values("pk")
    found = Delivery.objects.filter(agreement__in=theirs)
    return found.select_related("agreement", "giver", "receiver", "progress__stage", "shared")


@dataclass(frozen=True, slots=True)
class StageStatus:
    """A stage, how far it is, and what of the price is its own."""

    stage: CoproductionStage
    percent: int
    #: Told and not confirmed yet.
    waiting: int
    price: int
    #: Basis points of the price.
    share: int


@dataclass(frozen=True, slots=True)
class Side:
    """One party: whether it signed, what it comes to by the agreement, and what it came to so far."""

    organization: Organization
    has_signed: bool
    foreseen: core.Outcome | None
    price: int = 0
    cost: int = 0
    levy: int = 0

    @property
    def result(self) -> int:
        """What it got so far, besides VAT: minor units."""
        return self.price - self.cost - self.levy


@dataclass(frozen=True, slots=True)
class Between:
    """What an organization and another one owe each other under one co-production, in minor units."""

    other: Organization
    owes: int = 0
    owed: int = 0

    @property
    def rest(self) -> int:
        """What it pays once all is cancelled out; below zero where the other one pays."""
        return self.owes - self.owed


@dataclass(frozen=True, slots=True)
class Whole:
    """One co-production with all that its page tells besides the acts."""

    agreement: Agreement
    deal: Deal
    stages: list[StageStatus]
    sides: list[Side]
    debts: list[Claim]
    steps: list[AgreementStep]
    confirmed: dict[Act, Told]
    waiting: dict[Act, Told]

    def side(self, organization: Organization) -> Side:
        """Return that party's side."""
        return next(side for side in self.sides if side.organization == organization)

    @property
    def working(self) -> list[Side]:
        """Those who make it: all but the fund."""
        return [side for side in self.sides if side.foreseen is not None]

    @property
    def left_to_invoice(self) -> int:
        """What of the price nobody has told an invoice of, without VAT."""
        return self.deal.price - self.confirmed[Act.INVOICE].amount - self.waiting[Act.INVOICE].amount

    @property
    def left_to_collect(self) -> int:
        """What the customer was invoiced and has not paid, as far as anybody has told."""
        told = self.confirmed[Act.COLLECTION].amount + self.waiting[Act.COLLECTION].amount
        return self.confirmed[Act.INVOICE].gross - told

    @property
    def has_begun(self) -> bool:
        """Whether anything was shared yet."""
        return any(each.count for each in self.confirmed.values())

    @property
    def is_in_ratio(self) -> bool:
        """Whether what each got so far stands in the agreed ratio, to the cent of each time that something was split.

        While only part of the price is invoiced and all of the costs are in, the ratio holds as well: each is split.
        """
        splits = sum(each.count for each in self.confirmed.values())
        results = [side.result for side in self.working]
        return core.is_in_ratio(results, list(self.deal.weights.values()), splits=max(1, splits))

    def between(self, organization: Organization) -> list[Between]:
        """Return what an organization and each of the others owe each other."""
        sums: dict[Organization, list[int]] = {}
        for debt in self.debts:
            debtor, creditor = debt.debtor.organization, debt.creditor.organization
            if debtor == organization:
                sums.setdefault(creditor, [0, 0])[0] += debt.balance.amount
            elif creditor == organization:
                sums.setdefault(debtor, [0, 0])[1] += debt.balance.amount
        return [Between(other, *each) for other, each in sums.items()]


def whole(*, agreement: Agreement) -> Whole:
    """Return a co-production with its stages, parts, debts and history, in a fixed number of queries."""
    agreed = deal(agreement)
    confirmed = told(agreement, agreed, DeliveryState.CONFIRMED)
    outcomes = {each.party: each for each in core.simulate(agreed)}
    index = {party: number for number, party in enumerate(agreed.parties)}
    sides = []
    for party in agreement.parties.all():
        number = index.get(party.organization_id)
        came_to = [0, 0, 0] if number is None else [confirmed[act].split.amounts[number] for act in _RESULT]
        foreseen = outcomes.get(party.organization_id)
        sides.append(Side(party.organization, party.signed_by_id is not None, foreseen, *came_to))
    return Whole(
        agreement=agreement,
        deal=agreed,
        stages=_stages(agreement, agreed),
        sides=sides,
        debts=list(claims.open_of(agreement=agreement.code)),
        steps=agreements.latest_steps(agreement),
        confirmed=confirmed,
        waiting=told(agreement, agreed, DeliveryState.LOGGED),
    )


#: What a result is made of: the price, less the costs, less the levy.
_RESULT = (Act.INVOICE, Act.COST, Act.COLLECTION)


def acts_of(agreement: Agreement) -> QuerySet[Delivery]:
    """Return what was told under a co-production, the latest first, each with the parts of all."""
    parts = SharedPart.objects.select_related("organization")
    found = agreement.deliveries.select_related(
        "giver", "receiver", "credit", "reversal_asked_by", "progress__stage__party", "shared"
    )
    found = found.prefetch_related(Prefetch("shared__parts", parts), "disputes__raised_for")
    return found.order_by("-happened_on", "-pk")


def _stages(agreement: Agreement, deal: Deal) -> list[StageStatus]:
    stages = list(agreement.stages.all())
    noted = StageProgress.objects.filter(stage__agreement=agreement, delivery__state__in=LIVE).order_by()
    reached = {
        (state, stage): percent
        for state, stage, percent in noted.values_list("delivery__state", "stage").annotate(Max("percent"))
    }
    weights = [stage.part for stage in stages]
    return [
        StageStatus(
            stage,
            percent=reached.get((DeliveryState.CONFIRMED, stage.pk), 0),
            waiting=reached.get((DeliveryState.LOGGED, stage.pk), 0),
            price=price,
            share=share,
        )
        for stage, price, share in zip(stages, apportion(deal.price, weights), apportion(10_000, weights), strict=True)
    ]
