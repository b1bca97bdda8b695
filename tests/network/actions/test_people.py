"""Members: taken in by those who speak for the organization, and let go once they hold no office."""

import datetime as dt

import pytest

from network.actions import people, refusals
from network.actions.resolutions import NotYoursToMinute
from network.models import Membership, Organization, User
from tests import make
from tests.cast import Cast
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db

TODAY = make.DAY


def take_in(organization: Organization, *, by: User | None, **told) -> Membership:
    told = {"email": "ema@example.org", "name": "Ema", "starts_on": TODAY} | told
    return people.take_in(organization=organization, by=by, on=TODAY, **told)


class TestTakeIn:
    def test_makes_a_login_without_a_password(self, cast: Cast):
        made = take_in(cast.grafica.organization, by=cast.ana)

        assert (made.user.name, made.user.has_usable_password(), made.noted_by) == ("Ema", False, cast.ana)

    def test_finds_the_login_that_there_is(self, cast: Cast):
        made = take_in(cast.grafica.organization, by=cast.ana, email="NORA@example.org", name="Otra")

        assert made.user == cast.nora
        assert User.objects.get(pk=cast.nora.pk).name == "Nora"

    def test_once(self, cast: Cast):
        with pytest.raises(people.IsMemberAlready):
            take_in(cast.grafica.organization, by=cast.ana, email=cast.beto.email)

    def test_not_in_the_future(self, cast: Cast):
        with pytest.raises(people.BeginsInTheFuture):
            take_in(cast.grafica.organization, by=cast.ana, starts_on=TODAY + dt.timedelta(days=1))

    def test_not_by_others(self, cast: Cast):
        for somebody in (cast.beto, cast.mario, cast.silvia, make.user("Sofía")):
            with pytest.raises(NotYoursToMinute):
                take_in(cast.grafica.organization, by=somebody)
        assert not User.objects.filter(email="ema@example.org").exists()


class TestEnd:
    def held(self, person: User) -> Membership:
        return person.memberships.get()

    def test_from_today_on(self, cast: Cast):
        people.end(membership=self.held(cast.beto), by=cast.ana, on=TODAY)

        assert not Membership.objects.in_force(TODAY).filter(user=cast.beto).exists()
        with pytest.raises(people.IsNoMember):
            people.end(membership=self.held(cast.beto), by=cast.ana, on=TODAY)

    def test_whoever_came_today_is_a_member_today(self, cast: Cast):
        made = take_in(cast.grafica.organization, by=cast.ana)

        assert people.end(membership=made, by=cast.ana, on=TODAY).until == TODAY + dt.timedelta(days=1)

    def test_not_of_whoever_holds_an_office(self, cast: Cast):
        with pytest.raises(people.HoldsAnOffice):
            people.end(membership=self.held(cast.ana), by=cast.ana, on=TODAY)

    def test_nor_of_a_delegate(self, cast: Cast):
        with pytest.raises(people.HoldsAnOffice):
            people.end(membership=self.held(cast.silvia), by=None, on=TODAY)

    def test_not_by_others(self, cast: Cast):
        with pytest.raises(NotYoursToMinute):
            people.end(membership=self.held(cast.beto), by=cast.mario, on=TODAY)


class TestRoundPython:
    def test_the_database_keeps_memberships(self, cast: Cast):
        held = people.end(membership=cast.beto.memberships.get(), by=None, on=TODAY).pk

        again = "UPDATE network_membership SET until = NULL WHERE id = %s"
        assert is_stopped(again, held) is refusals.MembershipStays
        assert is_stopped("DELETE FROM network_membership WHERE id = %s", held) is refusals.MembershipStays
        others = "UPDATE network_membership SET user_id = %s WHERE id = %s"
        assert is_stopped(others, cast.nora.pk, cast.ana.memberships.get().pk) is refusals.MembershipStays
