"""What the database says of mandates and statutes to a client without Python's checks."""

import datetime as dt

import pytest
from django.utils import timezone

from network.actions import councils, refusals, refusals_councils
from network.models import Bylaws, Membership, Seat
from tests import make
from tests.cast import Cast
from tests.councils import INSERT, NEXT_YEAR, TODAY, TOMORROW, elect
from tests.plain_sql import is_stopped


class TestRoundPython:
    @pytest.mark.parametrize(
        ("sql", "refusal"),
        [
            ("UPDATE network_mandate SET until = '2039-12-31'", refusals_councils.MandateStays),
            ("UPDATE network_mandate SET office = 'president'", refusals_councils.MandateStays),
            ("DELETE FROM network_mandate", refusals_councils.MandateStays),
        ],
    )
    def test_a_mandate_stays(self, cast: Cast, sql: str, refusal: type[Exception]):
        assert is_stopped(sql) is refusal

    def test_an_end_is_not_taken_back(self, cast: Cast):
        councils.resign(mandate=make.mandate(cast.ana), resolution=None, by=cast.ana, on=TODAY)

        assert (
            is_stopped("UPDATE network_mandate SET ended_on = NULL, ending = '' WHERE ended_on IS NOT NULL")
            is refusals_councils.MandateStays
        )

    @pytest.mark.parametrize(
        ("office", "starts_on", "until", "refusal"),
        [
            ("treasurer", TODAY, NEXT_YEAR, refusals_councils.SeatIsHeld),
            ("member_at_large", TODAY, dt.date(2090, 1, 1), refusals_councils.TermIsTooLong),
            ("member_at_large", dt.date(2001, 1, 1), dt.date(2002, 1, 1), refusals_councils.ElectedFromOutside),
        ],
    )
    def test_the_database_stops(
        self, cast: Cast, office: str, starts_on: dt.date, until: dt.date, refusal: type[Exception]
    ):
        assert is_stopped(INSERT, office, starts_on, until, cast.ana.pk) is refusal

    @pytest.mark.parametrize(
        ("office", "refusal"),
        [
            ("internal_auditor", refusals_councils.HoldsARivalOffice),
            ("president", refusals_councils.HoldsARivalOffice),
            ("alternate", refusals_councils.SeatIsNotInTheStatute),
        ],
    )
    def test_the_database_knows_the_statute(self, cast: Cast, office: str, refusal: type[Exception]):
        for each in ("president", "internal_auditor"):
            Seat.objects.create(organization=cast.grafica.organization, office=each)

        assert is_stopped(INSERT, office, TODAY, TOMORROW, cast.ana.pk) is refusal

    def test_the_database_knows_the_law(self, db: None):
        junta, other = make.organization("junta", kind="neighborhood_council"), make.organization("otra")
        Seat.objects.create(organization=junta, office="rotating_office")
        bylaws = Bylaws.objects.create(organization=junta, term_months_max=48)
        ema = make.member("Ema", junta)
        elect(ema, junta, "rotating_office", until=TOMORROW)
        Seat.objects.create(organization=junta, office="internal_auditor")

        assert (
            is_stopped(INSERT, "internal_auditor", TOMORROW, TODAY.replace(year=TODAY.year + 4), ema.pk)
            is refusals_councils.TermIsPastTheLaw
        )
        longer = "UPDATE network_bylaws SET term_months_max = 60 WHERE id = %s"
        assert is_stopped(longer, bylaws.pk) is refusals_councils.TermIsPastTheLaw
        anothers = "UPDATE network_bylaws SET term_months_max = 36, resolution_id = %s WHERE id = %s"
        assert is_stopped(anothers, make.resolution(other).pk, bylaws.pk) is refusals.AnotherBodyDecided

    def test_the_database_dates_nothing_before_its_decision_nor_years_ahead(self, cast: Cast):
        decided, soon = make.resolution(cast.grafica.organization, on=TOMORROW), timezone.localdate()
        far = soon.replace(year=soon.year + 2, day=1)
        insert = INSERT.replace("resolution_id, ''", f"{decided.pk}, ''")
        recall = (
            "UPDATE network_mandate SET ended_on = %s, ending = 'recalled', end_resolution_id = %s WHERE user_id = %s"
        )

        assert is_stopped(insert, "alternate", TODAY, NEXT_YEAR, cast.ana.pk) is refusals.HoldsBeforeItsDecision
        assert is_stopped(recall, TODAY, decided.pk, cast.ana.pk) is refusals.HoldsBeforeItsDecision
        assert (
            is_stopped(INSERT, "alternate", far, far + dt.timedelta(days=9), cast.ana.pk)
            is refusals_councils.BeginsYearsAhead
        )

    def test_the_database_knows_no_second_president(self, cast: Cast):
        second = INSERT.replace("%s, 1, %s, %s", "%s, 2, %s, %s")

        assert is_stopped(second, "president", TODAY, TOMORROW, cast.ana.pk) is refusals_councils.SeatIsNotInTheStatute
        assert (
            is_stopped(
                "INSERT INTO network_seat (organization_id, office, number, title) VALUES (%s, 'president', 2, '')",
                cast.grafica.organization.pk,
            )
            is refusals_councils.OneOfEach
        )

    def test_the_database_stops_another_bodys_decision(self, cast: Cast):
        other = make.resolution(cast.molino.organization)

        assert (
            is_stopped(
                "UPDATE network_mandate SET ended_on = %s, ending = 'recalled', end_resolution_id = %s"
                " WHERE user_id = %s",
                TODAY,
                other.pk,
                cast.ana.pk,
            )
            is refusals.AnotherBodyDecided
        )

    def test_the_database_stops_who_does_not_go_round(self, db: None):
        junta = make.organization("junta", kind="community_body")
        Bylaws.objects.create(organization=junta, rotates=True)
        ema = make.member("Ema", junta)
        elect(ema, junta, "president")

        assert (
            is_stopped(INSERT, "president", NEXT_YEAR, NEXT_YEAR + dt.timedelta(days=9), ema.pk)
            is refusals_councils.OfficeGoesRound
        )

    def test_the_database_stops_a_federations_officer_who_is_no_delegate(self, cast: Cast):
        Membership.objects.create(user=cast.silvia, organization=cast.federacion, starts_on=dt.date(2020, 1, 1))

        assert is_stopped(INSERT, "alternate", TODAY, NEXT_YEAR, cast.silvia.pk) is refusals_councils.ElectedFromOutside
