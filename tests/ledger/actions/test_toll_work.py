"""Working the material of another for a fee: who agrees on what."""

import uuid
from typing import Any

import pytest

from ledger.actions import agreements, thresholds, toll_work
from ledger.actions.agreements import NotAParty, NotAtThisPoint, NotForYouToDo, ResolutionIsMissing
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.terms import AgreedInTheFuture, LineIsIncomplete, MoneyIsNotAThing, PartnerIsYourself
from ledger.actions.toll_work import GoodsBeyondTheFee, MaterialIsMissing, WasteIsTooMuch
from ledger.models import Agreement
from tests import make
from tests.cast import Cast
from tests.tolls import AGREED, HANDED, accepted, amount, propose, terms

pytestmark = pytest.mark.django_db


class TestPropose:
    def test_either_side_writes_it_and_its_officer_signs_by_that(self, cast: Cast):
        by_owner = propose(cast)
        by_worker = toll_work.propose(
            key=uuid.uuid4(), proposer=cast.molino.organization, toll=terms(cast), by=cast.mario, on=AGREED
        )

        assert (by_owner.state, by_worker.state) == ("proposed", "proposed")
        assert by_worker.others(cast.molino.organization) == [cast.textil.organization]
        assert by_owner.toll.material == make.measure("M", "tela")
        assert list(by_owner.lines.order_by("number").values_list("giver__code", "value")) == [
            ("molino", 3_000_000_00),
            ("textil", 1_800_000_00),
        ]

    def test_the_same_form_makes_one(self, cast: Cast):
        key = uuid.uuid4()

        assert propose(cast, key=key) == propose(cast, key=key)
        with pytest.raises(KeyWasUsedForSomethingElse):
            propose(cast, key=key, allowed_waste=300)

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"material": ("Tela", "M", 0)}, MaterialIsMissing),
            ({"material": ("  ", "M", 1)}, MaterialIsMissing),
            ({"material": ("Tela", "ARS", 1)}, MaterialIsMissing),
            ({"allowed_waste": 5_001}, WasteIsTooMuch),
            ({"goods_value": 3_000_000_01}, GoodsBeyondTheFee),
            ({"fee": 0, "goods": None}, LineIsIncomplete),
            ({"made": ("Uniformes", "UN", 0)}, LineIsIncomplete),
            ({"goods": ("Pesos", "ARS", 1)}, MoneyIsNotAThing),
            ({"agreed_on": HANDED}, AgreedInTheFuture),
        ],
    )
    def test_refuses_what_is_none(self, cast: Cast, wrong: dict[str, Any], refusal: type[Exception]):
        changes = {name: amount(*value) if isinstance(value, tuple) else value for name, value in wrong.items()}
        with pytest.raises(refusal):
            propose(cast, **changes)

    def test_refuses_others(self, cast: Cast):
        with pytest.raises(NotForYouToDo):
            propose(cast, by=cast.mario)
        with pytest.raises(NotAParty):
            propose(cast, principal=cast.grafica.organization)
        with pytest.raises(PartnerIsYourself):
            propose(cast, worker=cast.textil.organization)

    def test_whoever_owes_a_fee_beyond_their_limit_names_a_resolution(self, cast: Cast):
        """However it is paid: the goods alone, worth 1,800,000, would be within the limit."""
        decided = make.resolution(cast.textil.organization)
        thresholds.set_threshold(
            book=cast.textil, amount=2_000_000_00, resolution=decided, by=cast.carla, on=AGREED, at=make.NOON
        )

        agreement = propose(cast)

        assert agreement.state == "draft"
        signing = {"agreement": agreement, "organization": cast.textil.organization, "by": cast.carla, "on": AGREED}
        with pytest.raises(ResolutionIsMissing):
            agreements.sign(**signing)
        assert agreements.sign(**signing, resolution=decided).state == "proposed"


class TestRevise:
    def test_writes_the_terms_anew_as_was_asked_for(self, cast: Cast):
        agreement = propose(cast)
        sewing = cast.molino.organization
        agreements.ask_change(agreement=agreement, organization=sewing, reason="3 %", by=cast.nora, on=AGREED)

        toll_work.revise(agreement=agreement, toll=terms(cast, allowed_waste=300, goods=None), by=cast.carla, on=AGREED)

        now = Agreement.objects.get(pk=agreement.pk)
        assert (now.state, now.toll.allowed_waste, now.lines.count()) == ("proposed", 300, 1)

    def test_refuses_once_both_have_signed(self, cast: Cast):
        agreement = accepted(cast)

        with pytest.raises(NotAtThisPoint):
            toll_work.revise(agreement=agreement, toll=terms(cast), by=cast.carla, on=AGREED)
