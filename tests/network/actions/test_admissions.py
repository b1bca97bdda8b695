"""Admissions: to be listed is not to trade; each step stands on a resolution of whoever may decide it."""

import datetime as dt

import pytest

from network.actions import admissions, affiliations, refusals
from network.actions.resolutions import NotYoursToMinute
from network.models import Admission, Organization
from network.queries import organizations
from network.queries.admissions import Standing, standing
from tests import make
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db

TODAY = make.DAY
LATER = TODAY + dt.timedelta(days=10)


@pytest.fixture
def net() -> dict[str, Organization]:
    """A print shop in a federation of a confederation, another federation, and a municipality that buys."""
    kinds = {"conf": "confederation", "sur": "federation", "norte": "federation", "muni": "municipality"}
    found = {code: make.organization(code, kind=kind) for code, kind in kinds.items()}
    found["grafica"] = make.organization("grafica")
    make.affiliation(found["grafica"], found["sur"])
    make.affiliation(found["sur"], found["conf"])
    return found


def admit(organization: Organization, body: Organization, *, starts_on: dt.date = TODAY, **told) -> Admission:
    told = {"by": None, "on": TODAY} | told
    return admissions.admit(
        organization=organization, starts_on=starts_on, resolution=make.resolution(body, on=starts_on), **told
    )


def suspend(organization: Organization, body: Organization, *, on: dt.date = LATER) -> Admission:
    return admissions.suspend(organization=organization, resolution=make.resolution(body, on=on), by=None, on=on)


class TestAdmit:
    def test_listed_is_not_admitted(self, net: dict[str, Organization]):
        assert standing(net["grafica"], on=TODAY) == Standing("listed")

        with pytest.raises(admissions.MayNotTrade, match="Grafica "):
            admissions.require_trade(net["grafica"], on=TODAY)

    @pytest.mark.parametrize("body", ["sur", "conf"])
    def test_by_a_body_that_it_belongs_to(self, net: dict[str, Organization], body: str):
        made = admit(net["grafica"], net[body])

        admissions.require_trade(net["grafica"], on=TODAY)
        assert standing(net["grafica"], on=TODAY) == Standing("admitted", TODAY, made.resolution)
        assert standing(net["grafica"], on=TODAY - dt.timedelta(days=1)).code == "listed"

    @pytest.mark.parametrize("body", ["norte", "grafica", "muni"])
    def test_by_no_other(self, net: dict[str, Organization], body: str):
        with pytest.raises(refusals.AdmittedByItsBody):
            admit(net["grafica"], net[body])

    def test_one_that_belongs_to_none_by_itself(self, net: dict[str, Organization]):
        admit(net["muni"], net["muni"])

        assert standing(net["muni"], on=TODAY).may_trade

    @pytest.mark.parametrize("body", ["norte", "grafica"])
    def test_but_not_by_another(self, net: dict[str, Organization], body: str):
        with pytest.raises(refusals.AdmittedByItsBody):
            admit(net["muni"], net[body])

    def test_once(self, net: dict[str, Organization]):
        admit(net["grafica"], net["sur"])

        with pytest.raises(refusals.IsAdmittedAlready):
            admit(net["grafica"], net["conf"])

    def test_neither_before_it_was_decided_nor_in_the_future(self, net: dict[str, Organization]):
        act = make.resolution(net["sur"], on=TODAY)
        told = {"organization": net["grafica"], "resolution": act, "by": None, "on": TODAY}

        with pytest.raises(refusals.DecidedLater):
            admissions.admit(**told, starts_on=TODAY - dt.timedelta(days=1))
        with pytest.raises(admissions.NotInForceYet):
            admissions.admit(**told, starts_on=LATER)

    def test_is_noted_by_whoever_speaks_for_the_body_that_decided(self, net: dict[str, Organization]):
        with pytest.raises(NotYoursToMinute):
            admit(net["grafica"], net["sur"], by=make.officer("Ana", net["grafica"]))

        sara = make.officer("Sara", net["sur"])
        assert admit(net["grafica"], net["sur"], by=sara).noted_by == sara


class TestSuspend:
    def test_and_admit_again(self, net: dict[str, Organization]):
        admit(net["grafica"], net["sur"])
        ended = suspend(net["grafica"], net["conf"])

        assert standing(net["grafica"], on=LATER) == Standing("suspended", LATER, ended.end_resolution)
        admit(net["grafica"], net["sur"], starts_on=LATER, on=LATER)
        assert standing(net["grafica"], on=LATER).may_trade

    @pytest.mark.parametrize("body", ["norte", "grafica"])
    def test_by_those_who_may_admit(self, net: dict[str, Organization], body: str):
        admit(net["grafica"], net["sur"])

        with pytest.raises(refusals.AdmittedByItsBody):
            suspend(net["grafica"], net[body])

    def test_no_longer_by_a_body_that_it_has_left(self, net: dict[str, Organization]):
        held = admit(net["grafica"], net["sur"])
        left = make.resolution(net["grafica"], on=TODAY)
        affiliations.end(member=net["grafica"], body=net["sur"], resolution=left, by=None, on=TODAY)

        with pytest.raises(refusals.AdmittedByItsBody):
            suspend(net["grafica"], net["sur"])
        act = make.resolution(net["sur"]).pk
        assert is_stopped(END, LATER, "suspended", act, held.pk) is refusals.AdmittedByItsBody
        assert suspend(net["grafica"], net["grafica"]).ending == "suspended"

    def test_only_what_holds(self, net: dict[str, Organization]):
        with pytest.raises(admissions.IsNotAdmitted):
            suspend(net["grafica"], net["sur"])


class TestLeave:
    def test_by_its_own_decision_and_from_every_body(self, net: dict[str, Organization]):
        admit(net["grafica"], net["sur"])

        act = make.resolution(net["grafica"], on=LATER)
        admissions.leave(organization=net["grafica"], resolution=act, by=None, on=LATER)

        assert standing(net["grafica"], on=LATER).code == "left"
        affiliation = net["grafica"].affiliations.get()
        assert (affiliation.until, affiliation.end_resolution) == (LATER, act)

    def test_also_what_it_belongs_to_since_today_or_would_later(self, net: dict[str, Organization]):
        make.affiliation(net["muni"], net["sur"], starts_on=TODAY)
        make.affiliation(net["muni"], net["norte"], starts_on=LATER)

        admissions.leave(organization=net["muni"], resolution=make.resolution(net["muni"]), by=None, on=TODAY)

        assert (
            organizations.bodies_above(net["muni"], on=TODAY) | organizations.bodies_above(net["muni"], on=LATER)
            == set()
        )

    def test_by_that_of_its_federation(self, net: dict[str, Organization]):
        admit(net["grafica"], net["sur"])

        admissions.leave(
            organization=net["grafica"], resolution=make.resolution(net["sur"], on=LATER), by=None, on=LATER
        )

        assert standing(net["grafica"], on=LATER).code == "left"

    @pytest.mark.parametrize("admitted", [True, False])
    def test_by_that_of_nobody_else(self, net: dict[str, Organization], admitted: bool):
        if admitted:
            admit(net["grafica"], net["sur"])

        with pytest.raises(refusals.AdmittedByItsBody):
            admissions.leave(organization=net["grafica"], resolution=make.resolution(net["norte"]), by=None, on=LATER)

    def test_a_body_that_it_no_longer_belongs_to_has_no_say(self, net: dict[str, Organization]):
        affiliations.end(
            member=net["grafica"], body=net["sur"], resolution=make.resolution(net["sur"]), by=None, on=TODAY
        )

        with pytest.raises(refusals.AdmittedByItsBody):
            admissions.leave(organization=net["grafica"], resolution=make.resolution(net["sur"]), by=None, on=LATER)


INSERT = (
    "INSERT INTO network_admission (organization_id, starts_on, resolution_id, until, ending, end_resolution_id)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
)
END = "UPDATE network_admission SET until = %s, ending = %s, end_resolution_id = %s WHERE id = %s"


class TestRoundPython:
    @pytest.mark.parametrize("body", ["norte", "grafica"])
    def test_the_database_stops_an_admission_by_another_body(self, net: dict[str, Organization], body: str):
        act = make.resolution(net[body]).pk

        assert is_stopped(INSERT, net["grafica"].pk, TODAY, act, None, "", None) is refusals.AdmittedByItsBody

    def test_and_one_before_it_was_decided(self, net: dict[str, Organization]):
        act = make.resolution(net["sur"], on=LATER).pk

        assert is_stopped(INSERT, net["grafica"].pk, TODAY, act, None, "", None) is refusals.AdmittedByItsBody

    def test_and_a_second_one(self, net: dict[str, Organization]):
        admit(net["grafica"], net["sur"])
        act = make.resolution(net["conf"]).pk

        assert is_stopped(INSERT, net["grafica"].pk, LATER, act, None, "", None) is refusals.IsAdmittedAlready
        early = TODAY - dt.timedelta(days=9)
        told = (net["grafica"].pk, early, act, LATER, "suspended", act)
        assert is_stopped(INSERT, *told) is refusals.IsAdmittedAlready

    @pytest.mark.parametrize(("body", "ending"), [("grafica", "suspended"), ("norte", "left"), ("norte", "suspended")])
    def test_and_an_end_by_another_body(self, net: dict[str, Organization], body: str, ending: str):
        held = admit(net["grafica"], net["sur"])

        assert is_stopped(END, LATER, ending, make.resolution(net[body]).pk, held.pk) is refusals.AdmittedByItsBody

    def test_and_whoever_would_rewrite_one(self, net: dict[str, Organization]):
        held = admit(net["grafica"], net["sur"])
        suspend(net["grafica"], net["sur"])

        assert is_stopped(END, None, "", None, held.pk) is refusals.AdmissionStays
        assert is_stopped("DELETE FROM network_admission WHERE id = %s", held.pk) is refusals.AdmissionStays
        moved = "UPDATE network_admission SET starts_on = %s WHERE id = %s"
        assert is_stopped(moved, LATER, held.pk) is refusals.AdmissionStays
