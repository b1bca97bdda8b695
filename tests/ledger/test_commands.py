"""The commands of whoever runs the installation: open a book, close a period, reconcile."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from ledger.models import Book, Closing
from tests import make
from tests.cast import Cast


class TestOpenBook:
    def test_opens_it_with_the_chart(self, db: None):
        make.organization("nueva")

        call_command("open_book", code="nueva", month=7)

        book = Book.objects.get()
        assert book.year_starts_month == 7
        assert book.accounts.filter(number="1102").exists()

    def test_says_what_is_wrong(self, cast: Cast):
        for changes in ({"code": "nadie"}, {"code": "grafica"}, {"code": "federacion", "unit": "KG"}):
            with pytest.raises(CommandError, match=r"\."):
                call_command("open_book", **changes)


class TestClosePeriod:
    def test_is_done_by_an_officer(self, cast: Cast):
        call_command("close_period", code="grafica", through=dt.date(2025, 12, 31), by=cast.ana.email)

        assert Closing.objects.get().recorded_by == cast.ana

    def test_is_refused_to_a_member(self, cast: Cast):
        with pytest.raises(CommandError, match=r"Gráfica"):
            call_command("close_period", code="grafica", through=dt.date(2025, 12, 31), by=cast.beto.email)


class TestReconcile:
    def test_tells_and_ends_well(self, cast: Cast, capsys):
        make.delivery(cast.grafica, cast.molino)

        call_command("reconcile", full=True)

        assert "0 findings" in capsys.readouterr().out
