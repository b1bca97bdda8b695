"""What an open-factory report says was given: each in its measure, told up to a cut-off, small counts not told."""

import datetime as dt

import pytest
from django.utils import timezone

from ledger.actions import countersignatures, reversals
from ledger.models import Delivery, Event
from ledger.models.hosting import HowCounted
from network.models import WorkerCount
from reports.core.counts import Count
from reports.queries.open_factory import OpenFactory, open_factory
from tests import make
from tests.cast import Cast
from tests.contributions import GIVEN, give, hours
from tests.hostings import TOLD, borne, tell
from tests.opened import YEAR, Neighborhood

pytestmark = pytest.mark.django_db


def figures(cast: Cast, *, cutoff: int | None = None, period=YEAR) -> OpenFactory:
    last = Event.objects.order_by("pk").last()
    event = cutoff if cutoff is not None else (last.pk if last else 0)
    return open_factory(book=cast.grafica, starts_on=period[0], ends_on=period[1], cutoff_event=event)


def undone(neighborhood: Neighborhood, told: Delivery, *, on: dt.date) -> None:
    cast = neighborhood.cast
    reversals.ask(delivery=told, organization=cast.grafica.organization, reason="No fue.", by=cast.ana, on=on)
    reversals.agree(delivery=told, by=neighborhood.elsa, on=on)


class TestGiven:
    def test_each_in_its_own_measure(self, cast: Cast):
        neighborhood = Neighborhood(cast)
        neighborhood.everything()

        given = figures(cast).given

        assert (given.activities, given.standing, given.sessions) == (5, 1, 17)
        assert (given.room_hours, given.work_hours, given.mentoring_hours) == (204_00, 24_00, 16_00)
        assert (given.visits, given.learners) == (Count(17 * 70), Count(5))
        assert given.cost == 176_200_00 + 250_000_00 + 1_000_00
        assert given.by_component == [
            ("1102", 251_000_00),
            ("5201", 85_000_00),
            ("5301", 61_200_00),
            ("5302", 30_000_00),
        ]
        assert given.by_bearer == [("2202", 250_000_00), ("5401", 177_200_00)]
        assert [code for code, _of in given.by_category] == ["donation", "mentoring", "popular_high_school", "work"]

    def test_says_who_countersigned_and_names_no_hand_written_receiver(self, cast: Cast):
        neighborhood = Neighborhood(cast)
        neighborhood.everything()

        deeds = figures(cast).given.deeds

        assert [(deed.what, deed.partner, deed.is_countersigned) for deed in deeds] == [
            ("Bachillerato popular", "Bachillerato", True),
            ("Pizarrones", "Bachillerato", True),
            ("Pintura del frente", "Bachillerato", True),
            ("Encuadernación", "Molino", True),
            ("Pizarrones", "", False),
        ]
        assert "Gómez" not in repr(deeds)

    def test_leaves_out_words_that_look_like_a_persons(self, cast: Cast):
        neighborhood = Neighborhood(cast)
        gift = hours(neighborhood.body, what="Arreglo en casa de DNI 12.345.678")
        countersignatures.confirm(contribution=give(cast, gift), by=neighborhood.elsa, on=GIVEN)

        (deed,) = figures(cast).given.deeds

        assert (deed.what, deed.category, deed.hours) == ("", "work", 24_00)

    def test_names_no_customer_from_outside(self, cast: Cast):
        Neighborhood(cast)
        outside = make.organization("juana-perez", kind="outside_party", name="Juana Pérez")
        given = give(cast, hours(outside))
        countersignatures.acknowledge(contribution=given, receipt="Recibo 3", by=cast.ana, on=GIVEN)

        (deed,) = figures(cast).given.deeds

        assert (deed.partner, deed.is_countersigned) == ("", False)

    @pytest.mark.parametrize("how", HowCounted.values)
    def test_says_how_visits_were_counted_as_it_was_told(self, cast: Cast, how: str):
        Neighborhood(cast).april(counted=how)

        given = figures(cast).given

        assert given.deeds[0].how == how
        known = {"counted": given.counted, "estimated": given.estimated, "declared": given.declared}
        assert {name: count.number for name, count in known.items() if count.is_anything} == {how: 1190}

    def test_few_people_are_not_told_and_in_no_sum(self, cast: Cast):
        neighborhood = Neighborhood(cast)
        neighborhood.april(sessions=1, people=[4])
        neighborhood.gifts()

        given = figures(cast).given

        assert given.visits == Count(few=1)
        # Four of ours worked at the school, two taught the mill.
        assert [deed.workers for deed in given.deeds if deed.hours] == [Count(few=1), Count(few=1)]

    def test_what_waits_for_their_word_does_not_count(self, cast: Cast):
        neighborhood = Neighborhood(cast)
        borne(cast)
        tell(neighborhood.agreement, cast)

        assert figures(cast).given.deeds == ()

    def test_is_of_the_giver_alone(self, cast: Cast):
        Neighborhood(cast).everything()
        last = Event.objects.latest("pk").pk

        theirs = open_factory(book=cast.molino, starts_on=YEAR[0], ends_on=YEAR[1], cutoff_event=last)

        assert theirs.given.deeds == ()
        assert theirs.around.hours_learned == 16_00


class TestEvents:
    def test_who_came_is_counted_with_the_visits_and_as_it_is_known(self, cast: Cast):
        neighborhood = Neighborhood(cast)
        neighborhood.april()
        neighborhood.events()

        given = figures(cast).given

        assert (given.visits, given.room_visits, given.event_visits) == (Count(1490), Count(1190), Count(300))
        assert (given.counted, given.estimated, given.declared) == (Count(300), Count(1190), Count())
        assert [(deed.what, deed.how) for deed in given.deeds] == [
            ("Bachillerato popular", "estimated"),
            ("Festival", "counted"),
        ]

    def test_few_who_came_are_not_told(self, cast: Cast):
        Neighborhood(cast).events(attendances=4)

        assert figures(cast).given.visits == Count(few=1)

    def test_what_brings_a_return_is_told_apart(self, cast: Cast):
        Neighborhood(cast).events()

        told = figures(cast)

        (shirts,) = told.sponsored.deeds
        assert (shirts.what, shirts.cost, shirts.visits, shirts.how) == ("Camisetas", 80_000_00, Count(90), "estimated")
        assert (told.given.activities, told.given.cost, told.given.by_bearer) == (1, 50_000_00, [("5401", 50_000_00)])
        assert (told.given.countersigned, told.given.partners) == (1, 1)
        next_year = figures(cast, period=(dt.date(2027, 1, 1), dt.date(2027, 12, 31)))
        assert next_year.before == told.given


class TestCutoff:
    def test_later_gifts_and_reversals_do_not_change_it(self, cast: Cast):
        neighborhood = Neighborhood(cast)
        told = neighborhood.april()
        given = neighborhood.gifts()
        cutoff = Event.objects.latest("pk").pk
        before = figures(cast, cutoff=cutoff)
        neighborhood.by_hand()
        for side, by in ((cast.grafica.organization, cast.ana), (neighborhood.body, neighborhood.elsa)):
            countersignatures.undo(contribution=given[1], organization=side, reason="No fue", by=by, on=GIVEN)
        undone(neighborhood, told, on=TOLD)

        assert figures(cast, cutoff=cutoff) == before
        assert [deed.what for deed in figures(cast).given.deeds] == ["Pizarrones", "Encuadernación", "Pizarrones"]

    def test_an_undone_gift_of_an_earlier_period_is_said(self, cast: Cast):
        neighborhood = Neighborhood(cast)
        told = neighborhood.april()
        later = dt.date(2026, 5, 3)
        undone(neighborhood, told, on=later)

        may = figures(cast, period=(dt.date(2026, 5, 1), dt.date(2026, 5, 31)))

        assert (may.given.deeds, may.around.undone) == ((), 1)
        assert figures(cast, period=(dt.date(2026, 4, 1), dt.date(2026, 4, 30))).around.undone == 0

    def test_an_empty_book(self, cast: Cast):
        empty = figures(cast)

        assert (empty.cutoff, empty.given.deeds, empty.around.workers) == (None, (), None)


class TestAround:
    def test_the_year_before(self, cast: Cast):
        Neighborhood(cast).april()

        told = figures(cast, period=(dt.date(2027, 1, 1), dt.date(2027, 12, 31)))

        assert (told.given.deeds, told.before.sessions) == ((), 17)

    def test_counts_of_workers_as_they_were_known(self, cast: Cast):
        organization, noted = cast.grafica.organization, timezone.now() - dt.timedelta(days=1)
        for day, workers in ((dt.date(2025, 6, 1), 30), (dt.date(2026, 4, 1), 34)):
            WorkerCount.objects.create(
                organization=organization, workers=workers, counted_on=day, source="INAES", noted_at=noted
            )
        Neighborhood(cast).april()
        before = figures(cast)
        WorkerCount.objects.create(
            organization=organization,
            workers=99,
            counted_on=dt.date(2026, 5, 1),
            source="INAES",
            noted_at=timezone.now() + dt.timedelta(days=1),
        )

        assert (before.around.workers_before.workers, before.around.workers.workers) == (30, 34)
        assert figures(cast) == before

    def test_funds_income_and_exchanges(self, cast: Cast):
        neighborhood = Neighborhood(cast)
        make.delivery(cast.grafica, cast.molino, on=dt.date(2026, 3, 5))
        neighborhood.gifts()

        around = figures(cast).around

        assert (around.to_education, around.education_spent) == (400_000_00, 250_000_00)
        assert around.income >= 900_000_00


def test_costs_the_same_questions_for_much_and_for_little(cast: Cast, django_assert_max_num_queries):
    neighborhood = Neighborhood(cast)
    neighborhood.april()
    with django_assert_max_num_queries(40) as few:
        figures(cast)
    little = len(few)
    neighborhood.gifts()
    neighborhood.by_hand()

    with django_assert_max_num_queries(little):
        assert len(figures(cast).given.deeds) == 5
