"""Material of one that another works: Story 2 to the cent in both books, and what is refused."""

import uuid
from typing import Any

import pytest

from ledger.actions import adjustments, confirmations, custody, deliveries, reversals
from ledger.actions.adjustments import NotPutRightSo
from ledger.actions.agreements import NotForYouToDo
from ledger.actions.custody import AccountIsUnknown, WorkedIsMissing
from ledger.actions.deliveries import AmountAboveZero, MoreThanIsLeft, NothingDelivered
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_tolled import (
    MoreThanOnHand,
    MoreThanToHandOver,
    MoreWasteThanAgreed,
    NotToMoveNow,
    WorkedSince,
)
from ledger.models import Agreement, Claim, Delivery
from ledger.models.deliveries import Act
from ledger.queries import materials
from tests.cast import Cast
from tests.tolls import CLOTH_DAY, PAPERS, SEWN, accepted, cloth, hand_over, handed, held, lines, paid, sew, sewn

pytestmark = pytest.mark.django_db


def is_settled(agreement: Agreement) -> bool:
    return Agreement.objects.get(pk=agreement.pk).state == "settled"


def undone(delivery: Delivery, cast: Cast) -> Delivery:
    """Have the textile cooperative ask to undo it, and the mill agree."""
    asked = reversals.ask(
        delivery=delivery, organization=cast.textil.organization, reason="Otro corte.", by=cast.carla, on=SEWN
    )
    return reversals.agree(delivery=asked, by=cast.mario, on=SEWN)


class TestStory2:
    def test_cloth_leaves_on_custody_and_is_no_sale(self, cast: Cast):
        delivery = handed(accepted(cast), cast)

        assert lines(delivery, cast.textil) == [
            ("1304", "ARS", 4_650_000_00, 1_500_00),
            ("1303", "ARS", -4_650_000_00, -1_500_00),
        ]
        assert lines(delivery, cast.molino) == [("9101", "M", 1_500_00, 0), ("9102", "M", -1_500_00, 0)]

    def test_uniforms_come_back_and_the_fee_is_owed_in_cloth_and_pesos(self, cast: Cast):
        agreement = accepted(cast)
        handed(agreement, cast)

        delivery = sewn(agreement, cast)

        assert lines(delivery, cast.molino) == [
            ("1202", "M", 1_800_000_00, 450_00),
            ("1202", "ARS", 1_830_000_00, 0),
            ("4102", "ARS", -3_000_000_00, 0),
            ("2103", "ARS", -630_000_00, 0),
            ("9101", "M", -1_500_00, 0),
            ("9102", "M", 1_500_00, 0),
        ]
        assert lines(delivery, cast.textil) == [
            ("2102", "M", -1_800_000_00, -450_00),
            ("2102", "ARS", -1_830_000_00, 0),
            ("1302", "ARS", 3_000_000_00, 0),
            ("1203", "ARS", 630_000_00, 0),
            ("1303", "ARS", 7_588_000_00, 1_000),
            ("1304", "ARS", -4_588_000_00, -1_480_00),
            ("1302", "ARS", -3_000_000_00, 0),
            ("1303", "ARS", 62_000_00, 20_00),
            ("1304", "ARS", -62_000_00, -20_00),
        ]

    def test_cloth_pays_a_part_and_its_vat_is_set_off(self, cast: Cast):
        agreement = accepted(cast)
        handed(agreement, cast)
        sewn(agreement, cast)

        delivery = cloth(agreement, cast)

        assert sorted(lines(delivery, cast.textil)) == [
            ("2102", "ARS", 378_000_00, 0),
            ("2102", "M", 1_800_000_00, 450_00),
            ("2103", "ARS", -378_000_00, 0),
            ("4103", "ARS", -1_800_000_00, 0),
        ]
        assert sorted(lines(delivery, cast.molino)) == [
            ("1202", "ARS", -378_000_00, 0),
            ("1202", "M", -1_800_000_00, -450_00),
            ("1203", "ARS", 378_000_00, 0),
            ("1301", "ARS", 1_800_000_00, 450_00),
        ]

    def test_pesos_pay_the_rest_and_everything_is_at_zero(self, cast: Cast):
        agreement = accepted(cast)
        for step in (handed, sewn, cloth):
            step(agreement, cast)
        assert not is_settled(agreement)

        delivery = paid(agreement, cast)

        assert is_settled(agreement)
        assert ("1102", "ARS", 1_452_000_00, 0) in lines(delivery, cast.molino)
        assert not Claim.objects.filter(balance__amount__gt=0).exists()
        assert not Claim.objects.filter(balance__quantity__gt=0).exists()
        assert [held(cast.molino, number) for number in ("9101", "9102")] == [0, 0]
        assert [held(cast.textil, number) for number in ("1304", "1302")] == [0, 0]
        assert held(cast.molino, "4102") == -3_000_000_00
        # What the uniforms cost: 1,480 m at 3,100 and the sewing; and the cloth that left its stock for them.
        assert held(cast.textil, "1303") == 7_588_000_00 + 62_000_00 - 4_650_000_00


class TestPieces:
    def test_in_parts_and_in_any_order(self, cast: Cast):
        """Cloth that pays comes first, material in two parts, leftovers by themselves, and pesos before the end."""
        agreement = accepted(cast)
        cloth(agreement, cast, on=SEWN)
        paid(agreement, cast, 1_000_000_00, on=SEWN)
        handed(agreement, cast, 700_00, on=SEWN)
        sewn(agreement, cast, 400, 580_00, 12_00, 0)
        handed(agreement, cast, 800_00, on=SEWN)
        sewn(agreement, cast, 600, 870_00, 18_00, 0)
        paid(agreement, cast, 452_000_00, on=SEWN)
        assert not is_settled(agreement)

        sewn(agreement, cast, 0, 0, 0, 20_00)

        assert is_settled(agreement)
        assert [held(cast.molino, "9101"), held(cast.textil, "1304")] == [0, 0]
        assert held(cast.textil, "1303") == 7_588_000_00 + 62_000_00 - 4_650_000_00

    def test_a_fee_in_money_alone(self, cast: Cast):
        agreement = accepted(cast, goods=None)
        for step in (handed, sewn):
            step(agreement, cast)

        paid(agreement, cast, 3_630_000_00)

        assert is_settled(agreement)

    def test_fewer_are_made_as_both_agree(self, cast: Cast):
        agreement = accepted(cast, goods=None)
        handed(agreement, cast)
        sewn(agreement, cast, 900)
        paid(agreement, cast, 3_267_000_00)
        line = agreement.lines.get(giver=cast.molino.organization)
        told: dict[str, Any] = {"agreement": agreement, "line": line, "by": cast.nora}
        told["organization"] = cast.molino.organization
        told |= {"quantity": 100, "happened_on": SEWN, "reason": "No alcanzó la tela.", "on": SEWN}

        with pytest.raises(NotPutRightSo):
            adjustments.log(key=uuid.uuid4(), act=Act.ALLOWANCE, amount=1, **told)
        fewer = adjustments.log(key=uuid.uuid4(), act=Act.SHORTFALL, **told)
        confirmations.confirm(delivery=fewer, by=cast.carla, on=SEWN)

        assert is_settled(agreement)

    def test_what_is_owed_in_cloth_follows_its_price(self, cast: Cast):
        agreement = accepted(cast)
        for step in (handed, sewn):
            step(agreement, cast)

        dearer = adjustments.log(
            agreement=agreement,
            key=uuid.uuid4(),
            act=Act.REVALUATION,
            line=agreement.lines.get(giver=cast.textil.organization),
            organization=cast.textil.organization,
            quantity=450_00,
            amount=1_980_000_00,
            happened_on=SEWN,
            reason="Lista del 22-5.",
            by=cast.carla,
            on=SEWN,
        )
        confirmations.confirm(delivery=dearer, by=cast.mario, on=SEWN)

        assert held(cast.molino, "4901") == -180_000_00
        cloth(agreement, cast)
        paid(agreement, cast, 1_452_000_00 - 37_800_00)
        assert is_settled(agreement)


class TestRefusals:
    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"quantity": 0, "cost": 1}, NothingDelivered),
            ({"cost": 0}, AmountAboveZero),
            ({"account": "1102"}, AccountIsUnknown),
            ({"quantity": 1_500_01}, MoreThanToHandOver),
        ],
    )
    def test_of_what_is_handed_over(self, cast: Cast, wrong: dict[str, Any], refusal: type[Exception]):
        with pytest.raises(refusal):
            hand_over(accepted(cast), cast, **wrong)

    @pytest.mark.parametrize(
        ("made", "taken", "refusal"),
        [
            (1_000, (0, 0, 0), NothingDelivered),
            (1_000, (0, 30_00, 0), WorkedIsMissing),
            (0, (1_00, 0, 0), WorkedIsMissing),
            (1_001, (1_450_00, 0, 0), MoreThanIsLeft),
            (1_000, (1_450_00, 30_00, 20_01), MoreThanOnHand),
            (1_000, (1_450_00, 30_01, 0), MoreWasteThanAgreed),
            (-1, (1, 0, 0), NothingDelivered),
        ],
    )
    def test_of_what_is_made(self, cast: Cast, made: int, taken: tuple[int, ...], refusal: type[Exception]):
        agreement = accepted(cast)
        handed(agreement, cast)

        with pytest.raises(refusal):
            sew(agreement, cast, made, *taken)

    def test_only_what_was_confirmed_is_worked_and_what_was_told_is_gone(self, cast: Cast):
        agreement = accepted(cast)
        hand_over(agreement, cast)
        with pytest.raises(MoreThanOnHand):
            sew(agreement, cast)
        confirmations.confirm(delivery=agreement.deliveries.get(), by=cast.mario, on=SEWN)
        sew(agreement, cast)

        with pytest.raises(MoreThanOnHand):
            sew(agreement, cast, 0, 0, 0, 1)

    def test_work_without_a_word_on_the_material(self, cast: Cast):
        agreement = accepted(cast)
        line = agreement.lines.get(giver=cast.molino.organization)
        told = deliveries.log(
            agreement=agreement,
            key=uuid.uuid4(),
            giver=cast.molino.organization,
            quantities={line.pk: 1_000},
            happened_on=CLOTH_DAY,
            papers=PAPERS,
            by=cast.nora,
            on=CLOTH_DAY,
        )

        with pytest.raises(NotToMoveNow):
            custody.confirm(delivery=told, by=cast.carla, on=CLOTH_DAY)

    def test_each_side_tells_its_own(self, cast: Cast):
        agreement = accepted(cast)
        with pytest.raises(NotForYouToDo):
            hand_over(agreement, cast, by=cast.mario)
        with pytest.raises(NotForYouToDo):
            sew(agreement, cast, by=cast.carla)

    def test_the_same_form_counts_once(self, cast: Cast):
        agreement, key = accepted(cast), uuid.uuid4()

        assert hand_over(agreement, cast, key=key) == hand_over(agreement, cast, key=key)
        with pytest.raises(KeyWasUsedForSomethingElse):
            hand_over(agreement, cast, key=key, cost=1)
        confirmations.confirm(delivery=agreement.deliveries.get(), by=cast.mario, on=SEWN)
        key = uuid.uuid4()
        assert sew(agreement, cast, key=key) == sew(agreement, cast, key=key)
        with pytest.raises(KeyWasUsedForSomethingElse):
            sew(agreement, cast, 999, key=key)


class TestUndoing:
    def test_uniforms_that_were_none_leave_the_cloth_on_hand(self, cast: Cast):
        agreement = accepted(cast)
        handed(agreement, cast)
        delivery = sewn(agreement, cast)

        undone(delivery, cast)

        assert materials.custody(agreement, with_cost=True).cost == 4_650_000_00
        assert held(cast.molino, "9101") == 1_500_00
        sewn(agreement, cast)
        assert held(cast.molino, "9101") == 0

    def test_not_the_cloth_under_the_uniforms(self, cast: Cast):
        agreement = accepted(cast)
        first = handed(agreement, cast, 100_00)
        second = handed(agreement, cast, 100_00, cost=930_000_00)
        sewn(agreement, cast, 10, 100_00, 0, 0)

        with pytest.raises(WorkedSince):
            undone(second, cast)
        assert Delivery.objects.get(pk=first.pk).state == "confirmed"
