"""The account of an agreement, to take home."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from ledger.queries import agreements
from ledger.templatetags.parties import page
from ledger.web.access import desk
from network.errors import DomainError
from reports.actions import settlement


@login_required
@require_GET
def download(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = get_object_or_404(agreements.whatever(at.organization), pk=pk)
    address = page(agreement, at.organization)
    try:
        paper = settlement.compose(
            agreement=agreement,
            book=at.book,
            address=request.build_absolute_uri(address),
            language=get_language() or "es",
            at=timezone.now(),
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(address)
    name = slugify(f"liquidacion {code} {agreement.code}")
    return HttpResponse(
        paper,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )
