"""The record of a sign-off, for the folder of the body and that of the member."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from ledger.web.access import desk
from ledger.web.sign_offs import signed
from reports.actions import sign_offs
from reports.web.printed import handed_over


@login_required
@require_GET
def download(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    found = signed(at, pk)
    address = reverse("ledger:signoffs-one", args=[code, pk])
    return handed_over(
        request,
        partial(sign_offs.compose, found=found, address=request.build_absolute_uri(address), at=timezone.now()),
        name=f"revision {found.book.organization.code} {found.code}",
        back=address,
    )
