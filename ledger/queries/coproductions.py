"""Read co-productions: what is agreed, where one stands, and all that its page tells."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from ledger.core import coproduction as core
from ledger.core.coproduction import Deal, Split
from ledger.core.debts import Debt, Debts
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement
from ledger.models.claims import Claim
from ledger.models.coproductions import COPRODUCTION, CoproductionStage, SharedPart
from ledger.models.deliveries import Act, Delivery, DeliveryState
from ledger.models.history import AgreementStep
from ledger.models.units import Measure
from ledger.queries import agreements
from ledger.queries import claims as open_claims
from network.models.organizations import Organization

#: What waits counts as told until somebody says no to it.
LIVE = (DeliveryState.LOGGED, DeliveryState.CONFIRMED)
#: What concerns all who agree.
SHARED = (Act.COST, Act.INVOICE, Act.COLLECTION)
#: So many steps of a history a page shows, the latest.
STEPS = 30


def of_organization(organization: Organization) -> QuerySet[Agreement]:
    """Return the co-productions of an organization, newest first, each with its terms and its stages."""
    found = agreements.of_organization(organization, kind=COPRODUCTION)
    stages = CoproductionStage.objects.select_related("party")
    return found.select_related("coproduction__lead", "coproduction__fund").prefetch_related(Prefetch("stages", stages))


def deal(agreement: Agreement) -> Deal:
    """Return what is agreed, for the arithmetic."""
    terms = agreement.coproduction
    weights = {party.organization_id: 0 for party in agreement.parties.all() if party.organization_id != terms.fund_id}
    for stage in agreement.stages.all():
        weights[stage.party_id] += stage.part
    return Deal(
        lead=terms.lead_id,
        price=terms.price,
        vat_rate=terms.vat_rate,
        weights=weights,
        costs=terms.costs,
        costs_vat_rate=terms.costs_vat_rate,
        levy=terms.levy,
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one kind of shared act: in all, and what of it fell on each party, in their order."""

    amount: int
    vat: int
    levy: int
    split: Split
    #: How many acts.
    count: int

    @property
    def gross(self) -> int:
        """With VAT."""
        return self.amount + self.vat


def told(agreement: Agreement, deal: Deal, *states: DeliveryState) -> dict[Act, Told]:
    """Return what was told in these states, by kind of act, in one query."""
    parts = SharedPart.objects.filter(act__delivery__agreement=agreement, act__delivery__state__in=states)
    rows = parts.order_by("act").values_list(
        *("act", "act__delivery__act", "act__amount", "act__vat", "act__levy", "organization", "amount", "vat")
    )
    acts: dict[Act, dict[int, tuple[int, int, int]]] = {act: {} for act in SHARED}
    amounts = {act: dict.fromkeys(deal.parties, 0) for act in SHARED}
    vats = {act: dict.fromkeys(deal.parties, 0) for act in SHARED}
    for pk, kind, amount, vat, levy, party, part, part_vat in rows:
        act = Act(kind)
        acts[act][pk] = (amount, vat, levy)
        if party in amounts[act]:
            amounts[act][party] += part
            vats[act][party] += part_vat
    return {
        act: Told(
            *(sum(each[column] for each in acts[act].values()) for column in range(3)),
            split=Split(list(amounts[act].values()), list(vats[act].values())),
            count=len(acts[act]),
        )
        for act in SHARED
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a co-production stands: who owes whom, and what of it was confirmed."""

    deal: Deal
    debts: Debts
    #: Organization → its book.
    books: dict[int, int]
    #: What is open, by number.
    claims: dict[int | None, Claim]
    money: Measure | None
    confirmed: dict[Act, Told]

    @property
    def is_carried_out(self) -> bool:
        """Whether all of the price was invoiced and paid, and nobody owes anybody."""
        invoiced, paid = self.confirmed[Act.INVOICE], self.confirmed[Act.COLLECTION]
        everything = invoiced.amount == self.deal.price and paid.amount == invoiced.gross
        return everything and not any(debt.amount for debt in self.debts.all)


def standing(agreement: Agreement) -> Standing:
    """Return where it stands now."""
    agreed = deal(agreement)
    parties = [party.organization_id for party in agreement.parties.all()]
    books = dict(Book.objects.filter(organization__in=parties).values_list("organization", "pk"))
    owners = {book: organization for organization, book in books.items()}
    found = {claim.pk: claim for claim in open_claims.open_of(agreement=agreement.code)}
    debts = Debts(
        Debt(
            creditor=owners[claim.creditor_id],
            debtor=owners[claim.debtor_id],
            line=None,
            amount=claim.balance.amount,
            claim=claim.pk,
        )
        for claim in found.values()
    )
    money = Measure.objects.filter(unit=agreement.unit_id, thing="").first()
    return Standing(agreed, debts, books, {**found}, money, told(agreement, agreed, DeliveryState.CONFIRMED))


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
class Whole:
    """One co-production with all that its page tells."""

    agreement: Agreement
    deal: Deal
    stages: list[StageStatus]
    sides: list[Side]
    debts: list[Claim]
    deliveries: list[Delivery]
    steps: list[AgreementStep]
    confirmed: dict[Act, Told]
    waiting: dict[Act, Told]
    is_in_ratio: bool = field(default=True)

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
    def total(self) -> int:
        """What all got so far, besides VAT."""
        return sum(side.result for side in self.working)


def whole(*, agreement: Agreement) -> Whole:
    """Return a co-production with its stages, parts, debts, deliveries and history, in a fixed number of queries."""
    agreed = deal(agreement)
    deliveries = list(_deliveries(agreement))
    confirmed = told(agreement, agreed, DeliveryState.CONFIRMED)
    outcomes = {each.party: each for each in core.simulate(agreed)}
    index = {party: number for number, party in enumerate(agreed.parties)}
    sides = []
    for party in agreement.parties.all():
        number = index.get(party.organization_id)
        came_to = [0, 0, 0] if number is None else [confirmed[act].split.amounts[number] for act in _RESULT]
        foreseen = outcomes.get(party.organization_id)
        sides.append(Side(party.organization, party.signed_by_id is not None, foreseen, *came_to))
    splits = sum(confirmed[act].count for act in SHARED)
    results = [side.result for side in sides if side.foreseen is not None]
    return Whole(
        agreement=agreement,
        deal=agreed,
        stages=_stages(agreement, agreed, deliveries),
        sides=sides,
        debts=list(open_claims.open_of(agreement=agreement.code)),
        deliveries=deliveries,
        steps=list(agreement.steps.select_related("by", "organization").order_by("-pk")[:STEPS])[::-1],
        confirmed=confirmed,
        waiting=told(agreement, agreed, DeliveryState.LOGGED),
        is_in_ratio=core.is_in_ratio(results, list(agreed.weights.values()), splits=max(1, splits)),
    )


#: What is part of a result: with the price, less the cost, less the levy.
_RESULT = (Act.INVOICE, Act.COST, Act.COLLECTION)


def _deliveries(agreement: Agreement) -> QuerySet[Delivery]:
    parts = SharedPart.objects.select_related("organization")
    found = agreement.deliveries.select_related(
        "giver", "receiver", "reversal_asked_by", "progress__stage__party", "shared"
    )
    return found.prefetch_related(Prefetch("shared__parts", parts)).order_by("-happened_on", "-pk")


def _stages(agreement: Agreement, deal: Deal, deliveries: Iterable[Delivery]) -> list[StageStatus]:
    stages = list(agreement.stages.all())
    reached: dict[str, dict[int, int]] = {state: {} for state in LIVE}
    for delivery in deliveries:
        if delivery.act == Act.PROGRESS and delivery.state in reached:
            stage, percent = delivery.progress.stage_id, delivery.progress.percent
            reached[delivery.state][stage] = max(percent, reached[delivery.state].get(stage, 0))
    weights = [stage.part for stage in stages]
    prices = core.apportion(deal.price, weights)
    shares = core.apportion(10_000, weights)
    return [
        StageStatus(
            stage,
            percent=reached[DeliveryState.CONFIRMED].get(stage.pk, 0),
            waiting=reached[DeliveryState.LOGGED].get(stage.pk, 0),
            price=price,
            share=share,
        )
        for stage, price, share in zip(stages, prices, shares, strict=True)
    ]
