"""A sign-off as steps that tests take: the print shop sold something on ten days of April, and Silvia looks at it."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from ledger.actions import sign_offs
from ledger.actions.sign_offs import Period
from ledger.models import SignOff
from ledger.queries.sign_offs import Prepared
from tests import make
from tests.cast import Cast

APRIL = dt.date(2026, 4, 1)
LAST = dt.date(2026, 4, 30)
SIGNED = dt.date(2026, 5, 4)
SAID = "Se cotejaron los asientos de la muestra con sus comprobantes."


class Audit:
    """What Silvia, síndica of the federation, does with the print shop's April."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        for day in range(1, 11):
            make.sale(cast.grafica, day * 100, on=APRIL + dt.timedelta(days=day - 1))
        make.sale(cast.grafica, 77_00, on=dt.date(2026, 5, 2))

    def told(self, **how: Any) -> dict[str, Any]:
        """Return what is prepared or signed."""
        period = {"starts_on": APRIL, "ends_on": LAST, "seed": "4821", "count": 3}
        changed = {name: how.pop(name) for name in tuple(how) if name in period}
        whose = {"body": self.cast.federacion, "book": self.cast.grafica, "by": self.cast.silvia, "on": SIGNED}
        return {"what": Period(**(period | changed)), **whose, **how}

    def prepare(self, **how: Any) -> Prepared:
        return sign_offs.prepare(**self.told(**how))

    def sign(self, **how: Any) -> SignOff:
        told = {"key": uuid.uuid4(), "statement": SAID, "at": make.NOON} | how
        if "drawn_from" not in told:
            extra = ("key", "statement", "at")
            told["drawn_from"] = self.prepare(**{name: told[name] for name in told if name not in extra}).drawn_from
        return sign_offs.sign(**self.told(**told))


def of_the_world(cast: Cast) -> SignOff:
    """Let the federation sign off a month of the print shop in which nothing had begun yet, today."""
    today, now = timezone.localdate(), timezone.now()
    period = Period(starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 1, 31), seed="4821", count=5)
    whose: dict[str, Any] = {
        "body": cast.federacion,
        "book": cast.grafica,
        "what": period,
        "by": cast.silvia,
        "on": today,
    }
    seen = sign_offs.prepare(**whose)
    key = uuid.uuid4()
    return sign_offs.sign(key=key, drawn_from=seen.drawn_from, statement=SAID, at=now, **whose)
