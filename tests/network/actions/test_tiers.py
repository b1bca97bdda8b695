"""Affiliations: from a day until another, to several bodies at once, never in a circle."""

import datetime as dt

import pytest

from network.actions import affiliations, invitations, refusals
from network.models import Invitation, Organization, WorkerCount
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
    acts = {"resolution": make.resolution(body, on=on), "acceptance": make.resolution(member, on=on)}
    affiliations.affiliate(member=member, body=body, starts_on=on, **acts, by=None, on=on)


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

    def test_workers_are_counted_as_of_the_day_and_a_body_only_employs_its_own(self, bodies: dict[str, Organization]):
        affiliate(bodies["a"], bodies["sur"])
        affiliate(bodies["sur"], bodies["conf"])
        for code, workers, day in (("a", 30, TODAY), ("a", 40, LATER), ("sur", 5, TODAY), ("conf", 3, TODAY)):
            told = {"counted_on": day, "source": "INAES", "noted_at": make.NOON}
            WorkerCount.objects.create(organization=bodies[code], workers=workers, **told)

        for day, workers in ((TODAY, 30), (LATER, 40)):
            (conf,) = tiers.tree(on=day)
            assert (conf.workers, conf.bodies[0].workers) == (workers, workers)

    def test_only_to_a_body(self, bodies: dict[str, Organization]):
        with pytest.raises(invitations.IsNoBody):
            affiliate(bodies["a"], bodies["b"])

    def test_never_in_a_circle(self, bodies: dict[str, Organization]):
        affiliate(bodies["sur"], bodies["conf"])
        affiliate(bodies["conf"], bodies["red"])

        with pytest.raises(invitations.WouldBelongToItself):
            affiliate(bodies["red"], bodies["sur"])
        with pytest.raises(invitations.WouldBelongToItself):
            affiliate(bodies["sur"], bodies["sur"])

    def test_again_after_leaving(self, bodies: dict[str, Organization]):
        affiliate(bodies["a"], bodies["sur"])
        leave(bodies["a"], bodies["sur"], LATER)

        with pytest.raises(invitations.BelongsAlready):
            affiliate(bodies["a"], bodies["sur"], LATER - dt.timedelta(days=1))
        affiliate(bodies["a"], bodies["sur"], LATER)

    def test_stands_on_a_resolution_of_each(self, bodies: dict[str, Organization]):
        a, sur = bodies["a"], bodies["sur"]
        told = {"member": a, "body": sur, "starts_on": TODAY, "by": None, "on": TODAY}
        theirs, own = make.resolution(sur), make.resolution(a)

        with pytest.raises(refusals.AnotherBodyDecided):
            affiliations.affiliate(**told, resolution=own, acceptance=own)
        with pytest.raises(refusals.AnotherBodyDecided):
            affiliations.affiliate(**told, resolution=theirs, acceptance=theirs)
        with pytest.raises(refusals.DecidedLater):
            affiliations.affiliate(**told, resolution=make.resolution(sur, on=LATER), acceptance=own)
        with pytest.raises(refusals.DecidedLater):
            affiliations.affiliate(**told, resolution=theirs, acceptance=make.resolution(a, on=LATER))

    def test_ends_by_a_resolution_of_either(self, bodies: dict[str, Organization]):
        a, sur = bodies["a"], bodies["sur"]
        affiliate(a, sur)

        with pytest.raises(refusals.AnotherBodyDecided):
            affiliations.end(member=a, body=sur, resolution=make.resolution(bodies["b"]), by=None, on=LATER)
        ana = make.officer("Ana", a)
        assert affiliations.end(member=a, body=sur, resolution=make.resolution(a), by=ana, on=LATER).ended_by == ana


class TestTree:
    def test_is_that_of_the_day(self, bodies: dict[str, Organization]):
        affiliate(bodies["a"], bodies["sur"])
        leave(bodies["a"], bodies["sur"], LATER)

        assert tiers.tree(on=TODAY - dt.timedelta(days=1)) == []
        assert tiers.tree(on=LATER - dt.timedelta(days=1))[0].total == 1
        assert tiers.tree(on=LATER) == []

    def test_nobody_leaves_twice(self, bodies: dict[str, Organization]):
        affiliate(bodies["a"], bodies["sur"])
        leave(bodies["a"], bodies["sur"], LATER)
        with pytest.raises(affiliations.DoesNotBelong):
            leave(bodies["a"], bodies["sur"], LATER)

    def test_one_may_leave_on_the_first_day_and_come_again(self, bodies: dict[str, Organization]):
        affiliate(bodies["a"], bodies["sur"])
        leave(bodies["a"], bodies["sur"], TODAY)

        assert tiers.tree(on=TODAY) == []
        affiliate(bodies["a"], bodies["sur"])
        assert tiers.tree(on=TODAY)[0].total == 1

    def test_what_was_to_begin_later_never_does(self, bodies: dict[str, Organization]):
        make.affiliation(bodies["a"], bodies["sur"], starts_on=LATER)
        leave(bodies["a"], bodies["sur"], TODAY)

        assert tiers.tree(on=LATER) == []

    def test_asks_two_questions(self, bodies: dict[str, Organization], django_assert_num_queries):
        for code in ("a", "b", "norte", "sur"):
            affiliate(bodies[code], bodies["red"])

        with django_assert_num_queries(2):
            tiers.tree(on=TODAY)


INSERT = (
    "INSERT INTO network_affiliation (member_id, body_id, starts_on, until, resolution_id, invitation_id)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
)


def row(member: Organization, body: Organization, starts_on: dt.date, until: dt.date | None) -> tuple[object, ...]:
    """Return what a client without Python's checks would insert, wanted by both."""
    act = make.resolution(body, on=starts_on)
    offered = Invitation.objects.create(
        member=member, body=body, starts_on=starts_on, resolution=act, noted_on=starts_on
    )
    accepted = {"answer": "accepted", "acceptance": make.resolution(member, on=starts_on), "answered_on": starts_on}
    Invitation.objects.filter(pk=offered.pk).update(**accepted)
    return member.pk, body.pk, starts_on, until, act.pk, offered.pk


class TestRoundPython:
    def test_the_database_stops_a_circle_that_exists_on_any_day(self, bodies: dict[str, Organization]):
        affiliate(bodies["sur"], bodies["conf"])
        affiliate(bodies["conf"], bodies["red"], LATER)

        assert is_stopped(INSERT, *row(bodies["red"], bodies["sur"], TODAY, None)) is refusals.TiersAreATree

    def test_but_not_one_whose_parts_never_held_together(self, bodies: dict[str, Organization]):
        affiliate(bodies["sur"], bodies["conf"])
        leave(bodies["sur"], bodies["conf"], LATER)

        affiliate(bodies["conf"], bodies["sur"], LATER)

        assert [node.organization.code for node in tiers.tree(on=LATER)] == ["sur"]

    def test_the_database_stops_belonging_twice(self, bodies: dict[str, Organization]):
        affiliate(bodies["a"], bodies["sur"])

        for starts_on, until in ((LATER, None), (dt.date(2020, 1, 1), LATER)):
            assert is_stopped(INSERT, *row(bodies["a"], bodies["sur"], starts_on, until)) is refusals.TiersAreATree

    def test_the_database_keeps_it_and_what_decided_it(self, bodies: dict[str, Organization]):
        affiliate(bodies["a"], bodies["sur"])
        held = bodies["a"].affiliations.get().pk
        foreign = make.resolution(bodies["b"]).pk
        foreign_row = (bodies["a"].pk, bodies["red"].pk, TODAY, None, foreign, None)

        assert is_stopped(INSERT, *foreign_row) is refusals.AnotherBodyDecided
        end = "UPDATE network_affiliation SET until = %s, end_resolution_id = %s WHERE id = %s"
        assert is_stopped(end, LATER, foreign, held) is refusals.AnotherBodyDecided
        leave(bodies["a"], bodies["sur"], LATER)
        assert is_stopped(end, None, None, held) is refusals.AffiliationStays
        assert is_stopped("DELETE FROM network_affiliation WHERE id = %s", held) is refusals.AffiliationStays
