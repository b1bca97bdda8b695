"""What the register says of an organization is put right, and what cannot be is named."""

from dataclasses import replace
from typing import Any

import pytest

from network.core import countries
from network.core.organizations import Details, differing, put_right

GRAFICA = Details(name="Gráfica", kind="recuperated_enterprise")
CBU = "2850590940090418135201"


class TestPutRight:
    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            ({"name": "  Gráfica \n Barracas "}, {"name": "Gráfica Barracas"}),
            ({"tax_id": "30-99900001-7"}, {"tax_id": "30999000017"}),
            ({"national_number": "6.781"}, {"national_number": "6781"}),
            ({"website": "grafica.example/quienes"}, {"website": "https://grafica.example/quienes"}),
            ({"province": "AR-B"}, {"province": "B"}),
            ({"bank_key": "28505909 40090418135201"}, {"bank_key": CBU}),
            ({"country": "BO", "tax_id": "102 345 678", "province": "L"}, {"tax_id": "102345678"}),
        ],
    )
    def test_keeps_what_was_meant(self, written: dict[str, Any], kept: dict[str, Any]):
        details, problems = put_right(replace(GRAFICA, **written))

        assert problems == {}
        assert {name: getattr(details, name) for name in kept} == kept

    @pytest.mark.parametrize(
        ("written", "field", "problem"),
        [
            ({"name": " "}, "name", "missing"),
            ({"name": "x" * 121}, "name", "too_long"),
            ({"country": "UY"}, "country", "unknown_country"),
            ({"province": "L", "country": "BO", "tax_id": "123456"}, "tax_id", "wrong_nit"),
            ({"province": "O"}, "province", "unknown_province"),
            ({"province": "A", "country": "BO"}, "province", "unknown_province"),
            ({"tax_id": "30-99900001-8"}, "tax_id", "wrong_cuit"),
            ({"bank_key": CBU[:-1] + "2"}, "bank_key", "wrong_cbu"),
            ({"national_number": "N.º 12"}, "national_number", "not_digits"),
            ({"provincial_number": "104"}, "national_number", "national_first"),
            ({"email": "ana en casa"}, "email", "not_an_email"),
            ({"website": "javascript:alert(1)"}, "website", "not_a_link"),
            ({"website": "https://user@evil.example/"}, "website", "not_a_link"),
            ({"activity": "clinic"}, "activity", "not_for_this_kind"),
            ({"households": 40}, "households", "not_for_this_kind"),
            ({"kind": "university", "national_number": "12"}, "national_number", "not_for_this_kind"),
            ({"kind": "neighborhood_council", "households": 0}, "households", "not_above_zero"),
        ],
    )
    def test_names_what_cannot_be(self, written: dict[str, Any], field: str, problem: str):
        assert put_right(replace(GRAFICA, **written))[1][field] == problem

    def test_of_what_is_right_changes_nothing(self):
        once, _problems = put_right(replace(GRAFICA, website="grafica.example", tax_id="30-99900001-7"))

        assert put_right(once) == (once, {})


def test_differing_names_the_fields():
    assert differing(GRAFICA, replace(GRAFICA, city="Lanús", phone="4201")) == ["city", "phone"]


class TestProvinces:
    @pytest.mark.parametrize("text", ["B", "ar-b", "AR-B", "Buenos Aires", "buenos  aires"])
    def test_go_by_code_and_name(self, text: str):
        assert countries.province_of(text, country="AR") == "B"

    def test_belong_to_their_country(self):
        assert countries.province_of("La Paz", country="BO") == "L"
        assert countries.province_of("La Paz", country="AR") == ""
        assert countries.province_of("CABA", country="AR") == "C"
        assert len(countries.PROVINCES["AR"]) == 24
        assert len(countries.PROVINCES["BO"]) == 9
