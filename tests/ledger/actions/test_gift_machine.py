"""Random gifts: money, hours of work, mentoring; said no to, counter-signed, undone; the books hold what stands."""

import random
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import countersignatures
from ledger.actions.contributions import Gift, HoldsLess
from ledger.models import Book, Contribution
from ledger.models.contributions import ContributionKind
from network.models import Organization, User
from tests.cast import Cast
from tests.contributions import GIVEN, festival, fund, give, hours, lesson, shirts, whiteboards
from tests.funds import nothing_is_found
from tests.hostings import school
from tests.tolls import held

pytestmark = pytest.mark.django_db
FUND, BANK = 400_000_00, 900_000_00
GIVEN_AWAY, EDUCATION_FUND, WORK, TAUGHT, LEARNED = "5401", "2202", "9203", "9207", "9209"
SPONSORED = "5303"
KINDS = ["fund", "results", "work", "mentoring", "event", "sponsored"]
GIFT = st.tuples(st.sampled_from(KINDS), st.integers(1, FUND), st.integers(0, 2**16))


class Giving:
    """What the print shop gives, and what of it stands."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.body, elsa = school()
        self.speak: dict[int, User] = {
            self.body.pk: elsa,
            cast.molino.organization_id: cast.mario,
            cast.grafica.organization_id: cast.ana,
        }
        self.stands: Counter[tuple[Book, str]] = Counter()
        fund(cast, FUND)

    def gift(self, kind: str, size: int) -> tuple[Gift, list[tuple[Book, str, int]]]:
        """Return a gift, and what it comes to in the books."""
        cast, ours = self.cast, self.cast.grafica
        match kind:
            case "fund":
                return whiteboards(cast, self.body, amount=size), [(ours, EDUCATION_FUND, size)]
            case "results":
                how = {"charged_to": GIVEN_AWAY, "kind": ContributionKind.GOODS, "resolution": None}
                return whiteboards(cast, self.body, amount=size, **how), [(ours, GIVEN_AWAY, size)]
            case "event":
                return festival(cast, self.body, amount=size, attendances=size % 1000 + 1), [(ours, GIVEN_AWAY, size)]
            case "sponsored":
                return shirts(cast, self.body, amount=size), [(ours, SPONSORED, size)]
            case "work":
                counted = min(size, 1_000_00)
                return hours(self.body, hours=counted), [(ours, WORK, counted)]
            case _:
                counted, mill = min(size, 1_000_00), cast.molino
                taught = [(ours, TAUGHT, counted), (mill, LEARNED, counted)]
                return lesson(mill.organization, hours=counted), taught

    def answer(self, told: Contribution, chance: random.Random) -> bool:
        """Let whoever received say yes, or no, or both undo it after all; return whether it stands."""
        receiver = told.receiver
        assert receiver is not None
        by = self.speak[receiver.pk]
        if chance.random() < 0.25:
            countersignatures.reject(contribution=told, reason="No fue así", by=by, on=GIVEN)
            return False
        countersignatures.confirm(contribution=told, by=by, on=GIVEN)
        if chance.random() < 0.25:
            self.undo(told, [told.giver, receiver], chance)
            return False
        return True

    def undo(self, told: Contribution, sides: list[Organization], chance: random.Random) -> None:
        chance.shuffle(sides)
        for side in sides:
            by = self.speak[side.pk]
            countersignatures.undo(contribution=told, organization=side, reason="Otro mes", by=by, on=GIVEN)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gifts=st.lists(GIFT, min_size=1, max_size=8))
def test_any_gifts(cast: Cast, gifts: list[tuple[str, int, int]]):
    with transaction.atomic():
        giving = Giving(cast)
        for kind, size, seed in gifts:
            gift, comes_to = giving.gift(kind, size)
            left = FUND - giving.stands[cast.grafica, EDUCATION_FUND]
            if kind == "fund" and size > left:
                with pytest.raises(HoldsLess):
                    give(cast, gift)
                continue
            if giving.answer(give(cast, gift), random.Random(seed)):  # noqa: S311  # of a test
                for book, number, amount in comes_to:
                    giving.stands[book, number] += amount

        stands = giving.stands
        spent = stands[cast.grafica, EDUCATION_FUND], stands[cast.grafica, GIVEN_AWAY]
        assert held(cast.grafica, EDUCATION_FUND) == spent[0] - FUND
        assert held(cast.grafica, GIVEN_AWAY) == spent[1]
        assert held(cast.grafica, SPONSORED) == stands[cast.grafica, SPONSORED]
        assert held(cast.grafica, "1102") == BANK - sum(spent) - stands[cast.grafica, SPONSORED]
        for book, number in ((cast.grafica, WORK), (cast.grafica, TAUGHT), (cast.molino, LEARNED)):
            assert held(book, number) == stands[book, number]
        assert nothing_is_found()
        transaction.set_rollback(True)
