"""`manage.py play`: the stories come as told and as recorded, and how it ends says how it went."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from network.models import Organization
from tests import make
from tests.ledger.actions.test_play import METAL
from tests.platform.house_rules import ROOT

pytestmark = pytest.mark.django_db

STORIES = sorted((ROOT / "docs" / "stories").glob("*.yaml"))


def play(file: Path, **options: Any) -> tuple[str, str, object]:
    """Return what `manage.py play FILE` prints, what it complains of, and with what it ends."""
    out, err = io.StringIO(), io.StringIO()
    ended: object = 0
    try:
        call_command("play", str(file), stdout=out, stderr=err, **options)
    except SystemExit as exit_:
        ended = exit_.code
    return out.getvalue(), err.getvalue(), ended


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "metal.yaml"
    path.write_text(METAL, encoding="utf-8")
    return path


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
class TestStories:
    def test_come_as_told_and_as_recorded(self, story: Path):
        recorded = story.with_suffix(".txt")
        record = f"./trama manage play {story.relative_to(ROOT)} --try --language en > {recorded.relative_to(ROOT)}"

        said, complaint, ended = play(story, language="en")

        assert (complaint, ended) == ("", 0)
        assert said == recorded.read_text(encoding="utf-8"), f"If this is how it should be now: {record}"


class TestPlay:
    def test_speaks_the_language_that_is_asked_for(self, file: Path):
        assert "Libro diario de Metal (metal)" in play(file)[0]
        assert "Journal of Metal (metal)" in play(file, language="en")[0]

    def test_says_that_nothing_has_changed(self, file: Path):
        play(file)

        said, complaint, ended = play(file)

        assert "Este escenario ya se jugó acá: no cambió nada." in said
        assert (complaint, ended) == ("", 0)

    def test_ends_with_one_and_says_what_differs(self, file: Path):
        file.write_text(METAL + "  - {expect: balance, book: metal, account: 1102, amount: 1}\n", encoding="utf-8")

        _said, complaint, ended = play(file, language="en")

        assert "Line 10: metal 1102: expected 1.00 ARS, found 100.50 ARS.\nSo nothing of it was kept." in complaint
        assert ended == 1
        assert not Organization.objects.exists()

    @pytest.mark.parametrize("content", [b"title: a", b"\xff\xfe", METAL.replace("own_entry", "own_entri").encode()])
    def test_ends_with_two_where_it_cannot_be_read(self, file: Path, content: bytes):
        file.write_bytes(content)

        with pytest.raises(CommandError) as refusal:
            play(file)

        assert refusal.value.returncode == 2

    def test_ends_with_two_where_there_is_no_file(self, file: Path):
        with pytest.raises(CommandError) as refusal:
            play(file.with_name("nothing.yaml"))

        assert refusal.value.returncode == 2

    def test_ends_with_one_among_real_books(self, file: Path):
        make.organization("grafica")

        with pytest.raises(CommandError, match="no son inventadas") as refusal:
            play(file)

        assert refusal.value.returncode == 1
        assert play(file, database_as_it_is=True)[2] == 0

    def test_prints_the_vocabulary(self):
        out = io.StringIO()

        call_command("play", vocabulary=True, stdout=out)

        assert "### deliver" in out.getvalue()
