"""Every paper: where its pages break."""

import datetime as dt
import subprocess

import pytest

from reports.actions import papers

AT = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
PAGE = """<!DOCTYPE html><html lang="es"><head><title>Prueba</title>
<meta name="dcterms.created" content="2026-05-04T12:00:00+00:00">
<meta name="dcterms.modified" content="2026-05-04T12:00:00+00:00"></head>
<body><h1>Prueba</h1>{before}<section><h2>Lo dado</h2><p>Cada fila con su asiento.</p><h3>Bachillerato</h3>
<p>Con la escuela.</p><table class="figures"><thead><tr><th>Día</th><th class="num">Pesos</th></tr></thead>
<tbody>{rows}<tr class="total"><th>Suma</th><td class="num">6,00</td></tr></tbody></table></section></body></html>"""
CAPTIONS = ("Lo dado", "Cada fila con su asiento.", "Bachillerato", "Con la escuela.", "Día Pesos")


def pages(*, lines: int) -> list[list[str]]:
    """Return the lines of each page of a paper whose table begins after so many lines."""
    page = PAGE.format(before="<p>Antes.</p>" * lines, rows="<tr><th>4 de mayo</th><td class='num'>1,00</td></tr>" * 6)
    paper = papers.printed(page, made_at=AT)
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True)
    return [
        [" ".join(line.split()) for line in each.splitlines() if line.strip()]
        for each in done.stdout.decode().split("\f")
    ]


@pytest.mark.parametrize("lines", range(26, 36))
def test_a_caption_stays_with_its_table(lines: int):
    first, second, *_rest = pages(lines=lines)

    (at,) = (each.index("Lo dado") for each in (first, second) if "Lo dado" in each)
    shown = first if "Lo dado" in first else second
    assert shown[at : at + len(CAPTIONS)] == list(CAPTIONS)
    assert shown[at + len(CAPTIONS)].startswith("4 de mayo")


@pytest.mark.parametrize("lines", range(16, 28))
def test_a_sum_stays_with_what_it_sums(lines: int):
    (page,) = (each for each in pages(lines=lines) if "Suma 6,00" in each)

    assert page[page.index("Suma 6,00") - 1] == "4 de mayo 1,00"
