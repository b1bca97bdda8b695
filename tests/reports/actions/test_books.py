"""The journal, the ledger and the trial balance on paper: they conform, carry their rows, and print what they say."""

import csv
import datetime as dt
import hashlib
import io
import json
import re
import subprocess
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest

from ledger.actions.facts import Line
from ledger.models import Event
from reports.actions.kinds import KINDS
from tests import make
from tests.cast import Cast
from tests.reports import exchanges
from tests.reports.verapdf import judge

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"
BOOKS = ("journal", "ledger", "trial-balance")


def printed(cast: Cast, kind: str, path: Path, *, period=exchanges.YEAR, language: str = "en") -> Path:
    last = Event.objects.order_by("pk").last()
    figures = KINDS[kind].figures(
        book=cast.grafica, starts_on=period[0], ends_on=period[1], cutoff_event=last.pk if last else 0
    )
    path.write_bytes(KINDS[kind].compose(figures, language=language))
    return path


def pages_of(path: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return done.stdout.replace(NBSP, " ").split("\f")[:-1]


def inside(path: Path, name: str) -> bytes:
    with pikepdf.open(path) as document:
        content: bytes = document.attachments[name].get_file().read_bytes()
        return content


def many(cast: Cast, *, events: int, pairs: int) -> None:
    for n in range(events):
        sides = [(make.account(cast.grafica, "1102"), 1), (make.account(cast.grafica, "4101"), -1)] * pairs
        lines = [Line(account=account, amount=sign * (n + 1) * 100_00) for account, sign in sides]
        make.event(lines, on=dt.date(2023, 1, 2) + dt.timedelta(days=n * 5), memo=f"Ventas de la semana {n + 1}")


class TestConformance:
    @pytest.mark.timeout(400)
    @pytest.mark.parametrize("kind", BOOKS)
    def test_passes_empty_small_typical_and_large_in_both_languages(self, cast, tmp_path, kind):
        """Empty, two barters, a year of them, and above what is printed."""
        printed(cast, kind, tmp_path / "empty-es.pdf", language="es-ar")
        exchanges.bags_for_flour(cast)
        for language in ("es-ar", "en"):
            printed(cast, kind, tmp_path / f"small-{language}.pdf", language=language)
        many_after(cast)
        for language in ("es-ar", "en"):
            printed(cast, kind, tmp_path / f"typical-{language}.pdf", period=TYPICAL, language=language)
            printed(cast, kind, tmp_path / f"large-{language}.pdf", period=LARGE, language=language)
        paths = sorted(tmp_path.glob("*.pdf"))

        verdicts = judge(paths)

        assert {name: verdict["failed"] for name, verdict in verdicts.items() if verdict["failed"]} == {}
        assert len(verdicts) == 2 * len(paths) == 14


TYPICAL = (dt.date(2024, 1, 1), dt.date(2024, 1, 31))
LARGE = (dt.date(2023, 11, 1), dt.date(2024, 12, 31))


def many_after(cast: Cast) -> None:
    """Go on writing after November: a few long entries, more than are printed in all."""
    sides = [(make.account(cast.grafica, "1102"), 1), (make.account(cast.grafica, "4101"), -1)] * 20
    for n in range(26):
        lines = [Line(account=account, amount=sign * (n + 1) * 100_00) for account, sign in sides]
        make.event(lines, on=dt.date(2024, 1, 1) + dt.timedelta(days=n * 7), memo=f"Ventas de la semana {n + 1}")


class TestJournal:
    def test_begins_each_page_with_what_the_one_before_ended_with(self, cast, tmp_path):
        many(cast, events=9, pairs=15)

        pages = pages_of(printed(cast, "journal", tmp_path / "x.pdf"))

        said = r"debit \$ ([\d.,]+), credit \$ ([\d.,]+)"
        brought = [re.search("Brought forward: " + said, page) for page in pages]
        carried = [re.search("To carry forward: " + said, page) for page in pages]
        feet = [found.groups() for found in carried if found]
        heads = [found.groups() for found in brought if found]
        assert heads[0] == ("0.00", "0.00")
        assert feet == heads[1:]
        assert len(feet) == len(pages) - 2 >= 4
        # An entry that passes from one page to the next is carried in its middle, too.
        assert any(debit != credit for debit, credit in feet)

    def test_ends_with_the_sum_and_the_last_number(self, cast, tmp_path):
        many(cast, events=3, pairs=1)

        text = " ".join(pages_of(printed(cast, "journal", tmp_path / "x.pdf"))[-1].split())

        assert "Sum: debit $ 600.00, credit $ 600.00" in text
        assert "The last entry of the period is number 3/2023." in text

    def test_prints_the_hash_of_the_rows_that_it_carries(self, cast, tmp_path):
        exchanges.bags_for_flour(cast)
        path = printed(cast, "journal", tmp_path / "x.pdf", language="es-ar")

        rows = inside(path, "journal.csv")

        assert hashlib.sha256(rows).hexdigest() in "".join(pages_of(path)[0].split())
        assert rows.count(b"\r\n") == 8 + 1

    def test_prints_sums_by_month_where_it_is_long_and_carries_every_line(self, cast, tmp_path):
        many_after(cast)
        path = printed(cast, "journal", tmp_path / "x.pdf", period=LARGE)

        text = " ".join(" ".join(pages_of(path)).split())

        assert "too many to print" in text
        assert "January 2024" in text
        assert inside(path, "journal.csv").count(b"\r\n") == 26 * 40 + 1


class TestLedger:
    def test_prints_each_account_from_what_it_held_to_what_it_holds(self, cast, tmp_path):
        many(cast, events=2, pairs=1)

        text = " ".join(pages_of(printed(cast, "ledger", tmp_path / "x.pdf"))[-1].split())

        bank = text[text.index("1102 ") : text.index("4101 ")]
        assert "01/01/2023 What it held before 0.00" in bank
        assert "1/2023 Ventas de la semana 1 100.00 100.00" in bank
        assert "2/2023 Ventas de la semana 2 200.00 300.00" in bank
        assert "31/12/2023 What it holds 300.00 300.00" in bank

    def test_carries_its_rows_with_their_balances(self, cast, tmp_path):
        exchanges.a_year(cast.grafica)
        path = printed(cast, "ledger", tmp_path / "x.pdf")

        rows = list(csv.DictReader(io.StringIO(inside(path, "ledger.csv").decode(), newline="")))
        held = {
            (each["account"], each["counterparty"] or "", each["peg"] and each["peg"]["thing"]): each["closing"]
            for each in json.loads(inside(path, "ledger.json"))["accounts"]
        }

        assert sum(Decimal(row["debit"] or 0) for row in rows) == sum(Decimal(row["credit"] or 0) for row in rows) > 0
        last_of_bank = [row["balance"] for row in rows if row["account"] == "4103"][-1]
        assert held["4103", "", None] == last_of_bank


class TestTrialBalance:
    def test_prints_what_adds_up(self, cast, tmp_path):
        exchanges.bags_for_flour(cast)

        text = " ".join(" ".join(pages_of(printed(cast, "trial-balance", tmp_path / "x.pdf"))).split())

        assert "2,000 kg" in text
        assert "Sum 2,115,000.00 2,115,000.00 1,452,000.00 1,452,000.00" in text

    def test_carries_its_rows(self, cast, tmp_path):
        exchanges.bags_for_flour(cast)
        path = printed(cast, "trial-balance", tmp_path / "x.pdf")

        rows = list(csv.DictReader(io.StringIO(inside(path, "trial-balance.csv").decode(), newline="")))

        assert sum(Decimal(row["closing"]) for row in rows) == 0
        assert [row["closing_quantity"] for row in rows if row["peg"] == "KG harina"] == ["2000.000"]


class TestAllBooks:
    @pytest.mark.parametrize("kind", BOOKS)
    def test_give_the_same_bytes_also_after_more_was_written(self, cast, tmp_path, kind):
        exchanges.bags_for_flour(cast)
        cutoff = Event.objects.latest("pk").pk
        before = printed(cast, kind, tmp_path / "before.pdf", period=exchanges.NOVEMBER).read_bytes()
        make.delivery(cast.grafica, cast.molino, on=dt.date(2023, 11, 30))

        starts_on, ends_on = exchanges.NOVEMBER
        told = KINDS[kind].figures(book=cast.grafica, starts_on=starts_on, ends_on=ends_on, cutoff_event=cutoff)

        assert KINDS[kind].compose(told, language="en") == before

    @pytest.mark.parametrize("kind", BOOKS)
    def test_escape_what_people_write(self, cast, tmp_path, kind):
        make.delivery(cast.molino, cast.grafica, on=dt.date(2023, 11, 3), memo='<img src="file:///etc/passwd"> & "x')

        text = "".join(pages_of(printed(cast, kind, tmp_path / "x.pdf")))

        assert kind == "trial-balance" or "<img" in text
