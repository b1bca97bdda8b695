"""Several people do something in the same credit at the same moment: one of them is first, and the total stays zero."""

import uuid
from functools import partial

import pytest

from ledger.actions import confirmations, credited, demurrage
from ledger.actions.refusals import CreditBeyondLimit
from ledger.models import CreditAct, DemurrageCharge, Unit
from ledger.models.credited import CreditKind
from tests import make
from tests.barters import FLOUR_DAY, accepted, bags
from tests.cast import Cast
from tests.credit import held, limit, network, pay, stands
from tests.credited import told
from tests.ledger.actions.test_barter import at_once
from tests.ledger.actions.test_demurrage import AUGUST, note, set_rate
from tests.ledger.actions.test_positions import log

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_month_of_demurrage_is_taken_once_while_others_pay(cast: Cast):
    red = network()
    rosa = make.officer("Rosa", red.organization, office="secretary")
    for each in (cast.grafica, cast.molino, cast.textil):
        limit(each, red, 2_000_00, cast.ana)
    pay(cast.grafica, cast.molino, red, 1_000_00)
    pay(cast.textil, cast.grafica, red, 1_500_00)
    set_rate(red, rosa)

    given, refused = at_once(
        *[partial(note, red, rosa, 15_00)] * 2, *[partial(pay, cast.textil, cast.grafica, red, 1, on=AUGUST)] * 2
    )

    # Whoever pays first moves a position: then what was looked at is another, and is looked at again.
    noted = DemurrageCharge.objects.count()
    assert noted in {0, 2}
    assert {type(each) for each in refused} == {demurrage.ShownWasAnother}
    assert (len(given), len(refused)) == ((3, 1) if noted else (2, 2))
    fund = sum(DemurrageCharge.objects.values_list("amount", flat=True))
    assert sum(stands(cast.grafica, cast.molino, cast.textil)) == -fund


def test_two_payments_share_one_limit(cast: Cast):
    red = network()
    limit(cast.molino, red, 100_00, cast.ana)
    limit(cast.grafica, red, 0, cast.ana)
    agreement = accepted(cast)
    bags(agreement, cast)
    payments = [log(agreement, cast, 70_00) for _each in range(2)]

    given, refused = at_once(
        *(partial(confirmations.confirm, delivery=each, by=cast.ana, on=FLOUR_DAY) for each in payments)
    )

    assert (len(given), len(refused)) == (1, 1)
    assert isinstance(refused[0], CreditBeyondLimit)
    assert stands(cast.molino, cast.grafica) == [-70_00, 70_00]


def test_the_same_plus_sent_twice_is_one(cast: Cast):
    red = network()
    limit(cast.grafica, red, 100_00, cast.ana)
    act, key = make.resolution(cast.grafica.organization), uuid.uuid4()
    what = told(CreditKind.PLUS, cast.grafica, 60_00, of_members=True, people=3, resolution=act)
    once = {"key": key, "teller": cast.grafica.organization, "told": what, "by": cast.ana, "on": make.DAY}

    given, refused = at_once(*[partial(credited.log, **once)] * 2)

    assert not refused
    assert given == [CreditAct.objects.get()] * 2
    assert (held(cast.grafica), Unit.objects.filter(code="MIA").count()) == (60_00, 1)
