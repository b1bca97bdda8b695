"""`manage.py verify_round`."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from ledger.core import clearing_file
from ledger.core.clearing import clear
from tests.clearings import CIRCLE, round_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "round.json"
    path.write_text(clearing_file.written(round_of(CIRCLE, clear(CIRCLE, seed="acta 12"))), encoding="utf-8")
    return path


def change(file: Path, **parts: Any) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | parts), encoding="utf-8")


def said(*files: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = 0
    try:
        call_command("verify_round", *files)
    except SystemExit as end:
        status = int(end.code)
    return status, capsys.readouterr().out


def test_a_right_round_is_said_to_be_balanced_and_optimal(file: Path, capsys: pytest.CaptureFixture[str]):
    assert said(file, capsys=capsys) == (0, f"{file}: equilibrada, óptima\n")

    with translation.override("en"):
        assert said(file, capsys=capsys) == (0, f"{file}: balanced, optimal\n")


def test_what_is_wrong_is_said_of_each_file(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    other = tmp_path / "other.json"
    other.write_text(file.read_text())
    change(file, cancelled={"1": 450_000, "2": 450_000})

    status, text = said(file, other, capsys=capsys)

    assert status == 1
    assert "A no quedaría como estaba: se cancelan 450000 de lo que debe y 0 de lo que le deben." in text
    assert f"{other}: equilibrada, óptima" in text


def test_the_first_twenty_are_enough(file: Path, capsys: pytest.CaptureFixture[str]):
    change(file, cancelled={f"no {number}": 1 for number in range(25)})

    assert said(file, capsys=capsys)[1].endswith("Y 5 más.\n")


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"cancelled": {}}, "Not proven that nobody can cancel more: claim 3, 0 cancelled of 450000."),
        ({"heights": []}, "It is no clearing round: look at `heights`."),
        ({"unit": "USD"}, "Its claims are not those of which the hash was taken."),
    ],
)
def test_what_is_no_such_round_is_said(
    parts: dict[str, Any], sentence: str, file: Path, capsys: pytest.CaptureFixture[str]
):
    change(file, **parts)

    with translation.override("en"):
        status, text = said(file, capsys=capsys)

    assert (status, text) == (1, f"{file}: {sentence}\n")


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    status, text = said(tmp_path / "none.json", capsys=capsys)

    assert status == 1
    assert "No se puede leer" in text
