"""The papers of a balance confirmation: archival, accessible, the same bytes twice, to the cent, nobody's name."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from ledger.models import BalanceConfirmation
from ledger.queries import balance_confirmations as read
from reports.actions import balances
from tests import make
from tests.balances import CALLED, UNTIL, Asked, at, differs, of_flour, of_money
from tests.cast import Cast
from tests.reports.verapdf import judge

pytestmark = pytest.mark.django_db
ADDRESS = "https://trama.example/coop/molino/balances/1/"


@pytest.fixture
def asked(cast: Cast) -> Asked:
    return Asked(cast)


@pytest.fixture
def found(asked: Asked) -> BalanceConfirmation:
    found = asked.call()
    asked.agree_with_all(found, asked.cast.grafica)
    asked.answer(of_money(found), asked.cast.molino, differs(1_000_00))
    return found


def letter(found: BalanceConfirmation, asked: Asked) -> str:
    return balances.letter_html(found, asked.cast.molino.organization, language="es-ar", made_at=make.NOON)


def summary(found: BalanceConfirmation, *, on=UNTIL) -> str:
    rows = read.told(list(read.differences_first(found)))
    return balances.summary_html(found, rows, language="es-ar", made_at=at(on))


class TestPapers:
    def test_are_archival_accessible_and_made_alike_twice(
        self, asked: Asked, found: BalanceConfirmation, tmp_path: Path
    ):
        molino = asked.cast.molino.organization
        for language in ("es-ar", "en"):
            told = {"found": found, "address": ADDRESS, "language": language, "at": make.NOON}
            for name, make_it in (
                ("letter", lambda told=told: balances.letter(member=molino, **told)),
                ("summary", lambda told=told: balances.summary(on=UNTIL, **told)),
            ):
                first, second = make_it(), make_it()

                assert first == second
                (tmp_path / f"{name}-{language}.pdf").write_bytes(first)
                with pikepdf.open(io.BytesIO(first)) as document:
                    assert len(document.pages) == 1, name
        for flavour, verdict in judge(sorted(tmp_path.glob("*.pdf"))).items():
            assert verdict["checks"], flavour
            assert not verdict["failed"], flavour

    def test_of_many_balances_run_on_over_pages(self, asked: Asked, tmp_path: Path):
        cast = asked.cast
        for number in range(40):
            thing = f"harina de la partida {number} con un nombre largo"
            asked.owe(cast.molino, cast.grafica, 1_00, peg=make.measure("KG", thing), quantity=1_000)
        found = asked.call()
        told = {"found": found, "address": ADDRESS, "language": "es-ar", "at": make.NOON}
        (tmp_path / "letter.pdf").write_bytes(balances.letter(member=cast.molino.organization, **told))
        (tmp_path / "summary.pdf").write_bytes(balances.summary(on=UNTIL, **told))

        for path in tmp_path.glob("*.pdf"):
            with pikepdf.open(path) as document:
                assert len(document.pages) > 1, path
        for flavour, verdict in judge(sorted(tmp_path.glob("*.pdf"))).items():
            assert verdict["checks"], flavour
            assert not verdict["failed"], flavour

    def test_of_more_balances_than_are_printed_says_where_the_others_are(self, found: BalanceConfirmation):
        rows = read.told(list(read.differences_first(found))) * 200
        told = balances.summary_html(found, rows, language="en", made_at=at(UNTIL))

        assert told.count("<tr") < balances.PRINTED_MAX + 20
        assert "100" in told.split('class="note"')[1]


class TestLetter:
    def test_asks_of_each_balance_in_plain_words_and_names_nobody(self, asked: Asked, found: BalanceConfirmation):
        told = letter(found, asked)

        for words in ("Molino", "Gráfica", "Federación", found.code, "18/05/2026", "30 de abril de 2026"):
            assert words in told, words
        for figure in ("$ 1.200,00", "$ 900,00", "300 kg"):
            assert figure.replace(" ", "\u00a0") in told, figure
        assert told.count('<span class="tick">') == 2 * 2
        for person in ("Ana", "Mario", "Fede "):
            assert person not in told
        # What was answered is not in it: a letter asks.
        assert "1.000,00" not in told

    def test_asks_nothing_of_what_others_owe_each_other(self, asked: Asked):
        cast = asked.cast
        make.affiliation(cast.textil.organization, cast.federacion)
        asked.owe(cast.textil, cast.grafica, 77_00)

        assert "77,00" not in letter(asked.call(), asked)

    def test_carries_what_it_asks_as_table_and_data(self, asked: Asked, found: BalanceConfirmation):
        paper = balances.letter(
            found=found, member=asked.cast.molino.organization, address=ADDRESS, language="es-ar", at=make.NOON
        )
        table, data = carried(paper)

        assert table == [
            ["1", "grafica", "molino", "ARS", "900.00", "300.000", "KG", "harina"],
            ["2", "molino", "grafica", "ARS", "1200.00", "", "", ""],
        ]
        assert (data["format"], data["as_of"], len(data["balances"])) == ("trama-balances-1", "2026-04-30", 2)


class TestSummary:
    def test_counts_and_tells_differences_first(self, asked: Asked, found: BalanceConfirmation):
        told = summary(found)

        assert told.index("2. Molino") < told.index("1. Gráfica")
        assert "$ 1.000,00".replace(" ", "\u00a0") in told
        assert "Falta la factura 12." in told
        assert "18/05/2026" in told

    def test_says_who_did_not_answer_and_how_a_difference_was_explained(self, asked: Asked, found: BalanceConfirmation):
        asked.explain(of_money(found))
        late = UNTIL.replace(day=19)
        asked.answer(of_flour(found), asked.cast.grafica, differs(1_00, 1), on=late)
        told = summary(found, on=late)

        assert "La factura llegó en mayo." in told
        assert "No respondió hasta el 18/05/2026" in told
        assert "fuera de plazo" in told

    def test_carries_all_answers(self, asked: Asked, found: BalanceConfirmation):
        paper = balances.summary(found=found, address=ADDRESS, language="es-ar", on=UNTIL, at=make.NOON)
        table, data = carried(paper)

        flat = {name: value for name, value in data["balances"][0].items() if value}
        assert flat == {
            "number": "2",
            "debtor": "molino",
            "creditor": "grafica",
            "unit": "ARS",
            "amount": "1200.00",
            "debtor_says": "differs",
            "debtor_amount_instead": "1000.00",
            "debtor_reason": "Falta la factura 12.",
            "debtor_on": CALLED.isoformat(),
            "creditor_says": "agrees",
            "creditor_on": CALLED.isoformat(),
        }
        assert [row[0] for row in table] == ["2", "1"]


def carried(paper: bytes) -> tuple[list[list[str]], dict[str, Any]]:
    """Return the table inside a paper, without its head, and the data."""
    with pikepdf.open(io.BytesIO(paper)) as document:
        files = {name: each.get_file().read_bytes() for name, each in document.attachments.items()}
    table = list(csv.reader(io.StringIO(files["balances.csv"].decode())))
    return table[1:], json.loads(files["balances.json"])
