"""What makes a form the form of a paper voucher: it carries the voucher's key, and so is told once."""

import uuid

from django.http import HttpRequest

from ledger.core import vouchers as core
from ledger.models.agreements import Agreement
from ledger.models.vouchers import Voucher

#: Of the address: `?voucher=CODE`.
NAME = "voucher"


def key_for(request: HttpRequest, agreement: Agreement) -> uuid.UUID:
    """Return the key of the voucher of this agreement that the address names, or a new one."""
    code = core.read(request.GET.get(NAME, ""))
    found = Voucher.objects.filter(code=code, agreement=agreement, voided_on=None).first() if code else None
    return found.key if found else uuid.uuid4()
