"""The statement on paper: its words, its files, its pages."""

import csv
import datetime as dt
import io
import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from django.utils import translation

from ledger.actions.facts import Line
from ledger.models import Event
from reports.actions import attachments
from reports.actions import papers as printing
from reports.actions import statement as paper
from reports.queries.statement import Statement, statement
from tests import make
from tests.cast import Cast
from tests.reports import exchanges
from tests.reports.verapdf import judge

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


def told(cast: Cast, period=exchanges.NOVEMBER) -> Statement:
    last = Event.objects.order_by("pk").last()
    return statement(book=cast.grafica, starts_on=period[0], ends_on=period[1], cutoff_event=last.pk if last else 0)


def text_of(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return done.stdout


class TestSentences:
    def test_say_who_owes_what_in_goods_first(self, cast):
        exchanges.bags_for_flour(cast)

        with translation.override("en"):
            said = paper.sentences(told(cast).debts)

        assert said == [
            f"Molino owes you 2,000{NBSP}kg of harina (in the books at ${NBSP}600,000.00), and ${NBSP}189,000.00."
        ]

    def test_say_so_when_nobody_owes_anything(self, cast):
        with translation.override("en"):
            assert paper.sentences(()) == ["Nobody owes you anything, and you owe nobody anything."]

    def test_turn_round_a_debt_that_went_below_zero(self, cast):
        debt = make.claim(cast.molino, cast.grafica, on=dt.date(2023, 11, 2))
        exchanges.given(
            cast.molino, cast.grafica, value=500_00, claim=debt, quantity=1, on=dt.date(2023, 11, 2), memo="x"
        )

        with translation.override("en"):
            assert paper.sentences(told(cast).debts) == [f"You owe Molino ${NBSP}500.00."]

    def test_stop_where_they_would_be_a_table(self, cast):
        exchanges.a_year(cast.grafica)

        with translation.override("en"):
            said = paper.sentences(told(cast, exchanges.YEAR).debts)

        assert len(said) == paper.SENTENCES_MAX + 1
        assert said[-1].endswith("more are in the tables below.")


class TestAttachments:
    def test_carry_the_journal_to_the_cent(self, cast):
        exchanges.bags_for_flour(cast)

        journal, _data = attachments.of_statement(told(cast))
        rows = list(csv.DictReader(io.StringIO(journal.content.decode(), newline="")))

        assert {row["booked_on"] for row in rows} == {"2023-11-20", "2023-11-27"}
        assert sum(Decimal(row["debit"] or 0) for row in rows) == Decimal("2115000.00")
        assert sum(Decimal(row["credit"] or 0) for row in rows) == Decimal("2115000.00")
        flour = [row for row in rows if row["account"] == "1202" and row["peg"] == "KG harina"]
        assert [(row["counterparty"], row["quantity"]) for row in flour] == [
            ("molino", "4000.000"),
            ("molino", "-2000.000"),
        ]

    def test_carry_everything_as_data(self, cast):
        exchanges.bags_for_flour(cast)

        _journal, data = attachments.of_statement(told(cast))
        said = json.loads(data.content)

        assert said["format"] == "trama-statement-2"
        assert [(debt["closing"], debt["closing_quantity"]) for debt in said["debts"]] == [
            ("189000.00", "0.00"),
            ("600000.00", "2000.000"),
        ]
        assert said["totals"] == [{"unit": "ARS", "entries": 2, "debit": "2115000.00", "credit": "2115000.00"}]
        assert len(said["entries"]) == 2

    def test_let_no_memo_of_another_run_as_a_formula(self, cast):
        make.delivery(cast.molino, cast.grafica, on=dt.date(2023, 11, 3), memo="=1+1")

        journal, data = attachments.of_statement(told(cast))

        assert b",'=1+1," in journal.content
        assert json.loads(data.content)["entries"][0]["memo"] == "=1+1"


class TestCompose:
    @pytest.mark.timeout(240)
    def test_conforms_small_typical_and_large_in_both_languages(self, cast, tmp_path):
        """Small: two barters. Typical: some entries. Long: many pages. Large: above what is printed."""
        papers = {"empty-en": (told(cast), "en")}
        exchanges.bags_for_flour(cast)
        small = told(cast)
        for n in range(26):
            pairs = [(make.account(cast.grafica, "1102"), 1), (make.account(cast.grafica, "4101"), -1)] * 20
            lines = [Line(account=account, amount=sign * (n + 1) * 100_00) for account, sign in pairs]
            make.event(lines, on=dt.date(2024, 1, 1) + dt.timedelta(days=n * 5), memo=f"Ventas de la semana {n + 1}")
        typical = told(cast, (dt.date(2024, 1, 1), dt.date(2024, 1, 20)))
        long = told(cast, (dt.date(2024, 1, 1), dt.date(2024, 2, 20)))
        large = told(cast, (dt.date(2023, 11, 1), dt.date(2024, 12, 31)))
        papers |= {
            "small-es": (small, "es-ar"),
            "small-en": (small, "en"),
            "typical-es": (typical, "es-ar"),
            "long-es": (long, "es-ar"),
            "large-en": (large, "en"),
        }
        for name, (shown, language) in papers.items():
            (tmp_path / f"{name}.pdf").write_bytes(paper.compose(shown, language=language))
        paths = sorted(tmp_path.glob("*.pdf"))

        verdicts = judge(paths)

        assert {name: verdict["failed"] for name, verdict in verdicts.items() if verdict["failed"]} == {}
        assert len(verdicts) == 2 * len(papers)
        for path in paths:
            assert shutil.which("qpdf"), "apt-get install qpdf"
            done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
        assert large.line_count > printing.PRINTED_LINES_MAX >= long.line_count > 300
        assert "too many to print" in " ".join(text_of(tmp_path / "large-en.pdf").split())
        with pikepdf.open(tmp_path / "large-en.pdf") as document:
            content = document.attachments["journal.csv"].get_file().read_bytes()
        assert content.count(b"\r\n") == large.line_count + 1

    def test_prints_numbers_and_days_as_they_are_written_there(self, cast, tmp_path):
        exchanges.bags_for_flour(cast)
        path = tmp_path / "es.pdf"
        path.write_bytes(paper.compose(told(cast), language="es-ar"))

        text = text_of(path).replace(NBSP, " ")

        for expected in ("30-99900001-7", "1.200.000,00", "20/11/2023", "2.000 kg", "4103", "Ventas por permuta"):
            assert expected in text

    def test_repeats_the_head_of_the_journal_on_every_page(self, cast, tmp_path):
        exchanges.a_year(cast.grafica, partners=6)
        path = tmp_path / "en.pdf"
        path.write_bytes(paper.compose(told(cast, exchanges.YEAR), language="en"))

        pages = [page for page in text_of(path).split("\f") if "Barter sales" in page]

        assert len(pages) > 2
        for page in pages:
            assert "Account" in page
            assert "Credit" in page

    def test_does_not_change_when_more_is_written_later(self, cast):
        exchanges.bags_for_flour(cast)
        period, last = exchanges.NOVEMBER, Event.objects.latest("pk").pk
        before = paper.compose(told(cast), language="es-ar")
        make.delivery(cast.grafica, cast.molino, on=dt.date(2023, 11, 30))
        make.delivery(cast.grafica, cast.textil, on=dt.date(2023, 12, 1))

        after = statement(book=cast.grafica, starts_on=period[0], ends_on=period[1], cutoff_event=last)

        assert paper.compose(after, language="es-ar") == before
        assert paper.compose(told(cast), language="es-ar") != before

    def test_escapes_what_people_write(self, cast):
        make.delivery(cast.molino, cast.grafica, on=dt.date(2023, 11, 3), memo='<img src="file:///etc/passwd"> & 😀')

        assert paper.compose(told(cast), language="es-ar").startswith(b"%PDF-1.7")
