"""What is given once, by whom and by which decision; nothing counts before it is counter-signed."""

import datetime as dt
import uuid

import pytest

from ledger.actions import contributions, countersignatures
from ledger.actions.agreements import NoMandateToday, NotForYouToDo
from ledger.actions.contributions import GivenByResolution, HoldsLess, HoursAreMissing, ToWhom
from ledger.actions.deliveries import AmountAboveZero, DeliveredInTheFuture
from ledger.actions.hosting import NotOfTheCommunity
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_given import AttendanceIsOfAnEvent, HowIsMissing, ReturnIsOfAnEvent
from ledger.core.economies import Transaction
from ledger.models import Entry, Flow
from ledger.models.contributions import ContributionKind
from ledger.queries import economies, hosting
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from network.models import Organization
from tests import make
from tests.cast import Cast
from tests.contributions import GIVEN, festival, fund, give, hours, shirts, whiteboards
from tests.hostings import school

NOT_YET = GIVEN + dt.timedelta(days=1)


@pytest.fixture
def body(cast: Cast) -> Organization:
    """The popular high school, with somebody who speaks for it; the print shop's fund is set aside."""
    fund(cast)
    return school()[0]


class TestLog:
    def test_counts_only_once_it_is_counter_signed(self, cast: Cast, body: Organization):
        before = Entry.objects.count()

        assert give(cast, whiteboards(cast, body)).state == "logged"
        assert Entry.objects.count() == before

    def test_money_is_given_by_an_officer_and_hours_by_any_member(self, cast: Cast, body: Organization):
        with pytest.raises(NoMandateToday):
            give(cast, whiteboards(cast, body), by=cast.beto)
        assert give(cast, hours(body), by=cast.beto).hours == 24_00
        with pytest.raises(NotForYouToDo):
            give(cast, hours(body), by=cast.mario)

    def test_the_same_form_gives_once(self, cast: Cast, body: Organization):
        key, gift = uuid.uuid4(), whiteboards(cast, body)

        assert give(cast, gift, key=key) == give(cast, gift, key=key)
        with pytest.raises(KeyWasUsedForSomethingElse):
            give(cast, whiteboards(cast, body), key=key)

    def test_no_more_than_the_fund_has(self, cast: Cast, body: Organization):
        with pytest.raises(HoldsLess) as refused:
            give(cast, whiteboards(cast, body, amount=400_000_01))

        assert "2202" in str(refused.value)

    def test_no_more_than_the_cash_or_the_stock_has(self, cast: Cast, body: Organization):
        for account in ("1101", "1301", "1303"):
            with pytest.raises(HoldsLess):
                give(cast, whiteboards(cast, body, paid_from=account))

    def test_the_assembly_decides_on_a_donation_and_on_a_fund(self, cast: Cast, body: Organization):
        with pytest.raises(GivenByResolution):
            give(cast, whiteboards(cast, body, resolution=None, charged_to="5401"))
        with pytest.raises(GivenByResolution):
            give(cast, whiteboards(cast, body, resolution=None, kind=ContributionKind.GOODS))

    def test_some_goods_out_of_the_results_need_no_assembly(self, cast: Cast, body: Organization):
        plain = {"resolution": None, "kind": ContributionKind.GOODS, "charged_to": "5401"}

        assert give(cast, whiteboards(cast, body, **plain)).resolution is None

    def test_its_own_assembly_and_before_it_was_given(self, cast: Cast, body: Organization):
        with pytest.raises(AnotherBodyDecided):
            give(cast, whiteboards(cast, body, resolution=make.resolution(cast.molino.organization)))
        later = make.resolution(cast.grafica.organization, on=NOT_YET)
        with pytest.raises(DecidedLater):
            give(cast, whiteboards(cast, body, resolution=later))

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"amount": 0}, AmountAboveZero),
            ({"amount": 2**63}, AmountAboveZero),
            ({"happened_on": NOT_YET}, DeliveredInTheFuture),
            ({"receiver_name": "Otra"}, ToWhom),
        ],
    )
    def test_refuses_what_cannot_have_been(self, cast: Cast, body: Organization, wrong, refusal):
        with pytest.raises(refusal):
            give(cast, whiteboards(cast, body, **wrong))

    def test_refuses_a_gift_to_nobody(self, cast: Cast, body: Organization):
        with pytest.raises(ToWhom):
            give(cast, whiteboards(cast, None, receiver_name=" "))

    def test_refuses_money_for_a_cooperative_and_takes_hours_for_its_neighborhood(self, cast: Cast, body: Organization):
        with pytest.raises(NotOfTheCommunity):
            give(cast, whiteboards(cast, cast.molino.organization))
        assert give(cast, hours(cast.molino.organization)).receiver == cast.molino.organization
        with pytest.raises(ToWhom):
            give(cast, hours(cast.grafica.organization))

    @pytest.mark.parametrize("wrong", [{"hours": 0}, {"people": 0}, {"hours": None}, {"people": 10**5}])
    def test_hours_and_people_are_counted(self, cast: Cast, body: Organization, wrong):
        with pytest.raises(HoursAreMissing):
            give(cast, hours(body, **wrong))

    def test_only_who_keeps_a_book_gives(self, cast: Cast):
        body, elsa = school()

        with pytest.raises(contributions.PartnerKeepsNoBook):
            contributions.log(key=uuid.uuid4(), giver=body, gift=hours(cast.molino.organization), by=elsa, on=GIVEN)


class TestEvent:
    def test_says_how_many_came_and_how_that_is_known_or_neither(self, cast: Cast, body: Organization):
        assert give(cast, festival(cast, body)).attendances == 300
        assert give(cast, festival(cast, body, attendances=None, counted="")).counted == ""

    @pytest.mark.parametrize("wrong", [{"attendances": None}, {"attendances": 0}, {"attendances": 10**6}])
    def test_a_how_asks_for_a_number(self, cast: Cast, body: Organization, wrong):
        with pytest.raises(HowIsMissing):
            give(cast, festival(cast, body, **wrong))

    @pytest.mark.parametrize("how", ["", "guessed"])
    def test_a_number_asks_for_a_how(self, cast: Cast, body: Organization, how: str):
        with pytest.raises(HowIsMissing):
            give(cast, festival(cast, body, counted=how))

    def test_nobody_comes_to_what_is_no_event_and_it_brings_no_return(self, cast: Cast, body: Organization):
        for kind in (ContributionKind.DONATION, ContributionKind.SCHOOL):
            with pytest.raises(AttendanceIsOfAnEvent):
                give(cast, festival(cast, body, kind=kind))
            with pytest.raises(ReturnIsOfAnEvent):
                give(cast, shirts(cast, body, kind=kind, attendances=None, counted=""))

    def test_the_assembly_decides_on_sponsorship_and_on_the_repair_of_a_school(self, cast: Cast, body: Organization):
        with pytest.raises(GivenByResolution):
            give(cast, shirts(cast, body, resolution=None))
        with pytest.raises(GivenByResolution):
            give(cast, whiteboards(cast, body, kind=ContributionKind.SCHOOL, resolution=None, charged_to="5401"))

    def test_what_brings_a_return_is_bought_and_not_given(self, cast: Cast):
        body, elsa = school()
        fund(cast)
        before = hosting.given(book=cast.grafica, on=GIVEN)
        gifts = [shirts(cast, body), festival(cast, body)]

        told, given = (countersignatures.confirm(contribution=give(cast, gift), by=elsa, on=GIVEN) for gift in gifts)

        assert (before.money, hosting.given(book=cast.grafica, on=GIVEN).money) == (0, 50_000_00)
        assert cast.grafica.accounts.get(number="5303").balance.amount == 80_000_00
        assert list(Flow.objects.values_list("event", flat=True)) == [given.event_id]
        places = [economies.classified(each.event, book=cast.grafica).place for each in (told, given)]
        assert [place.transaction for place in places] == [Transaction.MARKET, Transaction.GIFT]
