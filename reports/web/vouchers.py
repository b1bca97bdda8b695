"""Paper vouchers, to take to where there is no connection."""

import uuid
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from ledger.queries import vouchers as read
from ledger.web.access import desk
from reports.actions import vouchers
from reports.web.printed import handed_over


@login_required
@require_GET
def download(request: HttpRequest, code: str, sheet: uuid.UUID) -> HttpResponse:
    at = desk(request, code)
    if not (found := read.of_sheet(at.organization, sheet)):
        raise Http404
    addresses = {
        each.code: request.build_absolute_uri(reverse("ledger:voucher", args=[code, each.code])) for each in found
    }
    return handed_over(
        request,
        partial(vouchers.compose, vouchers=found, addresses=addresses),
        name=f"vales {found[0].code_of_what or found[0].code}",
        back=reverse("ledger:voucher-sheet", args=[code, sheet]),
    )
