"""Round Python: what was printed stays, and what is entered from a voucher is of its agreement."""

import uuid

import pytest

from ledger.actions import vouchers
from ledger.actions.refusals_vouchers import VoucherOfAnother, VoucherStays
from ledger.models import Agreement, Delivery, Voucher
from tests.barters import BAGS_DAY, accepted, deliver
from tests.cast import Cast
from tests.plain_sql import is_stopped
from tests.vouchers import entered, printed

pytestmark = pytest.mark.django_db

VOID = "UPDATE ledger_voucher SET voided_on = '2023-11-20', voided_by_id = %s, reason = 'x' WHERE id = %s"
PRINT = (
    "INSERT INTO ledger_voucher (code, key, sheet, number, organization_id, agreement_id, printed_on, printed_by_id,"
    " reason) VALUES ('00000000', %s, %s, 1, %s, %s, '2023-11-20', %s, '')"
)
TELL = (
    "INSERT INTO ledger_delivery (key, agreement_id, giver_id, receiver_id, act, state, happened_on, delivery_note,"
    " invoice, logged_by_id, reversal_reason) VALUES (%s, %s, %s, %s, 'goods', 'logged', '2023-11-20', '', '', %s, '')"
)


def told(agreement: Agreement, cast: Cast, key: uuid.UUID) -> tuple[object, ...]:
    ours, theirs = cast.grafica.organization_id, cast.molino.organization_id
    return key.hex, agreement.pk, ours, theirs, cast.beto.pk


def test_what_was_printed_stays(cast: Cast):
    agreement, other = accepted(cast), accepted(cast)
    slip = printed(agreement, cast)[0]
    for change in (
        "UPDATE ledger_voucher SET code = '00000000'",
        f"UPDATE ledger_voucher SET agreement_id = {other.pk}",
        f"UPDATE ledger_voucher SET organization_id = {cast.molino.organization_id} WHERE id = {slip.pk}",
        f"DELETE FROM ledger_voucher WHERE id = {slip.pk}",
    ):
        assert is_stopped(change) is VoucherStays, change


def test_what_was_entered_is_not_voided_and_what_was_voided_stays(cast: Cast):
    agreement = accepted(cast)
    slip, lost = printed(agreement, cast)
    entered(slip, f"pay:{cast.molino.organization_id}", 1_00, by=cast.beto)
    vouchers.void(voucher=lost, reason="Se perdió.", by=cast.beto, on=BAGS_DAY)

    for which in (slip, lost):
        assert is_stopped(VOID, cast.beto.pk, which.pk) is VoucherStays


def test_is_of_a_party_and_of_nothing_that_was_told_before(cast: Cast):
    agreement = accepted(cast)
    before = deliver(agreement, "Bolsas impresas", 1, by=cast.beto, on=BAGS_DAY)

    for key, who in ((uuid.uuid4(), cast.textil), (before.key, cast.grafica)):
        row = (key.hex, uuid.uuid4().hex, who.organization_id, agreement.pk, cast.beto.pk)
        assert is_stopped(PRINT, *row) is VoucherOfAnother
    assert not Voucher.objects.exists()


def test_what_is_entered_is_of_its_agreement_and_of_one_that_counts(cast: Cast):
    agreement, other = accepted(cast), accepted(cast)
    slip, lost = printed(agreement, cast)
    vouchers.void(voucher=lost, reason="Se perdió.", by=cast.beto, on=BAGS_DAY)

    assert is_stopped(TELL, *told(other, cast, slip.key)) is VoucherOfAnother
    assert is_stopped(TELL, *told(agreement, cast, lost.key)) is VoucherOfAnother
    assert not Delivery.objects.exists()
