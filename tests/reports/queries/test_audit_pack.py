"""The figures of an audit pack, checked against the pages; told up to an event, and the same ever after."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.actions.facts import Line
from ledger.core.flows import Flow
from ledger.models import Finding, FindingStep
from ledger.queries import owing
from reports.actions import attached_pack
from reports.queries.audit_pack.flows import Sides
from reports.queries.audit_pack.scope import last_event
from tests import make
from tests.cast import Cast
from tests.reports import exchanges, packs

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = (dt.date(2023, month, 10) for month in (3, 4, 5))


@pytest.fixture
def given(cast: Cast) -> Cast:
    """The print shop gives the mill 120, the mill it 30; the textile shop, of no federation, the mill 7."""
    make.delivery(cast.grafica, cast.molino, 100_00, on=MARCH)
    make.delivery(cast.grafica, cast.molino, 20_00, on=APRIL)
    make.delivery(cast.molino, cast.grafica, 30_00, on=APRIL)
    make.delivery(cast.textil, cast.molino, 7_00, on=MAY)
    return cast


class TestFlows:
    def test_are_those_of_all_below_the_body_each_once(self, given: Cast):
        [flows] = packs.told(given.federacion).flows

        mill, shop = given.molino.organization.pk, given.grafica.organization.pk
        assert flows.all == 157_00
        assert flows.pairs.between[0] == Flow(giver=shop, kind="barter", receiver=mill, amount=120_00, count=2)
        assert flows.kinds == (("barter", 157_00, 4),)
        assert {month.month for month, _flow in flows.by_month} == {3, 4, 5}

    def test_eliminate_what_is_given_inside(self, given: Cast):
        pack = packs.told(given.federacion)
        [flows], [debts] = pack.flows, pack.debts

        assert flows.sides(pack.scope.everybody) == Sides(inside=150_00, out=0, into=7_00)
        assert debts.sides(pack.scope.everybody) == Sides(inside=150_00, out=7_00, into=0)
        assert flows.grouped(pack.scope.groups).inside_all == 150_00

    def test_count_no_day_outside_the_period(self, given: Cast):
        [flows] = packs.told(given.federacion, period=(dt.date(2023, 4, 1), dt.date(2023, 4, 30))).flows
        assert flows.all == 50_00


class TestDebts:
    def test_are_those_of_the_page_for_that_day(self, given: Cast):
        pack = packs.told(given.federacion, period=packs.AUTUMN)
        page = owing.pairs(
            pack.scope.everybody, unit=make.unit(), day=packs.AUTUMN[1], today=timezone.localdate(), peg=None
        )

        assert {(each.debtor, each.creditor, each.owed) for each in pack.debts[0].pairs} == {
            (each.debtor, each.creditor, each.owed) for each in page
        }

    def test_tell_their_age(self, given: Cast):
        [debts] = packs.told(given.federacion, period=packs.AUTUMN).debts
        assert debts.all.ages == (7_00, 50_00, 100_00, 0)


class TestCutOff:
    def test_is_the_last_event_of_any_book_below(self, given: Cast):
        book = packs.book_of(given.federacion)
        last = make.sale(given.molino, on=dt.date(2023, 5, 20)).pk
        make.sale(given.textil, on=dt.date(2023, 5, 21))

        assert last_event(book=book, until=packs.AUTUMN[1]) == last
        assert last_event(book=book, until=dt.date(2019, 1, 1)) == 0

    def test_leaves_out_what_is_recorded_later_whatever_its_day(self, given: Cast):
        before = packs.told(given.federacion, period=packs.AUTUMN)
        files = attached_pack.of_pack(before)
        make.delivery(given.grafica, given.molino, 11_00, on=MAY)
        debt = owing.claims([given.molino.organization.pk], day=MAY, today=timezone.localdate()).first()
        banks = [
            Line(account=make.account(each, "1102"), amount=sign * 1_00)
            for each, sign in ((debt.creditor, 1), (debt.debtor, -1))
        ]
        make.event([*make.claim_lines(debt, -1_00), *banks], on=dt.date(2023, 5, 30))

        after = packs.told(given.federacion, period=packs.AUTUMN, cutoff=before.scope.event)

        assert attached_pack.of_pack(after) == files
        assert packs.told(given.federacion, period=packs.AUTUMN).flows[0].all == 168_00

    def test_tells_findings_as_they_stood(self, given: Cast):
        pack = packs.told(given.federacion)
        moment = pack.scope.recorded_at
        assert moment is not None
        hour = dt.timedelta(hours=1)
        early = _finding(given, opened_at=moment - hour)
        _step(early, "explained", at=moment - hour, found=3, note="Se busca.")
        _step(early, "accepted", at=moment + hour, found=9, note="Después.")
        Finding.objects.filter(pk=early.pk).update(found=9, closed_at=moment + hour)
        _finding(given, opened_at=moment + hour, scope="account:2")

        [found] = packs.told(given.federacion, cutoff=pack.scope.event).findings

        assert (found.found, found.accepted, found.explained, found.closed_at) == (3, "", "Se busca.", None)

    def test_needs_no_event_at_all(self, cast: Cast):
        pack = packs.told(cast.federacion)

        assert (pack.scope.event, pack.flows, pack.debts, pack.findings) == (0, (), (), ())
        assert pack.made_at.date() == exchanges.YEAR[1]
        assert [each.name for each in pack.scope.members] == ["Casa De Silvia", "Gráfica", "Molino"]
        assert [each.name for each in pack.scope.without_book] == ["Casa De Silvia"]


def _finding(cast: Cast, *, opened_at: dt.datetime, scope: str = "account:1") -> Finding:
    return Finding.objects.create(
        check_code="balance",
        scope=scope,
        book=cast.molino,
        unit=make.unit(),
        expected=2,
        found=3,
        opened_at=opened_at,
        seen_at=opened_at,
    )


def _step(finding: Finding, verb: str, *, at: dt.datetime, found: int, note: str) -> None:
    FindingStep.objects.create(
        finding=finding,
        verb=verb,
        recorded_at=at,
        by=make.user(f"Sara {verb}"),
        organization=finding.book.organization,
        expected=2,
        found=found,
        note=note,
    )


class TestTiers:
    def test_eliminate_inside_each_body_and_between_bodies_above_them(self, given: Cast):
        above = packs.confederation(given)

        [rolled] = packs.told(above).tiers

        assert [(row.body.name, row.depth, row.members, row.given) for row in rolled.tiers] == [
            ("Confederación", 0, 4, Sides(inside=157_00, out=0, into=0)),
            ("Federación", 1, 3, Sides(inside=150_00, out=0, into=7_00)),
            ("Federación Norte", 1, 1, Sides(inside=0, out=7_00, into=0)),
        ]

    def test_of_one_body_there_are_none(self, given: Cast):
        assert packs.told(given.federacion).tiers == ()


class TestSince:
    def test_there_is_nothing_before_the_first(self, given: Cast):
        assert packs.told(given.federacion).since is None

    def test_says_what_changed_and_what_was_written_later(self, given: Cast):
        first = packs.told(given.federacion, period=packs.AUTUMN)
        packs.asked(first)
        make.delivery(given.grafica, given.molino, 11_00, on=dt.date(2023, 6, 2), happened_on=MAY)
        make.affiliation(given.textil.organization, given.federacion, starts_on=dt.date(2023, 6, 1))

        since = packs.told(given.federacion).since

        assert not since.replaces
        assert [each.name for each in since.joined] == ["Textil"]
        [owed] = since.owed
        assert (owed.all.then, owed.all.now) == (157_00, 168_00)
        [(pair, both)] = owed.pairs
        assert pair == (given.molino.organization.pk, given.grafica.organization.pk)
        assert both.more == 11_00
        assert since.late == 1
        assert since.late_shown[0].event.happened_on == MAY

    def test_of_the_same_days_it_says_what_it_replaces(self, given: Cast):
        packs.asked(packs.told(given.federacion, period=packs.AUTUMN))
        make.sale(given.molino, on=packs.AUTUMN[1])

        assert packs.told(given.federacion, period=packs.AUTUMN).since.replaces

    def test_is_the_same_after_other_packs_were_asked_for(self, given: Cast):
        year = packs.told(given.federacion)
        packs.asked(year)
        packs.asked(packs.told(given.federacion, period=packs.AUTUMN))
        packs.asked(year, language="en")

        assert packs.told(given.federacion).since is None


class TestSample:
    def test_anybody_draws_the_same(self, given: Cast):
        one, two = (packs.told(given.federacion).sample for _n in range(2))

        assert one == two
        # The textile shop's book is none of the federation's.
        assert one.entries == 7
        assert {each.book.organization.name for each in one.drawn} == {"Gráfica", "Molino"}


class TestCost:
    def test_asks_as_many_questions_for_many_members_as_for_few(self, cast: Cast):
        make.delivery(cast.grafica, cast.molino, on=exchanges.YEAR[0])
        few = _questions(cast)
        packs.many(cast)
        assert _questions(cast) <= few


def _questions(cast: Cast) -> int:
    book = packs.book_of(cast.federacion)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        packs.told(book.organization)
    return len(asked)
