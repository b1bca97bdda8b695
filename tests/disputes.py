"""Disputes that tests make: flour that the print shop contests, bags that the mill does."""

import datetime as dt
import uuid

from ledger.actions import disputes
from ledger.models import Delivery, Dispute
from ledger.models.disputes import Contested, Outcome
from network.models import Organization, User
from tests.barters import FLOUR_DAY
from tests.cast import Cast

TOLD = "Llegaron 1.900 kg: dos bolsas estaban abiertas."


def contest(
    act: Contested,
    cast: Cast,
    *,
    key: uuid.UUID | None = None,
    organization: Organization | None = None,
    by: User | None = None,
    version: str = TOLD,
    on: dt.date = FLOUR_DAY,
    mediator=None,
) -> Dispute:
    """Contest something for the print shop, if not for somebody else."""
    return disputes.contest(
        key=key or uuid.uuid4(),
        act=act,
        organization=organization or cast.grafica.organization,
        version=version,
        mediator=mediator,
        by=by or cast.ana,
        on=on,
    )


def of_the_world(cast: Cast, bags: Delivery, flour: Delivery) -> dict[str, Dispute]:
    """The mill contests bags; the print shop flour, and the mill proposes to let it stand."""
    mill = cast.molino.organization
    opened = contest(bags, cast, organization=mill, by=cast.mario)
    dispute = contest(flour, cast)
    disputes.answer(dispute=dispute, organization=mill, version="Se pesó todo.", by=cast.nora, on=FLOUR_DAY)
    proposed = disputes.propose(dispute=dispute, organization=mill, outcome=Outcome.STANDS, by=cast.mario, on=FLOUR_DAY)
    return {"open": opened, "proposed": proposed}
