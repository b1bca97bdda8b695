"""A valuation beyond what its officers may agree on is decided by each side's own assembly."""

import pytest

from ledger.actions import barter, refusals_agreed
from ledger.actions.agreements import ResolutionIsMissing
from ledger.models import Agreement
from ledger.models.deliveries import Act
from network.actions.refusals import AnotherBodyDecided
from tests import make
from tests.barters import FLOUR_DAY, accepted, agreed, bags, put_right
from tests.cast import Cast
from tests.ledger.actions.test_thresholds import limit
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db


def price(cast: Cast, agreement: Agreement, **how):
    return put_right(agreement, cast, Act.REVALUATION, "Harina 000", 4_000_000, amount=1_600_000_00, **how)


def test_by_whoever_writes_the_price_down(cast: Cast):
    agreement = accepted(cast)
    bags(agreement, cast)
    limit(cast.grafica, 1_599_999_99)

    with pytest.raises(ResolutionIsMissing, match="Gráfica"):
        price(cast, agreement)
    with pytest.raises(AnotherBodyDecided):
        price(cast, agreement, resolution=make.resolution(cast.molino.organization))
    act = make.resolution(cast.grafica.organization)
    priced = agreed(price(cast, agreement, resolution=act), cast)

    assert priced.event is not None
    assert priced.event.resolution == act.cited


def test_and_by_whoever_confirms_it(cast: Cast):
    agreement = accepted(cast)
    bags(agreement, cast)
    limit(cast.molino, 1_599_999_99)
    priced = price(cast, agreement)

    with pytest.raises(ResolutionIsMissing, match="Molino"):
        agreed(priced, cast)
    act = make.resolution(cast.molino.organization)
    barter.confirm(delivery=priced, by=cast.mario, on=FLOUR_DAY, resolution=act)

    priced.refresh_from_db()
    assert (priced.state, priced.receiver_resolution) == ("confirmed", act)


def test_the_database_stops_whoever_goes_round_python(cast: Cast):
    agreement = accepted(cast)
    bags(agreement, cast)
    priced = price(cast, agreement)
    confirm = "UPDATE ledger_delivery SET state = 'confirmed', receiver_resolution_id = %s, event_id = %s WHERE id = %s"
    event = agreement.deliveries.get(act="goods").event_id

    anothers = make.resolution(cast.grafica.organization).pk
    assert is_stopped(confirm, anothers, event, priced.pk) is refusals_agreed.SignedByResolution
    limit(cast.molino, 1_599_999_99)
    assert is_stopped(confirm, None, event, priced.pk) is refusals_agreed.SignedByResolution
