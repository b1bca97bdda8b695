"""Round Python: what happened to a finding stays, it is accepted with a reason, and one that closed stays closed."""

import pytest
from django.utils import timezone

from ledger.actions import findings
from ledger.actions.refusals_found import FindingAcceptedWithReason, FindingStays
from ledger.models import Finding, FindingStep
from tests.cast import Cast
from tests.findings import found, right_again
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db

STEP = (
    "INSERT INTO ledger_findingstep (finding_id, verb, recorded_at, expected, found, note, by_id, organization_id)"
    " VALUES (%s, %s, '2026-05-04 12:00:00+00:00', 1, 2, %s, %s, %s)"
)


@pytest.fixture
def gap(cast: Cast) -> Finding:
    return found(cast.grafica)


class TestStory:
    def test_is_written_once(self, gap: Finding):
        step = FindingStep.objects.get()
        for sql in (
            "UPDATE ledger_findingstep SET note = 'x' WHERE id = %s",
            "DELETE FROM ledger_findingstep WHERE id = %s",
        ):
            assert is_stopped(sql, step.pk) is FindingStays

    def test_of_what_is_explained_or_accepted_has_a_reason_and_somebody(self, cast: Cast, gap: Finding):
        ana, grafica = cast.ana.pk, cast.grafica.organization_id
        assert is_stopped(STEP, gap.pk, "accepted", "", ana, grafica) is FindingAcceptedWithReason
        assert is_stopped(STEP, gap.pk, "explained", "", ana, grafica) is FindingAcceptedWithReason
        assert is_stopped(STEP, gap.pk, "accepted", "Porque sí.", None, None) is FindingAcceptedWithReason


class TestFinding:
    def test_is_not_deleted_nor_made_another_one(self, gap: Finding):
        for sql in (
            "DELETE FROM ledger_finding WHERE id = %s",
            "UPDATE ledger_finding SET scope = 'numbering:1:1999' WHERE id = %s",
            "UPDATE ledger_finding SET opened_at = seen_at, check_code = 'vat' WHERE id = %s",
        ):
            assert is_stopped(sql, gap.pk) is FindingStays

    def test_that_closed_stays_closed(self, gap: Finding):
        right_again(gap)

        assert is_stopped("UPDATE ledger_finding SET closed_at = NULL WHERE id = %s", gap.pk) is FindingStays

    def test_is_accepted_by_a_step_of_its_own_for_its_figures(self, cast: Cast, gap: Finding):
        accept = "UPDATE ledger_finding SET acceptance_id = %s WHERE id = %s"
        opened = FindingStep.objects.get()
        assert is_stopped(accept, opened.pk, gap.pk) is FindingAcceptedWithReason
        who = {"organization": cast.grafica.organization, "by": cast.ana, "on": timezone.localdate()}
        accepted = findings.accept(finding=gap, note="Hoja 12 anulada.", at=timezone.now(), **who)

        other = found(cast.molino)
        assert is_stopped(accept, accepted.acceptance_id, other.pk) is FindingAcceptedWithReason
        change = "UPDATE ledger_finding SET found = 7 WHERE id = %s"
        assert is_stopped(change, gap.pk) is FindingAcceptedWithReason
