"""Round Python: what is held in credit stands in money one for one, and a payment in it went as it was told."""

import pytest
from django.db import DatabaseError, transaction

from ledger.actions import refusals, units
from ledger.actions.refusals import LineDoesNotFit
from ledger.actions.refusals_credit import CreditAtPar, PaidAsTold
from ledger.models import Account, Book, Delivery, Unit
from tests import make
from tests.barters import FLOUR_DAY, accepted, bags
from tests.cast import Cast
from tests.credit import limit, network, position
from tests.plain_sql import is_refused, is_stopped

pytestmark = pytest.mark.django_db


@pytest.fixture
def red(cast: Cast) -> Book:
    red = network()
    for each in (cast.grafica, cast.molino):
        limit(each, red, 100_00, cast.ana)
    return red


def of_network(red: Book, member: Book) -> Account:
    mia, peg = Unit.objects.get(code="MIA"), make.measure("MIA")
    made = {"book": red, "number": "2302", "unit": mia, "counterparty": member, "peg": peg, "role": "payable"}
    return Account.objects.get_or_create(**made, defaults={"nature": "liability"})[0]


class TestAtPar:
    @pytest.mark.parametrize(
        ("in_credit", "in_money"), [(100, 99), (90, 90), (-100, -100)], ids=["another sum", "a part", "the wrong way"]
    )
    def test_what_stands_at_par_is_the_position_in_money(self, cast: Cast, red: Book, in_credit: int, in_money: int):
        # The print shop pays the mill 100, and shows something else of it.
        par, money, rest = (make.account(cast.grafica, *of) for of in (("1104", "MIA"), ("1104",), ("5101", "MIA")))
        lines = [(position(cast.grafica, red), -100), (par, in_credit), (money, -in_money)]
        lines += [(make.account(cast.grafica, "1102"), in_money), (rest, 100 - in_credit)][: 1 + (in_credit != 100)]
        theirs = [(position(cast.molino, red), 100), (make.account(cast.molino, "1104", "MIA"), -100)]
        theirs += [(make.account(cast.molino, "1104"), 100), (make.account(cast.molino, "4101"), -100)]
        mirror = [(of_network(red, cast.grafica), 100), (of_network(red, cast.molino), -100)]

        assert is_refused([*lines, *theirs, *mirror]) is CreditAtPar

    def test_what_is_kept_for_members_is_owed_to_them(self, cast: Cast, red: Book):
        # A second position comes out of the first, and nothing is owed for it.
        mia = Unit.objects.get(code="MIA")
        peg = units.held_by_members(credit=mia)
        told = {"unit": mia, "peg": peg}
        ours = {"book": cast.grafica, "number": "1103", "counterparty": red, "role": "receivable", "nature": "asset"}
        theirs = {"book": red, "number": "2302", "counterparty": cast.grafica, "role": "payable", "nature": "liability"}
        members, mirror = Account.objects.create(**told, **ours), Account.objects.create(**told, **theirs)
        lines = [(members, 100), (make.account(cast.grafica, "1104", "MIA"), -100)]
        lines += [(make.account(cast.grafica, "1104"), 100), (make.account(cast.grafica, "4101"), -100)]
        out_of = [(position(cast.molino, red), -100), (make.account(cast.molino, "5101", "MIA"), 100)]

        assert is_refused([*lines, *out_of, (mirror, -100), (of_network(red, cast.molino), 100)]) is CreditAtPar

    def test_is_at_par_with_the_money_of_its_network_alone(self, cast: Cast, red: Book):
        network("otra", unit="PAR", money="USD")
        with pytest.raises(DatabaseError) as stopped, transaction.atomic():
            make.account(cast.grafica, "1104", "PAR")
        assert refusals.named(stopped.value) is CreditAtPar

    def test_no_entry_of_ones_own_touches_it(self, cast: Cast, red: Book):
        lines = [(make.account(cast.grafica, "1104"), 100), (make.account(cast.grafica, "1102"), -100)]

        # Two rules stop it; which of them speaks first depends on the engine.
        assert is_refused(lines, kind="own_entry") in {LineDoesNotFit, CreditAtPar}


class TestPayments:
    def test_in_credit_went_as_it_was_told(self, cast: Cast, red: Book):
        agreement = accepted(cast)
        bags(agreement, cast)
        mia, posted = Unit.objects.get(code="MIA"), make.sale(cast.molino, on=FLOUR_DAY)
        told = {"giver": cast.molino.organization, "receiver": cast.grafica.organization, "money": 100, "act": "money"}
        made = {"agreement": agreement, "happened_on": FLOUR_DAY, "logged_by": cast.nora}
        payment = Delivery.objects.create(key=make.uuid.uuid4(), credit=mia, **told, **made)
        confirm = "UPDATE ledger_delivery SET state = 'confirmed', event_id = %s WHERE id = %s"

        assert is_stopped(confirm, posted.pk, payment.pk) is PaidAsTold
        assert is_stopped("UPDATE ledger_delivery SET credit_id = NULL WHERE id = %s", payment.pk) is PaidAsTold
        again = (
            "INSERT INTO ledger_delivery (key, agreement_id, giver_id, receiver_id, act, state, happened_on, money,"
            " credit_id, delivery_note, invoice, logged_by_id, reversal_reason) SELECT %s, agreement_id, giver_id,"
            " receiver_id, %s, 'logged', happened_on, %s, %s, '', '', logged_by_id, '' FROM ledger_delivery"
            " WHERE id = %s"
        )
        for act, money, unit in (("money", 100, make.unit().pk), ("goods", None, mia.pk)):
            assert is_stopped(again, make.uuid.uuid4().hex, act, money, unit, payment.pk) is PaidAsTold
