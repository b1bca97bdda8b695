"""What a cooperative declares itself: kept, taken back, told in the report up to where it was asked for."""

import datetime as dt

import pytest
from django.db import DatabaseError
from django.utils import translation

from ledger.actions import refusals
from ledger.actions.agreements import NoMandateToday
from reports.actions import declarations, requests
from reports.actions import social as paper
from reports.actions.declarations import DeclarationIsTooLong, DeclarationTellsOfAPerson
from reports.models import Declaration, IssuedPaper
from reports.models.declarations import ASKED, Item
from reports.queries import declarations as read
from reports.queries.social import social
from tests import make
from tests.cast import Cast
from tests.plain_sql import is_stopped, stays
from tests.reports.exchanges import YEAR

pytestmark = pytest.mark.django_db
STARTS_ON, ENDS_ON = YEAR
PERIOD = {"starts_on": STARTS_ON, "ends_on": ENDS_ON}


def declare(cast: Cast, *, by=None, organization=None, at=make.NOON, period=PERIOD, **answers: str) -> int:
    return declarations.declare(
        organization=organization or cast.grafica.organization,
        **period,
        answers={what.replace("_", "-"): answer for what, answer in answers.items()},
        by=by or cast.ana,
        on=make.DAY,
        at=at,
    )


def standing(cast: Cast, *, last: int | None = None) -> dict[str, str]:
    found = read.declared(organization=cast.grafica.organization, **PERIOD, last=last)
    return {what: each.answer for what, each in found.items()}


def last(cast: Cast) -> int:
    return read.last_said(organization=cast.grafica.organization, **PERIOD)


class TestDeclare:
    def test_keeps_what_is_new_and_no_answer_twice(self, cast: Cast):
        assert declare(cast, training="120 horas", taxes="") == 1
        assert declare(cast, training=" 120 horas ", taxes="Ingresos brutos") == 1

        assert standing(cast) == {"training": "120 horas", "taxes": "Ingresos brutos"}
        assert Declaration.objects.count() == 2

    def test_an_empty_answer_takes_back_and_what_was_said_stays_noted(self, cast: Cast):
        declare(cast, training="120 horas")
        before = last(cast)
        declare(cast, training="")

        assert standing(cast) == {}
        assert standing(cast, last=before) == {"training": "120 horas"}

    def test_each_period_has_its_own(self, cast: Cast):
        declare(cast, training="120 horas")
        half = {"starts_on": STARTS_ON, "ends_on": dt.date(2023, 6, 30)}
        declare(cast, training="50 horas", period=half)

        assert standing(cast) == {"training": "120 horas"}
        assert read.periods(cast.grafica.organization) == [(STARTS_ON, ENDS_ON), (STARTS_ON, half["ends_on"])]

    @pytest.mark.parametrize("answer", ["Escribir a rosa@grafica.coop.ar", "DNI 12.345.678", "Cel. 11 15 5555-1234"])
    def test_refuses_what_looks_like_a_persons_data(self, cast: Cast, answer: str):
        with pytest.raises(DeclarationTellsOfAPerson, match="horas de capacitación"):
            declare(cast, taxes="Ninguno", training=answer)

        assert not Declaration.objects.exists()

    def test_refuses_what_is_too_long(self, cast: Cast):
        with pytest.raises(DeclarationIsTooLong):
            declare(cast, training="a" * 1001)

    def test_refuses_days_that_have_not_come_and_a_period_the_wrong_way_round(self, cast: Cast):
        with pytest.raises(requests.PeriodIsInTheFuture):
            declare(cast, period=PERIOD | {"ends_on": make.DAY + dt.timedelta(days=1)}, training="1")
        with pytest.raises(requests.PeriodEndsBeforeItStarts):
            declare(cast, period={"starts_on": ENDS_ON, "ends_on": STARTS_ON}, training="1")

    def test_refuses_whoever_cannot_bind_the_cooperative(self, cast: Cast):
        with pytest.raises(NoMandateToday):
            declare(cast, by=cast.beto, training="120 horas")

    def test_refuses_a_body_and_whoever_keeps_no_book(self, cast: Cast):
        with pytest.raises(requests.NotForThem):
            declare(cast, by=make.officer("Fede", cast.federacion), organization=cast.federacion, training="1")
        new = make.organization("nueva")
        with pytest.raises(requests.NoBookYet):
            declare(cast, by=make.officer("Nadia", new), organization=new, training="1")


class TestAsked:
    def test_each_item_stands_in_one_block(self):
        assert sorted(item for items in ASKED.values() for item in items) == sorted(Item)


class TestReport:
    def blocks(self, cast: Cast, *, last: int) -> dict[str, paper.Answered]:
        told = social(book=cast.grafica, starts_on=STARTS_ON, ends_on=ENDS_ON, cutoff_event=0, last_said=last)
        with translation.override("en"):
            return {block.code: block for block in paper.blocks(told)}

    def test_tells_it_as_declared_and_asks_for_it_no_longer(self, cast: Cast):
        declare(cast, training="120 horas")

        labour = self.blocks(cast, last=last(cast))["labour"]

        assert [(each.what, each.figure) for each in labour.declared] == [("Hours of training", "120 horas")]
        assert labour.declared[0].source == "declared on 04/05/2026"
        assert "hours of training" not in labour.to_declare
        assert "the highest and the lowest draw" in labour.to_declare

    def test_tells_what_was_declared_when_it_was_asked_for(self, cast: Cast):
        declare(cast, training="120 horas")
        before = last(cast)
        declare(cast, training="130 horas", draws="1 : 1,5")

        labour = self.blocks(cast, last=before)["labour"]

        assert [each.figure for each in labour.declared] == ["120 horas"]

    def test_another_declaration_makes_another_report_that_says_what_it_replaces(self, cast: Cast):
        first = self.asked(cast)
        again = self.asked(cast)
        declare(cast, training="120 horas")
        second = self.asked(cast)
        papers = [self.made(cast, report) for report in (first, second)]

        assert again == first
        assert second != first
        older, newer = IssuedPaper.objects.order_by("pk")
        assert papers[0] != papers[1]
        assert newer.replaces == older.identifier
        assert self.made(cast, first) == papers[0]

    def asked(self, cast: Cast):
        return requests.request(
            kind="social",
            organization=cast.grafica.organization,
            **PERIOD,
            language="en",
            by=cast.ana,
            on=make.DAY,
            at=make.NOON,
        )

    def made(self, cast: Cast, report) -> bytes:
        return requests.make(
            kind="social",
            organization=cast.grafica.organization,
            **PERIOD,
            language="en",
            on=make.DAY,
            at=make.NOON,
            cutoff_event=report.cutoff_event,
            last_said=report.last_said,
        )


class TestRoundPython:
    @pytest.mark.parametrize(
        "sql", ["UPDATE reports_declaration SET answer = 'más'", "DELETE FROM reports_declaration"]
    )
    def test_what_was_declared_stays(self, cast: Cast, sql: str):
        declare(cast, training="120 horas")

        assert is_stopped(sql) is refusals.WrittenIsWritten

    @pytest.mark.parametrize(
        "sql",
        [
            "INSERT INTO reports_declaration (organization_id, starts_on, ends_on, what, answer, declared_by_id,"
            " declared_at) SELECT organization_id, starts_on, ends_on, 'gossip', answer, declared_by_id, declared_at"
            " FROM reports_declaration",
            "INSERT INTO reports_declaration (organization_id, starts_on, ends_on, what, answer, declared_by_id,"
            " declared_at) SELECT organization_id, ends_on, starts_on, what, answer, declared_by_id, declared_at"
            " FROM reports_declaration",
        ],
    )
    def test_it_is_what_is_asked_of_days_in_their_order(self, cast: Cast, sql: str):
        declare(cast, training="120 horas")

        with pytest.raises(DatabaseError):
            stays(sql)

        assert standing(cast) == {"training": "120 horas"}
