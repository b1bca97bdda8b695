"""List, write anew, renew, close: what is refused, and what stays."""

import datetime as dt
import uuid
from functools import partial
from typing import Any

import pytest

from ledger.actions import offers
from ledger.actions.agreements import NotForYouToDo
from ledger.actions.offers import (
    ExpiresInThePast,
    IsClosedAlready,
    PlaceIsNotKnown,
    PriceIsNotAboveZero,
    QuantityIsMissing,
    ThingIsMissing,
    particulars_of,
)
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_agreed import ListingIsOfAThing, ListingLastsTooLong
from ledger.models import ListedWord, Listing
from ledger.models.offers import Ending, Rhythm
from network.errors import DomainError
from tests import make
from tests.cast import Cast
from tests.ledger.actions.test_barter import at_once
from tests.offers import LAST, bags, flour, publish, told
from tests.roles import as_the_program

LATER = make.DAY + dt.timedelta(days=30)


class TestPublish:
    def test_lists_what_a_member_writes(self, cast: Cast):
        found = flour(cast, price=620_00, rhythm=Rhythm.MONTHLY, province="B", city=" Chivilcoy ", note="En  bolsas.")

        assert (found.organization, found.listed_by) == (cast.molino.organization, cast.nora)
        assert (found.thing, found.measure) == ("Harina 000", make.measure("KG", "harina 000"))
        assert (found.money, found.price, found.value) == (make.unit("ARS"), 620_00, 2_480_000_00)
        assert (found.city, found.note) == ("Chivilcoy", "En bolsas.")
        assert set(found.words.values_list("word", flat=True)) == {"harina", "000"}

    def test_leaves_the_price_to_be_agreed(self, cast: Cast):
        found = flour(cast)

        assert (found.price, found.money, found.value) == (None, None, None)

    @pytest.mark.parametrize("written", ["harinas 000", "HARINA, 000", "Hárina 000"])
    def test_counts_the_same_thing_in_one_measure_however_it_is_written(self, cast: Cast, written: str):
        first = flour(cast)

        assert publish(cast.grafica.organization, cast.beto, "need", written).measure == first.measure

    def test_keeps_things_apart_that_are_counted_otherwise(self, cast: Cast):
        first = flour(cast)

        assert publish(cast.textil.organization, cast.carla, "offer", "Harina 0000").measure != first.measure
        assert publish(cast.textil.organization, cast.carla, "offer", "Harina 000", 5, "UN").measure != first.measure

    def test_of_a_body_without_a_book_is_priced_in_pesos(self, cast: Cast):
        found = publish(
            cast.federacion, make.member("Raúl", cast.federacion), "need", "Sillas", 40, "UN", price=9_000_00
        )

        assert found.money == make.unit("ARS")

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"thing": "  "}, ThingIsMissing),
            ({"thing": "¡…!"}, ThingIsMissing),
            ({"quantity": 0}, QuantityIsMissing),
            ({"quantity": 2**63}, QuantityIsMissing),
            ({"price": 0}, PriceIsNotAboveZero),
            ({"unit": "ARS"}, ListingIsOfAThing),
            ({"province": "O"}, PlaceIsNotKnown),
            ({"country": "UY"}, PlaceIsNotKnown),
            ({"expires_on": make.DAY - dt.timedelta(days=1)}, ExpiresInThePast),
            ({"expires_on": make.DAY + dt.timedelta(days=366)}, ListingLastsTooLong),
        ],
    )
    def test_refuses_what_is_not_right(self, cast: Cast, changes: dict[str, Any], refusal: type[DomainError]):
        with pytest.raises(refusal):
            flour(cast, **changes) if "thing" not in changes else publish(
                cast.molino.organization, cast.nora, "offer", changes["thing"]
            )

        assert not Listing.objects.exists()

    def test_refuses_whoever_is_of_another(self, cast: Cast):
        with pytest.raises(NotForYouToDo):
            publish(cast.molino.organization, cast.ana)

    def test_lists_once_what_is_sent_twice(self, cast: Cast):
        key = uuid.uuid4()

        assert flour(cast, key=key) == flour(cast, key=key)
        with pytest.raises(KeyWasUsedForSomethingElse):
            flour(cast, key=key, quantity=1)
        with pytest.raises(KeyWasUsedForSomethingElse):
            publish(cast.grafica.organization, cast.ana, key=key)


class TestRevise:
    def test_puts_another_in_its_place_and_leaves_it_as_it_was_read(self, cast: Cast):
        first = flour(cast)
        anew = offers.revise(listing=first, key=uuid.uuid4(), told=told(quantity=1_000_000), by=cast.mario, on=make.DAY)

        first.refresh_from_db()
        assert (first.ending, first.quantity, first.closed_by) == (Ending.REPLACED, 4_000_000, cast.mario)
        assert (anew.replaces, anew.quantity, anew.measure) == (first, 1_000_000, first.measure)
        assert ListedWord.objects.filter(listing=first).count() == 0

    def test_sent_twice_is_done_once(self, cast: Cast):
        first, key = flour(cast), uuid.uuid4()
        how = {"listing": first, "key": key, "told": told(quantity=5), "by": cast.nora, "on": make.DAY}

        assert offers.revise(**how) == offers.revise(**how)
        assert Listing.objects.count() == 2

    def test_of_what_somebody_else_has_closed_is_refused(self, cast: Cast):
        first = flour(cast)
        offers.close(listing=first, ending=Ending.MET, by=cast.mario, on=make.DAY)

        with pytest.raises(IsClosedAlready):
            offers.revise(listing=first, key=uuid.uuid4(), told=told(), by=cast.nora, on=make.DAY)

    def test_that_is_not_right_leaves_everything_as_it_was(self, cast: Cast):
        first = flour(cast)

        with pytest.raises(QuantityIsMissing):
            offers.revise(listing=first, key=uuid.uuid4(), told=told(quantity=0), by=cast.nora, on=make.DAY)
        first.refresh_from_db()
        assert first.closed_on is None
        assert particulars_of(first) == told()


class TestRenew:
    def test_shows_it_for_another_ninety_days(self, cast: Cast):
        found = offers.renew(listing=flour(cast), by=cast.nora, on=LATER)

        assert found.expires_on == LATER + dt.timedelta(days=90)
        assert found.renewed_on == LATER

    def test_does_not_shorten_what_lasts_longer(self, cast: Cast):
        last = make.DAY + dt.timedelta(days=300)

        assert offers.renew(listing=flour(cast, expires_on=last), by=cast.nora, on=LATER).expires_on == last

    def test_brings_back_what_has_expired(self, cast: Cast):
        found, day = flour(cast), LAST + dt.timedelta(days=40)

        assert not found.is_open(day)
        assert offers.renew(listing=found, by=cast.nora, on=day).is_open(day)

    def test_is_for_its_own_people_and_for_what_is_not_closed(self, cast: Cast):
        found = flour(cast)

        with pytest.raises(NotForYouToDo):
            offers.renew(listing=found, by=cast.ana, on=LATER)
        offers.close(listing=found, ending=Ending.WITHDRAWN, by=cast.nora, on=make.DAY)
        with pytest.raises(IsClosedAlready):
            offers.renew(listing=found, by=cast.nora, on=LATER)


class TestClose:
    def test_says_why_and_nobody_finds_it_any_more(self, cast: Cast):
        found = offers.close(listing=bags(cast), ending=Ending.MET, by=cast.ana, on=LATER)

        assert (found.closed_on, found.closed_by, found.ending) == (LATER, cast.ana, "met")
        assert not ListedWord.objects.exists()
        assert not found.is_open(LATER)

    def test_happens_once(self, cast: Cast):
        found = bags(cast)
        offers.close(listing=found, ending=Ending.MET, by=cast.ana, on=LATER)

        with pytest.raises(IsClosedAlready):
            offers.close(listing=found, ending=Ending.WITHDRAWN, by=cast.beto, on=LATER)
        with pytest.raises(NotForYouToDo):
            offers.close(listing=found, ending=Ending.MET, by=cast.mario, on=LATER)

    def test_needs_no_more_rights_than_the_program_has(self, cast: Cast):
        with as_the_program():
            first = flour(cast)
            anew = offers.revise(listing=first, key=uuid.uuid4(), told=told(quantity=5), by=cast.nora, on=LATER)
            offers.renew(listing=anew, by=cast.nora, on=LATER)

            assert offers.close(listing=anew, ending=Ending.MET, by=cast.nora, on=LATER).ending == Ending.MET


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_the_same_form_sent_thrice_lists_once(self, cast: Cast):
        made, refused = at_once(*[partial(flour, cast, key=uuid.uuid4())] * 3)

        assert not refused
        assert made == [Listing.objects.get()] * 3

    def test_of_two_who_close_one_is_told(self, cast: Cast):
        found = flour(cast)
        how = {"listing": found, "on": LATER}
        made, refused = at_once(
            lambda: offers.close(**how, ending=Ending.MET, by=cast.mario),
            lambda: offers.close(**how, ending=Ending.WITHDRAWN, by=cast.nora),
        )

        assert [type(each) for each in refused] == [IsClosedAlready]
        found.refresh_from_db()
        assert [found.ending] == [each.ending for each in made]

    def test_of_two_who_write_anew_one_is_told(self, cast: Cast):
        first = flour(cast)
        how = {"listing": first, "by": cast.nora, "on": LATER}
        _made, refused = at_once(
            lambda: offers.revise(**how, key=uuid.uuid4(), told=told(quantity=1)),
            lambda: offers.revise(**how, key=uuid.uuid4(), told=told(quantity=2)),
        )

        assert [type(each) for each in refused] == [IsClosedAlready]
        assert Listing.objects.filter(closed_on=None).count() == 1
