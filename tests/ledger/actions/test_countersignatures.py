"""Its receiver counter-signs a gift, or a receipt does; then it stands in the giver's book, and both undo it."""

from functools import partial

import pytest

from ledger.actions import countersignatures
from ledger.actions.agreements import NoMandateToday, ReasonIsMissing
from ledger.actions.countersignatures import ReceiptIsMissing, TheyCounterSign
from ledger.actions.deliveries import DeliveryAlreadyAnswered
from ledger.actions.hosted import HostHasToPutRight
from ledger.models import Contribution, Entry
from network.models import Organization, User
from tests.barters import own
from tests.cast import Cast
from tests.contributions import GIVEN, fund, give, hours, whiteboards
from tests.hostings import school
from tests.ledger.actions.test_barter import at_once


@pytest.fixture
def elsa(cast: Cast) -> User:
    """The president of the popular high school; the print shop's fund is set aside."""
    fund(cast)
    return school()[1]


@pytest.fixture
def body(elsa: User) -> Organization:
    return elsa.memberships.get().organization


def held(cast: Cast, number: str) -> int:
    return cast.grafica.accounts.get(number=number).balance.amount


def signed(cast: Cast, body: Organization, elsa: User) -> Contribution:
    gift = give(cast, whiteboards(cast, body))
    return countersignatures.confirm(contribution=gift, by=elsa, on=GIVEN)


class TestConfirm:
    def test_whiteboards_out_of_the_fund_to_the_cent(self, cast: Cast, body: Organization, elsa: User):
        given = signed(cast, body, elsa)

        assert held(cast, "2202") == -(400_000_00 - 250_000_00)
        assert held(cast, "1102") == 900_000_00 - 250_000_00
        assert held(cast, "5401") == 0
        assert given.event.resolution == str(given.resolution)
        assert [entry.book for entry in Entry.objects.filter(event=given.event)] == [cast.grafica]

    def test_hours_are_counted_and_never_priced(self, cast: Cast, body: Organization, elsa: User):
        before = held(cast, "1102")

        countersignatures.confirm(contribution=give(cast, hours(body)), by=elsa, on=GIVEN)

        assert held(cast, "9203") == 24_00 == -held(cast, "9204")
        assert (held(cast, "1102"), held(cast, "5401")) == (before, 0)

    def test_twice_is_once(self, cast: Cast, body: Organization, elsa: User):
        given = signed(cast, body, elsa)

        assert countersignatures.confirm(contribution=given, by=elsa, on=GIVEN).event == given.event

    def test_only_who_speaks_for_the_receiver(self, cast: Cast, body: Organization):
        gift = give(cast, whiteboards(cast, body))

        for somebody in (cast.ana, cast.beto, cast.silvia):
            with pytest.raises(NoMandateToday):
                countersignatures.confirm(contribution=gift, by=somebody, on=GIVEN)

    def test_the_receiver_hears_nothing_of_what_the_fund_lacks(self, cast: Cast, body: Organization, elsa: User):
        gift = give(cast, whiteboards(cast, body))
        own(cast, cast.grafica, "Curso", "2202", "1102", 300_000_00, on=GIVEN)

        with pytest.raises(HostHasToPutRight):
            countersignatures.confirm(contribution=gift, by=elsa, on=GIVEN)


class TestAcknowledge:
    def test_a_receipt_stands_for_whoever_is_only_a_name(self, cast: Cast, elsa: User):
        gift = give(cast, whiteboards(cast, None))

        given = countersignatures.acknowledge(contribution=gift, receipt="Recibo 12", by=cast.ana, on=GIVEN)

        assert (given.state, given.event.papers) == ("confirmed", "Recibo 12")

    def test_needs_its_number(self, cast: Cast, elsa: User):
        with pytest.raises(ReceiptIsMissing):
            countersignatures.acknowledge(
                contribution=give(cast, whiteboards(cast, None)), receipt=" ", by=cast.ana, on=GIVEN
            )

    def test_does_not_stand_for_whoever_speaks_for_itself(self, cast: Cast, body: Organization):
        with pytest.raises(TheyCounterSign):
            countersignatures.acknowledge(
                contribution=give(cast, whiteboards(cast, body)), receipt="R 1", by=cast.ana, on=GIVEN
            )


class TestReject:
    def test_says_why_and_posts_nothing(self, cast: Cast, body: Organization, elsa: User):
        told = {"contribution": give(cast, whiteboards(cast, body)), "by": elsa, "on": GIVEN}
        with pytest.raises(ReasonIsMissing):
            countersignatures.reject(reason=" ", **told)

        assert countersignatures.reject(reason="No llegaron.", **told).state == "rejected"
        with pytest.raises(DeliveryAlreadyAnswered):
            countersignatures.confirm(**told)


class TestUndo:
    def test_one_asks_and_the_other_agrees(self, cast: Cast, body: Organization, elsa: User):
        told = {"contribution": signed(cast, body, elsa), "on": GIVEN}
        asked = {"organization": cast.grafica.organization, "by": cast.ana, "reason": "Era para otra."}
        assert countersignatures.undo(**told, **asked).state == "confirmed"
        with pytest.raises(DeliveryAlreadyAnswered):
            countersignatures.undo(**told, **asked)

        assert countersignatures.undo(**told, organization=body, by=elsa, reason="").state == "reversed"
        assert held(cast, "2202") == -400_000_00

    def test_the_other_may_keep_it(self, cast: Cast, body: Organization, elsa: User):
        told = {"contribution": signed(cast, body, elsa), "on": GIVEN}
        countersignatures.undo(**told, organization=body, by=elsa, reason="Sobran.")
        with pytest.raises(DeliveryAlreadyAnswered):
            countersignatures.keep(**told, organization=body, by=elsa)

        kept = countersignatures.keep(**told, organization=cast.grafica.organization, by=cast.ana)

        assert (kept.state, kept.reversal_asked_by) == ("confirmed", None)

    def test_the_giver_alone_where_nobody_speaks_for_the_receiver(self, cast: Cast, elsa: User):
        gift = give(cast, whiteboards(cast, None))
        countersignatures.acknowledge(contribution=gift, receipt="Recibo 12", by=cast.ana, on=GIVEN)

        undone = countersignatures.undo(
            contribution=gift, organization=cast.grafica.organization, by=cast.ana, reason="Rebotó.", on=GIVEN
        )

        assert undone.state == "reversed"


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_gifts_do_not_take_the_same_money_out_of_a_fund(self, cast: Cast, body: Organization, elsa: User):
        gifts = [give(cast, whiteboards(cast, body)) for _twice in range(2)]
        confirm = countersignatures.confirm

        signed, refused = at_once(*[partial(confirm, contribution=gift, by=elsa, on=GIVEN) for gift in gifts])

        assert len(signed) == 1
        assert [type(each) for each in refused] == [HostHasToPutRight]
        assert held(cast, "2202") == -(400_000_00 - 250_000_00)
