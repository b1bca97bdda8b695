"""Papers that lapse and reports that were presented: noted by who minutes, withdrawn once, never lost."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from network.actions import duties, refusals
from network.actions.history import IsWithdrawnAlready
from network.actions.resolutions import NotYoursToMinute
from network.core.duties import Duty, of_year
from network.models import Certificate, Filing
from network.models.duties import CertificateKind
from tests.cast import Cast
from tests.network.register import AT, ON, operator
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db

YEAR = {(duty.kind, duty.quarter): duty for duty in of_year(dt.date(2025, 12, 31))}
SOCIAL_REPORT = YEAR["social_report", 0]


def certify(cast: Cast, **given: Any) -> Certificate:
    values: dict[str, Any] = {
        "kind": CertificateKind.INSURANCE,
        "issued_by": "Seguros cooperativos",
        "valid_from": dt.date(2025, 6, 1),
        "lapses_on": dt.date(2026, 5, 31),
        "by": cast.ana,
    }
    return duties.certify(organization=cast.grafica.organization, on=ON, at=AT, **(values | given))


def file(cast: Cast, duty: Duty = SOCIAL_REPORT, **given: Any) -> Filing:
    values: dict[str, Any] = {"presented_on": ON, "paper": "TAD 2026-117", "by": cast.ana}
    return duties.file(organization=cast.grafica.organization, duty=duty, on=ON, at=AT, **(values | given))


class TestCertify:
    def test_notes_a_paper_and_its_renewal_beside_it(self, cast: Cast):
        first = certify(cast, number="  P  7 ")
        second = certify(cast, valid_from=dt.date(2026, 6, 1), lapses_on=dt.date(2027, 5, 31))

        assert list(Certificate.objects.order_by("pk")) == [first, second]
        assert (first.number, first.noted_by, first.noted_at) == ("P 7", cast.ana, AT)
        assert first.title == "Póliza de seguro"

    def test_names_another_paper_than_the_known_ones(self, cast: Cast):
        assert certify(cast, kind=CertificateKind.OTHER, name="Caldera").title == "Caldera"
        assert certify(cast, name="no va").name == ""

    @pytest.mark.parametrize(
        ("given", "refusal"),
        [
            ({"kind": CertificateKind.OTHER, "name": "  "}, duties.PaperHasNoName),
            ({"issued_by": " "}, duties.IssuerIsMissing),
            ({"lapses_on": dt.date(2025, 5, 31)}, duties.LapsesBeforeItBegins),
        ],
    )
    def test_says_what_is_missing(self, cast: Cast, given: dict[str, Any], refusal: type[Exception]):
        with pytest.raises(refusal):
            certify(cast, **given)

    def test_takes_a_paper_once(self, cast: Cast):
        certify(cast)

        with pytest.raises(duties.PaperIsNotedAlready):
            certify(cast)

    def test_is_for_who_minutes(self, cast: Cast):
        for stranger in (cast.beto, cast.mario, cast.silvia, operator()):
            with pytest.raises(NotYoursToMinute):
                certify(cast, by=stranger)


class TestFile:
    def test_notes_a_report_with_its_number(self, cast: Cast):
        filing = file(cast)

        assert (filing.kind, filing.ends_on, filing.paper) == ("social_report", dt.date(2025, 12, 31), "TAD 2026-117")

    @pytest.mark.parametrize(
        ("given", "refusal"),
        [
            ({"paper": " "}, duties.NumberIsMissing),
            ({"presented_on": dt.date(2025, 12, 30)}, duties.PresentedTooEarly),
            ({"presented_on": ON + dt.timedelta(days=1)}, duties.PresentedInTheFuture),
            ({"duty": YEAR["assembly", 0]}, duties.IsNotFiled),
            ({"duty": Duty("mandate", ON, "1")}, duties.IsNotFiled),
        ],
    )
    def test_says_what_is_wrong(self, cast: Cast, given: dict[str, Any], refusal: type[Exception]):
        with pytest.raises(refusal):
            file(cast, **given)

    def test_takes_a_report_once_until_it_is_withdrawn(self, cast: Cast):
        wrong = file(cast)
        with pytest.raises(duties.IsFiledAlready):
            file(cast)

        duties.withdraw(noted=wrong, by=cast.ana, on=ON, at=AT)

        assert file(cast).pk != wrong.pk

    def test_is_for_who_minutes(self, cast: Cast):
        for stranger in (cast.beto, cast.mario, cast.silvia, operator()):
            with pytest.raises(NotYoursToMinute):
                file(cast, by=stranger)


class TestWithdraw:
    def test_keeps_who_did_it(self, cast: Cast):
        noted = certify(cast)
        duties.withdraw(noted=noted, by=cast.ana, on=ON, at=AT)

        noted.refresh_from_db()
        assert (noted.withdrawn_by, noted.withdrawn_at) == (cast.ana, AT)
        with pytest.raises(IsWithdrawnAlready):
            duties.withdraw(noted=noted, by=cast.ana, on=ON, at=AT)

    def test_is_for_who_minutes(self, cast: Cast):
        for noted in (certify(cast), file(cast)):
            with pytest.raises(NotYoursToMinute):
                duties.withdraw(noted=noted, by=cast.beto, on=ON, at=AT)


class TestTheDatabase:
    """Whoever goes round Python is stopped."""

    @pytest.mark.parametrize(
        "fields",
        [
            {"kind": "siesta"},
            {"name": "sobra"},
            {"kind": "other"},
            {"issued_by": ""},
            {"lapses_on": dt.date(2025, 5, 31)},
            {"withdrawn_at": AT},
            {},
        ],
    )
    def test_stops_a_certificate(self, cast: Cast, fields: dict[str, Any]):
        self.stops(certify(cast), fields)

    @pytest.mark.parametrize(
        "fields",
        [{"kind": "assembly"}, {"paper": ""}, {"presented_on": dt.date(2025, 12, 30)}, {"withdrawn_by_id": 1}, {}],
    )
    def test_stops_a_filing(self, cast: Cast, fields: dict[str, Any]):
        self.stops(file(cast), fields)

    def stops(self, noted: Certificate | Filing, fields: dict[str, Any]) -> None:
        noted.pk = None
        for name, value in fields.items():
            setattr(noted, name, value)

        with pytest.raises(IntegrityError, match=r"certificate|filing"), transaction.atomic():
            noted.save(force_insert=True)

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE network_certificate SET lapses_on = '2099-01-01'",
            "DELETE FROM network_certificate",
            "UPDATE network_filing SET presented_on = '2026-01-01'",
            "DELETE FROM network_filing",
        ],
    )
    def test_keeps_what_was_noted(self, cast: Cast, sql: str):
        certify(cast)
        file(cast)

        assert is_stopped(sql) is refusals.WhatWasNotedStays

    @pytest.mark.parametrize("table", ["certificate", "filing"])
    def test_keeps_what_was_withdrawn(self, cast: Cast, table: str):
        for noted in (certify(cast), file(cast)):
            duties.withdraw(noted=noted, by=cast.ana, on=ON, at=AT)

        sql = f"UPDATE network_{table} SET withdrawn_at = NULL, withdrawn_by_id = NULL"
        assert is_stopped(sql) is refusals.WhatWasNotedStays

    @pytest.mark.parametrize("table", ["certificate", "filing"])
    def test_lets_nothing_take_the_place_of_a_row(self, cast: Cast, table: str):
        if connection.vendor != "sqlite":
            pytest.skip("only SQLite replaces rows")
        certify(cast)
        file(cast)

        sql = f"INSERT OR REPLACE INTO network_{table} SELECT * FROM network_{table}"
        assert is_stopped(sql) is refusals.WhatWasNotedStays
