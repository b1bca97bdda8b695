"""Round Python: no two bookings of a machine overlap, a use is of a booking, the books say what was told."""

import datetime as dt
import uuid

import pytest
from django.db import connection

from ledger.actions import bookings
from ledger.actions.refusals_machines import (
    BookedAlready,
    BookingAsAgreed,
    MachineIsOpen,
    MachineOfItsOwners,
    MachineStays,
    PriceIsDecided,
    UsedAsBooked,
    UsedAsTold,
)
from ledger.core.machines import minute
from ledger.models import Delivery
from tests import make
from tests.cast import Cast
from tests.machines import AGREED, DAY, accepted, book, booked, hour, propose, tell, used
from tests.plain_sql import is_stopped, run

pytestmark = pytest.mark.django_db

BOOK = (
    "INSERT INTO ledger_machinebooking (key, machine_id, organization_id, starts, ends, what, state, reason,"
    " booked_by_id) VALUES (%s, %s, %s, %s, %s, '', %s, '', %s)"
)


def key() -> str:
    made = uuid.uuid4()
    return made.hex if connection.vendor == "sqlite" else str(made)


class TestTerms:
    def test_are_of_a_holder_and_of_owners_who_agree(self, cast: Cast):
        accept = "UPDATE ledger_agreement SET state = 'accepted' WHERE id = %s"
        for wrong in (
            "DELETE FROM ledger_machineowner WHERE number = 1",
            "DELETE FROM ledger_machineprice",
            "DELETE FROM ledger_agreementparty WHERE number = 2",
        ):
            agreement = propose(cast)
            run("UPDATE ledger_agreementparty SET signed_by_id = %s", cast.mario.pk)
            run(wrong)
            assert is_stopped(accept, agreement.pk) is MachineOfItsOwners
            run("UPDATE ledger_agreement SET state = 'refused'")

    def test_stay_once_all_have_signed_them(self, cast: Cast):
        accepted(cast)
        for change in (
            "UPDATE ledger_machine SET place = 'X'",
            "DELETE FROM ledger_machine",
            "UPDATE ledger_machineowner SET parts = 5",
            "DELETE FROM ledger_machineowner",
            "UPDATE ledger_machineprice SET others = 1",
            "DELETE FROM ledger_machineprice",
        ):
            assert is_stopped(change) is MachineStays, change

    def test_a_price_is_decided_by_the_holder_for_a_later_day(self, cast: Cast):
        agreement = accepted(cast)
        new = (
            "INSERT INTO ledger_machineprice (machine_id, since, owners, others, resolution_id)"
            " VALUES (%s, %s, 1, 1, %s)"
        )
        ours, theirs = make.resolution(cast.grafica.organization), make.resolution(cast.molino.organization)
        assert is_stopped(new, agreement.pk, DAY, None) is PriceIsDecided
        assert is_stopped(new, agreement.pk, DAY, theirs.pk) is PriceIsDecided
        assert is_stopped(new, agreement.pk, AGREED - dt.timedelta(days=1), ours.pk) is PriceIsDecided


class TestBookings:
    def test_do_not_overlap_and_are_of_those_who_agreed(self, cast: Cast):
        agreement, molino = accepted(cast), cast.molino.organization
        book(agreement, cast, molino, hour(8), hour(12))
        told = [agreement.pk, molino.pk]
        for starts, ends in ((7, 9), (9, 10), (11, 13)):
            times = [minute(hour(starts)), minute(hour(ends))]
            assert is_stopped(BOOK, key(), *told, *times, "asked", cast.nora.pk) is BookedAlready
        later = [minute(hour(13)), minute(hour(14))]
        stranger = [agreement.pk, cast.federacion.pk]
        assert is_stopped(BOOK, key(), *stranger, *later, "asked", cast.nora.pk) is BookingAsAgreed
        assert is_stopped(BOOK, key(), propose(cast).pk, molino.pk, *later, "asked", cast.nora.pk) is BookingAsAgreed

    def test_stay_as_they_were_made(self, cast: Cast):
        booking = booked(accepted(cast), cast, cast.molino.organization)
        bookings.cancel(booking=booking, organization=booking.organization, reason="No", by=cast.nora, at=hour(6))
        for change in (
            "UPDATE ledger_machinebooking SET ends = ends + 60",
            "UPDATE ledger_machinebooking SET state = 'agreed', ended_at = NULL",
            "DELETE FROM ledger_machinebooking",
        ):
            assert is_stopped(change) is BookingAsAgreed, change

    def test_are_cancelled_before_they_begin(self, cast: Cast):
        booking = booked(accepted(cast), cast, cast.molino.organization)
        late = "UPDATE ledger_machinebooking SET state = 'cancelled', reason = 'x', ended_at = starts WHERE id = %s"
        assert is_stopped(late, booking.pk) is BookingAsAgreed


class TestUses:
    def test_are_of_a_booking_once_at_the_price_of_the_day(self, cast: Cast):
        agreement = accepted(cast)
        first = booked(agreement, cast, cast.textil.organization, 8, 9)
        second = booked(agreement, cast, cast.textil.organization, 9, 10)
        told = tell(first, cast, 60)
        bare = tell(second, cast, 60)
        copy = (
            "INSERT INTO ledger_machineuse (delivery_id, booking_id, price_id, minutes, amount, vat)"
            " VALUES (%s, %s, %s, %s, %s, %s)"
        )
        other = make_delivery(bare)
        for booking, minutes, amount, vat in (
            (first, 60, 9_000_00, 1_890_00),
            (second, 60, 9_000_00, 1_890_00),
            (first, 60, 6_000_00, 1_260_00),
        ):
            assert is_stopped(copy, other, booking.pk, told.use.price_id, minutes, amount, vat) is UsedAsBooked
        for change in ("UPDATE ledger_machineuse SET minutes = 1", "DELETE FROM ledger_machineuse"):
            assert is_stopped(change) is MachineStays

    def test_stand_in_the_books_as_they_were_told(self, cast: Cast):
        told = tell(booked(accepted(cast), cast, cast.textil.organization), cast, 60)
        wrong = make.delivery(cast.grafica, cast.textil, 9_000_00, on=DAY)
        change = "UPDATE ledger_delivery SET state = 'confirmed', event_id = %s WHERE id = %s"
        assert is_stopped(change, wrong.pk, told.pk) is UsedAsTold

    def test_it_ends_with_nothing_owed(self, cast: Cast):
        agreement = accepted(cast)
        used(agreement, cast, cast.textil.organization, 60)
        assert is_stopped("UPDATE ledger_agreement SET state = 'settled' WHERE id = %s", agreement.pk) is MachineIsOpen


def make_delivery(like: Delivery) -> int:
    """Copy a delivery without its use."""
    columns = "agreement_id, giver_id, receiver_id, act, state, happened_on, delivery_note, invoice, logged_by_id"
    run(
        f"INSERT INTO ledger_delivery (key, reversal_reason, {columns})"  # names of columns
        f" SELECT %s, '', {columns} FROM ledger_delivery WHERE id = %s",
        key(),
        like.pk,
    )
    return Delivery.objects.latest("pk").pk
