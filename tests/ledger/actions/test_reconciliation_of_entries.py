"""Reconciliation of what entries and papers say of themselves: once in each book, in time, once a paper, of nobody."""

import uuid

import pytest
from django.utils import timezone

from ledger.actions import barter, deliveries, reconciliation
from ledger.actions.deliveries import Papers
from ledger.models import Delivery, Event, Finding
from tests import make
from tests.barters import BAGS_DAY, accepted, bags
from tests.cast import Cast
from tests.findings import behind_the_back

pytestmark = pytest.mark.django_db


def found() -> set[tuple[str, str]]:
    """Return which checks find something now, and in whose book."""
    reconciliation.reconcile(full=True, clock=timezone.now)
    rows = Finding.objects.filter(closed_at=None).values_list("check_code", "book__organization__code")
    return {(check, code or "") for check, code in rows}


def invoiced(agreement, cast: Cast, invoice: str, *, on=BAGS_DAY, quantity: int = 1_000) -> Delivery:
    """Let the print shop hand over bags on an invoice, and the mill say so."""
    line = agreement.lines.get(thing="Bolsas impresas").pk
    delivery = deliveries.log(
        agreement=agreement,
        key=uuid.uuid4(),
        giver=cast.grafica.organization,
        quantities={line: quantity},
        happened_on=on,
        papers=Papers(invoice=invoice),
        by=cast.beto,
        on=on,
    )
    return barter.confirm(delivery=delivery, by=cast.mario, on=on)


class TestEntries:
    @pytest.fixture
    def books(self, cast: Cast) -> Cast:
        make.delivery(cast.grafica, cast.molino, 100_00)
        assert found() == set()
        return cast

    def test_that_are_missing_in_a_book_are_found(self, books: Cast):
        behind_the_back(f"DELETE FROM ledger_entry WHERE book_id = {books.molino.pk}")

        assert ("entered", "molino") in found()

    def test_without_lines_are_found(self, books: Cast):
        event = Event.objects.get().pk
        behind_the_back(
            "INSERT INTO ledger_entry (event_id, book_id, year, number, booked_on)"
            f" VALUES ({event}, {books.textil.pk}, 2026, 1, '2026-05-04')"
        )

        assert found() == {("entered", "textil")}

    def test_in_a_closed_period_are_found(self, books: Cast):
        row = f"({books.molino.pk}, '2026-12-31', '2020-01-01 00:00:00+00:00')"
        behind_the_back(f"INSERT INTO ledger_closing (book_id, through, recorded_at) VALUES {row}")

        assert found() == {("closed", "molino")}

    @pytest.mark.parametrize("told", ["DNI 12.345.678", "Retira Ana Gómez", "avisar a ana@example.org"])
    def test_that_tell_of_a_person_are_found_and_not_repeated(self, books: Cast, told: str):
        make.member("Ana Gómez", books.grafica.organization)
        behind_the_back(f"UPDATE ledger_event SET memo = '{told}'")

        codes = {code for check, code in found() if check == "personal"}
        # Her name is one in the book of the cooperative that she is of, and nobody's elsewhere.
        assert codes == ({"grafica"} if "Gómez" in told else {"grafica", "molino"})
        finding = Finding.objects.filter(check_code="personal", book=books.grafica).get()
        assert told not in f"{finding} {finding.get_check_code_display()}"

    def test_of_all_books_do_not_come_to_zero_where_a_debt_was_changed(self, books: Cast):
        behind_the_back("UPDATE ledger_accountbalance SET amount = amount + 1 WHERE amount = 10000")

        assert ("network", "") in found()
        whole = Finding.objects.get(check_code="network")
        assert (whole.book, whole.unit.code, whole.found) == (None, "ARS", 1)


class TestPapers:
    def test_of_one_invoice_after_another_are_right(self, cast: Cast):
        agreement = accepted(cast)
        for invoice in ("A 0003-00001234", "A 0003-00001235", "", "", "7", "7"):
            invoiced(agreement, cast, invoice)

        assert found() == set()

    def test_told_twice_are_found_however_they_were_typed(self, cast: Cast):
        agreement = accepted(cast)
        first = invoiced(agreement, cast, "A 0003-00001234")
        second = invoiced(agreement, cast, "a 3-1234")

        assert found() == {("papers", "grafica")}
        finding = Finding.objects.get()
        assert (finding.event, finding.agreement, finding.other) == (second.event, agreement, cast.molino)
        assert first.event != second.event

    def test_of_several_days_under_one_agreement_are_one_invoice(self, cast: Cast):
        agreement = accepted(cast)
        invoiced(agreement, cast, "A 0003-00001234")
        invoiced(agreement, cast, "A 0003-00001234", on=timezone.localdate())
        assert found() == set()

        invoiced(accepted(cast), cast, "A 0003-00001234", on=timezone.localdate())
        assert found() == {("papers", "grafica")}


class TestWithoutEverythingAgain:
    """What stands open is looked at again by itself, and closes once it is right: not everything is recomputed."""

    @pytest.mark.parametrize(
        ("wrong", "right"),
        [
            (
                "UPDATE ledger_deliveryitem SET vat = vat + 100",
                "UPDATE ledger_deliveryitem SET vat = vat - 100",
            ),
            (
                "UPDATE ledger_agreementline SET quantity = quantity - 59000 WHERE quantity = 60000",
                "UPDATE ledger_agreementline SET quantity = quantity + 59000 WHERE quantity = 1000",
            ),
            (
                "UPDATE ledger_claimbalance SET amount = amount + 1",
                "UPDATE ledger_claimbalance SET amount = amount - 1",
            ),
            (
                "UPDATE ledger_entry SET number = number + 5",
                "UPDATE ledger_entry SET number = number - 5",
            ),
            (
                "UPDATE ledger_accountbalance SET amount = amount + 1",
                "UPDATE ledger_accountbalance SET amount = amount - 1",
            ),
            (
                "UPDATE ledger_posting SET amount = amount + 1 WHERE line = 1",
                "UPDATE ledger_posting SET amount = amount - 1 WHERE line = 1",
            ),
            (
                "UPDATE ledger_event SET memo = memo || ' DNI 12.345.678'",
                "UPDATE ledger_event SET memo = 'Bolsas'",
            ),
        ],
    )
    def test_closes(self, cast: Cast, wrong: str, right: str):
        bags(accepted(cast), cast, 30_000)
        behind_the_back(wrong)
        assert reconciliation.reconcile(full=True, clock=timezone.now).findings
        still = reconciliation.reconcile(full=False, clock=timezone.now)
        assert not still.is_full
        assert still.findings == Finding.objects.filter(closed_at=None).count() > 0

        behind_the_back(right)

        assert reconciliation.reconcile(full=False, clock=timezone.now).findings == 0
        assert not Finding.objects.filter(closed_at=None).exists()
