"""Who gives what to whom, told from the lines of an event, and rolled up by group."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core import flows
from ledger.core.flows import Flow, FlowKind, Line, Told, of_event, rolled, undone

ANA, BETO, CLARA, DORA = 1, 2, 3, 4
PESOS, HOURS = 1, 10


def line(book: int, number: str, amount: int, unit: int = PESOS) -> Line:
    return Line(book, number, unit, amount)


class TestOfAnEvent:
    def test_goods_count_without_vat_and_whoever_else_owes_for_them(self):
        lines = [
            *(line(ANA, "1202", 121), line(BETO, "2102", -121), line(BETO, "1202", 50), line(CLARA, "2102", -50)),
            *(line(ANA, "4103", -100), line(BETO, "1301", 100), line(ANA, "2103", -21), line(BETO, "1203", 21)),
        ]
        assert of_event("barter_delivery", lines) == [Told(ANA, BETO, FlowKind.BARTER, PESOS, 100)]

    def test_what_comes_back_is_below_zero(self):
        lines = [line(ANA, "4103", 40), line(BETO, "1301", -40)]
        assert of_event("barter_return", lines) == [Told(ANA, BETO, FlowKind.BARTER, PESOS, -40)]

    def test_what_one_bought_for_several_each_receives(self):
        lines = [
            *(line(ANA, "1301", 90), line(ANA, "2101", -90), line(ANA, "1301", -60)),
            *(line(BETO, "1301", 40), line(CLARA, "1301", 20)),
        ]
        assert of_event("coproduction_cost", lines) == [
            Told(ANA, BETO, FlowKind.COPRODUCTION, PESOS, 40),
            Told(ANA, CLARA, FlowKind.COPRODUCTION, PESOS, 20),
        ]

    def test_what_several_made_for_one_each_gives(self):
        lines = [
            *(line(ANA, "1201", 100), line(ANA, "4101", -100), line(ANA, "5102", 70)),
            *(line(BETO, "4101", -50), line(CLARA, "4101", -20)),
        ]
        assert of_event("coproduction_invoice", lines) == [
            Told(BETO, ANA, FlowKind.COPRODUCTION, PESOS, 50),
            Told(CLARA, ANA, FlowKind.COPRODUCTION, PESOS, 20),
        ]

    def test_nobody_gives_themselves_the_use_of_their_own_machine(self):
        lines = [
            *(line(ANA, "4102", -20), line(BETO, "4102", -10), line(BETO, "5101", 30)),
            *(line(ANA, "9211", 300, HOURS), line(BETO, "9213", 300, HOURS)),
        ]
        assert of_event("machine_use", lines) == [
            Told(ANA, BETO, FlowKind.MACHINE, PESOS, 20),
            Told(ANA, BETO, FlowKind.MACHINE, HOURS, 300),
        ]

    @pytest.mark.parametrize("number", ["1102", "1301"])
    def test_what_is_lent_goes_to_who_has_it_then(self, number: str):
        lines = [line(ANA, number, -7), line(BETO, number, 7), line(ANA, "1202", 7), line(BETO, "2102", -7)]
        assert of_event("loan_lent", lines) == [Told(ANA, BETO, FlowKind.LOAN, PESOS, 7)]

    def test_who_keeps_no_book_is_nobody(self):
        gift = [line(ANA, "5401", 9), line(ANA, "1102", -9)]
        assert of_event("contribution", gift) == [Told(ANA, None, FlowKind.COMMUNITY, PESOS, 9)]
        from_outside = [line(DORA, "1102", 4), line(DORA, "2301", -4)]
        assert of_event("fund_gift", from_outside) == [Told(None, DORA, FlowKind.FUND, PESOS, 4)]

    def test_payments_hand_nothing_over(self):
        paid = [line(ANA, "1102", -9), line(BETO, "1102", 9), line(ANA, "2102", 9), line(BETO, "1202", -9)]
        assert not any(of_event(kind, paid) for kind in ("barter_payment", "loan_payment", "clearing_round"))

    def test_undoing_takes_back(self):
        assert undone([Told(ANA, BETO, "barter", PESOS, 5)]) == [Told(ANA, BETO, "barter", PESOS, -5)]


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_the_rules_of_both_engines_tell_them_alike(engine: str):
    """Two places say which lines hand something over: each engine's rule, and the table that reconciliation reads."""
    sql = Path("ledger/sql", engine, "98_flows.sql").read_text()
    yes = {"1": True, "true": True}
    row = r"\('(\w+)', '(\w+)', (\d), (\w+), '(\d+)', (-?\d), (\w+)\)"
    told = {
        (event, kind, int(part), yes.get(gives, False), number, int(sign), yes.get(one_way, False))
        for event, kind, part, gives, number, sign, one_way in re.findall(row, sql)
    }
    assert told == {tuple(side) for side in flows.SIDES}


some = st.integers(0, 6)
told = st.builds(
    Flow, giver=some, receiver=some, kind=st.sampled_from(["barter", "loan"]), amount=st.integers(-(10**9), 10**9)
)


@given(st.lists(told), st.dictionaries(some, some))
def test_every_flow_stands_between_two_groups_or_inside_one_and_nothing_is_lost(found, groups):
    counted = rolled(found, groups)
    assert counted.between_all + counted.inside_all == sum(flow.amount for flow in found)
    assert all(flow.giver != flow.receiver for flow in counted.between)
    assert len({(flow.giver, flow.kind, flow.receiver) for flow in counted.between}) == len(counted.between)
