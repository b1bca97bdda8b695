"""The demo network: believable, the same for a seed, twice without harm, never among real books."""

import datetime as dt

import pytest
from django.db.models import Count
from django.utils import timezone

from ledger.actions import demo, reconciliation
from ledger.core.demo_community import SCHOOL
from ledger.core.demo_story import barters
from ledger.models import (
    Agreement,
    BalanceConfirmation,
    Contribution,
    Entry,
    Event,
    Fund,
    Listing,
    OwnRecord,
    Unit,
)
from ledger.queries import (
    agreements,
    balance_confirmations,
    coproductions,
    credit,
    credited,
    duties,
    funded,
    hosting,
    loans,
    machines,
    matches,
    materials,
    offers,
    own_records,
    purchases,
    referrals,
)
from network.models import Organization, User
from network.queries import history
from tests import make

UNTIL = dt.date(2026, 10, 31)


@pytest.mark.django_db
class TestLoad:
    def test_is_whole_right_and_harmless_twice(self):
        assert demo.load(seed=1, until=UNTIL)
        assert not demo.load(seed=1, until=UNTIL)

        assert Organization.objects.filter(book__isnull=False).count() == 26
        assert Organization.objects.filter(kind="federation").count() == 2
        assert Organization.objects.filter(kind="confederation").count() == 1
        assert {"accepted", "settled", "proposed"} <= set(Agreement.objects.values_list("state", flat=True))
        assert not Event.objects.filter(booked_on__gt=UNTIL).exists()
        assert Entry.objects.count() > 500
        assert reconciliation.reconcile(full=True, clock=timezone.now).findings == 0
        assert len(demo.logins()) == 6
        self.tells_how_each_came_about()
        self.lists_what_meets_and_what_ends_soon()
        self.has_two_who_are_late()
        self.gives_the_community_rooms_work_and_money()
        self.has_a_round_that_goes_on()
        self.remembers_who_passed_work_on()
        self.makes_something_together()
        self.works_the_material_of_another()
        self.lends_money_and_flour()
        self.buys_ink_together()
        self.shares_a_press()
        self.compares_a_notebook_with_its_mistakes()
        self.has_a_credit_that_goes_round()
        self.has_a_fund_that_helps()
        self.confirms_its_balances()

    def lists_what_meets_and_what_ends_soon(self):
        shop = Organization.objects.get(code="grafica-barracas")
        need = Listing.objects.get(organization=shop, thing="harina 000")
        listed = matches.beside(need, list(matches.of_listing(need, on=UNTIL)), on=UNTIL)

        assert [each.back.theirs.thing for each in listed if each.back] == ["bolsas impresas"]
        assert offers.expiring(shop, on=UNTIL) == 1
        assert Listing.objects.filter(organization=shop, closed_on=None, expires_on__lt=UNTIL).count() == 1

    def tells_how_each_came_about(self):
        for each in Organization.objects.filter(book__isnull=False).exclude(kind="federation"):
            story = history.of_organization(each)
            assert story.stage, each
            assert len(story.counts) == 2, each
            assert each.registration.national_number, each

    def gives_the_community_rooms_work_and_money(self):
        shop, school = (Organization.objects.get(code=code) for code in ("grafica-barracas", SCHOOL))
        given = hosting.given(book=shop.book, on=UNTIL)

        assert (given.attendances > 5000, given.room_hours > 100_000, given.work_hours) == (True, True, 36_00)
        assert given.money > 250_000_00
        assert agreements.waiting_for(school).count == 1
        assert set(Contribution.objects.values_list("state", flat=True)) == {"confirmed"}
        events = Contribution.objects.filter(kind="event").order_by("happened_on")
        assert [(each.attendances, each.counted, each.has_return) for each in events] == [
            (124, "counted", False),
            (90, "declared", True),
            (350, "estimated", False),
        ]

    def has_two_who_are_late(self):
        late = {
            entry.organization.code: entry.duty.kind
            for body in Organization.objects.filter(kind="federation")
            for entry in duties.below(body, on=UNTIL)
            if entry.is_overdue
        }
        assert late == {"molino-los-andes": "year_closing", "grafica-barracas": "certificate"}

    def has_a_round_that_goes_on(self):
        among_three = Agreement.objects.annotate(count=Count("parties")).get(kind="barter", count=3)

        assert among_three.state == "accepted"
        assert set(among_three.deliveries.values_list("act", flat=True)) == {
            *("goods", "return", "revaluation", "allowance")
        }
        assert among_three.deliveries.filter(state="logged").count() == 2

    def remembers_who_passed_work_on(self):
        shop = Organization.objects.get(code="grafica-barracas")
        pairs = {pair.other: pair for pair in referrals.pairs(referrals.reciprocity(book=shop.book))}

        assert len(pairs) == 3
        assert (pairs["Imprenta El Puente"].given, pairs["Imprenta El Puente"].received) == (8_030_000_00, 1_845_000_00)
        assert "work" in {each.act for each in agreements.waiting_for(shop).to_confirm}

    def makes_something_together(self):
        agreement = Agreement.objects.get(kind="coproduction")
        made = coproductions.whole(agreement=agreement)

        assert [stage.percent for stage in made.stages] == [100, 100, 0]
        assert made.is_in_ratio
        assert agreement.deliveries.filter(state="logged").count() == 2

    def buys_ink_together(self):
        agreement = Agreement.objects.get(kind="joint_purchase")

        assert [(each.left, each.received) for each in purchases.progress(agreement)] == [
            (100_000, 0),
            (60_000, 60_000),
            (40_000, 0),
        ]
        assert agreement.deliveries.filter(state="logged", act="bought").count() == 1

    def compares_a_notebook_with_its_mistakes(self):
        counts = own_records.counts(OwnRecord.objects.get(book__organization__code="grafica-barracas"))
        assert counts["sure"] > 3
        assert counts["twice"] == 1
        # What was left out has its value and its VAT.
        assert counts["there"] >= 2
        assert counts["here"] == counts["accepted"] == 0

    def shares_a_press(self):
        agreement = Agreement.objects.get(kind="machine")

        assert [each.minutes for each in machines.hours(agreement.machine, year=UNTIL.year)] == [190, 120]
        assert agreement.deliveries.filter(state="logged", act="used").count() == 1

    def works_the_material_of_another(self):
        agreement = Agreement.objects.get(kind="toll_work")
        held = materials.custody(agreement)

        assert (held.received, held.on_hand, held.waste_left) == (1_200_000, 98_000, 14_000)
        assert agreement.deliveries.get(state="logged").material.handed == 800_000

    def lends_money_and_flour(self):
        money, flour = Agreement.objects.filter(kind="loan").order_by("agreed_on")
        shop = Organization.objects.get(code="grafica-barracas")

        assert loans.overdue(shop, on=UNTIL) == [money]
        assert loans.stand(money.loan).owed_money == 900_000_00
        assert (loans.stand(flour.loan).owed_things, loans.stand(flour.loan).settling_things) == (800_000, 300_000)

    def has_a_credit_that_goes_round(self):
        shop = Organization.objects.get(code="grafica-barracas")
        overview = credit.overview(credit=Unit.objects.get(code="SURCO"), on=UNTIL)

        assert (overview.spread.circulating, overview.spread.below) == (367_704_00, 2)
        assert [each.kind for each in credited.waiting_for(shop)] == ["sale"]

    def has_a_fund_that_helps(self):
        fund = Fund.objects.get()
        shop = Organization.objects.get(code="grafica-barracas")

        assert (fund.contributed, fund.collected, fund.spent) == (300_000_00, 270_000_00, 120_000_00)
        assert [open_ for _levy, open_ in funded.to_pay(fund, shop)] == [30_000_00]
        assert [each.amount for each in funded.waiting_for(shop)] == [50_000_00]

    def confirms_its_balances(self):
        found = BalanceConfirmation.objects.get()
        told = balance_confirmations.progress(found)
        waiting = balance_confirmations.waiting_for(Organization.objects.get(code="grafica-barracas"), on=UNTIL)

        assert told.asked == 2 * found.asked
        assert (told.differs, told.explained, told.unknown) == (0, 1, 0)
        assert told.agrees > 10
        assert told.silent == sum(each.asked - each.answered for each in balance_confirmations.asked_members(found))
        assert list(waiting) == [found]

    def test_refuses_a_database_that_holds_anything_else(self):
        make.organization("verdadera")

        with pytest.raises(demo.DatabaseHoldsOtherBooks):
            demo.load(seed=1, until=UNTIL)

        assert not User.objects.exists()


class TestBarters:
    def test_are_the_same_for_a_seed_and_a_last_day(self):
        assert list(barters(seed=7, until=UNTIL)) == list(barters(seed=7, until=UNTIL))
        assert list(barters(seed=7, until=UNTIL)) != list(barters(seed=8, until=UNTIL))

    def test_leave_something_waiting_at_the_end(self):
        answers = {each.answer for each in barters(seed=1, until=UNTIL)}

        assert {"accept", "wait"} <= answers
