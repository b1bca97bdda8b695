"""The record of a sign-off: archival, accessible, the same bytes twice, with what was looked at and what stood open."""

import io
import json
from pathlib import Path

import pikepdf
import pytest

from ledger.models import SignOff
from ledger.queries import sign_offs as read
from reports.actions import sign_offs
from tests import make
from tests.cast import Cast
from tests.findings import found as something_wrong
from tests.ledger.web.browser import browser
from tests.reports.verapdf import judge
from tests.sign_offs import SAID, Audit

pytestmark = pytest.mark.django_db
ADDRESS = "https://trama.example/coop/grafica/signoffs/1/"


@pytest.fixture
def signed(cast: Cast) -> SignOff:
    something_wrong(cast.grafica, shows=98)
    return Audit(cast).sign()


class TestCompose:
    def test_is_archival_accessible_and_made_alike_twice(self, signed: SignOff, tmp_path: Path):
        for language in ("es-ar", "en"):
            first, second = (
                sign_offs.compose(found=signed, address=ADDRESS, language=language, at=make.NOON) for _ in range(2)
            )

            assert first == second
            (tmp_path / f"{language}.pdf").write_bytes(first)
        for flavour, verdict in judge(sorted(tmp_path.glob("*.pdf"))).items():
            assert verdict["checks"], flavour
            assert not verdict["failed"], flavour

    def test_says_who_signed_what_was_drawn_and_what_stood_open(self, signed: SignOff):
        sample = read.sample(signed)
        told = sign_offs.html(signed, sample, language="es-ar", made_at=make.NOON)

        for words in ("Gráfica", "Silvia", "Federación", SAID, "4821", signed.drawn_from, "1 de abril de 2026"):
            assert words in told, words
        for entry in sample:
            assert f'<th scope="row">{entry}</th>' in told
        assert '<td class="num">98</td><td class="num">100</td>' in told

    def test_carries_the_sample_and_what_was_signed(self, signed: SignOff):
        paper = sign_offs.compose(found=signed, address=ADDRESS, language="en", at=make.NOON)
        with pikepdf.open(io.BytesIO(paper)) as document:
            files = {name: each.get_file().read_bytes() for name, each in document.attachments.items()}

        told = json.loads(files["sign-off.json"])
        assert told["sample"] == [f"{each.year}/{each.number}" for each in read.sample(signed)]
        assert (told["format"], told["entries"], told["seed"]) == ("trama-sign-off-1", 10, "4821")
        assert files["sample.csv"].count(b"\r\n") == 1 + 3


class TestDownload:
    def test_is_for_the_body_and_the_people_of_the_book(self, cast: Cast, signed: SignOff):
        for reader, code in ((cast.silvia, "federacion"), (cast.beto, "grafica"), (cast.silvia, "grafica")):
            said = browser(reader).get(f"/reports/{code}/signoffs/{signed.pk}/")
            assert said.content.startswith(b"%PDF")
            name = f'attachment; filename="revision-grafica-rv-{signed.pk}.pdf"'
            assert said.headers["content-disposition"] == name
        for outsider, code in ((cast.mario, "grafica"), (cast.mario, "molino"), (cast.carla, "federacion")):
            assert browser(outsider).get(f"/reports/{code}/signoffs/{signed.pk}/").status_code == 404
