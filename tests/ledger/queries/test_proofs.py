"""A book with its proofs is verified offline, shows nobody else's books, and no byte of it can be altered."""

import importlib.util
import json
import random
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.utils import timezone

from ledger.actions import seals
from ledger.core import seals as core
from ledger.models import Event
from ledger.queries import proofs
from network import rules
from tests import make
from tests.cast import Cast

PROGRAM = Path(str(finders.find("ledger/verify_book.py")))
_spec = importlib.util.spec_from_file_location("verify_book", PROGRAM)
verify_book: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(verify_book)


@pytest.fixture
def proof(cast: Cast) -> str:
    """Return the proof of the print shop's book among events of three books, in two blocks."""
    make.delivery(cast.grafica, cast.molino, 1234_56, memo="Afiches")
    make.delivery(cast.molino, cast.textil, 9876_54, memo="Nada que ver")
    make.sale(cast.molino, 555_55, memo="Secreto del molino")
    seals.seal(at=timezone.now())
    make.sale(cast.grafica, 77_00)
    make.sale(cast.textil, 88_00)
    seals.seal(at=timezone.now())
    return proofs.text(cast.grafica)


def run(*arguments: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(PROGRAM), *map(str, arguments)], capture_output=True, text=True, check=False
    )


def closed(content: dict[str, Any]) -> bytes:
    """Return a proof as whoever alters it would close it again."""
    rest = {name: value for name, value in content.items() if name != "sha256"}
    rest["sha256"] = sha256(core.canonical(rest).encode()).hexdigest()
    return (core.canonical(rest) + "\n").encode()


def test_is_verified_by_a_program_that_needs_only_python(proof: str, tmp_path: Path):
    file, heads = tmp_path / "libro.json", tmp_path / "heads.txt"
    file.write_text(proof)
    head = json.loads(proof)["head"]
    heads.write_text(f"2 {head} 2026-05-04 federacion\n")

    done = run(file, heads)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Right: 2 entries of grafica")
    assert f"2 {head}" in done.stdout


def test_a_head_kept_elsewhere_decides(proof: str, tmp_path: Path):
    file, heads = tmp_path / "libro.json", tmp_path / "heads.txt"
    file.write_text(proof)
    heads.write_text(f"3 {'a' * 64}\n")

    done = run(file, heads)

    assert done.returncode == 1
    assert "block 3 is not the one that is kept elsewhere" in done.stdout


def test_shows_nobody_elses_books(proof: str, cast: Cast):
    entries = json.loads(proof)["entries"]
    proof = re.sub("[0-9a-f]{64}", "", proof)  # a hash may hold any four digits

    for secret in ("Nada que ver", "Secreto del molino", "987654", "55555", "8800"):
        assert secret not in proof
    assert {entry["part"]["book"]["id"] for entry in entries} == {cast.grafica.pk}
    assert {line["amount"] for entry in entries for line in entry["part"]["lines"]} == {123456, -123456, 7700, -7700}
    assert list(entries[0]["others"]) == [str(cast.molino.pk)]


def test_any_altered_byte_is_refused(proof: str):
    chance = random.Random(7)  # noqa: S311  # which byte, not secrets
    data = proof.encode()
    assert verify_book.problems(data) == []
    for at in range(0, len(data), 3):
        other = chance.choice([byte for byte in range(32, 127) if byte != data[at]])
        assert verify_book.problems(data[:at] + bytes([other]) + data[at + 1 :]), at
    for cut in (b"", data[:-1], data + b"\n", b"[]", b"\xff"):
        assert verify_book.problems(cut)


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (lambda entry: entry["header"].update(memo="Otra cosa"), "entry 1/2026"),
        (lambda entry: entry["part"]["lines"][0].update(amount=1), "entry 1/2026"),
        (lambda entry: entry["part"]["entry"].update(number=9), "entry 9/2026"),
        (lambda entry: entry["part"]["lines"][0]["account"]["unit"].update(scale=0), "entry 1/2026"),
        (lambda entry: entry.update(event=entry["event"] + 1), "entry 1/2026"),
        (lambda entry: entry.update(salt="0" * 64), "entry 1/2026"),
        (lambda entry: entry.update(others={}), "entry 1/2026"),
        (lambda entry: entry.update(path=entry["path"][1:]), "entry 1/2026"),
        (lambda entry: entry.update(part={}), "without a number"),
    ],
)
def test_says_which_entry_was_altered_by_somebody_who_closes_the_file_again(proof: str, alter: Any, said: str):
    content = json.loads(proof)
    alter(content["entries"][0])

    found = verify_book.problems(closed(content))

    assert any(said in sentence for sentence in found)
    assert not any("entry 2/2026" in sentence for sentence in found)


def test_an_entry_left_out_leaves_a_gap(proof: str):
    content = json.loads(proof)
    del content["entries"][0]

    assert verify_book.problems(closed(content)) == ["the numbers of 2026 have a gap, or one stands there twice"]


def test_a_chain_made_up_anew_has_another_head(proof: str):
    content = json.loads(proof)
    head = content["head"]
    content["blocks"][0][7] = "0" * 64
    content["blocks"][1][8] = verify_book.sha("trama block 1\n" + core.canonical(content["blocks"][0]))
    content["head"] = verify_book.sha("trama block 1\n" + core.canonical(content["blocks"][1]))

    found = verify_book.problems(closed(content), f"2 {head}")

    assert any("block 2 is not the one" in sentence for sentence in found)
    assert any("entry 1/2026" in sentence for sentence in found)


def test_an_event_changed_in_the_books_is_named_offline_too(proof: str, cast: Cast):
    connection.check_constraints()
    rules.drop()
    Event.objects.filter(memo="Afiches").update(memo="Tarjetas")
    rules.install()

    (sentence,) = verify_book.problems(proofs.text(cast.grafica).encode())

    assert "entry 1/2026" in sentence
    assert "not what was sealed" in sentence


def test_a_book_without_seals_is_an_empty_proof(cast: Cast):
    assert verify_book.problems(proofs.text(cast.textil).encode()) == []
