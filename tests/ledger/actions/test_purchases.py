"""Joint purchases: what is written down, by whom, and what is refused; and random ones, which all end at zero."""

import datetime as dt
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ledger.actions import agreements, purchases, thresholds
from ledger.actions.agreements import NotForYouToDo, ResolutionIsMissing
from ledger.actions.purchases import AsksTwice, Request, RequestIsIncomplete, ThingIsMissing
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_bought import BoughtForSeveral
from ledger.actions.terms import DueBeforeAgreed, MoneyIsNotAThing
from ledger.models import ClaimBalance, Posting
from network.errors import DomainError
from tests import make
from tests.cast import Cast
from tests.purchasings import (
    AGREED,
    HANDED,
    MILL,
    accepted,
    asked,
    confirm,
    invoice,
    pay,
    propose,
    received,
    steel,
    tell,
)

pytestmark = pytest.mark.django_db


class TestPropose:
    def test_once_for_each_form(self, cast: Cast):
        key = uuid.uuid4()

        first = propose(cast, key=key)

        assert propose(cast, key=key) == first
        assert (first.state, first.purchase.buyer, first.parties.count()) == ("proposed", cast.molino.organization, 3)
        for other in (
            steel(cast, thing="Alambre"),
            steel(cast, buyer=cast.grafica.organization),
            steel(cast, requests=[asked(cast.grafica.organization, 1)]),
        ):
            with pytest.raises(KeyWasUsedForSomethingElse):
                propose(cast, other, key=key)

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"thing": " "}, ThingIsMissing),
            ({"unit": "ARS"}, MoneyIsNotAThing),
            ({"requests": ()}, BoughtForSeveral),
            ({"requests": [("molino", 1, 1)]}, BoughtForSeveral),
            ({"requests": [("grafica", 1, 1)], "buyer": "textil"}, BoughtForSeveral),
            ({"requests": [("grafica", 0, 1)]}, RequestIsIncomplete),
            ({"requests": [("grafica", 1, 0)]}, RequestIsIncomplete),
            ({"requests": [("grafica", 2**62, 10**6)]}, RequestIsIncomplete),
            ({"requests": [("grafica", 1, 1), ("grafica", 2, 1)]}, AsksTwice),
            ({"due_on": AGREED - dt.timedelta(days=1)}, DueBeforeAgreed),
        ],
    )
    def test_refuses(self, cast: Cast, changes: dict[str, Any], refusal: type[DomainError]):
        books = {"grafica": cast.grafica, "molino": cast.molino, "textil": cast.textil}
        changes = dict(changes)
        if "requests" in changes:
            changes["requests"] = [
                Request(organization=books[code].organization, quantity=quantity, most=most)
                for code, quantity, most in changes["requests"]
            ]
        if "buyer" in changes:
            changes["buyer"] = books[changes["buyer"]].organization
        if "unit" in changes:
            changes["unit"] = make.unit(changes["unit"])
        with pytest.raises(refusal):
            propose(cast, steel(cast, **changes))

    def test_whoever_gathers_the_requests_may_let_another_buy(self, cast: Cast):
        requests = [asked(cast.molino.organization, MILL)]
        agreement = propose(cast, steel(cast, buyer=cast.grafica.organization, requests=requests))

        agreement = agreements.sign(agreement=agreement, organization=cast.grafica.organization, by=cast.ana, on=AGREED)

        assert agreement.state == "accepted"
        assert tell(agreement, cast, invoice(quantity=MILL, net=3_000_000_00), by=cast.ana).state == "confirmed"

    def test_is_written_by_people_of_the_proposer(self, cast: Cast):
        for by in (cast.beto, cast.silvia):
            with pytest.raises(NotForYouToDo):
                propose(cast, by=by)
        assert propose(cast, by=cast.nora).state == "draft"

    def test_beyond_what_its_officers_may_agree_on_it_needs_a_resolution(self, cast: Cast):
        grafica = cast.grafica.organization
        decided = make.resolution(grafica)
        # The print shop asks for 1,500 kg at 1,300 at most.
        thresholds.set_threshold(
            book=cast.grafica, amount=1_950_000_00 - 1, resolution=decided, by=cast.ana, on=AGREED, at=make.NOON
        )
        agreement = propose(cast)

        with pytest.raises(ResolutionIsMissing):
            agreements.sign(agreement=agreement, organization=grafica, by=cast.ana, on=AGREED)
        agreements.sign(agreement=agreement, organization=grafica, by=cast.ana, on=AGREED, resolution=decided)

    def test_revise_refuses_once_all_have_signed(self, cast: Cast):
        with pytest.raises(agreements.NotAtThisPoint):
            purchases.revise(agreement=accepted(cast), purchase=steel(cast), by=cast.mario, on=AGREED)


class TestAnyPurchase(TestCase):
    """Whatever is asked for and bought, in whatever pieces: the books balance, and all ends with nothing owed."""

    @settings(max_examples=8, deadline=None)
    @given(
        wanted=st.lists(st.integers(1, 10**7), min_size=3, max_size=3),
        pieces=st.lists(st.tuples(st.integers(1, 99), st.integers(1, 10**9), st.integers(0, 10**6)), max_size=2),
        rate=st.sampled_from([None, 1050, 2100, 2700]),
    )
    def test_ends_at_zero(self, wanted: list[int], pieces: list[tuple[int, int, int]], rate: int | None):
        cast = Cast.assemble()
        organizations = [each.organization for each in (cast.molino, cast.grafica, cast.textil)]
        requests = [
            asked(who, quantity, most=10**14 // quantity) for who, quantity in zip(organizations, wanted, strict=True)
        ]
        agreement = accepted(cast, steel(cast, requests=requests))
        left = sum(wanted)
        for percent, net, costs in [*pieces, (100, 10**8, 7)]:
            quantity = max(1, left * percent // 100)
            if not left:
                break
            what = invoice(quantity=quantity, net=max(net, 3), vat_rate=rate, costs=costs, costs_vat_rate=rate)
            try:
                bought = tell(agreement, cast, what, on=HANDED)
            except DomainError as refusal:
                assert refusal.code in {"PartCostsNothing", "DearerThanAllowed"}  # noqa: PT017  # any other is wrong
                break
            left -= quantity
            for part in bought.parts.all():
                if part.request.organization != cast.molino.organization:
                    received(bought, cast, part.request.organization)
                    confirm(pay(agreement, cast, part.request.organization, part.gross), cast)
            stock = Posting.objects.filter(event__agreement=agreement.code, account__number="1301")
            assert sum(each.quantity or 0 for each in stock) == sum(wanted) - left
        assert not ClaimBalance.objects.exclude(amount=0).exists()
        agreement.refresh_from_db()
        assert (agreement.state == "settled") == (not left)
