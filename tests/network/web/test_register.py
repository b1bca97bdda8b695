"""The pages on which a register is brought as a file and taken away, and the profile that anybody may read."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from network.actions.uploads import SIZE_MAX
from network.models import Organization, RegisterUpload
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says
from tests.network.register import CBU, file, operator, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga() -> Client:
    return browser(operator())


def bring(client: Client, content: bytes) -> RegisterUpload:
    client.post("/register/load/", {"file": SimpleUploadedFile("registro.csv", content)})
    return RegisterUpload.objects.latest("pk")


class TestBring:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_goes_from_file_to_repair_to_register(self, language: str):
        client = browser(operator(), language)
        kept = bring(client, file(row("Mal", tax_id="1"), row("Bien"), row("Fuera", kind="club")))
        page = f"/register/load/{kept.pk}/"
        said = client.get(page)
        assert says(said, "This is not a CUIT: check its eleven digits.", language=language)
        assert not Organization.objects.exists()

        client.post(page, {"2.tax_id": "30-99900006-8", "4.left_out": "on", "4.kind": "club"})
        said = client.post(f"{page}start/", follow=True)

        assert "2 organiza" in said.content.decode()
        assert set(Organization.objects.values_list("code", flat=True)) == {"mal", "bien"}
        assert says(client.get("/register/load/"), "Brought before", language=language)

    @pytest.mark.parametrize("content", [b"", b"hola", b"\xff\x00", b"x" * (SIZE_MAX + 1)])
    def test_says_what_is_no_register(self, olga: Client, content: bytes):
        said = olga.post("/register/load/", {"file": SimpleUploadedFile("x.csv", content)})

        assert said.status_code == 422
        assert not RegisterUpload.objects.exists()

    @pytest.mark.parametrize("query", ["", "?state=ready", "?state=nada&page=x", "?state=wrong&page=99"])
    def test_shows_something_for_any_query(self, olga: Client, query: str):
        kept = bring(olga, file(row("Bien")))

        assert olga.get(f"/register/load/{kept.pk}/{query}").status_code == 200

    def test_shows_many_rows_for_the_price_of_few(self, olga: Client, django_assert_max_num_queries):
        kept = bring(olga, file(*(row(f"Mal {number}", tax_id="1") for number in range(50))))

        with django_assert_max_num_queries(7):
            olga.get(f"/register/load/{kept.pk}/")

    def test_does_not_exist_for_anybody_else(self, cast: Cast, olga: Client):
        kept = bring(olga, file(row("Bien")))
        page = f"/register/load/{kept.pk}/"

        assert Client().get(page).status_code == 302
        assert browser(cast.ana).get(page).status_code == 404
        assert browser(cast.ana).post(f"{page}start/").status_code == 404
        assert olga.get(f"{page}start/").headers["location"] == "../"
        assert not Organization.objects.filter(code="bien").exists()


class TestExport:
    def test_comes_back_without_a_change(self, cast: Cast, olga: Client):
        said = browser(cast.carla).get("/register/registro.csv")
        content = b"".join(said.streaming_content)

        kept = bring(olga, content)

        assert set(kept.rows.values_list("state", flat=True)) == {"already_there"}
        assert "Gráfica" in content.decode("utf-8-sig")

    def test_is_closed_to_strangers(self):
        assert Client().get("/register/registro.csv").status_code == 302


class TestProfile:
    def test_is_there_for_anybody_once_it_said_so(self, cast: Cast):
        Organization.objects.filter(code__in=["grafica", "federacion"]).update(
            is_public=True, bank_key=CBU, email="ana@example.org", phone="4201", website="https://grafica.example"
        )

        said = Client().get("/profiles/grafica.json")

        assert json.loads(said.content) == {
            "linked_schemas": ["organizations_schema-v1.0.0"],
            "name": "Gráfica",
            "primary_url": "https://grafica.example",
            "country_iso_3166": "AR",
            "geographic_scope": "local",
            "tags": ["Empresa recuperada", "Gráfica", "Worker-recuperated enterprise", "Graphics"],
            "description": "Ciudad Autónoma de Buenos Aires",
            "relationships": [
                {
                    "predicate_url": "https://schema.org/memberOf",
                    "object_url": "http://testserver/profiles/federacion.json",
                }
            ],
        }
        for secret in (CBU, "ana@", "4201", "Ana"):
            assert secret not in said.content.decode()
        assert said.headers["Access-Control-Allow-Origin"] == "*"

    def test_does_not_exist_otherwise_nor_names_who_did_not_say_so(self, cast: Cast):
        assert Client().get("/profiles/grafica.json").status_code == 404
        assert browser(cast.ana).get("/profiles/nadie.json").status_code == 404

        Organization.objects.filter(code="grafica").update(is_public=True)

        assert "federacion" not in Client().get("/profiles/grafica.json").content.decode()
