"""How far stages are: cotton becomes yarn, yarn cloth, cloth workwear, and whoever goes on with it says so."""

import uuid

import pytest

from ledger.actions import deliveries, reversals, stages
from ledger.actions.agreements import NoMandateToday, NotAtThisPoint, NotForYouToDo
from ledger.actions.deliveries import DeliveredBeforeAgreed
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.stages import GoesForward, NotYourStage
from ledger.models import Agreement, Event
from ledger.queries import coproductions
from tests.coproductions import AGREED, BOUGHT, Shops, accepted, propose, tell


@pytest.fixture
def shops(db: None) -> Shops:
    return Shops.assemble()


@pytest.fixture
def agreement(shops: Shops) -> Agreement:
    return accepted(shops)


def reached(agreement: Agreement) -> list[tuple[int, int]]:
    """Return how far each stage is, and how far it was told to be."""
    return [(each.percent, each.waiting) for each in coproductions.whole(agreement=agreement).stages]


def test_whoever_goes_on_with_it_confirms_and_nothing_is_posted(agreement: Agreement, shops: Shops):
    told = tell(agreement, shops, 1, 60)
    assert told.receiver == shops.centro.organization
    with pytest.raises(NoMandateToday):
        stages.confirm(delivery=told, by=shops.susi, on=BOUGHT)

    assert stages.confirm(delivery=told, by=shops.cora, on=BOUGHT).state == "confirmed"
    tell(agreement, shops, 1, 80)
    assert reached(agreement) == [(60, 80), (0, 0), (0, 0)]
    assert not Event.objects.exists()


def test_the_lead_says_so_of_the_last_stage_and_another_of_its_own(agreement: Agreement, shops: Shops):
    assert tell(agreement, shops, 3, 100).receiver == shops.norte.organization
    assert tell(agreement, shops, 2, 100).receiver == shops.sur.organization


def test_a_stage_goes_forward(agreement: Agreement, shops: Shops):
    first = tell(agreement, shops, 1, 60)
    for percent in (0, 60, 101):
        with pytest.raises(GoesForward):
            tell(agreement, shops, 1, percent)
    # What was said no to was never reached.
    deliveries.reject(delivery=first, reason="Son cuarenta", by=shops.cora, on=BOUGHT)
    again = stages.confirm(delivery=tell(agreement, shops, 1, 40), by=shops.cora, on=BOUGHT)

    reversals.ask(delivery=again, organization=again.giver, reason="Se rompieron", by=shops.noemi, on=BOUGHT)
    reversals.agree(delivery=again, by=shops.cora, on=BOUGHT)
    assert reached(agreement)[0] == (0, 0)


def test_refuses_what_is_not_theirs_to_say(agreement: Agreement, shops: Shops):
    key = uuid.uuid4()
    assert tell(agreement, shops, 1, 10, key=key) == tell(agreement, shops, 1, 10, key=key)
    with pytest.raises(KeyWasUsedForSomethingElse):
        tell(agreement, shops, 1, 11, key=key)
    with pytest.raises(NotForYouToDo):
        tell(agreement, shops, 1, 20, by=shops.cora)
    with pytest.raises(DeliveredBeforeAgreed):
        tell(agreement, shops, 1, 20, on=AGREED.replace(month=3))
    proposed = propose(shops)
    with pytest.raises(NotAtThisPoint):
        tell(proposed, shops, 1, 20)
    with pytest.raises(NotYourStage):
        stages.log(
            agreement=agreement,
            key=uuid.uuid4(),
            stage=proposed.stages.first(),
            percent=20,
            what="",
            happened_on=BOUGHT,
            papers=deliveries.Papers(),
            by=shops.noemi,
            on=BOUGHT,
        )
