"""The pages of the papers of all members: for whoever oversees a body, and nobody else."""

import io
import zipfile
from pathlib import Path

import pytest
from django.utils import timezone

from reports.models import Batch
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import browser
from tests.reports.actions.test_batches import ask, net, work  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db
PAGE = "/reports/federacion/batches/"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path


class TestPages:
    def test_lead_from_the_reports_to_the_zip(self, net: Cast):  # noqa: F811
        silvia = browser(net.silvia, "en")
        assert PAGE in silvia.get("/reports/federacion/").text
        today = timezone.localdate().isoformat()
        sent = silvia.post(PAGE, {"starts_on": today, "ends_on": today, "language": "en"})
        batch = Batch.objects.get()
        assert sent.headers["location"] == f"{PAGE}{batch.pk}/"

        assert "The workers are told of each report." in silvia.get(sent.headers["location"]).text
        assert silvia.get(f"{PAGE}{batch.pk}/progress/").status_code == 200
        work()
        told = silvia.get(f"{PAGE}{batch.pk}/progress/")
        assert told.status_code == 286
        assert "3 reports are in the ZIP, with a list." in told.text
        taken = b"".join(silvia.get(f"{PAGE}{batch.pk}/download/").streaming_content)
        with zipfile.ZipFile(io.BytesIO(taken)) as archive:
            assert "list.csv" in archive.namelist()
        assert "Ready" in silvia.get(PAGE).text

    def test_say_what_is_wrong(self, net: Cast):  # noqa: F811
        told = browser(net.silvia, "en").post(PAGE, {"starts_on": "2099-01-01", "ends_on": "2099-01-31"})

        assert told.status_code == 200
        assert not Batch.objects.exists()
        sent = {"starts_on": "2099-01-01", "ends_on": "2099-01-31", "language": "en"}
        assert "The period goes beyond today." in browser(net.silvia, "en").post(PAGE, sent).text

    def test_cancel_it(self, net: Cast):  # noqa: F811
        batch, silvia = ask(net), browser(net.silvia, "en")
        silvia.post(f"{PAGE}{batch.pk}/call-off/")

        assert "They were cancelled." in silvia.get(f"{PAGE}{batch.pk}/").text
        assert silvia.get(f"{PAGE}{batch.pk}/download/").status_code == 302

    def test_cost_no_more_with_many_members(self, net: Cast, django_assert_max_num_queries):  # noqa: F811
        for number in range(20):
            make.affiliation(make.book(f"socia-{number}").organization, net.federacion)
        batch, silvia = ask(net), browser(net.silvia, "en")
        silvia.get(PAGE)
        with django_assert_max_num_queries(15):
            silvia.get(f"{PAGE}{batch.pk}/")

    def test_are_nobody_elses(self, net: Cast):  # noqa: F811
        batch = ask(net)
        work()
        ordinary = make.member("Rita", net.federacion)
        for outsider in (net.ana, net.carla, net.nora, ordinary):
            for address in (PAGE, f"{PAGE}{batch.pk}/", f"{PAGE}{batch.pk}/progress/", f"{PAGE}{batch.pk}/download/"):
                assert browser(outsider).get(address).status_code == 404, (outsider, address)
            assert browser(outsider).post(f"{PAGE}{batch.pk}/call-off/").status_code == 404
        assert browser(net.ana).get("/reports/grafica/batches/").status_code == 404
