"""Vouchers on paper: archival, accessible, the same bytes twice, two on a sheet, nobody's name."""

import io
from pathlib import Path

import pikepdf
import pytest

from reports.actions import vouchers
from tests import hostings, make
from tests.barters import accepted
from tests.cast import Cast
from tests.reports.verapdf import judge
from tests.vouchers import printed

pytestmark = pytest.mark.django_db


def addresses(found) -> dict[str, str]:
    return {each.code: f"https://trama.example/coop/grafica/vouchers/{each.code}/" for each in found}


class TestCompose:
    def test_is_archival_accessible_and_made_alike_twice(self, cast: Cast, tmp_path: Path):
        found = printed(accepted(cast), cast, 3)
        for language in ("es-ar", "en"):
            how = {"vouchers": found, "addresses": addresses(found), "language": language}

            first, second = (vouchers.compose(**how) for _ in range(2))

            assert first == second
            file = tmp_path / f"{language}.pdf"
            file.write_bytes(first)
            for flavour, verdict in judge([file]).items():
                assert verdict["checks"], flavour
                assert not verdict["failed"], flavour

    def test_says_what_may_be_ticked_and_nobodys_name(self, cast: Cast):
        found = printed(accepted(cast), cast)
        page = vouchers.html(found, language="es-ar", made_at=make.NOON)

        for words in ("Bolsas impresas", "Molino", found[0].shown, found[1].shown):
            assert words in page, words
        assert "Beto" not in page

    def test_has_room_for_what_takes_more(self, cast: Cast):
        body, elsa = hostings.school()
        hosting = hostings.running(cast, body, elsa)
        found = printed(hosting, cast, by=cast.ana, on=hostings.TOLD)
        page = vouchers.html(found, language="es-ar", made_at=make.NOON)

        assert "cuántas veces" in page

    def test_two_fit_on_a_sheet_also_where_there_is_most_to_fill_in(self, cast: Cast):
        found = printed(None, cast, 4)
        paper = vouchers.compose(vouchers=found, addresses=addresses(found), language="es-ar")

        assert len(pikepdf.open(io.BytesIO(paper)).pages) == 2
