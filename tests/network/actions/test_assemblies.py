"""Assemblies: called, opened with those who came, voted, closed; round Python, the database says the same."""

import datetime as dt
from typing import Any

import pytest

from network.actions import assemblies, refusals, resolutions
from network.core.quorum import Votes
from network.models import AgendaItem, Assembly, Bylaws, Motion, Organization, Resolution
from network.models.assemblies import AssemblyKind, AssemblyState, Majority
from tests import make
from tests.cast import Cast
from tests.plain_sql import is_stopped, run

TODAY = make.DAY


@pytest.fixture
def grafica(cast: Cast) -> Organization:
    return cast.grafica.organization


def called(of: Organization, *, entitled: int = 45, **changes: Any) -> Assembly:
    facts = {"kind": AssemblyKind.ORDINARY, "held_on": TODAY, "agenda": ["Memoria y balance", "Elección"], "by": None}
    return assemblies.call(organization=of, entitled=entitled, on=TODAY, **(facts | changes))


def meeting(of: Organization, *, present: int = 30, **changes: Any) -> Assembly:
    return assemblies.meet(assembly=called(of, **changes), present=present, is_second_call=False, by=None, on=TODAY)


def voted(assembly: Assembly, *counts: int, text: str = "Se aprueba.", majority: Majority = Majority.SIMPLE) -> Motion:
    return assemblies.vote(
        assembly=assembly,
        item=assembly.agenda.get(number=1),
        text=text,
        votes=Votes(*counts),
        majority=majority,
        by=None,
        on=TODAY,
        at=make.NOON,
    )


class TestCall:
    def test_keeps_the_agenda_point_by_point(self, grafica: Organization):
        assembly = called(grafica, agenda=["Memoria", " ", "Elección de síndico "])

        assert [str(item) for item in assembly.agenda.order_by("number")] == ["1. Memoria", "2. Elección de síndico"]
        assert assembly.state == AssemblyState.CALLED

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"agenda": ["", " "]}, assemblies.AgendaIsMissing),
            ({"agenda": ["x"] * 31}, assemblies.AgendaIsTooLong),
            ({"agenda": ["x" * 301]}, assemblies.AgendaIsTooLong),
            ({"entitled": 0}, assemblies.NobodyMayVote),
            ({"entitled": 2_000_000}, assemblies.NobodyMayVote),
            ({"called_on": TODAY + dt.timedelta(days=1), "held_on": TODAY}, assemblies.CalledAfterwards),
        ],
    )
    def test_refuses(self, grafica: Organization, changes: dict[str, Any], refusal: type[Exception]):
        with pytest.raises(refusal):
            called(grafica, **changes)

    def test_is_for_those_who_speak_for_the_body(self, cast: Cast, grafica: Organization):
        assert called(grafica, by=cast.ana).called_by == cast.ana
        for person in (cast.beto, cast.mario, cast.silvia):
            with pytest.raises(resolutions.NotYoursToMinute):
                called(grafica, by=person)


class TestMeet:
    def test_needs_more_than_half(self, grafica: Organization):
        assert meeting(grafica, present=23).state == AssemblyState.MEETING
        assert meeting(grafica, present=22).state == AssemblyState.LAPSED

    def test_an_hour_later_meets_with_whoever_is_there(self, grafica: Organization):
        met = assemblies.meet(assembly=called(grafica), present=5, is_second_call=True, by=None, on=TODAY)

        assert (met.state, met.is_second_call) == (AssemblyState.MEETING, True)

    def test_knows_no_second_call_where_the_statute_has_none(self, grafica: Organization):
        Bylaws.objects.update_or_create(organization=grafica, defaults={"second_call_minutes": None})

        with pytest.raises(assemblies.NoSecondCall):
            assemblies.meet(assembly=called(grafica), present=5, is_second_call=True, by=None, on=TODAY)

    def test_follows_the_quorum_of_the_body(self, grafica: Organization):
        Bylaws.objects.update_or_create(organization=grafica, defaults={"quorum_numerator": 2, "quorum_denominator": 3})

        assert meeting(grafica, present=30).state == AssemblyState.LAPSED
        assert meeting(grafica, present=31).state == AssemblyState.MEETING

    def test_refuses_more_than_may_vote_another_day_and_twice(self, grafica: Organization):
        with pytest.raises(assemblies.MorePresentThanEntitled):
            meeting(grafica, present=46)
        with pytest.raises(assemblies.IsNotToday):
            meeting(grafica, held_on=TODAY + dt.timedelta(days=3))
        assembly = meeting(grafica)
        with pytest.raises(assemblies.IsNotCalled):
            assemblies.meet(assembly=assembly, present=30, is_second_call=False, by=None, on=TODAY)

    def test_a_cancelled_one_does_not_meet(self, grafica: Organization):
        assembly = assemblies.cancel(assembly=called(grafica), by=None, on=TODAY)

        with pytest.raises(assemblies.IsNotCalled):
            assemblies.meet(assembly=assembly, present=30, is_second_call=False, by=None, on=TODAY)
        with pytest.raises(assemblies.IsNotCalled):
            assemblies.cancel(assembly=assembly, by=None, on=TODAY)


class TestVote:
    def test_what_is_carried_becomes_the_next_resolution(self, grafica: Organization):
        before = Resolution.objects.filter(organization=grafica).count()
        assembly = meeting(grafica)

        first = voted(assembly, 20, 5, 5, text="Se aprueba la memoria.")
        lost = voted(assembly, 10, 15, 5)
        second = voted(assembly, 16, 14, 0)

        assert (first.is_carried, lost.is_carried, second.is_carried) == (True, False, True)
        assert first.resolution.number == before + 1
        assert second.resolution.number == before + 2
        assert first.resolution.cited == f"Acta {before + 1}"
        assert not Resolution.objects.filter(motion=lost).exists()

    def test_two_thirds_where_they_are_asked_for(self, grafica: Organization):
        assembly = meeting(grafica)

        assert not voted(assembly, 19, 10, 1, majority=Majority.QUALIFIED).is_carried
        assert voted(assembly, 20, 10, 0, majority=Majority.QUALIFIED).is_carried

    def test_refuses_more_votes_than_people_no_text_and_a_point_of_another_assembly(self, grafica: Organization):
        assembly = meeting(grafica)

        with pytest.raises(assemblies.VotesDoNotAddUp, match="31"):
            voted(assembly, 20, 10, 1)
        with pytest.raises(assemblies.MotionSaysNothing):
            voted(assembly, 20, 10, 0, text=" ")
        with pytest.raises(assemblies.MotionSaysNothing):
            assemblies.vote(
                assembly=assembly,
                item=called(grafica).agenda.first(),
                text="x",
                votes=Votes(1, 0, 0),
                majority=Majority.SIMPLE,
                by=None,
                on=TODAY,
                at=make.NOON,
            )

    def test_is_over_when_the_assembly_is_closed(self, grafica: Organization):
        assembly = meeting(grafica)
        with pytest.raises(assemblies.MinutesAreMissing):
            assemblies.close(assembly=assembly, minutes=" ", by=None, on=TODAY)

        closed = assemblies.close(assembly=assembly, minutes="Se leyó el acta anterior.", by=None, on=TODAY)

        assert closed.state == AssemblyState.CLOSED
        with pytest.raises(assemblies.IsNotMeeting):
            voted(closed, 1, 0, 0)
        with pytest.raises(assemblies.IsNotMeeting):
            assemblies.close(assembly=closed, minutes="Otra", by=None, on=TODAY)


class TestTakeOver:
    def test_goes_on_from_the_paper_book_and_then_without_gap(self, db: None):
        textil = make.organization("otra")
        told = {"organization": textil, "text": "Se resuelve.", "paper": "Libro 2", "by": None, "at": make.NOON}

        first = resolutions.take_over(**told, resolved_on=TODAY, on=TODAY, number=148)
        second = resolutions.take_over(**told, resolved_on=TODAY, on=TODAY)

        assert (first.number, second.number) == (148, 149)
        with pytest.raises(resolutions.PaperBookGoesOn, match="150"):
            resolutions.take_over(**told, resolved_on=TODAY, on=TODAY, number=152)

    def test_refuses_the_future_and_what_says_nothing(self, grafica: Organization):
        told = {"organization": grafica, "paper": "Libro 2", "by": None, "at": make.NOON, "on": TODAY}

        with pytest.raises(resolutions.DecidedInTheFuture):
            resolutions.take_over(**told, text="x", resolved_on=TODAY + dt.timedelta(days=1))
        with pytest.raises(resolutions.ResolutionSaysNothing):
            resolutions.take_over(**told, text=" ", resolved_on=TODAY)


class TestRoundPython:
    @pytest.mark.parametrize(
        ("sql", "refusal"),
        [
            ("UPDATE network_resolution SET text = 'otra cosa'", refusals.WhatWasDecidedStays),
            ("DELETE FROM network_resolution", refusals.WhatWasDecidedStays),
            ("UPDATE network_motion SET in_favour = 30, is_carried = NOT is_carried", refusals.WhatWasDecidedStays),
            ("DELETE FROM network_motion", refusals.WhatWasDecidedStays),
            ("UPDATE network_assembly SET present = 45", refusals.AssemblyIsNotThatFar),
            ("UPDATE network_assembly SET state = 'called', present = NULL", refusals.AssemblyIsNotThatFar),
            ("UPDATE network_agendaitem SET text = 'otro punto'", refusals.WhatWasDecidedStays),
            (
                "INSERT INTO network_motion (assembly_id, item_id, text, majority, in_favour, against, abstentions,"
                " is_carried) SELECT assembly_id, id, 'x', 'simple', 31, 0, 0, '1' FROM network_agendaitem",
                refusals.MoreVotesThanPresent,
            ),
            (
                "INSERT INTO network_motion (assembly_id, item_id, text, majority, in_favour, against, abstentions,"
                " is_carried) SELECT assembly_id, id, 'x', 'simple', 1, 2, 0, '1' FROM network_agendaitem",
                refusals.ResolutionIsOfACarriedMotion,
            ),
            (
                "INSERT INTO network_resolution (organization_id, number, resolved_on, text, paper, recorded_at)"
                " SELECT organization_id, max(number) + 2, max(resolved_on), 'x', 'y', max(recorded_at)"
                " FROM network_resolution GROUP BY organization_id",
                refusals.ResolutionsAreNumbered,
            ),
            (
                "INSERT INTO network_resolution (organization_id, number, resolved_on, text, paper, recorded_at,"
                " assembly_id, motion_id) SELECT a.organization_id, 5, a.held_on, m.text, '', '2026-05-04', a.id, m.id"
                " FROM network_motion m JOIN network_assembly a ON a.id = m.assembly_id WHERE NOT m.is_carried",
                refusals.ResolutionIsOfACarriedMotion,
            ),
        ],
    )
    def test_the_database_stops(self, grafica: Organization, sql: str, refusal: type[Exception]):
        assembly = meeting(grafica)
        voted(assembly, 20, 10, 0)
        voted(assembly, 10, 20, 0)
        make.resolution(grafica)
        assert list(grafica.resolutions.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]

        assert is_stopped(sql) is refusal

    @pytest.mark.parametrize(
        ("statute", "present", "is_second_call", "meets"),
        [
            ({}, 22, False, False),
            ({}, 23, False, True),
            ({}, 1, True, True),
            ({"quorum_numerator": 2, "quorum_denominator": 3}, 30, False, False),
            ({"quorum_numerator": 2, "quorum_denominator": 3}, 31, False, True),
            ({"second_call_minutes": None}, 1, True, False),
        ],
    )
    def test_the_database_counts_the_quorum(
        self, grafica: Organization, statute: dict[str, Any], present: int, is_second_call: bool, meets: bool
    ):
        Bylaws.objects.update_or_create(organization=grafica, defaults=statute)
        sql = "UPDATE network_assembly SET state = 'meeting', present = %s, is_second_call = %s WHERE id = %s"
        told = (present, is_second_call, called(grafica).pk)

        if meets:
            run(sql, *told)
        else:
            assert is_stopped(sql, *told) is refusals.MeetsWithoutQuorum

    @pytest.mark.parametrize(
        ("majority", "votes", "abstentions_count"),
        [
            ("qualified", (19, 10, 1), False),
            ("qualified", (20, 9, 2), True),
            ("qualified", (0, 0, 3), False),
            ("simple", (15, 15, 0), False),
            ("simple", (10, 9, 2), True),
        ],
    )
    def test_the_database_counts_the_majority(
        self, grafica: Organization, majority: str, votes: tuple[int, int, int], abstentions_count: bool
    ):
        Bylaws.objects.update_or_create(organization=grafica, defaults={"abstentions_count": abstentions_count})
        assembly = meeting(grafica, present=31)
        sql = (
            "INSERT INTO network_motion (assembly_id, item_id, text, majority, in_favour, against, abstentions,"
            " is_carried) SELECT assembly_id, id, 'x', %s, %s, %s, %s, %s FROM network_agendaitem WHERE id = %s"
        )
        item = assembly.agenda.first().pk

        assert is_stopped(sql, majority, *votes, True, item) is refusals.ResolutionIsOfACarriedMotion
        run(sql, majority, *votes, False, item)

    def test_a_point_is_not_added_to_an_agenda_that_is_being_voted(self, grafica: Organization):
        assembly = meeting(grafica)

        assert (
            is_stopped(
                "INSERT INTO network_agendaitem (assembly_id, number, text) VALUES (%s, 9, 'de apuro')", assembly.pk
            )
            is refusals.WhatWasDecidedStays
        )
        assert AgendaItem.objects.filter(assembly=assembly).count() == 2
