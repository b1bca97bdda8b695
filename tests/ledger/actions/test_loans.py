"""Loans: what is written down, by whom, and what is refused; and how one ends of which nothing was handed over."""

import datetime as dt
import uuid
from typing import Any

import pytest

from ledger.actions import agreements, loans, thresholds
from ledger.actions.agreements import NoMandateToday, NotAParty, NotForYouToDo, ResolutionIsMissing
from ledger.actions.endings import SomethingWaits
from ledger.actions.loans import DueDayIsMissing, GoodsAreForMoney, GoodsBeyondTheLoan, LentIsMissing
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_lent import LoanIsOpen
from ledger.actions.terms import DueBeforeAgreed, LineIsIncomplete, PartnerIsYourself
from network.errors import DomainError
from tests import make
from tests.cast import Cast
from tests.lendings import AGREED, accepted, flour, goods, lend, lent_out, money, propose, things

pytestmark = pytest.mark.django_db


class TestPropose:
    def test_once_for_each_form(self, cast: Cast):
        key = uuid.uuid4()

        first = propose(cast, things(cast), key=key)

        assert propose(cast, things(cast), key=key) == first
        assert (first.state, first.is_pegged_to_goods, first.loan.money) == ("proposed", True, None)
        for other in (things(cast, thing=flour(1)), money(cast), things(cast, borrower=cast.textil.organization)):
            with pytest.raises(KeyWasUsedForSomethingElse):
                propose(cast, other, key=key)

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"money": None}, LentIsMissing),
            ({"money": 0}, LentIsMissing),
            ({"thing": ("Harina", "KG", 1, 1)}, LentIsMissing),
            ({"money": None, "thing": ("Harina", "KG", 0, 1)}, LineIsIncomplete),
            ({"money": None, "thing": ("Harina", "KG", 1, 1), "back": ("Pan", "KG", 1, 1)}, GoodsAreForMoney),
            # 16,529 and 21 per cent are 20,000.09.
            ({"back": ("Bolsas", "UN", 10, 16_529_00, 2100)}, GoodsBeyondTheLoan),
            ({"due_on": None}, DueDayIsMissing),
            ({"due_on": AGREED - dt.timedelta(days=1)}, DueBeforeAgreed),
        ],
    )
    def test_refuses(self, cast: Cast, changes: dict[str, Any], refusal: type[DomainError]):
        changes = {name: goods(*what) if isinstance(what, tuple) else what for name, what in changes.items()}

        with pytest.raises(refusal):
            propose(cast, money(cast, **changes))

    def test_is_of_the_two_and_written_by_one_of_them(self, cast: Cast):
        with pytest.raises(NotForYouToDo):
            propose(cast, money(cast), by=cast.carla)
        with pytest.raises(NotAParty):
            propose(cast, money(cast, lender=cast.textil.organization))
        with pytest.raises(PartnerIsYourself):
            propose(cast, money(cast, borrower=cast.molino.organization))

    def test_is_written_anew_when_a_change_is_asked_for(self, cast: Cast):
        agreement = propose(cast, money(cast))
        agreements.ask_change(
            agreement=agreement, organization=cast.grafica.organization, reason="Mejor harina.", by=cast.beto, on=AGREED
        )

        loans.revise(agreement=agreement, loan=things(cast), by=cast.mario, on=AGREED)

        agreement.refresh_from_db()
        assert (agreement.state, agreement.loan.money) == ("proposed", None)
        assert agreement.lines.get().quantity == 1_000_000

    @pytest.mark.parametrize("terms", [money, things])
    def test_whoever_lends_or_owes_much_asks_its_assembly(self, cast: Cast, terms):
        """The one hands it over, the other owes it: both do more than their officers may by themselves."""
        for book, by in ((cast.molino, cast.mario), (cast.grafica, cast.ana)):
            act = make.resolution(book.organization)
            thresholds.set_threshold(book=book, amount=10_000_00, resolution=act, by=by, on=AGREED, at=make.NOON)
        agreement = propose(cast, terms(cast))

        assert agreement.state == "draft"
        for side, by in ((cast.molino, cast.mario), (cast.grafica, cast.ana)):
            how = {"agreement": agreement, "organization": side.organization, "by": by, "on": AGREED}
            with pytest.raises(ResolutionIsMissing):
                agreements.sign(**how)
            agreements.sign(resolution=make.resolution(side.organization), **how)


class TestEnd:
    def test_what_was_never_handed_over(self, cast: Cast):
        agreement = accepted(cast, money(cast))
        how = {"agreement": agreement, "organization": cast.grafica.organization, "on": AGREED}
        with pytest.raises(NoMandateToday):
            loans.end(reason="Ya no hace falta.", by=cast.beto, **how)
        lend(agreement, cast, 5_000_00)
        with pytest.raises(SomethingWaits):
            loans.end(reason="Ya no hace falta.", by=cast.ana, **how)

        agreement = accepted(cast, money(cast))
        loans.end(**(how | {"agreement": agreement}), reason="Ya no hace falta.", by=cast.ana)

        agreement.refresh_from_db()
        assert (agreement.state, agreement.steps.last().verb) == ("settled", "ended")

    def test_not_while_something_is_owed(self, cast: Cast):
        agreement = accepted(cast, money(cast))
        lent_out(agreement, cast, 5_000_00)

        with pytest.raises(LoanIsOpen):
            loans.end(
                agreement=agreement, organization=cast.molino.organization, reason="Listo.", by=cast.mario, on=AGREED
            )
