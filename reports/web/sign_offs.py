"""The record of a sign-off, for the folder of the body and that of the member."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from ledger.web.access import desk
from ledger.web.sign_offs import signed
from network.errors import DomainError
from reports.actions import sign_offs


@login_required
@require_GET
def download(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    found = signed(at, pk)
    address = reverse("ledger:signoffs-one", args=[code, pk])
    try:
        paper = sign_offs.compose(
            found=found,
            address=request.build_absolute_uri(address),
            language=get_language() or "es",
            at=timezone.now(),
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("ledger:signoffs-one", code, pk)
    name = slugify(f"revision {found.book.organization.code} {found.code}")
    return HttpResponse(
        paper,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )
