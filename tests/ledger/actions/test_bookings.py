"""A shared press: who may use it, who booked it when, what was used of it, in all books."""

import datetime as dt
import uuid
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ledger.actions import bookings, machines, reversals
from ledger.actions.agreements import (
    NoMandateToday,
    NotAParty,
    NotForYouToDo,
    ReasonIsMissing,
    ResolutionIsMissing,
    WatchesAndWritesNothing,
)
from ledger.actions.bookings import BookingHasBegun, BookingIsAnswered, HoursAreNotRight, OwnUseIsNotTold
from ledger.actions.deliveries import AmountAboveZero
from ledger.actions.machines import Price
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_machines import (
    BookedAlready,
    MachineIsOpen,
    MachineOfItsOwners,
    PriceIsDecided,
    UsedAsBooked,
)
from ledger.core.machines import overlap
from ledger.models import MachineBooking
from ledger.queries import machines as read
from tests import make
from tests.cast import Cast
from tests.machines import AGREED, DAY, accepted, book, booked, confirm, hour, pay, press, propose, tell, used
from tests.notation import journal_of, text

pytestmark = pytest.mark.django_db


class TestPropose:
    def test_once_for_each_form_by_people_of_the_holder(self, cast: Cast):
        key = uuid.uuid4()
        first = propose(cast, key=key)

        assert propose(cast, key=key) == first
        assert [each.organization.code for each in first.parties.all()] == ["grafica", "molino", "textil"]
        with pytest.raises(KeyWasUsedForSomethingElse):
            propose(cast, press(cast, place="Nave 3"), key=key)
        with pytest.raises(NotForYouToDo):
            propose(cast, by=cast.mario)

    def test_refuses_owners_users_and_prices_that_are_not_right(self, cast: Cast):
        grafica, molino = cast.grafica.organization, cast.molino.organization
        for changes in (
            {"owners": [(molino, 1)]},
            {"owners": [(grafica, 1), (grafica, 1)]},
            {"owners": [(grafica, 0), (molino, 1)]},
            {"owners": (), "users": ()},
        ):
            with pytest.raises(MachineOfItsOwners):
                propose(cast, press(cast, **changes))
        with pytest.raises(AmountAboveZero):
            propose(cast, press(cast, price=Price(owners=-1, others=1)))


class TestPrice:
    def test_a_new_one_is_decided_and_holds_from_a_later_day(self, cast: Cast):
        agreement, later = accepted(cast), DAY + dt.timedelta(days=7)
        decided = make.resolution(cast.grafica.organization)
        how = {"agreement": agreement, "price": Price(owners=0, others=12_000_00), "by": cast.ana, "on": DAY}
        with pytest.raises(ResolutionIsMissing):
            machines.set_price(since=later, resolution=None, **how)
        with pytest.raises(PriceIsDecided):
            machines.set_price(since=AGREED, resolution=decided, **how)

        machines.set_price(since=later, resolution=decided, **how)

        before = tell(booked(agreement, cast, cast.textil.organization), cast, 60)
        after = tell(booked(agreement, cast, cast.textil.organization, day=later), cast, 60)
        assert (before.use.amount, after.use.amount, after.use.vat) == (9_000_00, 12_000_00, 0)
        with pytest.raises(PriceIsDecided):
            machines.set_price(since=later, resolution=decided, **how)


class TestBook:
    def test_no_two_overlap_and_one_may_begin_when_another_ends(self, cast: Cast):
        agreement, molino, textil = accepted(cast), cast.molino.organization, cast.textil.organization
        book(agreement, cast, molino, hour(8), hour(12))
        for starts, ends in ((7, 9), (8, 12), (9, 10), (11, 13), (6, 20)):
            with pytest.raises(BookedAlready):
                book(agreement, cast, textil, hour(starts), hour(ends))

        book(agreement, cast, textil, hour(12), hour(13))
        book(agreement, cast, textil, hour(7), hour(8))

    def test_hours_that_have_passed_or_do_not_follow_are_refused(self, cast: Cast):
        agreement, textil = accepted(cast), cast.textil.organization
        for starts, ends, at in (
            (hour(8), hour(8), hour(6)),
            (hour(9), hour(8), hour(6)),
            (hour(8), hour(9), hour(8, minute=1)),
            (hour(8), hour(8) + dt.timedelta(days=15), hour(6)),
        ):
            with pytest.raises(HoursAreNotRight):
                book(agreement, cast, textil, starts, ends, at=at)

    def test_the_holder_agrees_unless_it_holds_by_itself(self, cast: Cast):
        agreement = accepted(cast)
        asked = book(agreement, cast, cast.molino.organization, hour(8), hour(9))

        assert asked.state == "asked"
        with pytest.raises(NotForYouToDo):
            bookings.agree(booking=asked, by=cast.nora, on=DAY)
        assert bookings.agree(booking=asked, by=cast.beto, on=DAY).state == "agreed"
        assert book(agreement, cast, cast.grafica.organization, hour(9), hour(10)).state == "agreed"
        by_itself = accepted(cast, press(cast, is_automatic=True))
        assert book(by_itself, cast, cast.molino.organization, hour(8), hour(9)).state == "agreed"

    def test_is_for_those_who_agreed_once_for_each_form(self, cast: Cast):
        two, key = accepted(cast, press(cast, users=())), uuid.uuid4()
        with pytest.raises(NotAParty):
            book(two, cast, cast.textil.organization, hour(8), hour(9))
        with pytest.raises(NotForYouToDo):
            book(two, cast, cast.molino.organization, hour(8), hour(9), by=cast.carla)
        watcher = make.officer("Sara", cast.molino.organization, office="internal_auditor")
        with pytest.raises(WatchesAndWritesNothing):
            book(two, cast, cast.molino.organization, hour(8), hour(9), by=watcher)
        first = book(two, cast, cast.molino.organization, hour(8), hour(9), key=key)
        assert book(two, cast, cast.molino.organization, hour(8), hour(9), key=key) == first
        with pytest.raises(KeyWasUsedForSomethingElse):
            book(two, cast, cast.molino.organization, hour(8), hour(10), key=key)


class TestCancel:
    def test_before_it_begins_with_a_reason_and_then_the_time_is_free(self, cast: Cast):
        agreement, molino = accepted(cast), cast.molino.organization
        booking = booked(agreement, cast, molino)
        how = {"booking": booking, "organization": molino, "by": cast.nora}
        with pytest.raises(ReasonIsMissing):
            bookings.cancel(reason=" ", at=hour(7), **how)
        with pytest.raises(BookingHasBegun):
            bookings.cancel(reason="No llega el papel.", at=hour(8), **how)
        with pytest.raises(NotAParty):
            bookings.cancel(**how | {"organization": cast.textil.organization}, reason="No", at=hour(7))

        assert bookings.cancel(reason="No llega el papel.", at=hour(7), **how).state == "cancelled"

        assert booked(agreement, cast, cast.textil.organization).state == "agreed"
        with pytest.raises(BookingIsAnswered):
            bookings.cancel(reason="Otra vez", at=hour(7), **how)

    def test_the_holder_refuses_what_it_has_not_agreed(self, cast: Cast):
        asked = book(accepted(cast), cast, cast.molino.organization, hour(8), hour(9))

        said = bookings.cancel(
            booking=asked, organization=cast.grafica.organization, reason="Está rota.", by=cast.beto, at=hour(7)
        )

        assert said.state == "refused"


class TestUse:
    def test_is_charged_at_the_price_of_the_day_and_the_income_is_each_owners(self, cast: Cast):
        agreement, textil = accepted(cast), cast.textil.organization

        used(agreement, cast, textil, 100)

        # 100 minutes at 9,000 an hour: 15,000, of which a third is the mill's.
        assert journal_of(cast.textil) == text(
            """
            2026-04-06 1203 3150.00
            2026-04-06 2102 grafica ARS -18150.00
            2026-04-06 5101 15000.00
            2026-04-06 9213 1.67
            2026-04-06 9214 -1.67
            """
        )
        assert journal_of(cast.grafica) == text(
            """
            2026-04-06 1202 textil ARS 18150.00
            2026-04-06 2102 molino ARS -5000.00
            2026-04-06 2103 -3150.00
            2026-04-06 4102 -10000.00
            2026-04-06 9211 1.67
            2026-04-06 9212 -1.67
            """
        )
        assert journal_of(cast.molino) == text(
            """
            2026-04-06 1202 grafica ARS 5000.00
            2026-04-06 4102 -5000.00
            """
        )
        assert [(each.organization, each.minutes) for each in read.hours(agreement.machine, year=2026)] == [
            (textil, 100)
        ]

    def test_for_nothing_hours_are_counted_and_nothing_is_owed(self, cast: Cast):
        agreement = accepted(cast, press(cast, price=Price(owners=0, others=0, vat_rate=2100)))

        used(agreement, cast, cast.textil.organization, 30)

        assert journal_of(cast.textil) == "2026-04-06 9213 0.50\n2026-04-06 9214 -0.50"
        told = {"organization": cast.textil.organization, "reason": "Listo", "by": cast.carla, "on": DAY}
        assert machines.end(agreement=agreement, **told).state == "settled"

    def test_either_tells_and_the_other_confirms(self, cast: Cast):
        booking = booked(accepted(cast), cast, cast.textil.organization)
        told = tell(booking, cast, 200, teller=cast.textil.organization, by=cast.carla)

        with pytest.raises(NoMandateToday):
            bookings.confirm(delivery=told, by=cast.beto, on=DAY)
        confirm(told, cast)

        assert "2102 grafica" in journal_of(cast.textil)
        with pytest.raises(UsedAsBooked):
            tell(booking, cast, 200)

    def test_refuses_what_was_not_booked_or_has_not_begun(self, cast: Cast):
        agreement, textil, key = accepted(cast), cast.textil.organization, uuid.uuid4()
        asked = book(agreement, cast, textil, hour(8), hour(9))
        with pytest.raises(BookingIsAnswered):
            tell(asked, cast, 60)
        own = book(agreement, cast, cast.grafica.organization, hour(9), hour(10))
        with pytest.raises(OwnUseIsNotTold):
            tell(own, cast, 60)
        booking = booked(agreement, cast, textil, 12, 13)
        with pytest.raises(UsedAsBooked):
            tell(booking, cast, 60, at=hour(11))
        with pytest.raises(AmountAboveZero):
            tell(booking, cast, 0)
        with pytest.raises(NotForYouToDo):
            tell(booking, cast, 60, by=cast.mario)
        with pytest.raises(NotAParty):
            tell(booking, cast, 60, teller=cast.molino.organization, by=cast.mario)
        first = tell(booking, cast, 60, key=key)
        assert tell(booking, cast, 60, key=key) == first
        with pytest.raises(KeyWasUsedForSomethingElse):
            tell(booking, cast, 61, key=key)

    def test_is_undone_by_both_and_told_anew(self, cast: Cast):
        agreement, textil = accepted(cast), cast.textil.organization
        told = used(agreement, cast, textil, 60)
        reversals.ask(delivery=told, organization=textil, reason="Eran 50.", by=cast.carla, on=DAY)
        reversals.agree(delivery=told, by=cast.ana, on=DAY)

        confirm(tell(told.use.booking, cast, 50), cast)

        assert [each.minutes for each in read.hours(agreement.machine, year=2026)] == [50]

    def test_ends_with_nothing_owed(self, cast: Cast):
        agreement, grafica, textil = accepted(cast), cast.grafica.organization, cast.textil.organization
        used(agreement, cast, textil, 60)
        how = {"agreement": agreement, "organization": grafica, "reason": "Se vendió.", "by": cast.ana, "on": DAY}
        with pytest.raises(MachineIsOpen):
            machines.end(**how)
        pay(agreement, cast, textil, grafica, 10_890_00)
        with pytest.raises(MachineIsOpen):
            machines.end(**how)
        pay(agreement, cast, grafica, cast.molino.organization, 3_000_00)

        assert machines.end(**how).state == "settled"


class TestCalendar:
    def test_a_month_has_all_its_days_and_a_night_stands_in_both(self, cast: Cast):
        agreement, molino = accepted(cast), cast.molino.organization
        book(agreement, cast, molino, hour(22), hour(6) + dt.timedelta(days=1))
        days = read.month(agreement.machine, year=2026, month=4)

        assert len(days) == 30
        assert [each.day.day for each in days if each.slots] == [6, 7]


class TestAnyBookings(TestCase):
    """Whatever is booked and cancelled in whatever order: no two that hold overlap."""

    @settings(max_examples=10, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12), st.booleans()), max_size=12))
    def test_never_overlap(self, wanted: list[tuple[int, int, bool]]):
        cast = Cast.assemble()
        agreement, molino = accepted(cast, press(cast, is_automatic=True)), cast.molino.organization
        for starts, length, is_cancelled in wanted:
            begins = hour(0) + dt.timedelta(hours=starts)
            try:
                made = book(agreement, cast, molino, begins, begins + dt.timedelta(hours=length))
            except BookedAlready:
                continue
            if is_cancelled:
                at = hour(6, day=AGREED)
                bookings.cancel(booking=made, organization=molino, reason="No", by=cast.nora, at=at)
        held = list(MachineBooking.objects.filter(state="agreed").order_by("starts"))
        assert not any(overlap(a.starts, a.ends, b.starts, b.ends) for a, b in pairwise(held))
