"""Verify a paper: open to everybody, by its file or by what stands at its foot; nothing of the figures is told."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ledger.actions import verification
from reports.models import IssuedPaper
from tests.cast import Cast
from tests.reports.queries.test_issued import make_it, paper  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db
ASK = "/verify/"


def send(content: bytes, **more):
    return Client(headers={"accept-language": "en"}).post(ASK, {"file": SimpleUploadedFile("p.pdf", content), **more})


def said(response) -> str:
    page = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert page
    return " ".join(re.sub(r"<[^>]+>", " ", page[0]).split())


class TestAsk:
    def test_says_yes_to_the_file_that_was_issued(self, cast: Cast, paper: bytes, django_assert_max_num_queries):  # noqa: F811
        verification.verify(full=True, clock=lambda: IssuedPaper.objects.get().issued_at)
        with django_assert_max_num_queries(8):
            told = said(send(paper))

        assert "Yes: this file was issued here, and is unchanged to the last byte." in told
        assert "Trial balance Of Gráfica" in told
        assert "Unchanged All that it tells lies under seal 1." in told
        assert "$" not in told

    def test_says_no_to_a_changed_one_and_to_a_stranger(self, paper: bytes):  # noqa: F811
        assert "No: this file says that it is a paper of ours" in said(send(paper + b" "))
        assert "No: this installation has not issued it." in said(send(b"%PDF-1.4 another"))

    def test_takes_the_identifier_as_it_is_copied(self, paper: bytes):  # noqa: F811
        found = IssuedPaper.objects.get().identifier
        answer = Client(headers={"accept-language": "en"}).post(ASK, {"identifier": f"{found[:8].lower()} {found[8:]}"})

        assert "A paper with this identifier was issued here." in said(answer)

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({}, "Choose the file, or write the identifier of the paper."),
            ({"identifier": "4F7K"}, "An identifier has sixteen letters and digits: copy it once more."),
            ({"file": SimpleUploadedFile("p.pdf", b"")}, "This file is empty. Choose the PDF once more."),
        ],
    )
    def test_says_what_is_wrong(self, sent, sentence: str):
        answer = Client(headers={"accept-language": "en"}).post(ASK, sent)

        assert answer.status_code == 422
        assert sentence in said(answer)

    def test_speaks_spanish_first(self):
        assert "Verificar un papel" in Client(headers={"accept-language": "es"}).get(ASK).content.decode()


class TestPaper:
    def test_is_where_the_code_on_the_paper_leads(self, paper: bytes):  # noqa: F811
        found = IssuedPaper.objects.get()
        told = Client(headers={"accept-language": "en"}).get(f"/verify/{found.identifier}/")

        assert told.status_code == 200
        assert found.sha256 in told.content.decode().replace("<wbr>", "")
        assert "Not looked at yet" in said(told)

    @pytest.mark.parametrize("identifier", ["0000000000000000", "x", "4F7K-9Q2M-03TX-HB6D"])
    def test_of_a_paper_that_nobody_issued_says_so(self, db: None, identifier: str):
        assert Client().get(f"/verify/{identifier}/").status_code == 404
