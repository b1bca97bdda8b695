"""A network opens a credit and sets limits in it, as its own assembly decided."""

import pytest

from ledger.actions import credit
from ledger.models import Book, CreditLimit, Unit
from network.actions.admissions import MayNotTrade
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from network.actions.resolutions import NotYoursToMinute
from network.models import User
from tests import make
from tests.cast import Cast
from tests.credit import pay
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db
TODAY = make.DAY


@pytest.fixture
def red(cast: Cast) -> Book:
    return make.book("red", kind="sector_network", name="Red")


@pytest.fixture
def rosa(red: Book) -> User:
    """Secretary of the network."""
    return make.officer("Rosa", red.organization, office="secretary")


def open_unit(red: Book, rosa: User, **told) -> Unit:
    told = {"code": "mia", "name_es": "mía", "name_en": "", "by": rosa, "on": TODAY} | told
    return credit.open_unit(issuer=red, resolution=told.pop("resolution", make.resolution(red.organization)), **told)


def set_limit(red: Book, mia: Unit, member: Book, amount: int, *, by: User, **told) -> CreditLimit:
    act = told.pop("resolution", None) or make.resolution(red.organization)
    return credit.set_limit(issuer=red, unit=mia, member=member, amount=amount, resolution=act, by=by, on=TODAY, **told)


class TestOpen:
    def test_as_its_assembly_decided(self, red: Book, rosa: User):
        act = make.resolution(red.organization)

        mia = open_unit(red, rosa, resolution=act)

        assert (mia.code, mia.kind, mia.issuer, mia.decided_in) == ("MIA", "credit", red, act)

    def test_refusals(self, cast: Cast, red: Book, rosa: User):
        open_unit(red, rosa)

        with pytest.raises(credit.NameIsTaken, match="MIA"):
            open_unit(red, rosa)
        for wrong in ({"code": "m"}, {"code": "ñandú"}, {"name_es": " "}):
            with pytest.raises(credit.NameIsMissing):
                open_unit(red, rosa, **wrong)
        with pytest.raises(AnotherBodyDecided):
            open_unit(red, rosa, code="otra", resolution=make.resolution(cast.grafica.organization))
        with pytest.raises(credit.NotAnIssuer):
            open_unit(cast.grafica, cast.ana, resolution=make.resolution(cast.grafica.organization))
        with pytest.raises(NotYoursToMinute):
            open_unit(red, cast.ana, code="otra")


class TestLimit:
    def test_lets_a_member_go_so_far_and_the_newest_counts(self, cast: Cast, red: Book, rosa: User):
        mia = open_unit(red, rosa)
        act = make.resolution(red.organization)

        limit = set_limit(red, mia, cast.grafica, 100_00, by=rosa, resolution=act)

        assert (limit.decided_in, limit.resolution, limit.decided_on) == (act, act.cited, act.resolved_on)
        pay(cast.grafica, cast.molino, red, 100_00)
        set_limit(red, mia, cast.grafica, 50_00, by=rosa)
        pay(cast.molino, cast.grafica, red, 50_00)  # nearer to zero it may always go
        with pytest.raises(credit.refusals.CreditBeyondLimit):
            pay(cast.grafica, cast.molino, red, 1)

    def test_refusals(self, cast: Cast, red: Book, rosa: User):
        mia = open_unit(red, rosa)
        late = make.resolution(red.organization, on=TODAY.replace(year=TODAY.year + 1))

        with pytest.raises(credit.LimitIsNoAmount):
            set_limit(red, mia, cast.grafica, -1, by=rosa)
        with pytest.raises(credit.LimitOfItself):
            set_limit(red, mia, red, 1, by=rosa)
        with pytest.raises(credit.NotItsOwnCredit):
            set_limit(red, make.unit("ARS"), cast.grafica, 1, by=rosa)
        with pytest.raises(DecidedLater):
            set_limit(red, mia, cast.grafica, 1, by=rosa, resolution=late)
        with pytest.raises(MayNotTrade):
            set_limit(red, mia, make.book("nueva"), 1, by=rosa)
        with pytest.raises(NotYoursToMinute):
            set_limit(red, mia, cast.grafica, 1, by=cast.ana)

    def test_the_database_stops_anothers_resolution(self, cast: Cast, red: Book, rosa: User):
        held = set_limit(red, open_unit(red, rosa), cast.grafica, 1, by=rosa)
        copy = (
            "INSERT INTO ledger_creditlimit (account_id, amount, resolution, decided_in_id, decided_on, recorded_at,"
            " recorded_by_id) SELECT account_id, 999, resolution, %s, decided_on, recorded_at, recorded_by_id"
            " FROM ledger_creditlimit WHERE id = %s"
        )

        assert is_stopped(copy, make.resolution(cast.grafica.organization).pk, held.pk).__name__ == "AnotherBodyDecided"
