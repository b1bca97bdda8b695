"""Story 5: a plus in credit, members spend it in a shop, the shop buys with it; what is undone or handed over."""

import datetime as dt
import uuid

import pytest

from ledger.actions import credit_answers, credited, exits, positions, refusals
from ledger.actions.agreements import NoMandateToday
from ledger.actions.deliveries import AmountAboveZero, DeliveredInTheFuture, DeliveryAlreadyAnswered
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_credit import CreditedStays, MembersHaveNoLimit, PaidAsTold
from ledger.core.credit import vat_within
from ledger.models import Account, Book, CreditLimit
from ledger.models.credited import CreditKind
from network.actions.admissions import MayNotTrade
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from tests import make
from tests.cast import Cast
from tests.credit import entry, held, limit, network, stands
from tests.credited import ALL, log, plus, sale, told
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db
TODAY = make.DAY


@pytest.fixture
def red(cast: Cast) -> Book:
    """The network: the print shop pays the plus, the mill has the shops."""
    red = network()
    limit(cast.grafica, red, ALL, cast.ana)
    limit(cast.molino, red, 0, cast.ana)
    return red


class TestStory5:
    def test_to_the_cent(self, cast: Cast, red: Book):
        given = plus(cast)
        assert stands(cast.grafica, cast.molino) == [-ALL, 0]
        assert held(cast.grafica) == ALL
        assert entry(given.event, cast.grafica) == [
            "1103 -45000.00 MIA",
            "1103 45000.00 MIA personas asociadas",
            "1104 -45000.00 ARS",
            "1104 45000.00 MIA",
            "2303 -45000.00 MIA",
            "5201 45000.00 ARS",
        ]
        assert entry(given.event, red) == ["2302 -45000.00 MIA personas asociadas", "2302 45000.00 MIA"]

        spent = sale(cast, by=cast.nora)
        assert held(cast.grafica) == ALL  # the print shop has still to say so
        spent = credit_answers.confirm(act=spent, by=cast.ana, on=TODAY)
        assert (held(cast.grafica), *stands(cast.grafica, cast.molino)) == (0, -ALL, ALL)
        assert entry(spent.event, cast.molino) == [
            "1103 45000.00 MIA",
            "1104 -45000.00 MIA",
            "1104 45000.00 ARS",
            "2103 -7809.92 ARS",
            "4101 -37190.08 ARS",
        ]

        sold = told(CreditKind.SALE, cast.molino, vat=vat_within(ALL, basis_points=2100), papers="A 1-2")
        bought = credit_answers.confirm(act=log(cast, cast.grafica, sold), by=cast.mario, on=TODAY, stock="1303")
        assert stands(cast.grafica, cast.molino) == [0, 0]
        assert [line for line in entry(bought.event, cast.molino) if line[:2] != "11"] == [
            "1203 7809.92 ARS",
            "1303 37190.08 ARS",
        ]
        assert [line for line in entry(bought.event, cast.grafica) if line[:2] != "11"] == [
            "2103 -7809.92 ARS",
            "4101 -37190.08 ARS",
        ]

    def test_ones_own_members_buy_in_ones_own_shop(self, cast: Cast, red: Book):
        plus(cast)

        what = told(CreditKind.SALE, cast.grafica, 100_00, of_members=True, vat=0)
        assert log(cast, cast.grafica, what).state == "confirmed"
        assert (held(cast.grafica), *stands(cast.grafica)) == (ALL - 100_00, 100_00 - ALL)


class TestRefusals:
    def test_of_a_plus(self, cast: Cast, red: Book):
        late = make.resolution(cast.grafica.organization, on=TODAY + dt.timedelta(days=1))
        for refusal, how in (
            (positions.BeyondItsLimit, {"amount": ALL + 1}),
            (AmountAboveZero, {"amount": 0}),
            (credited.PeopleAreMissing, {"people": 0}),
            (credited.PlusByResolution, {"resolution": None}),
            (AnotherBodyDecided, {"resolution": make.resolution(cast.molino.organization)}),
            (DecidedLater, {"resolution": late}),
            (DeliveredInTheFuture, {"happened_on": TODAY + dt.timedelta(days=2)}),
        ):
            with pytest.raises(refusal):
                plus(cast, **how)
        what = told(CreditKind.PLUS, cast.grafica, 1, of_members=True, people=1)
        with pytest.raises(NoMandateToday):
            log(cast, cast.grafica, what, by=cast.beto)

    def test_of_a_sale(self, cast: Cast, red: Book):
        plus(cast, 100_00)
        with pytest.raises(credited.MembersHoldLess, match="100"):
            sale(cast, 100_01)
        with pytest.raises(credited.SoldToYourself):
            sale(cast, other=cast.molino, of_members=False)
        with pytest.raises(positions.NoPosition, match="Textil"):
            sale(cast, 1, other=cast.textil, of_members=False)
        first, second = sale(cast, 80_00), sale(cast, 80_00)
        credit_answers.confirm(act=first, by=cast.ana, on=TODAY)
        with pytest.raises(credited.MembersHoldLess, match="20"):
            credit_answers.confirm(act=second, by=cast.ana, on=TODAY)
        itself = sale(cast, 1, of_members=False, vat=0)
        with pytest.raises(credit_answers.StockIsMissing):
            credit_answers.confirm(act=itself, by=cast.ana, on=TODAY)
        nueva = make.book("nueva")
        limit(nueva, red, 100, cast.ana)
        with pytest.raises(MayNotTrade):
            sale(cast, 1, other=nueva, of_members=False)

    def test_the_same_form_twice_is_one(self, cast: Cast, red: Book):
        key, act = uuid.uuid4(), make.resolution(cast.grafica.organization)
        what = {"of_members": True, "people": 45, "resolution": act}
        once = log(cast, cast.grafica, told(CreditKind.PLUS, cast.grafica, 1, **what), key=key)

        assert log(cast, cast.grafica, told(CreditKind.PLUS, cast.grafica, 1, **what), key=key) == once
        with pytest.raises(KeyWasUsedForSomethingElse):
            log(cast, cast.grafica, told(CreditKind.PLUS, cast.grafica, 2, **what), key=key)


class TestUndo:
    def test_a_plus_alone_unless_it_was_spent(self, cast: Cast, red: Book):
        given = plus(cast)
        spent = credit_answers.confirm(act=sale(cast, 1_00), by=cast.ana, on=TODAY)
        alone = {"organization": cast.grafica.organization, "reason": "Otra planilla", "by": cast.ana, "on": TODAY}

        with pytest.raises(refusals.CreditBeyondLimit):
            credit_answers.undo(act=given, **alone)
        credit_answers.undo(act=spent, **alone)
        with pytest.raises(DeliveryAlreadyAnswered):
            credit_answers.undo(act=spent, **alone)
        credit_answers.undo(act=spent, **alone | {"organization": cast.molino.organization, "by": cast.mario})
        credit_answers.undo(act=given, **alone)

        assert (held(cast.grafica), *stands(cast.grafica, cast.molino)) == (0, 0, 0)

    def test_is_said_no_to_or_kept(self, cast: Cast, red: Book):
        plus(cast)
        said = credit_answers.reject(act=sale(cast), reason="No fue tanto", by=cast.beto, on=TODAY)
        assert (said.state, held(cast.grafica)) == ("rejected", ALL)
        done = credit_answers.confirm(act=sale(cast), by=cast.ana, on=TODAY)
        ours = {"organization": cast.grafica.organization, "by": cast.ana, "on": TODAY}

        credit_answers.undo(act=done, reason="Otro precio", **ours)
        credit_answers.keep(act=done, **ours | {"organization": cast.molino.organization, "by": cast.mario})

        done.refresh_from_db()
        assert (done.state, done.reversal_asked_by) == ("confirmed", None)


class TestHandover:
    @pytest.mark.parametrize("is_debt", [True, False], ids=["promised", "to get"])
    def test_of_whoever_leaves(self, cast: Cast, red: Book, is_debt: bool):
        plus(cast, 300_00)
        credit_answers.confirm(act=sale(cast, 300_00), by=cast.ana, on=TODAY)
        limit(cast.textil, red, 300_00, cast.ana)
        leaver, officer = (cast.grafica, cast.ana) if is_debt else (cast.molino, cast.mario)
        act = make.resolution(leaver.organization)
        with pytest.raises(exits.CreditIsOpen, match="MIA"):
            exits.leave(organization=leaver.organization, resolution=act, by=officer, on=TODAY)

        what = told(CreditKind.HANDOVER, cast.textil, 300_00)
        done = credit_answers.confirm(act=log(cast, leaver, what), by=cast.carla, on=TODAY)

        assert stands(leaver, cast.textil) == [0, -300_00 if is_debt else 300_00]
        sign = "-" if is_debt else ""
        assert f"1102 {sign}300.00 ARS" in entry(done.event, leaver)
        with pytest.raises(credited.NothingToHandOver):
            log(cast, leaver, told(CreditKind.HANDOVER, cast.textil, 0))

    def test_all_of_it_as_it_stands(self, cast: Cast, red: Book):
        plus(cast, 300_00)
        limit(cast.textil, red, 300_00, cast.ana)
        waits = log(cast, cast.grafica, told(CreditKind.HANDOVER, cast.textil, 300_00))
        plus(cast, 1_00)

        with pytest.raises(credited.PositionHasMoved):
            credit_answers.confirm(act=waits, by=cast.carla, on=TODAY)


class TestDatabase:
    """Round Python."""

    def test_what_was_told_stays_and_what_is_confirmed_was_told(self, cast: Cast, red: Book):
        given, waits = plus(cast), sale(cast)
        for change in ("amount = 1", "people = 1", "of_members = false", "state = 'logged'"):
            assert is_stopped(f"UPDATE ledger_creditact SET {change} WHERE id = %s", given.pk) is CreditedStays
        assert is_stopped("DELETE FROM ledger_creditact") is CreditedStays
        other = make.sale(cast.molino).pk
        confirm = "UPDATE ledger_creditact SET state = 'confirmed', event_id = %s WHERE id = %s"
        assert is_stopped(confirm, other, waits.pk) is PaidAsTold

    def test_members_have_no_limit(self, cast: Cast, red: Book):
        plus(cast)
        members = Account.objects.exclude(peg__thing="").get(book=cast.grafica, number="1103")
        copy = (
            "INSERT INTO ledger_creditlimit (account_id, amount, resolution, decided_on, recorded_at, recorded_by_id)"
            " SELECT %s, 1, 'x', decided_on, recorded_at, recorded_by_id FROM ledger_creditlimit WHERE id = %s"
        )
        assert is_stopped(copy, members.pk, CreditLimit.objects.first().pk) is MembersHaveNoLimit
