"""What is done in network credit as steps that tests take: the print shop pays a plus, the mill has the shops."""

import datetime as dt
import uuid
from typing import Any

from ledger.actions import credit_answers, credited
from ledger.actions.credited import Told
from ledger.core.credit import vat_within
from ledger.models import Book, CreditAct, Unit
from ledger.models.credited import CreditKind
from tests import make
from tests.cast import Cast
from tests.credit import limit, network

ALL = 45_000_00
#: After everything else that the world of the journeys does.
STATES = dt.date(2026, 6, 15)


def told(kind: CreditKind, other: Book, amount: int = ALL, **how: Any) -> Told:
    how.setdefault("credit", Unit.objects.get(code="MIA"))
    how.setdefault("happened_on", make.DAY)
    return Told(kind=kind, other=other.organization, amount=amount, **how)


def log(cast: Cast, teller: Book, what: Told, *, by=None, key=None, on: dt.date = make.DAY) -> CreditAct:
    officer = {cast.grafica.pk: cast.ana, cast.molino.pk: cast.mario, cast.textil.pk: cast.carla}[teller.pk]
    return credited.log(key=key or uuid.uuid4(), teller=teller.organization, told=what, by=by or officer, on=on)


def plus(cast: Cast, amount: int = ALL, *, on: dt.date = make.DAY, **how: Any) -> CreditAct:
    """Pay the print shop's members a plus."""
    how.setdefault("resolution", make.resolution(cast.grafica.organization))
    how = {"of_members": True, "people": 45, "papers": "Planilla 10"} | how
    return log(cast, cast.grafica, told(CreditKind.PLUS, cast.grafica, amount, **how), on=on)


def sale(cast: Cast, amount: int = ALL, *, by=None, on: dt.date = make.DAY, **how: Any) -> CreditAct:
    """Sell for the mill, to the members of the print shop unless another buyer is named."""
    other = how.pop("other", cast.grafica)
    how = {"of_members": True, "vat": vat_within(amount, basis_points=2100)} | how
    return log(cast, cast.molino, told(CreditKind.SALE, other, amount, **how), by=by, on=on)


def every_state(cast: Cast) -> dict[str, CreditAct]:
    """Return acts by the name of their state; `asked` is one that the mill asks to undo, `ours` waits for the mill."""
    red = network()
    for each in (cast.grafica, cast.molino):
        limit(each, red, 2 * ALL, cast.ana)
    on = {"happened_on": STATES, "on": STATES}
    acts = {"confirmed": plus(cast, **on), "logged": sale(cast, 100_00, **on)}
    asked = credit_answers.confirm(act=sale(cast, 200_00, **on), by=cast.ana, on=STATES)
    acts["asked"] = credit_answers.undo(
        act=asked, organization=cast.molino.organization, reason="Otro ticket", by=cast.mario, on=STATES
    )
    acts["rejected"] = credit_answers.reject(act=sale(cast, 50_00, **on), reason="No fue", by=cast.beto, on=STATES)
    acts["sold"] = credit_answers.confirm(act=sale(cast, 70_00, **on), by=cast.ana, on=STATES)
    acts["ours"] = log(cast, cast.grafica, told(CreditKind.SALE, cast.molino, 300_00, vat=0), on=STATES)
    return acts
