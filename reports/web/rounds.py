"""The record of a clearing round, for the folder with the journal."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from ledger.models.clearing import RoundState, Stance
from ledger.queries import clearing
from ledger.web.access import desk
from reports.actions import rounds
from reports.web.printed import handed_over


@login_required
@require_GET
def download(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    printed = clearing.of_party(at.organization).filter(round__state__in=[RoundState.POSTED, RoundState.REVERSED])
    party = get_object_or_404(
        printed.exclude(stance=Stance.OUT).select_related("organization", "round__event"), round=pk
    )
    address = reverse("ledger:clearing-round", args=[code, pk])
    return handed_over(
        request,
        partial(rounds.compose, party=party, address=request.build_absolute_uri(address), at=timezone.now()),
        name=f"compensacion {at.organization.code} {party.round.code}",
        back=reverse("reports:list", args=[code]),
    )
