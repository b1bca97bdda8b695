"""Find what others list: by word, kind, sector and distance, the nearest first; and all of it as data."""

import csv
import datetime as dt

import pytest

from ledger.actions import offers as acting
from ledger.models.offers import Ending, Rhythm
from ledger.queries import offers
from ledger.queries.offers import OpenRow
from network.models import Organization
from tests import make
from tests.cast import Cast
from tests.offers import LAST, bags, flour, publish

pytestmark = pytest.mark.django_db


def found(cast: Cast, words: str = "", *, on: dt.date = make.DAY, **how) -> list[str]:
    """Return what the print shop finds, by thing."""
    listed = offers.search(organization=cast.grafica.organization, on=on, words=words, **how)
    return [each.thing for each in listed]


class TestSearch:
    @pytest.mark.parametrize("words", ["harina", "HARINAS", "hár", "000 harina", "harina de", ""])
    def test_finds_by_the_beginning_of_words_without_accents_or_capitals(self, cast: Cast, words: str):
        flour(cast)

        assert found(cast, words) == ["Harina 000"]

    @pytest.mark.parametrize("words", ["arina", "harinado", "harina 0001", "trigo", "z" * 60])
    def test_asks_that_every_word_be_there(self, cast: Cast, words: str):
        flour(cast)

        assert found(cast, words) == []

    def test_leaves_out_ones_own_and_what_has_ended(self, cast: Cast):
        bags(cast)
        gone = flour(cast)
        acting.close(listing=gone, ending=Ending.WITHDRAWN, by=cast.nora, on=make.DAY)
        flour(cast)

        assert found(cast, on=LAST) == ["Harina 000"]
        assert found(cast, on=LAST + dt.timedelta(days=1)) == []

    def test_tells_offers_from_needs_and_sectors_apart(self, cast: Cast):
        flour(cast)
        bags(cast, kind="need")
        publish(cast.textil.organization, cast.carla, "offer", "Tela", 900, "M")

        assert found(cast, kind="need") == ["Bolsas impresas"]
        assert found(cast, sector="textile") == ["Tela"]
        assert found(cast, "tela", kind="need") == []

    def test_shows_the_nearest_first_and_then_the_freshest(self, cast: Cast):
        Organization.objects.filter(code="grafica").update(city="Buenos Aires")
        cast.grafica.organization.refresh_from_db()
        places = {
            "nowhere": ("", ""), "Santa Fe": ("S", ""), "La Plata": ("B", "La Plata"), "San Justo": ("B", "San Justo"),
            "Floresta": ("C", ""), "Barracas": ("C", "Buenos Aires"),
        }  # fmt: skip
        for number, (name, (province, city)) in enumerate(places.items()):
            on = make.DAY + dt.timedelta(days=number)
            publish(cast.molino.organization, cast.nora, "offer", name, province=province, city=city, on=on)

        order = ["Barracas", "Floresta", "San Justo", "La Plata", "Santa Fe", "nowhere"]
        assert found(cast, on=make.DAY + dt.timedelta(days=9)) == order
        assert found(cast, far=0) == order[:2]
        assert found(cast, far=1) == order[:4]
        assert found(cast, far=2) == order[:5]
        assert found(cast, place="AR-S", far=0) == ["Santa Fe"]

    def test_from_nowhere_knows_no_distance(self, cast: Cast):
        Organization.objects.filter(code="grafica").update(province="")
        cast.grafica.organization.refresh_from_db()
        flour(cast)

        assert found(cast) == ["Harina 000"]
        assert found(cast, far=3) == []


class TestExpiring:
    @pytest.mark.parametrize(("days", "count"), [(75, 0), (76, 1), (90, 1), (91, 0)])
    def test_counts_what_ends_within_a_fortnight(self, cast: Cast, days: int, count: int):
        flour(cast)
        bags(cast)

        assert offers.expiring(cast.molino.organization, on=make.DAY + dt.timedelta(days=days)) == count


class TestOpenRows:
    def test_are_what_rings_are_found_from(self, cast: Cast):
        sold, wanted = flour(cast, rhythm=Rhythm.MONTHLY), flour(cast, kind="need", quantity=500_000)
        acting.close(listing=bags(cast), ending=Ending.MET, by=cast.ana, on=make.DAY)

        assert list(offers.open_rows(on=make.DAY)) == [
            OpenRow(cast.molino.organization.pk, sold.measure_id, 4_000_000, "offer", "monthly"),
            OpenRow(cast.grafica.organization.pk, sold.measure_id, 500_000, "need", "once"),
        ]
        assert wanted.measure_id == sold.measure_id
        assert list(offers.open_rows(on=LAST + dt.timedelta(days=1))) == []

    def test_are_read_in_one_question(self, cast: Cast, django_assert_num_queries):
        for _each in range(20):
            flour(cast)

        with django_assert_num_queries(1):
            assert len(list(offers.open_rows(on=make.DAY))) == 20


class TestLines:
    def test_say_who_and_what_and_name_no_person(self, cast: Cast):
        flour(cast, price=620_50, province="B", city="Chivilcoy", note="=1+1")
        bags(cast)
        text = "".join(offers.lines(on=make.DAY))
        rows = list(csv.DictReader(text.splitlines()))

        assert [row["clase"] for row in rows] == ["oferta", "oferta"]
        assert rows[0] | {"nota": ""} == {
            "clase": "oferta", "codigo": "molino", "organizacion": "Molino", "sector": "alimentación",
            "cosa": "Harina 000", "cantidad": "4000.000", "unidad": "KG", "ritmo": "una vez", "precio": "620.50",
            "moneda": "ARS", "pais": "AR", "provincia": "Buenos Aires", "localidad": "Chivilcoy", "nota": "",
            "publicado el": "2026-05-04", "vence el": LAST.isoformat(),
        }  # fmt: skip
        assert rows[0]["nota"] == "'=1+1"
        assert (rows[1]["precio"], rows[1]["moneda"]) == ("", "")
        assert not any(name in text for name in ("Nora", "Beto", "example.org"))
