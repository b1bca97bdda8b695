"""Paper vouchers, to take to where there is no connection."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from ledger.queries import vouchers as read
from ledger.web.access import desk
from network.errors import DomainError
from reports.actions import vouchers


@login_required
@require_GET
def download(request: HttpRequest, code: str, sheet: uuid.UUID) -> HttpResponse:
    at = desk(request, code)
    if not (found := read.of_sheet(at.organization, sheet)):
        raise Http404
    addresses = {
        each.code: request.build_absolute_uri(reverse("ledger:voucher", args=[code, each.code])) for each in found
    }
    try:
        paper = vouchers.compose(vouchers=found, addresses=addresses, language=get_language() or "es")
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("ledger:voucher-sheet", code, sheet)
    stem = found[0].code_of_what.lower() or found[0].code
    return HttpResponse(
        paper,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="vales-{stem}.pdf"'},
    )
