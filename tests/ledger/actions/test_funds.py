"""The fund itself: its terms, what its account held before, the levies of co-productions, who may not touch it."""

import datetime as dt
import uuid

import pytest

from ledger.actions import funds, journal, own_entries
from ledger.actions.facts import Line
from ledger.actions.own_entries import OwnLine
from ledger.actions.refusals_funded import FundKeptApart
from ledger.models import FundShare
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from tests import make
from tests.cast import Cast
from tests.coproductions import BOUGHT, COLLECTED, INVOICED, Shops, buy, collect, confirm, invoice
from tests.coproductions import accepted as story_3
from tests.funds import SINCE, Kept, nothing_is_found

pytestmark = pytest.mark.django_db
MONEY_IN = (("1102", 1), ("2301", -1))


@pytest.fixture
def kept(cast: Cast) -> Kept:
    return Kept(cast)


class TestCoproduction:
    def test_its_levy_stands_with_each_contributor_and_is_undone_with_it(self):
        shops = Shops.assemble()
        fund, on = shops.federacion, {"by": shops.fermin, "on": SINCE}
        told = {"basis_points": 200, "purpose": "Ayuda", "since": SINCE, **on}
        funds.set_terms(book=fund, resolution=make.resolution(fund.organization), **told)
        agreement = story_3(shops)
        confirm(buy(agreement, shops), shops, on=BOUGHT)
        confirm(invoice(agreement, shops), shops, on=INVOICED)

        paid = confirm(collect(agreement, shops), shops, on=COLLECTED)

        shares = FundShare.objects.filter(fund=fund.pk, organization__isnull=False)
        given = dict(shares.values_list("organization__code", "collected"))
        assert given == {"norte": 300_000_00, "centro": 180_000_00, "sur": 120_000_00}
        assert nothing_is_found()

        journal.reverse(event=paid.event, key=uuid.uuid4(), reason="Otro recibo", by=None, on=COLLECTED)

        assert set(shares.values_list("contributed", "collected")) == {(0, 0)}
        assert nothing_is_found()


class TestFund:
    def test_terms_and_decisions_are_of_its_own_assembly(self, cast: Cast, kept: Kept):
        theirs = make.resolution(cast.grafica.organization)
        told = {"basis_points": 100, "purpose": "Ayuda", "since": make.DAY, "by": kept.fede, "on": make.DAY}
        with pytest.raises(AnotherBodyDecided):
            funds.set_terms(book=kept.book, resolution=theirs, **told)
        own = make.resolution(cast.federacion, on=make.DAY)
        with pytest.raises(DecidedLater):
            funds.set_terms(book=kept.book, resolution=own, **told | {"since": make.DAY - dt.timedelta(days=1)})
        with pytest.raises(funds.LevyIsTooHigh):
            funds.set_terms(book=kept.book, resolution=own, **told | {"basis_points": 1001})
        with pytest.raises(funds.PurposeIsMissing):
            funds.set_terms(book=kept.book, resolution=own, **told | {"purpose": " "})
        with pytest.raises(funds.KeepsNoFund):
            funds.set_terms(book=cast.grafica, resolution=theirs, **told | {"by": cast.ana})
        by = {"by": kept.fede, "on": make.DAY}
        decided = {"fund": kept.fund, "amount": 5, "purpose": "Ayuda", "resolution": own, **by}
        with pytest.raises(AnotherBodyDecided):
            funds.decide(**decided | {"resolution": theirs})
        assert funds.decide(**decided) == funds.decide(**decided)
        with pytest.raises(funds.DecidedAlready):
            funds.decide(**decided | {"amount": 6})

    def test_what_its_account_held_before_is_in_it(self, cast: Cast):
        union = make.book("union", kind="federation")
        held = [Line(account=make.account(union, number), amount=sign * 300_00) for number, sign in MONEY_IN]
        before = make.event(held)
        uma = make.officer("Uma", union.organization)
        told = {"basis_points": 0, "purpose": "Ayuda", "since": make.DAY, "by": uma, "on": make.DAY}
        funds.set_terms(book=union, resolution=make.resolution(union.organization), **told)
        assert union.fund.collected == 300_00

        journal.reverse(event=before, key=uuid.uuid4(), reason="Era otra cosa", by=uma, on=make.DAY)

        union.fund.refresh_from_db()
        assert union.fund.contributed == 0
        assert nothing_is_found()

    def test_its_account_moves_by_acts_of_the_fund_alone(self, cast: Cast, kept: Kept):
        with pytest.raises(FundKeptApart):
            own_entries.write(
                book=kept.book,
                key=uuid.uuid4(),
                happened_on=make.DAY,
                memo="Donación",
                lines=[OwnLine(number="1102", amount=5), OwnLine(number="2301", amount=-5)],
                by=kept.fede,
                on=make.DAY,
            )
