"""The PDF: what it claims and carries, what it refuses to load, the same bytes twice."""

import datetime as dt
import socket
from pathlib import Path

import pikepdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from reports import pdf
from reports.core.carried import Carried
from tests.reports.verapdf import judge

AT = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
PAGE = """<!DOCTYPE html><html lang="es"><head><title>Prueba</title>
<meta name="dcterms.created" content="2026-05-04T12:00:00+00:00">
<meta name="dcterms.modified" content="2026-05-04T12:00:00+00:00">{head}</head>
<body><h1>Prueba</h1>{body}</body></html>"""
CSS = '@font-face { font-family: Lato; src: url("font:Lato-Regular.ttf"); } body { font-family: Lato }'
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>t</title><rect width="9" height="9"/></svg>'
)
TABLE = (
    "<table><thead><tr><th>Cosa</th><th>Cantidad</th></tr></thead>"
    "<tbody><tr><th>harina</th><td>2.000 kg</td></tr></tbody></table>"
)


def make(body: str = "<p>Hola</p>", *, head: str = "", css: str = CSS, chart: str = CHART) -> bytes:
    return pdf.render(
        html=PAGE.format(head=head, body=body),
        css=css,
        charts={"flows": chart},
        carried=[
            Carried(name="journal.csv", content=b"a,b\r\n", relationship="Source"),
            Carried(name="statement.json", content=b"{}\n", relationship="Data"),
        ],
        identifier=b"0123456789abcdef",
        made_at=AT,
    )


def opened(content: bytes, tmp_path: Path) -> pikepdf.Pdf:
    path = tmp_path / "prueba.pdf"
    path.write_bytes(content)
    return pikepdf.open(path)


class TestRender:
    def test_gives_the_same_bytes_twice(self):
        assert make(TABLE) == make(TABLE)

    def test_carries_its_files_once_each_with_what_they_are(self, tmp_path):
        with opened(make(), tmp_path) as document:
            assert [str(each.AFRelationship) for each in document.Root.AF] == ["/Source", "/Data"]
            assert document.attachments["journal.csv"].get_file().read_bytes() == b"a,b\r\n"
            assert document.attachments["statement.json"].get_file().read_bytes() == b"{}\n"

    def test_gives_header_cells_their_scope(self, tmp_path):
        with opened(make(TABLE), tmp_path) as document:
            scopes = [
                str(o.A.Scope) for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/TH"
            ]
        assert sorted(scopes) == ["/Column", "/Column", "/Row"]

    def test_claims_both_standards_in_one_packet(self, tmp_path):
        with opened(make(), tmp_path) as document:
            packet = document.Root.Metadata.read_bytes().decode()
        assert packet.count("<rdf:RDF") == 1
        assert "pdfuaid:part" in packet
        assert "pdfaid:part" in packet

    def test_stays_conformant_whatever_people_write(self, tmp_path):
        odd = "<p>😀 汉字 عربي \u200b\u202e \u00ad ñandú ỹ g\u0303 Ω ж</p><p lang='en'>“quotes” — … ½ m²</p>"
        path = tmp_path / "rara.pdf"
        path.write_bytes(make(odd + TABLE + '<p><img src="chart:flows" alt="un cuadrado"></p>'))

        assert {name: verdict["failed"] for name, verdict in judge([path]).items()} == {
            "rara.pdf 3a": {},
            "rara.pdf ua1": {},
        }

    def test_is_not_praised_by_a_judge_that_praises_everything(self, tmp_path):
        path = tmp_path / "mala.pdf"
        with opened(make(), tmp_path) as document:
            del document.Root.MarkInfo
            del document.Root.Metadata
            document.save(path)

        verdicts = judge([path])

        assert verdicts["mala.pdf 3a"]["failed"]
        assert verdicts["mala.pdf ua1"]["failed"]


class TestNothingOutside:
    """Ten ways to make a report read a file of the server or call an address: each is refused, nothing is called."""

    @pytest.fixture
    def address(self):
        """Listen where the attacks point to, so that a call would be seen."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0)
            yield f"http://127.0.0.1:{server.getsockname()[1]}/x"
            with pytest.raises(BlockingIOError):
                server.accept()

    @pytest.mark.parametrize(
        ("head", "body", "css", "chart"),
        [
            pytest.param('<link rel="attachment" href="file:///etc/passwd">', "", "", CHART, id="link to a file"),
            pytest.param("", '<a rel="attachment" href="file:///etc/passwd">x</a>', "", CHART, id="anchor to a file"),
            pytest.param('<link rel="attachment" href="{at}">', "", "", CHART, id="attachment from an address"),
            pytest.param("", '<img src="{at}" alt="x">', "", CHART, id="image"),
            pytest.param("", "", '@import url("{at}");', CHART, id="import of a style sheet"),
            pytest.param("", "", 'body {{ background: url("{at}") }}', CHART, id="background"),
            pytest.param(
                "",
                '<img src="chart:flows" alt="x">',
                "",
                CHART.replace("<rect", '<image href="{at}"'),
                id="image inside a chart",
            ),
            pytest.param(
                "", "", '@font-face {{ font-family: x; src: url("{at}") }} body {{ font-family: x }}', CHART, id="font"
            ),
            pytest.param('<base href="{at}">', '<img src="y.png" alt="x">', "", CHART, id="base address"),
            pytest.param('<link rel="stylesheet" href="{at}">', "", "", CHART, id="style sheet"),
            pytest.param("", '<img src="data:image/png;base64,AAAA" alt="x">', "", CHART, id="data in the address"),
            pytest.param("", '<img src="photo:../../x" alt="x">', "", CHART, id="a photo that was not handed over"),
            pytest.param("", '<img src="font:../../../../manage.py" alt="x">', "", CHART, id="out of our folder"),
        ],
    )
    def test_refuses(self, address, head, body, css, chart):
        head, body, css, chart = (text.format(at=address) for text in (head, body, css, chart))
        with pytest.raises(FatalURLFetchingError):
            make(body, head=head, css=css, chart=chart)


class TestPrintable:
    def test_keeps_what_our_fonts_draw(self):
        text = "Ñandú, guaraní ỹ, 2.000 m² — «harina» → $ −5"
        assert pdf.printable(text) == text

    def test_marks_what_they_cannot_draw_and_drops_what_nobody_sees(self):
        assert pdf.printable("a😀bc\u202ed\x07e\u3000f") == "a□bcde f"
