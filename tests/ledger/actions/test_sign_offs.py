"""A síndico signs off a period of a member's book: what was looked at stays, and the period takes no more entries."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from ledger.actions import findings, reconciliation, years
from ledger.actions.facts import Line
from ledger.actions.findings import FindingNeedsReason, NoteTellsOfSomebody
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.sign_offs import (
    DRAWN_MAX,
    EntriesCameMeanwhile,
    NotBelow,
    NotItsAuditor,
    PeriodIsNotOver,
    SampleIsNotRight,
    SignedAlready,
)
from ledger.core import sampling
from ledger.models import Closing, Entry, SignOff
from ledger.queries import sign_offs as read
from tests import make
from tests.cash import count
from tests.cast import Cast
from tests.findings import found as something_wrong
from tests.sign_offs import APRIL, LAST, SAID, SIGNED, Audit

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return Audit(cast)


class TestPrepare:
    def test_draws_the_sample_that_anybody_can_draw_again(self, audit: Audit):
        seen = audit.prepare(count=3)

        names = [f"2026/{number}" for number in range(1, 11)]
        assert [f"{each.year}/{each.number}" for each in seen.sample] == sampling.draw(names, seed="4821", count=3)
        assert (seen.entries, seen.drawn_from) == (10, sampling.fingerprint(names))
        assert audit.prepare(count=3).sample == seen.sample
        assert audit.prepare(count=50, seed="otra").entries == len(audit.prepare(count=50).sample) == 10

    def test_shows_the_last_checks_and_what_stands_open_and_writes_nothing(self, audit: Audit, cast: Cast):
        run = reconciliation.reconcile(full=False, clock=timezone.now)
        wrong = something_wrong(cast.grafica)
        something_wrong(cast.molino)
        seen = audit.prepare()

        assert (list(seen.findings), seen.run) == ([wrong], run)
        assert not SignOff.objects.exists()
        assert not Closing.objects.exists()

    def test_is_for_the_auditor_of_a_body_above(self, audit: Audit, cast: Cast):
        president = make.officer("Fede", cast.federacion)
        for person in (president, cast.ana, cast.carla):
            with pytest.raises(NotItsAuditor):
                audit.prepare(by=person)
        with pytest.raises(NotBelow):
            audit.prepare(book=cast.textil)

    def test_is_of_days_that_are_over_with_a_seed(self, audit: Audit):
        for days in ({"ends_on": SIGNED}, {"starts_on": LAST + DAY}):
            with pytest.raises(PeriodIsNotOver):
                audit.prepare(**days)
        for sample in ({"seed": " "}, {"seed": "x" * 65}, {"count": 0}, {"count": DRAWN_MAX + 1}):
            with pytest.raises(SampleIsNotRight):
                audit.prepare(**sample)


class TestSign:
    def test_keeps_what_was_looked_at_by_whose_mandate(self, audit: Audit, cast: Cast):
        wrong = something_wrong(cast.grafica)
        findings.accept(
            finding=wrong, organization=cast.grafica.organization, note="Se perdió una hoja.", by=cast.ana, on=SIGNED,
            at=make.NOON,
        )  # fmt: skip
        seen = audit.prepare()

        signed = audit.sign()

        assert (signed.entries, signed.drawn, signed.drawn_from) == (10, 3, seen.drawn_from)
        assert read.sample(signed) == list(seen.sample)
        assert signed.mandate.user == cast.silvia
        assert signed.statement == SAID
        assert [(each["check"], each["found"], each["accepted"]) for each in signed.findings] == [
            ("numbering", 150_00, "Se perdió una hoja.")
        ]

    def test_closes_the_period_so_that_late_facts_go_under_today_and_say_so(self, audit: Audit, cast: Cast):
        audit.sign()

        assert Closing.objects.get().through == LAST
        late = make.sale(cast.molino, on=LAST)  # another book stays open
        assert late.booked_on == LAST
        late = make.event(
            [*lines(cast, 5_00)], on=SIGNED, happened_on=APRIL + 20 * DAY
        )  # fmt: skip
        assert (late.booked_on, late.happened_on, late.is_late) == (SIGNED, APRIL + 20 * DAY, True)

    def test_of_a_book_that_is_closed_further_adds_no_closing(self, audit: Audit, cast: Cast):
        years.close_period(book=cast.grafica, through=LAST + DAY, on=SIGNED, by=cast.ana)

        audit.sign()

        assert Closing.objects.count() == 1

    def test_is_of_what_one_saw(self, audit: Audit, cast: Cast):
        seen = audit.prepare(starts_on=dt.date(2026, 5, 1), ends_on=dt.date(2026, 5, 3))
        make.sale(cast.grafica, on=dt.date(2026, 5, 3))

        with pytest.raises(EntriesCameMeanwhile):
            audit.sign(starts_on=dt.date(2026, 5, 1), ends_on=dt.date(2026, 5, 3), drawn_from=seen.drawn_from)
        assert not Closing.objects.exists()

    def test_is_one_for_a_form_that_was_sent_twice(self, audit: Audit):
        key = uuid.uuid4()
        signed = audit.sign(key=key)

        assert audit.sign(key=key) == signed
        with pytest.raises(KeyWasUsedForSomethingElse):
            audit.sign(key=key, seed="otra")

    def test_is_of_a_day_once(self, audit: Audit):
        audit.sign()
        with pytest.raises(SignedAlready):
            audit.sign(starts_on=LAST)
        assert audit.sign(starts_on=LAST + DAY, ends_on=SIGNED - DAY).entries == 1

    def test_says_what_was_done_without_naming_anybody(self, audit: Audit):
        with pytest.raises(FindingNeedsReason):
            audit.sign(statement=" ")
        with pytest.raises(NoteTellsOfSomebody):
            audit.sign(statement="Con juan@example.org")
        with pytest.raises(NotItsAuditor):
            audit.sign(by=audit.cast.ana, drawn_from="x")

    def test_of_days_without_entries_is_right_too(self, audit: Audit):
        signed = audit.sign(starts_on=dt.date(2026, 3, 1), ends_on=dt.date(2026, 3, 31))

        assert (signed.entries, signed.drawn) == (0, 0)
        assert Entry.objects.count() == 11

    def test_is_read_by_the_body_and_of_the_book(self, audit: Audit, cast: Cast):
        signed = audit.sign()

        assert list(read.of_body(cast.federacion)) == list(read.of_book(cast.grafica)) == [signed]
        assert not read.of_book(cast.molino)


def lines(cast: Cast, amount: int) -> list[Line]:
    sides = (("1102", amount), ("4101", -amount))
    return [Line(account=make.account(cast.grafica, number), amount=value) for number, value in sides]


class TestCash:
    def test_the_last_count_before_it_was_signed_stands_with_it(self, audit: Audit, cast: Cast):
        assert audit.prepare().cash is None
        counted = count(cast, {}, 5_00, reason="No se sabe.")

        assert audit.prepare().cash == counted
        signed = audit.sign(at=make.NOON)
        later = make.NOON + dt.timedelta(hours=1)
        count(cast, {}, 5_00, on=SIGNED + DAY, at=later)
        assert read.cash(signed) == counted
