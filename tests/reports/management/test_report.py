"""`manage.py report`: a paper at the console."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.actions.kinds import KINDS
from tests import make
from tests.reports import exchanges, packs
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

    def test_lists_each_report_with_a_book_that_it_can_be_made_for(self, cast, tmp_path):
        packs.book_of(cast.federacion)
        make.delivery(cast.molino, cast.textil, on=exchanges.NOVEMBER[0])

        listed = [line.split("  ")[:2] for line in run("--list").splitlines()]

        assert [kind for kind, _ in listed] == list(KINDS)
        for kind, code in listed:
            out = tmp_path / f"{kind}.pdf"
            run(kind, *wanted(out, **{"for": code})[1:])
            assert out.read_bytes().startswith(b"%PDF-1.7")

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


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Return the data folder of an installation of its own, with two barters in its books."""
    made: Path = tmp_path_factory.mktemp("alone")
    done = alone(made, "-m", "tests.reports.alone", "barter")
    assert done.returncode == 0, done.stderr[-2000:]
    return made


def alone(folder: Path, *arguments: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own on the data in a folder."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PYTHONHASHSEED"}}
    own = {"TRAMA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | own | surroundings,
        capture_output=True,
        text=True,
        check=False,
    )


class TestAlone:
    """Made by other processes."""

    def test_gives_the_same_bytes_with_any_hash_seed_and_once_the_books_have_gone_on(self, folder):
        made = [self._report(folder, seed) for seed in ("1", "2")]
        assert alone(folder, "-m", "tests.reports.alone", "later").returncode == 0
        made.append(self._report(folder, "3"))

        assert made[0] == made[1] == made[2]

    def _report(self, folder: Path, seed: str) -> bytes:
        out = folder / f"{seed}.pdf"
        done = alone(folder, "manage.py", "report", *wanted(out), PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr[-2000:]
        return out.read_bytes()

    def test_says_so_where_the_library_is_missing(self, folder, tmp_path):
        (tmp_path / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")\n")

        done = alone(folder, "manage.py", "report", *wanted(tmp_path / "x.pdf"), PYTHONPATH=str(tmp_path))

        assert done.returncode == 1
        assert "Pango" in done.stderr
        assert "Traceback" not in done.stderr
