"""The commands around seals: seal, sign, verify, witness, export."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ledger.models import Event, Seal, Witness
from network import rules
from tests import make
from tests.cast import Cast


@pytest.fixture
def sealed(cast: Cast) -> Cast:
    make.delivery(cast.grafica, cast.molino)
    call_command("seal")
    return cast


def test_a_right_book_verifies(sealed: Cast, capsys: pytest.CaptureFixture[str]):
    call_command("verify", full=True)

    assert "1 events up to block 1" in capsys.readouterr().out


def test_what_was_changed_is_told_and_the_exit_is_one(sealed: Cast, capsys: pytest.CaptureFixture[str]):
    connection.check_constraints()
    rules.drop()
    Event.objects.update(memo="Otra cosa")
    rules.install()

    with pytest.raises(SystemExit) as text:
        call_command("verify", full=True)
    said = capsys.readouterr().out
    with pytest.raises(SystemExit) as as_json:
        call_command("verify", full=True, format="json")
    told = json.loads(capsys.readouterr().out)

    assert (text.value.code, as_json.value.code) == (1, 1)
    assert "block 1, event" in said
    assert "Molino: changed" in said
    assert {problem["kind"] for problem in told["problems"]} == {"changed"}


def test_a_head_is_signed_carried_out_and_found_again(sealed: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    heads = tmp_path / "heads.txt"
    call_command("sign_head", code="federacion", out=heads, note="Acta 12")
    call_command("witness", heads)
    call_command("witness", heads, chain="norte")
    call_command("verify", against=heads)

    assert heads.read_text().startswith(f"1 {Seal.objects.get().hash} ")
    assert Witness.objects.count() == 2
    assert "0 problems" in capsys.readouterr().out


def test_a_head_that_the_chain_does_not_have_is_told(sealed: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    heads = tmp_path / "heads.txt"
    heads.write_text(f"# kept by the federation\n9 {'a' * 64} 2026-05-04 federacion\n")

    with pytest.raises(SystemExit):
        call_command("verify", against=heads)
    with pytest.raises(SystemExit):
        call_command("witness", heads)

    said = capsys.readouterr().out
    assert "block 9: cut_off" in said
    assert "0 heads kept, 1 differ" in said


@pytest.mark.parametrize("text", ["nonsense\n", "1 abc\n", f"x {'a' * 64}\n", f"1 {'g' * 64}\n"])
def test_a_file_without_heads_is_refused(sealed: Cast, tmp_path: Path, text: str):
    heads = tmp_path / "heads.txt"
    heads.write_text(text)

    with pytest.raises(CommandError, match="line 1 is no head"):
        call_command("verify", against=heads)
    with pytest.raises(CommandError, match="line 1 is no head"):
        call_command("witness", heads)


def test_a_book_is_exported_with_its_proofs(sealed: Cast, tmp_path: Path):
    out = tmp_path / "molino.json"
    call_command("export", book="molino", format="proof", out=out)

    assert [entry["block"] for entry in json.loads(out.read_text())["entries"]] == [1]
    with pytest.raises(CommandError, match="lleva un libro"):
        call_command("export", book="nadie", format="proof", out=out)
    with pytest.raises(CommandError, match="has the code"):
        call_command("sign_head", code="nadie")
