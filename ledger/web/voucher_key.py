"""What makes a form the form of a paper voucher: it carries the voucher's key, and so is told once."""

import uuid

from django.http import HttpRequest

from ledger.core import vouchers as core
from ledger.models.agreements import Agreement
from ledger.models.funds import Fund
from ledger.models.vouchers import Voucher

#: Of the address: `?voucher=CODE`.
NAME = "voucher"


def key_for(request: HttpRequest, agreement: Agreement | None = None, *, fund: Fund | None = None) -> uuid.UUID:
    """Return the key of the voucher that the address names, or a new one.

    It is of this agreement, of this fund, or, where neither is given, of gifts.
    """
    code = core.read(request.GET.get(NAME, ""))
    of_it = Voucher.objects.filter(agreement=agreement, fund=fund, voided_on=None)
    found = of_it.filter(code=code).first() if code else None
    return found.key if found else uuid.uuid4()
