"""Mandates: elected, recalled, given back, taken up by the alternate; round Python, the database says the same."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from network import permissions, rules
from network.actions import affiliations, assemblies, bylaws, councils, eligibility, refusals, resolutions
from network.core.quorum import Votes
from network.models import Affiliation, Bylaws, Mandate, Membership, Organization, Resolution, Seat, User
from network.models.assemblies import AssemblyKind, Majority
from network.models.councils import Ending
from network.queries.councils import past, places
from tests import make
from tests.cast import Cast
from tests.plain_sql import is_stopped, run

TODAY = make.DAY
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
YEAR = dt.timedelta(days=365)
NEXT_YEAR = TODAY + YEAR


def elect(user: User, of: Organization, office: str = "treasurer", **changes: Any) -> Mandate:
    facts = {"starts_on": TODAY, "until": NEXT_YEAR, "by": None, "on": TODAY} | changes
    if "resolution" not in facts:
        facts["resolution"] = make.resolution(of, on=TODAY)
    return councils.elect(user=user, organization=of, office=office, **facts)


@pytest.fixture
def coop(db: None) -> Organization:
    return make.organization("cooperativa")


class TestElect:
    def test_one_person_a_seat(self, coop: Organization):
        elect(make.member("Ema", coop), coop)

        with pytest.raises(eligibility.OfficeIsHeld, match="Ema"):
            elect(make.member("Leo", coop), coop, starts_on=NEXT_YEAR - dt.timedelta(days=1))
        with pytest.raises(refusals.SeatIsHeld):
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

        with pytest.raises(refusals.SeatIsNotInTheStatute):
            elect(ema, coop, office, seat=seat)
        assert elect(ema, coop, "member_at_large").office == "member_at_large"

    def test_there_is_one_president_where_the_statute_says_nothing(self, coop: Organization):
        elect(make.member("Ema", coop), coop, "president")

        with pytest.raises(refusals.SeatIsNotInTheStatute):
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

        with pytest.raises(refusals.HoldsARivalOffice):
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

        with pytest.raises(refusals.TermIsTooLong):
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

        with pytest.raises(refusals.TermIsPastTheLaw):
            elect(make.member("Leo", junta), junta, "internal_auditor", until=four_years)
        held = elect(make.member("Ema", junta), junta, "rotating_office", until=four_years)
        assert (held.seat, held.until) == (mallku.number, four_years)

    def test_is_from_within(self, cast: Cast):
        nora = cast.nora

        with pytest.raises(refusals.ElectedFromOutside):
            elect(nora, cast.grafica.organization, "secretary")

    def test_a_federation_is_spoken_for_by_delegates_of_its_members(self, cast: Cast):
        federacion, molino = cast.federacion, cast.molino.organization

        with pytest.raises(refusals.ElectedFromOutside):
            elect(cast.nora, federacion, "president")
        with pytest.raises(refusals.ElectedFromOutside):
            elect(cast.carla, federacion, "president", delegate_of=cast.textil.organization)
        with pytest.raises(refusals.ElectedFromOutside):
            elect(cast.beto, federacion, "president", delegate_of=molino)
        assert elect(cast.nora, federacion, "president", delegate_of=molino).delegate_of == molino

    def test_where_offices_go_round_nobody_holds_one_twice_in_a_row(self, db: None):
        junta = make.organization("junta", kind="community_body")
        Bylaws.objects.create(organization=junta, rotates=True, term_months_max=12)
        ema, leo = make.member("Ema", junta), make.member("Leo", junta)
        turns = [TODAY + dt.timedelta(days=100 * turn) for turn in range(4)]
        elect(ema, junta, "president", until=turns[1])

        with pytest.raises(refusals.OfficeGoesRound):
            elect(ema, junta, "president", starts_on=turns[1], until=turns[2])
        elect(leo, junta, "president", starts_on=turns[1], until=turns[2])
        assert elect(ema, junta, "president", starts_on=turns[2], until=turns[3]).user == ema

    def test_in_whichever_order_the_turns_are_written(self, db: None):
        junta = make.organization("junta", kind="neighborhood_council")
        Bylaws.objects.create(organization=junta, rotates=True, term_months_max=12)
        ema = make.member("Ema", junta)
        turns = [TODAY + dt.timedelta(days=100 * turn) for turn in range(4)]
        elect(ema, junta, "rotating_office", starts_on=turns[1], until=turns[2])

        with pytest.raises(refusals.OfficeGoesRound):
            elect(ema, junta, "rotating_office", until=turns[1])
        with pytest.raises(refusals.HoldsASeatOfIt):
            elect(ema, junta, "rotating_office", seat=2, starts_on=turns[1], until=turns[2])
        assert is_stopped(INSERT, "rotating_office", TODAY, turns[1], ema.pk) is refusals.OfficeGoesRound
        second = INSERT.replace("%s, 1, %s, %s", "%s, 2, %s, %s")
        assert is_stopped(second, "rotating_office", turns[1], turns[3], ema.pk) is refusals.HoldsASeatOfIt

    def test_is_noted_by_those_who_speak_for_the_body(self, cast: Cast):
        grafica = cast.grafica.organization

        for person in (cast.beto, cast.mario, cast.silvia):
            with pytest.raises(resolutions.NotYoursToMinute):
                elect(cast.beto, grafica, "secretary", by=person)
        assert elect(cast.beto, grafica, "secretary", by=cast.ana).user == cast.beto


class TestEnd:
    def test_a_recall_holds_from_today_on(self, cast: Cast):
        mandate = make.mandate(cast.ana)

        ended = councils.recall(
            mandate=mandate, resolution=make.resolution(mandate.organization, on=TODAY), by=None, on=TODAY
        )

        assert (ended.ended_on, ended.ending) == (TODAY, Ending.RECALLED)
        assert not Mandate.objects.in_force(TODAY).filter(user=cast.ana).exists()
        assert Mandate.objects.in_force(YESTERDAY).filter(user=cast.ana).exists()

    def test_frees_the_seat_the_same_day(self, cast: Cast):
        mandate = make.mandate(cast.ana)
        decided = make.resolution(mandate.organization, on=TODAY)
        councils.recall(mandate=mandate, resolution=decided, by=None, on=TODAY)

        assert elect(cast.beto, mandate.organization, resolution=decided).office == "treasurer"

    def test_anybody_gives_back_their_own(self, cast: Cast):
        mandate = make.mandate(cast.silvia)

        councils.resign(mandate=mandate, resolution=None, by=cast.silvia, on=TODAY)

        assert not Mandate.objects.in_force(TODAY).filter(user=cast.silvia).exists()
        with pytest.raises(councils.MandateHasEnded):
            councils.resign(mandate=mandate, resolution=None, by=cast.silvia, on=TOMORROW)

    def test_nobody_gives_back_anothers(self, cast: Cast):
        with pytest.raises(resolutions.NotYoursToMinute):
            councils.resign(mandate=make.mandate(cast.ana), resolution=None, by=cast.beto, on=TODAY)

    def test_the_alternate_comes_in_for_the_rest_of_the_term(self, cast: Cast):
        mandate, grafica = make.mandate(cast.ana), cast.grafica.organization
        alternate = elect(cast.beto, grafica, "alternate")
        decided = make.resolution(grafica, on=TODAY)

        taken = councils.replace(mandate=mandate, alternate=alternate, resolution=decided, by=None, on=TODAY)

        assert (taken.user, taken.office, taken.until) == (cast.beto, "treasurer", mandate.until)
        assert Mandate.objects.get(pk=mandate.pk).ending == Ending.REPLACED
        assert Mandate.objects.get(pk=alternate.pk).ending == Ending.MOVED_UP
        with pytest.raises(councils.IsNoAlternate):
            councils.replace(mandate=taken, alternate=taken, resolution=decided, by=None, on=TODAY)

    def test_the_alternate_takes_a_seat_that_was_left(self, cast: Cast):
        mandate, grafica = make.mandate(cast.ana), cast.grafica.organization
        alternate = elect(cast.beto, grafica, "alternate")
        decided = make.resolution(grafica, on=TODAY)
        councils.recall(mandate=mandate, resolution=decided, by=None, on=TODAY)
        mandate.refresh_from_db()

        taken = councils.replace(mandate=mandate, alternate=alternate, resolution=decided, by=None, on=TODAY)

        assert (taken.user, taken.office) == (cast.beto, "treasurer")

    def test_whoever_was_recalled_calls_no_alternate_in(self, cast: Cast):
        mandate, grafica = make.mandate(cast.ana), cast.grafica.organization
        alternate = elect(cast.beto, grafica, "alternate")
        decided = make.resolution(grafica, on=TODAY)
        councils.recall(mandate=mandate, resolution=decided, by=None, on=TODAY)
        mandate.refresh_from_db()

        with pytest.raises(resolutions.NotYoursToMinute):
            councils.replace(mandate=mandate, alternate=alternate, resolution=decided, by=cast.ana, on=TODAY)

    def test_whoever_leaves_may_call_the_alternate_in(self, cast: Cast):
        mandate, grafica = make.mandate(cast.ana), cast.grafica.organization
        alternate = elect(cast.beto, grafica, "alternate")
        decided = make.resolution(grafica, on=TODAY)

        taken = councils.replace(mandate=mandate, alternate=alternate, resolution=decided, by=cast.ana, on=TODAY)

        assert taken.user == cast.beto

    def test_refuses_another_bodys_decision(self, cast: Cast):
        with pytest.raises(refusals.AnotherBodyDecided):
            councils.recall(
                mandate=make.mandate(cast.ana),
                resolution=make.resolution(cast.molino.organization),
                by=None,
                on=TODAY,
            )


def of_the_council(of: Organization) -> Resolution:
    """Let the council meet today and carry what is put to it."""
    told = {"by": None, "on": TODAY}
    meeting = assemblies.call(
        organization=of, kind=AssemblyKind.COUNCIL, held_on=TODAY, entitled=3, agenda=["Cargos"], **told
    )
    meeting = assemblies.meet(assembly=meeting, present=3, is_second_call=False, **told)
    return assemblies.vote(
        assembly=meeting,
        item=meeting.agenda.get(),
        text="Se resuelve.",
        votes=Votes(3, 0, 0),
        majority=Majority.SIMPLE,
        at=make.NOON,
        **told,
    ).resolution


class TestWhatACouncilDecides:
    def test_is_neither_election_nor_recall(self, cast: Cast):
        mandate, grafica = make.mandate(cast.ana), cast.grafica.organization
        alternate = elect(cast.beto, grafica, "alternate")
        ours = of_the_council(grafica)
        told = {"resolution": ours, "by": None, "on": TODAY}

        with pytest.raises(refusals.TheAssemblyDecides):
            elect(make.member("Leo", grafica), grafica, "secretary", resolution=ours)
        with pytest.raises(refusals.TheAssemblyDecides):
            councils.recall(mandate=mandate, **told)
        with pytest.raises(refusals.TheAssemblyDecides):
            councils.replace(mandate=mandate, alternate=alternate, **told)
        with pytest.raises(refusals.TheAssemblyDecides):
            bylaws.set_rules(organization=grafica, rules=bylaws.Rules(), seats={}, titles=[], **told)

    def test_may_call_the_alternate_to_a_vacant_seat(self, cast: Cast):
        mandate, grafica = make.mandate(cast.ana), cast.grafica.organization
        alternate = elect(cast.beto, grafica, "alternate")
        councils.resign(mandate=mandate, resolution=None, by=cast.ana, on=TODAY)
        mandate.refresh_from_db()

        taken = councils.replace(
            mandate=mandate, alternate=alternate, resolution=of_the_council(grafica), by=None, on=TODAY
        )

        assert (taken.user, taken.office, taken.until) == (cast.beto, "treasurer", mandate.until)

    def test_is_known_to_the_database(self, cast: Cast):
        grafica = cast.grafica.organization
        ours, alternate = of_the_council(grafica), elect(cast.beto, grafica, "alternate")
        end = "UPDATE network_mandate SET ended_on = %s, ending = %s, end_resolution_id = %s WHERE user_id = %s"
        own = INSERT.replace("resolution_id, ''", f"{ours.pk}, ''")

        for ending in ("recalled", "replaced"):
            assert is_stopped(end, TODAY, ending, ours.pk, cast.ana.pk) is refusals.TheAssemblyDecides
        assert is_stopped(own, "member_at_large", TODAY, NEXT_YEAR, cast.beto.pk) is refusals.TheAssemblyDecides
        # Who has moved up takes the seat that is vacant, and no other.
        councils.resign(mandate=make.mandate(cast.ana), resolution=None, by=cast.ana, on=TODAY)
        run(end, TODAY, "moved_up", ours.pk, alternate.user.pk)
        assert is_stopped(own, "member_at_large", TODAY, NEXT_YEAR, cast.beto.pk) is refusals.TheAssemblyDecides
        set_up = bylaws.set_rules(
            organization=grafica,
            rules=bylaws.Rules(),
            seats={},
            titles=[],
            resolution=make.resolution(grafica, on=TODAY),
            by=None,
            on=TODAY,
        )
        assert (
            is_stopped("UPDATE network_bylaws SET resolution_id = %s WHERE id = %s", ours.pk, set_up.pk)
            is refusals.TheAssemblyDecides
        )


class TestCancel:
    def test_a_mandate_that_has_not_begun(self, coop: Organization):
        day = timezone.localdate()
        told = {"starts_on": day + dt.timedelta(days=30), "until": day + dt.timedelta(days=90), "on": day}
        held = elect(make.member("Ema", coop), coop, **told)

        with pytest.raises(councils.CancellingNeedsAReason):
            councils.cancel(mandate=held, reason=" ", by=None, on=day)
        with pytest.raises(resolutions.NotYoursToMinute):
            councils.cancel(mandate=held, reason="Se equivocó el año.", by=held.user, on=day)
        councils.cancel(mandate=held, reason="Se equivocó el año.", by=None, on=day)

        held.refresh_from_db()
        assert (held.ending, held.ended_on, held.reason) == (Ending.CANCELLED, day, "Se equivocó el año.")
        assert not Mandate.objects.in_force(held.starts_on).exists()
        assert elect(make.member("Leo", coop), coop, **told).seat == held.seat
        with pytest.raises(councils.MandateHasBegun):
            councils.cancel(mandate=held, reason="Otra vez.", by=None, on=day)

    def test_what_has_begun_stays(self, cast: Cast):
        held = make.mandate(cast.ana)
        cancel = "UPDATE network_mandate SET ending = 'cancelled', ended_on = %s, reason = 'x' WHERE id = %s"

        with pytest.raises(councils.MandateHasBegun):
            councils.cancel(mandate=held, reason="No fue.", by=None, on=TODAY)
        assert is_stopped(cancel, held.starts_on - dt.timedelta(days=1), held.pk) is refusals.MandateStays

    def test_leaves_nobody_following_upon_themselves(self, db: None):
        junta = make.organization("junta", kind="neighborhood_council")
        ema, leo = make.member("Ema", junta), make.member("Leo", junta)
        day = timezone.localdate()
        turns = [day + dt.timedelta(days=100 * turn) for turn in range(4)]
        ours = [
            elect(each, junta, "rotating_office", starts_on=turns[turn], until=turns[turn + 1], on=day)
            for turn, each in enumerate((ema, leo, ema))
        ]
        cancel = "UPDATE network_mandate SET ending = 'cancelled', ended_on = %s, reason = 'x' WHERE id = %s"

        with pytest.raises(refusals.OfficeGoesRound):
            councils.cancel(mandate=ours[1], reason="No aceptó.", by=None, on=day)
        assert is_stopped(cancel, day, ours[1].pk) is refusals.OfficeGoesRound
        councils.cancel(mandate=ours[2], reason="No aceptó.", by=None, on=day)
        assert councils.cancel(mandate=ours[1], reason="No aceptó.", by=None, on=day).reason


class TestDelegates:
    def test_hold_nothing_once_their_organization_has_left(self, cast: Cast):
        federacion, molino = cast.federacion, cast.molino.organization
        held = elect(cast.nora, federacion, "president", delegate_of=molino)
        alone = "UPDATE network_affiliation SET until = %s WHERE member_id = %s AND body_id = %s"
        assert is_stopped(alone, TOMORROW, molino.pk, federacion.pk) is refusals.DelegatesGoToo
        assert permissions.can_confirm(cast.nora, federacion, on=TODAY)

        act = make.resolution(molino, on=TODAY)
        affiliations.end(member=molino, body=federacion, resolution=act, by=None, on=TOMORROW)

        held.refresh_from_db()
        assert (held.ending, held.ended_on, held.end_resolution) == (Ending.HOME_LEFT, TOMORROW, None)
        assert permissions.can_confirm(cast.nora, federacion, on=TODAY)
        assert not permissions.can_confirm(cast.nora, federacion, on=TOMORROW)
        assert [place.mandate for place in places(federacion, on=TOMORROW) if place.office == "president"] == [None]

    def test_bind_nobody_where_only_the_affiliation_ended(self, cast: Cast):
        federacion, molino = cast.federacion, cast.molino.organization
        elect(cast.nora, federacion, "president", delegate_of=molino)
        rules.drop()
        Affiliation.objects.filter(member=molino, body=federacion).update(until=TOMORROW)
        rules.install()

        assert permissions.can_confirm(cast.nora, federacion, on=TODAY)
        assert not permissions.can_confirm(cast.nora, federacion, on=TOMORROW)
        assert not permissions.can_read_book(cast.nora, cast.grafica.organization, on=TOMORROW)

    def test_of_whom_was_still_to_come_nothing_comes(self, cast: Cast):
        federacion, molino = cast.federacion, cast.molino.organization
        held = elect(
            cast.nora, federacion, "president", delegate_of=molino, starts_on=NEXT_YEAR, until=NEXT_YEAR + YEAR
        )

        act = make.resolution(federacion, on=TODAY)
        affiliations.end(member=molino, body=federacion, resolution=act, by=None, on=TOMORROW)

        held.refresh_from_db()
        assert held.came_to_nothing
        assert list(past(federacion, on=TOMORROW).filter(pk=held.pk)) == [held]
        assert not Mandate.objects.in_force(NEXT_YEAR).filter(pk=held.pk).exists()


class TestWhoMinutes:
    def test_where_nobody_speaks_for_a_body_the_one_above_does(self, cast: Cast):
        grafica = cast.grafica.organization
        elect(cast.nora, cast.federacion, "president", delegate_of=cast.molino.organization)
        with pytest.raises(resolutions.NotYoursToMinute):
            elect(cast.beto, grafica, "secretary", by=cast.nora)
        councils.resign(mandate=make.mandate(cast.ana), resolution=None, by=cast.ana, on=TODAY)

        assert elect(cast.beto, grafica, "secretary", by=cast.nora).user == cast.beto

    def test_a_first_council_is_noted_by_an_operator(self, coop: Organization):
        ema = make.member("Ema", coop)
        operator = User.objects.create_user("op@example.org", make.PASSWORD, name="Olga", is_staff=True)

        with pytest.raises(resolutions.NotYoursToMinute):
            elect(ema, coop, by=ema)
        assert elect(ema, coop, by=operator).user == ema
        with pytest.raises(resolutions.NotYoursToMinute):
            elect(ema, coop, "secretary", by=operator)


INSERT = (
    "INSERT INTO network_mandate (organization_id, user_id, office, seat, starts_on, until, resolution_id, ending)"
    " SELECT organization_id, user_id, %s, 1, %s, %s, resolution_id, '' FROM network_mandate WHERE user_id = %s"
)


class TestRoundPython:
    @pytest.mark.parametrize(
        ("sql", "refusal"),
        [
            ("UPDATE network_mandate SET until = '2039-12-31'", refusals.MandateStays),
            ("UPDATE network_mandate SET office = 'president'", refusals.MandateStays),
            ("DELETE FROM network_mandate", refusals.MandateStays),
        ],
    )
    def test_a_mandate_stays(self, cast: Cast, sql: str, refusal: type[Exception]):
        assert is_stopped(sql) is refusal

    def test_an_end_is_not_taken_back(self, cast: Cast):
        councils.resign(mandate=make.mandate(cast.ana), resolution=None, by=cast.ana, on=TODAY)

        assert (
            is_stopped("UPDATE network_mandate SET ended_on = NULL, ending = '' WHERE ended_on IS NOT NULL")
            is refusals.MandateStays
        )

    @pytest.mark.parametrize(
        ("office", "starts_on", "until", "refusal"),
        [
            ("treasurer", TODAY, NEXT_YEAR, refusals.SeatIsHeld),
            ("member_at_large", TODAY, dt.date(2090, 1, 1), refusals.TermIsTooLong),
            ("member_at_large", dt.date(2001, 1, 1), dt.date(2002, 1, 1), refusals.ElectedFromOutside),
        ],
    )
    def test_the_database_stops(
        self, cast: Cast, office: str, starts_on: dt.date, until: dt.date, refusal: type[Exception]
    ):
        assert is_stopped(INSERT, office, starts_on, until, cast.ana.pk) is refusal

    @pytest.mark.parametrize(
        ("office", "refusal"),
        [
            ("internal_auditor", refusals.HoldsARivalOffice),
            ("president", refusals.HoldsARivalOffice),
            ("alternate", refusals.SeatIsNotInTheStatute),
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
            is refusals.TermIsPastTheLaw
        )
        longer = "UPDATE network_bylaws SET term_months_max = 60 WHERE id = %s"
        assert is_stopped(longer, bylaws.pk) is refusals.TermIsPastTheLaw
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
            is_stopped(INSERT, "alternate", far, far + dt.timedelta(days=9), cast.ana.pk) is refusals.BeginsYearsAhead
        )

    def test_the_database_knows_no_second_president(self, cast: Cast):
        second = INSERT.replace("%s, 1, %s, %s", "%s, 2, %s, %s")

        assert is_stopped(second, "president", TODAY, TOMORROW, cast.ana.pk) is refusals.SeatIsNotInTheStatute
        assert (
            is_stopped(
                "INSERT INTO network_seat (organization_id, office, number, title) VALUES (%s, 'president', 2, '')",
                cast.grafica.organization.pk,
            )
            is refusals.OneOfEach
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
            is refusals.OfficeGoesRound
        )

    def test_the_database_stops_a_federations_officer_who_is_no_delegate(self, cast: Cast):
        Membership.objects.create(user=cast.silvia, organization=cast.federacion, starts_on=dt.date(2020, 1, 1))

        assert is_stopped(INSERT, "alternate", TODAY, NEXT_YEAR, cast.silvia.pk) is refusals.ElectedFromOutside
