"""The audit pack on paper: it conforms, is made alike, carries its rows, and prints what it says."""

import csv
import datetime as dt
import io
import json
import subprocess
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from django.utils import translation

from network.models import Organization
from reports.actions import audit_pack
from reports.actions.kinds import KINDS
from reports.queries.audit_pack.pack import AuditPack
from tests import make
from tests.reports import exchanges, packs
from tests.reports.verapdf import judge

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


def printed(pack: AuditPack, path: Path, *, language: str = "en") -> Path:
    path.write_bytes(audit_pack.compose(pack, language=language))
    return path


def text_of(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.replace(NBSP, " ").split())


def inside(path: Path, name: str) -> bytes:
    with pikepdf.open(path) as document:
        content: bytes = document.attachments[name].get_file().read_bytes()
        return content


class TestConformance:
    @pytest.mark.timeout(500)
    def test_passes_empty_small_typical_and_large_in_both_languages(self, cast, tmp_path):
        """Empty; two barters; a year with twelve others; above what is printed, seen from two tiers."""
        sizes = {"empty": packs.told(cast.federacion)}
        make.delivery(cast.molino, cast.textil, on=exchanges.YEAR[0])
        sizes["small"] = packs.told(cast.federacion)
        packs.many(cast, members=12, deliveries=120)
        sizes["typical"] = packs.told(cast.federacion)
        sizes["large"] = packs.told(packs.confederation(cast))
        for name, pack in sizes.items():
            for language in ("es-ar", "en"):
                printed(pack, tmp_path / f"{name}-{language}.pdf", language=language)
        paths = sorted(tmp_path.glob("*.pdf"))

        verdicts = judge(paths)

        assert {name: verdict["failed"] for name, verdict in verdicts.items() if verdict["failed"]} == {}
        assert len(verdicts) == 2 * len(paths) == 16

    @pytest.mark.timeout(300)
    def test_passes_with_something_in_every_section(self, cast, tmp_path):
        pack = packs.everything(cast)
        for language in ("es-ar", "en"):
            printed(pack, tmp_path / f"{language}.pdf", language=language)
        text = text_of(tmp_path / "en.pdf")

        verdicts = judge(sorted(tmp_path.glob("*.pdf")))

        assert {name: verdict["failed"] for name, verdict in verdicts.items() if verdict["failed"]} == {}
        assert "Open: 1" in text
        assert "Accepted: “Se acepta: un centavo.”" in text
        assert "Federación Norte" in text
        assert "R-" in text
        assert "Proven" in text
        assert "3 of 10" in text
        assert "1 fact was written after the last pack that concerns its days" in text
        assert inside(tmp_path / "en.pdf", f"round-{pack.rounds[0].round.code}.json").startswith(b"{")


class TestPaper:
    def test_is_the_same_bytes_after_more_was_written(self, cast, tmp_path):
        make.delivery(cast.grafica, cast.molino, on=dt.date(2023, 4, 3))
        first = packs.told(cast.federacion)
        before = printed(first, tmp_path / "before.pdf").read_bytes()
        make.delivery(cast.molino, cast.grafica, on=dt.date(2023, 4, 3))

        again = packs.told(cast.federacion, cutoff=first.scope.event)

        assert printed(again, tmp_path / "after.pdf").read_bytes() == before

    def test_says_the_sections_in_their_order_with_their_pages(self, cast, tmp_path):
        make.delivery(cast.grafica, cast.molino, on=dt.date(2023, 4, 3))

        text = text_of(printed(packs.told(cast.federacion), tmp_path / "x.pdf"))

        with translation.override("en"):
            places = [text.index(str(heading)) for _anchor, heading in audit_pack.SECTIONS]
        assert places == sorted(places)
        assert "$ 100.00 was given, $ 100.00 of it among those below the body." in text
        assert "This is the first pack of Federación" in text

    def test_carries_every_row_also_where_it_prints_but_some(self, cast, tmp_path):
        packs.many(cast, members=45, deliveries=150)
        pack = packs.told(cast.federacion)
        path = printed(pack, tmp_path / "x.pdf")

        rows = list(csv.DictReader(io.StringIO(inside(path, "flows.csv").decode(), newline="")))
        told = json.loads(inside(path, "audit-pack.json"))

        assert sum(Decimal(row["amount"]) for row in rows) * 100 == pack.flows[0].all
        assert "All of them are in the file flows.csv inside this PDF." in text_of(path)
        assert told["format"] == "trama-audit-pack-1"
        assert told["cutoff"]["event"] == pack.scope.event
        assert len(told["debts"]) == len(pack.debts[0].pairs)

    def test_escapes_what_people_write(self, cast, tmp_path):
        Organization.objects.filter(code="molino").update(name='=1+1 <img src="file:///etc/passwd"> & "x')
        make.delivery(cast.grafica, cast.molino, on=dt.date(2023, 4, 3))
        path = printed(packs.told(cast.federacion), tmp_path / "x.pdf")

        assert "<img" in text_of(path)
        assert b"'=1+1" in inside(path, "debts.csv")


class TestKind:
    def test_fits_bodies_alone(self, cast):
        kind = KINDS["audit-pack"]

        assert kind.fits(cast.federacion)
        assert not kind.fits(cast.grafica.organization)
