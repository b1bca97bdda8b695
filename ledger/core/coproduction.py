"""Co-production: how a price, common costs and a levy fall on those who make one product, and what each act posts.

The price is split by largest remainder, in shares or in the proportions of agreed prices; common costs and the levy in
the same proportions. VAT is charged on each invoice and never part of what is shared. Nothing here knows of books: the
parties are numbers, the amounts whole minor units, and accounts the numbers of the chart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger.core.apportion import apportion, next_parts, percentage
from ledger.core.debts import Debts

#: Of how many millionths the whole consists.
WHOLE = 1_000_000

BANK, CUSTOMERS, VAT_INPUT, STOCK = "1102", "1201", "1203", "1301"
SUPPLIERS, VAT_OUTPUT, FUND = "2101", "2103", "2301"
SALES, COST, LEVY = "4101", "5102", "5402"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """What is agreed: the price without VAT, whom it falls on and in which proportions, and what goes off it."""

    lead: int
    price: int
    #: Basis points; None where no VAT is charged.
    vat_rate: int | None
    #: Party → its share or its price; none for whoever only represents the others.
    weights: Mapping[int, int]
    costs: int = 0
    costs_vat_rate: int | None = None
    #: Basis points of the price.
    levy: int = 0

    @property
    def parties(self) -> list[int]:
        """Those whom it falls on, in their order."""
        return list(self.weights)

    @property
    def prices(self) -> list[int]:
        """What of the price is each party's: the parts are exactly the whole."""
        return apportion(self.price, list(self.weights.values()))

    def price_of(self, party: int) -> int:
        """Return what of the price is one party's, nothing for whoever makes no stage."""
        return dict(zip(self.parties, self.prices, strict=True)).get(party, 0)

    @property
    def vat(self) -> int:
        """On the whole price."""
        return percentage(self.price, basis_points=self.vat_rate or 0)

    @property
    def levied(self) -> int:
        """What of the price goes to the fund in all."""
        return percentage(self.price, basis_points=self.levy)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a co-production comes to for one party."""

    party: int
    #: Its part of the price, and the VAT that it charges with it.
    price: int
    vat: int
    #: Its part of the common costs, and the VAT on that.
    cost: int
    cost_vat: int
    levy: int
    #: What it hands over to the tax office, or (below zero) has in its favor.
    vat_due: int

    @property
    def result(self) -> int:
        """What it finally gets, besides VAT."""
        return self.price - self.cost - self.levy

    @property
    def received(self) -> int:
        """What it gets in money: all that it invoices, less its part of what was bought together and of the levy."""
        return self.price + self.vat - self.cost - self.cost_vat - self.levy


def simulate(deal: Deal) -> list[Outcome]:
    """Return what the deal comes to for each party if all is invoiced, bought and collected in one piece each."""
    weights = list(deal.weights.values())
    prices, costs = deal.prices, apportion(deal.costs, weights)
    bought_with = percentage(deal.costs, basis_points=deal.costs_vat_rate or 0)
    cost_vats = apportion(bought_with, costs) if deal.costs else [0] * len(costs)
    levies = apportion(deal.levied, prices)
    vats = [percentage(price, basis_points=deal.vat_rate or 0) for price in prices]
    found = []
    for party, price, vat, cost, cost_vat, levy in zip(
        deal.parties, prices, vats, costs, cost_vats, levies, strict=True
    ):
        if party == deal.lead:
            # It charges the customer the VAT of all, and is charged that of the others.
            vat = deal.vat - sum(each for other, each in zip(deal.parties, vats, strict=True) if other != party)
        found.append(Outcome(party, price, vat, cost, cost_vat, levy, vat - cost_vat))
    return found


def is_in_ratio(results: Sequence[int], weights: Sequence[int], *, splits: int) -> bool:
    """Whether results stand in the ratio of the weights, but for less than a cent for each time something was split."""
    total, whole = sum(results), sum(weights)
    return all(abs(got * whole - total * due) < splits * whole for got, due in zip(results, weights, strict=True))


@dataclass(frozen=True, slots=True)
class Part:
    """What of an act falls on one party: without VAT, and its VAT; of what the customer paid, its part of the levy."""

    party: int
    amount: int
    vat: int = 0


@dataclass(frozen=True, slots=True)
class Split:
    """What was split among the parties so far, in their order, and the VAT of that."""

    amounts: Sequence[int]
    vats: Sequence[int]

    @property
    def amount(self) -> int:
        """Without VAT, in all."""
        return sum(self.amounts)


def cost_parts(deal: Deal, amount: int, vat: int, before: Split) -> list[Part]:
    """Return how a common cost falls on the parties; with the VAT of its invoice, nothing lost and nothing added."""
    amounts = next_parts(amount, list(deal.weights.values()), before.amounts)
    return [Part(*each) for each in zip(deal.parties, amounts, apportion(vat, amounts), strict=True)]


def invoice_parts(deal: Deal, amount: int, before: Split) -> list[Part]:
    """Return what each party invoices of a part of the price: all parts of the price come to exactly its own."""
    amounts = next_parts(amount, deal.prices, before.amounts)
    return [
        Part(party, more, vat_of_next(more, deal.vat_rate, before=had, charged=charged))
        for party, more, had, charged in zip(deal.parties, amounts, before.amounts, before.vats, strict=True)
    ]


def vat_of_next(amount: int, rate: int | None, *, before: int, charged: int) -> int:
    """Return the VAT of what is invoiced next: the cents of many invoices make those of one."""
    return max(0, percentage(before + amount, basis_points=rate or 0) - charged)


def levy_of_next(deal: Deal, amount: int, *, before: int, levied: int) -> int:
    """Return what of a payment by the customer goes to the fund: of all of them the agreed part of the price."""
    due = apportion(deal.levied, [before + amount, max(0, deal.price + deal.vat - before - amount)])[0]
    return max(0, due - levied)


def levy_parts(deal: Deal, levy: int, before: Sequence[int]) -> list[Part]:
    """Return who contributes how much of a levy."""
    return [Part(*each) for each in zip(deal.parties, next_parts(levy, deal.prices, before), strict=True)]


#: A line to post: party, account, amount with debit above zero.
Line = tuple[int, str, int]


def bought(debts: Debts, buyer: int, parts: Sequence[Part]) -> list[Line]:
    """Buy something for all: the others are charged their parts at cost, and owe them to the buyer."""
    lines = billed(buyer, Part(buyer, sum(part.amount for part in parts), sum(part.vat for part in parts)))
    for part in _of_others(parts, buyer):
        lines += charged_on(buyer, part)
        _owe(debts, creditor=buyer, debtor=part.party, amount=part.amount + part.vat)
    return _merged(lines)


def billed(buyer: int, whole: Part, *, account: str = SUPPLIERS) -> list[Line]:
    """Return what a supplier's invoice is in the buyer's book: owed to the supplier, or paid from another account."""
    lines = [(buyer, STOCK, whole.amount), (buyer, VAT_INPUT, whole.vat), (buyer, account, -whole.amount - whole.vat)]
    return [line for line in lines if line[2]]


def charged_on(buyer: int, part: Part) -> list[Line]:
    """Return what charging a part on at cost is in both books, besides what is owed for it."""
    lines = [(buyer, STOCK, -part.amount), (buyer, VAT_OUTPUT, -part.vat)]
    lines += [(part.party, STOCK, part.amount), (part.party, VAT_INPUT, part.vat)]
    return [line for line in lines if line[2]]


def invoiced(debts: Debts, lead: int, parts: Sequence[Part], *, amount: int, vat: int) -> list[Line]:
    """Invoice the customer for all: the others invoice the lead their parts, which it owes them."""
    lines = [(lead, CUSTOMERS, amount + vat), (lead, SALES, -amount), (lead, VAT_OUTPUT, -vat)]
    for part in _of_others(parts, lead):
        lines += [(lead, COST, part.amount), (lead, VAT_INPUT, part.vat)]
        lines += [(part.party, SALES, -part.amount), (part.party, VAT_OUTPUT, -part.vat)]
        _owe(debts, creditor=part.party, debtor=lead, amount=part.amount + part.vat)
    return _merged(lines)


def collected(debts: Debts, lead: int, parts: Sequence[Part], *, amount: int, fund: int | None) -> list[Line]:
    """Collect from the customer: the lead pays the levy at once, and charges each of the others its part of it."""
    levy = sum(part.amount for part in parts)
    lines = [(lead, BANK, amount - levy), (lead, CUSTOMERS, -amount)]
    lines += [(part.party, LEVY, part.amount) for part in parts]
    if fund is not None:
        lines += [(fund, BANK, levy), (fund, FUND, -levy)]
    for part in _of_others(parts, lead):
        debts.money(lead, part.party, part.amount)
    return _merged(lines)


def settled(debts: Debts, giver: int, receiver: int) -> list[Line]:
    """Cancel what two owe each other out, and let the one who owes more pay the rest."""
    mine, theirs = debts.owed(giver, receiver), debts.owed(receiver, giver)
    debts.settle(giver, receiver, mine)
    debts.settle(receiver, giver, theirs)
    return _merged([(giver, BANK, theirs - mine), (receiver, BANK, mine - theirs)])


def _of_others(parts: Iterable[Part], party: int) -> list[Part]:
    return [part for part in parts if part.party != party]


def _owe(debts: Debts, *, creditor: int, debtor: int, amount: int) -> None:
    if amount:
        debts.open(creditor=creditor, debtor=debtor, line=None, amount=amount)


def _merged(lines: Iterable[Line]) -> list[Line]:
    """Return the lines with those of one account and side together, and none of nothing."""
    sums: dict[tuple[int, str, bool], int] = {}
    for party, account, amount in lines:
        if amount:
            sums[party, account, amount > 0] = sums.get((party, account, amount > 0), 0) + amount
    return [(party, account, amount) for (party, account, _side), amount in sums.items()]


def handed_to(parties: Sequence[int], stage: int, *, lead: int) -> int:
    """Return who says that a stage is done: whoever does the next one of another, else the lead, else one before.

    `parties` are those of all stages in their order, `stage` the place of one, counted from zero.
    """
    own = parties[stage]
    ahead = [*parties[stage + 1 :], lead, *reversed(parties[:stage])]
    return next(party for party in ahead if party != own)
