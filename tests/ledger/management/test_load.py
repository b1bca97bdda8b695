"""`manage.py load`: bad arguments are told in a sentence, and nothing is made twice or by the wrong person."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from ledger.models import Agreement, Upload
from tests.cast import Cast
from tests.ledger.web.test_loading import GOOD, HEAD, WRONG

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "permutas.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def load(file: Path, code: str = "grafica", by: str = "ana@example.org", **options: bool) -> str:
    out = StringIO()
    call_command("load", str(file), code=code, by=by, stdout=out, **options)
    return out.getvalue()


class TestLoad:
    def test_makes_what_is_right_once(self, cast: Cast, file: Path):
        load(file)
        load(file)

        assert Agreement.objects.count() == 1

    def test_makes_nothing_in_a_dry_run(self, cast: Cast, file: Path):
        assert "Harina 000" in load(file, dry_run=True)
        assert not Agreement.objects.exists()

    def test_fails_where_a_row_is_wrong(self, cast: Cast, file: Path):
        file.write_text(WRONG, encoding="utf-8")

        with pytest.raises(SystemExit) as ended:
            load(file)

        assert ended.value.code == 1
        assert not Agreement.objects.exists()

    @pytest.mark.parametrize(
        "arguments",
        [{"code": "nadie"}, {"code": ""}, {"by": "nadie@example.org"}, {"by": ""}],
    )
    def test_says_whom_it_does_not_know(self, cast: Cast, file: Path, arguments: dict[str, str]):
        with pytest.raises(CommandError):
            load(file, **arguments)

    @pytest.mark.parametrize("by", ["carla@example.org", "silvia@example.org", "mario@example.org"])
    def test_is_for_the_cooperatives_own_people(self, cast: Cast, file: Path, by: str):
        with pytest.raises(CommandError, match="Gráfica"):
            load(file, by=by)

        assert not Upload.objects.exists()

    @pytest.mark.parametrize("content", [b"", b"\x00\x01", HEAD.encode(), b"a;b\n1;2\n", b"\xff\xfe\x00"])
    def test_says_why_a_file_cannot_be_read(self, cast: Cast, file: Path, content: bytes):
        file.write_bytes(content)

        with pytest.raises(CommandError):
            load(file)

    def test_says_that_there_is_no_file(self, cast: Cast, tmp_path: Path):
        for path in (tmp_path / "nada.csv", tmp_path):
            with pytest.raises(CommandError, match=str(tmp_path)):
                load(path)

    @pytest.mark.parametrize("arguments", [[], ["x.csv"], ["x.csv", "--for", "grafica"]])
    def test_says_which_argument_is_missing(self, arguments: list[str]):
        with pytest.raises(CommandError, match="required"):
            call_command("load", *arguments)
