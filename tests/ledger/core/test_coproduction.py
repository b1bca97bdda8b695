"""What a co-production comes to for each, whatever the shares, the prices, the costs and the pieces."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core import coproduction as core
from ledger.core.apportion import next_parts, percentage
from ledger.core.coproduction import Deal, Part, Split
from ledger.core.debts import Debts

NORTE, CENTRO, SUR, FUND = 1, 2, 3, 9
STORY_3 = Deal(
    lead=NORTE,
    price=30_000_000_00,
    vat_rate=2100,
    weights={NORTE: 500_000, CENTRO: 300_000, SUR: 200_000},
    costs=6_000_000_00,
    costs_vat_rate=2100,
    levy=200,
)

weights = st.lists(st.integers(0, 1_000_000), min_size=2, max_size=6).filter(any)
deals = st.builds(
    lambda price, vat, shares, levy: Deal(
        lead=0, price=price, vat_rate=vat, weights=dict(enumerate(shares)), levy=levy
    ),
    st.integers(1, 10**12),
    st.sampled_from([None, 1050, 2100]),
    weights,
    st.integers(0, 500),
)
#: Cut a whole in pieces at these places, in thousandths.
cuts = st.lists(st.integers(1, 999), max_size=4).map(sorted)


def pieces(whole: int, at: list[int]) -> list[int]:
    """Return a whole in pieces that come to it, none of them nothing."""
    marks = [0, *(whole * cut // 1000 for cut in at), whole]
    return [later - sooner for sooner, later in pairwise(marks) if later > sooner]


class TestSimulate:
    def test_story_three_before_anybody_signs(self):
        outcomes = core.simulate(STORY_3)

        assert [each.result for each in outcomes] == [11_700_000_00, 7_020_000_00, 4_680_000_00]
        assert [each.received for each in outcomes[1:]] == [8_532_000_00, 5_688_000_00]
        # The lead keeps what the others do not get; with the tax office all are quits at what each charged and bore.
        assert outcomes[0].received - outcomes[0].vat_due == 11_700_000_00
        assert core.is_in_ratio([each.result for each in outcomes], [5, 3, 2], splits=1)

    @given(deals, st.integers(0, 10**12), st.sampled_from([None, 1050, 2100]))
    def test_parts_are_the_whole_and_results_in_ratio(self, deal: Deal, costs: int, rate: int | None):
        deal = Deal(
            lead=0,
            price=deal.price,
            vat_rate=deal.vat_rate,
            weights=deal.weights,
            costs=costs,
            costs_vat_rate=rate,
            levy=deal.levy,
        )
        outcomes = core.simulate(deal)

        assert sum(each.price for each in outcomes) == deal.price
        assert sum(each.vat for each in outcomes) == deal.vat
        assert sum(each.cost for each in outcomes) == costs
        assert sum(each.cost_vat for each in outcomes) == percentage(costs, basis_points=rate or 0)
        assert sum(each.levy for each in outcomes) == deal.levied
        assert core.is_in_ratio([each.result for each in outcomes], list(deal.weights.values()), splits=3)

    def test_a_result_that_is_not_in_ratio_is_seen(self):
        assert core.is_in_ratio([50, 30, 20], [5, 3, 2], splits=1)
        assert not core.is_in_ratio([51, 29, 20], [5, 3, 2], splits=1)


class TestNextParts:
    def test_the_first_is_by_largest_remainder(self):
        assert next_parts(250_000_01, [50, 30, 20], [0, 0, 0]) == [125_000_01, 75_000_00, 50_000_00]

    @given(weights, st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
    def test_no_cent_is_lost_and_nobody_gets_a_cent_too_much(self, shares: list[int], amounts: list[int]):
        had = [0] * len(shares)
        for amount in amounts:
            parts = next_parts(amount, shares, had)
            assert sum(parts) == amount
            assert min(parts) >= 0
            had = [before + part for before, part in zip(had, parts, strict=True)]
        for got, share in zip(had, shares, strict=True):
            assert got * sum(shares) - sum(had) * share < sum(shares)

    @given(st.lists(st.integers(0, 10**9), min_size=2, max_size=6).filter(any), cuts, st.data())
    def test_pieces_of_a_whole_make_each_part_of_it_though_some_are_undone(self, parts, at, data):
        had, told = [0] * len(parts), []
        for amount in pieces(sum(parts), at):
            told.append(next_parts(amount, parts, had))
            had = [sum(column) for column in zip(*told, strict=True)]
        told.pop(data.draw(st.integers(0, len(told) - 1)))
        had = [sum(column) for column in zip(*told, strict=True)] or [0] * len(parts)

        last = next_parts(sum(parts) - sum(had), parts, had)
        assert [before + part for before, part in zip(had, last, strict=True)] == parts


class TestCarriedOut:
    @given(
        deals,
        cuts,
        cuts,
        st.lists(st.tuples(st.integers(1, 10**9), st.sampled_from([0, 1050, 2100]), st.integers(0, 5)), max_size=4),
    )
    def test_all_debts_end_at_zero_and_results_in_ratio(self, deal: Deal, invoices, payments, costs):
        """Bought, invoiced and collected in any pieces, then settled between each two."""
        debts, books = Debts([]), _Books()
        spent = books.buy(deal, debts, costs)
        gross = books.invoice(deal, debts, invoices)
        assert gross == deal.price + deal.vat
        assert books.collect(deal, debts, pieces(gross, payments)) == deal.levied
        for giver in deal.parties:
            for receiver in deal.parties:
                mine, theirs = debts.owed(giver, receiver), debts.owed(receiver, giver)
                if mine and mine >= theirs:
                    books.post(core.settled(debts, giver, receiver), debts)

        assert not any(debt.amount for debt in debts.all)
        assert books.account(FUND, core.FUND) == -deal.levied
        assert books.account(deal.lead, core.CUSTOMERS) == 0
        results = [books.result(party) for party in deal.parties]
        assert sum(results) == deal.price - spent - deal.levied
        assert core.is_in_ratio(results, list(deal.weights.values()), splits=3 + len(costs))


class _Books:
    """What was posted, by party and account, each entry balanced with the debts that it moved."""

    def __init__(self) -> None:
        self.held: dict[tuple[int, str], int] = {}

    def post(self, lines: list[core.Line], debts: Debts) -> None:
        entry: dict[int, int] = {}
        for party, account, amount in lines:
            self.held[party, account] = self.held.get((party, account), 0) + amount
            entry[party] = entry.get(party, 0) + amount
        for move in debts.moved():
            entry[move.debt.creditor] = entry.get(move.debt.creditor, 0) + move.amount
            entry[move.debt.debtor] = entry.get(move.debt.debtor, 0) - move.amount
        assert not any(entry.values())

    def buy(self, deal: Deal, debts: Debts, costs: list[tuple[int, int, int]]) -> int:
        before = nothing(deal)
        for amount, rate, buyer in costs:
            vat = percentage(amount, basis_points=rate)
            parts = core.cost_parts(deal, amount, vat, before)
            assert (sum(part.amount for part in parts), sum(part.vat for part in parts)) == (amount, vat)
            # However it falls, nobody is charged another VAT than the rate, to the cent.
            assert all(abs(part.vat - percentage(part.amount, basis_points=rate)) <= 1 for part in parts)
            self.post(core.bought(debts, buyer % len(deal.parties), parts), debts)
            before = with_parts(before, parts)
        return before.amount

    def invoice(self, deal: Deal, debts: Debts, cut: list[int]) -> int:
        before, charged, gross = nothing(deal), 0, 0
        for amount in pieces(deal.price, cut):
            parts = core.invoice_parts(deal, amount, before)
            vat = core.vat_of_next(amount, deal.vat_rate, before=before.amount, charged=charged)
            self.post(core.invoiced(debts, deal.lead, parts, amount=amount, vat=vat), debts)
            before, charged, gross = with_parts(before, parts), charged + vat, gross + amount + vat
        assert list(before.amounts) == deal.prices
        return gross

    def collect(self, deal: Deal, debts: Debts, amounts: list[int]) -> int:
        before, paid = nothing(deal), 0
        for amount in amounts:
            levy = core.levy_of_next(deal, amount, before=paid, levied=before.amount)
            parts = core.levy_parts(deal, levy, before.amounts)
            self.post(core.collected(debts, deal.lead, parts, amount=amount, fund=FUND if levy else None), debts)
            before, paid = with_parts(before, parts), paid + amount
        return before.amount

    def account(self, party: int, number: str) -> int:
        return self.held.get((party, number), 0)

    def result(self, party: int) -> int:
        """What it sold, less what it passed on, bought and gave to the fund."""
        return -sum(self.account(party, each) for each in (core.SALES, core.COST, core.STOCK, core.LEVY))


def nothing(deal: Deal) -> Split:
    return Split([0] * len(deal.parties), [0] * len(deal.parties))


def with_parts(before: Split, parts: list[Part]) -> Split:
    return Split(
        [had + part.amount for had, part in zip(before.amounts, parts, strict=True)],
        [had + part.vat for had, part in zip(before.vats, parts, strict=True)],
    )


@pytest.mark.parametrize(
    ("parties", "stage", "to"),
    [([1, 2, 3], 0, 2), ([1, 2, 3], 2, 1), ([1, 1, 3], 0, 3), ([2, 3, 1], 2, 3), ([2, 1, 1], 1, 2)],
)
def test_a_stage_is_handed_on_to_whoever_comes_next_else_to_the_lead(parties: list[int], stage: int, to: int):
    assert core.handed_to(parties, stage, lead=NORTE) == to
