"""Who meets whom: the same thing first, barters marked, and the barter that follows from a match."""

import datetime as dt

import pytest

from ledger.actions import offers as acting
from ledger.core.offers import Closeness
from ledger.models import Listing
from ledger.models.offers import Ending, Rhythm
from ledger.queries import matches
from ledger.queries.matches import Match, Proposal
from tests import make
from tests.cast import Cast
from tests.offers import LAST, bags, flour, publish

pytestmark = pytest.mark.django_db


def meeting(listing: Listing, *, on: dt.date = make.DAY) -> list[Match]:
    return matches.beside(listing, list(matches.of_listing(listing, on=on)), on=on)


def only(listing: Listing) -> Match:
    (match,) = meeting(listing)
    return match


class TestOfListing:
    def test_shows_a_need_who_could_meet_it_and_an_offer_who_needs_it(self, cast: Cast):
        need, offer = flour(cast, kind="need"), flour(cast)

        assert only(need).other == offer
        assert only(offer).other == need
        assert only(need).closeness == Closeness.SAME

    def test_puts_the_same_thing_before_what_is_alike(self, cast: Cast):
        need = flour(cast, kind="need", province="C")
        carla = (cast.textil.organization, cast.carla, "offer")
        near = publish(*carla, "Harina integral", province="C")
        like = publish(*carla, "Harina 000 orgánica", province="C")
        same = flour(cast, province="V")
        publish(*carla, "Tela", 900, "M")

        assert [(each.other, each.closeness) for each in meeting(need)] == [
            (same, Closeness.SAME), (like, Closeness.LIKE), (near, Closeness.NEAR),
        ]  # fmt: skip

    def test_leaves_out_ones_own_and_what_others_no_longer_see(self, cast: Cast):
        need = flour(cast, kind="need", expires_on=make.DAY + dt.timedelta(days=300))
        publish(cast.grafica.organization, cast.ana, "offer", "Harina 000")
        acting.close(listing=flour(cast), ending=Ending.WITHDRAWN, by=cast.nora, on=make.DAY)
        flour(cast)

        assert len(meeting(need, on=LAST)) == 1
        assert meeting(need, on=LAST + dt.timedelta(days=1)) == []


class TestMatch:
    @pytest.mark.parametrize(
        ("needed", "is_enough"), [({"quantity": 4_000_000}, True), ({"quantity": 4_000_001}, False)]
    )
    def test_says_whether_it_is_enough(self, cast: Cast, needed: dict[str, int], is_enough: bool):
        need, offer = flour(cast, kind="need", **needed), flour(cast)

        assert only(need).is_enough is is_enough
        assert only(offer).is_enough is is_enough

    def test_compares_no_month_with_one_time(self, cast: Cast):
        need = flour(cast, kind="need", rhythm=Rhythm.MONTHLY)
        flour(cast)

        assert only(need).is_enough is None

    @pytest.mark.parametrize(("price", "beside"), [(620_00, 0), (600_00, 1), (700_00, -1), (None, None)])
    def test_says_whether_it_is_dearer(self, cast: Cast, price: int | None, beside: int | None):
        need = flour(cast, kind="need", price=price)
        flour(cast, price=620_00)

        assert only(need).price_beside == beside

    def test_marks_a_barter_where_each_gives_what_the_other_needs(self, cast: Cast):
        need, ours = flour(cast, kind="need"), bags(cast)
        offer, theirs = flour(cast), bags(cast, kind="need")

        assert only(need).back == matches.Return(theirs, ours)
        assert only(offer).back == matches.Return(ours, theirs)

    def test_marks_none_where_only_a_word_is_shared(self, cast: Cast):
        need = flour(cast, kind="need")
        flour(cast)
        bags(cast)
        publish(cast.molino.organization, cast.nora, "need", "Bolsas de cemento", 10, "UN")

        assert only(need).back is None

    def test_takes_the_same_thing_in_return_before_what_is_alike(self, cast: Cast):
        need, ours = flour(cast, kind="need"), bags(cast)
        flour(cast)
        publish(cast.molino.organization, cast.nora, "need", "Bolsas", 10, "UN")
        theirs = bags(cast, kind="need")
        publish(cast.molino.organization, cast.nora, "need", "Bolsas grandes", 10, "UN")

        assert only(need).back == matches.Return(theirs, ours)

    def test_costs_the_same_for_many_as_for_few(self, cast: Cast, django_assert_num_queries):
        need = flour(cast, kind="need")
        bags(cast)
        for _each in range(12):
            flour(cast)
            bags(cast, kind="need")

        with django_assert_num_queries(7):
            assert len(meeting(need)) == 12


class TestProposal:
    def suggested(self, cast: Cast, *named: Listing, on: dt.date = make.DAY) -> Proposal | None:
        ids = [each.pk for each in named]
        return matches.proposal(cast.grafica.organization, ids, money=make.unit("ARS"), on=on)

    def test_takes_what_they_offer_and_gives_what_they_need(self, cast: Cast):
        offer, need = flour(cast, price=620_00), bags(cast, kind="need", price=38_00)
        found = self.suggested(cast, offer, need)

        assert found.partner == cast.molino.organization
        assert [(row.thing, row.quantity, row.value) for row in found.theirs] == [
            ("Harina 000", 4_000_000, 2_480_000_00)
        ]
        assert [(row.thing, row.quantity, row.value) for row in found.ours] == [
            ("Bolsas impresas", 60_000, 2_280_000_00)
        ]

    def test_counts_the_smaller_quantity_at_the_price_of_whoever_offers(self, cast: Cast):
        flour(cast, kind="need", quantity=1_000_000, price=600_00)
        found = self.suggested(cast, flour(cast, price=620_00))

        assert [(row.quantity, row.value) for row in found.theirs] == [(1_000_000, 620_000_00)]

    def test_takes_the_price_of_the_need_where_the_offer_names_none(self, cast: Cast):
        flour(cast, kind="need", quantity=1_000_000, price=600_00)

        assert self.suggested(cast, flour(cast)).theirs[0].value == 600_000_00
        assert self.suggested(cast, bags(cast, kind="need")).ours[0].value is None

    def test_is_with_one_partner_and_only_of_what_is_open(self, cast: Cast):
        offer = flour(cast)
        other = publish(cast.textil.organization, cast.carla, "offer", "Tela", 900, "M")
        own = bags(cast)

        assert len(self.suggested(cast, offer, other, own).theirs) == 1
        assert self.suggested(cast, own) is None
        assert self.suggested(cast, offer, on=LAST + dt.timedelta(days=1)) is None
        assert self.suggested(cast) is None

    def test_leaves_a_value_empty_that_no_book_could_hold(self, cast: Cast):
        assert self.suggested(cast, flour(cast, quantity=2**62, price=2**62)).theirs[0].value is None
