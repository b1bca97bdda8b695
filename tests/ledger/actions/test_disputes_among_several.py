"""What several share is contested by any of them: its other side is whoever told of it, and all undo it together."""

import uuid

import pytest

from ledger.actions import disputes, reversals
from ledger.actions.disputes import OnlyItsSidesContest
from ledger.actions.refusals_disputed import ContestedByASide, ContestedIsFrozen, DisputeIsAgreed
from ledger.actions.reversals import IsContested
from ledger.models import Agreement, Claim, Delivery, Dispute
from ledger.models.disputes import Outcome
from ledger.queries import disputes as read
from network.models import User
from tests import make
from tests.coproductions import BOUGHT, Shops, accepted, buy, confirm
from tests.ledger.web.browser import browser
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db


@pytest.fixture
def shops() -> Shops:
    return Shops.assemble()


@pytest.fixture
def agreement(shops: Shops) -> Agreement:
    return accepted(shops)


@pytest.fixture
def steel(agreement: Agreement, shops: Shops) -> Delivery:
    """Steel that Norte bought for the three."""
    return confirm(buy(agreement, shops), shops, on=BOUGHT)


def contest(steel: Delivery, shops: Shops, *, book=None, by: User | None = None) -> Dispute:
    """Let Centro say that the steel cost less."""
    of = (book or shops.centro).organization
    told = {"key": uuid.uuid4(), "version": "La factura dice menos.", "by": by or shops.cora, "on": BOUGHT}
    return disputes.contest(act=steel, organization=of, **told)


def propose(dispute: Dispute, shops: Shops, outcome: Outcome) -> Dispute:
    who = {"organization": shops.centro.organization, "by": shops.cora, "on": BOUGHT}
    return disputes.propose(dispute=dispute, outcome=outcome, **who)


def agree(dispute: Dispute, shops: Shops) -> Dispute:
    return disputes.agree(dispute=dispute, organization=shops.norte.organization, by=shops.noemi, on=BOUGHT)


class TestContest:
    def test_the_other_side_is_whoever_told_of_it(self, steel: Delivery, shops: Shops):
        dispute = contest(steel, shops)

        assert dispute.sides == (shops.centro.organization, shops.norte.organization)
        assert read.waiting_for(shops.norte.organization) == [dispute]
        assert read.waiting_for(shops.sur.organization) == []

    def test_by_nobody_else(self, steel: Delivery, shops: Shops):
        with pytest.raises(OnlyItsSidesContest):
            contest(steel, shops, book=make.book("otra"), by=make.officer("Otra", make.organization("otra2")))

    def test_a_third_does_not_answer(self, steel: Delivery, shops: Shops):
        dispute = contest(steel, shops)
        sur = {"organization": shops.sur.organization, "by": shops.susi, "on": BOUGHT}
        with pytest.raises(OnlyItsSidesContest):
            disputes.answer(dispute=dispute, version="Yo también.", **sur)
        with pytest.raises(OnlyItsSidesContest):
            disputes.propose(dispute=dispute, outcome=Outcome.STANDS, **sur)

    def test_it_is_frozen(self, steel: Delivery, shops: Shops):
        contest(steel, shops)
        with pytest.raises(IsContested):
            reversals.ask(delivery=steel, organization=shops.sur.organization, reason="Mal", by=shops.susi, on=BOUGHT)
        reverse = "UPDATE ledger_delivery SET state = 'reversed' WHERE id = %s"
        assert is_stopped(reverse, steel.pk) is ContestedIsFrozen


class TestEndings:
    def test_undone_once_the_others_say_so_too(self, steel: Delivery, shops: Shops):
        dispute = agree(propose(contest(steel, shops), shops, Outcome.REVERSED), shops)

        steel.refresh_from_db()
        assert not dispute.is_open
        assert (steel.state, steel.reversal_asked_by) == ("confirmed", shops.centro.organization)
        sur = shops.sur.organization
        undone = reversals.agree(delivery=steel, organization=sur, by=shops.susi, on=BOUGHT)

        assert undone.state == "reversed"
        assert not Claim.objects.filter(balance__amount__gt=0).exists()

    def test_the_third_keeps_it(self, steel: Delivery, shops: Shops):
        agree(propose(contest(steel, shops), shops, Outcome.REVERSED), shops)
        kept = reversals.keep(delivery=steel, organization=shops.sur.organization, by=shops.susi, on=BOUGHT)
        assert (kept.state, kept.reversal_asked_by) == ("confirmed", None)

    def test_whoever_contested_lets_it_stand(self, steel: Delivery, shops: Shops):
        assert not propose(contest(steel, shops), shops, Outcome.STANDS).is_open
        assert not read.is_frozen(steel)


class TestInTheDatabase:
    def test_whoever_has_no_part_contests_nothing(self, steel: Delivery, shops: Shops):
        other = make.organization("otra")
        row = (uuid.uuid4().hex, steel.pk, other.pk, shops.cora.pk)
        assert is_stopped(
            "INSERT INTO ledger_dispute (key, delivery_id, raised_for_id, raised_by_id, raised_on, version,"
            " other_version, advice, outcome) VALUES (%s, %s, %s, %s, '2026-04-06', 'x', '', '', '')",
            *row,
        ) is ContestedByASide  # fmt: skip

    def test_a_third_does_not_end_it(self, steel: Delivery, shops: Shops):
        dispute = propose(contest(steel, shops), shops, Outcome.REVERSED)
        close = "UPDATE ledger_dispute SET closed_on = '2026-04-06', closed_by_id = %s WHERE id = %s"
        assert is_stopped(close, shops.susi.pk, dispute.pk) is DisputeIsAgreed


class TestPages:
    def test_any_of_them_contests_from_the_page(self, steel: Delivery, agreement: Agreement, shops: Shops):
        page = f"/coop/centro/coproductions/{agreement.pk}/"
        cora, susi = browser(shops.cora), browser(shops.susi)
        contest_at = f"/coop/centro/deliveries/{steel.pk}/contest/"
        assert contest_at in cora.get(page).content.decode()

        sent = {"key": str(uuid.uuid4()), "version": "La factura dice menos.", "mediator": ""}
        assert cora.post(contest_at, sent).status_code == 302

        dispute = Dispute.objects.get()
        assert f"/coop/centro/disputes/{dispute.pk}/" in cora.get(page).content.decode()
        assert browser(shops.noemi).get(f"/coop/norte/disputes/{dispute.pk}/").status_code == 200
        assert susi.get(f"/coop/sur/disputes/{dispute.pk}/").status_code == 404
