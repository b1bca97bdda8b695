"""Bringing a spreadsheet on the pages: files that are none, cells that cannot be kept, uploads of others."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ledger.models import Agreement, Job, Upload
from network.actions.uploads import SIZE_MAX
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db

NEW = "/coop/grafica/barter/load/"
HEAD = "permuta;fecha;cooperativa;sentido;cosa;cantidad;unidad;valor;iva;entregado;remito\n"
GIVEN = "Bolsas por harina;18/11/2025;Molino;dimos;Bolsas;60.000;un;1.200.000,00;21;20/11/2025;R 1\n"
RECEIVED = "Bolsas por harina;18/11/2025;Molino;recibimos;Harina 000;4.000;kg;1.200.000,00;10,5;;\n"
NO_TEXT = "it is not a text file. In the spreadsheet, choose “Save as” and then CSV."
GOOD = HEAD + GIVEN + RECEIVED
WRONG = GOOD.replace("60.000", "muchas")


def bring(cast: Cast, content: bytes | str, *, name: str = "permutas.csv", language: str = "es-ar", by=None):
    body = content if isinstance(content, bytes) else content.encode()
    return browser(by or cast.ana, language).post(NEW, {"file": SimpleUploadedFile(name, body)}, follow=True)


def brought(cast: Cast, content: str = GOOD) -> str:
    """Bring a file and return the address of its rows."""
    bring(cast, content)
    return f"{NEW}{Upload.objects.latest('pk').pk}/"


class TestNew:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"\n \n", "it is empty."),
            (HEAD.encode(), "it has headings and no rows."),
            (b"PK\x03\x04\x00\x00", NO_TEXT),
            (HEAD.encode() + b'"' + b"x" * 200_000, NO_TEXT),
        ],
    )  # fmt: skip
    def test_says_why_a_file_cannot_be_read(self, cast: Cast, language: str, content: bytes, reason: str):
        said = bring(cast, content, language=language)

        assert said.status_code == 422
        assert says(said, reason, language=language)
        assert not Upload.objects.exists()

    def test_names_the_columns_that_are_missing(self, cast: Cast):
        assert "sentido" in bring(cast, HEAD.replace("sentido;", "") + GIVEN).content.decode()

    def test_refuses_a_file_of_many_megabytes(self, cast: Cast):
        said = bring(cast, b"x" * (SIZE_MAX + 1))

        assert says(said, "The file is larger than %(megabytes)s MB. Bring it in parts.", megabytes=8)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_asks_for_a_file(self, cast: Cast, language: str):
        client = browser(cast.ana, language)

        assert says(client.post(NEW, {}), "Choose a file.", language=language)
        assert says(client.post(NEW, {"file": "permutas.csv"}), "Choose a file.", language=language)
        empty = client.post(NEW, {"file": SimpleUploadedFile("permutas.csv", b"")})
        assert says(empty, "The file is empty.", language=language)

    @pytest.mark.parametrize("name", ["../../etc/passwd", "Ñandú 🌾.csv", "x" * 250 + ".csv", "sin extensión"])
    def test_takes_any_name(self, cast: Cast, name: str):
        assert bring(cast, GOOD, name=name).status_code == 200

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_takes_lines_of_any_machine(self, cast: Cast, end: str):
        said = bring(cast, GOOD.replace("\n", end))

        assert says(said, "Load the rows that are ready")

    def test_is_for_the_cooperatives_own_people(self, cast: Cast):
        assert bring(cast, GOOD, by=cast.carla).status_code == 404
        assert bring(cast, GOOD, by=cast.silvia).status_code == 404
        assert not Upload.objects.exists()


class TestRows:
    def test_repair_what_was_wrong(self, cast: Cast):
        rows = brought(cast, WRONG)

        said = browser(cast.ana).post(rows, {"2.quantity": "60.000"}, follow=True)

        assert says(said, "Saved. All rows were looked at again.")
        assert says(said, "Load the rows that are ready")

    @pytest.mark.parametrize("text", ["", "muchas", "-5", "9" * 5000, "²", "\x00", "🌾", "<b>1</b>", "1e9", "NaN"])
    def test_say_again_what_is_wrong(self, cast: Cast, text: str):
        rows = brought(cast, WRONG)

        said = browser(cast.ana).post(rows, {"2.quantity": text}, follow=True)

        assert said.status_code == 200
        assert not says(said, "Load the rows that are ready")

    @pytest.mark.parametrize(
        "sent",
        [
            {"².quantity": "1"},
            {"9" * 300 + ".quantity": "1"},
            {"999.quantity": "1"},
            {"-2.quantity": "1"},
            {"2.nothing": "1"},
            {"2": "1"},
            {".left_out": "on"},
            {"2.quantity.left_out": "on"},
            {"2.quantity\x00": "on"},
        ],
    )
    def test_take_no_field_that_is_not_theirs(self, cast: Cast, sent: dict[str, str]):
        rows = brought(cast, WRONG)

        assert browser(cast.ana).post(rows, sent, follow=True).status_code == 200
        assert Upload.objects.get().rows.get(number=2).cells["quantity"] == "muchas"

    @pytest.mark.parametrize("query", ["state=x", "state=%00", "page=abc", "page=" + "9" * 30, "state=loaded&page=3"])
    def test_show_something_for_any_query(self, cast: Cast, query: str):
        assert browser(cast.ana).get(f"{brought(cast)}?{query}").status_code == 200

    def test_of_another_cooperative_do_not_exist(self, cast: Cast):
        rows = brought(cast)

        for address in (rows, rows.replace("grafica", "textil")):
            for page in (address, f"{address}start/"):
                assert browser(cast.carla).get(page, follow=True).status_code == 404, page
                assert browser(cast.carla).post(page).status_code == 404, page
        assert browser(cast.ana).get(f"{NEW}{10**30}/").status_code == 404


class TestStart:
    def test_with_nothing_ready_says_so(self, cast: Cast):
        said = browser(cast.ana).post(f"{brought(cast, WRONG)}start/", follow=True)

        assert says(said, "No row is ready. Repair the rows marked below, or leave them out.")
        assert not Job.objects.exists()

    def test_pressed_twice_starts_one_job_and_the_rows_stay_as_they_are(self, cast: Cast):
        rows = brought(cast)
        for _twice in range(2):
            assert browser(cast.ana).post(f"{rows}start/", follow=True).status_code == 200

        said = browser(cast.ana).post(rows, {"2.quantity": "1"}, follow=True)

        assert says(said, "These rows are already being loaded.")
        assert Job.objects.count() == 1
        assert not Agreement.objects.exists()

    def test_opened_by_hand_leads_to_the_rows(self, cast: Cast):
        rows = brought(cast)

        assert browser(cast.ana).get(f"{rows}start/", follow=True).request["PATH_INFO"] == rows
        assert not Job.objects.exists()
