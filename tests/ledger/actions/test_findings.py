"""The life of a finding: kept once, seen to, explained, accepted with a reason, raised again, closed by itself."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from ledger.actions import findings, reconciliation
from ledger.actions.agreements import NoMandateToday, NotForYouToDo, WatchesAndWritesNothing
from ledger.actions.findings import FindingHasClosed, FindingNeedsReason
from ledger.models import Finding
from ledger.models.findings import Check
from ledger.queries import findings as reading
from ledger.queries.checks import RULES
from network.models import Organization, User
from tests import make
from tests.cast import Cast
from tests.findings import behind_the_back, found, right_again

pytestmark = pytest.mark.django_db


def by(person: User, organization: Organization, **more: Any) -> dict[str, Any]:
    now = timezone.now()
    return {"organization": organization, "by": person, "on": timezone.localdate(), "at": now} | more


def story(finding: Finding) -> list[str]:
    return list(finding.steps.order_by("pk").values_list("verb", flat=True))


@pytest.fixture
def gap(cast: Cast) -> Finding:
    """The print shop's journal shows 150 entries and should have 100."""
    return found(cast.grafica, shows=150)


class TestStory:
    def test_tells_when_it_was_found_and_when_its_figures_changed(self, cast: Cast, gap: Finding):
        found(cast.grafica, shows=150)
        found(cast.grafica, shows=151)

        assert story(gap) == ["opened", "changed"]
        assert list(gap.steps.order_by("pk").values_list("found", flat=True)) == [150, 151]

    def test_ends_when_it_is_right_again(self, cast: Cast, gap: Finding):
        assert right_again(gap).closed_at is not None

        assert story(gap) == ["opened", "closed"]
        assert found(cast.grafica) != gap

    def test_of_an_account_that_was_changed_from_outside(self, cast: Cast):
        make.delivery(cast.grafica, cast.molino, 100_00)
        behind_the_back("UPDATE ledger_accountbalance SET amount = amount + 1 WHERE amount = 10000")
        reconciliation.reconcile(full=True, clock=timezone.now)
        mirror = Finding.objects.filter(check_code="mirror", book=cast.grafica).get()

        assert (mirror.account.number, mirror.other, mirror.unit.code) == ("1202", cast.molino, "ARS")
        behind_the_back("UPDATE ledger_accountbalance SET amount = amount - 1 WHERE amount = 10001")
        reconciliation.reconcile(full=False, clock=timezone.now)
        assert story(mirror) == ["opened", "closed"]


class TestOwner:
    def test_is_whoever_took_it_last(self, cast: Cast, gap: Finding):
        assert gap.owner is None

        findings.take(finding=gap, **by(cast.beto, cast.grafica.organization))
        taken = findings.take(finding=gap, **by(cast.ana, cast.grafica.organization))

        assert taken.owner == cast.ana
        assert story(gap) == ["opened", "taken", "taken"]

    def test_is_nobody_of_elsewhere_and_no_sindico(self, cast: Cast, gap: Finding):
        for person, where, refusal in (
            (cast.mario, cast.molino.organization, NotForYouToDo),
            (cast.mario, cast.grafica.organization, NotForYouToDo),
            (cast.carla, cast.textil.organization, NotForYouToDo),
            (cast.silvia, cast.federacion, WatchesAndWritesNothing),
        ):
            with pytest.raises(refusal):
                findings.take(finding=gap, **by(person, where))
        assert story(gap) == ["opened"]

    def test_is_no_member_of_the_federation_without_an_office(self, cast: Cast, gap: Finding):
        rita = make.member("Rita", cast.federacion)

        with pytest.raises(NotForYouToDo):
            findings.take(finding=gap, **by(rita, cast.federacion))

    def test_may_be_an_officer_of_the_federation(self, cast: Cast, gap: Finding):
        fede = make.officer("Fede", cast.federacion, office="president")

        assert findings.take(finding=gap, **by(fede, cast.federacion)).owner == fede


class TestAccepted:
    def test_with_a_reason_is_not_raised_again_until_its_figures_change(self, cast: Cast, gap: Finding):
        findings.accept(finding=gap, **by(cast.ana, cast.grafica.organization, note="Hoja 12 anulada."))
        health = reading.health(books=reading.books_in_sight(cast.grafica.organization, on=make.DAY, oversees=False))
        assert (len(health.findings), len(health.accepted)) == (0, 1)

        assert found(cast.grafica, shows=150).acceptance is not None
        assert found(cast.grafica, shows=151).acceptance is None

        assert story(gap) == ["opened", "accepted", "raised"]

    def test_by_an_officer_alone(self, cast: Cast, gap: Finding):
        with pytest.raises(NoMandateToday):
            findings.accept(finding=gap, **by(cast.beto, cast.grafica.organization, note="Está bien."))
        with pytest.raises(NoMandateToday):
            findings.accept(finding=gap, **by(cast.silvia, cast.federacion, note="Está bien."))

    def test_or_explained_not_without_a_reason(self, cast: Cast, gap: Finding):
        for act in (findings.accept, findings.explain):
            with pytest.raises(FindingNeedsReason):
                act(finding=gap, **by(cast.ana, cast.grafica.organization, note=" \n "))

    def test_no_more_once_it_closed(self, cast: Cast, gap: Finding):
        right_again(gap)

        with pytest.raises(FindingHasClosed):
            findings.accept(finding=gap, **by(cast.ana, cast.grafica.organization, note="Está bien."))

    def test_of_the_network_by_a_federation_alone(self, cast: Cast):
        whole = found(None)
        fede = make.officer("Fede", cast.federacion, office="president")

        with pytest.raises(NotForYouToDo):
            findings.accept(finding=whole, **by(cast.ana, cast.grafica.organization, note="Está bien."))
        assert findings.accept(finding=whole, **by(fede, cast.federacion, note="Está bien.")).acceptance

    def test_makes_a_run_clean(self, cast: Cast):
        make.sale(cast.grafica, 10_00)
        behind_the_back("UPDATE ledger_accountbalance SET amount = amount + 1 WHERE amount = 1000")
        assert reconciliation.reconcile(full=True, clock=timezone.now).findings == 1

        findings.accept(
            finding=Finding.objects.get(), **by(cast.ana, cast.grafica.organization, note="Se está mirando.")
        )

        assert reconciliation.reconcile(full=True, clock=timezone.now).findings == 0


class TestTable:
    def test_says_of_each_check_how_bad_it_is_and_what_to_do(self):
        assert set(RULES) == set(Check)
        assert all(str(rule.to_do).endswith(".") for rule in RULES.values())


class TestAge:
    def test_counts_from_when_it_was_first_found(self, cast: Cast):
        monday = timezone.now() - dt.timedelta(days=12)
        assert found(cast.grafica, at=monday) == found(cast.grafica)

        assert Finding.objects.get().opened_at == monday
