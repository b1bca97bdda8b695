"""Demurrage: what stands still pays a small part into the common fund, in an entry of its own; the total stays zero."""

import datetime as dt

import pytest

from ledger.actions import demurrage, refusals
from ledger.actions.agreements import ReasonIsMissing
from ledger.actions.credit import NotItsOwnCredit
from ledger.actions.refusals_credit import DemurrageAsDecided
from ledger.actions.refusals_given import FundHoldsLess
from ledger.models import Account, AccountBalance, Book, DemurrageCharge, DemurrageRate, Unit
from ledger.queries import demurrage as reading
from network.actions.refusals import AnotherBodyDecided
from network.actions.resolutions import NotYoursToMinute
from network.models import User
from tests import make
from tests.cast import Cast
from tests.credit import entry, limit, network, pay, position, stands
from tests.plain_sql import is_refused, is_stopped

pytestmark = pytest.mark.django_db
#: After ninety days, and a month later.
AUGUST, SEPTEMBER = dt.date(2026, 8, 10), dt.date(2026, 9, 10)


@pytest.fixture
def red(cast: Cast) -> Book:
    """The mill has had 1.000,05 to get since the day of the tests, the print shop has promised it."""
    red = network()
    for each in (cast.grafica, cast.molino):
        limit(each, red, 2_000_00, cast.ana)
    pay(cast.grafica, cast.molino, red, 1_000_05)
    return red


@pytest.fixture
def rosa(red: Book) -> User:
    """Secretary of the network."""
    return make.officer("Rosa", red.organization, office="secretary")


def set_rate(red: Book, by: User, points: int = 100, **how) -> DemurrageRate:
    how = {"unit": Unit.objects.get(issuer=red), "resolution": make.resolution(red.organization), "idle_days": 90} | how
    return demurrage.set_rate(issuer=red, basis_points=points, by=by, on=AUGUST, **how)


def note(red: Book, by: User, total: int, *, on: dt.date = AUGUST) -> list[DemurrageCharge]:
    return demurrage.note(issuer=red, unit=Unit.objects.get(issuer=red), total=total, by=by, on=on)


class TestNote:
    def test_is_posted_into_the_common_fund_once_a_month(self, cast: Cast, red: Book, rosa: User):
        set_rate(red, rosa)

        (charge,) = note(red, rosa, 10_00)

        # 1 % of 1.000,05 is 10,0005: the part of a cent is left out.
        assert entry(charge.event, cast.molino) == [
            "1103 -10.00 MIA",
            "1104 -10.00 ARS",
            "1104 10.00 MIA",
            "5402 10.00 ARS",
        ]
        assert entry(charge.event, red) == ["2301 -10.00 MIA", "2302 10.00 MIA"]
        assert stands(cast.grafica, cast.molino) == [-1_000_05, 990_05]
        with pytest.raises(demurrage.ShownWasAnother):
            note(red, rosa, 10_00)
        # What was taken was no move: a month later it has stood still since the same day.
        (later,) = note(red, rosa, 9_90, on=SEPTEMBER)
        assert (later.idle_since, later.balance) == (make.DAY, 990_05)
        fund = AccountBalance.objects.get(account__number="2301", account__unit__code="MIA")
        assert sum(stands(cast.grafica, cast.molino)) == fund.amount == -19_90

    def test_takes_nothing_of_what_moves_or_was_promised(self, cast: Cast, red: Book, rosa: User):
        rate = set_rate(red, rosa, idle_days=99)

        assert reading.due(rate=rate, on=AUGUST) == []
        assert [each.member for each in reading.due(rate=rate, on=SEPTEMBER)] == [cast.molino.organization]
        set_rate(red, rosa, 0)
        with pytest.raises(demurrage.NoDemurrage):
            note(red, rosa, 10_00, on=SEPTEMBER)

    def test_refusals(self, cast: Cast, red: Book, rosa: User):
        with pytest.raises(demurrage.RateIsTooHigh):
            set_rate(red, rosa, 1_001)
        with pytest.raises(AnotherBodyDecided):
            set_rate(red, rosa, resolution=make.resolution(cast.grafica.organization))
        with pytest.raises(NotItsOwnCredit):
            set_rate(red, rosa, unit=make.unit("ARS"))
        with pytest.raises(NotYoursToMinute):
            set_rate(red, cast.ana)
        set_rate(red, rosa)
        with pytest.raises(demurrage.ShownWasAnother):
            note(red, rosa, 10_01)
        with pytest.raises(NotYoursToMinute):
            note(red, cast.ana, 10_00)


class TestDatabase:
    """Round Python."""

    def test_takes_no_more_than_was_decided(self, cast: Cast, red: Book, rosa: User):
        rate = set_rate(red, rosa)
        account = Account.objects.get(book=red, number="2302", counterparty=cast.molino)
        taken = pay(cast.molino, cast.grafica, red, 20_00)
        charge = (
            "INSERT INTO ledger_demurragecharge (account_id, month, rate_id, balance, idle_since, amount, event_id)"
            " VALUES (%s, %s, %s, 100005, %s, 2000, %s)"
        )
        told = (account.pk, make.DAY.replace(day=1), rate.pk, dt.date(2026, 1, 1), taken.pk)
        assert is_stopped(charge, *told) is DemurrageAsDecided
        for table in ("demurragerate SET basis_points = 1", "demurragecharge SET amount = 1"):
            note(red, rosa, 9_80, on=SEPTEMBER) if "charge" in table else None
            assert is_stopped(f"UPDATE ledger_{table}") is refusals.WrittenIsWritten

    def test_the_fund_is_never_overdrawn(self, cast: Cast, red: Book, rosa: User):
        set_rate(red, rosa)
        note(red, rosa, 10_00)
        mia = Unit.objects.get(code="MIA")
        fund = Account.objects.get(book=red, number="2301", unit=mia)
        theirs = Account.objects.get(book=red, number="2302", counterparty=cast.grafica)
        ours = position(cast.grafica, red)

        def gift(amount: int) -> list[tuple[Account, int]]:
            at_par = [
                (make.account(cast.grafica, "1104", "MIA"), -amount),
                (make.account(cast.grafica, "1104"), amount),
            ]
            income = [(make.account(cast.grafica, "4101"), -amount)]
            return [(fund, amount), (theirs, -amount), (ours, amount), *at_par, *income]

        assert is_refused(gift(10_01), booked_on=SEPTEMBER) is FundHoldsLess


class TestTakeBack:
    def test_undoes_it_in_both_books_and_leaves_the_position_idle(self, cast: Cast, red: Book, rosa: User):
        set_rate(red, rosa)
        (charge,) = note(red, rosa, 10_00)

        taken = demurrage.take_back(issuer=red, charge=charge, reason="Estaba de obra.", by=rosa, on=AUGUST)

        assert stands(cast.molino) == [1_000_05]
        unit = Unit.objects.get(issuer=red)
        rate = reading.rate(credit=unit)
        assert rate is not None
        # That month takes nothing more of it; the next one does, of all that stands there.
        assert reading.due(rate=rate, on=AUGUST) == []
        assert [each.amount for each in reading.due(rate=rate, on=SEPTEMBER)] == [10_00]
        again = DemurrageCharge.objects.get(pk=taken.pk)
        with pytest.raises(refusals.AlreadyReversed):
            demurrage.take_back(issuer=red, charge=again, reason="Otra vez.", by=rosa, on=AUGUST)

    def test_needs_a_reason_and_somebody_of_the_network(self, cast: Cast, red: Book, rosa: User):
        set_rate(red, rosa)
        (charge,) = note(red, rosa, 10_00)
        for changes, refusal in (
            ({"reason": " "}, ReasonIsMissing),
            ({"by": cast.mario}, NotYoursToMinute),
            ({"issuer": cast.molino, "by": cast.mario}, NotItsOwnCredit),
        ):
            told = {"issuer": red, "charge": charge, "reason": "Error.", "by": rosa, "on": AUGUST} | changes
            with pytest.raises(refusal):
                demurrage.take_back(**told)
