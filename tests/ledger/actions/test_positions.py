"""Paying in network credit what is owed in money: at par, within the limit, in three books, under any agreement."""

import uuid

import pytest

from ledger.actions import confirmations, deliveries, positions, reversals
from ledger.actions.deliveries import Papers
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.models import Agreement, Book, Claim, Delivery, Entry, Event, Unit
from tests.barters import FLOUR_DAY, accepted, bags
from tests.cast import Cast
from tests.credit import entry, limit, network, stands

pytestmark = pytest.mark.django_db
#: What the mill owes once the bags are there: their VAT, in money.
VAT = 252_000_00


@pytest.fixture
def red(cast: Cast) -> Book:
    """The network whose credit both may pay in: the mill as far as 200.000 below zero, the print shop not below it."""
    red = network()
    limit(cast.molino, red, 200_000_00, cast.ana)
    limit(cast.grafica, red, 0, cast.ana)
    return red


@pytest.fixture
def owing(cast: Cast, red: Book) -> Agreement:
    agreement = accepted(cast)
    bags(agreement, cast)
    return agreement


def log(agreement: Agreement, cast: Cast, amount: int, **how) -> Delivery:
    told = {"key": uuid.uuid4(), "giver": cast.molino.organization, "receiver": cast.grafica.organization}
    told |= {"credit": Unit.objects.get(code="MIA"), "by": cast.nora} | how
    return deliveries.log_payment(
        agreement=agreement, amount=amount, happened_on=FLOUR_DAY, papers=Papers(), on=FLOUR_DAY, **told
    )


def paid(agreement: Agreement, cast: Cast, amount: int, **how) -> Delivery:
    return confirmations.confirm(delivery=log(agreement, cast, amount, **how), by=cast.ana, on=FLOUR_DAY)


class TestPay:
    def test_partly_in_credit_and_partly_in_money(self, cast: Cast, red: Book, owing: Agreement):
        done = paid(owing, cast, 200_000_00)
        paid(owing, cast, 52_000_00, credit=None)

        assert done.event.kind == "credit_payment"
        assert entry(done.event, cast.molino) == [
            "1103 -200000.00 MIA",
            "1104 -200000.00 ARS",
            "1104 200000.00 MIA",
            "2102 200000.00 ARS",
        ]
        assert entry(done.event, cast.grafica) == [
            "1103 200000.00 MIA",
            "1104 -200000.00 MIA",
            "1104 200000.00 ARS",
            "1202 -200000.00 ARS",
        ]
        assert entry(done.event, red) == ["2302 -200000.00 MIA", "2302 200000.00 MIA"]
        assert stands(cast.molino, cast.grafica) == [-200_000_00, 200_000_00]
        assert not Claim.objects.filter(peg__thing="", balance__amount__gt=0).exists()

    def test_the_same_form_twice_is_one_payment(self, cast: Cast, red: Book, owing: Agreement):
        key = uuid.uuid4()

        assert log(owing, cast, 100, key=key) == log(owing, cast, 100, key=key)
        with pytest.raises(KeyWasUsedForSomethingElse):
            log(owing, cast, 100, key=key, credit=None)

    def test_refusals(self, cast: Cast, red: Book, owing: Agreement):
        with pytest.raises(positions.BeyondItsLimit, match=r"200\D000\D00\sMIA"):
            log(owing, cast, 200_000_01)
        limit(cast.molino, red, 300_000_00, cast.ana)
        with pytest.raises(positions.MoreThanIsOwed, match="252"):
            log(owing, cast, VAT + 1)
        limit(cast.grafica, red, 1, cast.ana)
        with pytest.raises(positions.MoreThanIsOwed):
            log(owing, cast, 1, giver=cast.grafica.organization, receiver=cast.molino.organization, by=cast.ana)
        otra = network("otra", unit="PAR", money="USD")
        limit(cast.molino, otra, 100, cast.ana)
        par = Unit.objects.get(code="PAR")
        with pytest.raises(positions.NoPosition, match="Gráfica"):
            log(owing, cast, 1, credit=par)
        limit(cast.grafica, otra, 100, cast.ana)
        with pytest.raises(positions.NotAtPar):
            log(owing, cast, 1, credit=par)

    def test_the_limit_is_looked_at_again_when_it_is_confirmed(self, cast: Cast, red: Book, owing: Agreement):
        first, second = log(owing, cast, 150_000_00), log(owing, cast, 100_000_00)
        confirmations.confirm(delivery=first, by=cast.ana, on=FLOUR_DAY)

        with pytest.raises(positions.BeyondItsLimit):
            confirmations.confirm(delivery=second, by=cast.ana, on=FLOUR_DAY)
        assert stands(cast.molino, cast.grafica) == [-150_000_00, 150_000_00]

    def test_is_undone_in_all_three_books_unless_it_was_spent(self, cast: Cast, red: Book, owing: Agreement):
        done = paid(owing, cast, 100_00)
        ask = {"organization": cast.molino.organization, "reason": "Era otra factura", "by": cast.mario}

        reversals.ask(delivery=done, on=FLOUR_DAY, **ask)
        reversals.agree(delivery=done, by=cast.ana, on=FLOUR_DAY)

        undone = Event.objects.get(reverses=done.event)
        assert Entry.objects.filter(event=undone).count() == 3
        assert stands(cast.molino, cast.grafica) == [0, 0]
