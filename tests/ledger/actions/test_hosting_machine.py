"""Random weeks of a popular high school: told, said no to, counter-signed, undone; the book holds what stands."""

import datetime as dt
import random
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import deliveries, hosted, hosting, reversals
from ledger.actions.hosted import Cost
from ledger.core.hosting import room_hours
from ledger.models import Agreement, Delivery
from network.models import User
from tests.cast import Cast
from tests.funds import nothing_is_found
from tests.hostings import APRIL, TOLD, borne, running, school, tell
from tests.tolls import held

pytestmark = pytest.mark.django_db
GIVEN, ROOM_HOURS, ATTENDANCES = "5401", "9201", "9205"
#: What can be borne, by account: what stands there.
BORNE = {"5301": 90_000_00, "5201": 900_000_00, "5302": 50_000_00}


class School:
    """The rooms that the print shop lends, what of it stands, and chance."""

    def __init__(self, cast: Cast, agreement: Agreement, elsa: User, chance: random.Random) -> None:
        self.cast, self.agreement, self.elsa, self.chance = cast, agreement, elsa, chance
        self.stands: Counter[str] = Counter()
        self.costs = dict(BORNE)

    def week(self, starts_on: dt.date) -> None:
        """Tell of a week with up to four evenings, and let the school answer."""
        chance = self.chance
        sessions, minutes, rooms = chance.randint(1, 4), chance.randint(1, 240), chance.randint(1, 3)
        people = [chance.randint(0, 80) for _each in range(sessions)]
        costs = self.drawn_costs()
        told = tell(
            self.agreement,
            self.cast,
            starts_on=starts_on,
            ends_on=starts_on + dt.timedelta(days=6),
            sessions=sessions,
            minutes=minutes,
            rooms=rooms,
            people=people,
            costs=costs,
        )
        if chance.random() < 0.25:
            deliveries.reject(delivery=told, reason="Otra cuenta", by=self.elsa, on=TOLD)
            self.week(starts_on)
            return
        hosted.confirm(delivery=told, by=self.elsa, on=TOLD)
        if chance.random() < 0.25:
            self.undo(told)
            return
        self.stands[ROOM_HOURS] += room_hours(sessions=sessions, minutes=minutes, rooms=rooms)
        self.stands[ATTENDANCES] += sum(people)
        for cost in costs:
            self.stands[GIVEN] += cost.total
            self.costs[cost.account] -= cost.total

    def drawn_costs(self) -> list[Cost]:
        """Return what the week cost: of some accounts, a part of what still stands there."""
        accounts = [number for number, left in self.costs.items() if left and self.chance.random() < 0.5]
        return [Cost(what="Gasto", account=each, amount=self.chance.randint(1, self.costs[each])) for each in accounts]

    def undo(self, told: Delivery) -> None:
        """Let the two undo it, whichever of them asks."""
        sides = [(told.giver, self.cast.ana), (told.receiver, self.elsa)]
        self.chance.shuffle(sides)
        (asks, who), (_other, agrees) = sides
        reversals.ask(delivery=told, organization=asks, reason="Otra cuenta", by=who, on=TOLD)
        reversals.agree(delivery=told, by=agrees, on=TOLD)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(weeks=st.sets(st.integers(0, 3), min_size=1), seed=st.integers(0, 2**16))
def test_any_weeks(cast: Cast, weeks: set[int], seed: int):
    with transaction.atomic():
        body, elsa = school()
        borne(cast)
        agreement = running(cast, body, elsa)
        rooms = School(cast, agreement, elsa, random.Random(seed))  # noqa: S311  # of a test
        for week in weeks:
            rooms.week(APRIL[0] + dt.timedelta(weeks=week))

        book = cast.grafica
        assert [held(book, number) for number in (GIVEN, ROOM_HOURS, ATTENDANCES)] == [
            rooms.stands[number] for number in (GIVEN, ROOM_HOURS, ATTENDANCES)
        ]
        assert {number: held(book, number) for number in BORNE} == rooms.costs
        assert nothing_is_found()
        hosting.end(agreement=agreement, organization=body, reason="Fin del año", by=elsa, on=TOLD)
        agreement.refresh_from_db()
        assert agreement.state == "settled"
        transaction.set_rollback(True)
