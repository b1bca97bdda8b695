"""The minutes on paper: conformant, the same bytes twice, everything that was decided, nobody's name."""

from pathlib import Path

import pytest

from network.actions import assemblies
from network.core.quorum import Votes
from network.models import Assembly
from network.models.assemblies import AssemblyKind, Majority
from reports.actions import minutes
from tests import make
from tests.cast import Cast
from tests.reports.verapdf import judge

pytestmark = pytest.mark.django_db


def closed(cast: Cast) -> Assembly:
    told = {"by": None, "on": make.DAY}
    assembly = assemblies.call(
        organization=cast.grafica.organization,
        kind=AssemblyKind.ORDINARY,
        held_on=make.DAY,
        entitled=45,
        agenda=["Memoria y balance", "Reforma <del> estatuto"],
        **told,
    )
    assembly = assemblies.meet(assembly=assembly, present=30, is_second_call=False, **told)
    for number, (votes, majority) in enumerate(
        [(Votes(25, 3, 2), Majority.SIMPLE), (Votes(15, 14, 1), Majority.QUALIFIED)], start=1
    ):
        assemblies.vote(
            assembly=assembly,
            item=assembly.agenda.get(number=number),
            text=f"Se aprueba el punto {number}.",
            votes=votes,
            majority=majority,
            at=make.NOON,
            **told,
        )
    return assemblies.close(assembly=assembly, minutes="Se leyó el acta.\n\nSin más, se levanta.", **told)


class TestCompose:
    def test_is_archival_accessible_and_made_alike_twice(self, cast: Cast, tmp_path: Path):
        assembly = closed(cast)

        first, second = (minutes.compose(assembly=assembly, language="es-ar", at=make.NOON) for _ in range(2))

        assert first == second
        (tmp_path / "acta.pdf").write_bytes(first)
        for flavour, found in judge([tmp_path / "acta.pdf"]).items():
            assert found["checks"], flavour
            assert not found["failed"], flavour

    def test_says_what_was_decided(self, cast: Cast):
        page = minutes.html(closed(cast), language="es-ar", made_at=make.NOON)

        assert "Se aprueba el punto 1." in page
        assert "Aprobada: Acta 3" in page
        assert "No aprobada" in page
        assert "Reforma &lt;del&gt; estatuto" in page
        assert "Ana" not in page

    def test_waits_until_the_assembly_is_closed(self, cast: Cast):
        assembly = assemblies.call(
            organization=cast.grafica.organization,
            kind=AssemblyKind.COUNCIL,
            held_on=make.DAY,
            entitled=5,
            agenda=["Compras"],
            by=None,
            on=make.DAY,
        )

        with pytest.raises(minutes.AssemblyIsNotClosed):
            minutes.compose(assembly=assembly, language="en", at=make.NOON)
