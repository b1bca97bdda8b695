"""Who may: members log, officers with a mandate in force confirm, federations read, outsiders nothing."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from network import permissions
from network.actions import bylaws, councils
from network.actions.bylaws import Rules
from network.models import Seat
from tests import make
from tests.cast import Cast

TODAY = make.DAY
TOMORROW = TODAY + dt.timedelta(days=1)


class TestCanLog:
    def test_is_for_its_own_people(self, cast: Cast):
        grafica = cast.grafica.organization

        assert permissions.can_log(cast.ana, grafica, on=TODAY)
        assert permissions.can_log(cast.beto, grafica, on=TODAY)
        assert not permissions.can_log(cast.carla, grafica, on=TODAY)
        assert not permissions.can_log(cast.silvia, grafica, on=TODAY)

    def test_is_not_for_whoever_watches_it(self, cast: Cast):
        grafica = cast.grafica.organization
        watching = make.officer("Sonia", grafica, office="internal_auditor")

        assert permissions.is_own(watching, grafica, on=TODAY)
        assert permissions.can_read_book(watching, grafica, on=TODAY)
        assert not permissions.can_log(watching, grafica, on=TODAY)
        make.recall(watching, on=TODAY)
        assert permissions.can_log(watching, grafica, on=TODAY)

    def test_ends_with_the_membership(self, cast: Cast):
        cast.beto.memberships.update(until=TODAY)

        assert permissions.can_log(cast.beto, cast.grafica.organization, on=TODAY - dt.timedelta(days=1))
        assert not permissions.can_log(cast.beto, cast.grafica.organization, on=TODAY)


class TestCanConfirm:
    @pytest.mark.parametrize(
        ("office", "binds"),
        [
            ("president", True),
            ("secretary", True),
            ("treasurer", True),
            ("member_at_large", False),
            ("internal_auditor", False),
        ],
    )
    def test_is_for_offices_that_bind(self, db: None, office: str, binds: bool):
        cooperative = make.organization("cooperativa")
        person = make.officer("Ema", cooperative, office=office)

        assert permissions.can_confirm(person, cooperative, on=TODAY) is binds

    def test_is_for_the_rotating_offices_that_the_statute_lets_speak(self, db: None):
        junta = make.organization("junta", kind="neighborhood_council")
        told = {"organization": junta, "rules": Rules(rotates=True), "seats": {}, "titles": ["Mallku", "Yapu"]}
        told |= {"resolution": make.resolution(junta), "by": None, "on": TODAY}
        bylaws.set_rules(**told)
        ema, leo = make.member("Ema", junta), make.member("Leo", junta)
        for seat, person in enumerate((ema, leo), start=1):
            elect = {"user": person, "office": "rotating_office", "seat": seat, "starts_on": TODAY, "until": TOMORROW}
            act = make.resolution(junta, on=TODAY)
            councils.elect(organization=junta, resolution=act, by=None, on=TODAY, **elect)

        assert all(permissions.can_confirm(person, junta, on=TODAY) for person in (ema, leo))
        assert permissions.can_minute(leo, junta, on=TODAY)
        assert not permissions.can_confirm(leo, junta, on=TOMORROW)
        bylaws.set_rules(**told, speaking=["Mallku"])
        assert [permissions.can_confirm(person, junta, on=TODAY) for person in (ema, leo)] == [True, False]
        with pytest.raises(bylaws.SpeaksInNoOffice):
            bylaws.set_rules(**told, speaking=["Rey"])
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.filter(title="Yapu").update(speaks=True, office="alternate")

    def test_begins_and_ends_with_the_mandate(self, db: None):
        cooperative = make.organization("cooperativa")
        person = make.officer("Ema", cooperative, starts_on=TODAY, until=TOMORROW)

        days = [TODAY - dt.timedelta(days=1), TODAY, TOMORROW]
        assert [permissions.can_confirm(person, cooperative, on=day) for day in days] == [False, True, False]

    def test_ends_at_once_with_a_recall(self, cast: Cast):
        mandate = make.mandate(cast.ana)

        councils.recall(mandate=mandate, on=TODAY, resolution=make.resolution(cast.grafica.organization), by=None)

        assert not permissions.can_confirm(cast.ana, cast.grafica.organization, on=TODAY)
        assert permissions.can_confirm(cast.ana, cast.grafica.organization, on=TODAY - dt.timedelta(days=1))

    def test_is_not_for_officers_of_others(self, cast: Cast):
        assert not permissions.can_confirm(cast.mario, cast.grafica.organization, on=TODAY)


class TestCanReadBook:
    def test_reaches_down_from_federations_and_confederations(self, cast: Cast):
        confederation = make.organization("confederacion", kind="confederation")
        make.affiliation(cast.federacion, confederation)
        auditor = make.officer("Tita", confederation, office="internal_auditor")

        assert permissions.can_read_book(cast.silvia, cast.grafica.organization, on=TODAY)
        assert permissions.can_read_book(auditor, cast.grafica.organization, on=TODAY)

    def test_does_not_reach_sideways_or_up(self, cast: Cast):
        assert not permissions.can_read_book(cast.mario, cast.grafica.organization, on=TODAY)
        assert not permissions.can_read_book(cast.ana, cast.federacion, on=TODAY)
        assert not permissions.can_read_book(cast.silvia, cast.textil.organization, on=TODAY)

    def test_ends_with_the_affiliation(self, cast: Cast):
        cast.grafica.organization.affiliations.update(until=TODAY)

        assert not permissions.can_read_book(cast.silvia, cast.grafica.organization, on=TODAY)


class TestCanOversee:
    def test_is_for_officers_of_the_body_and_of_those_above(self, cast: Cast):
        confederation = make.organization("confederacion", kind="confederation")
        make.affiliation(cast.federacion, confederation)
        auditor = make.officer("Tita", confederation, office="internal_auditor")

        assert permissions.can_oversee(cast.silvia, cast.federacion, on=TODAY)
        assert permissions.can_oversee(auditor, cast.federacion, on=TODAY)

    def test_is_not_for_members_and_those_beside_or_below(self, cast: Cast):
        assert not permissions.can_oversee(cast.ana, cast.federacion, on=TODAY)
        assert not permissions.can_oversee(cast.silvia, cast.textil.organization, on=TODAY)
        assert not permissions.can_oversee(cast.beto, cast.grafica.organization, on=TODAY)

    def test_ends_with_the_mandate(self, cast: Cast):
        make.recall(cast.silvia, on=TODAY)

        assert not permissions.can_oversee(cast.silvia, cast.federacion, on=TODAY)
