"""A clearing round with a network credit: three in a chain that no circle closes, closed by it."""

import datetime as dt

import pytest

from ledger.actions import cleared, clearing
from ledger.actions.cleared import NothingToClear, RoundNotAtThisPoint
from ledger.actions.deliveries import AmountAboveZero
from ledger.actions.positions import NoPosition, NotAtPar
from ledger.actions.refusals import CreditBeyondLimit
from ledger.actions.refusals_clearing import NotItsCredit
from ledger.actions.round_credit import CreditByResolution, CreditSaidOnJoining, LimitNoLongerSuffices
from ledger.models import ClearingRound, Unit
from ledger.queries import clearing as read
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from tests import credit, make
from tests.cast import Cast
from tests.funds import nothing_is_found
from tests.rounds import CALLED, POSTED, SOLVED, Chain, Circle, is_proven

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(cast: Cast) -> Chain:
    return Chain(cast)


def worth(chain: Chain) -> dict[str, int]:
    """Return what each is owed less what it owes, with its position in the credit, which is at par."""
    cast = chain.cast
    books = {"grafica": cast.grafica, "molino": cast.molino, "textil": cast.textil}
    found = {name: credit.stands(book)[0] for name, book in books.items()}
    for (debtor, creditor), amount in chain.debts().items():
        found[debtor] -= amount
        found[creditor] += amount
    return found


def in_credit(found: ClearingRound) -> dict[str, tuple[int, int]]:
    """Return who pays how much in credit and takes how much of it, of those that do."""
    parties = found.parties.exclude(pays=0, takes=0).order_by("pk")
    return {each.organization.code: (each.pays, each.takes) for each in parties}


class TestTheChain:
    def test_is_closed_by_credit_and_nobody_is_richer_or_poorer(self, chain: Chain):
        before = worth(chain)
        found = chain.proposed()

        # 400 is what the print shop's limit leaves; the mill passes 300 on, and keeps 100.
        assert (found.total, found.lent) == (700_00, 400_00)
        assert in_credit(found) == {"grafica": (400_00, 0), "molino": (0, 100_00), "textil": (0, 300_00)}
        assert is_proven(found)

        found = chain.post(found)

        assert chain.debts() == {("grafica", "molino"): 100_00}
        assert credit.stands(chain.cast.grafica, chain.cast.molino, chain.cast.textil) == [-400_00, 100_00, 300_00]
        assert worth(chain) == before
        assert nothing_is_found()

    def test_is_one_entry_in_each_book_as_a_payment_in_credit_is(self, chain: Chain):
        event = chain.post(chain.proposed()).event

        assert event.entries.count() == 4
        assert credit.entry(event, chain.cast.grafica) == [
            "1103 -400.00 MIA",
            "1104 -400.00 ARS",
            "1104 400.00 MIA",
            "2102 400.00 ARS",
        ]
        assert credit.entry(event, chain.cast.textil) == [
            "1103 300.00 MIA",
            "1104 -300.00 MIA",
            "1104 300.00 ARS",
            "1202 -300.00 ARS",
        ]
        assert credit.entry(event, chain.red) == ["2302 -100.00 MIA", "2302 -300.00 MIA", "2302 400.00 MIA"]
        assert event.resolution == chain.decided.cited

    def test_is_reversed_as_a_whole(self, chain: Chain):
        before = chain.debts()
        found = chain.post(chain.proposed())

        cleared.reverse(found=found, reason="Se contó mal.", by=chain.fede, on=POSTED)

        assert chain.debts() == before
        assert credit.stands(chain.cast.grafica, chain.cast.molino, chain.cast.textil) == [0, 0, 0]
        assert nothing_is_found()

    def test_is_not_reversed_once_the_credit_was_spent(self, chain: Chain):
        cast = chain.cast
        found = chain.post(chain.proposed())
        credit.pay(cast.textil, cast.grafica, chain.red, 250_00, on=POSTED)

        with pytest.raises(CreditBeyondLimit):
            cleared.reverse(found=found, reason="Se contó mal.", by=chain.fede, on=POSTED)

    def test_takes_no_more_than_the_resolution_allows(self, chain: Chain):
        found = chain.proposed(credit_most=120_00)

        assert (found.total, found.lent) == (240_00, 120_00)
        assert in_credit(found) == {"grafica": (120_00, 0), "textil": (0, 120_00)}

    def test_stays_open_for_whoever_says_nothing(self, chain: Chain):
        found = chain.call()
        chain.take_part(found, chain.cast.grafica, on=CALLED, pays=500_00)

        with pytest.raises(NothingToClear):
            chain.propose(found)

    def test_is_worked_out_anew_without_whoever_stays_out(self, chain: Chain):
        found = chain.proposed()

        chain.stay_out(found, chain.cast.textil)

        found.refresh_from_db()
        assert in_credit(found) == {"grafica": (300_00, 0), "molino": (0, 300_00)}
        assert (found.total, found.lent) == (300_00, 300_00)
        assert is_proven(found)
        chain.post(found)
        assert credit.stands(chain.cast.grafica, chain.cast.molino) == [-300_00, 300_00]
        assert nothing_is_found()

    def test_of_a_circle_takes_no_credit(self, cast: Cast):
        chain = Chain(cast)
        chain.owe(cast.textil, cast.grafica, 300_00)

        found = chain.proposed()

        # The circle of three first; then what is left of the print shop's debt to the mill.
        assert (found.total, found.lent) == (1100_00, 200_00)
        assert in_credit(found) == {"grafica": (200_00, 0), "molino": (0, 200_00)}


class TestLimits:
    def test_are_looked_at_again_when_it_is_posted(self, chain: Chain):
        found = chain.proposed()
        credit.limit(chain.cast.grafica, chain.red, 150_00, chain.fede)

        with pytest.raises(LimitNoLongerSuffices, match="Gráfica"):
            chain.post(found)

        found = cleared.anew(found=found, by=chain.fede, on=SOLVED)
        assert (found.total, found.lent) == (300_00, 150_00)
        assert is_proven(found)
        chain.post(found)
        assert credit.stands(chain.cast.grafica) == [-150_00]
        assert nothing_is_found()

    def test_are_looked_at_anew_only_before_it_is_posted(self, chain: Chain):
        found = chain.post(chain.proposed())
        with pytest.raises(RoundNotAtThisPoint):
            cleared.anew(found=found, by=chain.fede, on=POSTED)


class TestCall:
    def test_is_by_a_resolution_of_the_body(self, chain: Chain):
        later = make.resolution(chain.cast.federacion, on=CALLED + dt.timedelta(days=1))
        other = make.resolution(chain.cast.molino.organization)
        for refusal, how in (
            (CreditByResolution, {"resolution": None}),
            (AnotherBodyDecided, {"resolution": other}),
            (DecidedLater, {"resolution": later}),
            (AmountAboveZero, {"credit_most": 0}),
        ):
            with pytest.raises(refusal):
                chain.call(**how)

    def test_is_in_a_credit_of_its_own_at_par(self, chain: Chain):
        credit.network("otra", unit="OTRA")
        with pytest.raises(NotItsCredit):
            chain.call(credit=Unit.objects.get(code="OTRA"))
        with pytest.raises(NotItsCredit):
            chain.call(credit=make.unit())
        with pytest.raises(NotAtPar):
            chain.call(unit=make.unit("USD"))


class TestSaid:
    def test_is_said_by_whoever_has_a_position(self, chain: Chain):
        newcomer = make.book("nueva", name="Nueva")
        make.affiliation(newcomer.organization, chain.cast.federacion)
        found = chain.call()
        by = make.officer("Nuria", newcomer.organization)
        with pytest.raises(NoPosition):
            clearing.take_part(found=found, organization=newcomer.organization, by=by, on=CALLED, takes=1)
        with pytest.raises(AmountAboveZero):
            chain.take_part(found, chain.cast.grafica, on=CALLED, pays=-1)

    def test_is_said_before_the_debts_are_counted(self, chain: Chain):
        found = chain.proposed()
        with pytest.raises(CreditSaidOnJoining):
            chain.take_part(found, chain.cast.grafica, pays=600_00)

    def test_is_said_where_there_is_a_credit(self, cast: Cast):
        circle = Circle(cast)
        found = circle.call()
        with pytest.raises(CreditSaidOnJoining):
            circle.take_part(found, cast.grafica, on=CALLED, pays=1)

    def test_can_be_said_anew_while_one_joins(self, chain: Chain):
        found = chain.joined()
        chain.take_part(found, chain.cast.grafica, on=CALLED, pays=50_00)

        assert in_credit(chain.propose(found))["grafica"] == (50_00, 0)


class TestFile:
    def test_of_a_round_without_credit_is_of_the_first_form(self, cast: Cast):
        told = read.told(Circle(cast).proposed())

        assert told.lending is None
        assert told.cleared.lent == {}

    def test_says_what_each_said_and_no_more(self, chain: Chain):
        found = chain.proposed()
        codes = dict(found.parties.values_list("organization__code", "code"))

        told = read.told(found)

        # The print shop said 500, and its limit leaves 400; the federation's 1,000 are more than all owe.
        assert told.lending.most == 800_00
        assert told.lending.pays == {codes["grafica"]: 400_00}
        assert told.lending.takes == {codes["molino"]: 300_00, codes["textil"]: 300_00}
