"""The page of a body's rules: the law's at first, then what its assembly decided."""

import pytest
from django.test import Client

from network.models import Bylaws, Organization, Seat, User
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db

HERE = "/coop/grafica/council/rules/"


def told(of: Organization, **changes: str) -> dict[str, str]:
    return {
        "quorum_numerator": "1",
        "quorum_denominator": "3",
        "second_call_minutes": "",
        "qualified_numerator": "3",
        "qualified_denominator": "4",
        "term_months_max": "24",
        "president": "1",
        "secretary": "1",
        "treasurer": "1",
        "member_at_large": "3",
        "alternate": "2",
        "internal_auditor": "1",
        "titles": "",
        "speaking": "",
        "resolution": str(of.resolutions.get(number=1).pk),
    } | changes


class TestRules:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_are_the_laws_at_first(self, cast: Cast, language: str):
        Bylaws.objects.all().delete()

        said = browser(cast.beto, language).get(HERE)

        assert says(said, "These are the rules of the law, as long as the assembly sets no others.", language=language)
        assert not says(said, "Set these rules", language=language)

    def test_are_set_as_the_assembly_decided(self, cast: Cast):
        grafica = cast.grafica.organization

        said = browser(cast.ana).post(HERE, told(grafica, titles="Mallku\n\nYapu"), follow=True)

        assert says(said, "The rules are set, as the assembly decided.")
        assert "Mallku" in said.content.decode()
        bylaws = Bylaws.objects.get(organization=grafica)
        assert (bylaws.quorum_denominator, bylaws.second_call_minutes, bylaws.term_months_max) == (3, None, 24)
        assert Seat.objects.filter(organization=grafica, office="member_at_large").count() == 3

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"quorum_numerator": "3"}, "Write the quorum as a part of those who may vote, such as 1 of 2."),
            ({"quorum_numerator": "5"}, "Write the quorum as a part of those who may vote, such as 1 of 2."),
            (
                {"term_months_max": "48"},
                "The law allows no more than three years (Ley 20.337: art. 63 for the council, art. 76 for the"
                " síndico). Only offices that go round may last longer, where the statute has no others.",
            ),
            *(
                (
                    {"qualified_numerator": part},
                    "A qualified majority is more than half and at most all, such as 2 of 3.",
                )
                for part in ("2", "5")
            ),
            ({"president": "x"}, "Enter a whole number."),
        ],
    )
    def test_that_are_none_are_refused_in_words(self, cast: Cast, changes: dict[str, str], sentence: str):
        assert says(browser(cast.ana).post(HERE, told(cast.grafica.organization, **changes)), sentence)
        assert not Seat.objects.exists()

    def test_offices_that_go_round_last_as_long_as_the_statute_says(self, db: None):
        junta = make.organization("junta", kind="neighborhood_council")
        operator = User.objects.create_user("op@example.org", make.PASSWORD, name="Olga", is_staff=True)
        make.resolution(junta)
        none = dict.fromkeys(
            ("president", "secretary", "treasurer", "member_at_large", "alternate", "internal_auditor"), "0"
        )
        sent = told(junta, titles="Mallku", term_months_max="48", rotates="on", **none)

        browser(operator).post("/coop/junta/council/rules/", sent)

        assert Bylaws.objects.get(organization=junta).term_months("rotating_office") == 48
        assert Seat.objects.get(organization=junta, title="Mallku").speaks
        assert says(browser(operator).get("/coop/junta/council/"), "speaks for the organization")

    def test_name_the_rotating_offices_that_speak(self, cast: Cast):
        grafica = cast.grafica.organization

        said = browser(cast.ana).post(HERE, told(grafica, titles="Mallku", speaking="Rey"))
        assert says(
            said, "%(title)s is none of the rotating offices. Write it there as well, by the same name.", title="Rey"
        )
        browser(cast.ana).post(HERE, told(grafica, titles="Mallku\nYapu", speaking="Yapu"))

        assert [each.title for each in Seat.objects.filter(speaks=True)] == ["Yapu"]

    def test_take_no_seat_away_that_is_held(self, cast: Cast):
        said = browser(cast.ana).post(HERE, told(cast.grafica.organization, treasurer="0"))

        assert "2028" in said.content.decode()
        assert not Seat.objects.exists()

    @pytest.mark.parametrize(
        "changes",
        [{"term_months_max": "999"}, {"president": "-1"}, {"president": "2"}, {"resolution": "x"}, {"alternate": ""}],
    )
    def test_that_make_no_sense_are_shown_again(self, cast: Cast, changes: dict[str, str]):
        assert browser(cast.ana).post(HERE, told(cast.grafica.organization, **changes)).status_code == 200
        assert not Seat.objects.exists()

    def test_are_not_set_by_others(self, cast: Cast):
        sent = told(cast.grafica.organization)

        assert Client().get(HERE).status_code == 302
        for stranger in (cast.carla, cast.mario, make.user("Xul")):
            assert browser(stranger).post(HERE, sent).status_code == 404
        for reader in (cast.beto, cast.silvia):
            assert browser(reader).post(HERE, sent).status_code == 200
        assert not Seat.objects.exists()
