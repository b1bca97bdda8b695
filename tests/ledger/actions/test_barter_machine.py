"""Random barters through the same actions as the pages, delivered in pieces in any order: all ends at zero."""

import random
import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import barter, deliveries
from ledger.actions.barter import TooLittleToPrice
from ledger.actions.deliveries import Papers
from ledger.actions.terms import LineTerms
from ledger.models import Agreement, Claim
from network.models import User
from tests import make
from tests.barters import BAGS_DAY, accepted, deliver
from tests.cast import Cast
from tests.funds import nothing_is_found

pytestmark = pytest.mark.django_db
#: How much of a thing, what all of it is worth in centavos, and its VAT.
LINE = st.tuples(st.integers(1, 10**6), st.integers(100, 10**9), st.sampled_from([None, 1050, 2100]))
THINGS = {"Bolsas impresas": "UN", "Afiches": "UN", "Harina 000": "KG", "Salvado": "KG"}


def lines(cast: Cast, drawn: list[tuple[int, int, int | None]]) -> list[LineTerms]:
    """Return the lines: half of them the print shop's, half the mill's."""
    press, mill = cast.grafica.organization, cast.molino.organization
    sides = [(press, mill), (press, mill), (mill, press), (mill, press)]
    return [
        LineTerms(
            giver=giver,
            receiver=receiver,
            thing=thing,
            unit=make.unit(unit),
            quantity=quantity,
            value=value,
            vat_rate=rate,
        )
        for (thing, unit), (giver, receiver), (quantity, value, rate) in zip(THINGS.items(), sides, drawn, strict=True)
    ]


def settle(agreement: Agreement, speak: dict[int, User]) -> None:
    """Pay what is still owed in pesos: the difference, and that of the VAT."""
    for claim in Claim.objects.filter(agreement=agreement.code, balance__amount__gt=0, peg__thing=""):
        debtor, creditor = claim.debtor.organization, claim.creditor.organization
        payment = deliveries.log_payment(
            agreement=agreement,
            key=uuid.uuid4(),
            giver=debtor,
            receiver=creditor,
            amount=claim.balance.amount,
            happened_on=BAGS_DAY,
            papers=Papers(invoice="Recibo X 12"),
            by=speak[debtor.pk],
            on=BAGS_DAY,
        )
        barter.confirm(delivery=payment, by=speak[creditor.pk], on=BAGS_DAY)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(LINE, min_size=4, max_size=4),
    pegged_to_goods=st.booleans(),
    pieces=st.integers(1, 4),
    seed=st.integers(0, 2**16),
)
def test_any_barter(
    cast: Cast, drawn: list[tuple[int, int, int | None]], pegged_to_goods: bool, pieces: int, seed: int
):
    chance = random.Random(seed)  # noqa: S311  # of a test
    speak = {cast.grafica.organization.pk: cast.ana, cast.molino.organization.pk: cast.mario}
    with transaction.atomic():
        agreement = accepted(cast, lines=lines(cast, drawn), pegged_to_goods=pegged_to_goods)
        left = {line: line.quantity for line in agreement.lines.all()}
        while left:
            line = chance.choice(list(left))
            some = left[line] if chance.random() < 1 / pieces else chance.randint(1, left[line])
            told = deliver(agreement, line.thing, some, by=speak[line.giver_id], on=BAGS_DAY)
            if chance.random() < 0.2:
                # What was told wrong is said no to, and told anew.
                deliveries.reject(delivery=told, reason="Faltaba.", by=speak[line.receiver_id], on=BAGS_DAY)
                continue
            try:
                barter.confirm(delivery=told, by=speak[line.receiver_id], on=BAGS_DAY)
            except TooLittleToPrice:
                deliveries.reject(delivery=told, reason="Muy poco.", by=speak[line.receiver_id], on=BAGS_DAY)
                some = left[line]
                told = deliver(agreement, line.thing, some, by=speak[line.giver_id], on=BAGS_DAY)
                barter.confirm(delivery=told, by=speak[line.receiver_id], on=BAGS_DAY)
            left[line] -= some
            left = {each: rest for each, rest in left.items() if rest}
        settle(agreement, speak)

        agreement.refresh_from_db()
        assert agreement.state == "settled"
        assert not Claim.objects.exclude(balance__amount=0, balance__quantity=0).exists()
        assert nothing_is_found()
        transaction.set_rollback(True)


def test_says_what_to_do_with_a_part_worth_less_than_a_cent(cast: Cast):
    agreement = accepted(cast, lines=lines(cast, [(1_000, 100, None)] * 4), pegged_to_goods=True)
    deliver(agreement, "Bolsas impresas", 500, by=cast.beto, on=BAGS_DAY)
    crumbs = deliver(agreement, "Harina 000", 1, by=cast.mario, on=BAGS_DAY)

    with pytest.raises(TooLittleToPrice, match="Harina 000"):
        barter.confirm(delivery=crumbs, by=cast.ana, on=BAGS_DAY)

    crumbs.refresh_from_db()
    assert crumbs.state == "logged"
