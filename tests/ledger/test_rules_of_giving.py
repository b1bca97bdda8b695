"""Round Python: nobody lends or gives more than was agreed and is there; plain SQL is stopped by the database."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from ledger.actions import deliveries, hosted
from ledger.actions.facts import Line
from ledger.actions.refusals_agreed import OneMayNotTrade
from ledger.actions.refusals_given import (
    AttendanceIsOfAnEvent,
    BeyondTheSchedule,
    FundHoldsLess,
    GivenAsTold,
    GivenStays,
    HostedAsTold,
    HostedForTheCommunity,
    HostedOnce,
    HostedStays,
    HowIsMissing,
    NotReallyBorne,
    ReturnIsOfAnEvent,
)
from ledger.models import Agreement, Delivery
from network.actions.refusals import AnotherBodyDecided
from network.models import User
from tests import make
from tests.barters import own
from tests.barters import propose as barter
from tests.cast import Cast
from tests.hostings import APRIL, TOLD, borne, propose, running, school, tell
from tests.plain_sql import is_stopped, run, stays

TELL = (
    "INSERT INTO ledger_hostedperiod (delivery_id, starts_on, ends_on, sessions, minutes, rooms, people, attendances,"
    " most, counted) VALUES (%s, %s, %s, %s, %s, %s, '1', 1, 1, 'counted')"
)
LEND = (
    "INSERT INTO ledger_hostingterms (agreement_id, activity, rooms, weekdays, starts_at, ends_at, since, papers)"
    " VALUES (%s, 'clinic', 1, 1, 0, 60, '2026-03-02', '')"
)
COST = "INSERT INTO ledger_hostedcost (period_id, number, what, account, amount) VALUES (%s, 9, 'Luz', '5301', 5)"


@pytest.fixture
def elsa(cast: Cast) -> User:
    return school()[1]


@pytest.fixture
def agreement(cast: Cast, elsa: User) -> Agreement:
    return running(cast, elsa.memberships.get().organization, elsa)


@pytest.fixture
def empty(cast: Cast, agreement: Agreement) -> Delivery:
    """A delivery that tells of nothing yet."""
    told = {"giver": cast.grafica.organization, "receiver": agreement.others(cast.grafica.organization)[0]}
    return Delivery.objects.create(
        key=uuid.uuid4(), agreement=agreement, act="hosted", happened_on=TOLD, logged_by=cast.beto, **told
    )


class TestTerms:
    def test_stay_once_both_have_signed(self, agreement: Agreement):
        assert is_stopped("UPDATE ledger_hostingterms SET rooms = 9") is HostedStays
        assert is_stopped("DELETE FROM ledger_hostingterms") is HostedStays

    def test_lend_to_the_community_and_not_to_a_cooperative(self, cast: Cast):
        assert is_stopped(LEND, barter(cast).pk) is HostedForTheCommunity

    def test_are_signed_by_a_host_that_is_admitted_and_by_a_body_that_need_not_be(self, cast: Cast, elsa: User):
        agreement = propose(cast, elsa.memberships.get().organization)
        run("UPDATE ledger_agreementparty SET signed_by_id = %s", elsa.pk)
        accept = "UPDATE ledger_agreement SET state = 'accepted' WHERE id = %s"
        act = make.resolution(cast.federacion)
        ended = "UPDATE network_admission SET until = %s, ending = 'suspended', end_resolution_id = %s"
        stays(accept, agreement.pk)
        other = propose(cast, elsa.memberships.get().organization)
        run("UPDATE ledger_agreementparty SET signed_by_id = %s WHERE agreement_id = %s", elsa.pk, other.pk)
        run(f"{ended} WHERE organization_id = %s", make.DAY, act.pk, cast.grafica.organization_id)

        assert is_stopped(accept, other.pk) is OneMayNotTrade


class TestPeriods:
    @pytest.mark.parametrize(
        "wrong",
        [
            ("2026-04-01", "2026-04-30", 19, 240, 3),
            ("2026-04-01", "2026-04-30", 17, 241, 3),
            ("2026-04-01", "2026-04-30", 17, 240, 4),
            ("2026-03-01", "2026-03-31", 1, 240, 3),
            # A Friday, a Saturday and a Sunday.
            ("2026-04-03", "2026-04-05", 1, 60, 1),
        ],
    )
    def test_are_within_the_schedule(self, empty: Delivery, wrong: tuple[object, ...]):
        assert is_stopped(TELL, empty.pk, *wrong) is BeyondTheSchedule

    @pytest.mark.parametrize("days", [(dt.date(2026, 4, day), dt.date(2026, 4, day + 9)) for day in range(1, 9)])
    def test_the_database_counts_the_same_days_as_python(self, agreement, empty: Delivery, days):
        most = agreement.hosting.schedule.sessions(*days)

        assert is_stopped(TELL, empty.pk, *days, most + 1, 240, 3) is BeyondTheSchedule
        stays(TELL, empty.pk, *days, most, 240, 3)

    def test_are_told_of_once(self, cast: Cast, agreement: Agreement, empty: Delivery):
        tell(agreement, cast, costs=[])

        assert is_stopped(TELL, empty.pk, APRIL[1], APRIL[1], 1, 240, 3) is HostedOnce

    def test_say_how_people_were_counted(self, empty: Delivery):
        guessed = TELL.replace("'counted')", "'guessed')")

        assert is_stopped(guessed, empty.pk, *APRIL, 17, 240, 3) is HowIsMissing

    def test_stay_with_their_costs(self, cast: Cast, agreement: Agreement, elsa: User):
        borne(cast)
        hosted.confirm(delivery=tell(agreement, cast), by=elsa, on=TOLD)

        assert is_stopped("UPDATE ledger_hostedperiod SET sessions = 1") is HostedStays
        assert is_stopped("UPDATE ledger_hostedperiod SET counted = 'counted'") is HostedStays
        assert is_stopped("DELETE FROM ledger_hostedperiod") is HostedStays
        assert is_stopped("UPDATE ledger_hostedcost SET amount = 1") is HostedStays
        assert is_stopped("DELETE FROM ledger_hostedcost") is HostedStays
        assert is_stopped(COST, Delivery.objects.get().pk) is HostedStays

    def test_of_a_refused_month_stay_refused(self, cast: Cast, agreement: Agreement, elsa: User):
        delivery = deliveries.reject(delivery=tell(agreement, cast, costs=[]), reason="No.", by=elsa, on=TOLD)

        assert is_stopped(COST, delivery.pk) is HostedStays


class TestCounterSigned:
    CONFIRM = "UPDATE ledger_delivery SET state = 'confirmed', event_id = %s WHERE id = %s"

    def test_the_book_says_what_was_told(self, cast: Cast, agreement: Agreement):
        told, another = tell(agreement, cast, costs=[]), make.sale(cast.grafica, on=TOLD)

        assert is_stopped(self.CONFIRM, another.pk, told.pk) is HostedAsTold

    def test_nothing_imputed_enters_the_results(self, cast: Cast, agreement: Agreement):
        borne(cast)
        told = tell(agreement, cast)
        own(cast, cast.grafica, "La luz era de otro", "1102", "5301", 80_000_00, on=TOLD)
        written = make.event(hosted._lines(told), on=TOLD)

        assert is_stopped(self.CONFIRM, written.pk, told.pk) is NotReallyBorne


class TestGifts:
    COLUMNS = (
        "key, giver_id, kind, what, receiver_name, happened_on, amount, charged_to, paid_from, state, logged_by_id,"
        " receipt, reason, resolution_id, attendances, counted"
    )

    def given(self, cast: Cast, **changes: object) -> list[object]:
        """Return whiteboards as plain SQL writes them."""
        told = {
            "key": uuid.uuid4().hex,
            "giver_id": cast.grafica.organization_id,
            "kind": "donation",
            "what": "Pizarrones",
            "receiver_name": "Sala de Barracas",
            "happened_on": TOLD,
            "amount": 250_000_00,
            "charged_to": "2202",
            "paid_from": "1102",
            "state": "logged",
            "logged_by_id": cast.ana.pk,
            "receipt": "",
            "reason": "",
            "resolution_id": make.resolution(cast.grafica.organization, on=TOLD).pk,
            "attendances": None,
            "counted": "",
        }
        return list((told | changes).values())

    def insert(self) -> str:
        columns = self.COLUMNS.replace("key,", '"key",')
        return f"INSERT INTO ledger_contribution ({columns}) VALUES ({', '.join(['%s'] * 16)})"

    def test_begin_as_told_by_the_givers_own_assembly(self, cast: Cast):
        other = make.resolution(cast.molino.organization).pk

        assert is_stopped(self.insert(), *self.given(cast, resolution_id=other)) is AnotherBodyDecided
        assert is_stopped(self.insert(), *self.given(cast, state="rejected")) is GivenStays

    @pytest.mark.parametrize(
        "wrong",
        [
            {"resolution_id": None},
            {"resolution_id": None, "kind": "goods"},
            {"kind": "work"},
            {"amount": 0},
            {"amount": None},
            {"paid_from": "4101"},
            {"charged_to": ""},
            {"receiver_name": ""},
            {"kind": "mentoring", "amount": None, "charged_to": "", "paid_from": ""},
        ],
    )
    def test_have_a_decision_a_price_and_a_receiver(self, cast: Cast, wrong: dict[str, object]):
        with pytest.raises(IntegrityError), transaction.atomic():
            run(self.insert(), *self.given(cast, **wrong))

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"kind": "event", "attendances": 300}, HowIsMissing),
            ({"kind": "event", "counted": "counted"}, HowIsMissing),
            ({"kind": "event", "attendances": 300, "counted": "guessed"}, HowIsMissing),
            ({"attendances": 300, "counted": "counted"}, AttendanceIsOfAnEvent),
            ({"charged_to": "5303"}, ReturnIsOfAnEvent),
        ],
    )
    def test_people_come_to_events_and_events_bring_returns(self, cast: Cast, wrong: dict[str, object], refusal):
        assert is_stopped(self.insert(), *self.given(cast, **wrong)) is refusal

    def test_stay(self, cast: Cast):
        run(self.insert(), *self.given(cast, kind="event", attendances=300, counted="counted"))

        assert is_stopped("UPDATE ledger_contribution SET attendances = 301") is GivenStays
        assert is_stopped("UPDATE ledger_contribution SET counted = 'declared'") is GivenStays
        assert is_stopped("UPDATE ledger_contribution SET charged_to = '5303'") is GivenStays
        assert is_stopped("UPDATE ledger_contribution SET amount = 1") is GivenStays
        assert is_stopped("DELETE FROM ledger_contribution") is GivenStays
        assert is_stopped("UPDATE ledger_contribution SET state = 'reversed'") is GivenStays

    def test_no_more_comes_out_of_a_fund_than_it_has(self, cast: Cast):
        run(self.insert(), *self.given(cast, receipt="R 1"))
        lines = [
            Line(account=make.account(cast.grafica, "2202"), amount=250_000_00),
            Line(account=make.account(cast.grafica, "1102"), amount=-250_000_00),
        ]
        written, another = make.event(lines, on=TOLD), make.sale(cast.grafica, on=TOLD)
        confirm = "UPDATE ledger_contribution SET state = 'confirmed', event_id = %s"

        assert is_stopped(confirm, written.pk) is FundHoldsLess
        assert is_stopped(confirm, another.pk) is GivenAsTold
