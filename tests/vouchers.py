"""Paper vouchers as steps that tests take: printed for a barter of the print shop and the mill, and entered."""

import datetime as dt
import uuid
from typing import Any

from ledger.actions import vouchers
from ledger.actions.deliveries import Papers
from ledger.models import Agreement, Delivery, Voucher
from network.models import User
from tests.barters import BAGS_DAY
from tests.cast import Cast

PAPERS = Papers(delivery_note="R 0001-00000055", invoice="A 56")


def printed(agreement: Agreement | None, cast: Cast, count: int = 2, **how: Any) -> list[Voucher]:
    """Print some for the print shop, by one of its members: without an agreement for gifts, or for `fund`."""
    told: dict[str, Any] = {"organization": cast.grafica.organization, "sheet": uuid.uuid4(), "by": cast.beto}
    return vouchers.print_out(agreement=agreement, count=count, **(told | {"on": BAGS_DAY} | how))


def entered(voucher: Voucher, what: str, amount: int, *, by: User, on: dt.date = BAGS_DAY, **how: Any) -> Delivery:
    told: dict[str, Any] = {"happened_on": on, "papers": PAPERS} | how
    return vouchers.enter(voucher=voucher, what=what, amount=amount, by=by, on=on, **told)
