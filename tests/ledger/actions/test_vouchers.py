"""Paper vouchers: each is entered once, tells what its side does under its agreement, and counts when confirmed."""

import datetime as dt
import uuid

import pytest

from ledger.actions import barter, lent, vouchers
from ledger.actions.agreements import NotAtThisPoint, NotForYouToDo, ReasonIsMissing, WatchesAndWritesNothing
from ledger.actions.deliveries import DeliveredInTheFuture, MoreThanIsLeft
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_vouchers import VoucherIsEntered, VoucherIsVoid
from ledger.actions.vouchers import HowManyVouchers, NothingFitsOnAVoucher, NotToldWithIt
from ledger.models import Delivery, Voucher
from ledger.queries import vouchers as read
from tests import hostings, lendings, machines, make, purchasings, referrals, tolls
from tests.barters import BAGS_DAY, accepted, propose
from tests.cast import Cast
from tests.vouchers import entered, printed

pytestmark = pytest.mark.django_db


def bags(agreement) -> str:
    return f"line:{agreement.lines.get(thing='Bolsas impresas').pk}"


class TestPrint:
    def test_makes_so_many_once(self, cast: Cast):
        agreement, sheet = accepted(cast), uuid.uuid4()

        first = printed(agreement, cast, 3, sheet=sheet)

        assert printed(agreement, cast, 3, sheet=sheet) == first
        assert len({each.code for each in first}) == len({each.key for each in first}) == 3
        with pytest.raises(KeyWasUsedForSomethingElse):
            printed(agreement, cast, 4, sheet=sheet)

    def test_refuses_none_and_a_ream(self, cast: Cast):
        agreement = accepted(cast)
        for count in (0, vouchers.MOST + 1):
            with pytest.raises(HowManyVouchers):
                printed(agreement, cast, count)

    def test_is_for_a_side_that_has_something_to_tell(self, cast: Cast):
        body, elsa = hostings.school()
        hosting = hostings.running(cast, body, elsa)
        assert len(printed(hosting, cast, on=hostings.TOLD)) == 2
        with pytest.raises(NothingFitsOnAVoucher):
            printed(hosting, cast, organization=body, by=elsa, on=hostings.TOLD)

    def test_is_for_an_agreement_that_runs(self, cast: Cast):
        with pytest.raises(NotAtThisPoint):
            printed(propose(cast), cast)

    def test_is_for_its_own_people_and_not_for_whoever_watches(self, cast: Cast):
        agreement = accepted(cast)
        with pytest.raises(NotForYouToDo):
            printed(agreement, cast, by=cast.mario)
        watches = make.officer("Vera", cast.grafica.organization, office="internal_auditor")
        with pytest.raises(WatchesAndWritesNothing):
            printed(agreement, cast, by=watches)


class TestEnter:
    def test_waits_for_the_other_side_as_anything_else(self, cast: Cast):
        agreement = accepted(cast)
        slip, other = printed(agreement, cast)

        told = entered(slip, bags(agreement), 30_000, by=cast.beto)

        assert (told.state, told.event, told.delivery_note) == ("logged", None, "R 0001-00000055")
        barter.confirm(delivery=told, by=cast.mario, on=BAGS_DAY)
        assert list(read.out(cast.grafica.organization)) == [other]
        assert read.told(slip) == told

    def test_is_entered_once(self, cast: Cast):
        agreement = accepted(cast)
        slip = printed(agreement, cast)[0]
        entered(slip, bags(agreement), 30_000, by=cast.beto)

        with pytest.raises(VoucherIsEntered):
            entered(slip, bags(agreement), 30_000, by=cast.ana)

        assert Delivery.objects.count() == 1

    def test_keeps_the_refusals_of_the_act(self, cast: Cast):
        agreement = accepted(cast)
        slip = printed(agreement, cast)[0]
        with pytest.raises(MoreThanIsLeft):
            entered(slip, bags(agreement), 60_001, by=cast.beto)
        with pytest.raises(DeliveredInTheFuture):
            entered(slip, bags(agreement), 1, by=cast.beto, happened_on=BAGS_DAY + dt.timedelta(days=1))

    def test_tells_only_what_its_side_does(self, cast: Cast):
        agreement = accepted(cast)
        slip = printed(agreement, cast)[0]
        flour = f"line:{agreement.lines.get(thing='Harina 000').pk}"
        for what in (flour, "pay:999999", "lend", "", "line:x"):
            with pytest.raises(NotToldWithIt):
                entered(slip, what, 1, by=cast.beto)
        with pytest.raises(NotForYouToDo):
            entered(slip, bags(agreement), 1, by=cast.nora)

    def test_pays_somebody(self, cast: Cast):
        agreement = accepted(cast)
        slip = printed(agreement, cast)[0]

        paid = entered(slip, f"pay:{cast.molino.organization_id}", 500_00, by=cast.beto)

        assert (paid.act, paid.money, paid.receiver) == ("money", 500_00, cast.molino.organization)


class TestOtherKinds:
    """The choices of each kind, and that what is chosen is told."""

    def test_a_loan_of_money_is_lent_and_given_back(self, cast: Cast):
        loan = lendings.accepted(cast, lendings.money(cast))
        theirs = printed(loan, cast, organization=cast.molino.organization, by=cast.nora, on=lendings.AGREED)[0]
        handed = entered(theirs, "lend", 20_000_00, by=cast.nora, on=lendings.AGREED)
        lent.confirm(delivery=handed, by=cast.ana, on=lendings.AGREED)
        ours = printed(loan, cast, on=lendings.BACK)[0]

        back = entered(ours, "back:money", 5_000_00, by=cast.beto, on=lendings.BACK)

        assert (back.act, back.money, back.giver) == ("money", 5_000_00, cast.grafica.organization)

    def test_a_loan_of_flour_is_given_back_in_flour(self, cast: Cast):
        loan = lendings.accepted(cast, lendings.things(cast))
        lendings.lent_out(loan, cast, 1_000_000)
        slip = printed(loan, cast, on=lendings.BACK)[0]
        assert [choice.code for choice in read.choices(loan, cast.grafica.organization)] == ["back:things"]

        back = entered(slip, "back:things", 400_000, by=cast.beto, on=lendings.BACK)

        assert (back.act, back.items.get().quantity) == ("return", 400_000)

    def test_work_for_a_shared_customer(self, cast: Cast):
        order = referrals.accepted(cast)
        taker, of_it = cast.textil.organization, {"by": cast.carla, "on": referrals.WORKED}
        slip = printed(order, cast, organization=taker, **of_it)[0]

        worked = entered(slip, "work", 100_000_00, **of_it)

        assert (worked.act, worked.work.amount) == ("work", 100_000_00)

    def test_toll_work_leads_to_its_own_pages(self, cast: Cast):
        agreement = tolls.accepted(cast)
        sews = read.longer(agreement, cast.molino.organization)
        owns = read.longer(agreement, cast.textil.organization)

        assert ([each.route for each in sews], [each.route for each in owns]) == (["toll-work"], ["toll-hand-over"])
        assert [choice.code.partition(":")[0] for choice in read.choices(agreement, cast.molino.organization)] == [
            "pay"
        ]
        assert "line" in {choice.code.partition(":")[0] for choice in read.choices(agreement, cast.textil.organization)}

    def test_hours_of_a_machine_lead_to_the_page_of_their_booking(self, cast: Cast):
        agreement = machines.accepted(cast)
        mill = cast.molino.organization
        booking = machines.booked(agreement, cast, mill)
        machines.booked(agreement, cast, cast.grafica.organization, 13, 14)  # the holder's own hours are not told
        machines.booked(agreement, cast, cast.textil.organization, 15, 16)  # nor are another's, by the mill

        assert [(each.route, each.pk) for each in read.longer(agreement, mill)] == [("machine-tell", booking.pk)]
        assert len(read.longer(agreement, cast.grafica.organization)) == 2

        machines.tell(booking, cast, 90)

        assert read.longer(agreement, mill) == []

    def test_parts_of_a_purchase_lead_to_their_own_pages(self, cast: Cast):
        agreement = purchasings.accepted(cast)
        buyer, other = agreement.purchase.buyer, cast.grafica.organization
        assert read.longer(agreement, buyer) == []

        bought = purchasings.tell(agreement, cast)
        purchasings.hand_over(bought, cast, other)

        left = [each.pk for each in read.longer(agreement, buyer)]
        assert left == [purchasings.part(bought, cast.textil.organization).pk]
        assert read.longer(agreement, other) == []


class TestVoid:
    def test_says_why_and_is_entered_no_more(self, cast: Cast):
        agreement = accepted(cast)
        slip = printed(agreement, cast)[0]
        with pytest.raises(ReasonIsMissing):
            vouchers.void(voucher=slip, reason=" ", by=cast.beto, on=BAGS_DAY)

        vouchers.void(voucher=slip, reason="Se mojó.", by=cast.beto, on=BAGS_DAY)

        for again in (
            lambda: entered(slip, bags(agreement), 1, by=cast.beto),
            lambda: vouchers.void(voucher=slip, reason="Otra vez.", by=cast.beto, on=BAGS_DAY),
        ):
            with pytest.raises(VoucherIsVoid, match="Se mojó"):
                again()

    def test_is_not_for_what_was_entered(self, cast: Cast):
        agreement = accepted(cast)
        slip = printed(agreement, cast)[0]
        entered(slip, bags(agreement), 1, by=cast.beto)
        with pytest.raises(VoucherIsEntered):
            vouchers.void(voucher=slip, reason="Se perdió.", by=cast.beto, on=BAGS_DAY)
        assert Voucher.objects.filter(voided_on=None).count() == 2
