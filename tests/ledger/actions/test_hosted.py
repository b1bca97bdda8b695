"""Story 4: a month of a popular high school is told, counter-signed, and stands in the host's book to the cent."""

import datetime as dt
import uuid
from functools import partial

import pytest

from ledger.actions import deliveries, hosted, reversals
from ledger.actions.agreements import NoMandateToday, NotForYouToDo
from ledger.actions.hosted import Cost
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_given import BeyondTheSchedule, HostedOnce
from ledger.models import Agreement, Delivery, Entry, Event
from network.models import User
from tests import make
from tests.barters import own
from tests.cast import Cast
from tests.hostings import APRIL, TOLD, borne, running, school, tell
from tests.ledger.actions.test_barter import at_once


@pytest.fixture
def elsa(cast: Cast) -> User:
    """The president of the popular high school, whose month the print shop tells."""
    return school()[1]


@pytest.fixture
def agreement(cast: Cast, elsa: User) -> Agreement:
    body = elsa.memberships.get().organization
    return running(cast, body, elsa)


def held(cast: Cast, number: str) -> int:
    return cast.grafica.accounts.get(number=number).balance.amount


class TestStory:
    def test_stands_in_the_book_to_the_cent(self, cast: Cast, agreement: Agreement, elsa: User):
        borne(cast)

        delivery = hosted.confirm(delivery=tell(agreement, cast), by=elsa, on=TOLD)

        assert delivery.state == "confirmed"
        assert held(cast, "5401") == 176_200_00
        assert held(cast, "5301") == 90_000_00 - 61_200_00
        assert held(cast, "5201") == 900_000_00 - 85_000_00
        assert held(cast, "5302") == 50_000_00 - 30_000_00
        assert held(cast, "9201") == 204_00 == -held(cast, "9202")
        assert held(cast, "9205") == 17 * 70 == -held(cast, "9206")
        event = delivery.event
        assert (event.agreement, event.papers) == (agreement.code, "Planilla 4 · Convenio 4")
        assert (event.recorded_by, event.confirmed_by) == (cast.beto, elsa)

    def test_is_in_no_other_book(self, cast: Cast, agreement: Agreement, elsa: User):
        borne(cast)

        delivery = hosted.confirm(delivery=tell(agreement, cast), by=elsa, on=TOLD)

        assert [entry.book for entry in Entry.objects.filter(event=delivery.event)] == [cast.grafica]

    def test_rooms_alone_cost_nothing(self, cast: Cast, agreement: Agreement, elsa: User):
        hosted.confirm(delivery=tell(agreement, cast, costs=[]), by=elsa, on=TOLD)

        assert (held(cast, "9201"), held(cast, "5401")) == (204_00, 0)


class TestTell:
    def test_counts_only_once_it_is_counter_signed(self, cast: Cast, agreement: Agreement):
        tell(agreement, cast, costs=[])

        assert not Entry.objects.exists()

    @pytest.mark.parametrize("too_much", [{"sessions": 19}, {"minutes": 241}, {"rooms": 4}])
    def test_refuses_more_than_the_schedule_has(self, cast: Cast, agreement: Agreement, too_much: dict[str, int]):
        with pytest.raises(BeyondTheSchedule):
            tell(agreement, cast, costs=[], **too_much)

    def test_refuses_days_that_were_told_of_already(self, cast: Cast, agreement: Agreement):
        tell(agreement, cast, costs=[])

        with pytest.raises(HostedOnce):
            tell(agreement, cast, costs=[], starts_on=dt.date(2026, 4, 20), sessions=1)

    def test_takes_anew_what_was_said_no_to(self, cast: Cast, agreement: Agreement, elsa: User):
        deliveries.reject(delivery=tell(agreement, cast, costs=[]), reason="Fueron 16.", by=elsa, on=TOLD)

        assert tell(agreement, cast, costs=[], sessions=16).state == "logged"

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"people": [70] * 16}, hosted.CountEachTime),
            ({"people": [-1] * 17}, hosted.CountEachTime),
            ({"counted": ""}, hosted.HowIsMissing),
            ({"sessions": 0, "people": []}, hosted.NothingTookPlace),
            ({"minutes": 0}, hosted.NothingTookPlace),
            ({"starts_on": dt.date(2026, 3, 1)}, hosted.PeriodIsTooLong),
            ({"starts_on": dt.date(2026, 5, 1)}, hosted.PeriodIsTooLong),
            ({"starts_on": dt.date(2026, 3, 1), "ends_on": dt.date(2026, 3, 20)}, hosted.BeforeItBegan),
            ({"ends_on": dt.date(2026, 5, 1), "starts_on": dt.date(2026, 4, 2)}, deliveries.DeliveredInTheFuture),
        ],
    )
    def test_refuses_what_cannot_have_been(self, cast: Cast, agreement: Agreement, wrong, refusal):
        with pytest.raises(refusal):
            tell(agreement, cast, costs=[], **wrong)

    def test_refuses_a_cost_that_the_book_does_not_hold(self, cast: Cast, agreement: Agreement):
        own(cast, cast.grafica, "Luz", "5301", "1102", 61_199_99, on=TOLD)

        with pytest.raises(hosted.CostNotBorne):
            tell(agreement, cast, costs=[Cost(what="Luz", account="5301", amount=61_200_00)])

    @pytest.mark.parametrize("wrong", [{"amount": 0}, {"amount": 10, "account": "4101"}, {"amount": 10, "what": " "}])
    def test_refuses_a_cost_that_is_none(self, cast: Cast, agreement: Agreement, wrong):
        with pytest.raises(deliveries.AmountAboveZero):
            tell(agreement, cast, costs=[Cost(**({"what": "Luz", "account": "5301"} | wrong))])

    def test_refuses_whoever_is_not_of_the_host(self, cast: Cast, agreement: Agreement, elsa: User):
        for somebody in (elsa, cast.carla, cast.silvia):
            with pytest.raises(NotForYouToDo):
                tell(agreement, cast, costs=[], by=somebody)

    def test_the_same_form_is_told_once(self, cast: Cast, agreement: Agreement):
        key = uuid.uuid4()
        borne(cast)

        assert tell(agreement, cast, key=key) == tell(agreement, cast, key=key)
        with pytest.raises(KeyWasUsedForSomethingElse):
            tell(agreement, cast, key=key, costs=[])


class TestConfirm:
    def test_only_an_officer_of_the_body_counter_signs(self, cast: Cast, agreement: Agreement):
        delivery = tell(agreement, cast, costs=[])

        for somebody in (cast.ana, cast.beto, make.member("Pupila", delivery.receiver)):
            with pytest.raises(NoMandateToday):
                hosted.confirm(delivery=delivery, by=somebody, on=TOLD)

    def test_twice_is_once(self, cast: Cast, agreement: Agreement, elsa: User):
        delivery = hosted.confirm(delivery=tell(agreement, cast, costs=[]), by=elsa, on=TOLD)

        assert hosted.confirm(delivery=delivery, by=elsa, on=TOLD).event == delivery.event

    def test_the_body_hears_nothing_of_what_the_book_lacks(self, cast: Cast, agreement: Agreement, elsa: User):
        borne(cast)
        delivery = tell(agreement, cast)
        own(cast, cast.grafica, "La luz era de otro", "1102", "5301", 80_000_00, on=TOLD)

        with pytest.raises(hosted.HostHasToPutRight) as refused:
            hosted.confirm(delivery=delivery, by=elsa, on=TOLD)

        assert "5301" not in str(refused.value)
        assert Delivery.objects.get(pk=delivery.pk).state == "logged"
        assert held(cast, "5401") == 0


class TestUndo:
    def test_the_host_asks_and_the_body_agrees(self, cast: Cast, agreement: Agreement, elsa: User):
        borne(cast)
        delivery = hosted.confirm(delivery=tell(agreement, cast), by=elsa, on=TOLD)
        told = {"delivery": delivery, "on": TOLD}
        reversals.ask(organization=cast.grafica.organization, reason="Fueron 16.", by=cast.ana, **told)

        reversals.agree(by=elsa, **told)

        assert [held(cast, each) for each in ("5401", "9201", "9205")] == [0, 0, 0]
        assert held(cast, "5301") == 90_000_00
        assert tell(agreement, cast, sessions=16).hosted.starts_on == APRIL[0]


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_of_two_who_tell_of_the_same_days_one_is_refused(self, cast: Cast, agreement: Agreement):
        told, refused = at_once(*[partial(tell, agreement, cast, costs=[])] * 2)

        assert [type(each) for each in refused] == [HostedOnce]
        assert told == [Delivery.objects.get()]

    def test_two_who_counter_sign_get_the_same_event(self, cast: Cast, agreement: Agreement, elsa: User):
        delivery = tell(agreement, cast, costs=[])

        signed, refused = at_once(*[partial(hosted.confirm, delivery=delivery, by=elsa, on=TOLD)] * 3)

        assert not refused
        assert [each.event for each in signed] == [Event.objects.get()] * 3
