"""Who may be elected to what: the seat, the days, the turn, and from where."""

import datetime as dt

import pytest

from network.actions import councils, eligibility, refusals, refusals_councils, resolutions
from network.models import Bylaws, Mandate, Organization, Seat
from tests import make
from tests.cast import Cast
from tests.councils import INSERT, NEXT_YEAR, TODAY, TOMORROW, YESTERDAY, elect
from tests.plain_sql import is_stopped


@pytest.fixture
def coop(db: None) -> Organization:
    return make.organization("cooperativa")


class TestElect:
    def test_one_person_a_seat(self, coop: Organization):
        elect(make.member("Ema", coop), coop)

        with pytest.raises(eligibility.OfficeIsHeld, match="Ema"):
            elect(make.member("Leo", coop), coop, starts_on=NEXT_YEAR - dt.timedelta(days=1))
        with pytest.raises(refusals_councils.SeatIsHeld):
            elect(make.member("Pía", coop), coop, until=TOMORROW)

    def test_a_successor_follows_and_members_at_large_have_a_seat_each(self, coop: Organization):
        ema, leo = make.member("Ema", coop), make.member("Leo", coop)
        elect(ema, coop)

        elect(leo, coop, starts_on=NEXT_YEAR, until=NEXT_YEAR + dt.timedelta(days=30))
        elect(ema, coop, "member_at_large", seat=1)
        elect(leo, coop, "member_at_large", seat=2)

        assert Mandate.objects.in_force(TODAY).count() == 3

    @pytest.mark.parametrize(("office", "seat"), [("president", 2), ("member_at_large", 2), ("internal_auditor", 1)])
    def test_takes_a_seat_that_the_statute_has(self, coop: Organization, office: str, seat: int):
        Seat.objects.create(organization=coop, office="president")
        Seat.objects.create(organization=coop, office="member_at_large")
        ema = make.member("Ema", coop)

        with pytest.raises(refusals_councils.SeatIsNotInTheStatute):
            elect(ema, coop, office, seat=seat)
        assert elect(ema, coop, "member_at_large").office == "member_at_large"

    def test_there_is_one_president_where_the_statute_says_nothing(self, coop: Organization):
        elect(make.member("Ema", coop), coop, "president")

        with pytest.raises(refusals_councils.SeatIsNotInTheStatute):
            elect(make.member("Leo", coop), coop, "president", seat=2)

    @pytest.mark.parametrize(
        ("office", "other"),
        [("internal_auditor", "treasurer"), ("member_at_large", "internal_auditor"), ("president", "secretary")],
    )
    def test_nobody_watches_their_own_council_nor_holds_two_of_its_offices(
        self, coop: Organization, office: str, other: str
    ):
        ema = make.member("Ema", coop)
        held = elect(ema, coop, office)

        with pytest.raises(refusals_councils.HoldsARivalOffice):
            elect(ema, coop, other, starts_on=TOMORROW)
        councils.resign(mandate=held, resolution=None, by=ema, on=TODAY)
        assert elect(ema, coop, other).office == other

    def test_rests_on_a_resolution_of_the_body_itself_taken_by_then(self, coop: Organization):
        ema = make.member("Ema", coop)

        with pytest.raises(refusals.AnotherBodyDecided):
            elect(ema, coop, resolution=make.resolution(make.organization("otra")))
        with pytest.raises(councils.DecidedLater):
            elect(ema, coop, starts_on=YESTERDAY)

    def test_begins_within_a_year(self, coop: Organization):
        ema, day = make.member("Ema", coop), TODAY.replace(year=TODAY.year + 1) + dt.timedelta(days=1)

        with pytest.raises(eligibility.BeginsTooFarAhead, match="2027"):
            elect(ema, coop, starts_on=day, until=day + dt.timedelta(days=30))

    def test_lasts_no_longer_than_the_statute_says(self, coop: Organization):
        ema = make.member("Ema", coop)
        three_years = TODAY.replace(year=TODAY.year + 3)

        with pytest.raises(refusals_councils.TermIsTooLong):
            elect(ema, coop, "internal_auditor", until=three_years + dt.timedelta(days=1))
        with pytest.raises(eligibility.MandateEndsBeforeItStarts):
            elect(ema, coop, until=TODAY)
        assert elect(ema, coop, "internal_auditor", until=three_years).until == three_years

    def test_lasts_no_longer_than_the_law_says_whatever_the_statute_does(self, db: None):
        junta = make.organization("junta", kind="neighborhood_council")
        mallku = Seat.objects.create(organization=junta, office="rotating_office", title="Mallku")
        Bylaws.objects.create(organization=junta, rotates=True, term_months_max=48)
        four_years = TODAY.replace(year=TODAY.year + 4)
        Seat.objects.create(organization=junta, office="internal_auditor")

        with pytest.raises(refusals_councils.TermIsPastTheLaw):
            elect(make.member("Leo", junta), junta, "internal_auditor", until=four_years)
        held = elect(make.member("Ema", junta), junta, "rotating_office", until=four_years)
        assert (held.seat, held.until) == (mallku.number, four_years)

    def test_is_from_within(self, cast: Cast):
        nora = cast.nora

        with pytest.raises(refusals_councils.ElectedFromOutside):
            elect(nora, cast.grafica.organization, "secretary")

    def test_a_federation_is_spoken_for_by_delegates_of_its_members(self, cast: Cast):
        federacion, molino = cast.federacion, cast.molino.organization

        with pytest.raises(refusals_councils.ElectedFromOutside):
            elect(cast.nora, federacion, "president")
        with pytest.raises(refusals_councils.ElectedFromOutside):
            elect(cast.carla, federacion, "president", delegate_of=cast.textil.organization)
        with pytest.raises(refusals_councils.ElectedFromOutside):
            elect(cast.beto, federacion, "president", delegate_of=molino)
        assert elect(cast.nora, federacion, "president", delegate_of=molino).delegate_of == molino

    def test_where_offices_go_round_nobody_holds_one_twice_in_a_row(self, db: None):
        junta = make.organization("junta", kind="community_body")
        Bylaws.objects.create(organization=junta, rotates=True, term_months_max=12)
        ema, leo = make.member("Ema", junta), make.member("Leo", junta)
        turns = [TODAY + dt.timedelta(days=100 * turn) for turn in range(4)]
        elect(ema, junta, "president", until=turns[1])

        with pytest.raises(refusals_councils.OfficeGoesRound):
            elect(ema, junta, "president", starts_on=turns[1], until=turns[2])
        elect(leo, junta, "president", starts_on=turns[1], until=turns[2])
        assert elect(ema, junta, "president", starts_on=turns[2], until=turns[3]).user == ema

    def test_in_whichever_order_the_turns_are_written(self, db: None):
        junta = make.organization("junta", kind="neighborhood_council")
        Bylaws.objects.create(organization=junta, rotates=True, term_months_max=12)
        ema = make.member("Ema", junta)
        turns = [TODAY + dt.timedelta(days=100 * turn) for turn in range(4)]
        elect(ema, junta, "rotating_office", starts_on=turns[1], until=turns[2])

        with pytest.raises(refusals_councils.OfficeGoesRound):
            elect(ema, junta, "rotating_office", until=turns[1])
        with pytest.raises(refusals_councils.HoldsASeatOfIt):
            elect(ema, junta, "rotating_office", seat=2, starts_on=turns[1], until=turns[2])
        assert is_stopped(INSERT, "rotating_office", TODAY, turns[1], ema.pk) is refusals_councils.OfficeGoesRound
        second = INSERT.replace("%s, 1, %s, %s", "%s, 2, %s, %s")
        assert is_stopped(second, "rotating_office", turns[1], turns[3], ema.pk) is refusals_councils.HoldsASeatOfIt

    def test_is_noted_by_those_who_speak_for_the_body(self, cast: Cast):
        grafica = cast.grafica.organization

        for person in (cast.beto, cast.mario, cast.silvia):
            with pytest.raises(resolutions.NotYoursToMinute):
                elect(cast.beto, grafica, "secretary", by=person)
        assert elect(cast.beto, grafica, "secretary", by=cast.ana).user == cast.beto
