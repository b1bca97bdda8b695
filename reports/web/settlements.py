"""The account of an agreement, to take home."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from ledger.queries import agreements
from ledger.templatetags.parties import page
from ledger.web.access import desk
from reports.actions import settlement
from reports.web.printed import handed_over


@login_required
@require_GET
def download(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = get_object_or_404(agreements.whatever(at.organization), pk=pk)
    address = page(agreement, at.organization)
    return handed_over(
        request,
        partial(
            settlement.compose,
            agreement=agreement,
            book=at.book,
            address=request.build_absolute_uri(address),
            at=timezone.now(),
        ),
        name=f"liquidacion {code} {agreement.code}",
        back=address,
    )
