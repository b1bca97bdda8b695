"""The two commands of the register: one says what is wrong and then writes nothing, the other gives it back."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from network.models import Organization, RegisterUpload
from tests.cast import Cast
from tests.network.register import file, row

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    said = StringIO()
    call_command(*map(str, arguments), stdout=said)
    return said.getvalue()


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    return tmp_path / "registro.csv"


class TestImport:
    def test_writes_and_twice_is_as_once(self, brought: Path):
        brought.write_bytes(file(row("Vidriera"), row("Tornería", workers="9", counted_on="1/5/2024", counted_by="x")))

        assert "Cargada: 2" in run("import_register", brought)
        assert "Ya estaba cargada: 2" in run("import_register", brought)
        assert Organization.objects.count() == 2
        assert not RegisterUpload.objects.exists()

    def test_only_looks_in_a_dry_run(self, brought: Path):
        brought.write_bytes(file(row("Vidriera")))

        assert "Lista: 1" in run("import_register", brought, "--dry-run")
        assert not Organization.objects.exists()

    def test_writes_nothing_if_a_row_is_wrong_and_says_why(self, brought: Path):
        brought.write_bytes(file(row("Vidriera"), row("Mal", tax_id="1"), row("Peor", kind="club")))
        said = StringIO()

        with pytest.raises(SystemExit) as end:
            call_command("import_register", str(brought), stdout=said)

        assert end.value.code == 1
        assert "     3  CUIT o NIT: Esto no es un CUIT: revisá los once números." in said.getvalue()
        assert "     4  Qué es: Este tipo no se conoce." in said.getvalue()
        assert not Organization.objects.exists()

    def test_says_what_it_cannot_read(self, brought: Path):
        with pytest.raises(CommandError, match="cannot be read"):
            run("import_register", brought)
        brought.write_bytes(b"hola")
        with pytest.raises(CommandError, match="nombre, tipo"):
            run("import_register", brought)


def test_export_comes_back_without_a_change(cast: Cast, brought: Path):
    run("export_register", "--out", brought)

    assert "Ya estaba cargada: 5" in run("import_register", brought)
