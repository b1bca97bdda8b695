"""Read where a co-production stands: what is agreed, what was told of it, and who owes whom."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from ledger.core.coproduction import Deal, Split
from ledger.core.debts import Debt, Debts
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement
from ledger.models.claims import Claim
from ledger.models.coproductions import SharedAct, SharedPart
from ledger.models.deliveries import Act, DeliveryState
from ledger.models.units import Measure
from ledger.queries import claims

#: What waits counts as told until somebody says no to it.
LIVE = (DeliveryState.LOGGED, DeliveryState.CONFIRMED)
#: What concerns all who agree.
SHARED = (Act.COST, Act.INVOICE, Act.COLLECTION)


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
    """Return what was told in these states, by kind of act, in two queries."""
    acts = SharedAct.objects.filter(delivery__agreement=agreement, delivery__state__in=states).order_by()
    totals = {
        Act(act): sums
        for act, *sums in acts.values_list("delivery__act").annotate(
            Sum("amount"), Sum("vat"), Sum("levy"), Count("pk")
        )
    }
    parts = SharedPart.objects.filter(act__in=acts.values("pk")).order_by()
    fell = {
        (Act(act), party): sums
        for act, party, *sums in parts.values_list("act__delivery__act", "organization").annotate(
            Sum("amount"), Sum("vat")
        )
    }
    found = {}
    for act in SHARED:
        amount, vat, levy, count = totals.get(act, [0, 0, 0, 0])
        amounts, vats = zip(*(fell.get((act, party), [0, 0]) for party in deal.parties), strict=True)
        found[act] = Told(amount, vat, levy, split=Split(amounts, vats), count=count)
    return found


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
    def is_quits(self) -> bool:
        """Whether the customer has paid what it was invoiced, and nobody owes anybody."""
        is_paid = self.confirmed[Act.COLLECTION].amount == self.confirmed[Act.INVOICE].gross
        return is_paid and not any(debt.amount for debt in self.debts.all)

    @property
    def is_carried_out(self) -> bool:
        """Whether that is so of all of the price."""
        return self.is_quits and self.confirmed[Act.INVOICE].amount == self.deal.price


def standing(agreement: Agreement) -> Standing:
    """Return where it stands now."""
    agreed = deal(agreement)
    parties = [party.organization_id for party in agreement.parties.all()]
    books = dict(Book.objects.filter(organization__in=parties).values_list("organization", "pk"))
    owners = {book: organization for organization, book in books.items()}
    found: dict[int | None, Claim] = {claim.pk: claim for claim in claims.open_of(agreement=agreement.code)}
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
    return Standing(agreed, debts, books, found, money, told(agreement, agreed, DeliveryState.CONFIRMED))
