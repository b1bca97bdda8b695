"""`manage.py report`: a paper at the console."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.reports import exchanges
from tests.reports.verapdf import ROOT

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("report", *arguments, stdout=out)
    return out.getvalue()


def wanted(out: Path, /, **changes: str) -> list[str]:
    options = {"for": "grafica", "from": "2023-11-01", "to": "30/11/2023", "out": str(out)} | changes
    return ["statement", *(part for name, value in options.items() for part in (f"--{name}", value))]


class TestReport:
    def test_writes_the_statement(self, cast, tmp_path):
        exchanges.bags_for_flour(cast)
        out = tmp_path / "noviembre.pdf"

        said = run(*wanted(out))

        assert out.read_bytes().startswith(b"%PDF-1.7")
        assert str(out) in said

    def test_lists_the_reports_and_who_keeps_a_book(self, cast):
        said = run("--list")

        assert said.startswith("statement  ")
        assert "grafica  Gráfica" in said
        assert "federacion" not in said

    @pytest.mark.parametrize(
        ("changes", "word"),
        [
            ({"for": "nadie"}, "nadie"),
            ({"for": "federacion"}, "Federación"),
            ({"from": "31/02/2023"}, "31/02/2023"),
            ({"to": "2023-10-01"}, ""),
            ({"to": "2099-10-01"}, ""),
            ({"language": "tlh"}, "tlh"),
            ({"out": "/nowhere/at/all.pdf"}, "/nowhere/at/all.pdf"),
        ],
    )
    def test_says_in_a_sentence_what_is_wrong(self, cast, tmp_path, changes, word):
        with pytest.raises(CommandError) as refused:
            run(*wanted(tmp_path / "x.pdf", **changes))

        assert word in str(refused.value)
        assert str(refused.value).endswith(".")
        assert refused.value.returncode == 1

    def test_asks_for_what_is_missing(self, cast):
        with pytest.raises(CommandError, match="--list"):
            run("statement")

    def test_knows_no_other_report(self, cast, tmp_path):
        with pytest.raises(CommandError, match="poem"):
            run("poem", *wanted(tmp_path / "x.pdf")[1:])


class TestSameBytes:
    """Made by other processes, with other hash seeds, also once the books have gone on."""

    def test_in_every_process_and_after_later_events(self, tmp_path):
        self._alone(tmp_path, "-m", "tests.reports.alone", "barter")
        first = self._report(tmp_path, seed="1")
        second = self._report(tmp_path, seed="2")
        self._alone(tmp_path, "-m", "tests.reports.alone", "later")
        third = self._report(tmp_path, seed="3")

        assert first == second == third

    def _report(self, folder: Path, *, seed: str) -> bytes:
        out = folder / f"{seed}.pdf"
        self._alone(folder, "manage.py", "report", *wanted(out), seed=seed)
        return out.read_bytes()

    def _alone(self, folder: Path, *arguments: str, seed: str = "0") -> None:
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PYTHONHASHSEED"}}
        surroundings = kept | {
            "TRAMA_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONHASHSEED": seed,
        }
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
