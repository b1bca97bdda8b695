"""Affiliations: from a day until another, to several bodies at once, never in a circle."""

import datetime as dt

import pytest

from network.actions import affiliations, refusals
from network.actions.resolutions import NotYoursToMinute
from network.models import Organization, WorkerCount
from network.queries import tiers
from tests import make
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db

TODAY = make.DAY
LATER = TODAY + dt.timedelta(days=100)


@pytest.fixture
def bodies() -> dict[str, Organization]:
    kinds = {"conf": "confederation", "norte": "federation", "sur": "federation", "red": "confederation"}
    found = {code: make.organization(code, kind=kind) for code, kind in kinds.items()}
    return found | {code: make.organization(code) for code in ("a", "b")}


def affiliate(member: Organization, body: Organization, on: dt.date = TODAY) -> None:
    act = make.resolution(body, on=on)
    affiliations.affiliate(member=member, body=body, starts_on=on, resolution=act, by=None, on=on)


def leave(member: Organization, body: Organization, on: dt.date) -> None:
    affiliations.end(member=member, body=body, resolution=make.resolution(member, on=on), by=None, on=on)


class TestAffiliate:
    def test_to_several_bodies_at_once_and_counted_once(self, bodies: dict[str, Organization]):
        for member, body in (("norte", "conf"), ("sur", "conf"), ("a", "norte"), ("a", "sur"), ("b", "sur")):
            affiliate(bodies[member], bodies[body])
        for member, workers in (("a", 30), ("b", 12)):
            WorkerCount.objects.create(
                organization=bodies[member], workers=workers, counted_on=TODAY, source="INAES", noted_at=make.NOON
            )

        (conf,) = tiers.tree(on=TODAY)

        assert (conf.organization, conf.total, conf.workers) == (bodies["conf"], 2, 42)
        assert [(node.organization.code, node.total) for node in conf.bodies] == [("norte", 1), ("sur", 2)]

    def test_only_to_a_body(self, bodies: dict[str, Organization]):
        with pytest.raises(affiliations.IsNoBody):
            affiliate(bodies["a"], bodies["b"])

    def test_never_in_a_circle(self, bodies: dict[str, Organization]):
        affiliate(bodies["sur"], bodies["conf"])
        affiliate(bodies["conf"], bodies["red"])

        with pytest.raises(affiliations.WouldBelongToItself):
            affiliate(bodies["red"], bodies["sur"])
        with pytest.raises(affiliations.WouldBelongToItself):
            affiliate(bodies["sur"], bodies["sur"])

    def test_again_after_leaving(self, bodies: dict[str, Organization]):
        affiliate(bodies["a"], bodies["sur"])
        leave(bodies["a"], bodies["sur"], LATER)

        with pytest.raises(affiliations.BelongsAlready):
            affiliate(bodies["a"], bodies["sur"], LATER - dt.timedelta(days=1))
        affiliate(bodies["a"], bodies["sur"], LATER)

    def test_stands_on_a_resolution_of_the_body(self, bodies: dict[str, Organization]):
        a, sur = bodies["a"], bodies["sur"]
        told = {"member": a, "body": sur, "starts_on": TODAY, "by": None, "on": TODAY}

        with pytest.raises(refusals.AnotherBodyDecided):
            affiliations.affiliate(**told, resolution=make.resolution(a))
        with pytest.raises(refusals.DecidedLater):
            affiliations.affiliate(**told, resolution=make.resolution(sur, on=LATER))

    def test_is_noted_by_whoever_speaks_for_the_body(self, bodies: dict[str, Organization]):
        a, sur = bodies["a"], bodies["sur"]
        act, told = make.resolution(sur), {"member": a, "body": sur, "starts_on": TODAY, "on": TODAY}

        with pytest.raises(NotYoursToMinute):
            affiliations.affiliate(**told, resolution=act, by=make.officer("Ana", a))
        affiliations.affiliate(**told, resolution=act, by=make.officer("Sara", sur))

        with pytest.raises(refusals.AnotherBodyDecided):
            affiliations.end(member=a, body=sur, resolution=make.resolution(bodies["b"]), by=None, on=LATER)


class TestTree:
    def test_is_that_of_the_day(self, bodies: dict[str, Organization]):
        affiliate(bodies["a"], bodies["sur"])
        leave(bodies["a"], bodies["sur"], LATER)

        assert tiers.tree(on=TODAY - dt.timedelta(days=1)) == []
        assert tiers.tree(on=LATER - dt.timedelta(days=1))[0].total == 1
        assert tiers.tree(on=LATER) == []

    def test_nobody_leaves_twice(self, bodies: dict[str, Organization]):
        affiliate(bodies["a"], bodies["sur"])
        with pytest.raises(affiliations.DoesNotBelong):
            leave(bodies["a"], bodies["sur"], TODAY)
        leave(bodies["a"], bodies["sur"], LATER)
        with pytest.raises(affiliations.DoesNotBelong):
            leave(bodies["a"], bodies["sur"], LATER)

    def test_asks_two_questions(self, bodies: dict[str, Organization], django_assert_num_queries):
        for code in ("a", "b", "norte", "sur"):
            affiliate(bodies[code], bodies["red"])

        with django_assert_num_queries(2):
            tiers.tree(on=TODAY)


INSERT = "INSERT INTO network_affiliation (member_id, body_id, starts_on, until) VALUES (%s, %s, %s, %s)"


class TestRoundPython:
    def test_the_database_stops_a_circle_that_exists_on_any_day(self, bodies: dict[str, Organization]):
        affiliate(bodies["sur"], bodies["conf"])
        affiliate(bodies["conf"], bodies["red"], LATER)
        red, sur = bodies["red"].pk, bodies["sur"].pk

        assert is_stopped(INSERT, red, sur, TODAY, None) is refusals.TiersAreATree

    def test_but_not_one_whose_parts_never_held_together(self, bodies: dict[str, Organization]):
        affiliate(bodies["sur"], bodies["conf"])
        leave(bodies["sur"], bodies["conf"], LATER)

        affiliate(bodies["conf"], bodies["sur"], LATER)

        assert [node.organization.code for node in tiers.tree(on=LATER)] == ["sur"]

    def test_the_database_stops_belonging_twice(self, bodies: dict[str, Organization]):
        affiliate(bodies["a"], bodies["sur"])

        assert is_stopped(INSERT, bodies["a"].pk, bodies["sur"].pk, LATER, None) is refusals.TiersAreATree
        assert (
            is_stopped(INSERT, bodies["a"].pk, bodies["sur"].pk, dt.date(2020, 1, 1), LATER) is refusals.TiersAreATree
        )

    def test_the_database_keeps_it_and_what_decided_it(self, bodies: dict[str, Organization]):
        affiliate(bodies["a"], bodies["sur"])
        held = bodies["a"].affiliations.get().pk
        foreign = make.resolution(bodies["b"]).pk
        columns = "(member_id, body_id, starts_on, resolution_id)"

        assert (
            is_stopped(
                f"INSERT INTO network_affiliation {columns} VALUES (%s, %s, %s, %s)",
                bodies["a"].pk,
                bodies["red"].pk,
                TODAY,
                foreign,
            )
            is refusals.AnotherBodyDecided
        )
        end = "UPDATE network_affiliation SET until = %s, end_resolution_id = %s WHERE id = %s"
        assert is_stopped(end, LATER, foreign, held) is refusals.AnotherBodyDecided
        leave(bodies["a"], bodies["sur"], LATER)
        assert is_stopped(end, None, None, held) is refusals.AffiliationStays
        assert is_stopped("DELETE FROM network_affiliation WHERE id = %s", held) is refusals.AffiliationStays
