"""The record of a clearing round, for the folder with the journal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from ledger.models.clearing import RoundState, Stance
from ledger.queries import clearing
from ledger.web.access import desk
from network.errors import DomainError
from reports.actions import rounds


@login_required
@require_GET
def download(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    printed = clearing.of_party(at.organization).filter(round__state__in=[RoundState.POSTED, RoundState.REVERSED])
    party = get_object_or_404(
        printed.exclude(stance=Stance.OUT).select_related("organization", "round__event"), round=pk
    )
    address = reverse("ledger:clearing-round", args=[code, pk])
    try:
        paper = rounds.compose(
            party=party,
            address=request.build_absolute_uri(address),
            language=get_language() or "es",
            at=timezone.now(),
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:list", code)
    name = slugify(f"compensacion {at.organization.code} {party.round.code}")
    return HttpResponse(
        paper,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )
