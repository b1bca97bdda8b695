"""The posting rule of barter, for any agreement among two to four played in any order."""

import copy
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.apportion import percentage
from ledger.core.barter import Done, Position, Promise
from ledger.core.debts import WorthNothing

promised = st.tuples(st.integers(1, 10**7), st.integers(1, 10**10), st.sampled_from([None, 1050, 2100]))


@st.composite
def agreements(draw):
    """Draw an agreement among two to four, each giving something to somebody, of any quantities and values."""
    parties = list(range(1, draw(st.integers(2, 4)) + 1))
    promises = []
    for giver in parties:
        for number, (quantity, value, vat_rate) in enumerate(draw(st.lists(promised, min_size=1, max_size=3))):
            receiver = draw(st.sampled_from([each for each in parties if each != giver]))
            promises.append(
                Promise(
                    line=giver * 10 + number,
                    giver=giver,
                    receiver=receiver,
                    quantity=quantity,
                    value=value,
                    vat_rate=vat_rate,
                )
            )
    return Position(promises=promises, debts=[], pegged_to_goods=draw(st.booleans()))


def tried(position: Position, act: str, **told: int | None) -> tuple[Position, Done | None]:
    """Carry out an act; a part worth less than a cent is refused, and leaves all as it was."""
    before = copy.deepcopy(position)
    try:
        return position, getattr(position, act)(**told)
    except WorthNothing:
        return before, None


def put_right(data, position: Position, line: int) -> tuple[Position, Done | None]:
    """Draw something that both sides put right on a line, if there is something to put right."""
    promise = position.promises[line]
    ways = {
        "take_back": promise.delivered_quantity,
        "give_up": promise.left,
        "allow": promise.delivered_worth,
        "revalue": 10**10 if position.owed_in_goods(line) else 0,
        "change": 10**7 if promise.left > position.owed_in_goods(line) else 0,
    }
    way = data.draw(st.sampled_from(sorted(ways)))
    if not ways[way]:
        return position, None
    size = data.draw(st.integers(1, ways[way]))
    if way in {"take_back", "give_up"}:
        return tried(position, way, line=line, quantity=size)
    if way == "allow":
        return tried(position, way, line=line, amount=size)
    if way == "change":
        return tried(position, way, line=line, quantity=size, worth=data.draw(st.integers(1, 10**10)))
    return tried(position, way, line=line, quantity=position.owed_in_goods(line), worth=size)


def nets(position: Position) -> Counter[int]:
    """Return what each party is owed less what it owes."""
    net: Counter[int] = Counter()
    for debt in position.debts.all:
        net[debt.creditor] += debt.amount
        net[debt.debtor] -= debt.amount
    return net


class TestAnyAgreement:
    @settings(max_examples=300, deadline=None)
    @given(position=agreements(), data=st.data())
    def test_played_to_its_end_in_any_order_everything_closes_at_zero(self, position: Position, data):
        """What each is owed is at every moment what it gave less what it received, returned, was allowed or held."""
        ledger: Counter[int] = Counter()
        to_put_right = data.draw(st.integers(0, 4))
        while lines := [line for line, promise in position.promises.items() if promise.left]:
            line = data.draw(st.sampled_from(sorted(position.promises)))
            promise = position.promises[line]
            if to_put_right and data.draw(st.booleans()):
                to_put_right -= 1
                position, done = put_right(data, position, line)
            else:
                line = line if line in lines else lines[0]
                promise = position.promises[line]
                quantity = data.draw(st.one_of(st.just(promise.left), st.integers(1, promise.left)))
                worth = data.draw(st.one_of(st.none(), st.integers(1, 10**10)))
                position, done = tried(position, "deliver", line=line, quantity=quantity, worth=worth)
                # All that is left can always be handed over.
                done = done or position.deliver(line=line, quantity=position.promises[line].left, worth=worth)
            if done is not None:
                given = done.worth + done.vat - done.held
                ledger[promise.giver] += given
                ledger[promise.receiver] -= given
            assert all(debt.amount >= 0 and debt.quantity >= 0 for debt in position.debts.all)
            assert +nets(position) == +ledger
            assert -nets(position) == -ledger

        for promise in position.promises.values():
            assert promise.delivered_value == promise.value
        assert not [d for d in position.debts.all if d.line is not None and (d.amount or d.quantity)]
        for debt in position.debts.all:
            if debt.amount:
                position.pay(giver=debt.debtor, receiver=debt.creditor, amount=debt.amount)
        assert position.is_settled()

    @settings(max_examples=200, deadline=None)
    @given(position=agreements(), data=st.data())
    def test_many_invoices_charge_the_vat_of_one(self, position: Position, data):
        charged: Counter[int] = Counter()
        while lines := [line for line, promise in position.promises.items() if promise.left]:
            line = data.draw(st.sampled_from(lines))
            left = position.promises[line].left
            quantity = data.draw(st.one_of(st.just(left), st.integers(1, left)))
            position, done = tried(position, "deliver", line=line, quantity=quantity)
            charged[line] += (done or position.deliver(line=line, quantity=left)).vat

        for line, promise in position.promises.items():
            assert charged[line] == percentage(promise.value, basis_points=promise.vat_rate or 0)
