"""What two say of a balance: agreed, differing, not known, said again, explained; and the findings that come of it."""

import datetime as dt

import pytest
from django.utils import timezone

from ledger.actions import balance_answers, findings, reconciliation
from ledger.actions.agreements import NoMandateToday
from ledger.actions.balance_answers import AGREES, Answer, NotYoursToAnswer
from ledger.actions.findings import FindingNeedsReason, NoteTellsOfSomebody
from ledger.actions.refusals_audited import AnswerDoesNotFit, AnsweredMeanwhile, NothingToExplain
from ledger.models import BalanceAnswer, BalanceConfirmation, Finding
from ledger.models.balance_confirmations import Said
from ledger.queries import balance_confirmations as read
from tests.balances import UNTIL, Asked, at, differs, of_flour, of_money, standing
from tests.balances import findings as found_open
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
UNKNOWN = Answer(said=Said.UNKNOWN)


@pytest.fixture
def asked(cast: Cast) -> Asked:
    return Asked(cast)


@pytest.fixture
def found(asked: Asked) -> BalanceConfirmation:
    return asked.call()


class TestAnswer:
    def test_of_each_side_is_kept_beside_the_other(self, asked: Asked, found: BalanceConfirmation):
        cast, balance = asked.cast, of_money(found)
        asked.answer(balance, cast.grafica)
        asked.answer(balance, cast.molino, UNKNOWN)

        told = read.told([balance])[0]
        assert [each.standing and each.standing.said for each in told.sides] == ["unknown", "agrees"]
        assert read.progress(found) == read.Progress(asked=4, agrees=1, differs=0, explained=0, unknown=1)
        assert found_open() == set()

    def test_said_again_stands_and_the_earlier_one_is_read_beneath_it(self, asked: Asked, found: BalanceConfirmation):
        balance, molino = of_money(found), asked.cast.molino
        first = asked.answer(balance, molino, UNKNOWN)
        again = asked.answer(balance, molino, UNKNOWN)
        second = asked.answer(balance, molino, differs(1_000_00))

        assert again == first
        side = read.told([balance])[0].debtor
        assert (side.standing, list(side.earlier)) == (second, [first])
        assert second.replaces == first

    def test_that_one_had_not_seen_is_not_answered_over(self, asked: Asked, found: BalanceConfirmation):
        balance, molino = of_money(found), asked.cast.molino
        first = asked.answer(balance, molino, UNKNOWN)
        with pytest.raises(AnsweredMeanwhile):
            asked.answer(balance, molino, AGREES, instead_of=None)
        asked.answer(balance, molino, AGREES)
        with pytest.raises(AnsweredMeanwhile):
            asked.answer(balance, molino, UNKNOWN, instead_of=first.pk)

    def test_is_for_the_officers_of_the_two_sides(self, asked: Asked, found: BalanceConfirmation):
        cast, balance = asked.cast, of_money(found)
        for person in (cast.nora, cast.ana, cast.silvia):
            with pytest.raises(NoMandateToday):
                asked.answer(balance, cast.molino, by=person)
        with pytest.raises(NotYoursToAnswer):
            asked.answer(balance, cast.textil)

    def test_differs_with_other_figures_and_says_why_without_naming_anybody(
        self, asked: Asked, found: BalanceConfirmation
    ):
        balance, molino = of_money(found), asked.cast.molino
        for what, refusal in (
            (differs(1_200_00), AnswerDoesNotFit),
            (Answer(said=Said.DIFFERS, amount=1, reason="x"), AnswerDoesNotFit),
            (Answer(said=Said.DIFFERS, quantity=1, reason="x"), AnswerDoesNotFit),
            (differs(1, reason="  "), FindingNeedsReason),
            (differs(1, reason="Lo tiene juan@example.org"), NoteTellsOfSomebody),
        ):
            with pytest.raises(refusal):
                asked.answer(balance, molino, what)
        assert not BalanceAnswer.objects.exists()

    def test_late_is_taken_and_says_so(self, asked: Asked, found: BalanceConfirmation):
        late = asked.answer(of_money(found), asked.cast.molino, on=UNTIL + DAY)

        assert late.answered_on > found.answer_until

    def test_with_no_figures_keeps_none(self, asked: Asked, found: BalanceConfirmation):
        told = asked.answer(of_money(found), asked.cast.molino, Answer(said=Said.AGREES, amount=5, reason="x"))

        assert (told.amount, told.quantity, told.reason) == (None, None, "")


class TestAgreeWithAll:
    def test_answers_what_was_not_answered_and_leaves_the_rest(self, asked: Asked, found: BalanceConfirmation):
        molino = asked.cast.molino
        asked.answer(of_money(found), molino, differs(1_000_00))

        assert asked.agree_with_all(found, molino) == 1
        assert asked.agree_with_all(found, molino) == 0
        said = {balance: answer for balance in found.balances.all() if (answer := standing(balance, molino))}
        assert {answer.said for answer in said.values()} == {"differs", "agrees"}
        by = asked.cast.nora
        with pytest.raises(NoMandateToday):
            balance_answers.agree_with_all(found=found, organization=molino.organization, by=by, on=UNTIL, at=at(UNTIL))

    def test_says_nothing_for_whoever_is_on_no_side(self, asked: Asked, found: BalanceConfirmation):
        by, textil = asked.cast.carla, asked.cast.textil.organization
        assert balance_answers.agree_with_all(found=found, organization=textil, by=by, on=UNTIL, at=at(UNTIL)) == 0


class TestFinding:
    def test_shows_both_figures_in_the_book_of_whoever_differs(self, asked: Asked, found: BalanceConfirmation):
        cast = asked.cast
        asked.answer(of_money(found), cast.molino, differs(1_000_00))
        asked.answer(of_flour(found), cast.grafica, differs(900_00, 280_000))
        asked.answer(of_flour(found), cast.molino, differs(910_00, 310_000))

        assert found_open() == {
            ("molino", 1_200_00, 1_000_00, "ARS"),
            ("grafica", 300_000, 280_000, "KG"),
            ("molino", 900_00, 910_00, "ARS"),
            ("molino", 300_000, 310_000, "KG"),
        }
        others = Finding.objects.filter(book=cast.molino).values_list("other__organization__code", flat=True)
        assert set(others) == {"grafica"}

    def test_follows_the_answer_and_closes_once_one_agrees(self, asked: Asked, found: BalanceConfirmation):
        balance, molino = of_money(found), asked.cast.molino
        asked.answer(balance, molino, differs(1_000_00))
        asked.answer(balance, molino, differs(1_100_00))
        assert found_open() == {("molino", 1_200_00, 1_100_00, "ARS")}

        asked.answer(balance, molino)

        assert found_open() == set()
        steps = list(Finding.objects.get().steps.order_by("pk").values_list("verb", flat=True))
        assert steps == ["opened", "changed", "closed"]

    def test_closes_once_the_body_notes_how_it_was_explained(self, asked: Asked, found: BalanceConfirmation):
        balance, cast = of_flour(found), asked.cast
        asked.answer(balance, cast.grafica, differs(900_00, 280_000))
        asked.answer(balance, cast.molino, differs(910_00, 310_000))

        asked.explain(balance)

        assert found_open() == set()
        assert read.progress(found).explained == 2
        # What is said afterwards stands for itself.
        asked.answer(balance, cast.molino, differs(920_00, 310_000), on=UNTIL)
        assert found_open() == {("molino", 900_00, 920_00, "ARS"), ("molino", 300_000, 310_000, "KG")}

    def test_of_one_balance_leaves_those_of_another_alone(self, asked: Asked, found: BalanceConfirmation):
        molino = asked.cast.molino
        asked.answer(of_money(found), molino, differs(1_000_00))
        asked.answer(of_flour(found), molino, differs(910_00, 300_000))

        asked.answer(of_flour(found), molino)

        assert found_open() == {("molino", 1_200_00, 1_000_00, "ARS")}

    @pytest.mark.parametrize("full", [True, False])
    def test_is_found_again_by_reconciliation_until_it_is_right(
        self, asked: Asked, found: BalanceConfirmation, full: bool
    ):
        balance, molino = of_money(found), asked.cast.molino
        asked.answer(balance, molino, differs(1_000_00))
        before = Finding.objects.get()

        assert reconciliation.reconcile(full=full, clock=timezone.now).findings == 1
        assert Finding.objects.get(closed_at=None).pk == before.pk
        asked.answer(balance, molino)
        assert reconciliation.reconcile(full=full, clock=timezone.now).findings == 0

    def test_is_accepted_as_any_other(self, asked: Asked, found: BalanceConfirmation):
        asked.answer(of_money(found), asked.cast.molino, differs(1_000_00))
        findings.accept(
            finding=Finding.objects.get(),
            organization=asked.cast.federacion,
            note="Queda para el cierre.",
            by=asked.fede,
            on=UNTIL,
            at=at(UNTIL),
        )

        assert reconciliation.reconcile(full=True, clock=timezone.now).findings == 0


class TestExplain:
    def test_is_of_a_difference_by_an_officer_of_the_body_with_a_reason(self, asked: Asked, found: BalanceConfirmation):
        balance, cast = of_money(found), asked.cast
        with pytest.raises(NothingToExplain):
            asked.explain(balance)
        asked.answer(balance, cast.molino, differs(1_000_00))
        with pytest.raises(FindingNeedsReason):
            asked.explain(balance, " ")
        for person in (cast.mario, cast.silvia):
            with pytest.raises(NoMandateToday):
                balance_answers.explain(balance=balance, note="Sí.", by=person, on=UNTIL, at=at(UNTIL))

        asked.explain(balance)

        with pytest.raises(NothingToExplain):
            asked.explain(balance)


class TestList:
    def test_shows_differences_first_then_who_does_not_know_then_who_is_silent(
        self, asked: Asked, found: BalanceConfirmation
    ):
        cast, money, flour = asked.cast, of_money(found), of_flour(found)
        asked.answer(money, cast.molino, UNKNOWN)
        assert list(read.differences_first(found)) == [money, flour]
        asked.answer(flour, cast.grafica, differs(1_00, 1))
        assert list(read.differences_first(found)) == [flour, money]
        asked.explain(flour)
        asked.agree_with_all(found, cast.molino)
        asked.agree_with_all(found, cast.grafica)
        asked.answer(money, cast.molino)
        assert [each.urgency for each in read.differences_first(found)] == [3, 3]

    def test_counts_for_each_member_what_it_answered(self, asked: Asked, found: BalanceConfirmation):
        asked.answer(of_money(found), asked.cast.molino, UNKNOWN)
        asked.answer(of_money(found), asked.cast.molino)

        rows = read.asked_members(found).values_list("code", "asked", "answered")
        assert list(rows) == [("grafica", 2, 0), ("molino", 2, 1)]

    def test_of_a_party_says_how_many_wait_while_there_is_time(self, asked: Asked, found: BalanceConfirmation):
        molino = asked.cast.molino.organization
        asked.answer(of_money(found), asked.cast.molino)

        assert [each.unanswered for each in read.waiting_for(molino, on=UNTIL)] == [1]
        assert not read.waiting_for(molino, on=UNTIL + DAY)
        asked.agree_with_all(found, asked.cast.molino)
        assert not read.waiting_for(molino, on=UNTIL)
        assert list(read.of_party(molino)) == [found]
        assert not read.of_party(asked.cast.textil.organization)
