"""`manage.py import`: tells how far it is, and what is wrong in a sentence."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ledger.models import Event
from tests.ledger.actions.test_imports import barters, elsewhere, exported

pytestmark = pytest.mark.django_db


def bring(file: Path) -> str:
    out = io.StringIO()
    call_command("import", str(file), stdout=out)
    return out.getvalue()


class TestImport:
    def test_brings_a_file_in_and_names_the_head(self, tmp_path: Path):
        file = tmp_path / "all.jsonl"
        file.write_bytes(elsewhere(barters))

        said = bring(file)

        assert exported() == file.read_bytes()
        assert "100 %  3" in said
        assert "Se importaron y verificaron 3 hechos. Último sello: 1 " in said

    def test_says_in_a_sentence_what_is_wrong(self, tmp_path: Path):
        file = tmp_path / "all.jsonl"
        content = elsewhere(barters)
        file.write_bytes(content[:-200])

        with pytest.raises(CommandError, match=r"No se importó nada\. Línea \d+: "):
            bring(file)
        with pytest.raises(CommandError, match="No se puede leer"):
            bring(tmp_path / "nothing")
        with pytest.raises(CommandError, match="No se puede leer"):
            bring(tmp_path)
        assert not Event.objects.exists()

    def test_is_refused_a_second_time(self, tmp_path: Path):
        file = tmp_path / "all.jsonl"
        file.write_bytes(elsewhere(barters))
        bring(file)

        with pytest.raises(CommandError, match="ya tiene organizaciones"):
            bring(file)
