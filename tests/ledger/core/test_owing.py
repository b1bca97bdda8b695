"""Debts rolled up by group: each stands once, between two groups or inside one."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.core.owing import AGES, BRACKETS, OTHERS, Owed, bracket, group_by, rolled

BOOKS = st.integers(1, 6)
DEBTS = st.lists(st.tuples(BOOKS, BOOKS, st.integers(1, 1000)).filter(lambda debt: debt[0] != debt[1]), max_size=30)
GROUPS = st.dictionaries(BOOKS, st.integers(1, 3), max_size=6)


def owed(amount: int) -> Owed:
    return Owed(amount=amount, count=1, ages=(amount, 0, 0, 0))


class TestBracket:
    def test_begins_after_its_days(self):
        assert [bracket(days) for days in (0, 30, 31, 60, 61, 90, 91, 4000)] == [0, 0, 1, 1, 2, 2, 3, 3]
        assert len(BRACKETS) + 1 == AGES


class TestRolled:
    def test_tells_between_bodies_from_inside_one(self):
        # Two federations: 1 and 2 are of the tenth, 3 of the twentieth; 4 is of neither.
        found = rolled(
            [(1, 2, owed(5)), (1, 3, owed(7)), (2, 3, owed(1)), (4, 3, owed(2)), (4, 5, owed(100))],
            {1: 10, 2: 10, 3: 20},
        )

        assert {pair: each.amount for pair, each in found.between.items()} == {(10, 20): 8, (OTHERS, 20): 2}
        assert {group: each.amount for group, each in found.inside.items()} == {10: 5}
        assert (found.between_all, found.inside_all) == (
            Owed(amount=10, count=3, ages=(10, 0, 0, 0)),
            Owed(amount=5, count=1, ages=(5, 0, 0, 0)),
        )
        assert (found.owes(), found.is_owed()) == ({10: 8, OTHERS: 2}, {20: 10})

    @given(debts=DEBTS, groups=GROUPS)
    def test_counts_each_debt_once(self, debts: list[tuple[int, int, int]], groups: dict[int, int]):
        found = rolled([(debtor, creditor, owed(amount)) for debtor, creditor, amount in debts], groups)

        ours = [each for each in debts if each[0] in groups or each[1] in groups]
        in_all = found.between_all + found.inside_all
        assert (in_all.amount, in_all.count) == (sum(each[2] for each in ours), len(ours))
        # What one group owes the others less what they owe it does not depend on what is eliminated inside.
        for group in set(groups.values()):
            of_it = {book for book, its in groups.items() if its == group}
            net = sum(amount * ((d in of_it) - (c in of_it)) for d, c, amount in debts)
            assert found.owes().get(group, 0) - found.is_owed().get(group, 0) == net


class TestGroupBy:
    def test_whoever_belongs_to_two_counts_for_itself(self):
        assert group_by({10: [10, 1, 2], 20: [20, 2, 3]}) == {10: 10, 1: 10, 2: 2, 20: 20, 3: 20}
