"""Vouchers of gifts, of mentoring and of a fund: printed without an agreement, and told on pages of their own, once."""

import pytest

from ledger.actions import vouchers
from ledger.actions.refusals_vouchers import VoucherIsEntered, VoucherOfAnother, VoucherStays
from ledger.actions.terms import PartnerKeepsNoBook
from ledger.actions.told_acts import NotOfYours
from ledger.models import Voucher
from ledger.models.funded import FundKind
from ledger.queries import vouchers as read
from tests import make
from tests.barters import accepted
from tests.cast import Cast
from tests.contributions import GIVEN, give, hours, lesson
from tests.funds import Kept
from tests.plain_sql import is_stopped
from tests.vouchers import entered, printed

pytestmark = pytest.mark.django_db
MOVE = "UPDATE ledger_voucher SET fund_id = %s, agreement_id = %s WHERE id = %s"
PRINT = (
    "INSERT INTO ledger_voucher (code, key, sheet, number, organization_id, agreement_id, fund_id, printed_on,"
    " printed_by_id, reason) VALUES ('00000000', %s, %s, 1, %s, %s, %s, '2026-04-30', %s, '')"
)


def routes(voucher: Voucher) -> list[str]:
    return [each.route for each in read.longer_of(voucher)]


class TestOfGifts:
    def test_tells_of_work_of_mentoring_and_of_goods(self, cast: Cast):
        slip = printed(None, cast, 1, on=GIVEN)[0]

        assert routes(slip) == ["work-new", "mentoring-new", "gift-new"]
        assert slip.of_what == "Aportes y acompañamiento"
        assert not read.choices(slip.agreement, slip.organization)

    def test_is_entered_once_by_what_carries_its_key(self, cast: Cast):
        slip, other = printed(None, cast, on=GIVEN)
        told = give(cast, lesson(cast.molino.organization), key=slip.key)

        assert list(read.out(cast.grafica.organization)) == [other]
        assert read.told(slip) == told
        with pytest.raises(VoucherIsEntered):
            vouchers.void(voucher=slip, reason="Se perdió.", by=cast.beto, on=GIVEN)

    def test_of_one_that_was_voided_nothing_is_told(self, cast: Cast):
        slip, of_a_barter = printed(None, cast, 1, on=GIVEN)[0], printed(accepted(cast), cast, 1)[0]
        vouchers.void(voucher=slip, reason="Se perdió.", by=cast.beto, on=GIVEN)

        for wrong in (slip, of_a_barter):
            with pytest.raises(VoucherOfAnother):
                give(cast, hours(cast.molino.organization), key=wrong.key)

    def test_is_for_whoever_keeps_a_book(self, cast: Cast):
        newcomer = make.organization("nueva")
        with pytest.raises(PartnerKeepsNoBook):
            printed(None, cast, organization=newcomer, by=make.officer("Noe", newcomer))


class TestOfAFund:
    def test_tells_of_what_is_owed_and_what_is_given_to_it(self, cast: Cast):
        kept = Kept(cast)
        levy = kept.levied(cast.grafica, 90_00)
        slip = printed(None, cast, 1, fund=kept.fund, on=make.DAY)[0]

        assert routes(slip) == ["fund-pay", "fund-levy", "fund-gift"]
        told = kept.pay(levy, 90_00, key=slip.key)
        assert read.told(slip) == told
        assert not read.out(cast.grafica.organization).exists()

    def test_is_of_those_who_have_to_do_with_it_and_of_its_teller(self, cast: Cast):
        kept = Kept(cast)
        stranger = make.book("ajena").organization
        with pytest.raises(NotOfYours):
            printed(None, cast, 1, fund=kept.fund, organization=stranger, by=make.officer("Ada", stranger), on=make.DAY)

        slip = printed(None, cast, 1, fund=kept.fund, on=make.DAY)[0]
        with pytest.raises(VoucherOfAnother):
            kept.tell(FundKind.GIFT, cast.molino, 5_00, teller=cast.molino, key=slip.key)


def test_what_was_printed_stays_for_what_it_was(cast: Cast):
    kept, agreement = Kept(cast), accepted(cast)
    slip = printed(None, cast, 1, on=make.DAY)[0]
    for fund, of in ((kept.fund.pk, None), (None, agreement.pk)):
        assert is_stopped(MOVE, fund, of, slip.pk) is VoucherStays

    told = give(cast, lesson(cast.molino.organization))
    row = (told.key.hex, slip.sheet.hex, cast.grafica.organization_id, None, None, cast.beto.pk)
    assert is_stopped(PRINT, *row) is VoucherOfAnother


def test_nothing_is_told_with_one_number(cast: Cast):
    slip = printed(None, cast, 1, on=GIVEN)[0]
    with pytest.raises(vouchers.NotToldWithIt):
        entered(slip, "pay:1", 1_00, by=cast.beto, on=GIVEN)
