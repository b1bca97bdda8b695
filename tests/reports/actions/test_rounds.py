"""The record of a clearing round: archival, accessible, the same bytes twice, to the cent, nobody's name."""

from pathlib import Path

import pytest

from ledger.actions import cleared
from ledger.models import RoundParty
from reports.actions import rounds
from tests import make
from tests.cast import Cast
from tests.reports.verapdf import judge
from tests.rounds import POSTED, Chain, Circle

pytestmark = pytest.mark.django_db
ADDRESS = "https://trama.example/coop/molino/clearing/1/"


def posted(cast: Cast) -> RoundParty:
    return Circle(cast).posted().parties.get(organization=cast.molino.organization)


def page(party: RoundParty) -> str:
    return rounds.html(party, language="es-ar", made_at=make.NOON)


class TestCompose:
    def test_is_archival_accessible_and_made_alike_twice(self, cast: Cast, tmp_path: Path):
        party = posted(cast)
        for language in ("es-ar", "en"):
            first, second = (
                rounds.compose(party=party, address=ADDRESS, language=language, at=make.NOON) for _ in range(2)
            )

            assert first == second
            (tmp_path / f"{language}.pdf").write_bytes(first)
        for flavour, verdict in judge(sorted(tmp_path.glob("*.pdf"))).items():
            assert verdict["checks"], flavour
            assert not verdict["failed"], flavour

    def test_says_each_debt_before_and_after_and_nobodys_name(self, cast: Cast):
        party = posted(cast)
        told = page(party)

        for words in (
            *("Molino", "Gráfica", "Textil", "Federación", party.round.code, "01/03/2026", "16 de mayo de 2026"),
            # What it owed the textile workers, what the print shop owed it, and the net of both, twice.
            *("$ 700,00", "$ 450,00", "$ 250,00", "$ 500,00", "$ 50,00"),
            *(party.round.seed, party.round.inputs),
        ):
            assert words.replace("$ ", "$\u00a0") in told, words
        assert told.count("200,00") == 2
        for person in ("Mario", "Fede", "Silvia"):
            assert person not in told.replace("Federación", "")

    def test_says_nothing_of_debts_between_others(self, cast: Cast):
        told = page(posted(cast))

        # What the textile workers owed the print shop was cancelled in full.
        assert told.count("Textil") == told.count("Gráfica") == 1

    def test_of_a_reversed_round_says_so(self, cast: Cast):
        party = posted(cast)
        assert "Se contó mal." not in page(party)

        cleared.reverse(found=party.round, reason="Se contó mal.", by=party.round.called_by, on=POSTED)

        assert "Se contó mal." in page(RoundParty.objects.get(pk=party.pk))

    def test_waits_until_the_round_is_in_the_books(self, cast: Cast):
        party = Circle(cast).proposed().parties.get(organization=cast.molino.organization)

        with pytest.raises(rounds.RoundIsNotInTheBooks):
            rounds.compose(party=party, address=ADDRESS, language="en", at=make.NOON)


class TestWithCredit:
    def test_says_what_went_through_the_networks_credit_and_that_the_net_is_the_same(self, cast: Cast):
        found = Chain(cast).posted()

        told = {each.organization.code: page(each) for each in found.parties.all()}

        # The print shop owed 500, pays 400 of it in credit, and owes 100.
        ours = told["grafica"].replace("\u00a0", " ")
        for words in (
            "La diferencia pasó por la moneda de la red, a la par",
            "Su posición en mía se mueve en",
            "−400,00",
            "$ 100,00",
            found.resolution.cited,
        ):
            assert words in ours, words
        assert "−$ 500,00" in ours
        assert "300,00" not in ours
        # The textile workers were owed 300, and have them in credit.
        assert "300,00" in told["textil"]
