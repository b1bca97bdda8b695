"""What both sides put right: today's price of what is owed, returns, shortfalls, quality; Story 1 to its end."""

import datetime as dt
import uuid

import pytest

from ledger.actions import adjustments, agreements, barter, deliveries, refusals_agreed, reversals
from ledger.actions.agreements import ResolutionIsMissing
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.models import AccountBalance, Agreement, ClaimBalance
from ledger.models.deliveries import Act
from tests import make
from tests.barters import AGREED, FLOUR_DAY, accepted, agreed, bags, flour, pay, put_right
from tests.cast import Cast
from tests.ledger.actions.test_thresholds import limit
from tests.notation import journal_of, text
from tests.plain_sql import is_stopped

CLOSING = dt.date(2023, 12, 31)
LAST = dt.date(2024, 1, 15)
PAID = dt.date(2024, 1, 20)


def is_at_zero(agreement: Agreement) -> bool:
    """Say whether it is settled, and every claim and debt is at zero."""
    agreement.refresh_from_db()
    owed = AccountBalance.objects.filter(account__number__in=["1202", "2102"]).exclude(amount=0, quantity=0)
    claims = ClaimBalance.objects.exclude(amount=0, quantity=0)
    return agreement.state == "settled" and not owed.exists() and not claims.exists()


class TestStory1:
    """Golden: what is still owed after prices jump."""

    def test_to_its_end_to_the_cent(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)
        flour(agreement, cast)
        price = put_right(
            agreement, cast, Act.REVALUATION, "Harina 000", 2_000_000, amount=800_000_00, on=CLOSING, reason="Lista"
        )
        agreed(price, cast, on=CLOSING)
        flour(agreement, cast, on=LAST, worth=900_000_00)
        pay(agreement, cast, 94_500_00, on=PAID)

        assert (
            journal_of(cast.grafica).splitlines()[-8:]
            == text("""
            2023-12-31 1202 molino KG harina 000 200000.00
            2023-12-31 4901                     -200000.00
            2024-01-15 1202 molino ARS           -94500.00
            2024-01-15 1202 molino KG harina 000 -800000.00 [-2000]
            2024-01-15 1203                       94500.00
            2024-01-15 1301                      900000.00 [2000]
            2024-01-15 4901                     -100000.00
            2024-01-20 1102                       94500.00
            2024-01-20 1202 molino ARS           -94500.00
        """).splitlines()[-8:]
        )
        assert (
            journal_of(cast.molino).splitlines()[-9:]
            == text("""
            2023-12-31 2102 grafica KG harina 000 -200000.00
            2023-12-31 4901                      200000.00
            2024-01-15 2102 grafica ARS           94500.00
            2024-01-15 2102 grafica KG harina 000 800000.00 [2000]
            2024-01-15 2103                      -94500.00
            2024-01-15 4103                     -900000.00
            2024-01-15 4901                      100000.00
            2024-01-20 1102                      -94500.00
            2024-01-20 2102 grafica ARS           94500.00
        """).splitlines()
        )
        assert is_at_zero(agreement)

    def test_a_price_for_another_quantity_than_is_owed_is_refused(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)
        price = put_right(agreement, cast, Act.REVALUATION, "Harina 000", 4_000_000, amount=1_600_000_00)
        flour(agreement, cast)

        with pytest.raises(barter.OwedHasChanged):
            agreed(price, cast)

    def test_has_none_where_all_is_owed_in_money(self, cast: Cast):
        agreement = accepted(cast, pegged_to_goods=False)

        with pytest.raises(adjustments.NotPeggedToGoods):
            put_right(agreement, cast, Act.REVALUATION, "Harina 000", 1, amount=1)


class TestReturn:
    def test_opens_what_was_settled_and_gives_its_vat_back(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)
        flour(agreement, cast, 4_000_000)
        pay(agreement, cast, 126_000_00, on=FLOUR_DAY)
        assert is_at_zero(agreement)

        agreed(put_right(agreement, cast, Act.RETURN, "Harina 000", 1_000_000, reason="Vino húmeda"), cast)

        agreement.refresh_from_db()
        assert agreement.state == "accepted"
        assert (
            journal_of(cast.grafica).splitlines()[-4:]
            == text("""
            2023-11-27 1202 molino ARS 31500.00
            2023-11-27 1202 molino KG harina 000 300000.00 [1000]
            2023-11-27 1203 -31500.00
            2023-11-27 1301 -300000.00 [-1000]
        """).splitlines()
        )
        flour(agreement, cast, 1_000_000)
        assert is_at_zero(agreement)

    def test_is_of_whoever_received_it(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)

        with pytest.raises(deliveries.NotInTheAgreement):
            put_right(agreement, cast, Act.RETURN, "Bolsas impresas", 1)

    def test_is_not_of_more_than_was_delivered(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast, 100)
        returned = put_right(agreement, cast, Act.RETURN, "Bolsas impresas", 101, who=cast.molino)

        with pytest.raises(deliveries.MoreThanIsLeft):
            agreed(returned, cast)


class TestShortfall:
    def test_turns_what_is_owed_into_money_and_leaves_nothing_to_deliver(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)
        flour(agreement, cast)

        agreed(put_right(agreement, cast, Act.SHORTFALL, "Harina 000", 2_000_000, who=cast.molino), cast)

        with pytest.raises(deliveries.MoreThanIsLeft):
            flour(agreement, cast, 1)
        # 600,000 of flour, and of VAT 252,000 - 63,000.
        pay(agreement, cast, 789_000_00, on=FLOUR_DAY)
        assert is_at_zero(agreement)

    def test_of_what_nobody_owes_moves_nothing_in_the_books(self, cast: Cast):
        agreement = accepted(cast)

        left_out = agreed(put_right(agreement, cast, Act.SHORTFALL, "Harina 000", 2_000_000), cast)

        assert (left_out.state, left_out.event) == ("confirmed", None)
        with pytest.raises(deliveries.MoreThanIsLeft):
            flour(agreement, cast, 2_000_001)
        asked = reversals.ask(
            delivery=left_out, organization=cast.molino.organization, reason="Llegó", by=cast.mario, on=FLOUR_DAY
        )
        reversals.agree(delivery=asked, by=cast.ana, on=FLOUR_DAY)
        assert flour(agreement, cast, 4_000_000).state == "confirmed"


class TestAllowance:
    def test_lowers_the_price_with_its_vat(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)

        less = put_right(agreement, cast, Act.ALLOWANCE, "Bolsas impresas", 5_000, amount=50_000_00, who=cast.molino)
        agreed(less, cast)

        assert (
            journal_of(cast.grafica).splitlines()[-3:]
            == text("""
            2023-11-27 1202 molino ARS -60500.00
            2023-11-27 2103 10500.00
            2023-11-27 4103 50000.00
        """).splitlines()
        )

    def test_is_not_of_more_than_it_is_worth(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast, 1)

        with pytest.raises(deliveries.MoreThanIsLeft):
            agreed(put_right(agreement, cast, Act.ALLOWANCE, "Bolsas impresas", 1, amount=20_01), cast)


class TestChange:
    def test_of_what_is_still_to_be_given_moves_nothing_and_holds_from_then_on(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast, 30_000)

        changed = agreed(put_right(agreement, cast, Act.CHANGE, "Bolsas impresas", 10_000, amount=200_000_00), cast)

        assert changed.event is None
        with pytest.raises(deliveries.MoreThanIsLeft):
            bags(agreement, cast, 10_001)
        bags(agreement, cast, 10_000)
        # Flour for 600,000 and 200,000, and 21 % of VAT of both.
        assert sum(bags_day_debts(cast)) == 968_000_00

    def test_beyond_what_officers_may_agree_on_it_needs_a_resolution(self, cast: Cast):
        agreement = accepted(cast)
        limit(cast.grafica, 1_300_000_00)
        more = put_right(agreement, cast, Act.CHANGE, "Bolsas impresas", 70_000, amount=1_400_000_00)

        with pytest.raises(ResolutionIsMissing, match="Gráfica"):
            agreed(more, cast)
        more.items.update(value=200_000_00)
        confirm = "UPDATE ledger_delivery SET state = 'confirmed' WHERE id = %s"
        assert is_stopped(confirm, more.pk) is refusals_agreed.SignedByResolution

        act = make.resolution(cast.grafica.organization)
        decided = put_right(agreement, cast, Act.CHANGE, "Bolsas impresas", 70_000, amount=1_400_000_00, resolution=act)
        assert agreed(decided, cast).state == "confirmed"

    def test_of_what_is_all_delivered_is_refused(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)
        more = put_right(agreement, cast, Act.CHANGE, "Bolsas impresas", 1, amount=1)

        with pytest.raises(barter.OwedHasChanged):
            agreed(more, cast)


class TestLog:
    def test_sent_twice_is_written_once_and_other_content_is_refused(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)
        key = uuid.uuid4()

        first = put_right(agreement, cast, Act.ALLOWANCE, "Bolsas impresas", 10, amount=1_00, key=key)

        assert put_right(agreement, cast, Act.ALLOWANCE, "Bolsas impresas", 10, amount=1_00, key=key) == first
        with pytest.raises(KeyWasUsedForSomethingElse):
            put_right(agreement, cast, Act.ALLOWANCE, "Bolsas impresas", 10, amount=2_00, key=key)

    def test_refuses_what_is_not_complete(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)

        with pytest.raises(deliveries.NothingDelivered):
            put_right(agreement, cast, Act.RETURN, "Bolsas impresas", 0, who=cast.molino)
        with pytest.raises(deliveries.AmountAboveZero):
            put_right(agreement, cast, Act.ALLOWANCE, "Bolsas impresas", 1)
        with pytest.raises(agreements.ReasonIsMissing):
            put_right(agreement, cast, Act.RETURN, "Bolsas impresas", 1, who=cast.molino, reason=" ")
        with pytest.raises(deliveries.DeliveredBeforeAgreed):
            put_right(agreement, cast, Act.ALLOWANCE, "Bolsas impresas", 1, amount=1, on=AGREED - dt.timedelta(1))

    def test_refuses_a_stranger(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)

        with pytest.raises(deliveries.NotInTheAgreement):
            adjustments.log(
                agreement=agreement,
                key=uuid.uuid4(),
                act=Act.ALLOWANCE,
                line=agreement.lines.first(),
                organization=cast.textil.organization,
                quantity=1,
                amount=1,
                happened_on=FLOUR_DAY,
                reason="No",
                by=cast.carla,
                on=FLOUR_DAY,
            )

    def test_is_undone_as_a_delivery_is(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)
        before = journal_of(cast.grafica)
        less = put_right(agreement, cast, Act.ALLOWANCE, "Bolsas impresas", 5_000, amount=50_000_00, who=cast.molino)
        less = agreed(less, cast)

        asked = reversals.ask(
            delivery=less, organization=cast.grafica.organization, reason="Eran otras", by=cast.ana, on=FLOUR_DAY
        )
        reversals.agree(delivery=asked, by=cast.mario, on=FLOUR_DAY)

        assert journal_of(cast.grafica).startswith(before)
        sales = AccountBalance.objects.get(account__book=cast.grafica, account__number="4103")
        assert sales.amount == -1_200_000_00
        assert bags_day_debts(cast) == {252_000_00, 1_200_000_00}


def bags_day_debts(cast: Cast) -> set[int]:
    """Return what the mill owes after the bags came."""
    return set(ClaimBalance.objects.filter(amount__gt=0).values_list("amount", flat=True))
