"""The installation's signature: at the end of the file, checked by another program, and nothing else changed."""

import asyncio
import io
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from ledger.models import Job
from ledger.models.jobs import JobState
from reports import signing
from reports.actions import files, rendering
from reports.models import IssuedPaper, Report
from reports.queries import issued
from reports.queries.issued import Verdict
from tests.cast import Cast
from tests.reports import exchanges
from tests.reports.actions.test_requests import ask, make_again
from tests.reports.verapdf import judge

PASSPHRASE = "la llave del galpón"


@pytest.fixture
def key(tmp_path: Path, settings) -> str:
    """Make a key as whoever runs the installation does, and set it; return its fingerprint."""
    settings.MEDIA_ROOT, settings.SIGNING_PASSPHRASE = tmp_path, PASSPHRASE
    settings.SIGNING_KEY = str(tmp_path / "trama.p12")
    return signing.make_key(name="Federación", path=tmp_path / "trama.p12", passphrase=PASSPHRASE, at=timezone.now())


def made(report: Report) -> Report:
    assert report.job is not None
    rendering.render(job_id=report.job.pk, clock=timezone.now)
    return Report.objects.select_related("job").get(pk=report.pk)


@pytest.mark.django_db
class TestReport:
    def test_is_signed_at_its_end_and_another_program_finds_it_valid(self, cast: Cast, key: str, tmp_path: Path):
        exchanges.bags_for_flour(cast)
        report = made(ask(cast))
        file = files.file_of(report)

        plain = make_again(report)
        assert file.read_bytes().startswith(plain)
        said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
        assert "Signature is Valid." in said
        assert "Federación" in said
        assert signing.fingerprint() == key

    def test_stays_archival_and_accessible(self, cast: Cast, key: str, tmp_path: Path):
        exchanges.bags_for_flour(cast)
        file = files.file_of(made(ask(cast)))
        (tmp_path / "signed.pdf").write_bytes(file.read_bytes())

        for flavour, verdict in judge([tmp_path / "signed.pdf"]).items():
            assert verdict["checks"], flavour
            assert not verdict["failed"], flavour

    def test_is_signed_also_where_an_event_loop_runs(self, cast: Cast, key: str):
        async def inside() -> bytes:
            return signing.signed(content)

        content = make_again(ask(cast))
        # In a thread of its own: that of the tests may run the loop of a browser.
        with ThreadPoolExecutor(1) as thread:
            assert thread.submit(asyncio.run, inside()).result().startswith(content)

    def test_is_verified_signed_and_unsigned_and_not_when_changed(self, cast: Cast, key: str):
        exchanges.bags_for_flour(cast)
        report = made(ask(cast))
        signed = files.file_of(report).read_bytes()

        assert issued.of_file(signed).verdict == Verdict.ISSUED
        assert issued.of_file(make_again(report)).verdict == Verdict.ISSUED
        assert issued.of_file(signed[:-1]).verdict == Verdict.ALTERED
        assert IssuedPaper.objects.values("identifier").distinct().count() == 1

    def test_is_not_signed_where_no_key_is_set(self, cast: Cast, settings, tmp_path: Path):
        settings.MEDIA_ROOT = tmp_path
        report = made(ask(cast))

        assert not report.signed_sha256
        assert files.file_of(report).read_bytes() == make_again(report)

    def test_says_so_when_the_key_cannot_be_opened(self, cast: Cast, key: str, settings):
        settings.SIGNING_PASSPHRASE = "otra"
        made(ask(cast))

        job = Job.objects.get()
        assert job.state == JobState.FAILED
        assert "TRAMA_SIGNING_KEY" in job.message


class TestMakeSigningKey:
    def test_writes_a_key_for_its_owner_alone_and_says_its_fingerprint(self, tmp_path: Path, monkeypatch, settings):
        monkeypatch.setenv("TRAMA_SIGNING_PASSPHRASE", PASSPHRASE)
        path, out = tmp_path / "trama.p12", io.StringIO()
        call_command("make_signing_key", out=str(path), name="Red", stdout=out)

        settings.SIGNING_KEY, settings.SIGNING_PASSPHRASE = str(path), PASSPHRASE
        assert signing.fingerprint() in out.getvalue()
        assert path.stat().st_mode & 0o777 == 0o600

    def test_writes_over_no_key(self, tmp_path: Path):
        path = tmp_path / "trama.p12"
        path.write_bytes(b"x")
        with pytest.raises(CommandError):
            call_command("make_signing_key", out=str(path), name="Red")
        with pytest.raises(CommandError):
            call_command("make_signing_key", out=str(tmp_path / "no" / "trama.p12"), name="Red")
        assert path.read_bytes() == b"x"
