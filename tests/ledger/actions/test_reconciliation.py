"""Reconciliation finds what was changed behind the program's back, and nothing else."""

import uuid

import pytest
from django.utils import timezone

from ledger.actions import barter, deliveries, reconciliation, reversals
from ledger.actions.deliveries import Papers
from ledger.models import Agreement, Checkpoint, Delivery, Finding
from tests import make, referrals
from tests.barters import MEMBERS_DAY, accepted, bags, flour
from tests.cast import Cast
from tests.coproductions import SETTLED, Shops, buy, carried_out, confirm, invoice
from tests.coproductions import accepted as coproduced
from tests.findings import behind_the_back
from tests.tolls import PAID, cloth, handed, paid, sewn
from tests.tolls import accepted as tolled


def reconcile(*, full: bool = False):
    return reconciliation.reconcile(full=full, clock=timezone.now)


def pay(agreement: Agreement, cast: Cast, amount: int) -> Delivery:
    """Let the mill pay the print shop."""
    payment = deliveries.log_payment(
        agreement=agreement,
        key=uuid.uuid4(),
        giver=cast.molino.organization,
        receiver=cast.grafica.organization,
        amount=amount,
        happened_on=MEMBERS_DAY,
        papers=Papers(),
        by=cast.nora,
        on=MEMBERS_DAY,
    )
    return barter.confirm(delivery=payment, by=cast.ana, on=MEMBERS_DAY)


@pytest.fixture
def books(cast: Cast) -> Cast:
    make.delivery(cast.grafica, cast.molino, 100_00)
    make.delivery(cast.molino, cast.textil, 50_00)
    make.sale(cast.grafica, 10_00)
    return cast


class TestReconcile:
    def test_finds_nothing_in_right_books(self, books: Cast):
        assert reconcile().findings == 0
        assert reconcile(full=True).findings == 0

    def test_looks_only_at_what_moved_since(self, books: Cast):
        reconcile()
        make.sale(books.molino, 10_00)

        assert reconcile().accounts == 2

    @pytest.mark.parametrize(
        ("sql", "checks"),
        [
            (
                "UPDATE ledger_accountbalance SET amount = amount + 1 WHERE amount = 10000",
                {"balance", "mirror", "network"},
            ),
            ("UPDATE ledger_posting SET amount = amount + 1 WHERE amount = 5000", {"balance", "claim", "entry"}),
            ("UPDATE ledger_claimbalance SET amount = amount + 1 WHERE amount = 5000", {"claim"}),
            ("UPDATE ledger_entry SET number = number + 5 WHERE number = 2", {"numbering"}),
        ],
    )
    def test_finds_what_was_changed(self, books: Cast, sql: str, checks: set[str]):
        reconcile()
        behind_the_back(sql)

        run = reconcile(full=True)

        assert run.findings
        assert set(Finding.objects.values_list("check_code", flat=True)) <= checks
        assert Finding.objects.exists()

    def test_a_finding_that_no_longer_holds_closes_itself(self, books: Cast):
        behind_the_back("UPDATE ledger_accountbalance SET amount = amount + 1 WHERE amount = 1000")
        reconcile(full=True)
        assert Finding.objects.filter(closed_at=None).exists()

        behind_the_back("UPDATE ledger_accountbalance SET amount = amount - 1 WHERE amount = 1001")
        reconcile()

        assert not Finding.objects.filter(closed_at=None).exists()

    def test_the_same_finding_is_kept_once(self, books: Cast):
        behind_the_back("UPDATE ledger_accountbalance SET amount = amount + 1 WHERE amount = 1000")

        reconcile(full=True)
        reconcile(full=True)

        assert Finding.objects.count() == 1

    def test_an_event_that_commits_late_is_no_finding(self, books: Cast):
        reconcile()
        # As if the checkpoint had been taken before a slower transaction committed an earlier event.
        Checkpoint.objects.filter(account__number="4101").update(postings=0, amount=0, last_event=10**6)

        assert reconcile().findings == 0


class TestAgreements:
    """What the agreement says, what was handed over, and what stands in the books."""

    @pytest.fixture
    def settled(self, cast: Cast) -> Cast:
        """Bags for flour, all of it delivered and paid."""
        agreement = accepted(cast, pegged_to_goods=False)
        bags(agreement, cast)
        flour(agreement, cast)
        flour(agreement, cast)
        payment = pay(agreement, cast, 126_000_00)
        assert payment.agreement.state == "settled"
        return cast

    def test_are_right_by_themselves(self, settled: Cast):
        assert reconcile().findings == 0
        assert reconcile(full=True).findings == 0

    def test_are_right_after_an_odd_cent_in_each_part(self, cast: Cast):
        agreement = accepted(cast)
        for quantity in (1, 7, 33, 3_333):
            bags(agreement, cast, quantity)

        assert reconcile(full=True).findings == 0

    @pytest.mark.parametrize(
        ("sql", "check"),
        [
            ("UPDATE ledger_agreementline SET quantity = quantity - 1 WHERE quantity = 60000", "delivered"),
            ("UPDATE ledger_deliveryitem SET quantity = quantity + 1 WHERE quantity = 2000000", "delivered"),
            ("UPDATE ledger_claimbalance SET amount = 1 WHERE amount = 0", "settled"),
            ("UPDATE ledger_deliveryitem SET vat = vat + 1 WHERE vat = 25200000", "vat"),
            ("UPDATE ledger_deliveryitem SET worth = worth + 1000 WHERE vat = 25200000", "vat"),
            ("UPDATE ledger_agreementline SET vat_rate = NULL WHERE vat_rate = 1050", "vat"),
            ("UPDATE ledger_posting SET amount = amount - 1 WHERE amount = -25200000", "vat"),
        ],
    )
    def test_are_found_where_they_no_longer_agree(self, settled: Cast, sql: str, check: str):
        behind_the_back(sql)

        assert reconcile(full=True).findings

        finding = Finding.objects.filter(check_code=check)[0]
        assert finding.book in {settled.grafica, settled.molino}

    def test_tell_quantities_not_as_money(self, settled: Cast):
        behind_the_back("UPDATE ledger_agreementline SET quantity = quantity - 1 WHERE quantity = 60000")

        reconcile(full=True)

        finding = Finding.objects.get()
        assert (finding.expected, finding.found, finding.unit.code) == (59_999, 60_000, "UN")
        assert finding.agreement.kind == "barter"
        assert {finding.book, finding.other} == {settled.grafica, settled.molino}


class TestTollWork:
    """Received is worked, lost, given back and on hand; the books hold what is on hand, and what it had cost."""

    @pytest.fixture
    def sewing(self, cast: Cast) -> Cast:
        """Story 2 up to a part of the uniforms, and another one settled."""
        running, done = tolled(cast), tolled(cast)
        handed(running, cast)
        sewn(running, cast, 300, 435_00, 9_00, 6_00)
        for step in (handed, sewn, cloth, paid):
            step(done, cast, on=PAID)
        return cast

    def test_is_right_by_itself_and_after_undoing(self, sewing: Cast):
        delivery = Delivery.objects.get(material__worked=435_00)
        who = {"delivery": delivery, "on": PAID}
        reversals.ask(organization=sewing.textil.organization, reason="Otro corte.", by=sewing.carla, **who)
        reversals.agree(by=sewing.mario, **who)

        assert reconcile(full=True).findings == 0

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE ledger_materialmove SET worked = worked - 1 WHERE worked = 43500",
            "UPDATE ledger_materialmove SET waste = waste + 1, worked = worked - 1 WHERE waste = 3000",
            "UPDATE ledger_materialmove SET handed = handed + 1 WHERE handed > 0",
            "UPDATE ledger_materialcost SET amount = amount - 1 WHERE returned > 0",
            "UPDATE ledger_tollterms SET allowed_waste = 199",
        ],
    )
    def test_is_found_where_it_no_longer_agrees(self, sewing: Cast, sql: str):
        behind_the_back(sql)

        assert reconcile(full=True).findings
        assert Finding.objects.filter(check_code="custody").exists()


class TestCoproductions:
    """The parts are the whole, whoever buys keeps nothing, and the results stand in the agreed ratio."""

    @pytest.fixture
    def shops(self, db: None) -> Shops:
        """Story 3, settled."""
        shops = Shops.assemble()
        assert carried_out(coproduced(shops), shops).state == "settled"
        return shops

    def test_are_right_by_themselves_and_after_odd_cents(self, shops: Shops):
        agreement = coproduced(shops, agreed_on=SETTLED, on=SETTLED)
        for amount in (1, 7_77, 33):
            confirm(invoice(agreement, shops, amount, on=SETTLED), shops, on=SETTLED)
            confirm(buy(agreement, shops, amount, on=SETTLED), shops, on=SETTLED)

        assert reconcile(full=True).findings == 0

    @pytest.mark.parametrize(
        ("sql", "check"),
        [
            ("UPDATE ledger_coproductionstage SET part = part - 1 WHERE number = 3", "shares"),
            ("UPDATE ledger_sharedpart SET amount = amount - 500 WHERE amount = 900000000", "shares"),
            ("UPDATE ledger_sharedact SET amount = amount - 1 WHERE amount = 3000000000", "shares"),
            ("UPDATE ledger_sharedpart SET amount = amount + 1 WHERE amount = 18000000", "shares"),
            ("UPDATE ledger_coproductionstage SET part = 900000 - part WHERE part < 900000", "shares"),
            ("UPDATE ledger_sharedpart SET amount = amount + 1 WHERE amount = 180000000", "costs"),
            ("UPDATE ledger_sharedact SET vat = vat + 1 WHERE vat = 126000000", "costs"),
            ("UPDATE ledger_posting SET amount = amount - 1 WHERE amount = -300000000", "costs"),
            ("UPDATE ledger_sharedpart SET vat = vat + 2 WHERE vat = 189000000", "vat"),
        ],
    )
    def test_are_found_where_they_no_longer_agree(self, shops: Shops, sql: str, check: str):
        behind_the_back(sql)

        assert reconcile(full=True).findings

        assert Finding.objects.filter(check_code=check).exists()


class TestRequest:
    def test_serves_whoever_asks_while_one_waits(self, db: None):
        first = reconciliation.request(full=False, by=None, at=timezone.now())

        assert reconciliation.request(full=False, by=None, at=timezone.now()) == first
        assert reconciliation.request(full=True, by=None, at=timezone.now()) != first

    def test_a_job_is_run_once(self, books: Cast):
        job = reconciliation.request(full=False, by=None, at=timezone.now())

        assert reconciliation.run(job_id=job.pk, clock=timezone.now) is not None
        assert reconciliation.run(job_id=job.pk, clock=timezone.now) is None
        job.refresh_from_db()
        assert (job.state, job.percent) == ("done", 100)


class TestWorkPassedOn:
    def test_is_what_the_other_received_with_the_vat_of_its_fee(self, cast: Cast):
        delivery = referrals.worked(referrals.accepted(cast), cast, 4_000_000_00)
        assert reconcile().findings == 0

        behind_the_back(
            "UPDATE ledger_accountbalance SET amount = 0 WHERE account_id ="
            f" (SELECT id FROM ledger_account WHERE number = '9503' AND book_id = {cast.textil.pk})"
        )
        behind_the_back(f"UPDATE ledger_referredwork SET vat = vat + 5 WHERE delivery_id = {delivery.pk}")
        reconcile(full=True)

        found = set(Finding.objects.values_list("check_code", "book__organization__code"))
        assert found >= {("mirror", "grafica"), ("mirror", "textil"), ("balance", "textil"), ("vat", "grafica")}
