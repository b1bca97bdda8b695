"""Mandates: recalled, given back, taken up by the alternate, cancelled, gone with whoever sent the delegate."""

import datetime as dt

import pytest
from django.utils import timezone

from network import permissions, rules
from network.actions import affiliations, bylaws, councils, refusals, refusals_councils, resolutions
from network.models import Affiliation, Mandate, Organization, User
from network.models.councils import Ending
from network.queries.councils import past, places
from tests import make
from tests.cast import Cast
from tests.councils import INSERT, NEXT_YEAR, TODAY, TOMORROW, YEAR, YESTERDAY, elect, of_the_council
from tests.plain_sql import is_stopped, run


@pytest.fixture
def coop(db: None) -> Organization:
    return make.organization("cooperativa")


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
        assert is_stopped(cancel, held.starts_on - dt.timedelta(days=1), held.pk) is refusals_councils.MandateStays

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

        with pytest.raises(refusals_councils.OfficeGoesRound):
            councils.cancel(mandate=ours[1], reason="No aceptó.", by=None, on=day)
        assert is_stopped(cancel, day, ours[1].pk) is refusals_councils.OfficeGoesRound
        councils.cancel(mandate=ours[2], reason="No aceptó.", by=None, on=day)
        assert councils.cancel(mandate=ours[1], reason="No aceptó.", by=None, on=day).reason


class TestDelegates:
    def test_hold_nothing_once_their_organization_has_left(self, cast: Cast):
        federacion, molino = cast.federacion, cast.molino.organization
        held = elect(cast.nora, federacion, "president", delegate_of=molino)
        alone = "UPDATE network_affiliation SET until = %s WHERE member_id = %s AND body_id = %s"
        assert is_stopped(alone, TOMORROW, molino.pk, federacion.pk) is refusals_councils.DelegatesGoToo
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
